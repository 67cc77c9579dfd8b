"""Who cites a document: the mentions of the other papers, resolved, each with the passage it stands in."""

from dataclasses import dataclass

from ingest.document import Reference
from kb.library import Library
from kb.model import DocumentRecord, PassageRecord
from kb.store.status import symbol_key


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in `document` that names the paper asked about; `certain` is false where it may mean another one."""

    document: DocumentRecord
    reference: Reference
    passage: PassageRecord | None
    certain: bool


def citing(library: Library, record: DocumentRecord) -> list[Mention]:
    """The mentions of `record` in current documents, the newest document first; one for each passage and verb."""
    if not record.metadata.symbol:
        return []
    where = "current AND number IN (SELECT document FROM mentions WHERE symbol = ?)"
    found: dict[tuple[str, str, int], Mention] = {}
    for stored in library.catalog.documents(where, (symbol_key(record.metadata.symbol),)):
        if stored.record.id == record.id:
            continue
        passages = library.passages(stored.record.id)
        for relation in library.relations(stored.record.id):
            if all(each.id != record.id for each in relation.candidates):
                continue
            place = _around(passages, relation.reference)
            mention = Mention(stored.record, relation.reference, place, relation.target is not None)
            key = (stored.record.id, relation.reference.verb, place.passage.start if place else -1)
            found.setdefault(key, mention)
    return sorted(found.values(), key=_order)


def _around(passages: list[PassageRecord], reference: Reference) -> PassageRecord | None:
    return next((each for each in passages if each.passage.start <= reference.start < each.passage.end), None)


def _order(mention: Mention) -> tuple[int, int, int]:
    day = mention.document.metadata.date
    # A bare mention says less than a basis or an amendment.
    return (-day.toordinal() if day else 0, int(mention.reference.verb == "refers"), mention.reference.start)
