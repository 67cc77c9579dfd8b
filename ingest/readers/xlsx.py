"""Spreadsheets: each sheet a table, its rows as printed, with merged cells filled and old fonts repaired."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.document import Limits, Reading
from ingest.errors import Unreadable
from ingest.legacy import Runs
from ingest.readers.grid import Cell, rectangle
from ingest.readers.package import Package, damaged
from ingest.readers.writer import Writer, tidy
from ingest.readers.xlsx_formats import formats, printed

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_HEADINGS = re.compile(r"(?i)^(?:s?tt|số tt|số thứ tự|stt\.?|no\.?|tên|chỉ tiêu|nội dung)\b")

Piece = tuple[str, str | None]  # text, font


@dataclass(slots=True)
class _Book:
    """What all sheets share: strings with the font of each run, the font and the number format of each cell style."""

    strings: list[list[Piece]]
    fonts: list[str | None]
    formats: list[str]

    def text(self, cell: etree._Element, repaired: Counter[str]) -> str:
        """The cell as Unicode text."""
        style = int(cell.get("s") or 0)
        font = self.fonts[style] if style < len(self.fonts) else None
        runs = Runs()
        for text, own in self._pieces(cell):
            runs.add(text, own or font)
        mended, encodings = runs.mended()
        repaired.update(encodings)
        return mended

    def _pieces(self, cell: etree._Element) -> Sequence[Piece]:
        kind, value = cell.get("t"), cell.findtext(_S + "v")
        if kind == "s" and value and value.isdigit() and int(value) < len(self.strings):
            return self.strings[int(value)]
        if kind == "inlineStr":
            inline = cell.find(_S + "is")
            return list(_runs(inline)) if inline is not None else []
        style = int(cell.get("s") or 0)
        form = self.formats[style] if style < len(self.formats) and kind in (None, "n") else ""
        return [(printed(value, form), None)] if value is not None else []


def read_xlsx(data: bytes, limits: Limits) -> Reading:
    """Raises Unreadable("truncated", "empty"), Refused("bomb")."""
    package = Package(data, limits)
    workbook = package.part("xl/workbook.xml")
    if workbook is None:
        raise damaged()
    styles = package.part("xl/styles.xml")
    book = _Book(_strings(package.part("xl/sharedStrings.xml")), _fonts(styles), formats(styles))
    writer, repaired = Writer(), Counter[str]()
    for number, (name, sheet) in enumerate(_sheets(package, workbook), start=1):
        _write(writer, number, name, sheet, book, repaired)
    if not writer.lines:
        raise Unreadable("empty", "Bảng tính không có chữ nào. Hãy kiểm tra lại tệp gốc.")
    return writer.reading("xlsx", repairs=[f"{name} → Unicode: {count} ô" for name, count in repaired.items()])


def _sheets(package: Package, workbook: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    relations = package.part("xl/_rels/workbook.xml.rels")
    targets = {r.get("Id"): r.get("Target", "") for r in relations} if relations is not None else {}
    for sheet in workbook.iter(_S + "sheet"):
        if sheet.get("state") in ("hidden", "veryHidden"):
            continue
        target = targets.get(sheet.get(_R + "id"), "")
        part = package.part(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if part is not None:
            yield sheet.get("name", ""), part


def _strings(part: etree._Element | None) -> list[list[Piece]]:
    return [list(_runs(item)) for item in part.iter(_S + "si")] if part is not None else []


def _runs(item: etree._Element) -> Iterator[Piece]:
    for child in item:
        if child.tag == _S + "t":
            yield child.text or "", None
        elif child.tag == _S + "r":
            font = child.find(f"{_S}rPr/{_S}rFont")
            yield child.findtext(_S + "t") or "", None if font is None else font.get("val")


def _fonts(part: etree._Element | None) -> list[str | None]:
    """Font name of each cell style."""
    if part is None:
        return []
    names = []
    for font in part.iterfind(f"{_S}fonts/{_S}font"):
        name = font.find(_S + "name")
        names.append(None if name is None else name.get("val"))
    styles = [int(style.get("fontId") or 0) for style in part.iterfind(f"{_S}cellXfs/{_S}xf")]
    return [names[index] if index < len(names) else None for index in styles]


def _write(writer: Writer, number: int, name: str, sheet: etree._Element, book: _Book, repaired: Counter[str]) -> None:
    merged = _merged(sheet)
    rows: list[list[Cell]] = []
    for row in sheet.iterfind(f"{_S}sheetData/{_S}row"):
        cells, column = [], 1
        for cell in row.iterfind(_S + "c"):
            place = _REFERENCE.fullmatch(cell.get("r") or "")
            at = _column(place.group(1)) if place else column
            cells.extend([Cell("")] * max(0, at - column))
            # Merging over columns only widens a title; over rows it stands for every row.
            span = merged.get(cell.get("r") or "", (1, 1))
            cells.append(Cell(tidy(book.text(cell, repaired)), 1, span[1]))
            column = at + 1
        rows.append(cells)
    if not any(cell.text for row in rows for cell in row):
        return
    if name and not re.fullmatch(r"(?i)(sheet|trang|bảng)\s*\d+", name):
        writer.line(name, bold=True)
    _write_rows(writer, number, [filled.cells for filled in rectangle(_down(rows))])


def _down(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows with the cells that a merged one covers left out, since `rectangle` hangs its text there."""
    hanging: dict[int, int] = {}
    kept = []
    for row in rows:
        line = []
        for column, cell in enumerate(row):
            if hanging.get(column, 0) > 0 and not cell.text:
                hanging[column] -= 1
                continue
            hanging[column] = cell.rows - 1
            line.append(cell)
        kept.append(line)
    return kept


def _write_rows(writer: Writer, number: int, rows: list[tuple[str, ...]]) -> None:
    """Empty columns dropped; a row with one filled cell before the heading row is a title line."""
    width = max((len(row) for row in rows), default=0)
    used = [column for column in range(width) if any(row[column] for row in rows)]
    begun = False
    for row in rows:
        cells = [row[column] for column in used]
        filled = [cell for cell in cells if cell]
        if not begun and len(filled) < 3 and len(used) > 2:
            for cell in filled:
                writer.line(cell)
            continue
        header = (
            not begun
            and bool(filled)
            and (bool(_HEADINGS.match(filled[0])) or not any(c.isdigit() for c in "".join(filled)))
        )
        begun = True
        writer.row(cells, number, header=header)


def _merged(sheet: etree._Element) -> dict[str, tuple[int, int]]:
    """First cell of each merged range → (columns, rows)."""
    spans = {}
    for item in sheet.iter(_S + "mergeCell"):
        first, _, last = (item.get("ref") or "").partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if a and b:
            spans[first] = (_column(b[1]) - _column(a[1]) + 1, int(b[2]) - int(a[2]) + 1)
    return spans


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return min(number, 16384)
