"""What the second look sees of a candidate passage: a row of numbers, each between about 0 and 1."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.document import Kind, Role
from ingest.symbols import symbol_key
from ingest.vietnamese import Token, fold
from kb.finding import units as unit
from kb.finding.company import company
from kb.finding.expected import has_role, measures
from kb.finding.units import Unit, View
from kb.model import PassageRecord, Validity
from kb.query import Understood
from kb.question.places import place, stands_at
from kb.terms import words

NAMES = (
    "words",  # BM25 against the best of the question
    "meaning",  # cosine
    "meaning_best",  # cosine against the best of the question
    "words_long",  # `words` for a long question, in which single things named matter less
    "meaning_long",  # `meaning_best` for one
    "text",  # share of the question that the text has
    "around",  # the same with heading path and title
    "pairs",  # neighbouring words that stay neighbours
    "title",  # share of the question that the document's head has
    "answer",  # has the kind of thing that was asked for: a number, a date, somebody
    "quantity",  # has it in the unit that was asked for: days, per cent, đồng; a reason; "có hiệu lực từ"
    "role",  # has the role that was asked for
    "task",  # is a task or a duty, and tasks were asked for
    "subject",  # begins with the body that was asked about
    "paper",  # stands in a paper that the question names
    "place",  # stands at the provision that the question names
    "head",  # is the head or foot of a paper, and its number, date or signer was asked for
    "head_named",  # the same, as far as that paper's head has what the question names
    "basis",  # only recites what the paper rests on
    "lead",  # only introduces what follows, in few words
    "short",  # too short to answer
    "changed",  # its paper was replaced or repealed, or has expired
    "parent",  # what the passage that introduces it has of the question
    "paper_share",  # the most that any candidate of its paper has
    "beside",  # the nearest neighbour's cosine against the best one's
)
T = TypeVar("T")
_REMEMBERED = 1024  # passages, and papers, of which the view is kept
_LOOKED = slice(NAMES.index("text"), NAMES.index("changed") + 1)  # the columns that one passage decides for itself
_NAMED_TITLE = 0.4  # share of the question in a paper's head from which that paper is the one meant
_READ = 200_000  # characters in which what a question expects is looked for: annexes run to millions
_LONG_LEAD = 25  # words from which a passage that ends in a colon says something itself
_NOW = 3.0  # times as much speaks a paper's end against it when what holds now was asked for
_OF_NOW = re.compile(r"\b(hien (nay|hanh|tai|gio)|bay gio|current(ly)?|nowadays|at present|now)\b")
_GONE = frozenset({Validity.REPLACED, Validity.REPEALED, Validity.EXPIRED})
_WANING = frozenset({Validity.PARTLY_EXPIRED, Validity.PERIOD_OVER})
_ROLES = {
    "target": (Role.TARGET, Role.OBJECTIVE),
    "responsibility": (Role.RESPONSIBILITY,),
    "deadline": (Role.REPORTING, Role.RESPONSIBILITY),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate's texts, read once: the passage, its heading path with column names, its document's head."""

    text: View
    heading: View
    title: View


@lru_cache(maxsize=1024)
def _view(text: str) -> View:
    return View(text)


_Kept: TypeAlias = dict[int, tuple[object, T]]
_seen: _Kept[Seen] = {}
_titles: _Kept[View] = {}


