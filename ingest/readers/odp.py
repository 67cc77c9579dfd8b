"""Slides of OpenDocument, read from their XML: one line for each paragraph, tables as rows, slide after slide."""

from collections.abc import Iterator

from lxml import etree

from ingest.document import Limits, Reading
from ingest.errors import Unreadable
from ingest.readers.grid import Cell, rectangle
from ingest.readers.package import Package, damaged
from ingest.readers.writer import Writer

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_DRAW, _TEXT, _TABLE = (f"{{{_OASIS}{name}:1.0}}" for name in ("drawing", "text", "table"))
_NOTES = f"{{{_OASIS}presentation:1.0}}notes"
_BLANKS = {_TEXT + "s": " ", _TEXT + "tab": " ", _TEXT + "line-break": "\n"}


def read_odp(data: bytes, limits: Limits) -> Reading:
    """Raises Unreadable("truncated", "empty"), Refused("bomb")."""
    content = Package(data, limits).part("content.xml")
    if content is None:
        raise damaged()
    writer, tables = Writer(), 0
    for slide in content.iter(_DRAW + "page"):
        for block in _blocks(slide):
            if block.tag == _TABLE + "table":
                tables += 1
                for row in rectangle([_cells(row) for row in block.iter(_TABLE + "table-row")]):
                    writer.row(row.cells, tables)
            else:
                for line in _words(block).split("\n"):
                    writer.line(line)
    if not writer.lines:
        raise Unreadable("empty", "Tệp trình chiếu không có chữ nào. Hãy kiểm tra lại tệp gốc.")
    return writer.reading("odp")


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in their order, the speaker's notes left out."""
    for child in element:
        if child.tag in (_TEXT + "p", _TEXT + "h", _TABLE + "table"):
            yield child
        elif child.tag != _NOTES:
            yield from _blocks(child)


def _cells(row: etree._Element) -> list[Cell]:
    return [
        Cell(
            "\n".join(_words(paragraph) for paragraph in cell.iter(_TEXT + "p")),
            int(cell.get(_TABLE + "number-columns-spanned") or 1),
            int(cell.get(_TABLE + "number-rows-spanned") or 1),
        )
        for cell in row.iterchildren(_TABLE + "table-cell")
    ]


def _words(paragraph: etree._Element) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        parts.append(_BLANKS.get(child.tag) or _words(child))
        parts.append(child.tail or "")
    return "".join(parts)
