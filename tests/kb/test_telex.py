"""Questions typed with the input method off are read as what was meant; everything else stays as it was typed."""

import pytest

from kb.query import understand
from kb.question.telex import read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nhieemj vuj naof veef phaan bons sinh hocj", "nhiệm vụ nào về phân bón sinh học"),
        ("chuyeenr ddooir soos", "chuyển đổi số"),
        ("Uyr ban nhaan daan", "Ủy ban nhân dân"),
        ("nguwowif daan ddaats ddai", "người dân đất đai"),
        ("nuowcs sachj thuyr lowij", "nước sạch thủy lợi"),
        ("suwar ddooir 86-KH/TU", "sửa đổi 86-KH/TU"),
        ("nhiệm vuj phân bón", "nhiệm vụ phân bón"),
    ],
)
def test_telex_is_read_as_the_words_it_stands_for(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "phan bon sinh hoc",
        "which tasks cover biological fertilizers?",
        "tasks of the district on fees",
        "new bus lines",
        "Who runs awareness among Đồng Nai’s workers and is it new?",
        "86-KH/TU",
        "hos so",
        "nhiệm vụ nào về phân bón sinh học?",
        "",
    ],
)
def test_what_is_no_telex_stays_as_it_was_typed(typed: str) -> None:
    assert read(typed) == typed


def test_the_plan_says_how_the_question_was_read() -> None:
    plan = understand("nhieemj vuj veef phaan bons").plan
    assert (plan.question, plan.restored, plan.language) == (
        "nhiệm vụ về phân bón", "nhiệm vụ về phân bón", "vi",
    )  # fmt: skip
