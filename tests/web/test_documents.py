"""Documents in and out by the browser, and the list."""

import io
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.errors import Unreadable
from kb.library import Library
from kb.settings import Settings
from tests.web.conftest import bare
from web.app import create_app

PAPER = (
    "ỦY BAN NHÂN DÂN\nPHƯỜNG MẪU\n\nSố: 7/KH-UBND\n\nKẾ HOẠCH\nVề trồng cây\n\n"
    "I. NHIỆM VỤ\n\n1. Trồng cây xanh dọc đường Hùng Vương trước ngày 19/5/2026.\n"
)


def put(site: TestClient, *files: tuple[str, bytes], **headers: str):
    return site.post("/documents", files=[("files", (name, data)) for name, data in files], headers=headers)


def test_many_files_each_with_its_outcome(empty_site: TestClient) -> None:
    response = put(empty_site, ("a.txt", PAPER.encode()), ("trống.pdf", b""), ("hỏng.docx", b"\xff\xd8\xff\xe0JFIF"))
    incoming = response.context["page"].incoming
    assert {file.name: file.state for file in incoming.files} == {
        "a.txt": "added", "trống.pdf": "failed", "hỏng.docx": "failed",
    }  # fmt: skip
    assert all(len(file.note) > 20 and file.retry for file in incoming.files if file.state == "failed")
    assert incoming.summary == "1 tệp đã nhận · 2 tệp không nhận"
    assert len(response.context["page"].lines) == 1
    assert empty_site.get("/documents").context["page"].incoming == incoming, "it is still there on the next visit"


def test_what_failed_is_tried_again_and_what_is_done_is_cleared(
    empty_site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_) -> None:
        raise Unreadable("needs_libreoffice", "Máy chưa có LibreOffice: hãy cài libreoffice-writer-nogui rồi thử lại.")

    monkeypatch.setattr("kb.intake.ingest", missing)
    [file] = put(empty_site, ("a.txt", PAPER.encode())).context["page"].incoming.files
    assert (file.state, file.note) == (
        "failed", "Máy chưa có LibreOffice: hãy cài libreoffice-writer-nogui rồi thử lại.",
    )  # fmt: skip
    monkeypatch.undo()
    [again] = empty_site.post(file.retry).context["page"].incoming.files
    assert (again.state, again.retry) == ("added", "")
    assert empty_site.post("/documents/incoming/clear").context["page"].incoming.files == ()
    assert empty_site.post(file.retry).status_code == 404


def served_again(base: Library) -> TestClient:
    return TestClient(bare(base.settings, base), headers={"accept": "text/html"})


def test_what_failed_is_still_there_after_a_restart_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_) -> None:
        raise Unreadable("needs_libreoffice", "Máy chưa có LibreOffice.")

    with Library.open(Settings(home=tmp_path, encoder="none"), encoder=None) as base:
        monkeypatch.setattr("kb.intake.ingest", missing)
        with served_again(base) as site:
            put(site, ("a.txt", PAPER.encode()))
        monkeypatch.undo()
        with served_again(base) as site:
            [file] = site.get("/documents").context["page"].incoming.files
            assert (file.name, file.state, file.note) == ("a.txt", "failed", "Máy chưa có LibreOffice.")
            [again] = site.post(file.retry).context["page"].incoming.files
            assert again.state == "added"
        with served_again(base) as site:
            assert site.get("/documents").context["page"].incoming.files == ()
        assert list((tmp_path / "failed").iterdir()) == []


def test_a_cleared_failure_leaves_nothing_on_disk_and_a_refused_file_never_does(tmp_path: Path) -> None:
    secret = "TUYỆT MẬT\n\nBÁO CÁO\nvề tình hình\n\n1. Nội dung.\n".encode()
    with Library.open(Settings(home=tmp_path, encoder="none"), encoder=None) as base, served_again(base) as site:
        put(site, ("mật.txt", secret))
        assert [file.state for file in site.get("/documents").context["page"].incoming.files] == ["refused"]
        assert not (tmp_path / "failed").exists()
        put(site, ("trống.pdf", b""))
        assert len(list((tmp_path / "failed").iterdir())) == 2
        site.post("/documents/incoming/clear")
        assert list((tmp_path / "failed").iterdir()) == []


