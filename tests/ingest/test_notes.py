"""Footnotes: they stand between the clauses of an article, and quote articles of other papers (consolidated texts)."""

import pytest

from ingest.document import Document, Kind
from tests.ingest.papers import by_locator, of, words

HEAD = (
    "BỘ NỘI VỤ\nSố: 05/VBHN-BNV\n\nHà Khê, ngày 05 tháng 3 năm 2024\n\nTHÔNG TƯ\nQuy định về văn thư\n\n"
    "Thông tư số 01/2020/TT-BNV ngày 01 tháng 01 năm 2020 của Bộ Nội vụ, được sửa đổi, bổ sung bởi:\n\n"
    "1. Thông tư số 02/2022/TT-BNV ngày 01 tháng 01 năm 2022 của Bộ Nội vụ;\n\n"
    "2. Thông tư số 03/2023/TT-BNV ngày 01 tháng 01 năm 2023 của Bộ Nội vụ.\n\n"
    "Căn cứ Nghị định số 10/2019/NĐ-CP ngày 01 tháng 01 năm 2019 của Chính phủ;\n\n"
    "Bộ trưởng Bộ Nội vụ ban hành Thông tư quy định về văn thư[1].\n\n"
)
BASES = (
    "[1] Thông tư số 02/2022/TT-BNV có căn cứ ban hành như sau:",
    "“Căn cứ Nghị định số 20/2021/NĐ-CP ngày 01 tháng 01 năm 2021 của Chính phủ;",
    "Bộ trưởng Bộ Nội vụ ban hành Thông tư.”.",
)
ARTICLES = ("Điều 1. Phạm vi", "1. Thông tư này quy định về văn thư.", "2. Áp dụng cho cơ quan nhà nước.")


def consolidated(*paragraphs: str) -> Document:
    return of(HEAD + "\n\n".join(paragraphs) + "\n")


def outline(document: Document) -> list[str]:
    frame = (Kind.HEAD, Kind.TITLE, Kind.SUMMARY, Kind.PREAMBLE, Kind.NOTE)
    return [p.locator for p in document.passages if p.kind not in frame]


def notes(document: Document) -> list[str]:
    return [words(document, p.locator) for p in document.passages if p.kind is Kind.NOTE]


def test_the_article_goes_on_behind_a_note():
    note = "[2] Khoản này được sửa đổi theo Thông tư số 02/2022/TT-BNV."
    found = consolidated(*ARTICLES[:2], note, ARTICLES[2])
    assert outline(found) == ["D1", "D1/k1", "D1/k2"]
    assert by_locator(found)["D1/k2"].heading == ("Điều 1. Phạm vi",)
    assert notes(found) == [note]


def test_the_number_of_a_note_may_touch_its_words():
    found = consolidated(*ARTICLES, "[2]Khoản này được sửa đổi theo Thông tư số 02/2022/TT-BNV.")
    assert notes(found) == ["[2]Khoản này được sửa đổi theo Thông tư số 02/2022/TT-BNV."]


def test_what_a_note_quotes_is_no_clause_of_the_paper():
    found = consolidated(
        *ARTICLES,
        "[2] Điều 3 của Thông tư số 02/2022/TT-BNV quy định như sau:",
        "“Điều 3. Hiệu lực thi hành",
        "1. Thông tư này có hiệu lực từ ngày 01 tháng 3 năm 2022.",
        "2. Bãi bỏ Thông tư số 09/2010/TT-BNV.”.",
        "Điều 2 của Thông tư số 03/2023/TT-BNV quy định như sau:",
        "“Điều 2. Thông tư này có hiệu lực từ ngày ký.”.",
        "Điều 2. Hiệu lực",
        "1. Thông tư này có hiệu lực từ ngày 01 tháng 3 năm 2020.",
    )
    assert outline(found) == ["D1", "D1/k1", "D1/k2", "D2", "D2/k1"]
    assert words(found, "D2/k1").endswith("năm 2020.")
    assert len(notes(found)) == 6


def test_a_quotation_in_a_note_that_is_never_closed_keeps_to_its_first_paragraph():
    found = consolidated("[2] Điều 3 của Thông tư quy định như sau:", "“Điều 3. Hiệu lực", *ARTICLES)
    assert outline(found) == ["D1", "D1/k1", "D1/k2"]


def test_a_quotation_that_goes_on_overleaf_ends_before_the_article_that_is_due():
    note = ("[2] Điều 3 của Thông tư quy định như sau:", "“Điều 3. Hiệu lực", "1. Có hiệu lực từ ngày ký.")
    rest = "Bộ trưởng chịu trách nhiệm thi hành.”."  # what the foot of the next page holds
    found = consolidated(*ARTICLES, *note, "Điều 2. Hiệu lực", "1. Có hiệu lực từ ngày 01 tháng 3 năm 2020.", rest)
    assert outline(found)[:5] == ["D1", "D1/k1", "D1/k2", "D2", "D2/k1"]
    assert notes(found) == list(note)


def test_quoted_bases_end_before_the_first_article():
    lost_end = BASES[2].rstrip("”.") + ","  # the rest stands at the foot of the next page
    other = ("[2] Khoản này được sửa đổi.", "[3] Điều 4 quy định như sau:", "“Điều 4. Hiệu lực từ ngày ký.”.")
    found = consolidated(*BASES[:2], lost_end, "QUY ĐỊNH CHUNG", *ARTICLES, *other)
    assert [name for name in outline(found) if "D" in name] == ["D1", "D1/k1", "D1/k2"]


IMPRINT = ("VĂN PHÒNG CHÍNH PHỦ XUẤT BẢN", "Địa chỉ:", "Email:", "Số 2, phố Hà Khê", "090.00001 congbao@vi-du.vn")


@pytest.mark.parametrize("first", ["", "(Xem tiếp Công báo số 12 + 13) ", "(Xem tiếp Công báo số 12 + 13)\n\n"])
def test_the_imprint_of_the_gazette_belongs_to_no_article(first: str):
    found = consolidated(*ARTICLES, first + IMPRINT[0], *IMPRINT[1:], "[2] Khoản này được sửa đổi.")
    assert outline(found) == ["D1", "D1/k1", "D1/k2"]
    assert len(notes(found)) == 2
    assert not [p for p in found.passages if p.searchable and "congbao" in found.slice(p)]


def test_an_office_that_publishes_is_no_imprint():
    found = consolidated("Điều 1. Việc", "1. Văn phòng Chính phủ xuất bản Công báo.", "2. Văn phòng xuất bản sách.")
    assert outline(found) == ["D1", "D1/k1", "D1/k2"]


def test_the_list_of_amending_papers_stands_before_the_body():
    found = consolidated(*BASES, *ARTICLES)
    assert outline(found) == ["D1", "D1/k1", "D1/k2"]
    assert notes(found) == list(BASES)
    preamble = [words(found, p.locator) for p in found.passages if p.kind is Kind.PREAMBLE]
    assert preamble[1].startswith("1. Thông tư số 02/2022/TT-BNV")
    assert preamble[-1].startswith("Bộ trưởng Bộ Nội vụ ban hành")
