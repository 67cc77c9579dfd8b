"""Restoring marks: the likeliest reading, character for character."""

import pytest

from ingest.vietnamese import fold
from kb.marks import restore


@pytest.mark.parametrize(
    ("typed", "read"),
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
def test_marks_are_put_back(typed: str, read: str) -> None:
    assert restore(typed) == read


@pytest.mark.parametrize("text", ["Phan bon, vi sinh!  (UBND) 5%", "a\nb. c", "đất dat", "x" * 300, "phan " * 200])
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(restore(text)) == len(text)
    assert fold(restore(text)) == fold(text)
