"""What a question calls for by name: a provision, the head of a paper, the passage that ended a paper's force."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.document import Role
from kb.catalog import anchor
from kb.library import Library
from kb.model import DocumentRecord, PassageRecord
from kb.query import Understood
from kb.question.intent import asks_force
from kb.question.places import place, stands_at

_HEADS = 4  # papers whose head is offered when a question asks for a number, a date or a signer
_NAMED = 6  # papers in which a provision named in the question is looked up


def called(
    library: Library, understood: Understood, records: Sequence[PassageRecord], allowed: NDArray[np.int64] | None
) -> list[PassageRecord]:
    """Passages that no index offers: the provision a question names, the head of a paper it asks the number of, what
    another paper says of the force of the one it names."""
    wanted = place(understood.plan.question)
    heads = understood.plan.wants_role == "frame"
    acting = changes(library, understood)
    if not (wanted or heads or acting):
        return []
    seen = {record.number for record in records}
    inside = None if allowed is None else set(allowed.tolist())
    extra = [one for one in map(library.passage, sorted(acting)) if inside is None or one.number in inside]
    extra = [one for one in extra if one.number not in seen]
    if not (wanted or heads):
        return extra
    seen.update(one.number for one in extra)
    for at, document in enumerate(_papers(library, understood, records)):
        for record in library.passages(document):
            offered = (wanted and record.passage.searchable and stands_at(record.passage.locator, wanted)) or (
                heads and at < _HEADS and record.passage.role is Role.FRAME and not record.passage.is_heading
            )
            permitted = inside is None or record.passage.role is Role.FRAME or record.number in inside
            if offered and permitted and record.number not in seen:
                extra.append(record)
    return extra


def _papers(library: Library, understood: Understood, records: Sequence[PassageRecord]) -> list[str]:
    """Ids of the papers that the question most likely speaks of: those it names, then those found best."""
    symbols = set(understood.plan.symbols)
    named = [one.id for one in library.documents() if one.metadata.symbol in symbols] if symbols else []
    named += sorted(understood.papers)
    return list(dict.fromkeys([*named, *(record.document.id for record in records)]))[:_NAMED]


def changes(library: Library, understood: Understood) -> frozenset[str]:
    """Ids of the passages where other papers say what became of a paper whose force the question asks for."""
    plan = understood.plan
    if not (plan.symbols or understood.papers) or not asks_force(plan.question):
        return frozenset()
    papers = [each for each in library.documents(day=plan.filters.as_of) if _is_named(each, understood)]
    evidence = [one for each in papers for one in (each.status, each.status.coming) if one is not None]
    return frozenset(
        f"{one.by_document[:12]}-{anchor(one.by_locator)}"
        for one in evidence
        if one.by_document and one.by_locator and one.by_document not in {each.id for each in papers}
    )


def _is_named(document: DocumentRecord, understood: Understood) -> bool:
    return document.id in understood.papers or document.metadata.symbol in understood.plan.symbols
