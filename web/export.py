"""Passages to take away: CSV for a spreadsheet, DOCX for a paper, each with its citation."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from fastapi import APIRouter, Request
from starlette.responses import Response

from kb.cite import cite, locator_words
from kb.errors import UsageError
from kb.library import Library
from kb.model import PassageRecord
from web import links
from web.context import LibraryDep, WordsDep
from web.language import Words
from web.search.looking import by_document
from web.search.state import FACETS, State
from web.views import flowing, heading, name, own_words, pill

router = APIRouter(include_in_schema=False)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES = (  # name, points, bold, italic
    ("Normal", 13, False, False), ("Title", 14, True, False), ("Subtitle", 13, False, True),
    ("Heading 2", 13, True, False), ("List Number", 13, False, False), ("List Continue", 13, False, False),
    ("Quote", 11, False, True),
)  # fmt: skip
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIELDS = ("document", "status", "role", "locator", "text", "citation", "url")


@dataclass(frozen=True, slots=True)
class Line:
    """One passage of a list."""

    paper: str  # the id of its document: several may bear the same name
    document: str
    facts: str  # who issued it and when
    status: str
    role: str
    locator: str
    text: str
    citation: str
    url: str
    cells: tuple[str, ...]  # of a table row, each after the heading of its column


def line(record: PassageRecord, root: str, t: Words) -> Line:
    """A passage as a line of a list; `root` is the address of the site."""
    citation, place = cite(record), locator_words(record.passage.locator, record.passage.heading, record.document)
    here = 0 if t.language == "vi" else 1
    return Line(
        paper=record.document.id,
        document=name(record.document, t),
        facts=heading(record.document, t).facts,
        status=pill(record.document.status, t).words,
        role=t(f"role.{record.passage.role}"),
        locator=place[here],
        text=record.text,
        citation=(citation.vi, citation.en)[here],
        url=root.rstrip("/") + links.passage(record.id),
        cells=tuple(f"{cell.column}: {cell.html.unescape()}" for cell in own_words(record, ())[1]),
    )


def as_csv(lines: Iterable[Line], t: Words) -> Response:
    """UTF-8 with a byte order mark: Excel shows Vietnamese only so."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(t(f"export.{field}") for field in _FIELDS)
    for each in lines:
        cells = (str(getattr(each, field)) for field in _FIELDS)
        table.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    headers = {"Content-Disposition": 'attachment; filename="can-cu.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def as_docx(title: str, asked: str, head: str, lines: Iterable[Line]) -> Response:
    """A Word file laid out as Vietnamese official papers are, a heading with its status for each document.

    `asked` is the question, "" where there was none. A table row stands cell by cell, each under its column.
    """
    paper = docx.Document()
    _lay_out(paper)
    paper.add_paragraph(title, style="Title")
    if asked:
        paper.add_paragraph(f"“{asked}”", style="Subtitle")
    paper.add_paragraph(head)
    last = ""
    for each in lines:
        if each.paper != last:
            paper.add_heading(each.document, level=2)
            paper.add_paragraph(" · ".join(fact for fact in (each.facts, each.status) if fact))
            last = each.paper
        for at, words in enumerate(each.cells or (each.text,)):
            paper.add_paragraph(flowing(words), style="List Continue" if at else "List Number")
        paper.add_paragraph(f"({each.citation})\n{each.url}", style="Quote")
    out = io.BytesIO()
    paper.save(out)
    headers = {"Content-Disposition": 'attachment; filename="can-cu.docx"'}
    return Response(out.getvalue(), media_type=_DOCX, headers=headers)


def _lay_out(paper: DocxDocument) -> None:
    """A4, the margins and the type of Decree 30/2020; everything in black."""
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(15)
    for kind, size, bold, italic in _STYLES:
        style = paper.styles[kind]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.font.bold, style.font.italic, style.font.color.rgb = bold, italic, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:  # it would win over the name
            del fonts.attrib[theme]
        fonts.set(qn("w:eastAsia"), "Times New Roman")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(4), Pt(4)
    for kind in ("Title", "Subtitle"):
        style = paper.styles[kind]
        assert isinstance(style, ParagraphStyle)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for rule in style.element.xpath("w:pPr/w:pBdr"):
            rule.getparent().remove(rule)


def _listed(request: Request, base: Library, t: Words) -> tuple[State, Sequence[Line], str]:
    """The question, the lines of its whole answer, and what was searched in words."""
    state = State.of(request.query_params)
    if not state.q:
        raise UsageError(t("export.no_question"))
    looked = by_document(base, state)
    hits = [hit for group in looked.groups for hit in (*group.hits, *group.also)]
    head = t(
        "export.head",
        passages=t.count("passages", len(hits)),
        documents=t.count("documents", len(looked.groups)),
        searched=t.count("documents", looked.searched.documents),
    )
    if limits := _limits(base, state, t):
        head = f"{head} {t('chip.filter')}: {'; '.join(limits)}."
    if looked.plan.filters.as_of:
        head = f"{head} {t('found.then', day=t.date(looked.plan.filters.as_of))}"
    if looked.more:
        head = f"{head} {t('export.best', total=t.number(looked.total))}"
    return state, [line(hit.record, str(request.base_url), t) for hit in hits], head


def _limits(base: Library, state: State, t: Words) -> list[str]:
    """What the list was limited to, in words: a file that is taken away shows no filters beside it."""
    limits = [name(base.document(ref), t) for ref in state.documents]
    for key, field in FACETS.items():
        if key != "in":
            limits += [t(f"{key}.{each}") if t.has(f"{key}.{each}") else each for each in getattr(state, field)]
    return limits


@router.get("/export.csv")
def export_csv(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The answer to a question as CSV."""
    return as_csv(_listed(request, base, t)[1], t)


@router.get("/export.docx")
def export_docx(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The answer to a question as a Word file."""
    state, lines, head = _listed(request, base, t)
    return as_docx(t("export.title"), state.q, head, lines)
