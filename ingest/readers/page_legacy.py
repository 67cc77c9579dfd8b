"""Old encodings in printed glyphs: by the name of the font, or by the words where the name says nothing."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from ingest.legacy import of_font, of_text, pattern_of
from ingest.readers.page import Glyph


def mend(glyphs: list[Glyph]) -> tuple[list[Glyph], frozenset[str]]:
    """The glyphs of a page in Unicode (a letter of two glyphs becomes one, with the union of their boxes), and the
    encodings that were repaired.
    """
    by_font = _encodings(glyphs)
    if not by_font:
        return glyphs, frozenset()
    mended: list[Glyph] = []
    used: set[str] = set()
    for encoding, group in groupby(glyphs, key=lambda glyph: by_font.get(glyph.font)):
        run = list(group)
        mended.extend(run if encoding is None else _converted(run, encoding))
        if encoding is not None and not "".join(glyph.text for glyph in run).isascii():
            used.add(encoding)
    return mended, frozenset(used)


def _encodings(glyphs: Sequence[Glyph]) -> dict[str | None, str]:
    """Font name → encoding, for the fonts of the page that hold legacy text."""
    printed: dict[str | None, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        printed[glyph.font].append(glyph)
    encodings = {}
    for font, own in printed.items():
        text = "".join(" " + glyph.text if glyph.space else glyph.text for glyph in own)
        named = of_font(font)
        if named is not None and named[1]:
            for glyph in own:
                glyph.caps = True
        if any("\u1ea0" <= char <= "\u1ef9" or char in "ăĂđĐơƠưƯ" for char in text):
            continue
        encoding = named[0] if named else of_text(text)
        if encoding:
            encodings[font] = encoding
    return encodings


def _converted(glyphs: list[Glyph], encoding: str) -> list[Glyph]:
    pairs, pattern = pattern_of(encoding)
    text = "".join(glyph.text[:1] for glyph in glyphs)
    made: list[Glyph] = []
    at = 0
    for match in pattern.finditer(text):
        made.extend(glyphs[at : match.start()])
        first, *rest = glyphs[match.start() : match.end()]
        first.text = pairs[match.group()]
        for glyph in rest:
            first.x0, first.x1 = min(first.x0, glyph.x0), max(first.x1, glyph.x1)
            first.top, first.bottom = min(first.top, glyph.top), max(first.bottom, glyph.bottom)
        made.append(first)
        at = match.end()
    made.extend(glyphs[at:])
    return made
