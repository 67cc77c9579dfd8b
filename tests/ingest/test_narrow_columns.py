"""Heads and feet whose columns are narrow: lines broken by the column, columns that nearly touch, a page between."""

import io

import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from ingest.pipeline import ingest
from ingest.readers import read
from ingest.readers.page import Glyph, Strip
from ingest.readers.page_columns import TextLine
from ingest.readers.page_flow import paragraphs
from tests.files.make import pdf, register_fonts
from tests.ingest.papers import by_locator

HEAD = [
    (90.0, 85.0, "ỦY BAN NHÂN DÂN", 14.0),
    (90.0, 104.0, "TỈNH TRƯỜNG LĨNH", 14.0),
    (90.0, 123.0, "Số: 21/2025/QĐ-UBND", 14.0),
    (330.0, 85.0, "CỘNG HÒA XÃ HỘI CHỦ", 14.0),
    (330.0, 104.0, "NGHĨA VIỆT NAM", 14.0),
    (330.0, 123.0, "Độc lập - Tự do - Hạnh phúc", 14.0),
    (330.0, 142.0, "Trường Lĩnh, ngày 24 tháng 4 năm", 14.0),
    (330.0, 161.0, "2025", 14.0),
    (250.0, 190.0, "QUYẾT ĐỊNH", 14.0),
    (150.0, 210.0, "Quy định giá vé vận tải bằng xe buýt", 14.0),
]
BODY = [
    (90.0, 240.0, "Căn cứ Luật Đường bộ ngày 27 tháng 6 năm 2024;", 14.0),
    (90.0, 270.0, "Điều 1. Quyết định này quy định giá vé xe buýt trên địa bàn tỉnh", 14.0),
    (90.0, 300.0, "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.", 14.0),
]


def joined(*files: bytes) -> bytes:
    """One PDF of the pages of several."""
    whole = pdfium.PdfDocument.new()
    for data in files:
        whole.import_pages(pdfium.PdfDocument(data))
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    return read(data, "a.pdf").text.split("\n")


def test_motto_and_date_that_a_column_breaks_are_whole():
    found = lines(pdf([*HEAD, *BODY]))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found
    assert "Trường Lĩnh, ngày 24 tháng 4 năm 2025" in found
    head = ingest(pdf([*HEAD, *BODY]), "a.pdf").metadata
    assert (str(head.date), head.issuer) == ("2025-04-24", "Ủy ban nhân dân tỉnh Trường Lĩnh")


def test_a_full_left_column_does_not_run_into_the_right_one():
    register_fonts()
    full = "- Cục Kiểm tra văn bản và Quản lý"
    right = 90.0 + stringWidth(full, "Serif", 14.0) + 5.0  # little more than a word space behind the left column
    foot = [
        (90.0, 330.0, "Nơi nhận:", 14.0),
        (right, 330.0, "KT. CHỦ TỊCH", 14.0),
        (90.0, 349.0, full, 14.0),
        (right, 349.0, "PHÓ CHỦ TỊCH", 14.0),
        (90.0, 368.0, "xử lý vi phạm hành chính;", 14.0),
        (90.0, 387.0, "- Lưu: VT.", 14.0),
        (right, 406.0, "Hoàng Văn T", 14.0),
    ]
    assert "PHÓ CHỦ TỊCH" in lines(pdf([*HEAD, *BODY, *foot]))
    assert ingest(pdf([*HEAD, *BODY, *foot]), "a.pdf").metadata.signer == "Hoàng Văn T"


