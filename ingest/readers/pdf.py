"""PDF: text and boxes from pdfium, which alone decides what stands where; title and encryption from the same file."""

from collections import Counter

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from ingest.document import Limits, Reading
from ingest.errors import Refused, Unreadable
from ingest.readers.ocr import DPI, Recogniser
from ingest.readers.page import Sheet
from ingest.readers.page_legacy import mend
from ingest.readers.pages import reading_of
from ingest.readers.pdf_glyphs import LOCK, sheet
from ingest.readers.scan import ranges, recognised
from ingest.readers.writer import tidy

_PIXELS = 40_000_000  # of a page image: A3 at 400 dpi has 31 million


def read_pdf(data: bytes, limits: Limits, recogniser: Recogniser | None = None) -> Reading:
    """A `Reading` with pages and boxes.

    Raises Unreadable("encrypted", "truncated", "empty") and Refused("too_many_pages", "too_large").
    """
    with LOCK:
        document = open_pdf(data)
    try:
        return _read(document, limits, recogniser)
    finally:
        with LOCK:
            document.close()


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """The opened file; the caller holds LOCK and closes it."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Unreadable(
                "encrypted",
                "PDF được đặt mật khẩu. Hãy mở bằng mật khẩu, in hoặc lưu lại thành PDF không mật khẩu rồi thêm lại.",
            ) from error
        raise Unreadable(
            "truncated", "PDF bị hỏng hoặc bị cắt cụt, không mở được. Hãy chép lại tệp gốc rồi thêm lại."
        ) from error
    if len(document) == 0:
        document.close()
        raise Unreadable("truncated", "PDF không còn trang nào (tệp bị cắt cụt). Hãy chép lại tệp gốc rồi thêm lại.")
    return document


def _read(document: pdfium.PdfDocument, limits: Limits, recogniser: Recogniser | None) -> Reading:
    if len(document) > limits.pages:
        raise Refused(
            "too_many_pages", f"PDF có {len(document)} trang, vượt giới hạn {limits.pages}. Hãy tách tệp rồi thêm lại."
        )
    sheets, broken, characters = [], [], 0
    repaired: Counter[str] = Counter()
    for index in range(len(document)):
        try:
            with LOCK:  # page by page: whoever looks at a page of another paper need not wait for this one
                page = sheet(document, index)
        except pdfium.PdfiumError:
            broken.append(index + 1)
            page = Sheet(index + 1, 595.0, 842.0)
        page.glyphs, encodings = mend(page.glyphs)
        repaired.update(encodings)
        characters += len(page.glyphs)
        if characters > limits.characters:
            raise Refused("too_large", "PDF chứa quá nhiều chữ so với giới hạn. Hãy tách tệp rồi thêm lại.")
        sheets.append(page)
    if len(broken) == len(sheets):
        raise Unreadable("truncated", "Không trang nào của PDF đọc được. Hãy chép lại tệp gốc rồi thêm lại.")
    repairs = [f"{name} → Unicode: {count} trang" for name, count in repaired.items()]
    warnings = [f"Trang {ranges(broken)} bị hỏng, không đọc được."] if broken else []
    warnings += recognised(sheets, lambda page: _image(document, page), recogniser)
    with LOCK:
        title = _title(document)
    return reading_of(sheets, format_="pdf", title=title, repairs=repairs, warnings=warnings)


def _image(document: pdfium.PdfDocument, page: Sheet) -> Image.Image | None:
    try:
        with LOCK:
            return rendered(document, page.number, DPI / 72, page.turn)
    except pdfium.PdfiumError:
        return None


def rendered(document: pdfium.PdfDocument, number: int, scale: float, turn: int) -> Image.Image:
    """Page `number` (from 1) at `scale` pixels per point, turned clockwise; the caller holds LOCK."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(scale, (_PIXELS / max(1.0, width * height)) ** 0.5)  # a page may claim to be metres wide
        bitmap = page.render(scale=scale, rotation=turn)
        image: Image.Image = bitmap.to_pil()
        return image
    finally:
        page.close()


def _title(document: pdfium.PdfDocument) -> str | None:
    return tidy(document.get_metadata_value("Title")) or None
