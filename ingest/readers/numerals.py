"""Roman numbers of section headings as Tesseract misreads them: "HI. NHIỆM VỤ", "IL TÌNH HÌNH", a second "II.".

Thin strokes run together or get lost; a heading in capitals tells that its first word was a number, the heading before
it which one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.page import Glyph

_TOKEN = re.compile(r"(?P<strokes>[IVXLHUl1|]{1,6})(?P<mark>[.\-–)/]{0,2})")
_STROKES = {"H": "II", "U": "II", "l": "I", "1": "I", "|": "I"}
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def mended(pages: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The glyphs of recognised pages in order, the numbers of their section headings right."""
    last = 0
    result: list[list[Glyph]] = []
    for glyphs in pages:
        page: list[Glyph] = []
        for line in _lines(glyphs):
            found = _heading(line)
            if found is None:
                page.extend(line)
                continue
            word, strokes, mark = found
            value = _value(strokes, bool(mark), last)
            page.extend(_written(line, word, f"{_ROMAN[value]}{mark or '.'}") if value else line)
            last = value or last
        result.append(page)
    return result


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and (abs(glyph.base - line[-1].base) > 0.3 * glyph.size or glyph.x0 < line[-1].x0):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _heading(line: Sequence[Glyph]) -> tuple[int, str, str] | None:
    """The length of the first word, its strokes and its mark, where a number may open a heading in capitals."""
    word = next((index for index, glyph in enumerate(line) if index and glyph.space), 0)
    match = _TOKEN.fullmatch("".join(glyph.text for glyph in line[:word]))
    letters = [glyph.text for glyph in line[word:] if glyph.text.isalpha()]
    if match is None or len(letters) < 4 or sum(map(str.isupper, letters)) < 0.9 * len(letters):
        return None
    return word, match.group("strokes"), match.group("mark")


def _value(strokes: str, marked: bool, last: int) -> int:
    """The number that `strokes` stand for behind heading `last`; 0 when they stand for none."""
    plain = "".join(_STROKES.get(stroke, stroke) for stroke in strokes)
    read = [plain]
    if not marked and plain.endswith("L"):
        read = [f"{plain[:-1]}I", plain[:-1]]  # the dot was taken for the foot of an L
    values = [_ROMAN.index(each) for each in read if each in _ROMAN[1:]]
    if last and last in values and plain == "I" * last:
        values.append(last + 1)  # of many strokes one was lost
    if last + 1 in values:
        return last + 1
    return values[0] if values else 0


def _written(line: Sequence[Glyph], word: int, number: str) -> list[Glyph]:
    """The line with its first word replaced, in the same place."""
    left, right = line[0].x0, line[word - 1].x1
    step = (right - left) / len(number)
    first = [
        replace(
            line[0], text=char, x0=left + index * step, x1=left + (index + 1) * step, space=line[0].space and not index
        )
        for index, char in enumerate(number)
    ]
    return [*first, *line[word:]]
