"""The search page, the small pages around it, and the living style guide."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from kb.errors import NotFound
from kb.library import Library
from kb.model import Filters
from web import links
from web.context import LibraryDep, SettingsDep, WordsDep, render
from web.language import Words
from web.search.finding import Found, find
from web.search.state import State
from web.views import Heading, Link, heading

router = APIRouter(include_in_schema=False)
_LATEST = 4


@dataclass(frozen=True, slots=True)
class Example:
    """Questions one kind of user asks."""

    who: str
    what: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page, with or without a question."""

    state: State
    found: Found | None
    opened: str | None  # the reader beside the list
    full: str  # the same as a page of its own
    examples: tuple[Example, ...]
    latest: tuple[Heading, ...]
    stock: str
    tier: str


@router.get("/")
def home(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The search page."""
    state = State.of(request.query_params)
    found = find(base, state, t) if state.q else None
    opened, full = None, ""
    if found and state.open:
        with suppress(NotFound):  # an old address: what was found is worth showing all the same
            record = base.passage(state.open)
            full = links.reader(record.document.id, record.passage.locator, asked=state.asked())
            opened = links.reader(record.document.id, record.passage.locator, asked=state.asked(), embed="1")
    searched = base.searched(Filters())
    stock = t(
        "home.stock",
        documents=t.count("documents", searched.documents),
        passages=t.count("passages", searched.passages),
    )
    page = SearchPage(state, found, opened, full, _examples(t), _latest(base, t), stock, t(f"tier.{base.tier}"))
    return render(request, "search.html", t, page)


def _examples(t: Words) -> tuple[Example, ...]:
    return tuple(
        Example(
            t(f"home.{user}"),
            t(f"home.{user}.does"),
            tuple(
                Link(question, links.address("/", [("q", question)]))
                for question in (t(f"home.{user}.{n}") for n in (1, 2))
            ),
        )
        for user in ("searcher", "drafter", "newcomer")
    )


def _latest(base: Library, t: Words) -> tuple[Heading, ...]:
    """The documents issued last."""
    dated = sorted(base.documents(), key=lambda record: record.metadata.date or date.min, reverse=True)
    return tuple(heading(record, t) for record in dated[:_LATEST])


@router.get("/help")
def help_page(request: Request, t: WordsDep) -> Response:
    """How to ask, and the keys."""
    return render(request, "help.html", t, None)


@router.get("/styleguide")
def styleguide(request: Request, base: LibraryDep, settings: SettingsDep, t: WordsDep) -> Response:
    """Every macro with real passages; only in development."""
    if not settings.development:
        raise NotFound(t("error.404"))
    state = State(q=t("home.searcher.1"))
    return render(
        request, "styleguide.html", t, SearchPage(state, find(base, state, t), None, "", _examples(t), (), "", "")
    )
