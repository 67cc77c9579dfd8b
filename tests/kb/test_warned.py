"""Warnings of the readers have a code and both languages."""

import re
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from kb.tables import rows
from kb.warned import warned

INGEST = Path(__file__).parents[2] / "ingest"
SAID = [
    ("Trang 1-36, 40 bị hỏng, không đọc được.", "broken_pages", "Page 1-36, 40 is damaged"),
    ("Trang 7 không nhận dạng được chữ (quá 90 giây hoặc ảnh hỏng).", "unrecognised_pages", "90 seconds"),
    ("Số thứ tự không liên tục: Điều 3 → Điều 5", "numbering_gap", "Article 3 → Article 5"),
]


@pytest.mark.parametrize(("said", "code", "english"), SAID)
def test_a_warning_with_particulars_keeps_them_in_english(said: str, code: str, english: str) -> None:
    found = warned(said)
    assert (found.code, found.vi) == (code, said)
    assert english in found.en


def test_a_sentence_that_the_table_lacks_stays_as_it_is() -> None:
    assert warned("Điều lạ.") == warned("Điều lạ.").__class__("", "Điều lạ.", "Điều lạ.")


@pytest.mark.parametrize(
    "source", [b"\xc3\xb4ng \xff\xfe kh\xc3\xb4ng r\xc3\xb5 \xe1\xba", "Điều 1. Một\n\nĐiều 5. Năm\n".encode()]
)
def test_what_a_reader_warns_of_is_in_the_table(source: bytes) -> None:
    for said in ingest(source, "a.txt").warnings:
        assert warned(said).code, said


def test_every_sentence_of_the_table_is_one_that_ingest_says() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in INGEST.rglob("*.py"))
    for _, vi, english in rows("warnings.csv"):
        parts = [part for part in re.split(r"\{\w+\}", vi.replace("Điều {before} → Điều {after}", "")) if part.strip()]
        assert all(part in sources for part in parts), vi
        assert not re.search(r"[ăâđêôơưạảãàáẹẻẽèéịỉĩìíọỏõòóụủũùúỵỷỹỳý]", english)
