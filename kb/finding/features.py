"""What the second look sees of a candidate passage: a row of numbers, each between about 0 and 1."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.document import Kind, Role
from ingest.symbols import symbol_key
from ingest.vietnamese import fold
from kb.finding import units as unit
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
    "role",  # has the role that was asked for
    "task",  # is a task or a duty, and tasks were asked for
    "subject",  # begins with the body that was asked about
    "paper",  # stands in a paper that the question names
    "place",  # stands at the provision that the question names
    "head",  # is the head or foot of a paper, and its number, date or signer was asked for
    "basis",  # only recites what the paper rests on
    "lead",  # only introduces what follows
    "short",  # too short to answer
    "changed",  # its paper was replaced, repealed or dissolved
)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    r"\b(?:ngay|truoc|thang|quy|nam|gio|hang nam|hang thang|dinh ky|thoi han|cham nhat)\s+(?:\d|[ivx]+\b|truoc|sau)"
    r"|\d{1,2}/\d{1,2}|\b\d{1,2} (?:ngay|thang|gio)\b|quy [iv]+\b"
)
_BODY = re.compile(
    r"\b(?:so|phong|ban|uy ban|ubnd|van phong|trung tam|cong an|hoi|chi cuc|cuc|bo|vien|truong|cong ty|chu tich"
    r"|giam doc|thanh uy|tinh uy|dang uy|doan|mat tran|co quan|don vi|to chuc|doanh nghiep|hop tac xa)\b"
)
_ACTING = re.compile(
    r"\b(?:chu tri|phoi hop|chiu trach nhiem|co trach nhiem|tham muu|giao|xay dung|huong dan|dau moi)\b"
)
_GONE = frozenset({Validity.REPLACED, Validity.REPEALED})
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


@lru_cache(maxsize=8192)
def _view(text: str) -> View:
    return View(text)


def see(record: PassageRecord) -> Seen:
    """The candidate as it is looked at."""
    meta = record.document.metadata
    head = " ".join(part for part in (meta.kind, meta.symbol, meta.title, meta.issuer, meta.authority) if part)
    heading = " ".join((*record.passage.heading, *record.passage.columns))
    return Seen(_view(record.text), _view(heading), _view(head))


def features(
    understood: Understood,
    found: Sequence[Unit],
    records: Sequence[PassageRecord],
    lexical: NDArray[np.float32],
    cosine: NDArray[np.float32] | None,
) -> NDArray[np.float32]:
    """One row for each candidate, columns as in `NAMES`. `lexical` is BM25, `cosine` None in the words tier."""
    table = np.zeros((len(records), len(NAMES)), np.float32)
    if not len(records):
        return table
    table[:, 0] = lexical / max(float(lexical.max()), 1e-6)
    if cosine is not None:
        table[:, 1] = cosine
        table[:, 2] = cosine - float(cosine.max())
    table[:, 3:5] = table[:, [0, 2]] * min(1.0, max(0.0, (len(understood.content) - 8) / 20))
    for row, record in enumerate(records):
        table[row, 5:] = _one(understood, found, record, see(record))
    return table


def _one(understood: Understood, found: Sequence[Unit], record: PassageRecord, seen: Seen) -> list[float]:
    plan = understood.plan
    inside, around = unit.coverage(found, seen.text, seen.heading, seen.title)
    folded = plan.language == "vi-plain"
    flat = fold(record.text) if plan.wants_role or plan.subject else ""
    return [
        inside,
        around,
        unit.adjacency(understood.content, seen.text, folded=folded) if plan.language != "en" else 0.0,
        unit.coverage(found, seen.title, seen.title, seen.title)[0],
        _answers(plan.wants_role, flat),
        _in_role(understood, record),
        float(plan.wants_tasks and record.passage.role in (Role.TASK, Role.RESPONSIBILITY)),
        _about(plan.subject, flat),
        _paper(understood, record),
        float(stands_at(record.passage.locator, place(plan.question))),
        _head(plan.wants_role, plan.question, record),
        float(record.passage.role is Role.BASIS),
        float(record.text.rstrip().endswith(":")),
        max(0.0, 1.0 - seen.text.size / 12),
        _changed(record),
    ]


def _answers(wanted: str | None, flat: str) -> float:
    if wanted == "number":
        return float(bool(_DIGIT.search(flat)))
    if wanted == "deadline":
        return float(bool(_DATE.search(flat)))
    if wanted == "responsibility":
        return 0.5 * bool(_BODY.search(flat)) + 0.5 * bool(_ACTING.search(flat))
    return 0.0


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
    symbols = {symbol_key(symbol) for symbol in understood.plan.symbols}
    if not symbols:
        return 0.0
    own = record.document.metadata.symbol
    return float(own is not None and symbol_key(own) in symbols)


def _changed(record: PassageRecord) -> float:
    validity = record.document.status.validity
    if validity in _GONE:
        return 1.0
    return 0.3 if validity is Validity.PARTLY_EXPIRED else 0.0
