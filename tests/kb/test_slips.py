"""Slips of the fingers are mended by words that the base uses beside the same neighbours; all else stays."""

import pytest

from kb.question.slips import mended

USED = {
    "phan": 90, "loai": 40, "loa": 50, "lai": 60, "rac": 30, "phan_loai": 20, "loai_rac": 9, "bon": 20, "phan_bon": 18,
    "hop": 20, "tac": 20, "xa": 50, "tac_xa": 12, "hop_tac": 15, "sinh": 40, "hoat": 30, "sinh_hoat": 11,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phan loia rac", "phan loai rac"),  # exchanged
        ("phna bon", "phan bon"),
        ("hop tac xax", "hop tac xa"),  # one too many
        ("snih hoat", "sinh hoat"),
        ("phân loịa rác", "phân loai rác"),  # marks on a slip say nothing
        ("phan bon", None),
        ("KHĐT và UBND", None),  # abbreviations
        ("142/khubnd", None),  # part of a number
        ("which fertilizers", None),
        ("xyzzy qwertz", None),
    ],
)
def test_a_slip_is_mended_by_its_neighbours(typed: str, meant: str | None) -> None:
    assert mended(typed, lambda word: USED.get(word, 0)) == meant
