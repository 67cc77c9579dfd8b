"""What the site says of scans: that they wait, how far it is, what to install; and their pages as images."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.readers.ocr import APT
from kb.library import Library
from tests.fakes import tesseract
from tests.kb.test_recognition import ARTICLE, until

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
