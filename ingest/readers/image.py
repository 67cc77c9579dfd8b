"""Photographs and scans that come as image files: each picture (frame) is a page to be recognised."""

import io
from collections.abc import Sequence

from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.document import Limits, Reading
from ingest.errors import Refused, Unreadable
from ingest.readers.ocr import DPI, Recogniser
from ingest.readers.page import Sheet
from ingest.readers.pages import reading_of
from ingest.readers.scan import recognised

FORMATS = frozenset({"jpg", "png", "tif", "bmp", "gif"})
_LONG_SIDE = 842.0  # points of A4: how large a picture is when it does not say
_SHORTEST = 600  # pixels
_PIXELS = 120_000_000  # of one picture: A3 at 600 dpi has 70 million
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError)


def read_images(
    files: Sequence[bytes], limits: Limits, recogniser: Recogniser | None = None, *, format_: str
) -> Reading:
    """A `Reading` with one page for each picture of these image files, boxes where it was recognised.

    Raises Unreadable("truncated") for a damaged file, Refused("too_many_pages", "too_large").
    """
    places = [(data, number) for data in files for number in range(1, frames(data) + 1)]
    if len(places) > limits.pages:
        raise Refused("too_many_pages", f"Tệp có {len(places)} trang ảnh, vượt giới hạn {limits.pages}. Hãy tách tệp.")
    sheets = [_sheet(*place, page) for page, place in enumerate(places, start=1)]
    warnings = recognised(sheets, lambda sheet: _drawn(*places[sheet.number - 1], sheet), recogniser)
    return reading_of(sheets, format_=format_, warnings=warnings)


def is_scan(data: bytes) -> bool:
    """Whether an image file is large enough to be a page, not an emblem or a drawing."""
    try:
        with _opened(data) as image:
            return min(image.size) >= _SHORTEST
    except (*_BROKEN, Refused):
        return False


def frames(data: bytes) -> int:
    """How many pictures the file holds; an animation counts as one. Raises Unreadable, Refused."""
    try:
        with _opened(data) as image:
            return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    except _BROKEN as error:
        raise _damaged() from error


def picture(data: bytes, number: int) -> Image.Image:
    """Picture `number` (from 1), turned as its camera says. Raises Unreadable, IndexError for one that is not there."""
    try:
        with _opened(data) as image:
            image.seek(number - 1)
            return ImageOps.exif_transpose(image).convert("RGB")
    except EOFError as error:
        raise IndexError(number) from error
    except _BROKEN as error:
        raise _damaged() from error


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise _bomb() from error
    if image.width * image.height > _PIXELS:
        raise _bomb()
    return image


def _sheet(data: bytes, number: int, page: int) -> Sheet:
    try:
        image = picture(data, number)
    except Unreadable:
        if page == 1:
            raise
        return Sheet(page, 595.0, _LONG_SIDE, origin="image")  # one bad picture never loses the file
    scale = _LONG_SIDE / max(image.size)
    return Sheet(page, image.width * scale, image.height * scale, pictured=1.0)


def _drawn(data: bytes, number: int, sheet: Sheet) -> Image.Image | None:
    try:
        image = picture(data, number)
    except Unreadable:
        return None
    width, height = round(sheet.width * DPI / 72), round(sheet.height * DPI / 72)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _bomb() -> Refused:
    return Refused("too_large", "Ảnh quá lớn so với giới hạn. Hãy quét lại ở 300 dpi rồi thêm lại.")


def _damaged() -> Unreadable:
    return Unreadable("truncated", "Tệp ảnh bị hỏng hoặc bị cắt cụt. Hãy chép lại tệp gốc rồi thêm lại.")
