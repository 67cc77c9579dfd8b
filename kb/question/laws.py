"""Laws named in a question: "theo Luật Trồng trọt", "Bộ luật Lao động 2019", "under the Law on Crop Production".

A law goes by its name. Where the base has it, its own passages are preferred; nothing is left out for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.document import Metadata, Span
from ingest.vietnamese import fold
from kb.question import concepts
from kb.tables import rows

_KINDS = ("bo luat", "luat", "phap lenh", "hien phap")
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\W{1,2}(?:nam )?((?:19|20)\d\d)\b")
_YEAR_EN = re.compile(r"\W{1,2}(?:of )?((?:19|20)\d\d)\b")
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d) $")
_ENGLISH = re.compile(r"\b(?:law|code|ordinance) on (?:the )?")


@dataclass(frozen=True, slots=True)
class Law:
    """A law of the base: the folded words it goes by in Vietnamese, its names in English, and its year."""

    document: str  # id
    name: str  # as it is called: "Luật Chăn nuôi"
    said: tuple[str, ...]
    english: tuple[str, ...]  # of what it is on: "animal husbandry"
    year: int | None


Laws = tuple[Law, ...]
NO_LAWS: Laws = ()


@dataclass(frozen=True, slots=True)
class Called:
    """A law called by its name at `span` of the question, and the documents of the base that it may be."""

    span: Span
    name: str
    documents: tuple[str, ...]


def law(document: str, meta: Metadata, name: str) -> Law:
    """The law with this id, which is called `name`."""
    title = _words(meta.title or "")
    said = [_words(name), title if title.startswith(tuple(f"{kind} " for kind in _KINDS)) or title in _KINDS else ""]
    bare = re.sub(rf"^(?:{'|'.join(_KINDS)}) ", "", said[1] or said[0])
    of = re.search(r"(?:19|20)\d\d", meta.symbol or "")
    year = int(of.group()) if of else meta.date.year if meta.date else None
    names = (*_english().get(bare, ()), *map(_words, concepts.translations(bare)))
    return Law(document, name, tuple(dict.fromkeys(filter(None, said))), tuple(dict.fromkeys(names)), year)


@lru_cache(maxsize=1)
def _english() -> dict[str, tuple[str, ...]]:
    """What a law is on → how that is said in English, as words."""
    return {_words(vi): tuple(_words(each) for each in en.split(";")) for vi, en in rows("laws.csv")}


def called(question: str, laws: Iterable[Law]) -> list[Called]:
    """The laws named in the question, left to right; of names that overlap the longest."""
    folded = fold(question)
    if not any(kind in folded for kind in (*_KINDS, "law", "code", "ordinance")):
        return []
    asked = f" {_words(question)} "
    spans: dict[Span, list[tuple[Law, int | None]]] = {}
    for one in laws:
        for span, year in _places(folded, asked, one):
            spans.setdefault(span, []).append((one, year))
    kept: list[Called] = []
    for span in sorted(spans, key=lambda each: (each.start - each.end, each.start)):
        if all(span.end <= other.span.start or span.start >= other.span.end for other in kept):
            # without a year all that bear the name; a wrong year names a law that the base lacks
            meant = [one for one, year in spans[span] if year is None or one.year in (None, year)]
            if meant:
                kept.append(Called(span, meant[0].name, tuple(one.document for one in meant)))
    return sorted(kept, key=lambda one: one.span)


def _places(folded: str, asked: str, one: Law) -> Iterable[tuple[Span, int | None]]:
    """`asked`: the question's folded words with a blank around each, in which most names are seen to be missing."""
    for said in one.said:
        for match in _pattern(said).finditer(folded) if f" {said} " in asked else ():
            if not folded.endswith("phap ", 0, match.start()):  # "pháp luật đất đai" is no one law
                yield _with_year(match.span(), folded, _YEAR)
    for on in one.english:
        if f" {on} " not in asked:
            continue
        for lead in _ENGLISH.finditer(folded):
            if name := _pattern(on).match(folded, lead.end()):
                yield _with_year((lead.start(), name.end()), folded, _YEAR_EN)
        for match in re.finditer(rf"{_pattern(on).pattern} (?:law|code)\b", folded):
            yield _with_year(match.span(), folded, _YEAR_EN)


def _with_year(span: tuple[int, int], folded: str, pattern: re.Pattern[str]) -> tuple[Span, int | None]:
    if year := pattern.match(folded, span[1]):
        return Span(span[0], year.end()), int(year.group(1))
    before = _YEAR_BEFORE.search(folded, 0, span[0]) if pattern is _YEAR_EN else None
    if before:  # "the 2013 Land Law"
        return Span(before.start(), span[1]), int(before.group(1))
    return Span(*span), None


def _pattern(words: str) -> re.Pattern[str]:
    joined = r"\W+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){joined}(?!\w)")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
