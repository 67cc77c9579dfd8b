"""Makes the scanned papers of this folder: `python -m tests.files.make_scans`. Small, a little askew, with dirt."""

import io
import random
import re
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.builder.pdf import register_fonts

HERE = Path(__file__).parent
DPI = 200
LEFT, RIGHT = 170.0, 420.0  # the middles of the two columns of a head
HEAD = (
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("TỈNH SƠN LĨNH", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 57/QĐ-UBND", "Sơn Lĩnh, ngày 12 tháng 3 năm 2024"),
)
BODY = (
    "Điều 1. Giao Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Ủy ban",
    "nhân dân các xã hướng dẫn nông dân sản xuất phân bón hữu cơ vi sinh từ",
    "phụ phẩm nông nghiệp, hoàn thành trước ngày 30 tháng 9 năm 2024.",
    "Điều 2. Sở Tài chính bố trí kinh phí theo phân cấp ngân sách hiện hành.",
)
SECOND = (
    "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở và Chủ",
    "tịch Ủy ban nhân dân các xã chịu trách nhiệm thi hành Quyết định này.",
)


def drawn(*lines: str, head: bool, stamp: str = "") -> bytes:
    """One printed page as PDF."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont("Serif", 13)
    for row, (left, right) in enumerate(HEAD if head else ()):
        canvas.drawCentredString(LEFT, 780 - 17 * row, left)
        canvas.drawCentredString(RIGHT, 780 - 17 * row, right)
    if stamp:
        canvas.drawString(140, 715, stamp)
    canvas.setFont("Serif", 14)
    if head:
        canvas.drawCentredString(A4[0] / 2, 680, "QUYẾT ĐỊNH")
    for row, line in enumerate(lines):
        canvas.drawString(99 if line.startswith("Điều") else 72, 640 - 22 * row, line)
    canvas.save()
    return buffer.getvalue()


TABLE = (
    ("TT", "Nhiệm vụ", "Chủ trì"),
    ("1", "Tập huấn kỹ thuật ủ phân", "Phòng Kinh tế"),
    ("2", "Khảo sát hộ chăn nuôi", "Ủy ban nhân dân xã"),
)


def tabled() -> bytes:
    """A line of text above a ruled table, as PDF."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont("Serif", 14)
    canvas.drawCentredString(A4[0] / 2, 720, "PHÂN CÔNG NHIỆM VỤ")
    edges = (72, 110, 330, 523)
    canvas.grid(edges, [690 - 40 * row for row in range(len(TABLE) + 1)])
    for row, cells in enumerate(TABLE):
        for x, cell in zip(edges, cells, strict=False):
            canvas.drawString(x + 8, 665 - 40 * row, cell)
    canvas.save()
    return buffer.getvalue()


def scanned(page: bytes, seed: int = 1, askew: float = 0.5) -> Image.Image:
    """The page as a black-and-white scan: turned by `askew` degrees, with specks."""
    grey = pdfium.PdfDocument(page)[0].render(scale=DPI / 72, grayscale=True).to_pil()
    grey = grey.rotate(askew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    dirt = random.Random(seed)
    for _ in range(150):
        grey.putpixel((dirt.randrange(grey.width), dirt.randrange(grey.height)), 0)
    return grey.point(lambda value: 255 * (value > 150), mode="1")


def saved(image: Image.Image, form: str, *more: Image.Image) -> bytes:
    """A PNG, JPEG or TIFF file; further pictures as further pages of a TIFF."""
    buffer = io.BytesIO()
    if form == "TIFF":
        image.save(buffer, form, compression="group4", dpi=(DPI, DPI), save_all=True, append_images=more)
    else:
        image.convert("1" if form == "PNG" else "L").save(buffer, form, dpi=(DPI, DPI), optimize=True, quality=30)
    return buffer.getvalue()


def as_pdf(*images: Image.Image, layer: str = "") -> bytes:
    """A PDF of page images; `layer` lies invisibly over the first, as scanners' own recognition leaves it."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for number, image in enumerate(images):
        canvas.drawImage(ImageReader(image), 0, 0, *A4)
        if layer and number == 0:
            text = canvas.beginText(72, 640)
            text.setFont("Serif", 14)
            text.setTextRenderMode(3)
            for line in layer.split("\n"):
                text.textLine(line)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def private() -> bytes:
    """A page whose font says that its letters are private-use characters, as broken subsets do: one copies noise."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont("Serif", 14)
    for row, line in enumerate(BODY):
        canvas.drawString(72, 640 - 22 * row, line)
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(buffer))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        if "/ToUnicode" in font.get_object():
            told = font.get_object()["/ToUnicode"].get_object()
            told.set_data(re.sub(rb"<(..)> <....>", rb"<\1> <E1\1>", told.get_data()))
    broken = io.BytesIO()
    writer.write(broken)
    return broken.getvalue()


def made() -> dict[str, bytes]:
    """File name → bytes."""
    first, second = scanned(drawn(*BODY, head=True)), scanned(drawn(*SECOND, head=False), seed=2, askew=-0.4)
    return {
        "scan.png": saved(first, "PNG"),
        "scan.tif": saved(first, "TIFF", second),
        "scan.pdf": as_pdf(first, second),
        "scan-with-layer.pdf": as_pdf(first, layer="Điêu 1. Giao Sờ Nông nghiêp\nvả Môi trưòng chù tri, phồi hợp"),
        "sideways.png": saved(first.rotate(90, expand=True), "PNG"),
        "scan-table.png": saved(scanned(tabled(), seed=3), "PNG"),
        "private-use.pdf": private(),
    }


if __name__ == "__main__":
    for name, data in made().items():
        (HERE / name).write_bytes(data)
