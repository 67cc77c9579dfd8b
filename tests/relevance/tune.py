"""Learns kb/data/weights.json: the second look's weights and their calibration; then run tests/relevance/calibrate.py.

    python -m tests.relevance.tune [--encoder SETTING] [--home DIR]

Learns from dev sets only; papers-test is asked to see what that is worth elsewhere. Weights of a language
lean on those learned from all languages, and these on the ones before.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.embed import Encoder, load_encoder
from kb.evaluate import Question, is_gold
from kb.finding.features import NAMES
from kb.finding.ranking import survey, understanding
from kb.library import Library
from kb.tables import DATA
from tests.relevance import sets

_DEPTH = 60
_HELD_OUT = "papers-test"
_SHARED_PULL, _OWN_PULL = 0.5, 8.0  # how strongly weights are held to what they lean on
# The least and most a weight may be: what would read as nonsense is not learned from a few questions.
_LEAST = {"meaning_long": 0.0, "basis": -6.0, "lead": -4.0, "short": -4.0, "changed": -1.5}
_MOST = dict.fromkeys(("basis", "lead", "short", "changed"), 0.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A question's candidates: features, and which are right (columns: gold passages)."""

    question: Question
    language: str
    table: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float
    wants_list: bool


def cases(library: Library, questions: Sequence[Question], weight: float) -> list[Case]:
    """Surveys each question once; `weight` is the set's, shared among its questions."""
    result = []
    for one in questions:
        understood = understanding(library, one.question)
        seen = survey(library, understood, frozenset(), _DEPTH, every=True)
        right = np.array([[is_gold(record, gold) for gold in one.gold] for record in seen.records], bool).reshape(
            len(seen.records), len(one.gold)
        )
        result.append(
            Case(one, understood.plan.language, seen.table, right, weight / len(questions), understood.plan.wants_list)
        )
    return result


def learn(found: Sequence[Case], start: NDArray[np.float64], pull: float, rounds: int = 300) -> NDArray[np.float64]:
    """Listwise: the right passages' share of the softmax over a question's candidates, by Adam, held to `start`."""
    used = [case for case in found if case.right.any()]
    total = sum(case.weight for case in used) or 1.0
    least = np.array([_LEAST.get(name, 0.0) for name in NAMES])
    most = np.array([_MOST.get(name, 30.0) for name in NAMES])
    weights, first, second = start.copy(), np.zeros(len(NAMES)), np.zeros(len(NAMES))
    for step in range(1, rounds + 1):
        slope = np.zeros(len(NAMES))
        for case in used:
            sums = case.table @ weights
            chance = np.exp(sums - sums.max())
            chance /= chance.sum()
            right = case.right.any(axis=1)
            # A list question wants them all, any other one of them.
            wanted = right.astype(float) if case.wants_list else chance * right
            slope += case.weight * (case.table.T @ (wanted / max(wanted.sum(), 1e-9) - chance))
        slope = slope / total - pull * (weights - start) / max(len(used), 1)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weights += 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = np.clip(weights, least, most)
    return weights


def calibrate(found: Sequence[Case], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and offset that make a passage's sum a chance to answer: logistic, on the 10 best of each question."""
    sums, right, share = [], [], []
    for case in found:
        scores = case.table @ weights
        best = np.argsort(-scores)[:10]
        sums += scores[best].tolist()
        right += (case.right.any(axis=1)[best] if case.right.shape[1] else np.zeros(len(best), bool)).tolist()
        share += [case.weight] * len(best)
    x, y, w = np.array(sums), np.array(right, float), np.array(share)
    middle, spread = x.mean(), x.std() or 1.0
    z, slope, offset = (x - middle) / spread, 1.0, 0.0
    for _ in range(500):
        chance = 1 / (1 + np.exp(-(slope * z + offset)))
        error = w * (chance - y) / w.sum()
        slope, offset = slope - 2 * float(error @ z), offset - 2 * float(error.sum())
    return slope / spread, offset - slope * middle / spread


def figures(found: Sequence[Case], weights: NDArray[np.float64]) -> str:
    """hit@1 / hit@3 / hit@10 of the order that the weights give."""
    firsts = []
    for case in found:
        if case.question.answerable:
            ranks = np.flatnonzero(case.right.any(axis=1)[np.argsort(-(case.table @ weights), kind="stable")])
            firsts.append(int(ranks[0]) if len(ranks) else 999)
    got = np.array(firsts)
    return " / ".join(f"{(got < k).mean():.3f}" for k in (1, 3, 10)) + f"  ({len(got)})"


def gather(home: Path, encoder: Encoder | None) -> dict[str, list[Case]]:
    """The dev sets' cases. The sets of others are sampled: they must not drown our own kind of paper."""
    named: dict[str, list[Case]] = {}
    with sets.corpus_base(home / "corpus", encoder) as library:
        named["sample"] = cases(library, sets.own("sample"), 3.0)
        named["demo"] = cases(library, sets.own("demo"), 1.5)
        named["headline"] = cases(library, [replace(one, gold=one.gold[:1]) for one in sets.own("demo")], 3.0)
    with sets.corpus_base(home / "seed", encoder, [sets.SEED]) as library:
        named["seed"] = cases(library, sets.own("seed"), 1.5)
    if sets.SHARED.is_dir():
        with sets.papers_base(home / "papers", encoder) as library:
            named["papers-dev"] = cases(library, sets.papers("papers-dev"), 4.0)
            named[_HELD_OUT] = cases(library, sets.papers(_HELD_OUT), 0.0)
        for name in ("alqac", "enterprise", "xquad"):
            articles, questions = sets.LAW_SETS[name]()
            with sets.law_base(home / name, encoder, articles) as library:
                vietnamese = [one for one in questions if one.language == "vi"][::4]
                chosen = (
                    vietnamese + sets.plain(vietnamese[::3]) + [one for one in questions if one.language == "en"][::2]
                )
                named[name] = cases(library, chosen, 1.0)
    return named


def main() -> None:
    """Learns for the tier of the given encoder and writes its part of the weights."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--encoder", default=None, help="as KB_ENCODER; 'none' learns the words tier")
    asked.add_argument("--home", type=Path, default=Path("var/tune"))
    options = asked.parse_args()
    encoder = load_encoder(options.encoder)
    tier = "words" if encoder is None else "meaning"
    named = gather(options.home / tier, encoder)
    every = [case for name, group in named.items() for case in group if name != _HELD_OUT]
    path = DATA / "weights.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    before = kept["second_look"][f"vi/{tier}"]["weights"]
    start = np.array([float(before.get(name, 0.0)) for name in NAMES])
    shared = learn(every, start, _SHARED_PULL)
    for language in ("vi", "vi-plain", "en"):
        own = [case for case in every if case.language == language]
        weights = learn(own, shared, _OWN_PULL)
        slope, offset = calibrate(own, weights)
        kept["second_look"][f"{language}/{tier}"] = {
            "weights": {name: round(float(value), 3) for name, value in zip(NAMES, weights, strict=True)},
            "slope": round(slope, 4),
            "offset": round(offset, 4),
        }
        sys.stdout.write(f"{language}: {figures(own, weights)}\n")
        for name, group in named.items():
            part = [case for case in group if case.language == language]
            if any(case.question.answerable for case in part):
                sys.stdout.write(f"   {name:12} {figures(part, shared)}  →  {figures(part, weights)}\n")
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
