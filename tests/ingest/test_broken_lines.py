"""Lines that a conversion broke: the word of a heading from its number, a label from its words."""

import io
import re

import docx
import pytest

from ingest.document import Document, Kind, Line, Page, Reading
from ingest.pipeline import ingest
from ingest.structure.outline import outline
from tests.ingest.papers import SHARED, by_locator, locators, of, paper, words

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 12/2024/QĐ-UBND\n\nSơn Lĩnh, ngày 05 tháng 3 năm 2024\n\nQUYẾT ĐỊNH\n"
    "Ban hành Quy chế làm việc\n\nCăn cứ Luật Tổ chức chính quyền địa phương;\n\n"
)
CLAUSES = (
    "1. Cán bộ, công chức của cơ quan thực hiện đúng giờ làm việc theo quy định của\npháp luật lao động và Quy chế này;"
    "\n\n2. Thủ trưởng đơn vị phân công người trực, kiểm tra việc chấp hành giờ làm việc\nvà báo cáo Văn phòng."
)


def decision(*paragraphs: str) -> Document:
    return of(HEAD + "\n\n".join(paragraphs) + "\n")


def articles(document: Document) -> list[str]:
    return [p.locator for p in document.passages if p.kind is Kind.ARTICLE]


def test_the_number_of_an_article_stands_on_the_next_line():
    found = decision("Điều\n1. Giờ làm việc", CLAUSES, "Điều\n2. Kỷ luật", CLAUSES)
    assert articles(found) == ["D1", "D2"]
    assert words(found, "D2") == "Kỷ luật"
    assert words(found, "D2/k1").startswith("Cán bộ, công chức")
    assert by_locator(found)["D2/k1"].heading == ("Điều 2. Kỷ luật",)


def test_the_label_covers_the_break_and_the_text_stays():
    text = HEAD + "Điều\n1. Giờ làm việc\n\n" + CLAUSES + "\n"
    found = of(text)
    article = by_locator(found)["D1"]
    assert found.text == text
    assert found.text[article.extent.start : article.end] == "Điều\n1. Giờ làm việc"


def test_a_title_that_wraps_once_more():
    found = decision("Điều\n1. Trách nhiệm của các cơ quan, đơn vị thuộc Ủy ban nhân dân\ntỉnh và cấp xã", CLAUSES)
    assert words(found, "D1") == "Trách nhiệm của các cơ quan, đơn vị thuộc Ủy ban nhân dân tỉnh và cấp xã"
    assert "D1/k2" in by_locator(found)


def test_an_article_whose_title_is_the_next_paragraph():
    found = decision("Điều 1.", "Giờ làm việc", CLAUSES, "Điều\n2.\nKỷ luật", CLAUSES)
    assert [words(found, name) for name in ("D1", "D2")] == ["Giờ làm việc", "Kỷ luật"]


@pytest.mark.parametrize("word", ["Chương", "CHƯƠNG"])
def test_chapter_number_and_title_on_three_lines(word: str):
    found = decision(f"{word}\nI", "QUY ĐỊNH CHUNG", "Điều\n1. Phạm vi", CLAUSES, f"{word}\nII", "THỰC HIỆN", CLAUSES)
    assert [name for name in locators(found) if re.fullmatch(r"C\d|D\d", name)] == ["C1", "D1", "C2"]
    assert words(found, "C2") == "THỰC HIỆN"


def test_parts_and_sections():
    found = decision(
        "Phần\nI. DANH MỤC THỦ TỤC",
        "1. Thủ tục cấp phép xây dựng.",
        "PHẦN\nII. NỘI DUNG CỤ THỂ",
        "Mục\n1. THỦ TỤC CẤP TỈNH",
        "1. Trình tự thực hiện.",
    )
    assert {"P1", "P1/1", "P2", "P2/M1", "P2/M1/1"} <= set(by_locator(found))


def test_the_number_of_a_form():
    found = decision("Điều 1. Mẫu", CLAUSES, "Mẫu số", "01. Sổ trực", "1. Ca trực.", "Mẫu\nsố 02", "1. Sự cố.")
    forms = [p for p in found.passages if p.kind is Kind.HEADING]
    assert [" ".join(found.slice(p).split()) for p in forms] == ["Mẫu số 01. Sổ trực", "Mẫu số 02"]


def test_only_a_closed_number_makes_a_heading():
    found = decision("Điều 1. Phạm vi", CLAUSES, "Mục\n2 chương này áp dụng cho cấp xã.", "Điều\n5 của Luật này.")
    assert articles(found) == ["D1"]
    assert not [p for p in found.passages if p.kind is Kind.SECTION]


