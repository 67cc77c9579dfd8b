"""What the site says of scans: that they wait, how far it is, what to install; and their pages as images."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.readers.ocr import APT
from kb.library import Library
from tests.fakes import tesseract
from tests.kb.test_recognition import ARTICLE, hocr, until

SCAN = Path(__file__).parents[1] / "files" / "scan.tif"


@pytest.fixture
def site(empty_site: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> TestClient:
    """A site on a machine without Tesseract, with a scan put in."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    empty_site.post("/documents", files=[("files", ("to-trinh.tif", SCAN.read_bytes()))])
    return empty_site


def base(site: TestClient) -> Library:
    library: Library = site.app.state.library  # type: ignore[attr-defined]
    return library


def test_a_waiting_scan_is_listed_with_what_to_install(site):
    page = site.get("/documents").text
    assert "Chờ nhận dạng chữ: 2 trang" in page
    assert APT in page


def test_its_pages_can_be_seen_meanwhile(site):
    document = base(site).documents()[0].id
    image = site.get(f"/d/{document}/page/2.png")
    assert image.headers["content-type"] == "image/png"
    assert image.headers["cache-control"] == "private, max-age=60"  # recognition may turn it
    assert site.get(f"/d/{document}/page/3.png").status_code == 404


def test_once_the_tool_is_there_the_site_reads_it_by_itself(site, monkeypatch, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    tesseract(monkeypatch, folder, ARTICLE)
    asked = {"q": "hướng dẫn sản xuất phân bón hữu cơ vi sinh"}
    until(lambda: '<span class="pill warning">OCR</span>' in site.get("/", params=asked).text)
    assert "(chữ nhận dạng OCR)" in site.get("/", params=asked).text
    assert "Chờ nhận dạng chữ" not in site.get("/documents").text


def test_documents_can_be_chosen_by_how_well_they_were_read(site):
    assert len(site.get("/documents", params={"legibility": "unread"}).context["page"].lines) == 1
    assert not site.get("/documents", params={"legibility": "good"}).context["page"].lines


def test_the_reader_says_that_words_were_recognised(site, monkeypatch, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    tesseract(monkeypatch, folder, ARTICLE)
    until(lambda: not base(site).waiting())
    document = base(site).documents()[0].id
    assert "nhận dạng từ bản quét (OCR)" in site.get(f"/d/{document}").text


def idle(site: TestClient) -> None:
    until(lambda: not site.get("/documents").context["page"].incoming.busy)


def test_pages_that_could_not_be_read_are_tried_again_on_demand(site, monkeypatch, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    tesseract(monkeypatch, folder, ARTICLE)
    answer = (folder / "tesseract").read_text()
    (folder / "tesseract").write_text(answer.replace('exec /bin/cat "', 'exit 1; "'))
    until(lambda: not base(site).waiting() and base(site).documents()[0].unread == 2)
    idle(site)
    page = site.get("/documents").context["page"]
    [line], [file] = page.lines, page.incoming.files
    assert line.scan == "2 trang chưa đọc được"
    assert (file.state, file.retry) == ("unread", line.again)
    assert "Trang 1-2 không nhận dạng được chữ" in file.note
    (folder / "tesseract").write_text(answer)
    site.post(line.again)
    until(lambda: base(site).documents()[0].searchable)
    idle(site)
    page = site.get("/documents").context["page"]
    assert (page.lines[0].again, page.incoming.files[0].state) == ("", "added")


def test_a_scan_on_which_no_word_was_recognised_is_not_called_read(site, monkeypatch, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    tesseract(monkeypatch, folder, hocr())
    until(lambda: not base(site).waiting())
    idle(site)
    [file] = site.get("/documents").context["page"].incoming.files
    assert (file.state, file.words, file.retry) == ("unread", "Đã lưu, chưa đọc được chữ", "")
    assert "hãy quét lại" in file.note
    page = site.get(f"/d/{base(site).documents()[0].id[:12]}").context["page"]
    assert [notice.words for notice in page.notices] == [
        "Không đọc được chữ nào trong tệp này nên không tìm kiếm được."
    ]
    assert [sheet.number for sheet in page.sheets] == [1, 2], "there is nothing else to look at"
    assert page.query.view == "pages"


def test_the_same_file_under_another_name_is_said_to_be_there(empty_site):
    empty_site.post("/documents", files=[("files", ("a.txt", b"I. NHIEM VU\n\n1. Trong cay.\n"))])
    empty_site.post("/documents", files=[("files", ("b.txt", b"I. NHIEM VU\n\n1. Trong cay.\n"))])
    file = empty_site.get("/documents").context["page"].incoming.files[0]
    assert (file.name, file.state, file.note) == (
        "b.txt", "unchanged", "Trùng từng byte với tệp “a.txt” đã có trong kho.",
    )  # fmt: skip
