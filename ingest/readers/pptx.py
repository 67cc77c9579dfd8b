"""Slides: one line for each paragraph, tables as rows, slide after slide."""

import re
from collections import Counter

from lxml import etree

from ingest.document import Limits, Reading
from ingest.errors import Unreadable
from ingest.legacy import Runs
from ingest.readers.grid import Cell, rectangle
from ingest.readers.package import Package
from ingest.readers.writer import Writer

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def read_pptx(data: bytes, limits: Limits) -> Reading:
    """Raises Unreadable("truncated", "empty"), Refused("bomb")."""
    package = Package(data, limits)
    slides = sorted(
        (int(match.group(1)), match.group()) for name in package.names() if (match := _SLIDE.fullmatch(name))
    )
    writer, repaired, tables = Writer(), Counter[str](), 0
    for _, name in slides:
        slide = package.part(name)
        for block in slide.iter(_A + "p", _A + "tbl") if slide is not None else ():
            if block.tag == _A + "tbl":
                tables += 1
                for row in rectangle([_cells(row, repaired) for row in block.iter(_A + "tr")]):
                    writer.row(row.cells, tables)
            elif next(block.iterancestors(_A + "tbl"), None) is None:
                text, encodings = _text(block)
                repaired.update(encodings)
                for line in text.split("\n"):
                    writer.line(line)
    if not writer.lines:
        raise Unreadable("empty", "Tệp trình chiếu không có chữ nào. Hãy kiểm tra lại tệp gốc.")
    return writer.reading("pptx", repairs=[f"{name} → Unicode: {count} đoạn" for name, count in repaired.items()])


def _cells(row: etree._Element, repaired: Counter[str]) -> list[Cell]:
    """The cells of a table's row; those that another one covers are left out, `rectangle` fills them."""
    cells = []
    for cell in row.iterchildren(_A + "tc"):
        if cell.get("hMerge") == "1" or cell.get("vMerge") == "1":
            continue
        lines = []
        for paragraph in cell.iter(_A + "p"):
            text, encodings = _text(paragraph)
            repaired.update(encodings)
            lines.append(text)
        cells.append(Cell("\n".join(lines), int(cell.get("gridSpan") or 1), int(cell.get("rowSpan") or 1)))
    return cells


def _text(paragraph: etree._Element) -> tuple[str, frozenset[str]]:
    runs = Runs()
    for child in paragraph:
        if child.tag in (_A + "r", _A + "fld"):
            font = child.find(f"{_A}rPr/{_A}latin")
            runs.add(child.findtext(_A + "t") or "", None if font is None else font.get("typeface"))
        elif child.tag == _A + "br":
            runs.add("\n", None)
    return runs.mended()
