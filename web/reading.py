"""The reader: a whole paper with an anchor for every passage, its permalinks, its page images and its original."""

from functools import lru_cache
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from ingest.readers.page_image import PAGED, page_image
from kb.errors import NotFound
from kb.library import Library
from web import links
from web.context import LibraryDep, WordsDep, render
from web.reader.paper import reader_page
from web.reader.ways import ReaderQuery
from web.search.state import State

router = APIRouter(include_in_schema=False)
_SCALE, _FINE = 2.0, 3.5  # pixels per point of a page image: sharp on a dense screen, about 150 KB; for enlarging
_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}


@router.get("/p/{passage}")
def permalink(passage: str, base: LibraryDep) -> Response:
    """A passage's lasting address leads to the reader, at the passage."""
    record = base.passage(passage)
    return RedirectResponse(links.reader(record.document.id, record.passage.locator), status_code=302)


@router.get("/d/{document}")
def read(
    request: Request,
    document: str,
    base: LibraryDep,
    t: WordsDep,
    query: Annotated[ReaderQuery, Query()],
) -> Response:
    """The reader."""
    record = base.document(document)
    state = State.listed(request.query_params)
    return render(request, "reader.html", t, reader_page(base, record, query, state, t))


@lru_cache(maxsize=64)
def _image(base: Library, identifier: str, format_: str, number: int, turn: int, scale: float) -> bytes:
    return page_image(base.source(identifier), format_, number, turn, scale)


@router.get("/d/{document}/page/{number}.png")
def page(document: str, number: int, base: LibraryDep, t: WordsDep, fine: bool = False) -> Response:
    """The image of a page, turned as its words stand. A file never changes, its id is the hash of its bytes; how it is
    turned may become known only when a scan is recognised.
    """
    record = base.document(document)
    if record.format not in PAGED or not record.pages or not 1 <= number <= record.pages:
        raise NotFound(t("error.no_page", number=number))
    turn = base.pages(record.id)[number - 1].turn
    image = _image(base, record.id, record.format, number, turn, _FINE if fine else _SCALE)
    caching = "private, max-age=60" if record.waiting else "private, max-age=31536000, immutable"
    return Response(image, media_type="image/png", headers={"Cache-Control": caching})


@router.get("/d/{document}/source")
def source(document: str, base: LibraryDep) -> Response:
    """The original file, as a download: an HTML paper must not run in our origin."""
    record = base.document(document)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(record.file)}",
        "Content-Security-Policy": "sandbox",
    }
    return Response(
        base.source(record.id), media_type=_TYPES.get(record.format, "application/octet-stream"), headers=headers
    )
