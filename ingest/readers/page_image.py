"""Pages of scans and PDFs as images, for whoever wants to see the paper itself beside its text."""

import io

from PIL import Image

from ingest.readers.image import FORMATS, picture
from ingest.readers.pdf import open_pdf, rendered
from ingest.readers.pdf_glyphs import LOCK

PAGED = FORMATS | {"pdf"}  # formats whose pages can be shown


def page_image(data: bytes, format_: str, number: int, turn: int = 0, scale: float = 2.0) -> bytes:
    """Page `number` (from 1) as PNG, about `scale` pixels per point, turned clockwise by `turn` degrees.

    Raises Unreadable for a file that is not of `format_` and IndexError for a page that is not there.
    """
    image = _of_pdf(data, number, turn, scale) if format_ == "pdf" else _of_image(data, number, turn, scale)
    out = io.BytesIO()
    # Printed pages have few colours: a palette makes the file a third as large.
    image.quantize(32, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _of_pdf(data: bytes, number: int, turn: int, scale: float) -> Image.Image:
    with LOCK:
        document = open_pdf(data)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            return rendered(document, number, scale, turn)
        finally:
            document.close()


def _of_image(data: bytes, number: int, turn: int, scale: float) -> Image.Image:
    image = picture(data, number)
    image.thumbnail((round(842 * scale),) * 2)
    return image.rotate(-turn, expand=True) if turn else image
