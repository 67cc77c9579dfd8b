"""What is said about a paper beside its text: facts, warnings, and the papers it is tied to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ingest.document import Document, Reference
from kb.citation.citing import citing, mentioning
from kb.cite import issuer_name
from kb.library import Library
from kb.model import DocumentRecord, Legibility, PassageRecord
from kb.store.status import symbol_key
from kb.warned import warned
from web import links
from web.language import Words
from web.views import Link, name, pill

_MOST_PAPERS = 40  # that are looked into for what they do to a paper: a law may be cited by thousands
MOST_NAMED = 8  # beside what a question found
_FIELDS = ("symbol", "kind", "issuer", "place", "date", "signer_role", "signer")
# "TCVN3 → Unicode: 441 ô": what a reader mended, and how much of the file.
_REPAIR = re.compile(r"(?P<encoding>.+) → Unicode: (?:(?P<n>\d+) )?(?P<unit>ô|đoạn|trang|toàn tệp)")
_UNITS = {"ô": "cells", "đoạn": "paragraphs", "trang": "pages", "toàn tệp": "whole"}
# From what changes a paper to what only speaks of it.
_VERBS = (
    "replaces", "repeals", "replaces.part", "repeals.part", "suspends", "amends", "corrects", "implements", "details",
    "guides", "basis", "continues", "attached", "reviews", "expected", "refers",
)  # fmt: skip
_FATAL = ("replaces", "repeals")
_BEFORE = 90  # characters before a mention that tell whether a part of the paper is meant
_PART = re.compile(
    r"\b(?:điều|khoản|điểm|mục|chương|phụ lục|biểu|mẫu|cụm từ|nội dung|quy định)\b[^.;:]*\b(?:tại|của|theo)\s*$", re.I
)
_OPTIONAL = ("place", "signer_role", "signer")  # not told of where the paper lacks them


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the metadata; `note` says "absent" or "inferred" where it is not simply read from the paper."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning above the text."""

    tone: str
    words: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A paper at the other end: its name, where it can be read (else the base lacks it), and what is said there."""

    words: str
    url: str
    title: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Ties:
    """The papers that one verb ties to a document."""

    verb: str
    papers: tuple[Tie, ...]


class _Said(NamedTuple):
    """One mention: what is done, whether to a part only, to which paper (its id, else its number)."""

    verb: str
    part: bool
    paper: str
    tie: Tie


def facts(record: DocumentRecord, t: Words) -> tuple[Fact, ...]:
    """The metadata: nothing is filled in that the paper does not say, and it is said when it does not."""
    meta = record.metadata
    shown = []
    for field in _FIELDS:
        value = issuer_name(meta) if field == "issuer" else getattr(meta, field)
        if value is None and field in _OPTIONAL:
            continue
        absent = t("fact.absent" if record.searchable else "fact.unread")
        words = t.date(value) if isinstance(value, date) else value or absent
        note = "absent" if value is None else "inferred" if field in meta.inferred else ""
        shown.append(Fact(t(f"fact.{field}"), words, note))
    shown.append(Fact(t("fact.file"), record.file, ""))
    if record.pages:
        shown.append(Fact(t("fact.pages"), t.number(record.pages), ""))
    shown.append(Fact(t("fact.passages"), t.number(record.passages), ""))
    shown.append(Fact(t("fact.added"), t.date(date.fromisoformat(record.added[:10])), ""))
    return tuple(shown)


def notices(record: DocumentRecord, document: Document, t: Words) -> tuple[Notice, ...]:
    """What a reader must know before relying on the text, the gravest first."""
    shown: list[Notice] = []
    if not record.current:
        shown.append(Notice("danger", t("notice.older", version=record.version)))
    status = pill(record.status, t)
    if pill(replace(record.status, coming=None), t).tone != "quiet":
        shown.append(Notice(status.tone, status.reason, Link(status.see, status.url) if status.url else None))
    if status.coming:
        shown.append(Notice("notice", status.coming.words, Link(t("notice.see"), status.coming.url)))
    if not record.searchable and not record.waiting:
        shown.append(Notice("danger", t("notice.unsearchable")))
    if record.recognised and record.searchable:
        shown.append(Notice("warning", t("notice.ocr")))
    if record.searchable and (wordless := [p.number for p in document.pages if p.origin == "ocr" and p.start == p.end]):
        pages = ", ".join(map(str, wordless))
        shown.append(Notice("notice", t(f"notice.wordless.{'one' if len(wordless) == 1 else 'other'}", pages=pages)))
    if record.quality is not None and record.legibility is Legibility.POOR:
        shown.append(Notice("warning", t("notice.quality", percent=round(100 * record.quality))))
    if record.metadata.draft:
        shown.append(Notice("warning", t("notice.draft")))
    if record.metadata.internal:
        shown.append(Notice("warning", t("notice.internal")))
    shown += [Notice("notice", warning) for warning in dict.fromkeys(warnings(record, t))]
    shown += [Notice("notice", _repair(each, t)) for each in dict.fromkeys(document.repairs)]
    return tuple(shown)


def warnings(record: DocumentRecord, t: Words) -> list[str]:
    """What its reader is warned of, in the language of the page."""
    return [each.vi if t.language == "vi" else each.en for each in map(warned, record.warnings)]


def _repair(said: str, t: Words) -> str:
    """That a file in an encoding of before Unicode was converted, and how much of it."""
    match = _REPAIR.fullmatch(said)
    if not match:
        return said
    unit = _UNITS[match["unit"]]
    extent = t.count(f"repair.{unit}", int(match["n"])) if match["n"] else t(f"repair.{unit}")
    return t("notice.repaired", encoding=match["encoding"], extent=extent)


def ties(base: Library, record: DocumentRecord, t: Words) -> tuple[Ties, ...]:
    """What the document does to other papers, weightiest verb first: replaces, amends, implements, rests on …"""
    text, found = base.text(record.id), []
    for relation in base.relations(record.id):
        said, target = relation.reference, relation.target
        if said.verb not in _VERBS or not _own(said) or not (target or said.symbol):
            continue
        if target is None:
            printed = f"{said.kind} {said.symbol}" if said.kind else said.symbol or ""
            tie = Tie(printed, "", t("reader.not_in_base", symbol=said.symbol))
            found.append(_Said(said.verb, _in_part(said, text), said.symbol or "", tie))
        elif target.id != record.id:
            tie = Tie(name(target, t), links.reader(target.id), target.metadata.title or "")
            found.append(_Said(said.verb, _in_part(said, text), target.id, tie))
    return _grouped(found, "", t)


def cited_by(base: Library, record: DocumentRecord, t: Words, most: int = _MOST_PAPERS) -> tuple[Ties, ...]:
    """What the newest papers of the base do to this one, and how many more speak of it."""
    symbol = record.metadata.symbol
    if not symbol:
        return ()
    found = []
    for each in sorted(citing(base, record, most), key=lambda mention: mention.reference.start):
        said = each.reference
        verb = "perhaps" if not each.certain else said.verb if _own(said) else "refers"
        part = verb in _FATAL and _in_part(said, base.text(each.document.id))
        found.append(_Said(verb, part, each.document.id, _tie(each.document, each.passage, t)))
    left = sum(other.id != record.id for other in mentioning(base, (symbol,))) - most
    groups = _grouped(found, ".by", t)
    if left <= 0:
        return groups
    others = Tie(t.count("ties.left", left), links.address("/", [("q", f'"{symbol}"')]), "")
    return (*groups, Ties(t("verb.refers.by"), (others,)))


def mentioned_in(base: Library, symbols: Sequence[str], t: Words) -> tuple[Tie, ...]:
    """The newest papers that mention a paper which the base itself lacks, each at the first place where it does."""
    wanted = {symbol_key(symbol) for symbol in symbols}
    found = []
    for record in mentioning(base, symbols)[:MOST_NAMED]:
        places = (r.reference for r in base.relations(record.id) if symbol_key(r.reference.symbol or "") in wanted)
        first = min((place.start for place in places), default=-1)
        inside = (p for p in base.passages(record.id) if p.passage.start <= first < p.passage.end)
        found.append(_tie(record, next(inside, None), t))
    return tuple(found)


def _own(said: Reference) -> bool:
    """Whether it is the paper itself that acts: "X được sửa đổi bởi Y" tells of what another one does."""
    return not (said.reverse or said.of or said.quoted)


def _tie(document: DocumentRecord, passage: PassageRecord | None, t: Words) -> Tie:
    url = links.reader(document.id, passage.passage.locator if passage else None)
    return Tie(name(document, t), url, document.metadata.title or "", " ".join(passage.text.split()) if passage else "")


def _in_part(said: Reference, text: str) -> bool:
    """Whether only a part is meant: "bãi bỏ khoản 3 Điều 7 của …", "thay thế các cụm từ tại …"."""
    return bool(said.provision) or _PART.search(text[max(0, said.start - _BEFORE) : said.start]) is not None


def _grouped(found: Sequence[_Said], ending: str, t: Words) -> tuple[Ties, ...]:
    """By verb. A paper stands under what is said of it first, and under replacing and repealing wherever it is said.

    Nothing is said to end a paper of which some part alone is named: that would be a grave mistake to make.
    """
    groups: dict[str, dict[str, Tie]] = {verb: {} for verb in (*_VERBS, "perhaps")}
    first: dict[str, str] = {}
    for each in found:
        if first.get(each.paper, "refers") == "refers":
            first[each.paper] = each.verb
    in_part = {each.paper for each in found if each.verb in _FATAL and each.part}
    for each in found:
        if each.verb in _FATAL:
            verb = f"{each.verb}.part" if each.paper in in_part else each.verb
            groups.setdefault(verb, {}).setdefault(each.paper, each.tie)
        elif each.verb == first[each.paper]:
            groups.setdefault(each.verb, {}).setdefault(each.paper, each.tie)
    return tuple(Ties(t(f"verb.{verb}{ending}"), tuple(papers.values())) for verb, papers in groups.items() if papers)
