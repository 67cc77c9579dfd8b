"""Roman numbers of headings on recognised pages, as Tesseract misreads them."""

import pytest

from ingest.readers.numerals import mended
from ingest.readers.page import Glyph


def page(*lines: str) -> list[Glyph]:
    """A recognised page: its letters ten points wide, its lines twenty points apart."""
    glyphs = []
    for row, line in enumerate(lines):
        for at, char in enumerate(line):
            if not char.isspace():
                space = at > 0 and line[at - 1].isspace()
                base = 20.0 * row + 10
                glyphs.append(Glyph(char, 10.0 * at, 10.0 * at + 10, base - 8, base, base, 12.0, space=space))
    return glyphs


def read(*pages: list[Glyph]) -> list[str]:
    """The lines of the pages after mending."""
    result: list[str] = []
    for glyphs in mended(pages):
        rows: dict[float, str] = {}
        for glyph in glyphs:
            rows[glyph.base] = rows.get(glyph.base, "") + (" " if glyph.space else "") + glyph.text
        result.extend(rows.values())
    return result


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        (["I. MỤC ĐÍCH", "II. MỤC TIÊU", "HI. NHIỆM VỤ"], ["I. MỤC ĐÍCH", "II. MỤC TIÊU", "III. NHIỆM VỤ"]),
        (["I. MỤC ĐÍCH", "II. MỤC TIÊU", "II. NHIỆM VỤ"], ["I. MỤC ĐÍCH", "II. MỤC TIÊU", "III. NHIỆM VỤ"]),
        (["IL TÌNH HÌNH", "II. KẾT QUẢ"], ["I. TÌNH HÌNH", "II. KẾT QUẢ"]),
        (["l. TÌNH HÌNH", "IL KẾT QUẢ", "IIL TỒN TẠI"], ["I. TÌNH HÌNH", "II. KẾT QUẢ", "III. TỒN TẠI"]),
        (["I- QUAN ĐIỂM", "I- MỤC TIÊU", "IV- TỔ CHỨC"], ["I- QUAN ĐIỂM", "II- MỤC TIÊU", "IV- TỔ CHỨC"]),
    ],
)
def test_the_number_that_a_heading_must_have(printed, right):
    assert read(page(*printed)) == right


def test_numbers_go_on_from_page_to_page():
    assert read(page("I. MỤC ĐÍCH", "II. MỤC TIÊU"), page("II. NHIỆM VỤ")) == [
        "I. MỤC ĐÍCH",
        "II. MỤC TIÊU",
        "III. NHIỆM VỤ",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "HIV trong cộng đồng",
        "I. Mục đích của Kế hoạch",
        "UBND TỈNH TRƯỜNG LĨNH",
        "HU ĐÁ",
        "X. PHỤ TRÁCH CHUNG",
        "LL HỌ VÀ TÊN",
    ],
)
def test_other_words_stay_as_they_were_read(line):
    assert read(page(line)) == [line]


def test_a_second_part_may_begin_at_one_again():
    lines = ["I. MỤC ĐÍCH", "II. MỤC TIÊU", "I. QUY ĐỊNH CHUNG", "II. QUY ĐỊNH CỤ THỂ"]
    assert read(page(*lines)) == lines
