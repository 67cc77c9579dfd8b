"""Pages whose words must be recognised: which they are, and what becomes of them with and without a recogniser."""

import re
from collections.abc import Callable, Sequence

from PIL import Image

from ingest.legibility import share_of_syllables
from ingest.readers.hocr import Print
from ingest.readers.numerals import mended
from ingest.readers.ocr import APT, Recogniser, is_installed
from ingest.readers.page import Glyph, Sheet

_PICTURE = 0.5  # share of the page that images cover, from which it may be a page image
_STAMP = 120  # glyphs of a stamp that says who signed or copied
_SPECKS, _STROKES = 0.02, 50  # a page without words is blank with less than this: area of images, drawn figures
_BROKEN = 0.02  # share of characters that no font explains, from which a text layer is not to be trusted
_UNKNOWN = re.compile("[\ufffd\ue000-\uf01f\uf100-\uf8ff]")  # F020–F0FF: bullets of Symbol and Wingdings
_SAMPLE = 600  # glyphs whose words are looked at
_SPELT = 0.6  # share of valid syllables under which it is not either
Draw = Callable[[Sheet], Image.Image | None]


def recognised(sheets: Sequence[Sheet], draw: Draw, recogniser: Recogniser | None) -> list[str]:
    """Fills the sheets that need it, in place; `draw` gives a page's image at DPI, as the sheet is turned.

    Without a recogniser they are left waiting. Returns what a reader of the document must know.
    """
    wanted = [sheet for sheet in sheets if _needs(sheet)]
    for sheet in wanted:
        sheet.waiting = recogniser is None
        if not sheet.glyphs:
            sheet.origin = "image"
        elif _is_picture(sheet):
            sheet.origin = "ocr"  # a layer that somebody's scanner recognised
        else:
            sheet.confidence = 0.0
    if not wanted:
        return []
    if recogniser is None:
        return [_left([sheet.number for sheet in wanted], any(not sheet.glyphs for sheet in wanted))]
    found = recogniser.read([_Drawing(sheet, draw) for sheet in wanted])
    failed = [sheet.number for sheet, page in zip(wanted, found, strict=True) if page is None]
    for sheet, page in zip(wanted, found, strict=True):
        if page is not None:
            _fill(sheet, page)
    made = [
        sheet for sheet, page in zip(wanted, found, strict=True) if page is not None and sheet.glyphs is page.glyphs
    ]
    for sheet, glyphs in zip(made, mended([sheet.glyphs for sheet in made]), strict=True):
        sheet.glyphs = glyphs
    if not failed:
        return []
    return [f"Trang {ranges(failed)} không nhận dạng được chữ (quá {recogniser.seconds:.0f} giây hoặc ảnh hỏng)."]


class _Drawing:
    """The image of one sheet, made when it is asked for."""

    def __init__(self, sheet: Sheet, draw: Draw) -> None:
        self._sheet, self._draw = sheet, draw

    def __call__(self) -> Image.Image | None:
        return self._draw(self._sheet)


def _needs(sheet: Sheet) -> bool:
    if not sheet.glyphs:
        return sheet.pictured > _SPECKS or sheet.paths > _STROKES
    return _is_picture(sheet) or is_damaged(sheet.glyphs)


def _is_picture(sheet: Sheet) -> bool:
    """A page image, under a layer that somebody's scanner recognised or with a stamp of some words put on it later.

    A born-digital page may have a picture over all of it too, but its words are drawn.
    """
    return sheet.pictured >= _PICTURE and (sheet.hidden or len(sheet.glyphs) < _STAMP)


def is_damaged(glyphs: Sequence[Glyph]) -> bool:
    """Whether a text layer cannot be trusted: private-use or unknown characters, or hardly a valid syllable."""
    unknown = len(_UNKNOWN.findall("".join(glyph.text for glyph in glyphs)))
    if unknown > max(5, _BROKEN * len(glyphs)):
        return True
    share = share_of_syllables(_words(glyphs[:_SAMPLE]))
    return share is not None and share < _SPELT


def _fill(sheet: Sheet, page: Print) -> None:
    """Takes the print unless the layer that is there already reads better."""
    if sheet.glyphs:
        layer, made = share_of_syllables(_words(sheet.glyphs)), share_of_syllables(_words(page.glyphs))
        if layer is not None and (made is None or made < layer):
            if not page.turn:
                sheet.rules = page.rules  # those of a page image are drawn in its pixels
            return
    sheet.glyphs, sheet.rules, sheet.origin, sheet.confidence = page.glyphs, page.rules, "ocr", page.confidence
    sheet.turn = (sheet.turn + page.turn) % 360
    if page.turn in (90, 270):
        sheet.width, sheet.height = sheet.height, sheet.width


def _words(glyphs: Sequence[Glyph]) -> str:
    parts = []
    base = None
    for glyph in glyphs:
        new_line = base is not None and abs(glyph.base - base) > 0.3 * glyph.size
        parts.append((" " if glyph.space or new_line else "") + glyph.text)
        base = glyph.base
    return "".join(parts)


def _left(numbers: Sequence[int], mute: bool) -> str:
    pages = f"Trang {ranges(numbers)} là ảnh quét" if mute else f"Lớp chữ của trang {ranges(numbers)} kém tin cậy"
    state = "chưa tìm được chữ ở đó" if mute else "chữ có thể sai"
    if is_installed():
        return f"{pages}, đang chờ nhận dạng chữ; {state}."
    return f"{pages}, máy chưa có bộ nhận dạng chữ nên {state}. Hãy cài: {APT}"


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers as a person writes them: "1-36, 40"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