def _kept(values: _Kept[T], one: object, make: Callable[[], T]) -> T:
    """What was made of this very object; an object that is kept lends its identity to no other."""
    found = values.get(id(one))
    if found is None:
        if len(values) >= _REMEMBERED:
            for old in list(values)[: _REMEMBERED // 2]:  # those of the question at hand are the newest
                values.pop(old, None)
        found = values[id(one)] = (one, make())
    return found[1]


def see(record: PassageRecord) -> Seen:
    """The candidate as it is looked at."""
    return _kept(_seen, record, lambda: _see(record))


def _see(record: PassageRecord) -> Seen:
    heading = " ".join((*record.passage.heading, *record.passage.columns))
    return Seen(View(record.text), _view(heading), _kept(_titles, record.document, lambda: _title(record)))


def _title(record: PassageRecord) -> View:
    meta = record.document.metadata
    return View(" ".join(part for part in (meta.kind, meta.symbol, meta.title, meta.issuer, meta.authority) if part))


def look(
    understood: Understood, found: Sequence[Unit], records: Sequence[PassageRecord], *, pairs: bool = True
) -> NDArray[np.float32]:
    """What each candidate has by itself, one row each; the costly part. `pairs` is nought where it is not asked for."""
    expected = measures(understood.plan.question)
    wanted = place(understood.plan.question)
    width = _LOOKED.stop - _LOOKED.start
    content = understood.content if pairs and understood.plan.language != "en" else ()
    rows = [_one(understood, found, record, expected, wanted, content) for record in records]
    return np.array(rows, np.float32).reshape(len(records), width)


def features(
    understood: Understood,
    looks: NDArray[np.float32],
    records: Sequence[PassageRecord],
    lexical: NDArray[np.float32],
    cosine: NDArray[np.float32] | None,
) -> NDArray[np.float32]:
    """One row for each candidate, columns as in `NAMES`. `looks` is `look`'s, `lexical` BM25; `cosine` is None in the
    words tier."""
    table = np.zeros((len(records), len(NAMES)), np.float32)
    if not len(records):
        return table
    table[:, 0] = lexical / max(float(lexical.max()), 1e-6)
    if cosine is not None:
        table[:, 1] = cosine
        table[:, 2] = cosine - float(cosine.max())
    table[:, 3:5] = table[:, [0, 2]] * min(1.0, max(0.0, (len(understood.content) - 8) / 20))
    table[:, _LOOKED] = looks
    text, around = table[:, NAMES.index("text")], table[:, NAMES.index("around")]
    table[:, _LOOKED.stop :] = company(records, text, around, table[:, 1])
    return table


def _one(
    understood: Understood,
    found: Sequence[Unit],
    record: PassageRecord,
    expected: Sequence[re.Pattern[str]],
    wanted: tuple[tuple[str, str], ...],
    content: tuple[Token, ...],
) -> list[float]:
    plan, seen = understood.plan, see(record)
    inside, around = unit.coverage(found, seen.text, seen.heading, seen.title)
    title = unit.coverage(found, seen.title, seen.title, seen.title)[0]
    head = _head(plan.wants_role, plan.question, record)
    flat = fold(record.text[:_READ]) if plan.wants_role or plan.subject or expected else ""
    size = seen.text.size
    return [
        inside,
        around,
        unit.adjacency(content, seen.text, folded=plan.language == "vi-plain") if content else 0.0,
        title,
        has_role(plan.wants_role, flat),
        float(any(pattern.search(flat) for pattern in expected)),
        _in_role(understood, record),
        float(plan.wants_tasks and record.passage.role in (Role.TASK, Role.RESPONSIBILITY)),
        _about(plan.subject, flat),
        _paper(understood, record),
        float(stands_at(record.passage.locator, wanted)),
        head,
        head * min(1.0, title / _NAMED_TITLE),
        float(record.passage.role is Role.BASIS),
        max(0.0, 1.0 - size / _LONG_LEAD) if record.text[-8:].rstrip().endswith(":") else 0.0,
        max(0.0, 1.0 - size / 12),
        _changed(understood, record),
    ]


def _in_role(understood: Understood, record: PassageRecord) -> float:
    plan = understood.plan
    if plan.wants_role == "responsibility" and record.passage.kind is Kind.ROW:
        return 1.0
    return float(record.passage.role in _ROLES.get(plan.wants_role or "", ()))


def _about(subject: str | None, flat: str) -> float:
    if not subject:
        return 0.0
    wanted = words(subject).folded
    if not wanted:
        return 0.0
    opening = " ".join(words(flat[:120]).folded)
    return float(opening.startswith(" ".join(wanted)))


def _head(wanted: str | None, question: str, record: PassageRecord) -> float:
    if wanted != "frame":
        return 0.0
    signer = bool(re.search(r"\b(?:ai ky|nguoi ky|ky ten|signed|signer)\b", fold(question)))
    return float(record.passage.kind is (Kind.SIGNATURE if signer else Kind.HEAD))


def _paper(understood: Understood, record: PassageRecord) -> float:
    if record.document.id in understood.papers:
        return 1.0
    symbols = {symbol_key(symbol) for symbol in understood.plan.symbols}
    if not symbols:
        return 0.0
    own = record.document.metadata.symbol
    return float(own is not None and symbol_key(own) in symbols)


def _changed(understood: Understood, record: PassageRecord) -> float:
    validity = record.document.status.validity
    if validity in _GONE:
        return _NOW if _OF_NOW.search(fold(understood.plan.question)) else 1.0
    return 0.3 if validity in _WANING else 0.0
