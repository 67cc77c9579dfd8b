"""Pages of a PDF as images, for whoever wants to see the paper itself beside its text."""

import io

from PIL import Image

from ingest.readers.pdf import open_pdf
from ingest.readers.pdf_glyphs import LOCK


def page_image(data: bytes, number: int, scale: float = 2.0) -> bytes:
    """Page `number` (from 1) as PNG, `scale` pixels per point.

    Raises Unreadable for a file that is no PDF and IndexError for a page that is not there.
    """
    with LOCK:
        document = open_pdf(data)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            image = document[number - 1].render(scale=scale, grayscale=False).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    # Printed pages have few colours: a palette makes the file a third as large.
    image.quantize(32, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()
