"""Relations resolved against the base, and what they say of a document's force (DOMAIN §3.3, §3.4).

A mention is never thrown away for want of a target: it is resolved anew whenever a document comes or goes.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.document import Reference
from ingest.effect import consolidated
from ingest.symbols import canonical
from ingest.symbols import symbol_key as bare_key
from ingest.vietnamese import fold
from kb.model import Change, DocumentRecord, Validity
from kb.store.force import DISSOLVED

ACTING = frozenset({"amends", "replaces", "repeals"})
_MENTION_TAIL = 160  # characters after a number in which its issuer is named
_CENTRAL_CITIES = "ha noi|ho chi minh|hai phong|da nang|can tho|hue"
_COUNCIL = r"(?:(?:uy ban|hoi dong) nhan dan|ubnd|hdnd)"
_DISTRICT = re.compile(
    rf"^(?:huyen uy|quan uy|thi uy|dang bo (?:huyen|quan|thi xa)|{_COUNCIL} (?:huyen|quan|thi xa)\b|"
    rf"(?:thanh uy|dang bo thanh pho|{_COUNCIL} thanh pho) (?!(?:thanh pho )?(?:{_CENTRAL_CITIES})\b)\w)"
)
_PROVINCE = re.compile(
    rf"^(?:tinh uy|dang bo tinh|{_COUNCIL} tinh|"
    rf"(?:thanh uy|{_COUNCIL} thanh pho) (?:thanh pho )?(?:{_CENTRAL_CITIES})\b)"
)
_COMMUNE = re.compile(rf"^(?:dang uy (?:xa|phuong)|dang bo (?:xa|phuong)|{_COUNCIL} (?:xa|phuong|thi tran)\b)")
_COMMITTEE = "tinh uy|thanh uy|huyen uy|quan uy|thi uy"
_UNIT = rf"tinh|thanh pho|tp\.?|huyen|quan|thi xa|thi tran|xa|phuong|dac khu|dang uy|{_COMMITTEE}"
_BODY = re.compile(
    rf"(?:(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|ban thuong vu|ban chap hanh dang bo)(?: (?:{_UNIT}))+"
    rf"|{_COMMITTEE}) "
)
# Where the sentence around a mention ends, and where the next paragraph plainly begins.
_NEXT = re.compile(
    r";|\.\s|\n\s*(?=\n|(?:Căn cứ|Theo|Xét|Thực hiện|Để|Trên cơ sở|Điều|Chương|Mục|Phần|Phụ lục)\b|[IVX\d]+[.)]|[-+•])"
)
# What may stand between a number and the body that issued it: its date, and other numbers of the same body.
_ISSUED_BY = re.compile(
    r"\W*(?:(?:ngay|thang|nam|va|cac|so|quyet dinh|nghi quyet|ke hoach)\W+|\S*\d\S*\s+)*cua (?:chu tich )?"
    + _BODY.pattern
)
# Letters and project records carry no rules that could be in force or not.
_RECORDS = frozenset(
    (
        "cong van",
        "thuyet minh",
        "bao cao",
        "to trinh",
        "bien ban",
        "giay moi",
        "giay gioi thieu",
        "phieu gui",
        "phieu chuyen",
        "thu cong",
    )
)
# Numbers of papers that only ask for a change: "Tờ trình số 12/TTr-UBND đề nghị ban hành Nghị quyết thay thế …".
_SUBMITTED = re.compile(r"[/-](?:ttr|bc|bctt|cv)\b")
_CENTRAL = re.compile(
    r"^(?:quoc hoi|uy ban thuong vu quoc hoi|chu tich nuoc|chinh phu|thu tuong|bo |ngan hang nha nuoc|ban chap hanh "
    r"trung uong|ban bi thu|ban to chuc trung uong|ban tuyen giao (?:va dan van )?trung uong|thanh tra chinh phu)"
)
_STRENGTH = (
    Validity.REPEALED,
    Validity.REPLACED,
    Validity.PARTLY_EXPIRED,
    Validity.AMENDED,
)
Candidates = Callable[[str], Sequence[DocumentRecord]]
Locate = Callable[["Act"], str | None]


@dataclass(frozen=True, slots=True)
class Relation:
    """A mention with the documents of the base that it may mean: one is the target, several stay candidates."""

    reference: Reference
    candidates: tuple[DocumentRecord, ...]

    @property
    def target(self) -> DocumentRecord | None:
        """The document meant, where there is no doubt."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class Act:
    """Something a paper says was done to a document: `by` did `verb` to `target`, in whole or in `provision`."""

    verb: str
    provision: str | None
    target: DocumentRecord
    by: DocumentRecord | None
    by_symbol: str | None
    at: int | None = None  # where `by` says so in its own text; None where another paper reports it


