"""Papers as Word files: numbers by Word's own lists, head and foot as borderless tables, data as ruled ones."""

import datetime
import io
import re
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from corpus.builder.source import LABEL, Block, Look, Paper

_EPOCH = datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
# Word lists: name → (number format, text) of each level.
_LISTS = {
    "roman.": [("upperRoman", "%1.")],
    "roman-": [("upperRoman", "%1-")],
    "number.": [("decimal", "%1."), ("decimal", "%1.%2.")],
    "number-": [("decimal", "%1-")],
    "point": [("lowerLetter", "%1)")],
    "dash": [("bullet", "-")],
    "plus": [("bullet", "+")],
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


class _Numbering:
    """The document's lists: each run of numbers gets an instance of its own that starts at one."""

    def __init__(self, document: WordDocument) -> None:
        self._part = document.part.numbering_part.element
        for child in list(self._part):
            self._part.remove(child)
        for index, levels in enumerate(_LISTS.values()):
            printed = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
                for level, (form, text) in enumerate(levels)
            )
            self._part.append(
                parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{index}">{printed}</w:abstractNum>')
            )
        self._current: dict[str, tuple[int, int]] = {}  # list → (instance, last number)
        self._count = 0

    def place(self, text: str) -> tuple[int, int, str] | None:
        """(instance, level, text without its label) where Word's list prints exactly the label; None to type it."""
        match = LABEL.match(text)
        if match is None:
            return None
        rest = text[match.end() :]
        if match["decimal"]:
            instance = self._current.get("number.")
            return (instance[0], 1, rest) if instance else None
        name, value = _class_of(match)
        if value == 0:
            return self._instance(name, 0)[0], 0, rest
        previous = self._current.get(name)
        if value == 1:
            return self._instance(name, 1)[0], 0, rest
        if previous is None or previous[1] != value - 1:
            return None
        self._current[name] = (previous[0], value)
        return previous[0], 0, rest

    def _instance(self, name: str, value: int) -> tuple[int, int]:
        if value == 0 and name in self._current:
            return self._current[name]
        self._count += 1
        abstract = list(_LISTS).index(name)
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        self._part.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._count}"><w:abstractNumId w:val="{abstract}"/>{restart}</w:num>'
            )
        )
        self._current[name] = (self._count, value)
        return self._current[name]


def _class_of(match: re.Match[str]) -> tuple[str, int]:
    if match["roman"]:
        return "roman" + match["rsep"], _ROMANS[match["roman"]]
    if match["number"]:
        return "number" + match["nsep"], int(match["number"])
    if match["point"]:
        return "point", _LETTERS.find(match["point"]) + 1 or -1  # Word has no đ
    return ("dash" if match["dash"] else "plus"), 0


def write(paper: Paper, path: Path, title: str) -> None:
    """Writes `path`; the same paper gives the same bytes."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.created = properties.modified = _EPOCH
    _page(document)
    numbering = _Numbering(document)
    _head(document, paper)
    for line in paper.title:
        _set(document.add_paragraph(), line, bold=True, centred=True)
    for block in paper.body:
        _block(document, block, numbering)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_dated(buffer.getvalue()))


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.paragraph_format.space_after = Pt(6)


def _set(paragraph: Paragraph, text: str, *, bold: bool = False, centred: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    if not centred:
        paragraph.paragraph_format.first_line_indent = Cm(1.27)


def _fill(cell: _Cell, lines: list[str], *, centred: bool = True, bold: bool = True) -> None:
    for index, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.bold = bold and line.isupper()
        run.italic = ", ngày " in line
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT


def _head(document: WordDocument, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=2)
    _fill(table.cell(0, 0), paper.left)
    _fill(table.cell(0, 1), paper.right)
    document.add_paragraph()


def _block(document: WordDocument, block: Block, numbering: _Numbering) -> None:
    match block.look:
        case Look.CENTRED:
            for line in block.lines:
                _set(
                    document.add_paragraph(),
                    line,
                    bold=not line.startswith("("),
                    centred=True,
                    italic=line.startswith("("),
                )
        case Look.TABLE:
            _data_table(document, block)
        case Look.FOOT:
            table = document.add_table(rows=1, cols=2)
            _fill(table.cell(0, 0), list(block.lines), centred=False, bold=False)
            _fill(table.cell(0, 1), list(block.signature))
            document.add_paragraph()
        case _:
            _numbered(document.add_paragraph(), block, numbering)


def _numbered(paragraph: Paragraph, block: Block, numbering: _Numbering) -> None:
    placed = numbering.place(block.lines[0])
    text = block.lines[0] if placed is None else placed[2]
    _set(paragraph, text, bold=block.look is Look.HEADING)
    if placed is not None:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert(
            0,
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{placed[1]}"/><w:numId w:val="{placed[0]}"/></w:numPr>'),
        )


def _data_table(document: WordDocument, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
    for index, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.paragraphs[0].add_run(text).bold = index == 0
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def _dated(data: bytes) -> bytes:
    """The same archive with one date on every member, so that a rebuild gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