# What follows "theo quy định tại" is a citation, however the lines fall.
CITATIONS = [
    "Cơ quan có trách nhiệm công bố kết quả theo quy định tại Điều\n8 của Luật này.",
    "Cơ quan có trách nhiệm công bố kết quả theo quy định tại\nĐiều\n8 của Luật này và văn bản hướng dẫn.",
    "Trường hợp không thực hiện thì xử lý theo quy định tại khoản 2 Điều\n3. Cơ quan ra quyết định phải gửi văn bản.",
    "Trường hợp không thực hiện thì xử lý theo quy định tại\nĐiều\n3. Cơ quan ra quyết định phải gửi văn bản.",
    "Trường hợp không thực hiện thì xử lý theo quy định tại khoản 1,\nĐiều\n3. Cơ quan ra quyết định phải gửi văn bản.",
]


@pytest.mark.parametrize("sentence", CITATIONS)
@pytest.mark.parametrize("wrapped", [True, False], ids=["in a paper of wrapped lines", "in a paper of whole lines"])
def test_a_citation_stays_in_its_sentence(sentence: str, wrapped: bool):
    filler = [CLAUSES] * 4 if wrapped else [CLAUSES.replace("của\npháp", "của pháp").replace("việc\nvà", "việc và")]
    found = decision("Điều 1. Giờ làm việc", *filler, "Điều 2. Công bố", sentence, "Điều 3. Kỷ luật", CLAUSES)
    assert articles(found) == ["D1", "D2", "D3"]
    assert words(found, "D2/p1") == " ".join(sentence.split())
    assert "D2/p2" not in by_locator(found)


def test_the_next_article_may_follow_words_without_an_end_mark():
    found = decision("Điều 1. Giờ làm việc", "Theo giờ hành chính\nĐiều\n2. Kỷ luật\nTheo pháp luật về công chức")
    assert articles(found) == ["D1", "D2"]


def test_a_place_that_is_called_so_keeps_its_line_end():
    found = decision("Điều 1. Sắp xếp xã Tân Điều\n1. Sáp nhập xã Tân Điều.\n2. Đổi tên xã.")
    assert {"D1", "D1/k1", "D1/k2"} <= set(by_locator(found))


PARAGRAPHS = ("QUYẾT ĐỊNH", "Điều", "1. Giờ làm việc", "1. Buổi sáng.", "Điều", "2. Kỷ luật", "1. Khiển trách.")


def test_paragraphs_of_a_web_page_break_the_same_way():
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    assert articles(ingest(f"<html><body>{body}</body></html>".encode(), "qd.html")) == ["D1", "D2"]


def test_a_soft_break_of_word_breaks_the_same_way():
    typed, file = docx.Document(), io.BytesIO()
    for line in "\n".join(PARAGRAPHS).replace("Điều\n", "Điều\v").split("\n"):
        typed.add_paragraph(line.replace("\v", "\n"))
    typed.save(file)
    found = ingest(file.getvalue(), "qd.docx")
    assert "Điều\n1. Giờ làm việc" in found.text
    assert articles(found) == ["D1", "D2"]


def test_a_page_may_end_behind_the_word():
    text = "\n".join(PARAGRAPHS)
    starts = [len("\n".join(PARAGRAPHS[:at])) + bool(at) for at in range(len(PARAGRAPHS))]
    turn = starts[5]  # page 2 begins with "2. Kỷ luật"
    lines = tuple(Line(at, at + len(line), page=1 + (at >= turn)) for at, line in zip(starts, PARAGRAPHS, strict=True))
    pages = (Page(1, 0, turn), Page(2, turn, len(text)))
    found = outline(Reading(text, "pdf", lines, pages)).passages
    assert [(p.locator, p.pages) for p in found if p.kind is Kind.ARTICLE] == [("D1", (1,)), ("D2", (2,))]


def test_the_blanks_of_a_form_are_numbered_too():
    found = decision("Điều 1: Phê duyệt danh sách…………", "Điều\n2…………………………")
    assert articles(found) == ["D1", "D2"]


LABELS = [
    (
        "1. Đối với nguồn hỗ trợ bằng tiền của tổ chức",
        "a)\nMở sổ kế toán riêng;",
        "b)\nMở tài khoản.",
        ["D1/k1/a", "D1/k1/b"],
    ),
    (
        "1. Đối với nguồn hỗ trợ bằng tiền của tổ chức",
        "-\nMở sổ kế toán riêng;",
        "-\nMở tài khoản.",
        ["D1/k1/g1", "D1/k1/g2"],
    ),
    (
        "Cơ quan, tổ chức quản lý nguồn hỗ trợ bằng tiền",
        "1.\nMở sổ kế toán riêng;",
        "2.\nMở tài khoản.",
        ["D1/k1", "D1/k2"],
    ),
]