def symbol_key(symbol: str) -> str:
    """A number as it is compared: canonical, without marks, case and leading zeros."""
    return bare_key(canonical(symbol) or symbol).lstrip("0")


def resolve(
    source: DocumentRecord, text: str, references: Sequence[Reference], candidates: Candidates
) -> list[Relation]:
    """Every mention of `source` with its candidates, in order; `candidates` gives current documents by symbol key."""
    dates = _dates(references)
    return [
        Relation(each, tuple(_meant(source, text, each, dates, candidates))) if each.symbol else Relation(each, ())
        for each in references
    ]


def _dates(references: Iterable[Reference]) -> dict[str, date]:
    """For each number that a paper dates the same way throughout: that date, for its undated mentions."""
    found: dict[str, set[date]] = {}
    for each in references:
        if each.symbol and each.date:
            found.setdefault(symbol_key(each.symbol), set()).add(each.date)
    return {key: next(iter(dates)) for key, dates in found.items() if len(dates) == 1}


def _meant(
    source: DocumentRecord, text: str, reference: Reference, dates: dict[str, date], candidates: Candidates
) -> list[DocumentRecord]:
    key = symbol_key(reference.symbol or "")
    said = reference.date or dates.get(key)
    own = source.metadata.date
    found = [
        each
        for each in candidates(key)
        if each.id == source.id or own is None or each.metadata.date is None or each.metadata.date <= own
    ]
    if reference.verb == "self":
        return [each for each in found if each.id == source.id]
    if said is not None:
        dated = [each for each in found if each.metadata.date == said]
        # A slip of day or month is common; numbers start anew each year, so another year is another paper.
        found = dated or [each for each in found if each.metadata.date is None or each.metadata.date.year == said.year]
    tail = " ".join(_NEXT.split(text[reference.end : reference.end + _MENTION_TAIL], maxsplit=1)[0].split())
    found = [each for each in found if each.id == source.id or not _elsewhere(source, each, tail)]
    if len(found) > 1:
        found = _by_issuer(found, tail) or found
    return found


def _elsewhere(source: DocumentRecord, candidate: DocumentRecord, tail: str) -> bool:
    """Whether the mention must mean a paper of another place than the candidate: every province numbers its own.

    `tail` is what follows the number. A body named without its place ("của Ủy ban nhân dân tỉnh") is that of the
    source, if the two are of one level.
    """
    place = _place(candidate)
    if place is None:
        return False
    folded = fold(tail)
    said = _ISSUED_BY.match(folded)
    if said and tail[said.end() : said.end() + 2].istitle():
        return not folded.startswith(place, said.end())
    own, level = _place(source), _level(source)
    return own is not None and own != place and level is not None and level == _level(candidate)


def _issuer(document: DocumentRecord) -> str:
    """The name of the issuing body, folded; its chairman signs for a body of the same place and level."""
    return " ".join(fold(document.metadata.issuer or "").split()).removeprefix("chu tich ")


def _place(document: DocumentRecord) -> str | None:
    """The place of a local body, folded; None for other bodies."""
    issuer = _issuer(document)
    body = _BODY.match(issuer)
    return issuer[body.end() :] or None if body else None


def _by_issuer(found: Sequence[DocumentRecord], tail: str) -> list[DocumentRecord]:
    """Those whose issuer or authority is named right after the number; the longest name wins."""
    said = fold(tail)
    scored = [max((len(name) for name in _names(each) if name in said), default=0) for each in found]
    best = max(scored)
    return [each for each, score in zip(found, scored, strict=True) if score == best] if best else []


def _names(record: DocumentRecord) -> list[str]:
    return [fold(name) for name in (record.metadata.issuer, record.metadata.authority) if name]


def acts(source: DocumentRecord, relations: Sequence[Relation]) -> list[Act]:
    """What `source` does to documents of the base, and what it says that others did ("được thay thế bởi")."""
    found: list[Act] = []
    before: Relation | None = None
    for each in relations:
        verb, provision = each.reference.verb, each.reference.provision
        if verb in ACTING and each.reference.reverse:
            if before and before.target and before.target is not each.target:
                found.append(Act(verb, before.reference.provision, before.target, each.target, each.reference.symbol))
        elif verb in ACTING and each.reference.of and not _is(source, each.reference.of):
            found.extend(_reported(each, relations))
        elif verb in ACTING and each.target and each.target.id != source.id and may_act(source, verb, each.target):
            found.append(Act(verb, provision, each.target, source, source.metadata.symbol, each.reference.start))
        if each.reference.symbol and not each.reference.reverse:
            before = each
    return _whole_or_parts(found)


