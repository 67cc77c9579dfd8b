"""What is woven into a paper's text besides marks: references as links, abbreviations explained, words found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Document, Span
from ingest.vietnamese import fold, key
from kb.citation.shortforms import meaning
from kb.library import Library
from kb.model import DocumentRecord
from web import links
from web.language import Words
from web.reader.inline import Inline, Layer, tag

_MOST_FINDS = 500
# A short form inside a number ("142/KH-UBND") is part of the number and explained by nobody.
_SHORT = re.compile(r"(?<![\w/.-])[A-ZĐ][\wĐđ&]{1,14}(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Annotations:
    """Two layers of tags over the whole text."""

    links: Layer
    terms: Layer


def annotations(base: Library, document: Document, t: Words) -> Annotations:
    """The references and abbreviations of a document."""
    return Annotations(Layer(_references(base, document, t)), Layer(_terms(document, t)))


def _references(base: Library, document: Document, t: Words) -> Iterator[Inline]:
    """Mentions as links to the paper they mean. One that may mean several, or none of the base, only says so."""
    targets: dict[str, DocumentRecord] = {}
    for relation in base.relations(document.id):
        said, target = relation.reference, relation.target
        if target and target.id != document.id:
            targets[said.symbol or ""] = target
            url = links.reader(target.id, said.provision)
            yield tag(said.start, said.end, "a", class_="ref", href=url, title=_title(target, t))
        elif said.symbol and not relation.candidates:
            yield tag(
                said.start, said.end, "span", class_="ref-missing", title=t("reader.not_in_base", symbol=said.symbol)
            )
        elif said.symbol and target is None:
            several = "; ".join(_title(each, t) for each in relation.candidates)
            yield tag(said.start, said.end, "span", class_="ref-missing", title=t("reader.several", which=several))
    for alias in document.aliases:
        target = targets.get(alias.symbol or "")
        for place in re.finditer(rf"\b{re.escape(alias.short)}\b", document.text) if target else ():
            if target and place.start() > alias.end:
                url = links.reader(target.id)
                yield tag(place.start(), place.end(), "a", class_="ref", href=url, title=_title(target, t))


def _title(target: DocumentRecord, t: Words) -> str:
    meta = target.metadata
    day = t.date(meta.date) if meta.date else ""
    return " · ".join(each for each in (meta.symbol, day, meta.title) if each)


def _terms(document: Document, t: Words) -> Iterator[Inline]:
    own = {alias.short: alias.meaning for alias in document.aliases if alias.meaning}
    for match in _SHORT.finditer(document.text):
        short = match.group()
        title = own.get(short) or meaning(short, document.metadata, english=t.language == "en")
        if title:
            yield tag(match.start(), match.end(), "abbr", title=title, tabindex="0")


def found(text: str, wanted: str) -> list[Span]:
    """Where `wanted` stands: with marks as typed, and without marks for whoever types none."""
    words = " ".join(wanted.split())
    if not words:
        return []
    plain = words.isascii()
    haystack, needle = (fold(text), fold(words)) if plain else (key(text), key(words))
    pattern = re.compile(r"\s+".join(re.escape(word) for word in needle.split(" ")))
    return [Span(*match.span()) for match, _ in zip(pattern.finditer(haystack), range(_MOST_FINDS), strict=False)]
