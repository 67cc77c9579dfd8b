"""Spreadsheets, slides and OpenDocument: rows as printed, nothing hidden; a converter that hangs is ended."""

import shutil
import time
from pathlib import Path

import pytest

from ingest.document import Limits
from ingest.errors import Refused, Unreadable
from ingest.readers import read
from ingest.readers.xlsx_formats import printed

FILES = Path(__file__).parents[1] / "files"
TASKS = ["TT | Nhiệm vụ | Chủ trì", "1 | Tập huấn ủ phân | Phòng Kinh tế", "2 | Khảo sát | UBND xã"]
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
)


def lines(name: str) -> list[str]:
    reading = read((FILES / name).read_bytes(), name)
    return [reading.text[line.start : line.end] for line in reading.lines]


def test_a_spreadsheet_prints_days_shares_and_merged_cells_and_hides_what_is_hidden():
    assert lines("tracking.xlsx") == [
        "Theo dõi",
        "BẢNG THEO DÕI NHIỆM VỤ",
        "TT | Nhiệm vụ | Chủ trì | Thời hạn | Tỷ lệ",
        "1 | Tập huấn | Sở Y tế | 12/03/2024 | 15,5%",
        "2 | Khảo sát | Sở Y tế | 30/09/2024 | 12,5",
    ]


def test_the_heading_row_of_a_spreadsheet_heads_its_rows():
    reading = read((FILES / "tracking.xlsx").read_bytes(), "a.xlsx")
    assert [line.header for line in reading.lines if line.cells] == [True, False, False]


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("45363", "date", "12/03/2024"),
        ("45363.75", "date", "12/03/2024"),
        ("1", "date", "31/12/1899"),
        ("-3", "date", "-3"),  # no day: a formula that went wrong
        ("0.07", "percent", "7%"),
        ("1204000", "", "1204000"),
        ("0.1", "", "0,1"),
        ("5.0999999999999996", "", "5,1"),
        ("1E+20", "", "1e+20"),
        ("#REF!", "", "#REF!"),
    ],
)
def test_stored_numbers_are_printed_as_papers_write_them(value, kind, shown):
    assert printed(value, kind) == shown


def test_slides_give_their_lines_and_tables_in_order():
    assert lines("slides.pptx") == [
        "Nhiệm vụ trọng tâm",
        "TT | Nhiệm vụ | Thời hạn",
        "1 | Rà soát hộ nghèo | ",
        "Trân trọng cảm ơn",
    ]


def test_slides_of_opendocument_leave_the_speakers_notes_out():
    assert lines("slides.odp") == ["Hội nghị", "triển khai", *TASKS]


@needs_libreoffice
def test_an_opendocument_text_keeps_its_table_and_its_footnote():
    assert lines("tasks.odt") == ["KẾ HOẠCH", "Sản xuất phân bón[1] năm 2024.", *TASKS, "[1] Loại hữu cơ."]


@needs_libreoffice
def test_an_opendocument_spreadsheet_gives_rows():
    assert lines("tasks.ods") == ["Nhiệm vụ", *TASKS]


def test_without_libreoffice_one_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable) as caught:
        lines("tasks.odt")
    assert caught.value.code == "needs_libreoffice"
    assert "apt-get install libreoffice" in caught.value.reason


def test_a_conversion_that_hangs_is_ended_with_all_it_started(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n(/bin/sleep 3; echo late > {tmp_path}/late) & wait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as caught:
        read((FILES / "tasks.odt").read_bytes(), "a.odt", Limits(seconds=0.3))
    assert caught.value.code == "too_slow"
    time.sleep(3.2)
    assert not (tmp_path / "late").exists()
