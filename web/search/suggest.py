"""Suggestions while typing: symbols, titles and terms of the glossary; folded, so that marks need not be typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.vietnamese import fold
from kb.cite import law_name
from kb.library import Library
from kb.tables import rows
from web.language import Words, words
from web.views import name

_MOST = 8
_MARKS = re.compile(r"[“”\"]")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to put into the box: `kind` is "symbol", "title" or "term"; `note` explains it."""

    text: str
    kind: str
    note: str


def suggestions(base: Library, typed: str, t: Words) -> list[Suggestion]:
    """At most eight, words that begin alike before words that merely contain it; symbols before terms before titles."""
    wanted = fold(" ".join(typed.split()))
    if len(wanted) < _LEAST:
        return []
    ranked: list[tuple[int, int, Suggestion]] = []
    for order, (suggestion, text, note) in enumerate(_known(base, base.catalog.generation, t.language)):
        place = _place(text, note, wanted)
        if place is not None and text != wanted:
            ranked.append((place, order, suggestion))
    return [suggestion for _, _, suggestion in sorted(ranked, key=lambda each: each[:2])[:_MOST]]


@lru_cache(maxsize=4)
def _known(base: Library, generation: int, language: str) -> tuple[tuple[Suggestion, str, str], ...]:
    """Everything that can be suggested at this generation of the base, with its folded text and note."""
    found: dict[str, tuple[Suggestion, str, str]] = {}
    for each in _all(base, words(language)):
        found.setdefault(each.text.lower(), (each, _typed(each.text), _typed(each.note)))
    return tuple(found.values())


def _typed(text: str) -> str:
    """As people type it: a title in quotation marks ("Dự án “Ứng dụng …”") begins with its first word."""
    return fold(_MARKS.sub("", text))


def _place(text: str, note: str, wanted: str) -> int | None:
    if text.startswith(wanted):
        return 0
    if f" {wanted}" in f" {text}" or f"-{wanted}" in text or f"/{wanted}" in text:
        return 1
    return 2 if f" {wanted}" in f" {note}" else None


def _all(base: Library, t: Words) -> Iterator[Suggestion]:
    records = base.documents()
    for record in records:
        if record.metadata.symbol:
            yield Suggestion(record.metadata.symbol, "symbol", record.metadata.title or record.file)
    for vi, en, *_ in rows("glossary.csv"):
        yield Suggestion(vi, "term", en) if t.language == "vi" else Suggestion(en, "term", vi)
    for record in records:
        law = law_name(record.metadata)
        if law:
            yield Suggestion(law, "title", record.metadata.symbol or record.file)
        elif record.metadata.title:
            yield Suggestion(record.metadata.title, "title", name(record, t))
