"""Restoring marks: the likeliest reading, character for character."""

import pytest

from ingest.vietnamese import fold
from kb.marks import read, restore


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("nhiem vu nao ve phan bon sinh hoc", "nhiệm vụ nào về phân bón sinh học"),
        ("ho ngheo co phai bo tien mua thung rac khong", "hộ nghèo có phải bỏ tiền mua thùng rác không"),
        ("UBND phai lam gi", "UBND phải làm gì"),  # short forms stay
        ("Quyet dinh 24/2018/QD-UBND", "Quyết định 24/2018/QD-UBND"),  # numbers stay
        ("biotechnology", "biotechnology"),
        ("phân bón vi sinh", "phân bón vi sinh"),  # what has marks keeps them
        ("", ""),
    ],
)
def test_marks_are_put_back(typed: str, marked: str) -> None:
    assert restore(typed) == marked


@pytest.mark.parametrize("text", ["Phan bon, vi sinh!  (UBND) 5%", "a\nb. c", "đất dat", "x" * 300, "phan " * 200])
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(restore(text)) == len(text)
    assert fold(restore(text)) == fold(text)


def test_the_base_decides_between_two_good_readings() -> None:
    counts = {"nấm": 20, "rơm": 20, "nấm_rơm": 15}
    assert read("nam rom").guess != "nấm rơm"  # the law hardly speaks of it
    assert read("nam rom", lambda _, word: counts.get(word, 0), size=50).text == "nấm rơm"


def test_a_form_that_only_the_base_has_is_known() -> None:
    counts = {"đồng": 12, "vạc": 12, "đồng_vạc": 12}
    assert read("xa dong vac", lambda _, word: counts.get(word, 0), size=50).text.endswith("đồng vạc")


def test_a_doubtful_syllable_stays_as_it_was_typed() -> None:
    reading = read("so may")
    assert reading.doubtful
    assert all(reading.text[at] == "so may"[at] for at in reading.doubtful)
    assert len(reading.guess) == len(reading.text) == len("so may")
