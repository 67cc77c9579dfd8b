"""PDF: boxes that fit, reading order, wraps and page breaks, tables, marks of notes."""

import io
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest.document import Reading
from ingest.readers import read
from tests.files.make import pdf

FILES = Path(__file__).parents[1] / "files"
CORPUS = Path(__file__).parents[2] / "corpus"


def corpus(number: str) -> Reading:
    path = next(CORPUS.glob(f"{number}*.pdf"))
    return read(path.read_bytes(), path.name)


def awkward(name: str) -> Reading:
    return read((FILES / name).read_bytes(), name)


def lines(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines]


@pytest.mark.parametrize("number", ["03", "10", "14"])
def test_every_word_has_a_box_on_its_page(number):
    reading = corpus(number)
    boxed = {at for box in reading.boxes for at in range(box.start, box.end)}
    bare = {at for at, char in enumerate(reading.text) if not char.isspace() and char != "|"} - boxed
    assert bare == set()


@pytest.mark.parametrize("number", ["03", "10"])
def test_a_box_has_an_edge_for_every_character_from_left_to_right(number):
    reading = corpus(number)
    size = {page.number: (page.width, page.height) for page in reading.pages}
    for box in reading.boxes:
        assert len(box.edges) == box.end - box.start + 1
        assert all(a <= b + 0.5 for a, b in pairwise(box.edges))
        width, height = size[box.page]
        assert 0 <= box.edges[0] < box.edges[-1] <= width
        assert 0 <= box.top < box.bottom <= height


def test_a_two_column_head_is_read_column_by_column():
    assert lines(corpus("03"))[:6] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH SƠN LĨNH",
        "Số: 142/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sơn Lĩnh, ngày 25 tháng 7 năm 2023",
    ]


def test_recipients_are_read_before_the_signature():
    found = lines(corpus("03"))
    start = found.index("Nơi nhận:")
    assert found[start + 5 : start + 8] == ["- Lưu: VT, KGVX.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]


def test_page_numbers_leave_the_text_and_label_the_page():
    reading = corpus("03")
    assert [page.label for page in reading.pages] == [None, "2", "3", "4", "5"]
    assert not {"2", "3", "4", "5"} & set(lines(reading))


def test_a_paragraph_over_a_page_break_is_one_line_with_boxes_on_both_pages():
    reading = awkward("page-break.pdf")
    over = [
        line
        for line in reading.lines
        if len({box.page for box in reading.boxes if line.start <= box.start < line.end}) == 2
    ]
    assert over
    assert all("\n" not in reading.text[line.start : line.end] for line in over)


def test_a_ruled_table_over_two_pages_is_one_table_with_one_heading_row():
    reading = corpus("03")
    rows = [line for line in reading.lines if line.cells]
    assert {row.table for row in rows} == {1}
    assert [row.header for row in rows] == [True] + [False] * 14
    assert all(len(row.cells) == 6 for row in rows)


def test_decomposed_letters_are_composed_and_keep_one_box_a_letter():
    reading = awkward("decomposed.pdf")
    assert reading.text.startswith("Ủy ban nhân dân thành phố quyết định hỗ trợ")
    assert len(reading.boxes[0].edges) == len(reading.text) + 1


def test_a_raised_figure_is_a_note_unless_it_squares_a_unit():
    assert awkward("note-mark.pdf").text == "theo khoản 2 Điều 4[1] của Luật; diện tích 20 m2 đất."


@pytest.mark.parametrize("label", ["a)", "a)[35]", "2.", "2.[12]", "Điều 5.[3]"])
def test_a_label_opens_a_paragraph_with_the_mark_of_a_note_behind_it(label):
    full = "Người đứng đầu cơ quan, tổ chức có trách nhiệm thực hiện các quy định sau đây"
    opened = f"{label} Quy hoạch chung và quy hoạch phân khu được lập theo trình tự, thủ tục rút gọn"
    page = pdf([(72, 100, full, 12), (72, 118, opened, 12), (72, 136, "quy định tại Điều 16;", 12)])
    assert lines(read(page, "a.pdf")) == [full, f"{opened} quy định tại Điều 16;"]


def test_a_page_shown_turned_is_read_upright_within_its_shown_size():
    reading = awkward("turned.pdf")
    page, box = reading.pages[0], reading.boxes[0]
    assert reading.text == "Nghị định này quy định"
    assert page.width > page.height
    assert box.edges[-1] - box.edges[0] > 5 * (box.bottom - box.top)


def test_a_blank_page_is_not_taken_for_a_scan():
    canvas = io.BytesIO()
    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    document.save(canvas)
    page = read(canvas.getvalue(), "a.pdf").pages[0]
    assert (page.origin, page.waiting) == ("text", False)
