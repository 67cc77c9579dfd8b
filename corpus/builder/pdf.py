"""Papers as PDF, set by the rules of Nghị định 30/2020: A4, Times-like 14 pt, justified, page number centred above."""

from html import escape
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from corpus.builder.source import Block, Look, Paper

# Version 2 of Liberation, which knows Vietnamese: a package of its own in Debian 12, the only one from Debian 13 on.
FOLDERS = [Path("/usr/share/fonts/truetype") / name for name in ("liberation2", "liberation")]
_FACES = {"Serif": "Regular", "Serif-Bold": "Bold", "Serif-Italic": "Italic", "Serif-BoldItalic": "BoldItalic"}
_CM = 28.35


def _style(name: str, **changes: object) -> ParagraphStyle:
    settings: dict[str, object] = {
        "fontName": "Serif",
        "fontSize": 13.5,
        "leading": 17.5,
        "alignment": TA_JUSTIFY,
        "spaceAfter": 5,
    }
    return ParagraphStyle(name, **(settings | changes))


_TEXT = _style("text", firstLineIndent=_CM)
_HEADING = _style("heading", firstLineIndent=_CM, fontName="Serif-Bold", keepWithNext=1)
_CENTRED = _style("centred", alignment=TA_CENTER, fontName="Serif-Bold", spaceAfter=3, keepWithNext=1)
_PLAIN = _style("plain", alignment=TA_CENTER, spaceAfter=0, leading=16, fontSize=13)
_STRONG = _style("strong", alignment=TA_CENTER, fontName="Serif-Bold", spaceAfter=0, leading=16, fontSize=13)
_TIGHT = _style("tight", alignment=TA_CENTER, fontName="Serif-Bold", spaceAfter=0, leading=14, fontSize=10.5)
_DATE = _style("date", alignment=TA_CENTER, fontName="Serif-Italic", spaceAfter=0, leading=16, fontSize=13)
_SMALL = _style("small", alignment=TA_LEFT, fontSize=11, leading=13, spaceAfter=0)
_CELL = _style("cell", alignment=TA_LEFT, fontSize=11, leading=13.5, spaceAfter=0)
_CELL_HEAD = _style("cell-head", alignment=TA_CENTER, fontName="Serif-Bold", fontSize=11, leading=13.5, spaceAfter=0)


def register_fonts() -> None:
    """Raises FileNotFoundError, naming the package, where no font with Vietnamese letters is installed."""
    for folder in FOLDERS:
        if not (folder / "LiberationSerif-Regular.ttf").exists():
            continue
        fonts = [TTFont(name, folder / f"LiberationSerif-{face}.ttf") for name, face in _FACES.items()]
        if all(ord("ệ") in font.face.charToGlyph for font in fonts):
            for font in fonts:
                pdfmetrics.registerFont(font)
            return
    raise FileNotFoundError("apt-get install fonts-liberation2")


def write(paper: Paper, path: Path, title: str) -> None:
    """Writes `path`; the same paper gives the same bytes."""
    frame = Frame(
        3 * _CM,
        2 * _CM,
        A4[0] - 4.7 * _CM,
        A4[1] - 4 * _CM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document = BaseDocTemplate(str(path), pagesize=A4, title=title, invariant=1, author="", producer="")
    document.addPageTemplates(PageTemplate("page", frames=[frame], onPage=_page_number))
    document.build(_flowables(paper, frame.width))


def _page_number(canvas: Canvas, document: BaseDocTemplate) -> None:
    if document.page > 1:
        canvas.setFont("Serif", 13)
        canvas.drawCentredString(A4[0] / 2 + 0.65 * _CM, A4[1] - 1.3 * _CM, str(document.page))


def _flowables(paper: Paper, width: float) -> list[Flowable]:
    flow: list[Flowable] = [_head(paper, width), Spacer(1, 14)]
    flow.extend(_paragraph(line, _CENTRED) for line in paper.title)
    flow.append(Spacer(1, 8))
    for index, block in enumerate(paper.body):
        flow.extend(_block(block, width, index))
    return flow


def _block(block: Block, width: float, index: int) -> list[Flowable]:
    match block.look:
        case Look.CENTRED:
            new_root = index and block.lines[0] in ("PHỤ LỤC", "QUY CHẾ", "QUY ĐỊNH")
            lines = [_paragraph(line, _DATE if line.startswith("(") else _CENTRED) for line in block.lines]
            return [PageBreak() if new_root else Spacer(1, 4), *lines, Spacer(1, 4)]
        case Look.TABLE:
            return [_data_table(block, width), Spacer(1, 8)]
        case Look.FOOT:
            return [Spacer(1, 10), _foot(block, width)]
    return [_paragraph(block.lines[0], _HEADING if block.look is Look.HEADING else _TEXT)]


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text, quote=False), style)


def _columns(left: list[Flowable], right: list[Flowable], widths: list[float]) -> Table:
    bare = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return Table([[left, right]], colWidths=widths, style=bare)


def _head(paper: Paper, width: float) -> Table:
    wide = max(pdfmetrics.stringWidth(line, "Serif-Bold", 12) for line in paper.left) > 0.4 * width
    strong, share = (_TIGHT, 0.47) if wide else (_STRONG, 0.4)
    left = [_paragraph(line, strong if line.isupper() else _PLAIN) for line in paper.left]
    right: list[Flowable] = [_paragraph(line, _DATE if ", ngày " in line else strong) for line in paper.right]
    right.insert(-1, Spacer(1, 8))
    return _columns(left, right, [share * width, (1 - share) * width])


def _foot(block: Block, width: float) -> Table:
    left = [_paragraph(line, _SMALL) for line in block.lines]
    right: list[Flowable] = []
    for line in block.signature:
        if line.startswith("(") or not line.isupper():
            right.append(Spacer(1, 16))
        right.append(_paragraph(line, _DATE if line.startswith("(") else _STRONG))
    return _columns(left, right, [0.5 * width, 0.5 * width])


def _data_table(block: Block, width: float) -> Table:
    rows = [
        [_paragraph(cell, _CELL_HEAD if index == 0 else _CELL) for cell in row] for index, row in enumerate(block.rows)
    ]
    widths = _widths(block.rows, width)
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.6, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return Table(rows, colWidths=widths, repeatRows=1, style=ruled)


def _widths(rows: tuple[tuple[str, ...], ...], width: float) -> list[float]:
    """Column widths: room for the longest word of each, the rest shared by the amount of text."""
    columns = list(zip(*rows, strict=True))
    least = [
        max(pdfmetrics.stringWidth(word, "Serif-Bold", 11) for cell in column for word in cell.split()) + 14
        for column in columns
    ]
    wishes = [max(len(cell) for cell in column) ** 0.8 for column in columns]
    spare = max(0.0, width - sum(least))
    return [low + spare * wish / sum(wishes) for low, wish in zip(least, wishes, strict=True)]
