"""Chroma behind its door: follows, survives damage, never mixes encoders."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kb.store.shelf import Matrix
from kb.vectors import VectorIndex

ROWS = np.eye(6, 8, dtype=np.float32)


@pytest.fixture
def index(home: Path) -> Iterator[VectorIndex]:
    home.mkdir()
    made = VectorIndex(home, "one")
    made.apply(3, [], [([1, 2, 3], ROWS[:3]), ([7], ROWS[3:4])])
    yield made
    made.close()


def test_nearest_by_cosine(index: VectorIndex) -> None:
    (number, cosine), *_ = index.search(np.array([0, 0.6, 0.8, 0, 0, 0, 0, 0], np.float32), 2)
    assert (number, round(cosine, 3)) == (3, 0.8)


def test_changes_are_followed(index: VectorIndex) -> None:
    index.apply(4, [range(1, 3)], [([9], ROWS[4:5])])
    assert (index.generation, index.count()) == (4, 3)
    assert index.search(ROWS[4], 1)[0][0] == 9


def test_more_than_one_batch(home: Path) -> None:
    home.mkdir()
    index = VectorIndex(home, "one")
    rows = np.random.default_rng(1).normal(size=(6_000, 8)).astype(np.float32)
    index.apply(1, [], [(list(range(6_000)), rows / np.linalg.norm(rows, axis=1, keepdims=True))])
    assert index.count() == 6_000
    index.close()


def test_it_is_there_after_reopening(index: VectorIndex, home: Path) -> None:
    index.close()
    again = VectorIndex(home, "one")
    assert (again.generation, again.count()) == (3, 4)
    again.close()


def test_another_encoder_begins_anew(index: VectorIndex, home: Path) -> None:
    index.close()
    other = VectorIndex(home, "two")
    assert (other.generation, other.count(), other.fingerprint) == (0, 0, "two")
    other.close()


def test_a_build_cut_short_is_not_trusted(index: VectorIndex, home: Path) -> None:
    def broken() -> Iterator[tuple[list[int], np.ndarray]]:
        yield [10], ROWS[:1]
        raise InterruptedError

    with pytest.raises(InterruptedError):
        index.apply(4, [], broken())
    index.close()
    again = VectorIndex(home, "one")
    assert (again.generation, again.count()) == (0, 0)
    again.close()


def test_damaged_files_are_made_anew(index: VectorIndex, home: Path) -> None:
    index.close()
    for file in home.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damage")
    again = VectorIndex(home, "one")
    assert again.generation == 0
    again.close()


def test_exact_scoring_agrees_with_sorting_everything() -> None:
    rows = np.random.default_rng(2).normal(size=(50, 8)).astype(np.float32)
    matrix = Matrix(np.arange(100, 150), rows)
    best = [int(place) + 100 for place in np.argsort(-(rows @ rows[7]))[:5]]
    assert [number for number, _ in matrix.nearest(rows[7], None, 5)] == best


def test_exact_scoring_obeys_the_filter_and_leaves_out_what_has_no_vector() -> None:
    matrix = Matrix(np.array([2, 4, 6]), ROWS[:3])
    assert [number for number, _ in matrix.nearest(ROWS[0], np.array([1, 4, 5, 9]), 5)] == [4]


def test_rows_of_unknown_numbers_are_zero() -> None:
    taken = Matrix(np.array([2, 4]), ROWS[:2]).take([4, 3], 8)
    assert taken[0].tolist() == ROWS[1].tolist()
    assert not taken[1].any()


@pytest.mark.parametrize("share", [0.1, 0.9], ids=["few pass", "many pass"])
def test_a_filter_is_scored_exactly_however_many_pass(share: float) -> None:
    generator = np.random.default_rng(5)
    rows = generator.standard_normal((60, 8)).astype(np.float32)
    matrix = Matrix(np.arange(100, 160), rows)
    allowed = np.flatnonzero(generator.random(60) < share) + 100
    best = sorted(allowed.tolist(), key=lambda number: -float(rows[number - 100] @ rows[3]))[:5]
    assert [number for number, _ in matrix.nearest(rows[3], allowed, 5)] == best