def test_a_zip_with_a_secret_in_it_is_not_kept_for_another_try(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mật.txt", "TUYỆT MẬT\n\nBÁO CÁO\nvề tình hình\n\n1. Nội dung.\n")
        archive.writestr("trống.pdf", b"")
    with Library.open(Settings(home=tmp_path, encoder="none"), encoder=None) as base, served_again(base) as site:
        put(site, ("gói.zip", packed.getvalue()))
        states = {file.state for file in site.get("/documents").context["page"].incoming.files}
        assert states == {"refused", "failed"}
        assert not (tmp_path / "failed").exists()


def test_an_unexpected_failure_of_one_file_leaves_the_desk_open(
    empty_site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.intake.desk.add_bytes", lambda *_: 1 / 0)
    [file] = put(empty_site, ("a.txt", PAPER.encode())).context["page"].incoming.files
    assert (file.state, bool(file.retry)) == ("failed", True)
    monkeypatch.undo()
    assert put(empty_site, ("b.txt", PAPER.encode())).context["page"].incoming.files[0].state == "added"


def test_progress_is_told_as_it_happens(empty_site: TestClient) -> None:
    answer = put(empty_site, ("a.txt", PAPER.encode()), ("b.txt", b""), prefer="respond-async")
    assert answer.status_code == 202
    events = empty_site.get("/documents/progress")
    assert events.headers["content-type"].startswith("text/event-stream")
    states = [each for each in events.text.split("\n\n") if each.startswith("event: state\n")]
    assert all(line.startswith("data: ") for state in states for line in state.split("\n")[1:])
    assert 'class="added"' in states[-1]
    assert 'class="failed"' in states[-1]
    assert events.text.endswith("event: done\ndata:\n\n")


def test_a_scan_in_hand_is_followed_page_by_page(empty_site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    state = empty_site.app.state
    put(empty_site, ("a.txt", PAPER.encode()))
    [record] = state.library.documents()
    pages = iter([(0, 3), (2, 3), (3, 3)])
    monkeypatch.setattr(state.library, "waiting", lambda: [record])
    monkeypatch.setattr(state.scans, "progress", lambda document: next(pages, None))
    monkeypatch.setattr("web.intake.uploads._AFTERWARDS", 0.3)
    told = empty_site.get("/documents/progress").text
    assert [line for line in ("0/3 trang", "2/3 trang", "3/3 trang") if line in told] == [
        "0/3 trang", "2/3 trang", "3/3 trang",
    ]  # fmt: skip
    assert told.endswith("event: done\ndata:\n\n")


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, encoder="none", max_file_mb=1)
    with Library.open(settings, encoder=None) as base, TestClient(create_app(settings, library=base)) as site:
        [outcome] = put(site, ("to.pdf", b"x" * 1_100_000), accept="application/json").json()
    assert (outcome["status"], outcome["reason"]) == ("refused", "Tệp lớn hơn 1 MB.")


def test_the_same_as_json(empty_site: TestClient) -> None:
    put(empty_site, ("a.txt", PAPER.encode()))
    [outcome] = put(empty_site, ("a.txt", PAPER.encode()), accept="application/json").json()
    assert outcome["status"] == "unchanged"
    assert outcome["path"] == "a.txt"


def test_a_zip_stands_for_its_files(empty_site: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("một.txt", PAPER)
        archive.writestr("hai.txt", PAPER.replace("7/KH", "8/KH"))
    response = put(empty_site, ("gói.zip", packed.getvalue()), accept="application/json")
    assert [each["status"] for each in response.json()] == ["added", "added"]


def test_a_changed_file_is_a_new_version_and_the_old_link_still_opens(empty_site: TestClient) -> None:
    put(empty_site, ("a.txt", PAPER.encode()))
    [old] = empty_site.get("/api/documents").json()["documents"]
    put(empty_site, ("a.txt", PAPER.replace("Hùng Vương", "Trần Phú").encode()))
    page = empty_site.get(f"/p/{old['document'][:12]}-I-1")
    assert "Hùng Vương" in page.text
    assert any(notice.tone == "danger" for notice in page.context["page"].notices)


def test_taking_out_asks_first(empty_site: TestClient) -> None:
    put(empty_site, ("a.txt", PAPER.encode()))
    [record] = empty_site.get("/api/documents").json()["documents"]
    address = f"/documents/{record['document'][:12]}/remove"
    assert "Giữ lại" in empty_site.get(address).text
    assert len(empty_site.get("/api/documents").json()["documents"]) == 1
    assert "Đã xóa a.txt" in empty_site.post(address).text
    assert empty_site.get("/api/documents").json()["documents"] == []


def test_another_site_cannot_write(empty_site: TestClient) -> None:
    assert put(empty_site, ("a.txt", PAPER.encode()), origin="https://elsewhere.example").status_code == 403
    assert put(empty_site, ("a.txt", PAPER.encode()), **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert empty_site.get("/api/documents").json()["documents"] == []


def test_the_list_is_filtered_found_in_and_sorted(site: TestClient) -> None:
    plans = site.get("/documents", params={"kind": "Kế hoạch"}).context["page"]
    assert plans.lines
    assert all(line.document.name.startswith("Kế hoạch") for line in plans.lines)
    [one] = site.get("/documents", params={"find": "chuyen doi so thanh uy"}).context["page"].lines
    assert one.document.name == "Nghị quyết 11-NQ/ThU"
    newest = site.get("/documents").context["page"].lines
    oldest = site.get("/documents", params={"sort": "oldest"}).context["page"].lines
    assert newest[0].document.name == "Kế hoạch 12/KH-UBND"
    assert oldest[0].document.name == "Quyết định 24/2018/QĐ-UBND"


def test_the_english_site_says_in_english_why_a_file_was_not_taken(empty_site: TestClient) -> None:
    put(empty_site, ("trống.pdf", b""))
    empty_site.get("/?lang=en")
    [file] = empty_site.get("/documents").context["page"].incoming.files
    assert file.note == "There are no words in the file. Check the original, then add it again."
    [outcome] = put(empty_site, ("trống.pdf", b""), accept="application/json").json()
    assert (outcome["code"], outcome["reason"][:9]) == ("empty", "Tệp rỗng ")


def test_a_filtered_list_counts_what_it_shows_and_can_be_widened_again(site: TestClient) -> None:
    whole = site.get("/documents").context["page"]
    page = site.get("/documents", params={"year": "2023", "kind": "Kế hoạch"}).context["page"]
    assert page.lines
    assert all(line.document.facts.endswith("2023") for line in page.lines)
    passages = sum(int(line.passages.removesuffix(" đoạn")) for line in page.lines)
    assert (page.count, page.stock) == (f"{len(page.lines)} văn bản", f"{passages} đoạn")
    assert (whole.clear, page.clear) == ("", "/documents")
    years = [choice.words for choice in dict(page.choices)["Năm ban hành"]]
    assert years == sorted(years, reverse=True)


def test_the_files_taken_in_are_folded_unless_one_has_just_come(empty_site: TestClient) -> None:
    assert '<details id="incoming" class="incoming" open' in put(empty_site, ("a.txt", b"")).text
    assert '<details id="incoming" class="incoming" data' in empty_site.get("/documents").text
