"""The documents of the base: list with filters and order, and taking one out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from ingest.readers.ocr import APT, is_installed
from ingest.vietnamese import fold
from kb.errors import UsageError
from kb.library import Library
from kb.model import DocumentRecord
from kb.recognition import Background
from kb.settings import Settings
from web import links
from web.context import LibraryDep, SettingsDep, WordsDep, render
from web.intake.incoming import Incoming, incoming
from web.language import Words
from web.views import Heading, Link, heading

router = APIRouter(include_in_schema=False)
_PAGE = 100
_FIELDS = ("kind", "issuer", "year", "status", "legibility")
_LATEST_FIRST = ("newest", "added")
_SORTS: dict[str, Callable[[DocumentRecord], str]] = {
    "newest": lambda r: r.metadata.date.isoformat() if r.metadata.date else "",
    "oldest": lambda r: r.metadata.date.isoformat() if r.metadata.date else "9",
    "name": lambda r: fold(r.metadata.title or r.file),
    "added": lambda r: r.added,
}


class ListQuery(BaseModel):
    """What the list shows."""

    find: str = ""
    kind: str = ""
    issuer: str = ""
    year: str = ""
    status: str = ""
    legibility: str = ""
    sort: str = "newest"
    all: bool = False  # older versions too
    show: int = Field(default=100, ge=1, le=100_000)  # how many
    gone: str = ""  # the name of a document just taken out


@dataclass(frozen=True, slots=True)
class Line:
    """A document in the list."""

    document: Heading
    id: str
    file: str
    format: str
    passages: str
    pages: str
    added: str
    searchable: bool
    scan: str  # how far the recognition of its pages is
    again: str  # where one asks to have unread pages tried again
    remove: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter of the list."""

    words: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """The documents page."""

    query: ListQuery
    lines: tuple[Line, ...]
    more: str
    count: str
    unreadable: int
    missing: str  # what to install so that scans can be read
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    sorts: tuple[tuple[Link, bool], ...]
    incoming: Incoming
    upload: bool
    limit: int
    stock: str
    clear: str  # the list without its filters


@dataclass(frozen=True, slots=True)
class RemovePage:
    """The question before a document is taken out."""

    document: Heading
    id: str
    file: str
    passages: str


@router.get("/documents")
def documents(
    request: Request, base: LibraryDep, settings: SettingsDep, t: WordsDep, query: Annotated[ListQuery, Query()]
) -> Response:
    """The list."""
    desk, scans = request.app.state.desk, request.app.state.scans
    page = list_page(base, query, t, incoming(desk, base, scans, t), settings, scans)
    return render(request, "documents.html", t, page)


def list_page(
    base: Library, query: ListQuery, t: Words, coming: Incoming, settings: Settings, scans: Background | None = None
) -> ListPage:
    """The view model."""
    everything = base.documents(current_only=not query.all)
    shown = [record for record in everything if _passes(record, query)]
    shown.sort(key=_SORTS.get(query.sort, _SORTS["newest"]), reverse=query.sort in _LATEST_FIRST)
    filtered = {field: "" for field in (*_FIELDS, "find") if getattr(query, field)}
    return ListPage(
        query=query,
        lines=tuple(_line(record, scans, t) for record in shown[: query.show]),
        more=_url(query, show=str(query.show + _PAGE)) if len(shown) > query.show else "",
        count=t.count("documents", len(shown)),
        unreadable=sum(not record.searchable for record in everything),
        missing=APT if any(record.waiting for record in everything) and not is_installed() else "",
        choices=tuple((t(f"facet.{field}"), _choices(everything, field, query, t)) for field in _FIELDS),
        sorts=tuple((Link(t(f"sort.{name}"), _url(query, sort=name)), query.sort == name) for name in _SORTS),
        incoming=coming,
        upload=settings.allow_upload,
        limit=settings.max_file_mb,
        stock=t.count("passages", sum(record.passages for record in shown)),
        clear=_url(query, **filtered) if filtered else "",
    )


