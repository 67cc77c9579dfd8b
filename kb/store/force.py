"""What is known of a document's force whatever the day, and what follows from it on a given day (DOMAIN §3.3)."""

from dataclasses import dataclass, replace
from datetime import date

from ingest.document import Metadata
from ingest.effect import consolidated
from kb.model import Change, Status, Validity

DISSOLVED = date(2025, 7, 1)  # district level ended: Law 72/2025/QH15


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a document: the acts of other papers, gravest first, and where it speaks of its own force."""

    changes: tuple[Change, ...] = ()
    standing: Validity = Validity.UNKNOWN
    effect_at: str | None = None  # locators of the passages that say from when and until when
    expiry_at: str | None = None
    doubtful: bool = False  # another paper acts on one of this number, which may be another one


def on(day: date, document_id: str, metadata: Metadata, known: Known) -> Status:
    """The status on a day. What other papers did goes before the document's own words."""
    past = [each for each in known.changes if each.since is None or each.since <= day]
    already = {each.validity for each in past}
    coming = next((each for each in known.changes if each not in past and each.validity not in already), None)
    if past:
        first = past[0]
        until = metadata.expiry.until if metadata.expiry else None
        last = None if first.validity in (Validity.REPLACED, Validity.REPEALED) else until
        found = Status(first.validity, first.by_document, first.by_symbol, first.by_locator, first.since, last)
    else:
        found = _own(day, document_id, metadata, known)
    return replace(found, coming=coming)


def _own(day: date, document_id: str, metadata: Metadata, known: Known) -> Status:
    """What the document says of itself; a draft and a consolidated text can say nothing of their own force."""
    if known.standing is Validity.NOT_APPLICABLE:
        return Status(known.standing)
    effect, expiry = metadata.effect, metadata.expiry
    since, until = effect.since if effect else None, expiry.until if expiry else None
    of_others = metadata.draft or consolidated(metadata)
    if expiry and until and until < day and not of_others:
        over = Validity.PERIOD_OVER if expiry.work else Validity.EXPIRED
        return Status(over, document_id, by_locator=known.expiry_at, since=since or expiry.since, until=until)
    if known.standing is Validity.ISSUER_DISSOLVED and day >= DISSOLVED:
        return Status(known.standing, since=DISSOLVED)
    if metadata.draft or not (effect or expiry):
        return Status()
    if since and not of_others and (since > day or not known.doubtful):
        now = Validity.NOT_YET if since > day else Validity.IN_FORCE
        return Status(now, document_id, by_locator=known.effect_at, since=since, until=until)
    unsure = of_others or known.doubtful
    if effect is None and expiry and not unsure and (expiry.since is None or expiry.since <= day):
        return Status(Validity.IN_PERIOD, document_id, by_locator=known.expiry_at, since=expiry.since, until=until)
    return Status(by_document=document_id, by_locator=known.effect_at or known.expiry_at, since=since, until=until)
