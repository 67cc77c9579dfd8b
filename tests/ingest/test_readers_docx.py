"""Word files: what stands only in the numbering, in boxes, in notes, under tracking, in merged cells."""

import io
from pathlib import Path

import pytest
from docx import Document

from ingest.readers import read
from ingest.readers.numbering import ordinal

FILES = Path(__file__).parents[1] / "files"
CORPUS = Path(__file__).parents[2] / "corpus"


def lines(path: Path) -> list[str]:
    reading = read(path.read_bytes(), path.name)
    return [reading.text[line.start : line.end] for line in reading.lines]


def test_numbers_that_only_word_prints_are_in_the_text():
    path = next(CORPUS.glob("06*.docx"))
    typed = [paragraph.text for paragraph in Document(io.BytesIO(path.read_bytes())).paragraphs]
    assert "KỸ THUẬT Ủ" in typed  # the file itself holds no number
    read_lines = lines(path)
    assert "II. KỸ THUẬT Ủ" in read_lines
    assert "1.2. Nguyên liệu" in read_lines
    assert any(line.startswith("+ Rơm rạ") for line in read_lines)


def test_tracked_changes_are_accepted():
    assert lines(FILES / "tracked-notes-box.docx")[0] == "Giữ nguyên phần thêm"


def test_a_soft_break_parts_lines_and_a_tab_parts_words():
    assert lines(FILES / "tracked-notes-box.docx")[1:3] == ["Dòng một", "dòng hai sau thẻ"]


def test_a_footnote_follows_the_body_under_its_mark():
    found = lines(FILES / "tracked-notes-box.docx")
    assert "Có chú thích[1]" in found
    assert found[-1] == "[1] Theo số liệu năm 2023."


def test_a_text_box_follows_its_paragraph():
    found = lines(FILES / "tracked-notes-box.docx")
    assert found[found.index("Đoạn neo") + 1] == "Trong khung"


def test_a_cell_merged_downwards_stands_in_every_row():
    assert "2 | Tập huấn | Phòng Kinh tế" in lines(FILES / "tracked-notes-box.docx")


def test_layout_tables_are_lines_and_data_tables_rows():
    reading = read((path := next(CORPUS.glob("05*.docx"))).read_bytes(), path.name)
    tables = {line.table for line in reading.lines if line.cells}
    assert tables == {1}
    head = next(line for line in reading.lines if line.header)
    assert reading.text[head.start : head.end].startswith("TT | Nội dung công việc")
    assert reading.text.startswith("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ KHÊ\n")


def test_each_run_is_repaired_by_its_own_font():
    reading = read((FILES / "old-font-runs.docx").read_bytes(), "a.docx")
    assert reading.text.split("\n")[0] == "ủy ban nhân dân thành phố quyết định"
    assert reading.repairs == ("TCVN3 → Unicode: 2 đoạn",)


def test_a_font_that_draws_capitals_is_told_and_the_letters_kept():
    reading = read((FILES / "old-font-runs.docx").read_bytes(), "a.docx")
    assert reading.text.split("\n")[1] == "quyết định"
    assert [line.caps for line in reading.lines] == [False, True]


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (4, "upperRoman", "IV"),
        (19, "lowerRoman", "xix"),
        (3, "lowerLetter", "c"),
        (28, "lowerLetter", "bb"),  # Word doubles the letter after z
        (7, "decimalZero", "07"),
        (7, "decimal", "7"),
    ],
)
def test_word_number_formats(number, form, printed):
    assert ordinal(number, form) == printed