def _value(record: DocumentRecord, field: str) -> str:
    if field == "kind":
        return record.metadata.kind or ""
    if field == "issuer":
        return record.metadata.issuer or ""
    if field == "year":
        return str(record.metadata.date.year) if record.metadata.date else ""
    return str(record.legibility if field == "legibility" else record.status.validity)


def _passes(record: DocumentRecord, query: ListQuery, *, but: str = "") -> bool:
    for field in _FIELDS:
        wanted = getattr(query, field)
        if wanted and field != but and _value(record, field) != wanted:
            return False
    words = fold(query.find).split()
    meta = record.metadata
    told = fold(" ".join(filter(None, (record.file, meta.symbol, meta.title, meta.kind, meta.issuer))))
    return all(word in told for word in words)


def _choices(records: list[DocumentRecord], field: str, query: ListQuery, t: Words) -> tuple[Choice, ...]:
    counts = Counter(_value(r, field) for r in records if _passes(r, query, but=field) and _value(r, field))
    chosen = getattr(query, field)
    if len(counts) < 2 and not chosen:
        return ()
    return tuple(
        Choice(
            t(f"{field}.{value}") if field in ("status", "legibility") else value,
            count,
            _url(query, **{field: "" if value == chosen else value}),
            value == chosen,
        )
        for value, count in sorted(counts.items(), key=_newest if field == "year" else _commonest)
    )


def _commonest(choice: tuple[str, int]) -> tuple[int, str]:
    return -choice[1], choice[0]


def _newest(choice: tuple[str, int]) -> tuple[int, str]:
    return -int(choice[0]), ""


def _url(query: ListQuery, **changes: str) -> str:
    now = {**query.model_dump(exclude={"gone"}), **changes}
    default = ListQuery().model_dump()
    return links.address("/documents", [(k, str(v)) for k, v in now.items() if v != default[k]])


def _scan(record: DocumentRecord, scans: Background | None, t: Words) -> str:
    at = scans.progress(record.id) if scans else None
    if at is not None:
        return t("scan.reading", done=at[0], of=at[1])
    if scans and record.id in scans.asked():
        return t("scan.asked")
    if record.waiting:
        return t.count("scan.waiting", record.waiting)
    return t.count("scan.unread", record.unread) if record.unread else ""


def _busy(record: DocumentRecord, scans: Background | None) -> bool:
    return scans is not None and (scans.hand == record.id or record.id in scans.asked())


def _line(record: DocumentRecord, scans: Background | None, t: Words) -> Line:
    return Line(
        document=heading(record, t),
        id=links.short(record.id),
        file=record.file,
        format=record.format.upper(),
        passages=t.count("passages", record.passages),
        pages=t.count("pages", record.pages) if record.pages else "",
        added=t.date(date.fromisoformat(record.added[:10])),
        searchable=record.searchable,
        scan=_scan(record, scans, t),
        again="" if record.waiting or not record.unread or _busy(record, scans) else links.recognise(record.id),
        remove=f"/documents/{links.short(record.id)}/remove",
    )


@router.get("/documents/{document}/remove")
def ask_remove(request: Request, document: str, base: LibraryDep, settings: SettingsDep, t: WordsDep) -> Response:
    """Asks before taking a document out."""
    _allowed(settings.allow_upload, t)
    record = base.document(document)
    page = RemovePage(heading(record, t), links.short(record.id), record.file, t.count("passages", record.passages))
    return render(request, "remove.html", t, page)


@router.post("/documents/{document}/remove")
def remove(document: str, base: LibraryDep, settings: SettingsDep, t: WordsDep) -> Response:
    """Takes a document out and goes back to the list."""
    _allowed(settings.allow_upload, t)
    record = base.document(document)
    base.drop(record.id)
    return RedirectResponse(links.address("/documents", [("gone", record.file)]), status_code=303)


def _allowed(allow: bool, t: Words) -> None:
    if not allow:
        raise UsageError(t("upload.off"))
