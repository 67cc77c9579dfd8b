"""Sheets of a paged file to a `Reading`: order, paragraphs, tables, page labels and a box for every printed line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.document import Box, Line, Page, Reading, Span
from ingest.legibility import share_of_syllables
from ingest.readers.page import Sheet, Strip, lines_of
from ingest.readers.page_columns import TextLine, in_order
from ingest.readers.page_flow import Paragraph, continues, leading, margins, paragraphs
from ingest.readers.page_furniture import furnished, notes_as_strips
from ingest.readers.page_tables import Ruled, tables_of
from ingest.readers.writer import CELL_JOINT

_HEAD_CELLS = frozenset({"tt", "stt", "số tt", "số thứ tự", "no.", "no"})


@dataclass(slots=True)
class TableRow:
    """A row ready to print: the strips of each cell."""

    page: int
    cells: list[list[Strip]]
    header: bool = False


@dataclass(slots=True)
class Table:
    """A table, perhaps over several pages."""

    edges: list[float]
    rows: list[TableRow] = field(default_factory=list)


Block = Paragraph | Table


def reading_of(
    sheets: Sequence[Sheet],
    *,
    format_: str,
    title: str | None = None,
    repairs: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> Reading:
    """The whole file. Every sheet gives a page, also one without text."""
    ruled = [tables_of(sheet.number, sheet.rules, sheet.glyphs) for sheet in sheets]
    lines = [lines_of(sheet.number, rest) for sheet, (_, rest) in zip(sheets, ruled, strict=True)]
    furniture = furnished(lines, [sheet.height for sheet in sheets], [sheet.rules for sheet in sheets])
    emitter = _Emitter()
    blocks: list[Block] = []
    notes: list[Strip] = []
    for index in range(len(sheets)):
        for place, block in enumerate(_blocks(furniture.body[index], ruled[index][0])):
            if place == 0 and blocks and _joined(blocks[-1], block):
                continue
            emitter.notes(notes if len(blocks) > 1 else [])
            blocks.append(block)
            while len(blocks) > 1:
                emitter.block(blocks.pop(0))
        notes.extend(notes_as_strips(furniture.notes[index]))
    for block in blocks:
        emitter.block(block)
    emitter.notes(notes)
    text = "".join(emitter.parts)
    return Reading(
        text=text,
        format=format_,
        lines=tuple(emitter.lines),
        pages=tuple(_pages(sheets, furniture.labels, emitter.boxes, text)),
        boxes=tuple(emitter.boxes),
        title=title,
        repairs=tuple(repairs),
        warnings=tuple(warnings),
    )


def _blocks(lines: list[list[Strip]], tables: Sequence[Ruled]) -> Iterator[Block]:
    """Paragraphs and tables of a page, top to bottom."""
    left, right = margins([strip for line in lines for strip in (line[0], line[-1])])
    rest = list(lines)
    for table in [*tables, None]:
        above = [line for line in rest if table is None or line[0].base < table.top + 2]
        rest = rest[len(above) :]
        ordered = in_order(above, left, right)
        yield from paragraphs(ordered, leading(ordered))
        if table is not None:
            yield from _table_blocks(table, left, right)


def _table_blocks(table: Ruled, left: float, right: float) -> Iterator[Block]:
    rows = [TableRow(table.page, _filled(table, index)) for index in range(len(table.rows))]
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        return
    first = [" ".join(strip.text for strip in cell) for cell in rows[0].cells]
    rows[0].header = bool(first) and (
        first[0].strip().lower() in _HEAD_CELLS or all(s.bold for c in rows[0].cells for s in c)
    )
    yield Table(table.edges, rows)


def _filled(table: Ruled, index: int) -> list[list[Strip]]:
    """The cells of a row, one a column; a cell merged from above is repeated, one merged from the left stays empty."""
    cells: list[list[Strip]] = [[] for _ in range(len(table.edges) - 1)]
    for above in range(index + 1):
        for column, box in table.rows[above]:
            if above == index or above + box.rows > index:
                cells[column] = box.strips
    return cells


def _joined(before: Block, block: Block) -> bool:
    """Joins the first block of a page to the last of the page before, where it goes on."""
    if isinstance(before, Paragraph) and isinstance(block, Paragraph):
        if before.last.column or not continues(before, block.first, None):
            return False
        before.lines.extend(block.lines)
        return True
    if isinstance(before, Table) and isinstance(block, Table) and _same_columns(before, block):
        _go_on(before, block)
        return True
    return False


def _same_columns(a: Table, b: Table) -> bool:
    return len(a.edges) == len(b.edges) and all(abs(x - y) < 6 for x, y in zip(a.edges, b.edges, strict=True))


def _texts(row: TableRow) -> list[str]:
    return [" ".join(strip.text for strip in cell) for cell in row.cells]


def _go_on(table: Table, more: Table) -> None:
    """Rows of the next page; a repeated heading is dropped and a row cut by the page break made whole."""
    rows = more.rows
    if table.rows[0].header and _texts(rows[0]) == _texts(table.rows[0]):
        rows = rows[1:]
    elif rows[0].header:
        rows[0].header = False
    if rows and not rows[0].cells[0] and any(cell and cell[0].text[:1].islower() for cell in rows[0].cells):
        last = table.rows[-1]
        last.cells = [[*a, *b] for a, b in zip(last.cells, rows[0].cells, strict=True)]
        rows = rows[1:]
    table.rows.extend(rows)


def _pages(sheets: Sequence[Sheet], labels: Sequence[str | None], boxes: Sequence[Box], text: str) -> Iterator[Page]:
    """Pages with the span of text that stands on them (a page without text has an empty one)."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for box in boxes:
        first[box.page] = min(first.get(box.page, box.start), box.start)
        last[box.page] = max(last.get(box.page, 0), box.end)
    at = 0
    for sheet, label in zip(sheets, labels, strict=True):
        start = first.get(sheet.number, at)
        end = last.get(sheet.number, start)
        at = end
        quality = share_of_syllables(text[start:end])
        if sheet.confidence is not None:
            quality = min(sheet.confidence, quality) if quality is not None else sheet.confidence
        yield Page(
            sheet.number, start, end, label, sheet.width, sheet.height, sheet.origin, quality, sheet.waiting, sheet.turn
        )


