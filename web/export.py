"""The list of an answer to take away: CSV for a spreadsheet, DOCX for a paper, each line with its citation."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from fastapi import APIRouter, Request
from starlette.responses import Response

from kb.answer import answer
from kb.errors import UsageError
from kb.library import Library
from kb.model import Answer, Hit
from web.context import LibraryDep, WordsDep
from web.language import Words
from web.state import State
from web.views import card

router = APIRouter(include_in_schema=False)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One passage of the list."""

    document: str
    role: str
    locator: str
    text: str
    citation: str
    url: str


def _whole(request: Request, base: Library) -> tuple[State, Answer]:
    state = State.of(request.query_params)
    if not state.q:
        raise UsageError("Hãy viết câu hỏi: ?q=…")
    return state, answer(base, state.q, filters=state.filters(base), without=frozenset(state.without))


def _lines(hits: tuple[Hit, ...], request: Request, state: State, t: Words) -> Iterator[Line]:
    root = str(request.base_url).rstrip("/")
    for hit in hits:
        shown = card(hit, t, question=state.q)
        text = hit.record.text
        yield Line(shown.document.name, shown.role, shown.locator, text, shown.citation, root + shown.permalink)


@router.get("/export.csv")
def as_csv(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The list as CSV (UTF-8 with a byte order mark: Excel shows Vietnamese only so)."""
    state, whole = _whole(request, base)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(t(f"export.{field}") for field in ("document", "role", "locator", "text", "citation", "url"))
    for group in whole.groups:
        for line in _lines((*group.hits, *group.also), request, state, t):
            cells = (line.document, line.role, line.locator, line.text, line.citation, line.url)
            table.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    headers = {"Content-Disposition": 'attachment; filename="can-cu.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/export.docx")
def as_docx(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The list as a Word file in the type face of Vietnamese official papers."""
    state, whole = _whole(request, base)
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.add_heading(state.q, level=1)
    paper.add_paragraph(
        t(
            "export.head",
            passages=t.count("passages", whole.passages),
            documents=t.count("documents", whole.documents),
            searched=t.count("documents", whole.searched.documents),
        )
    )
    for group in whole.groups:
        lines = list(_lines((*group.hits, *group.also), request, state, t))
        if lines:
            paper.add_heading(f"{lines[0].document}", level=2)
        for line in lines:
            paper.add_paragraph(line.text, style="List Number")
            paper.add_paragraph(f"{line.citation} — {line.url}", style="Intense Quote")
    out = io.BytesIO()
    paper.save(out)
    headers = {"Content-Disposition": 'attachment; filename="can-cu.docx"'}
    return Response(out.getvalue(), media_type=_DOCX, headers=headers)
