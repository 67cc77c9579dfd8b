"""The body of a Word document, block after block."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ingest.legacy import Runs
from ingest.readers.docx_styles import Styles, W, switched_on, value
from ingest.readers.grid import Cell, is_layout, rectangle
from ingest.readers.writer import Writer

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS_TEXT = W + "txbxContent"
_SKIPPED = {_MC + "Fallback", W + "instrText", W + "delInstrText", W + "rPr", W + "pPr"}
_DELETED = {W + "del", W + "moveFrom"}
_BREAKS = {
    W + "br": "\n",
    W + "cr": "\n",
    W + "tab": " ",
    W + "noBreakHyphen": "-",
    W + "ptab": " ",
    W + "softHyphen": "\u00ad",
}


class Body:
    """Reads blocks into `writer`; text boxes follow their paragraph.

    Tracked insertions are kept. Deletions are left out, unless `deletions` asks for all that the file prints.
    """

    def __init__(self, styles: Styles, notes: dict[str, etree._Element | None], *, deletions: bool = False) -> None:
        self.writer = Writer()
        self._styles = styles
        self._notes = notes
        self._deletions = deletions
        self.tracked = False
        self._cited: list[tuple[str, str]] = []
        self._tables = 0
        self._repaired: Counter[str] = Counter()

    def read(self, document: etree._Element) -> None:
        body = document.find(W + "body")
        if body is not None:
            self._blocks(body)
        self._write_notes()

    def repairs(self) -> tuple[str, ...]:
        """One sentence for each old encoding met."""
        return tuple(f"{name} → Unicode: {count} đoạn" for name, count in self._repaired.items())

    def _blocks(self, container: etree._Element) -> None:
        for block in blocks(container):
            if block.tag == W + "p":
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, paragraph: etree._Element) -> None:
        if _is_deleted(paragraph) and not self._deletions:
            self.tracked = True
            return
        label = self._styles.label(paragraph)
        runs = self._runs(paragraph)
        text = self._mended(runs)
        if text.strip():
            lines = text.split("\n")
            look = {
                "bold": self._is_on(paragraph, "rPr/b"),
                "caps": runs.caps or self._is_on(paragraph, "rPr/caps"),
                "centred": self._styles.alignment(paragraph) == "center",
            }
            indent = self._styles.indent(paragraph)
            first = next(index for index, line in enumerate(lines) if line.strip())
            for index, line in enumerate(lines[first:]):
                self.writer.line(f"{label} {line}" if index == 0 and label else line, indent=indent, **look)
        for box in _boxes(paragraph):
            self._blocks(box)

    def _table(self, table: etree._Element) -> None:
        elements = [
            (row, list(_children(row, W + "tc"))) for row in _children(table, W + "tr") if not _is_deleted_row(row)
        ]
        layout_cells = [[self._peek(cell) for cell in cells] for _, cells in elements]
        if not layout_cells:
            return
        nested = next(table.iterdescendants(W + "tbl"), None) is not None
        if is_layout(layout_cells, bordered=self._is_bordered(table)) or (nested and len(elements) == 1):
            for _, cells in elements:
                for cell in cells:
                    self._blocks(cell)
            return
        self._tables += 1
        number = self._tables
        heads = sum(switched_on(row, "trPr/tblHeader") is True for row, _ in elements)
        rows = [[self._cell(cell) for cell in cells] for _, cells in elements]
        for filled in rectangle(_merged_down(rows, elements), heads):
            self.writer.row(filled.cells, number, header=filled.header)

    def _peek(self, cell: etree._Element) -> Cell:
        """The cell's text without counting its numbers on."""
        text = "\n".join("".join(node.text or "" for node in p.iter(W + "t")) for p in cell.iter(W + "p"))
        return Cell(text, int(value(cell, "tcPr/gridSpan") or 1))

    def _cell(self, cell: etree._Element) -> Cell:
        parts = []
        for paragraph in cell.iter(W + "p"):
            label, text = self._styles.label(paragraph), self._text(paragraph)
            parts.append(f"{label} {text}" if label and (text.strip() or label[:1].isdigit()) else text)
        return Cell("\n".join(part for part in parts if part.strip()), int(value(cell, "tcPr/gridSpan") or 1))

    def _is_bordered(self, table: etree._Element) -> bool:
        styles = self._styles.chain(value(table, "tblPr/tblStyle"))
        for holder in (table.find(f"{W}tblPr/{W}tblBorders"), *(s.find(f"{W}tblPr/{W}tblBorders") for s in styles)):
            if holder is not None:
                return any(
                    edge.get(W + "val") not in (None, "nil", "none") for edge in holder if edge.tag == W + "insideV"
                )
        edges = [
            e
            for borders in table.iter(W + "tcBorders")
            for e in borders
            if e.tag in (W + "left", W + "start", W + "right", W + "end")
        ]
        return any(edge.get(W + "val") not in (None, "nil", "none") for edge in edges)

    def _text(self, paragraph: etree._Element) -> str:
        return self._mended(self._runs(paragraph))

    def _runs(self, paragraph: etree._Element) -> Runs:
        style = value(paragraph.find(W + "pPr"), "pStyle")
        runs = Runs()
        for run, text in self._pieces(paragraph):
            runs.add(text, self._styles.font(run, style))
        return runs

    def _mended(self, runs: Runs) -> str:
        text, encodings = runs.mended()
        self._repaired.update(encodings)
        return text

    def _pieces(self, element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        """(run, text) in order, boxes and deletions left out, notes marked."""
        for child in element:
            if child.tag in _DELETED:
                self.tracked = True
            if child.tag in _SKIPPED or child.tag == _WPS_TEXT or (child.tag in _DELETED and not self._deletions):
                continue
            if child.tag in (W + "t", W + "delText"):
                yield element, child.text or ""
            elif child.tag in _BREAKS:
                yield (
                    element,
                    "\n"
                    if child.tag == W + "br" and child.get(W + "type") in ("page", "column")
                    else _BREAKS[child.tag],
                )
            elif child.tag == W + "sym":
                yield element, _symbol(child)
            elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
                self._cited.append((child.tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id", "")))
                yield element, f"[{len(self._cited)}]"
            else:
                yield from self._pieces(child)

    def _write_notes(self) -> None:
        """Notes stand after the body, each "[1] …", in the order of their marks."""
        for number, (kind, name) in enumerate(self._cited, start=1):
            part = self._notes.get(kind)
            found = next((n for n in part if n.get(W + "id") == name), None) if part is not None else None
            if found is not None:
                text = " ".join(self._text(paragraph) for paragraph in found.iter(W + "p"))
                self.writer.line(f"[{number}] {text}")

    def _is_on(self, paragraph: etree._Element, toggle: str) -> bool:
        """Whether every run with words has a toggle ("rPr/b", "rPr/caps") on, by itself or by its style."""
        by_style = self._styles.is_on(value(paragraph.find(W + "pPr"), "pStyle"), toggle)
        runs = [run for run in paragraph.iter(W + "r") if "".join(t.text or "" for t in run.iter(W + "t")).strip()]
        return bool(runs) and all(on if (on := switched_on(run, toggle)) is not None else by_style for run in runs)


def blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables below `container`, through content controls, inserted and custom blocks."""
    for child in container:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
            yield from blocks(child)


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _children(child, tag)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Text boxes anchored in the paragraph, once each (the fallback copy for old Word is left out)."""
    for box in paragraph.iterdescendants(_WPS_TEXT):
        ancestors = {ancestor.tag for ancestor in box.iterancestors()}
        if _MC + "Fallback" not in ancestors and next(box.iterancestors(W + "p")) is paragraph:
            yield box


def _is_deleted(paragraph: etree._Element) -> bool:
    """A paragraph whose every word was deleted under tracking."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None and next(paragraph.iter(W + "t"), None) is None


def _is_deleted_row(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _symbol(symbol: etree._Element) -> str:
    code = symbol.get(W + "char", "")
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""


def _merged_down(
    rows: list[list[Cell]], elements: list[tuple[etree._Element, list[etree._Element]]]
) -> list[list[Cell]]:
    """Cells that continue the one above (vMerge) take its text, column by column."""
    above: dict[int, Cell] = {}
    merged: list[list[Cell]] = []
    for cells, (row, sources) in zip(rows, elements, strict=True):
        column = int(value(row, "trPr/gridBefore") or 0)
        line = [Cell("")] * column
        for cell, source in zip(cells, sources, strict=True):
            vertical = source.find(f"{W}tcPr/{W}vMerge")
            if vertical is not None and vertical.get(W + "val") != "restart" and column in above:
                above[column] = Cell(above[column].text, cell.columns)
            else:
                above[column] = cell
            line.append(above[column])
            column += cell.columns
        merged.append(line)
    return merged