@pytest.mark.parametrize("kept", [1, 3])
def test_a_page_may_end_inside_the_foot(kept):
    left = ["Nơi nhận:", "- Như Điều 2;", "- Sở Tài chính;", "- Sở Xây dựng;", "- Lưu: VT."]
    right = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(đã ký)", "Hoàng Văn T"]
    rows = [(a, b) for a, b in zip(left, right, strict=True)]

    def drawn(part: list[tuple[str, str]], top: float) -> list[tuple[float, float, str, float]]:
        pairs = [((90.0, top + 28 * i, a, 14.0), (330.0, top + 28 * i, b, 14.0)) for i, (a, b) in enumerate(part)]
        return [piece for pair in pairs for piece in pair]

    paper = ingest(joined(pdf([*HEAD, *BODY, *drawn(rows[:kept], 330.0)]), pdf(drawn(rows[kept:], 85.0))), "a.pdf")
    assert (paper.metadata.signer_role, paper.metadata.signer) == ("Phó Chủ tịch", "Hoàng Văn T")
    assert {locator for locator in by_locator(paper) if locator[0] in "gp"} <= {"pre/p1", "pre/p2"}


def test_a_figure_goes_on_behind_a_full_line_that_ends_in_a_colon():
    opening = "1. Hỗ trợ tiền ăn trưa cho trẻ em mẫu giáo thuộc hộ nghèo, hộ cận nghèo:"
    found = lines(
        pdf(
            [
                (90.0, 85.0, "Nhà nước hỗ trợ các đối tượng sau đây theo quy định của Chính phủ và của tỉnh,", 13.0),
                (90.0, 103.0, "bảo đảm đúng đối tượng, công khai và minh bạch theo quy định của pháp luật này:", 13.0),
                (90.0, 131.0, opening, 13.3),
                (90.0, 149.0, "160.000 đồng/trẻ/tháng.", 13.3),
            ]
        )
    )
    assert f"{opening} 160.000 đồng/trẻ/tháng." in found


def test_the_head_and_foot_of_a_translation_have_columns_too():
    head = [
        (90.0, 85.0, "PEOPLE'S COMMITTEE", 14.0),
        (90.0, 104.0, "OF TRUONG LINH PROVINCE", 14.0),
        (330.0, 85.0, "SOCIALIST REPUBLIC OF VIET", 14.0),
        (330.0, 104.0, "NAM", 14.0),
        (330.0, 123.0, "Independence - Freedom -", 14.0),
        (330.0, 142.0, "Happiness", 14.0),
        (330.0, 161.0, "Truong Linh, April 24, 2025", 14.0),
        (250.0, 190.0, "DECISION", 14.0),
        (90.0, 220.0, "Article 1. Fares are waived for children under 6 years of age and for the elderly.", 14.0),
        (90.0, 250.0, "Article 2. This Decision takes effect from May 5, 2025 and replaces the one before.", 14.0),
        (90.0, 280.0, "Recipients:", 14.0),
        (330.0, 280.0, "FOR THE CHAIRPERSON", 14.0),
    ]
    below = [
        (90.0, 85.0, "- Archived: VT, CN.", 14.0),
        (330.0, 85.0, "VICE CHAIRPERSON", 14.0),
        (330.0, 114.0, "(signed)", 14.0),
        (330.0, 142.0, "Hoang Van Thinh", 14.0),
    ]
    found = ingest(joined(pdf(head), pdf(below)), "a.pdf").metadata
    assert found.issuer == "People's Committee of Truong Linh Province"
    assert (str(found.date), found.signer_role, found.signer) == ("2025-04-24", "Vice Chairperson", "Hoang Van Thinh")


def test_a_heading_in_bold_capitals_does_not_run_into_the_paragraph_below():
    strip = [
        TextLine(Strip(1, glyphs("II. QUY TRÌNH THI HÀNH KỶ LUẬT ĐẢNG", 100.0, bold=True)), 90.0, 440.0),
        TextLine(Strip(1, glyphs("Thực hiện như Mục I của Hướng dẫn này.", 118.0)), 90.0, 440.0),
    ]
    assert len(paragraphs(strip, 18.0)) == 2


def glyphs(text: str, base: float, *, bold: bool = False) -> list[Glyph]:
    """A line of letters ten points wide that begins at the left margin."""
    return [
        Glyph(
            char,
            90.0 + 10 * at,
            100.0 + 10 * at,
            base - 9,
            base,
            base,
            12.0,
            bold=bold,
            space=at > 0 and text[at - 1] == " ",
        )
        for at, char in enumerate(text)
        if char != " "
    ]
