"""Scans in the base: kept at once, recognised now or later, a stop or a bad page costs nothing that was done."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.readers.ocr import APT
from kb.cite import cite
from kb.intake import add_paths
from kb.library import Library
from kb.model import Filters, Legibility, Outcome, OutcomeStatus
from kb.recognition import Background
from kb.search import search
from kb.settings import Settings
from tests.fakes import tesseract

SCAN = Path(__file__).parents[1] / "files" / "scan.tif"
PAGES: list[tuple[str, int, int]] = []


def hocr(*lines: str) -> str:
    spans = "".join(
        f"<span class='ocr_line' title='bbox 300 {400 + 90 * row} 2100 {450 + 90 * row}; baseline 0 -10; x_size 50'>"
        + "".join(
            f"<span class='ocrx_word' title='bbox {300 + 120 * at} {400 + 90 * row} {400 + 120 * at} {450 + 90 * row};"
            f" x_wconf 90'>{word}</span>"
            for at, word in enumerate(line.split())
        )
        + "</span>"
        for row, line in enumerate(lines)
    )
    return f"<html><body>{spans}</body></html>"


ARTICLE = hocr("Điều 1. Giao Sở Nông nghiệp hướng dẫn sản", "xuất phân bón hữu cơ vi sinh từ phụ phẩm.")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Puts a Tesseract on the path that reads this hOCR on every page; gives the folder it lies in."""

    def put(answer: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        tesseract(monkeypatch, folder, answer)
        return folder

    return put


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


def added(library: Library, **how: object) -> Outcome:
    (outcome,) = add_paths(library, [SCAN], pages=lambda *told: PAGES.append(told), **how)
    return outcome


def test_a_scan_is_read_while_it_is_added(wordy, reads):
    reads(ARTICLE)
    PAGES.clear()
    outcome = added(wordy)
    assert (outcome.status, outcome.pages, outcome.waiting) == (OutcomeStatus.ADDED, 2, 0)
    assert outcome.passages > 0
    assert PAGES[-1] == ("scan.tif", 2, 2)
    hit = search(wordy, "phân bón hữu cơ").hits[0]
    assert "ocr" in hit.record.passage.flags
    assert hit.citation.vi.endswith("(chữ nhận dạng OCR)")
    assert cite(hit.record).en.endswith("(OCR text)")
    assert wordy.documents()[0].legibility is Legibility.OCR


@pytest.mark.usefixtures("bare_machine")
def test_without_tesseract_a_scan_is_kept_counted_and_says_what_to_install(wordy):
    outcome = added(wordy)
    assert (outcome.status, outcome.waiting) == (OutcomeStatus.ADDED, 2)
    assert APT in (outcome.reason or "")
    assert wordy.searched(Filters()).unsearchable == 1
    assert [record.id for record in wordy.waiting()] == [outcome.document]


def test_it_is_read_later_once_the_tool_is_there(wordy, reads, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    kept = added(wordy)
    came = wordy.documents()[0].added
    reads(ARTICLE)
    again = added(wordy)
    assert (again.status, again.document) == (OutcomeStatus.UNCHANGED, kept.document)
    assert again.passages > 0
    assert wordy.documents()[0].added == came
    assert wordy.searched(Filters()).unsearchable == 0
    assert wordy.source(kept.document or "") == SCAN.read_bytes()


def test_a_page_is_recognised_once(wordy, reads):
    folder = reads(ARTICLE)
    document = added(wordy).document
    wordy.drop(document or "")
    added(wordy)
    assert (folder / "calls").read_text().count("hocr") == 2


def test_a_stamp_of_secrecy_on_a_scan_takes_it_out_again(wordy, reads):
    reads(hocr("MẬT", "KẾ HOẠCH", "bảo vệ mục tiêu"))
    outcome = added(wordy)
    assert outcome.status is OutcomeStatus.REFUSED
    assert outcome.document is None
    assert wordy.documents() == []


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_background_reads_what_waits(wordy, reads):
    reads(ARTICLE)
    (outcome,) = add_paths(wordy, [SCAN])
    assert outcome.waiting == 2
    scans = Background(wordy)
    scans.start()
    until(lambda: bool(search(wordy, "phân bón hữu cơ").hits))
    scans.close()
    assert not wordy.waiting()


def test_one_process_recognises_and_the_other_leaves_it_to_it(settings: Settings, wordy, monkeypatch, tmp_path):
    tesseract(monkeypatch, tmp_path, ARTICLE, seconds=20)
    add_paths(wordy, [SCAN])
    scans = Background(wordy)
    scans.start()
    until(lambda: scans.progress(wordy.documents()[0].id) is not None)
    with Library.open(settings, encoder=None, owner=False) as other:
        assert added(other).waiting == 2  # at once: it does not wait for the first
    scans.close()
    assert wordy.waiting()  # a stop leaves it for later


def test_poorly_read_papers_can_be_left_out(wordy, reads):
    reads(ARTICLE)
    added(wordy)
    assert search(wordy, "phân bón", filters=Filters(legibility=("ocr",))).total
    assert not search(wordy, "phân bón", filters=Filters(legibility=("good",))).hits


def test_what_was_read_in_vain_is_tried_again_when_asked_for(wordy, reads):
    folder = reads(ARTICLE)
    good = (folder / "tesseract").read_text()
    (folder / "tesseract").write_text(good.replace('exec /bin/cat "', 'exit 1; "'))
    add_paths(wordy, [SCAN])
    scans = Background(wordy)
    scans.start()
    until(lambda: not wordy.waiting())
    [record] = wordy.documents()
    assert (record.unread, record.searchable) == (2, False)
    (folder / "tesseract").write_text(good)
    scans.again(record.id)
    until(lambda: wordy.documents()[0].searchable)
    scans.close()
    assert (wordy.documents()[0].unread, scans.asked()) == (0, ())
