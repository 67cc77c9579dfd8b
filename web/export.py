"""Passages to take away: CSV for a spreadsheet, DOCX for a paper, each with its citation."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import docx
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
from web.search.state import State
from web.views import name

router = APIRouter(include_in_schema=False)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIELDS = ("document", "role", "locator", "text", "citation", "url")


@dataclass(frozen=True, slots=True)
class Line:
    """One passage of a list."""

    document: str
    role: str
    locator: str
    text: str
    citation: str
    url: str


def line(record: PassageRecord, root: str, t: Words) -> Line:
    """A passage as a line of a list; `root` is the address of the site."""
    citation, place = cite(record), locator_words(record.passage.locator, record.passage.heading, record.document)
    here = 0 if t.language == "vi" else 1
    return Line(
        document=name(record.document, t),
        role=t(f"role.{record.passage.role}"),
        locator=place[here],
        text=record.text,
        citation=(citation.vi, citation.en)[here],
        url=root.rstrip("/") + links.passage(record.id),
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


def as_docx(title: str, head: str, lines: Iterable[Line]) -> Response:
    """A Word file in the type face of Vietnamese official papers, a heading for each document."""
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.add_heading(title, level=1)
    paper.add_paragraph(head)
    last = ""
    for each in lines:
        if each.document != last:
            paper.add_heading(each.document, level=2)
            last = each.document
        paper.add_paragraph(each.text, style="List Number")
        paper.add_paragraph(f"{each.citation} — {each.url}", style="Intense Quote")
    out = io.BytesIO()
    paper.save(out)
    headers = {"Content-Disposition": 'attachment; filename="can-cu.docx"'}
    return Response(out.getvalue(), media_type=_DOCX, headers=headers)


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
    if looked.more:
        head = f"{head} {t('export.best', total=t.number(looked.total))}"
    return state, [line(hit.record, str(request.base_url), t) for hit in hits], head


@router.get("/export.csv")
def export_csv(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The answer to a question as CSV."""
    return as_csv(_listed(request, base, t)[1], t)


@router.get("/export.docx")
def export_docx(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The answer to a question as a Word file."""
    state, lines, head = _listed(request, base, t)
    return as_docx(state.q, head, lines)
