"""What the reader says about a paper beside its text: facts, warnings, and who cites it."""

import re
from dataclasses import dataclass
from datetime import date

from ingest.document import Document
from kb.citation.citing import citing
from kb.cite import issuer_name
from kb.library import Library
from kb.model import DocumentRecord, Legibility
from web import links
from web.language import Words
from web.views import Link, name, pill

_MOST_MENTIONS = 30
_FIELDS = ("symbol", "kind", "issuer", "place", "date", "signer_role", "signer")
# "TCVN3 → Unicode: 441 ô": what a reader mended, and how much of the file.
_REPAIR = re.compile(r"(?P<encoding>.+) → Unicode: (?:(?P<n>\d+) )?(?P<unit>ô|đoạn|trang|toàn tệp)")
_UNITS = {"ô": "cells", "đoạn": "paragraphs", "trang": "pages", "toàn tệp": "whole"}
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
class Mention:
    """A place in another paper that cites this one."""

    document: str
    verb: str
    quote: str
    url: str


def facts(record: DocumentRecord, t: Words) -> tuple[Fact, ...]:
    """The metadata: nothing is filled in that the paper does not say, and it is said when it does not."""
    meta = record.metadata
    shown = []
    for field in _FIELDS:
        value = issuer_name(meta) if field == "issuer" else getattr(meta, field)
        if value is None and field in _OPTIONAL:
            continue
        words = t.date(value) if isinstance(value, date) else value or t("fact.absent")
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
    if status.tone != "quiet":
        shown.append(Notice(status.tone, status.reason, Link(t("notice.see"), status.url) if status.url else None))
    if not record.searchable and not record.waiting:
        shown.append(Notice("danger", t("notice.unsearchable")))
    if record.recognised:
        shown.append(Notice("warning", t("notice.ocr")))
    if record.quality is not None and record.legibility is Legibility.POOR:
        shown.append(Notice("warning", t("notice.quality", percent=round(100 * record.quality))))
    if record.metadata.draft:
        shown.append(Notice("warning", t("notice.draft")))
    if record.metadata.internal:
        shown.append(Notice("warning", t("notice.internal")))
    shown += [Notice("notice", warning) for warning in dict.fromkeys(record.warnings)]
    shown += [Notice("notice", _repair(each, t)) for each in dict.fromkeys(document.repairs)]
    return tuple(shown)


def _repair(said: str, t: Words) -> str:
    """That a file in an encoding of before Unicode was converted, and how much of it."""
    match = _REPAIR.fullmatch(said)
    if not match:
        return said
    unit = _UNITS[match["unit"]]
    extent = t.count(f"repair.{unit}", int(match["n"])) if match["n"] else t(f"repair.{unit}")
    return t("notice.repaired", encoding=match["encoding"], extent=extent)


def mentions(base: Library, record: DocumentRecord, t: Words) -> tuple[Mention, ...]:
    """The papers of the base that cite this one."""
    return tuple(
        Mention(
            document=name(each.document, t),
            verb=t(f"verb.{each.reference.verb}") if each.certain else t("verb.perhaps"),
            quote=" ".join(each.passage.text.split()) if each.passage else "",
            url=links.reader(each.document.id, each.passage.passage.locator if each.passage else None),
        )
        for each in citing(base, record)[:_MOST_MENTIONS]
    )
