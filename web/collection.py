"""Passages gathered for a draft. The collection is its address: share or keep the link; nothing is stored here."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from kb.errors import NotFound
from kb.library import Library
from kb.model import PassageRecord
from web import links
from web.context import LibraryDep, WordsDep, render
from web.export import Line, as_csv, as_docx, line
from web.language import Words
from web.views import Cell, Heading, flowing, heading, own_words

router = APIRouter(include_in_schema=False)
_MOST = 100
Chosen = Annotated[list[str], Query(default_factory=list, max_length=_MOST)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage of the collection."""

    id: str
    line: Line
    cells: tuple[Cell, ...]  # of a table row
    quote: str  # its words as a draft takes them: a table row each cell after its column
    document: Heading
    url: str
    without: str  # the collection's address without it


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """The collection."""

    kept: tuple[Kept, ...]
    count: str
    lost: tuple[str, ...]  # ids that lead nowhere any more
    csv: str
    docx: str


def _records(base: Library, ids: list[str]) -> tuple[list[PassageRecord], list[str]]:
    found: list[PassageRecord] = []
    lost: list[str] = []
    for each in dict.fromkeys(ids):
        try:
            found.append(base.passage(each))
        except NotFound:
            lost.append(each)
    return found, lost


def _lines(request: Request, records: list[PassageRecord], t: Words) -> list[Line]:
    return [line(record, str(request.base_url), t) for record in records]


@router.get("/collection")
def collection(request: Request, base: LibraryDep, t: WordsDep, p: Chosen) -> Response:
    """The collection, each passage with its citation, in the order it was gathered."""
    records, lost = _records(base, p)
    ids = [record.id for record in records]
    kept = tuple(
        Kept(
            record.id,
            said,
            own_words(record, ())[1],
            flowing("; ".join(said.cells) or said.text),
            heading(record.document, t),
            links.reader(record.document.id, record.passage.locator),
            _address("/collection", [each for each in ids if each != record.id]),
        )
        for record, said in zip(records, _lines(request, records, t), strict=True)
    )
    count = t.count("passages", len(kept))
    page = CollectionPage(kept, count, tuple(lost), _address("/collection.csv", ids), _address("/collection.docx", ids))
    return render(request, "collection.html", t, page)


@router.get("/collection.csv")
def collection_csv(request: Request, base: LibraryDep, t: WordsDep, p: Chosen) -> Response:
    """The collection as CSV."""
    return as_csv(_lines(request, _records(base, p)[0], t), t)


@router.get("/collection.docx")
def collection_docx(request: Request, base: LibraryDep, t: WordsDep, p: Chosen) -> Response:
    """The collection as a Word file."""
    lines = _lines(request, _records(base, p)[0], t)
    return as_docx(t("collection.title"), "", t.count("passages", len(lines)), lines)


def _address(path: str, ids: list[str]) -> str:
    return links.address(path, [("p", each) for each in ids])
