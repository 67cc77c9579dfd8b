"""What belongs into an answer that gives everything (kb/finding/listing.py)."""

from dataclasses import replace

import numpy as np
import pytest

from kb.answer import answer
from kb.finding.listing import FARTHEST, SIGNS, belonging, chances, model, signs, whole
from kb.finding.ranking import Ranking, rank
from kb.library import Library
from kb.model import Tier
from kb.query import EVERYTHING
from tests.fakes import paper

NOISE = [f"Đoạn thứ {number} nói về việc khác, không dính dáng." for number in range(20)]
TASKS = [f"Hỗ trợ hợp tác xã số {number} sản xuất phân bón vi sinh." for number in range(60)]


def _asked(library: Library, question: str, *lines: str) -> Ranking:
    library.put(*paper(*lines, *NOISE))
    return rank(library, question, filters=EVERYTHING, depth=400)


def _chances(tier: Tier, *rows: dict[str, float]) -> list[float]:
    chosen = model(tier)
    table = np.array([[row.get(sign, 0.0) for sign in SIGNS] for row in rows])
    return list(chances(table, chosen.weights, chosen.offset))


@pytest.mark.parametrize("tier", list(Tier))
def test_a_passage_belongs_the_less_the_farther_it_lies_behind(tier: Tier) -> None:
    near, far, beyond = _chances(
        tier, {"under": 1.0}, {"under": 1.0, "behind": 3.0, "order": 2.5}, {"under": 1.0, "behind": FARTHEST}
    )
    assert near > far > 0.0
    assert beyond == 0.0


@pytest.mark.parametrize("tier", list(Tier))
def test_what_stands_under_the_matter_belongs_rather_than_what_does_not(tier: Tier) -> None:
    under, beside = _chances(tier, {"under": 1.0, "behind": 1.0}, {"under": 0.3, "behind": 1.0})
    assert under > beside
    assert model(tier).apart < model(tier).listed


def test_the_signs_have_a_row_for_each_candidate(wordy: Library) -> None:
    ranking = _asked(wordy, "nhiệm vụ nào về phân bón sinh học?", *TASKS[:3])
    table = signs(ranking)
    assert table.shape == (len(ranking.candidates), len(SIGNS))
    assert table[:, SIGNS.index("behind")].min() == 0.0
    assert table[:, SIGNS.index("under")].max() == pytest.approx(1.0)
    assert table[:, SIGNS.index("list")].all()


def test_a_long_list_is_listed_to_its_end(wordy: Library) -> None:
    listed, _ = belonging(_asked(wordy, "nhiệm vụ nào về phân bón sinh học?", *TASKS), wordy.tier, wordy.catalog.points)
    assert sorted(one.record.text for one in listed) == sorted(TASKS)


def test_a_list_is_whole_though_the_question_does_not_ask_for_one(wordy: Library) -> None:
    wordy.put(*paper(*TASKS[:8], *NOISE))
    found = answer(wordy, "hợp tác xã sản xuất phân bón vi sinh")
    assert not found.plan.wants_list
    assert found.passages == 8


def test_what_stands_apart_is_not_listed_too(wordy: Library) -> None:
    ranking = _asked(wordy, "phân bón vi sinh", *TASKS[:4], "Phân hữu cơ ủ tại hộ.", "Bón phân cho lúa.")
    listed, apart = belonging(ranking, wordy.tier, wordy.catalog.points)
    assert not {one.record.number for one in listed} & {one.record.number for one in apart}


@pytest.mark.parametrize(
    ("listed", "given"),
    [
        ("b c", "b c d e"),  # two, and half of the points
        ("b", "b"),
        ("lead", "lead"),
        ("lead b", "lead b c d e"),
        ("other b", "other b"),
    ],
)
def test_a_list_of_which_enough_belongs_is_given_whole(wordy: Library, listed: str, given: str) -> None:
    names = {"lead": "II/1", "b": "II/1/a", "c": "II/1/b", "d": "II/1/c", "e": "II/1/d", "other": "III/1"}
    lines = ["Hồ sơ gồm:", *(f"Giấy tờ thứ {number}." for number in range(5))]
    document, source = paper(*lines)
    head, *points = document.passages
    placed = [replace(point, locator=locator) for point, locator in zip(points, names.values(), strict=True)]
    wordy.put(replace(document, passages=(head, *placed)), source)
    records = [record for record in wordy.passages(document.id) if record.passage.searchable]
    chosen = np.array([name in listed.split() for name in names])
    found = whole(records, chosen, wordy.catalog.points)
    assert {name for name, kept in zip(names, found, strict=True) if kept} == set(given.split())


def test_points_are_counted_directly_under_a_place(wordy: Library) -> None:
    document, source = paper("Một.", "Hai.", "Ba.", "Bốn.")
    head, *points = document.passages
    names = ("II/1/a", "II/1/a/g1", "II/1/b", "II/10/a")
    placed = [replace(point, locator=locator) for point, locator in zip(points, names, strict=True)]
    wordy.put(replace(document, passages=(head, *placed)), source)
    number = wordy.passages(document.id)[1].number
    assert wordy.catalog.points(number, "II/1") == 2
    assert wordy.catalog.points(number, "II/10") == 1
    assert wordy.catalog.points(number, "III") == 0
