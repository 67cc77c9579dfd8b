"""How well a paper could be read: the share of valid syllables of the whole and of each passage's pages."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Page, Passage
from ingest.legibility import LOW, share_of_syllables

_SAMPLE = 200_000  # characters judged of a text without pages


def document_quality(text: str, pages: Sequence[Page]) -> float | None:
    """0..1, the mean of the pages weighted by their length; None when there are too few words to judge."""
    judged = [(page.quality, page.end - page.start) for page in pages if page.quality is not None]
    weight = sum(length for _, length in judged)
    if weight:
        return round(sum(quality * length for quality, length in judged) / weight, 3)
    return share_of_syllables(text[:_SAMPLE])


def flagged(text: str, passages: Sequence[Passage], pages: Sequence[Page]) -> tuple[Passage, ...]:
    """The passages with "ocr" and "low-quality" where they come from recognised or badly read pages."""
    by_number = {page.number: page for page in pages}
    if not pages:
        whole = document_quality(text, pages)
        low = whole is not None and whole < LOW
        return tuple(replace(p, flags=p.flags | {"low-quality"}) if low else p for p in passages)
    return tuple(
        _flagged(passage, [by_number[number] for number in passage.pages if number in by_number])
        for passage in passages
    )


def _flagged(passage: Passage, pages: Sequence[Page]) -> Passage:
    flags = set(passage.flags)
    if any(page.origin == "ocr" for page in pages):
        flags.add("ocr")
    if any(page.quality is not None and page.quality < LOW for page in pages):
        flags.add("low-quality")
    return replace(passage, flags=frozenset(flags)) if flags != passage.flags else passage
