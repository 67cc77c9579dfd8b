"""Photographs and scans that come as image files: each picture (frame) is a page to be recognised."""

import io

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.document import Limits, Reading
from ingest.errors import Refused, Unreadable
from ingest.readers.ocr import DPI, Recogniser
from ingest.readers.page import Sheet
from ingest.readers.pages import reading_of
from ingest.readers.scan import recognised

FORMATS = frozenset({"jpg", "png", "tif", "bmp", "gif"})
_LONG_SIDE = 842.0  # points of A4: how large a picture is when it does not say
_PIXELS = 120_000_000  # of one picture: A3 at 600 dpi has 70 million
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError)


def read_image(data: bytes, limits: Limits, recogniser: Recogniser | None = None, *, format_: str) -> Reading:
    """A `Reading` with one page for each picture, boxes where it was recognised.

    Raises Unreadable("truncated") for a damaged file, Refused("too_many_pages", "too_large").
    """
    count = frames(data)
    if count > limits.pages:
        raise Refused("too_many_pages", f"Tệp ảnh có {count} trang, vượt giới hạn {limits.pages}. Hãy tách tệp.")
    sheets = [_sheet(data, number) for number in range(1, count + 1)]
    warnings = recognised(sheets, lambda sheet: _drawn(data, sheet), recogniser)
    return reading_of(sheets, format_=format_, warnings=warnings)


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
            for index, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if index == number:
                    return ImageOps.exif_transpose(frame).convert("RGB")
    except _BROKEN as error:
        raise _damaged() from error
    raise IndexError(number)


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise _bomb() from error
    if image.width * image.height > _PIXELS:
        raise _bomb()
    return image


def _sheet(data: bytes, number: int) -> Sheet:
    try:
        image = picture(data, number)
    except Unreadable:
        if number == 1:
            raise
        return Sheet(number, 595.0, _LONG_SIDE, origin="image")  # one bad picture never loses the file
    scale = _LONG_SIDE / max(image.size)
    return Sheet(number, image.width * scale, image.height * scale, pictured=1.0)


def _drawn(data: bytes, sheet: Sheet) -> Image.Image | None:
    try:
        image = picture(data, sheet.number)
    except Unreadable:
        return None
    width, height = round(sheet.width * DPI / 72), round(sheet.height * DPI / 72)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _bomb() -> Refused:
    return Refused("too_large", "Ảnh quá lớn so với giới hạn. Hãy quét lại ở 300 dpi rồi thêm lại.")


def _damaged() -> Unreadable:
    return Unreadable("truncated", "Tệp ảnh bị hỏng hoặc bị cắt cụt. Hãy chép lại tệp gốc rồi thêm lại.")
