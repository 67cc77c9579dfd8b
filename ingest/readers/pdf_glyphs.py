"""Glyphs, rules and images of PDF pages, all from pdfium. One lock: pdfium is not safe between threads."""

import ctypes
import itertools
import math
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.readers.page import Glyph, Rule, Sheet
from ingest.vietnamese import nfc

LOCK = threading.RLock()

_NESTED = 3  # forms in forms
_EDGE = 0.1  # of the page
_SAMPLED = 60  # characters whose angle and look are looked at
_INVISIBLE = 3  # PDF text rendering mode: neither fill nor stroke
_THIN = 2.5  # points: a filled rectangle thinner than this is a rule
_BLANKS = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u202f\u3000")
_DROPPED = frozenset("\u0000\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff")


class _Map:
    """Page coordinates of pdfium (origin bottom left, before rotation) to those of the page as shown."""

    def __init__(self, page: pdfium.PdfPage, turn: int) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._turn = (page.get_rotation() + turn) % 360

    @property
    def affine(self) -> tuple[float, float, float, float, float, float]:
        """Coefficients: x' = 0·x + 1·y + 2 and y' = 3·x + 4·y + 5."""
        match self._turn:
            case 90:
                return 0.0, 1.0, -self._bottom, 1.0, 0.0, -self._left
            case 180:
                return -1.0, 0.0, self._right, 0.0, 1.0, -self._bottom
            case 270:
                return 0.0, -1.0, self._top, -1.0, 0.0, self._right
        return 1.0, 0.0, -self._left, 0.0, -1.0, self._top

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        xx, xy, x0, yx, yy, y0 = self.affine
        return xx * x + xy * y + x0, yx * x + yy * y + y0

    def is_margin(self, x: float, y: float) -> bool:
        """Whether a place of the page as shown is at one of its edges."""
        width, height = self._right - self._left, self._top - self._bottom
        if self._turn in (90, 270):
            width, height = height, width
        return not (_EDGE * width < x < (1 - _EDGE) * width and _EDGE * height < y < (1 - _EDGE) * height)


def sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """Page `index` (from 0). The caller holds LOCK. Raises pdfium.PdfiumError for a page that cannot be parsed."""
    page = document[index]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            turn, hidden = _turn(text, page.get_rotation()), _is_hidden(text)
            if turn in (90, 270):
                width, height = height, width
            place = _Map(page, turn)
            glyphs = _composed(
                _characters(text, place, _running_heads(text, page.get_rotation() + turn) if turn else ())
            )
        finally:
            text.close()
        rules, pictured, paths = _drawn(page, place)
        share = min(1.0, pictured / max(1.0, width * height))
        return Sheet(index + 1, width, height, glyphs, rules, share, paths, hidden, turn=turn)
    finally:
        page.close()


