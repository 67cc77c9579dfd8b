"""The JSON that scripts and pages rely on: one function for each noun. Keys may be added, never renamed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ingest.document import Document, Metadata, Passage, Reference, Span, Term
from kb import model
from kb.cite import cite
from kb.commands.doctor import Diagnosis
from kb.errors import KbError
from kb.store.status import Relation
from kb.warned import warned

Json = dict[str, Any]


def results(found: model.Results) -> Json:
    """A search."""
    return _head(found) | {
        "total": found.total,
        "total_at_least": found.least,
        "milliseconds": round(found.milliseconds, 1),
        "hits": [hit(each) for each in found.hits],
    }


def answer(found: model.Answer) -> Json:
    """An exhaustive answer, grouped by document."""
    return _head(found) | {
        "total": found.passages,
        "passages": found.passages,
        "documents": found.documents,
        "named": [_named(each) | _status(each) for each in found.named],
        "groups": [_group(each) for each in found.groups],
    }


def _head(found: model.Results | model.Answer) -> Json:
    searched = found.searched
    return {
        "query": found.plan.question,
        "verdict": found.verdict.value,
        "tier": found.tier.value,
        "searched": {
            "documents": searched.documents,
            "passages": searched.passages,
            "unsearchable": searched.unsearchable,
            "unread_pages": searched.unread,
            "poorly_read": searched.poor,
        },
        "plan": plan(found.plan),
    }


def _group(group: model.Group) -> Json:
    return {
        **_named(group.document),
        "hits": [hit(each) for each in group.hits],
        "also": [hit(each) for each in group.also],
    }


def plan(asked: model.Plan) -> Json:
    """How the question was understood."""
    return {
        "language": asked.language,
        "words": asked.words,
        "restored": asked.restored,
        "phrases": [*asked.phrases, *asked.missing],
        "phrases_missing": list(asked.missing),
        "symbols": list(asked.symbols),
        "filters": filters(asked.filters),
        "expansions": [
            {"key": each.key, "source": each.source, "terms": list(each.terms), "relation": each.relation}
            for each in asked.expansions
        ],
        "wants_list": asked.wants_list,
        "wants_tasks": asked.wants_tasks,
        "wants_role": asked.wants_role,
        "subject": asked.subject,
    }


def filters(asked: model.Filters) -> Json:
    """What a search was limited to."""
    return {
        "kinds": list(asked.kinds),
        "issuers": list(asked.issuers),
        "years": list(asked.years),
        "documents": list(asked.documents),
        "as_of": asked.as_of.isoformat() if asked.as_of else None,
        "roles": list(asked.roles),
        "validity": list(asked.validity),
        "legibility": list(asked.legibility),
    }


def hit(found: model.Hit) -> Json:
    """One found passage."""
    return {
        "rank": found.rank,
        "score": round(found.score, 4),
        **_placed(found.record),
        "marks": _spans(found.marks),
        "why": list(found.why),
        "citation": {"vi": found.citation.vi, "en": found.citation.en},
        "also_in": list(found.also_in),
        "routes": {name: round(value, 4) for name, value in found.routes},
    }


def passage(record: model.PassageRecord) -> Json:
    """A passage by itself, with its citation."""
    citation = cite(record)
    return _placed(record) | {"citation": {"vi": citation.vi, "en": citation.en}}


def _placed(record: model.PassageRecord) -> Json:
    return {
        "passage": record.id,
        **_named(record.document),
        **_status(record.document),
        **_outline(record.passage, record.text),
        "url": url(record),
    }


def url(record: model.PassageRecord) -> str:
    """The reader's address of a passage: the id's first part, then the locator as an anchor."""
    short, _, anchor = record.id.partition("-")
    return f"/d/{short}#{anchor}"


def _named(document: model.DocumentRecord) -> Json:
    meta = document.metadata
    return {
        "document": document.id,
        "file": document.file,
        "symbol": meta.symbol,
        "kind": meta.kind,
        "issuer": meta.issuer,
        "date": meta.date.isoformat() if meta.date else None,
        "title": meta.title,
        "status": document.status.validity.value,
    }


def _outline(each: Passage, text: str) -> Json:
    return {
        "locator": each.locator,
        "label": each.label,
        "form": each.kind.value,
        "role": each.role.value,
        "heading": list(each.heading),
        "text": text,
        "start": each.start,
        "end": each.end,
        "pages": list(each.pages) or None,
        "columns": list(each.columns),
        "flags": sorted(each.flags),
    }


def document(record: model.DocumentRecord) -> Json:
    """A document as lists need it."""
    return _named(record) | {
        "format": record.format,
        "version": record.version,
        "current": record.current,
        "passages": record.passages,
        "pages": record.pages,
        "quality": record.quality,
        "legibility": record.legibility.value,
        "searchable": record.searchable,
        "pages_waiting": record.waiting,
        "pages_recognised": record.recognised,
        "pages_unread": record.unread,
        "added": record.added,
        "warnings": list(record.warnings),
        "warnings_coded": [{"code": each.code, "vi": each.vi, "en": each.en} for each in map(warned, record.warnings)],
        **_status(record),
    }


def _status(record: model.DocumentRecord) -> Json:
    status = record.status
    return {
        "status_by": {"document": status.by_document, "symbol": status.by_symbol, "locator": status.by_locator},
        "status_since": _iso(status.since),
        "status_until": _iso(status.until),
        "status_coming": _coming(status.coming) if status.coming else None,
    }


def _coming(change: model.Change) -> Json:
    """What another paper makes of the document later."""
    return {
        "status": change.validity.value,
        "since": _iso(change.since),
        "by": {"document": change.by_document, "symbol": change.by_symbol, "locator": change.by_locator},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def show(record: model.DocumentRecord, paper: Document, relations: Sequence[Relation] | None = None) -> Json:
    """A document with all its passages in order, headings and frame included."""
    found = [Relation(each, ()) for each in paper.references] if relations is None else relations
    return document(record) | {
        "metadata": metadata(paper.metadata),
        "text_length": len(paper.text),
        "passages": [_node(each, paper.slice(each)) for each in paper.passages],
        "relations": [relation(each) for each in found],
        "aliases": [
            {"short": each.short, "start": each.start, "end": each.end, "symbol": each.symbol, "meaning": each.meaning}
            for each in paper.aliases
        ],
        "repairs": list(paper.repairs),
    }


def _node(each: Passage, text: str) -> Json:
    return _outline(each, text) | {
        "kind": each.kind.value,
        "level": each.level,
        "parent": each.parent,
        "is_heading": each.is_heading,
        "searchable": each.searchable,
        "extent": [each.extent.start, each.extent.end],
        "spans": _spans(each.spans),
        "cells": _spans(each.cells),
    }


def metadata(meta: Metadata) -> Json:
    """What the paper says of itself; names in `inferred` were concluded, not read."""
    return {
        "symbol": meta.symbol,
        "kind": meta.kind,
        "issuer": meta.issuer,
        "authority": meta.authority,
        "place": meta.place,
        "date": meta.date.isoformat() if meta.date else None,
        "title": meta.title,
        "signer_role": meta.signer_role,
        "signer": meta.signer,
        "language": meta.language,
        "draft": meta.draft,
        "internal": meta.internal,
        "inferred": sorted(meta.inferred),
        "effect": term(meta.effect) if meta.effect else None,
        "expiry": term(meta.expiry) if meta.expiry else None,
    }


def term(said: Term) -> Json:
    """What a paper says of its own force; `work`: of the time in which it is carried out."""
    return {
        "start": said.start,
        "end": said.end,
        "since": _iso(said.since),
        "until": _iso(said.until),
        "work": said.work,
    }


def relations(record: model.DocumentRecord, text: str, found: Sequence[Relation]) -> Json:
    """Every mention in a document, with its exact words and what it may mean."""
    return {
        "document": record.id,
        "file": record.file,
        "symbol": record.metadata.symbol,
        "references": [relation(each) | {"text": text[each.reference.start : each.reference.end]} for each in found],
    }


def relation(found: Relation) -> Json:
    """A mention: the target where there is no doubt, else every candidate."""
    said: Reference = found.reference
    return {
        "start": said.start,
        "end": said.end,
        "symbol": said.symbol,
        "kind": said.kind,
        "provision": said.provision,
        "verb": said.verb,
        "date": said.date.isoformat() if said.date else None,
        "reverse": said.reverse,
        "target": found.target.id if found.target else None,
        "candidates": [each.id for each in found.candidates],
    }


def outcome(found: model.Outcome) -> Json:
    """What became of a file."""
    return {
        "path": found.path,
        "status": found.status.value,
        "document": found.document,
        "passages": found.passages,
        "pages": found.pages,
        "reason": found.reason,
        "code": found.code,
        "seconds": found.seconds,
        "waiting": found.waiting,
    }


def diagnosis(found: Diagnosis) -> Json:
    """What `kb doctor` found."""
    return {
        "tier": found.tier.value,
        "healthy": found.healthy,
        "checks": [
            {"name": each.name, "ok": each.ok, "needed": each.needed, "message": each.message} for each in found.checks
        ],
    }


def failure(error: KbError) -> Json:
    """An error."""
    return {"error": {"code": error.code, "message": error.message}}


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