class _Emitter:
    """Writes blocks into one text and notes where each line was printed."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self._length = 0
        self._tables = 0

    def block(self, block: Block) -> None:
        """One paragraph or one table."""
        if isinstance(block, Paragraph):
            self._paragraph([line.strip for line in block.lines], block.first)
            return
        self._tables += 1
        for row in block.rows:
            self._row(row)

    def notes(self, notes: list[Strip]) -> None:
        """Footnotes that waited for the end of a paragraph; each mark opens a line. Empties the list."""
        pending: list[Strip] = []
        for strip in notes:
            if pending and strip.text.startswith(("[", "(")):
                self._paragraph(pending, None)
                pending = []
            pending.append(strip)
        if pending:
            self._paragraph(pending, None)
        notes.clear()

    def _paragraph(self, strips: Sequence[Strip], look: TextLine | None) -> None:
        self._newline()
        start = self._length
        self._strips(strips)
        self.lines.append(
            Line(
                start,
                self._length,
                page=strips[0].page,
                bold=all(strip.bold for strip in strips),
                caps=all(strip.caps for strip in strips),
                centred=look is not None and look.centred,
                indent=None if look is None else round(look.strip.x0 - look.left, 1),
            )
        )

    def _row(self, row: TableRow) -> None:
        self._newline()
        start, cells = self._length, []
        for index, cell in enumerate(row.cells):
            if index:
                self._write(CELL_JOINT)
            at = self._length
            self._strips(cell)
            cells.append(Span(at, self._length))
        bold = all(strip.bold for cell in row.cells for strip in cell)
        self.lines.append(
            Line(
                start, self._length, page=row.page, cells=tuple(cells), table=self._tables, header=row.header, bold=bold
            )
        )

    def _strips(self, strips: Sequence[Strip]) -> None:
        for index, strip in enumerate(strips):
            if index and not _is_cut(strips[index - 1]):
                self._write(" ")
            self._strip(strip)

    def _strip(self, strip: Strip) -> None:
        start = self._length
        edges: list[float] = []
        for index, glyph in enumerate(strip.glyphs):
            if glyph.space and index:
                edges.append(strip.glyphs[index - 1].x1)
            edges.append(glyph.x0)
            if len(glyph.text) > 1:
                step = (glyph.x1 - glyph.x0) / len(glyph.text)
                edges.extend(glyph.x0 + place * step for place in range(1, len(glyph.text)))
        edges.append(strip.glyphs[-1].x1)
        self._write(strip.text)
        rounded = tuple([round(edge, 2) for edge in edges])
        self.boxes.append(Box(start, self._length, strip.page, round(strip.top, 2), round(strip.bottom, 2), rounded))

    def _newline(self) -> None:
        if self.lines:
            self._write("\n")

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _is_cut(strip: Strip) -> bool:
    """A line that ends in a hyphen set against its word goes on without a blank: "KT-" + "XH"."""
    return len(strip.text) > 1 and strip.text[-1] == "-" and strip.text[-2].isalnum()
