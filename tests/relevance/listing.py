"""Learns which candidates belong into an answer: "listing" in kb/data/weights.json (kb/finding/listing.py).

    python -m tests.relevance.listing [--encoder SETTING] [--home DIR]

Logistic regression over the candidates of the dev sets' answerable questions; passages that an author marked as on the
matter without being an answer count neither way. The floor of what is listed is where the list questions' mean F2
(recall weighs four times as much as precision) is best in cross-validation; papers-test is only looked at. Run it after
tests/relevance/tune.py.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.answer import DEPTH
from kb.embed import Encoder, load_encoder
from kb.evaluate import Gold, Question, is_gold
from kb.finding.listing import FARTHEST, SIGNS, chances, signs
from kb.finding.ranking import rank
from kb.library import Library
from kb.query import EVERYTHING
from kb.tables import DATA
from tests.relevance import sets

_HELD_OUT = "papers-test"
_LISTS = 3.0  # what a list question weighs; any other one 1
_ROWS = 20.0  # a question counts as so many rows, however many candidates it has
_PULL = 2.0
_FOLDS = 8
_FLOORS = np.arange(0.02, 0.5, 0.01)
_APART = 0.3  # of the floor of what is listed: the floor of what is shown apart
_BETA = 2.0

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """A question's candidates: their signs, which are right (columns: gold passages), which count neither way."""

    source: str
    is_list: bool
    table: Numbers
    right: Truths
    neutral: Truths

    @property
    def gold(self) -> Truths:
        """Which candidates are right, whatever they answer."""
        return self.right.any(axis=1)


def gather(home: Path, encoder: Encoder | None) -> Iterator[Case]:
    """The cases of the dev sets and of the held-out one; of our own alone where the papers are absent."""
    with sets.corpus_base(home / "corpus", encoder) as library:
        yield from cases(library, "sample", sets.own("sample"))
        yield from cases(library, "demo", sets.own("demo"))
    with sets.corpus_base(home / "seed", encoder, [sets.SEED]) as library:
        yield from cases(library, "seed", sets.own("seed"))
    if sets.SHARED.is_dir():
        with sets.papers_base(home / "papers", encoder) as library:
            for name in ("papers-dev", _HELD_OUT):
                yield from cases(library, name, sets.papers(name))
            lists = sets.lists()
            beside = {one.question.id: [Gold(part.file, part.quote) for part in one.also] for one in lists}
            yield from cases(library, sets.LIST_SET, [one.question for one in lists], beside)


def cases(
    library: Library, source: str, questions: Sequence[Question], beside: dict[str, list[Gold]] | None = None
) -> Iterator[Case]:
    """Each answerable question once; `beside` has what counts neither way, by question id."""
    for one in questions:
        if not one.answerable:
            continue
        ranking = rank(library, one.question, filters=EVERYTHING, depth=DEPTH)
        records = [found.record for found in ranking.candidates]
        near = (beside or {}).get(one.id, [])
        right = np.array([[is_gold(record, gold) for gold in one.gold] for record in records], bool)
        right = right.reshape(len(records), len(one.gold))
        neutral = np.array([any(is_gold(record, gold) for gold in near) for record in records], bool)
        yield Case(source, one.kind == "list", signs(ranking), right, neutral & ~right.any(axis=1))


def fit(found: Sequence[Case]) -> tuple[Numbers, float]:
    """Weights beside `SIGNS`, and the offset: ridge logistic regression on standardised signs."""
    rows, truth, share = [], [], []
    for case in found:
        kept = (case.table[:, 0] < FARTHEST) & ~case.neutral
        if kept.any():
            rows.append(case.table[kept])
            truth.append(case.gold[kept])
            share.append(np.full(int(kept.sum()), (_LISTS if case.is_list else 1.0) * _ROWS / kept.sum()))
    table, yes, weight = np.concatenate(rows), np.concatenate(truth).astype(float), np.concatenate(share)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    scaled = np.column_stack([(table - middle) / spread, np.ones(len(table))])
    pull = _PULL * np.eye(scaled.shape[1])
    pull[-1, -1] = 1e-6
    weights = np.zeros(scaled.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-(scaled @ weights)))
        slope = scaled.T @ (weight * (chance - yes)) + pull @ weights
        bend = (scaled * (weight * chance * (1 - chance))[:, None]).T @ scaled + pull
        weights = weights - np.linalg.solve(bend, slope)
    own = weights[:-1] / spread
    return own, float(weights[-1] - own @ middle)