def _is(document: DocumentRecord, name: str) -> bool:
    return document.metadata.symbol is not None and symbol_key(document.metadata.symbol) == symbol_key(name)


def _reported(relation: Relation, relations: Sequence[Relation]) -> list[Act]:
    """In "Căn cứ Nghị định B sửa đổi Nghị định A" the act is B's, which says so better where it is in the base.

    What is submitted for approval acts on nothing, and who only mentions a repeal may not say of which part.
    """
    said, target = relation.reference, relation.target
    if target is None or said.of is None or "/" not in said.of or _SUBMITTED.search(fold(said.of)):
        return []
    known = any(each.target and _is(each.target, said.of) for each in relations)
    if known or said.verb != "amends" or _is(target, said.of):
        return []
    return [Act(said.verb, said.provision, target, None, said.of)]


def doubts(source: DocumentRecord, relations: Sequence[Relation], document: DocumentRecord) -> bool:
    """Whether `source` acts on a paper that may be `document` or another one of the same number."""
    return any(
        each.reference.verb in ACTING
        and each.target is None
        and (each.reference.of is None or _is(source, each.reference.of))
        and any(candidate.id == document.id for candidate in each.candidates)
        and may_act(source, each.reference.verb, document)
        for each in relations
    )


def _whole_or_parts(found: Sequence[Act]) -> list[Act]:
    """A paper whose articles change named provisions changes no more: its title only sums them up."""
    parts = {(act.by, act.target.id) for act in found if act.provision}
    return [act for act in found if act.provision or (act.by, act.target.id) not in parts]


def may_act(source: DocumentRecord, verb: str, target: DocumentRecord) -> bool:
    """Whether `source` can do `verb` to `target`; what it says of others' acts or of acts to come is none of its own.

    Reports, letters and drafts change nothing, and a consolidated text only repeats; a paper is changed by the
    body that issued it or by one above it; a commune may replace or repeal those of a district that is no more.
    """
    if fold(source.metadata.kind or "") in _RECORDS or source.metadata.draft or consolidated(source.metadata):
        return False
    if _level(source) is not None and _CENTRAL.search(_issuer(target)):
        return False
    below, above = _level(source), _level(target)
    return below is None or above is None or below >= above or (verb != "amends" and dissolved(target))


def _level(document: DocumentRecord) -> int | None:
    """1 commune, 2 district, 3 province; None for other bodies."""
    issuer = _issuer(document)
    rules = ((1, _COMMUNE), (2, _DISTRICT), (3, _PROVINCE))
    return next((level for level, rule in rules if rule.search(issuer)), None)


def derive(document: DocumentRecord, done: Sequence[Act], locate: Locate) -> tuple[Change, ...]:
    """What was or will be done to a document, gravest first, from the day on which the acting paper has effect.

    Of several acts with the same effect the earliest is the evidence, before one whose paper gives no day.
    """
    made: list[Change] = []
    for validity in _STRENGTH:
        alike = [(act, _day(act)) for act in done if _effect(act) is validity]
        dated = min((each for each in alike if each[1]), key=lambda each: each[1] or date.max, default=None)
        undated = next((each for each in alike if each[1] is None), None)
        for act, day in filter(None, (dated, undated)):
            made.append(Change(validity, act.by.id if act.by else None, act.by_symbol, locate(act), day))
    return tuple(made)


def _day(act: Act) -> date | None:
    """The day from which an act holds, where the acting paper is there and says it."""
    effect = act.by.metadata.effect if act.by else None
    return effect.since if effect else None


def standing(document: DocumentRecord) -> Validity:
    """What its kind or its issuer alone decides: a record has no force, a dissolved body's paper is flagged."""
    if fold(document.metadata.kind or "") in _RECORDS:
        return Validity.NOT_APPLICABLE
    return Validity.ISSUER_DISSOLVED if dissolved(document) else Validity.UNKNOWN


def _effect(act: Act) -> Validity:
    if act.verb == "amends":
        return Validity.AMENDED
    if act.provision:
        return Validity.PARTLY_EXPIRED
    return Validity.REPLACED if act.verb == "replaces" else Validity.REPEALED


def dissolved(document: DocumentRecord) -> bool:
    """Whether a district-level body issued it, which ceased on 1 July 2025 (DOMAIN §3.4)."""
    issued = document.metadata.date
    issuer = _issuer(document)
    return (issued is None or issued < DISSOLVED) and _DISTRICT.search(issuer) is not None
