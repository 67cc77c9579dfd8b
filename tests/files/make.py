"""Makes the awkward files of this folder, each for one trouble of real papers: `python -m tests.files.make`."""

import io
import unicodedata
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpus.builder.docx import _dated
from corpus.builder.pdf import register_fonts
from ingest.legacy.tables import pattern_of

HERE = Path(__file__).parent
SENTENCE = "Ủy ban nhân dân thành phố quyết định hỗ trợ sản xuất phân bón hữu cơ vi sinh từ phụ phẩm nông nghiệp."
_NOTES = b"""<?xml version="1.0" encoding="UTF-8"?>
<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r><w:t>
Theo s\xe1\xbb\x91 li\xe1\xbb\x87u n\xc4\x83m 2023.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def paragraphs(*parts: str) -> bytes:
    """A DOCX whose body is exactly `parts` (WordprocessingML), with a footnote 2."""
    document = Document()
    body = document.element.body
    for part in parts:
        body.insert(len(body) - 1, parse_xml(part.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1)))
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/footnotes.xml", _NOTES)
    return _dated(buffer.getvalue())


def word() -> bytes:
    """Tracked changes, a text box, a footnote, a soft break, a tab and a table with merged cells."""
    return paragraphs(
        "<w:p><w:r><w:t>Giữ nguyên </w:t></w:r><w:ins><w:r><w:t>phần thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>phần bỏ</w:delText></w:r></w:del></w:p>",
        "<w:p><w:r><w:t>Dòng một</w:t><w:br/><w:t>dòng hai</w:t><w:tab/><w:t>sau thẻ</w:t></w:r></w:p>",
        '<w:p><w:r><w:t>Có chú thích</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        "<w:p><w:r><w:t>Đoạn neo</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>",
        _table(
            ["TT", "Nhiệm vụ", "Chủ trì"],
            ["1", "Khảo nghiệm giống", '<w:vMerge w:val="restart"/>Phòng Kinh tế'],
            ["2", "Tập huấn", "<w:vMerge/>"],
        ),
    )


def _table(*rows: list[str]) -> str:
    printed = ""
    for row in rows:
        printed += "<w:tr>"
        for cell in row:
            merge = cell[: cell.index("/>") + 2] if cell.startswith("<w:vMerge") else ""
            text = cell[len(merge) :]
            printed += f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        printed += "</w:tr>"
    return f'<w:tbl><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>{printed}</w:tbl>'


def old_word() -> bytes:
    """One paragraph whose first run is TCVN3 in .VnTime and whose second is Unicode."""
    old = legacy("Ủy ban nhân dân thành phố", "TCVN3")
    return paragraphs(
        '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
        f'<w:t xml:space="preserve">{old} </w:t></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:t>quyết định</w:t></w:r></w:p>',
        '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr>'
        f"<w:t>{legacy('quyết định', 'TCVN3')}</w:t></w:r></w:p>",
    )


def legacy(text: str, encoding: str) -> str:
    """`text` as the old font would show it in Latin-1 letters."""
    pairs, _ = pattern_of(encoding)
    back: dict[str, str] = {}
    for old, letter in pairs.items():
        if old.isprintable() or old == "\xad":
            back.setdefault(letter, old)
    return "".join(back.get(char) or back.get(char.lower()) or char for char in text)


def pdf(draw: list[tuple[float, float, str, float]]) -> bytes:
    """A one-page PDF of (x, y from the top, text, size) pieces."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for x, y, text, points in draw:
        canvas.setFont("Serif", points)
        canvas.drawString(x, A4[1] - y, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def page_break() -> bytes:
    """A paragraph that fills the foot of one page and goes on at the head of the next."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    lines = simpleSplit(f"Điều 1. Phạm vi điều chỉnh. {SENTENCE} " * 12, "Serif", 14, A4[0] - 144)
    for index, line in enumerate(lines):
        row = index % 20
        if index and row == 0:
            canvas.showPage()
        canvas.setFont("Serif", 14)
        canvas.drawString(72, A4[1] - 72 - row * 36, line)
    canvas.save()
    return buffer.getvalue()


def notes() -> bytes:
    """A raised 1 that cites a note, and a raised 2 that squares a metre."""
    register_fonts()
    pieces, x = [], 72.0
    for text, raised in [
        ("theo khoản 2 Điều 4", False),
        ("1", True),
        (" của Luật; diện tích 20 m", False),
        ("2", True),
        (" đất.", False),
    ]:
        points = 8.0 if raised else 14.0
        pieces.append((x, 95.0 if raised else 100.0, text, points))
        x += pdfmetrics.stringWidth(text, "Serif", points)
    return pdf(pieces)


def turned() -> bytes:
    """A landscape page as a scanner's software stores it: drawn sideways, shown upright by /Rotate."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=landscape(A4), invariant=1)  # the size as shown
    canvas.setPageRotation(90)
    canvas.setFont("Serif", 14)
    canvas.translate(A4[0] - 72, 72)
    canvas.rotate(90)
    canvas.drawString(0, 0, "Nghị định này quy định")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked() -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([(72, 100, SENTENCE[:60], 12)]))))
    writer.encrypt("mat-khau", algorithm="RC4-40")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    """A DOCX of a few kilobytes that unpacks to 60 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("word/document.xml", (2024, 1, 1, 0, 0, 0)), b" " * 60_000_000, zipfile.ZIP_DEFLATED
        )
    return buffer.getvalue()


def rtf() -> bytes:
    """A TCVN3 paper in RTF, as northern offices wrote until about 2005."""
    old = legacy("Căn cứ Luật Tổ chức Chính phủ; theo đề nghị của Bộ trưởng Bộ Tài chính", "TCVN3")
    escaped = "".join(char if char.isascii() else f"\\'{ord(char):02x}" for char in old)
    return (
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fnil .VnTime;}}\\f0\\fs28 " + escaped.encode("ascii") + b"\\par}"
    )


def made() -> dict[str, bytes]:
    """File name → bytes."""
    return {
        "tracked-notes-box.docx": word(),
        "old-font-runs.docx": old_word(),
        "renamed-photo.docx": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200),
        "bomb.docx": bomb(),
        "locked.pdf": locked(),
        "decomposed.pdf": pdf([(72, 100, unicodedata.normalize("NFD", SENTENCE[:60]), 12)]),
        "note-mark.pdf": notes(),
        "page-break.pdf": page_break(),
        "turned.pdf": turned(),
        "tcvn3.rtf": rtf(),
        "tcvn3.txt": legacy(SENTENCE, "TCVN3").encode("latin-1"),
        "vni.txt": legacy(SENTENCE, "VNI").encode("latin-1"),
        "windows-1258.txt": _cp1258(SENTENCE),
        "viqr.txt": b"U?y ban nha^n da^n tha`nh pho^' quye^'t ddi.nh ho^~ tro+. sa?n xua^'t pha^n bo'n vi sinh.\n",
    }


def _cp1258(text: str) -> bytes:
    """Windows-1258: the vowel's own mark composed, the tone after it."""
    out = b""
    for char in text:
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        out += (unicodedata.normalize("NFC", decomposed.replace(tone, "")) + tone if tone else char).encode("cp1258")
    return out


if __name__ == "__main__":
    for name, data in made().items():
        (HERE / name).write_bytes(data)
