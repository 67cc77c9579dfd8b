"""Files into the base: each bad one is a clear line, and the others are not disturbed."""

import io
import os
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from kb import intake
from kb.intake import add_bytes, add_paths
from kb.library import Library
from kb.model import Outcome, OutcomeStatus
from kb.settings import Settings

PLAN = "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Phát triển phân bón vi sinh.\n2. Xây dựng đường giao thông.\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(2_000)


def pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 720, "KE HOACH so 12/KH-UBND phat trien nong nghiep")
    canvas.save()
    return buffer.getvalue()


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def only(outcomes: list[Outcome]) -> Outcome:
    assert len(outcomes) == 1
    return outcomes[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds nothing of the base."""
    made = tmp_path / "hồ sơ"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("name", "make", "status", "words"),
    [
        ("rong.pdf", lambda: b"", "failed", "rỗng"),
        ("rong.txt", lambda: b"", "failed", "rỗng"),
        ("trang.txt", lambda: b"  \n\t\n", "failed", "không có chữ"),
        ("cut.pdf", lambda: pdf()[:400], "failed", ""),
        ("khoa.pdf", locked_pdf, "failed", "mật khẩu"),
        ("anh.docx", lambda: JPEG, "failed", ""),
        ("lon.txt", lambda: b"a" * 1_048_577, "refused", "quá giới hạn 1 MB"),
        ("nhi-phan.txt", lambda: os.urandom(4_000), "failed", ""),
        ("hong.zip", lambda: b"PK\x03\x04 broken", "failed", "ZIP"),
        ("trong.zip", packed, "failed", "không có văn bản"),
        ("bom.zip", lambda: packed(**{"a.txt": bytes(900_000), "b.txt": bytes(900_000)}), "refused", "quá lớn"),
        ("long.zip", lambda: packed(**{"trong.zip": packed(**{"a.txt": b"a"})}), "refused", "ZIP nằm trong ZIP"),
    ],
)
def test_a_bad_file_is_one_clear_line(
    wordy: Library, folder: Path, name: str, make: Callable[[], bytes], status: str, words: str
) -> None:
    (folder / name).write_bytes(make())
    (folder / "tot.txt").write_text(PLAN, "utf-8")
    bad, good = add_paths(wordy, [folder / name, folder / "tot.txt"])
    assert (bad.status, bad.document) == (status, None)
    assert bad.reason
    assert words in bad.reason
    assert bad.reason.endswith((".", ")")) or len(bad.reason) > 20
    assert "ngoài dự kiến" not in bad.reason
    assert (good.status, [each.file for each in wordy.documents()]) == ("added", ["tot.txt"])


def test_a_missing_file_is_a_failed_outcome(wordy: Library, folder: Path) -> None:
    assert only(add_paths(wordy, [folder / "khong-co.pdf"])) == replace(
        Outcome(str(folder / "khong-co.pdf")), reason="Không tìm thấy tệp.", seconds=0.0
    )


def test_the_order_of_bad_and_good_does_not_matter_to_what_was_there(wordy: Library) -> None:
    added = only(add_bytes(wordy, PLAN.encode(), "a.txt"))
    failed = only(add_bytes(wordy, b"", "a.txt"))  # a broken second version must not hide the first
    assert (failed.status, failed.path) == ("failed", "a.txt")
    assert [each.id for each in wordy.documents()] == [added.document]


def test_a_reader_that_breaks_does_not_break_the_batch(
    wordy: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(intake, "ingest", broken)
    outcome = only(add_bytes(wordy, PLAN.encode(), "a.txt"))
    assert (outcome.status, "ngoài dự kiến" in (outcome.reason or "")) == ("failed", True)
    assert "a.txt" in caplog.text


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", PLAN), ("utf-8-sig", PLAN), ("utf-16", PLAN)], ids=["plain", "BOM", "UTF-16"]
)
def test_encodings_of_a_text_file(wordy: Library, encoding: str, expected: str) -> None:
    outcome = only(add_bytes(wordy, PLAN.encode(encoding), "a.txt"))
    assert outcome.document is not None
    assert wordy.text(outcome.document).strip() == expected.strip()


def test_a_name_in_nfd_is_stored_in_nfc_and_is_the_same_file(wordy: Library) -> None:
    composed = "Kế hoạch.txt"
    first = only(add_bytes(wordy, PLAN.encode(), unicodedata.normalize("NFD", composed)))
    second = only(add_bytes(wordy, (PLAN + "3. Thêm.\n").encode(), composed))
    assert (first.status, second.status) == ("added", "replaced")
    assert [each.file for each in wordy.documents()] == [composed]


def test_two_files_with_the_same_bytes_are_one_document(wordy: Library, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PLAN, "utf-8")
    first, second = add_paths(wordy, [folder])
    assert (first.status, second.status, first.document) == ("added", "unchanged", second.document)
    assert "“a.txt”" in (second.reason or "")


def test_what_a_folder_stands_for(wordy: Library, folder: Path) -> None:
    for name in (
        "1.txt",
        "sub/2.txt",
        ".git/3.txt",
        ".an.txt",
        "README.md",
        "build.py",
        "~$khoa.docx",
        "sub/.DS_Store",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{PLAN}{name}", "utf-8")
    assert [Path(each.path).name for each in add_paths(wordy, [folder])] == ["1.txt", "2.txt"]
    assert only(add_paths(wordy, [folder / "README.md"])).status is OutcomeStatus.ADDED  # named by hand, it is wanted


def test_a_folder_around_the_base_does_not_bring_its_own_files_in(wordy: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    assert [Path(each.path).name for each in add_paths(wordy, [tmp_path])] == ["a.txt"]


def test_an_archive_stands_for_the_files_in_it(wordy: Library) -> None:
    data = packed(
        **{
            "Kế hoạch.txt": PLAN.encode(),
            "rong.txt": b"",
            "__MACOSX/._a.txt": b"x",
            "thu/ba.txt": b"I. MOT\n1. Hai ba.\n",
        }
    )
    outcomes = add_bytes(wordy, data, "ho-so.zip")
    assert [(each.path, each.status.value) for each in outcomes] == [
        ("ho-so.zip/Kế hoạch.txt", "added"),
        ("ho-so.zip/rong.txt", "failed"),
        ("ho-so.zip/thu/ba.txt", "added"),
    ]


def test_a_known_file_is_not_read_again(wordy: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    add_bytes(wordy, PLAN.encode(), "a.txt")
    monkeypatch.setattr(intake, "ingest", None)
    assert only(add_bytes(wordy, PLAN.encode(), "a.txt")).status is OutcomeStatus.UNCHANGED


def test_everything_added_is_found_afterwards(wordy: Library, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(intake, "_SETTLE_EVERY", 2)
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"{PLAN}{number}. Việc số {number}.\n", "utf-8")
    add_paths(wordy, [folder])
    assert wordy.state().words == wordy.catalog.generation == 5


def test_a_named_pipe_is_refused_instead_of_waited_for(wordy: Library, folder: Path) -> None:
    os.mkfifo(folder / "ong.txt")
    assert only(add_paths(wordy, [folder / "ong.txt"])).status is OutcomeStatus.FAILED


def test_a_full_limit_is_read_from_the_settings(tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PLAN.encode() * 20_000)  # 1.8 MB
    with Library.open(Settings(home=home, max_file_mb=1), encoder=None) as small:
        assert only(add_paths(small, [tmp_path / "a.txt"])).status is OutcomeStatus.REFUSED
