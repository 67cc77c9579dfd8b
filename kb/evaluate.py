"""Judged questions against the base: hit, recall, rank and abstention figures (`kb eval`).

A hit counts when it comes from the gold passage's file and, with white space, case and table bars folded, holds at
least 60 % of the quote as one block, or lies wholly inside it. Files compare by base name without ending, since the
same paper may be kept in another format.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import nfc
from kb.errors import UsageError
from kb.library import Library
from kb.model import Hit, PassageRecord, Verdict
from kb.search import search

_DEPTH = 50
_SHARE = 0.6
METRICS = ("hit@1", "hit@3", "hit@10", "recall@10", "recall@50", "MRR@10", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Gold:
    """A passage that answers: the file it stands in and its words."""

    file: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """One judged question."""

    id: str
    language: str
    kind: str
    question: str
    gold: tuple[Gold, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a question. `figures` run beside `METRICS`; None for an unanswerable one."""

    question: Question
    verdict: Verdict
    score: float  # the best hit's
    first: int | None  # rank of the first right hit
    figures: tuple[float, ...] | None

    @property
    def decided_right(self) -> bool:
        """Whether the base answered an answerable question, or held back on an unanswerable one."""
        return (self.verdict is Verdict.ANSWERED) == self.question.answerable


@dataclass(frozen=True, slots=True)
class Row:
    """Means over a group of questions."""

    name: str
    questions: int
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The table of an evaluation. `decided` is the share of right answer-or-abstain decisions."""

    rows: tuple[Row, ...]
    decided: float
    answered: float  # share of answerable questions that were answered
    abstained: float  # share of unanswerable questions that were not
    judged: tuple[Judged, ...]


def read_questions(path: Path) -> list[Question]:
    """Questions of a JSON Lines file. Raises `UsageError` for a line that is none."""
    questions = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"Không đọc được tệp câu hỏi “{path}”.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            questions.append(_question(line, number))
    return questions


def _question(line: str, number: int) -> Question:
    try:
        row = json.loads(line)
        gold = tuple(Gold(one["file"], one["quote"]) for one in row.get("gold", ()))
        return Question(
            id=str(row.get("id", number)),
            language=str(row.get("lang", "vi")),
            kind=str(row.get("kind", "")),
            question=str(row["question"]),
            gold=gold,
            answerable=bool(row.get("answerable", bool(gold))),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"Dòng {number} của tệp câu hỏi không phải là một câu hỏi JSON có “question”.") from error


def evaluate(library: Library, questions: Iterable[Question]) -> Report:
    """Asks every question (50 passages each) and tells how well the base did."""
    judged = tuple(judge(library, question) for question in questions)
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        if one.figures is not None:
            for name in (
                "all",
                one.question.language,
                *([f"kind: {_family(one.question.kind)}"] if one.question.kind else []),
            ):
                groups.setdefault(name, []).append(one)
    rows = tuple(Row(name, len(group), _means(group)) for name, group in sorted(groups.items()))
    yes = [one.decided_right for one in judged if one.question.answerable]
    no = [one.decided_right for one in judged if not one.question.answerable]
    return Report(rows, _share([*yes, *no]), _share(yes), _share(no), judged)


def _family(kind: str) -> str:
    """ "cross-lingual,number" and "unanswerable: not stated" go with their first word."""
    return re.split(r"[,:(]", kind)[0].strip()


def _means(group: Sequence[Judged]) -> tuple[float, ...]:
    table = np.array([one.figures for one in group], float)
    return tuple(float(value) for value in table.mean(axis=0))


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else float("nan")


def judge(library: Library, question: Question) -> Judged:
    """Asks one question."""
    found = search(library, question.question, k=_DEPTH)
    score = found.hits[0].score if found.hits else 0.0
    if not question.answerable:
        return Judged(question, found.verdict, score, None, None)
    right = relevance(found.hits, question.gold)
    ranks = np.flatnonzero(right.any(axis=1))
    first = int(ranks[0]) + 1 if len(ranks) else None
    return Judged(question, found.verdict, score, first, _figures(right, first))


def relevance(hits: Sequence[Hit], gold: Sequence[Gold]) -> NDArray[np.bool_]:
    """(hits, gold) matrix of matches."""
    return np.array([[is_gold(hit.record, one) for one in gold] for hit in hits], bool).reshape(len(hits), len(gold))


def _figures(right: NDArray[np.bool_], first: int | None) -> tuple[float, ...]:
    gold = right.shape[1]
    found = np.any(right, axis=1)[:10].astype(float)
    gains = found / np.log2(np.arange(2, 2 + min(10, len(right))))
    ideal = float(np.sum(1 / np.log2(np.arange(2, 2 + min(10, gold)))))
    return (
        *(float(first is not None and first <= k) for k in (1, 3, 10)),
        *(float(right[:k].any(axis=0).mean()) if len(right) else 0.0 for k in (10, 50)),
        1 / first if first is not None and first <= 10 else 0.0,
        min(1.0, float(gains.sum()) / ideal),
    )


def is_gold(record: PassageRecord, gold: Gold) -> bool:
    """Whether a passage is the gold one."""
    return _stem(record.document.file) == _stem(gold.file) and _same(record.text, gold.quote)


def _stem(file: str) -> str:
    return PurePosixPath(nfc(file)).stem.casefold()


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    return " ".join(nfc(text).replace("|", " ").casefold().split())


def _same(text: str, quote: str) -> bool:
    have, wanted = _flat(text), _flat(quote)
    if not have or not wanted:
        return False
    if have in wanted or wanted in have:
        return True
    # A block of 60 % or more of the quote holds the quote's middle fifth: grow it from there.
    left, right = int((1 - _SHARE) * len(wanted)), int(_SHARE * len(wanted)) + 1
    at = have.find(wanted[left:right])
    while at >= 0:
        before = _common(have[:at][::-1], wanted[:left][::-1])
        after = _common(have[at + right - left :], wanted[right:])
        if before + right - left + after >= _SHARE * len(wanted):
            return True
        at = have.find(wanted[left:right], at + 1)
    return False


def _common(one: str, other: str) -> int:
    """Length of the common beginning."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


def moved(before: Sequence[Judged], after: Sequence[Judged], most: int = 20) -> list[str]:
    """Which questions' first right hit moved, worst first: "q012  3 → 14  Đống phân ủ …"."""
    known = {one.question.id: one.first or _DEPTH + 1 for one in before}
    changes = [
        (known[one.question.id], one.first or _DEPTH + 1, one.question)
        for one in after
        if one.question.id in known and (one.first or _DEPTH + 1) != known[one.question.id]
    ]
    ordered = sorted(changes, key=lambda change: change[0] - change[1])
    return [f"{asked.id}  {old} → {new}  {asked.question}" for old, new, asked in islice(ordered, most)]