def _sample(text: pdfium.PdfTextPage) -> range:
    count = max(0, text.count_chars())
    return range(0, count, max(1, count // _SAMPLED))


def _is_hidden(text: pdfium.PdfTextPage) -> bool:
    """Whether most words are drawn invisibly: the layer that recognition puts over a page image."""
    sample = _sample(text)
    drawn = [raw.FPDFText_GetTextObject(text, index) for index in sample]
    unseen = sum(bool(each) and raw.FPDFTextObj_GetTextRenderMode(each) == _INVISIBLE for each in drawn)
    return bool(unseen > 0.5 * len(sample))


def _turn(text: pdfium.PdfTextPage, shown: int) -> int:
    """How far the page must be turned clockwise so that most of its words stand upright (tables printed sideways)."""
    sample = _sample(text)
    if not sample:
        return 0
    angle, found = Counter(_angle(text, index) for index in sample).most_common(1)[0]
    return -(angle + shown) % 360 if found > 0.7 * len(sample) else 0


def _angle(text: pdfium.PdfTextPage, index: int) -> int:
    """By how many degrees clockwise a character is drawn, in whole quarters."""
    return round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) % 4 * 90


def _running_heads(text: pdfium.PdfTextPage, shown: int) -> frozenset[int]:
    """On a page that was turned: the characters that now stand sideways, as its running head and its number do."""
    return frozenset(index for index in range(text.count_chars()) if (_angle(text, index) + shown) % 360)


class _Style(NamedTuple):
    """What the characters of one text object share."""

    font: str
    bold: bool
    size: float


def _characters(text: pdfium.PdfTextPage, place: _Map, sideways: Collection[int]) -> Iterator[Glyph]:
    """Characters in the order of drawing; blanks only mark the next one."""
    handle = text.raw  # the raw pointer and local names: this loop is where reading a PDF spends its time
    unicode_of, box_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
    address_of, (xx, xy, x0, yx, yy, y0) = ctypes.addressof, place.affine
    origin_of = raw.FPDFText_GetCharOrigin
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    styles: dict[int, _Style] = {}
    fonts: dict[int, tuple[str, bool]] = {}
    blank = False
    for index in range(text.count_chars()):
        code = unicode_of(handle, index)
        char = "-" if code == 2 else chr(code) if code < 0x110000 else ""
        if char in _BLANKS or char == "":
            blank = True
            continue
        if code < 32 or 0x7F <= code < 0xA0 or char in _DROPPED or 0xD800 <= code <= 0xDFFF:
            continue
        if not box_of(handle, index, box_at):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        ax, bx = xx * left + xy * bottom + x0, xx * right + xy * top + x0
        ay, by = yx * left + yy * bottom + y0, yx * right + yy * top + y0
        if index in sideways and place.is_margin(ax, ay):
            continue
        if ax > bx:
            ax, bx = bx, ax
        if ay > by:
            ay, by = by, ay
        drawn = object_of(handle, index)
        key = address_of(drawn.contents) if drawn else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(text, index, drawn, fonts)
        size = style.size
        if size <= 1.5 or size > 2 * (by - ay):
            size = by - ay  # the size is in the matrix
        origin_of(handle, index, x_at, y_at)
        base = yx * x.value + yy * y.value + y0
        yield Glyph(char, ax, bx, ay, by, base, size, style.bold, style.font, blank)
        blank = False


def _style(text: pdfium.PdfTextPage, index: int, drawn: Any, fonts: dict[int, tuple[str, bool]]) -> _Style:
    """Of the text object that character `index` begins."""
    font = raw.FPDFTextObj_GetFont(drawn) if drawn else None
    key = ctypes.addressof(font.contents) if font else 0
    if key not in fonts:
        fonts[key] = _font(text, index)
    return _Style(*fonts[key], raw.FPDFText_GetFontSize(text, index))


def _font(text: pdfium.PdfTextPage, index: int) -> tuple[str, bool]:
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", errors="replace")
    return name, "bold" in name.lower() or raw.FPDFText_GetFontWeight(text, index) >= 600


def _composed(glyphs: Iterator[Glyph]) -> list[Glyph]:
    """Marks joined to their letters (one character, the union of the boxes); letters drawn twice kept once."""
    composed: list[Glyph] = []
    for glyph in glyphs:
        last = composed[-1] if composed else None
        plain = glyph.text < "\x80"
        if last is not None and not plain and unicodedata.combining(glyph.text):
            last.text = nfc(last.text + glyph.text)
            last.x0, last.x1 = min(last.x0, glyph.x0), max(last.x1, glyph.x1)
            last.top, last.bottom = min(last.top, glyph.top), max(last.bottom, glyph.bottom)
            continue
        if (
            last is not None
            and last.text == glyph.text
            and abs(last.x0 - glyph.x0) < 0.1 * glyph.size
            and abs(last.base - glyph.base) < 1
        ):
            continue
        if not plain:
            glyph.text = nfc(glyph.text)
        composed.append(glyph)
    return composed


def _drawn(page: pdfium.PdfPage, place: _Map) -> tuple[list[Rule], float, int]:
    """Rules, the area that images cover, and the number of drawn paths."""
    rules: list[Rule] = []
    pictured, paths = 0.0, 0
    for item in _objects(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, 0):
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(item)
            pictured += max(0.0, right - left) * max(0.0, top - bottom)
        else:
            paths += 1
            rules.extend(_rules(item, place))
    return rules, pictured, paths


def _objects(holder: Any, count_of: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int) -> Iterator[Any]:
    """The raw paths and images of a page, those inside forms too. pypdfium2's own walk wraps every piece of text."""
    for index in range(count_of(holder)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _NESTED:
            yield from _objects(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1)


def _bounds(item: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *edges)
    return edges[0].value, edges[1].value, edges[2].value, edges[3].value


def _rules(item: Any, place: _Map) -> Iterator[Rule]:
    count = raw.FPDFPath_CountSegments(item)
    if not 2 <= count <= 400:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    for points in _figures(item, count, place):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top < _THIN and right - left > _THIN:
            yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
        elif right - left < _THIN and bottom - top > _THIN:
            yield Rule((left + right) / 2, top, (left + right) / 2, bottom)
        elif stroke.value:
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                if abs(ay - by) < 0.5:
                    yield Rule(min(ax, bx), ay, max(ax, bx), ay)
                elif abs(ax - bx) < 0.5:
                    yield Rule(ax, min(ay, by), ax, max(ay, by))


def _figures(item: Any, count: int, place: _Map) -> Iterator[list[tuple[float, float]]]:
    """The sub-paths of a path object, as points of the page; paths with curves are left out."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = [point]
        else:
            points.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    if len(points) > 1:
        yield points
