"""hOCR, the form in which Tesseract tells words and places, to glyphs of a page."""

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.page import Glyph, Rule
from ingest.vietnamese import nfc

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_SCRAPS = "_|—~^„`¬"  # edges of stamps and ruled lines
_MISREAD = {"¡)": "i)", "ø)": "g)"}  # labels of points; the signs have no other use in Vietnamese
_SPECK = 35  # confidence, per cent: a scrap without a letter below it is dirt or the edge of a stamp
_NOISE = 12  # below it a word is a guess


@dataclass(frozen=True, slots=True)
class Print:
    """What was recognised on a page, in points: glyphs in Tesseract's order, drawn lines, mean confidence 0..1, by how
    many degrees clockwise the image was turned for it, and whether most lines run up or down the page.
    """

    glyphs: list[Glyph]
    rules: list[Rule]
    confidence: float | None
    turn: int = 0
    lying: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float
    box: tuple[float, float, float, float]


def parsed(hocr: str, scale: float, turn: int = 0) -> Print:
    """The print that `hocr` tells; `scale` is points for each pixel."""
    root = etree.fromstring(hocr.encode(), _PARSER)
    glyphs: list[Glyph] = []
    weighed: list[tuple[float, int]] = []
    slopes: list[float] = []
    for element in root.iter("{*}span") if root is not None else ():
        kind = element.get("class")
        if kind in _LINES:
            words = [word for word in _words(element) if not _is_dirt(word)]
            weighed.extend((word.confidence, len(word.text)) for word in words)
            told = _titled(element)
            slopes.append(abs((told.get("baseline") or [0.0])[0]))
            glyphs.extend(_line(words, told, scale))
    _evened(glyphs)
    letters = sum(length for _, length in weighed)
    confidence = sum(sure * length for sure, length in weighed) / letters / 100 if letters else None
    lying = bool(slopes) and statistics.median(slopes) > 1
    return Print(glyphs, [], None if confidence is None else round(confidence, 3), turn, lying)


def _words(line: etree._Element) -> Iterator[_Word]:
    for element in line.iter("{*}span"):
        text = nfc("".join(element.itertext()).strip()).strip(_SCRAPS)
        text = _MISREAD.get(text, text)
        if element.get("class") == "ocrx_word" and text:
            told = _titled(element)
            left, top, right, bottom = told["bbox"]
            yield _Word(text, told["x_wconf"][0], (left, top, right, bottom))


def _is_dirt(word: _Word) -> bool:
    if word.confidence < _NOISE:
        return True
    return word.confidence < _SPECK and not any(char.isalnum() for char in word.text)


def _titled(element: etree._Element) -> dict[str, list[float]]:
    """The properties in an element's title: "bbox 1 2 3 4; x_wconf 96"."""
    told = {}
    for part in element.get("title", "").split(";"):
        name, _, values = part.strip().partition(" ")
        told[name] = [float(number) for number in _NUMBERS.findall(values)]
    return told


def _line(words: list[_Word], told: dict[str, list[float]], scale: float) -> Iterator[Glyph]:
    """The letters of a line. Tesseract boxes words: the letters share the width of their word evenly."""
    left, _, right, bottom = told["bbox"]
    slope, offset = told.get("baseline") or [0.0, 0.0]
    # One baseline for the whole line, that of its middle, also where the scan is askew.
    base = (bottom + offset + slope * (right - left) / 2) * scale
    size = told.get("x_size", [40.0])[0] * scale
    for place, word in enumerate(words):
        x0, top, x1, low = (edge * scale for edge in word.box)
        step = (x1 - x0) / len(word.text)
        for index, char in enumerate(word.text):
            space = index == 0 and place > 0
            yield Glyph(char, x0 + index * step, x0 + (index + 1) * step, top, low, base, size, space=space)


def _evened(glyphs: list[Glyph]) -> None:
    """Gives lines of about the usual size that very size: measured, it swings with the marks on capitals."""
    if not glyphs:
        return
    usual = statistics.median(glyph.size for glyph in glyphs)
    for glyph in glyphs:
        if 0.7 < glyph.size / usual < 1.4:
            glyph.size = usual
