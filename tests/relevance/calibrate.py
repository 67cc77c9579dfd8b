"""Learns when to say "nothing": the verdict's weights and floors in kb/data/weights.json, with the curve.

    python -m tests.relevance.calibrate [--encoder SETTING] [--home DIR]

Each base is asked its own questions, answerable and near misses, and questions that belong to other bases (encyclopedic
ones, law, our own). From how near in meaning, how much of the question is there and how far the best passage stands
above the rest, two chances are learned by logistic regression: that the base speaks of the `matter` at all, against
other matters (the floor keeps nearly every answerable question); and that a passage is an `answer`, against near misses
too (the floor decides best between them).
Run it after tests/relevance/tune.py. Dev sets only.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.embed import Encoder, load_encoder
from kb.evaluate import Question
from kb.finding.ranking import rank
from kb.finding.verdict import EVIDENCE, Evidence, evidence
from kb.library import Library
from kb.query import EVERYTHING
from kb.tables import DATA
from tests.relevance import sets

LANGUAGES = ("vi", "vi-plain", "en")
KINDS = ("answerable", "near", "foreign")
# "Nothing" hides what was found, so it costs more than a stranger let in; an answer may be shown without being called
# one for the second share of the answerable questions, and hidden for the third (three times that with laws).
_CARE, _UNSURE, _HIDDEN = 6.0, 0.04, 0.01
_MARGIN = 0.98  # a floor stands just below the last question it keeps
_PULL = 0.1
_OURS, _OTHERS = 100.0, 30.0  # how much a base's questions weigh
_OWN_KIND = ("corpus", "seed", "papers")  # bases of plans and decisions, not of laws alone
_NEAR_MISS = 0.5  # and a near miss, against a question on another matter
# Whose questions are on other matters for certain: laws speak of much that plans do too.
_FOREIGN = {"xquad": ("corpus", "alqac"), "alqac": ("xquad",), "enterprise": ("xquad", "corpus")}
_CURVE = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a base: what kind it is there, and the evidence."""

    base: str
    kind: str  # "answerable", "near" or "foreign"
    language: str
    found: Evidence