@pytest.mark.parametrize(("title", "first", "second", "wanted"), LABELS, ids=["points", "dashes", "clauses"])
def test_a_label_alone_on_its_line_opens_an_item(title: str, first: str, second: str, wanted: list[str]):
    """Even below a title that has no end mark, where a lower-case line would go on with it."""
    found = decision("Điều 1. Tiếp nhận", title, first, second, "Điều 2. Công khai", CLAUSES)
    assert [words(found, name) for name in wanted] == ["Mở sổ kế toán riêng;", "Mở tài khoản."]


def test_the_letter_of_a_point_that_a_sentence_cites_is_no_item():
    sentence = "Cơ quan được tiếp nhận thì thực hiện các nội dung theo quy định tại điểm\na)\nKhoản 2 Điều này."
    found = decision("Điều 1. Tiếp nhận", CLAUSES, CLAUSES, sentence)
    assert not [p for p in found.passages if p.kind is Kind.POINT]


@pytest.mark.parametrize("blank", ["________", "7", "(2)", "…… 5 ……"])
def test_a_blank_of_a_form_is_no_passage_to_find(blank: str):
    found = decision("Điều 1. Mẫu đơn", CLAUSES, blank, "Người làm đơn ký, ghi rõ họ tên.")
    assert [p.kind for p in found.passages if found.slice(p) == blank] == [Kind.NOTE]
    assert not [p for p in found.passages if p.searchable and found.slice(p) == blank]


def test_an_amount_and_a_numbered_blank_stay_in_the_outline():
    found = decision("Điều 1. Mức hỗ trợ", "1. Hộ nghèo.", "2. …………", "3. Hộ khác.", "45.000.000")
    assert {"D1/k1", "D1/k2", "D1/k3"} <= set(by_locator(found))
    assert "45.000.000" in [found.slice(p) for p in found.passages if p.searchable]


REPUBLIC = [
    "nước Cộng hòa xã hội chủ nghĩa Việt Nam và điều ước quốc tế có liên quan.",
    "của Đảng Cộng sản Việt Nam, pháp luật của Nhà nước và điều lệ của tổ chức.",
]


@pytest.mark.parametrize("rest", REPUBLIC)
def test_a_sentence_that_names_the_republic_is_no_letterhead(rest: str):
    sentence = f"Cán bộ, công chức và người lao động của cơ quan tuân thủ Hiến pháp, pháp luật\n{rest}"
    found = decision("Điều 1. Nghĩa vụ", CLAUSES, sentence)
    assert words(found, "D1/k2/p1") == " ".join(sentence.split())


def test_the_motto_of_a_form_stays_on_lines_of_its_own():
    motto = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
    found = decision("Điều 1. Mẫu đơn", CLAUSES, motto, "ĐƠN ĐỀ NGHỊ", "Tôi đề nghị được nghỉ phép.")
    assert not any(
        "Độc lập" in words(found, p.locator) and "Cộng hòa" in words(found, p.locator) for p in found.passages
    )


_LONE = re.compile(r"^[ \t]*(?:Điều|ĐIỀU)[ \t]*\n[ \t]*(\d{1,3})[.:][ \t]+\w", re.MULTILINE)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared papers are not here")
def test_no_broken_article_heading_of_the_real_papers_is_lost():
    lost: list[tuple[str, int]] = []
    seen = 0
    for path in sorted((SHARED / "papers" / "txt").glob("*.txt")):
        document = paper(path)
        starts = {p.extent.start for p in document.passages if p.kind is Kind.ARTICLE}
        for match in _LONE.finditer(document.text):
            seen += 1
            if match.start() not in starts:
                lost.append((path.name, int(match.group(1))))
    assert seen >= 60
    assert lost == []


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared papers are not here")
def test_the_articles_of_the_real_papers_count_on():
    """No article is missed or taken twice, in the paper itself and in the regulation issued with it; forms apart."""
    wrong: list[tuple[str, str, list[int]]] = []
    runs = 0
    for path in sorted((SHARED / "papers" / "txt").glob("*.txt")):
        own = [re.fullmatch(r"((?:KT\d*/)?)D(\d+)(?:~\d+)?", locator) for locator in articles(paper(path))]
        found = [(match[1], int(match[2])) for match in own if match]  # an inserted "Điều 10a" repeats no number
        for root in dict.fromkeys(name for name, _ in found):
            numbers = [number for name, number in found if name == root]
            runs += 1
            if numbers != list(range(1, len(numbers) + 1)):
                wrong.append((path.name, root, numbers))
    assert runs >= 60
    assert wrong == []