def crossed(found: Sequence[Case]) -> list[Numbers]:
    """The chances of each case's candidates, from the other folds' cases."""
    fold = np.random.default_rng(0).permutation(len(found)) % _FOLDS
    models = [fit([case for case, own in zip(found, fold, strict=True) if own != at]) for at in range(_FOLDS)]
    return [chances(case.table, *models[own]) for case, own in zip(found, fold, strict=True)]


def figures(case: Case, listed: Truths) -> tuple[float, float, float, int]:
    """(precision, precision where passages on the matter are right too, recall, how many are listed)."""
    recall = float(case.right[listed].any(axis=0).mean()) if case.right.shape[1] else 0.0
    if not listed.any():
        return 0.0, 0.0, recall, 0
    fair = float((case.gold | case.neutral)[listed].mean())
    return float(case.gold[listed].mean()), fair, recall, int(listed.sum())


def quality(found: Sequence[Case], given: Sequence[Numbers], floor: float) -> float:
    """Mean F2 of the list questions, with the fair precision."""
    lists = [figures(case, own >= floor) for case, own in zip(found, given, strict=True) if case.is_list]
    square = _BETA**2
    return float(np.mean([(1 + square) * p * r / max(square * p + r, 1e-9) for _, p, r, _ in lists]))


def report(found: Sequence[Case], choose: Callable[[int], Truths]) -> Iterator[str]:
    """A line for each set and kind of question."""
    groups: dict[tuple[str, bool], list[int]] = {}
    for at, case in enumerate(found):
        groups.setdefault((case.source, case.is_list), []).append(at)
    yield f"{'':20}{'n':>4}  precision   fair  recall  listed (median, most)"
    for (source, is_list), places in groups.items():
        rows = np.array([figures(found[at], choose(at)) for at in places])
        yield (
            f"{source + (' lists' if is_list else ''):20}{len(rows):4}  {rows[:, 0].mean():9.3f}  "
            f"{rows[:, 1].mean():5.3f}  {rows[:, 2].mean():6.3f}  {np.median(rows[:, 3]):.0f}, {rows[:, 3].max():.0f}"
        )


def main() -> None:
    """Learns for the tier of the given encoder and writes its part of the weights."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--encoder", default=None, help="as KB_ENCODER; 'none' learns the words tier")
    asked.add_argument("--home", type=Path, default=Path("var/tune"))
    options = asked.parse_args()
    encoder = load_encoder(options.encoder)
    tier = "words" if encoder is None else "meaning"
    every = list(gather(options.home / tier, encoder))
    dev = [case for case in every if case.source != _HELD_OUT]
    held = [case for case in every if case.source == _HELD_OUT]
    given = crossed(dev)
    floor = max(_FLOORS, key=lambda step: quality(dev, given, step))
    weights, offset = fit(dev)
    given += [chances(case.table, weights, offset) for case in held]
    for title, least in (("listed", floor), ("with what is shown apart", _APART * floor)):
        sys.stdout.write(f"{title}: from a chance of {least:.3f}\n")
        sys.stdout.writelines(f"{line}\n" for line in report([*dev, *held], lambda at, least=least: given[at] >= least))
    path = DATA / "weights.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept.setdefault("listing", {})[tier] = {
        "weights": {name: round(float(value), 3) for name, value in zip(SIGNS, weights, strict=True)},
        "offset": round(offset, 4),
        "listed": round(float(floor), 3),
        "apart": round(float(_APART * floor), 3),
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
