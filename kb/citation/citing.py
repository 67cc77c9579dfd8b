"""Who cites a document: the mentions of the other papers, resolved, each with the passage it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


def mentioning(library: Library, symbols: Sequence[str]) -> list[DocumentRecord]:
    """The current documents that mention a paper with one of these symbols, the newest first."""
    keys = tuple(symbol_key(symbol) for symbol in symbols)
    where = f"current AND number IN (SELECT document FROM mentions WHERE symbol IN ({', '.join('?' * len(keys))}))"
    found = [stored.record for stored in library.catalog.documents(where, keys)] if keys else []
    return sorted(found, key=lambda each: each.metadata.date or date.min, reverse=True)


def citing(library: Library, record: DocumentRecord, most: int | None = None) -> list[Mention]:
    """The mentions of `record` in current documents, the newest document first; one for each passage and verb.

    Only the `most` newest documents are looked into: a law may be cited by thousands.
    """
    if not record.metadata.symbol:
        return []
    others = [each for each in mentioning(library, (record.metadata.symbol,)) if each.id != record.id]
    found: dict[tuple[str, str, int], Mention] = {}
    for other in others[:most]:
        passages = library.passages(other.id)
        for relation in library.relations(other.id):
            if all(each.id != record.id for each in relation.candidates):
                continue
            place = _around(passages, relation.reference)
            mention = Mention(other, relation.reference, place, relation.target is not None)
            key = (other.id, relation.reference.verb, place.passage.start if place else -1)
            found.setdefault(key, mention)
    return sorted(found.values(), key=_order)


def _around(passages: list[PassageRecord], reference: Reference) -> PassageRecord | None:
    return next((each for each in passages if each.passage.start <= reference.start < each.passage.end), None)


def _order(mention: Mention) -> tuple[int, int, int]:
    day = mention.document.metadata.date
    # A bare mention says less than a basis or an amendment.
    return (-day.toordinal() if day else 0, int(mention.reference.verb == "refers"), mention.reference.start)