def some(questions: Sequence[Question], vi: int, plain: int, en: int) -> list[Question]:
    """So many Vietnamese, unmarked and English ones, evenly spread."""

    def spread(language: str, count: int) -> list[Question]:
        found = [one for one in questions if one.language == language and one.answerable]
        return found[:: max(1, len(found) // count)][:count] if count else []

    return spread("vi", vi) + sets.plain(spread("vi", plain)) + spread("en", en)


def ask(library: Library, base: str, questions: Sequence[Question], foreign: bool) -> Iterator[Case]:
    """The evidence for each question."""
    for one in questions:
        ranking = rank(library, one.question, filters=EVERYTHING)
        if ranking.understood.plan.phrases:
            continue  # a quoted phrase is there or not: no matter of chance
        found = evidence(ranking)
        kind = "foreign" if foreign else "answerable" if one.answerable else "near"
        yield Case(base, kind, ranking.understood.plan.language, found)


def gather(home: Path, encoder: Encoder | None) -> list[Case]:
    """The cases of every base; only our own where the law sets are absent."""
    ours = sets.own("sample") + sets.own("demo") + sets.own("seed")
    beside = {name: read() for name, read in sets.LAW_SETS.items() if name != "zalo"} if sets.SHARED.is_dir() else {}
    asked = {name: questions for name, (_, questions) in beside.items()} | {"corpus": sets.own("sample")}
    cases: list[Case] = []
    with sets.corpus_base(home / "seed", encoder, [sets.SEED]) as library:
        cases += ask(library, "seed", sets.own("seed"), False)
        cases += ask(library, "seed", sets.strangers(), True)
    with sets.corpus_base(home / "corpus", encoder) as library:
        cases += ask(library, "corpus", ours, False)
        cases += ask(library, "corpus", sets.strangers(), True)
        for name in beside:
            cases += ask(library, "corpus", some(asked[name], 20, 15, 20), True)
    if sets.SHARED.is_dir():
        with sets.papers_base(home / "papers", encoder) as library:
            cases += ask(library, "papers", sets.papers("papers-dev"), False)
    for name, (articles, questions) in beside.items():
        with sets.law_base(home / name, encoder, articles) as library:
            cases += ask(library, name, some(questions, 40, 30, 40), False)
            for other in _FOREIGN[name]:
                cases += ask(library, name, some(asked[other], 20, 20, 20), True)
    return cases


def fit(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Weights of `EVIDENCE`, then an offset for each of `LANGUAGES`: answerable against others."""
    table = np.array([_row(case) for case in cases])
    yes = np.array([case.kind == "answerable" for case in cases], float)
    weight = np.array([_weight(case, cases) for case in cases])
    weights = np.zeros(table.shape[1])
    pull = _PULL * np.diag([0.1] * len(EVIDENCE) + [1.0] * len(LANGUAGES))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (weight * (chance - yes)) + pull @ weights
        bend = (table * (weight * chance * (1 - chance))[:, None]).T @ table + pull
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _row(case: Case) -> list[float]:
    return [*astuple(case.found), *(float(case.language == language) for language in LANGUAGES)]


def _weight(case: Case, cases: Sequence[Case]) -> float:
    """Yes and no weigh alike; our own kind of paper weighs more than law and encyclopedia."""
    same = sum(other.kind == case.kind and other.base == case.base for other in cases)
    return (_OURS if case.base in _OWN_KIND else _OTHERS) * (_NEAR_MISS if case.kind == "near" else 1.0) / same


def chances(cases: Sequence[Case], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The calibrated chance of each case."""
    table = np.array([_row(case) for case in cases]).reshape(len(cases), len(weights))
    result: NDArray[np.float64] = 1 / (1 + np.exp(-(table @ weights)))
    return result


def _chances(cases: Sequence[Case], kind: str, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return chances([one for one in cases if one.kind == kind], weights)


def matter(cases: Sequence[Case]) -> list[Case]:
    """The cases that tell whether a base speaks of a matter at all: near misses do belong to it."""
    return [case for case in cases if case.kind != "near"]


def matter_floor(ours: Sequence[Case], every: Sequence[Case], weights: NDArray[np.float64]) -> float:
    """Below it the base is said to have nothing: where that does best, unless it hides too much of what it answers."""
    yes, all_yes = (_chances(cases, "answerable", weights) for cases in (ours, every))
    best = between(yes, _chances(ours, "foreign", weights), _CARE)
    hidden = (np.quantile(yes, _HIDDEN, method="lower"), np.quantile(all_yes, 3 * _HIDDEN, method="lower"))
    return min(best, *map(float, hidden))


def answer_floor(cases: Sequence[Case], weights: NDArray[np.float64]) -> float:
    """From it on a passage is called an answer."""
    yes, near, foreign = (_chances(cases, kind, weights) for kind in KINDS)
    best = between(yes, np.concatenate([near, foreign]), 1.0)
    return min(best, float(np.quantile(yes, _UNSURE, method="lower")))


def between(yes: NDArray[np.float64], no: NDArray[np.float64], care: float) -> float:
    """The floor that does best, where turning a `yes` away costs `care` times as much as letting a `no` in."""
    steps = np.unique(np.concatenate([yes, no]))
    gains = [care * (yes >= step).mean() + (no < step).mean() for step in steps]
    return float(steps[int(np.argmax(gains))])


def curve(yes: NDArray[np.float64], near: NDArray[np.float64], foreign: NDArray[np.float64]) -> Iterator[str]:
    """What each floor would keep and hold back."""
    yield "      floor   answerable kept   near misses held   foreign held"
    for step in _CURVE:
        held = [float((part < step).mean()) if len(part) else float("nan") for part in (near, foreign)]
        yield f"      {step:5.2f}   {(yes >= step).mean():15.3f}   {held[0]:16.3f}   {held[1]:12.3f}"


def by_base(cases: Sequence[Case], models: Sequence[NDArray[np.float64]], floors: Sequence[float]) -> Iterator[str]:
    """What the two floors (matter, answer) do in each base."""
    for base in dict.fromkeys(one.base for one in cases):
        here = [one for one in cases if one.base == base]
        kept = {kind: _chances(here, kind, models[0]) >= floors[0] for kind in KINDS}
        called = {kind: kept[kind] & (_chances(here, kind, models[1]) >= floors[1]) for kind in KINDS}
        yield (
            f"      {base:10} kept {_share(kept['answerable'])}, answered {_share(called['answerable'])}; foreign:"
            f" nothing {_share(~kept['foreign'])}, not answered {_share(~called['foreign'])}; near misses not answered"
            f" {_share(~called['near'])}"
        )


def _share(right: NDArray[np.bool_]) -> str:
    return f"{right.mean():.3f}" if len(right) else "-"


def main() -> None:
    """Calibrates the tier of the given encoder and writes its part of the weights."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--encoder", default=None, help="as KB_ENCODER; 'none' calibrates the words tier")
    asked.add_argument("--home", type=Path, default=Path("var/tune"))
    options = asked.parse_args()
    encoder = load_encoder(options.encoder)
    tier = "words" if encoder is None else "meaning"
    cases = gather(options.home / tier, encoder)
    models = {"matter": fit(matter(cases)), "answer": fit(cases)}
    path = DATA / "weights.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    for place, language in enumerate(LANGUAGES):
        asked_so = [one for one in cases if one.language == language]
        ours = [one for one in asked_so if one.base in _OWN_KIND]
        floors = {
            "matter": matter_floor(ours, asked_so, models["matter"]),
            "answer": answer_floor(ours, models["answer"]),
        }
        counts = " / ".join(str(sum(one.kind == kind for one in asked_so)) for kind in KINDS)
        sys.stdout.write(f"{language}/{tier} ({counts})\n")
        for name, weights in models.items():
            row = dict(zip(EVIDENCE, weights, strict=False)) | {"offset": weights[len(EVIDENCE) + place]}
            row["floor"] = _MARGIN * floors[name]
            kept["verdict"].setdefault(f"{language}/{tier}", {})[name] = {
                key: round(float(value), 4) for key, value in row.items()
            }
            sys.stdout.write(f"   {name}: {kept['verdict'][f'{language}/{tier}'][name]}\n")
            sys.stdout.writelines(f"{line}\n" for line in curve(*(_chances(asked_so, kind, weights) for kind in KINDS)))
        used = [_MARGIN * floor for floor in floors.values()]
        sys.stdout.writelines(f"{line}\n" for line in by_base(asked_so, list(models.values()), used))
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
