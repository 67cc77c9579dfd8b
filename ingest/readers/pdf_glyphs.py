"""Glyphs, rules and images of PDF pages, all from pdfium. One lock: pdfium is not safe between threads."""

import ctypes
import itertools
import math
import threading
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.readers.page import Glyph, Rule, Sheet
from ingest.vietnamese import nfc

LOCK = threading.RLock()

_EDGE = 0.1  # of the page
_SAMPLED = 60  # characters whose angle is looked at
_THIN = 2.5  # points: a filled rectangle thinner than this is a rule
_BLANKS = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u202f\u3000")
_DROPPED = frozenset("\u0000\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff")


class _Map:
    """Page coordinates of pdfium (origin bottom left, before rotation) to those of the page as shown."""

    def __init__(self, page: pdfium.PdfPage, turn: int) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._turn = (page.get_rotation() + turn) % 360

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        match self._turn:
            case 90:
                return y - self._bottom, x - self._left
            case 180:
                return self._right - x, y - self._bottom
            case 270:
                return self._top - y, self._right - x
        return x - self._left, self._top - y

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
            turn = _turn(text, page.get_rotation())
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
        return Sheet(index + 1, width, height, glyphs, rules, share, paths, turn=turn)
    finally:
        page.close()


def _turn(text: pdfium.PdfTextPage, shown: int) -> int:
    """How far the page must be turned clockwise so that most of its words stand upright (tables printed sideways)."""
    count = text.count_chars()
    if count <= 0:
        return 0
    sample = range(0, count, max(1, count // _SAMPLED))
    angle, found = Counter(_angle(text, index) for index in sample).most_common(1)[0]
    return -(angle + shown) % 360 if found > 0.7 * len(sample) else 0


def _angle(text: pdfium.PdfTextPage, index: int) -> int:
    """By how many degrees clockwise a character is drawn, in whole quarters."""
    return round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) % 4 * 90


def _running_heads(text: pdfium.PdfTextPage, shown: int) -> frozenset[int]:
    """On a page that was turned: the characters that now stand sideways, as its running head and its number do."""
    return frozenset(index for index in range(text.count_chars()) if (_angle(text, index) + shown) % 360)


def _characters(text: pdfium.PdfTextPage, place: _Map, sideways: Collection[int]) -> Iterator[Glyph]:
    """Characters in the order of drawing; blanks only mark the next one."""
    handle = text.raw  # the raw pointer and local names: this loop is where reading a PDF spends its time
    unicode_of, box_of, origin_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    size_of, object_of, address_of = raw.FPDFText_GetFontSize, raw.FPDFText_GetTextObject, ctypes.addressof
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
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
        origin_of(handle, index, x_at, y_at)
        (ax, ay), (bx, by) = place(box.left, box.bottom), place(box.right, box.top)
        if index in sideways and place.is_margin(ax, ay):
            continue
        drawn = object_of(handle, index)
        key = address_of(drawn.contents) if drawn else 0
        if key not in fonts:
            fonts[key] = _font(text, index)
        name, bold = fonts[key]
        if ax > bx:
            ax, bx = bx, ax
        if ay > by:
            ay, by = by, ay
        height = by - ay
        size = size_of(handle, index)
        if size <= 1.5 or size > 2 * height:
            size = height  # the size is in the matrix
        yield Glyph(char, ax, bx, ay, by, place(x.value, y.value)[1], size, bold, name, blank)
        blank = False


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
        if last is not None and unicodedata.combining(glyph.text):
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
        glyph.text = nfc(glyph.text)
        composed.append(glyph)
    return composed


def _drawn(page: pdfium.PdfPage, place: _Map) -> tuple[list[Rule], float, int]:
    """Rules, the area that images cover, and the number of drawn paths."""
    rules: list[Rule] = []
    pictured, paths = 0.0, 0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            pictured += max(0.0, right - left) * max(0.0, top - bottom)
        else:
            paths += 1
            rules.extend(_rules(item, place))
    return rules, pictured, paths


def _rules(item: pdfium.PdfObject, place: _Map) -> Iterator[Rule]:
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


def _figures(item: pdfium.PdfObject, count: int, place: _Map) -> Iterator[list[tuple[float, float]]]:
    """The sub-paths of a path object, as points of the page; paths with curves are left out."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(*matrix.on_point(x.value, y.value))
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
