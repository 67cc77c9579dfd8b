"""How well a page was read: clean papers stand apart from damaged ones, whatever damaged them."""

from pathlib import Path

import pytest

from ingest.document import Page
from ingest.legibility import LOW, share_of_syllables
from ingest.pipeline import ingest
from ingest.quality import document_quality
from ingest.readers import read

CORPUS = sorted(path for path in (Path(__file__).parents[2] / "corpus").iterdir() if path.suffix in (".pdf", ".docx"))


def texts() -> list[str]:
    return [read(path.read_bytes(), path.name).text for path in CORPUS]


def lost(text: str) -> str:
    """Letters with marks dropped: "QUYẾT ĐỊNH" → "QUYT ĐNH", as a font without them leaves it."""
    return "".join(char for char in text if not "\u1ea0" <= char <= "\u1ef9")


def shifted(text: str) -> str:
    """As one converter of the 2000s did: "không" → "khơng", "còn" → "cịn", "hoàn" → "hồn"."""
    return text.replace("ô", "ơ").replace("ò", "ị").replace("oà", "ồ").replace("oá", "ố")


def hasty(text: str) -> str:
    """As weak recognition does: about every other of these vowels takes another mark."""
    swapped = {"ế": "ê", "ố": "ô", "ủ": "ú", "ộ": "ô", "ị": "i", "ả": "á", "ề": "ê", "ổ": "ỗ"}
    return "".join(swapped.get(char, char) if at % 2 else char for at, char in enumerate(text))


def test_clean_papers_are_legible():
    assert min(filter(None, map(share_of_syllables, texts()))) > 0.97


@pytest.mark.parametrize(("damage", "most"), [(lost, LOW), (shifted, 0.92), (hasty, 0.98)])
def test_damage_shows(damage, most):
    clean = [share for text in texts() if (share := share_of_syllables(text)) is not None]
    damaged = [share for text in texts() if (share := share_of_syllables(damage(text))) is not None]
    assert max(damaged) < most
    assert max(damaged) < min(clean)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Government of Vietnam issued a decree on organic fertilizer. " * 4, id="English"),
        pytest.param(
            "UBND, HĐND, QĐ-UBND, NĐ-CP, TTXVN phối hợp thực hiện nhiệm vụ được giao. " * 4, id="abbreviations"
        ),
        pytest.param(
            "Xem tại https://dichvucong.gov.vn/abcxyz hoặc gửi thư qwrty@zxcv.gov.vn để được hỗ trợ. " * 4, id="web"
        ),
    ],
)
def test_what_is_no_damage_is_not_counted(text):
    assert share_of_syllables(text) == 1.0


def test_a_few_words_are_not_judged():
    assert share_of_syllables("Số: 12/KH-UBND") is None


def test_a_documents_quality_is_that_of_its_words_not_of_its_pages():
    pages = [Page(1, 0, 900, quality=1.0), Page(2, 900, 1000, quality=0.5), Page(3, 1000, 1000)]
    assert document_quality("x" * 1000, pages) == 0.95


def test_a_badly_read_page_flags_what_comes_from_it():
    text = "KẾ HOẠCH\n\n" + lost("1. Triển khai thực hiện nhiệm vụ được giao về phân bón hữu cơ. " * 10)
    document = ingest(text.encode(), "a.txt")
    assert document.quality is not None
    assert document.quality < LOW
    assert all("low-quality" in passage.flags for passage in document.passages)
