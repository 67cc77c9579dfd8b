"""The search page, the small pages around it, and the living style guide."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from kb.answer import answer
from kb.errors import NotFound
from kb.library import Library
from kb.model import Answer, Expansion, Filters, Hit, Plan, Results, Tier, Verdict
from kb.search import search
from web import links
from web.context import LibraryDep, SettingsDep, WordsDep, render
from web.facets import Facet, facets
from web.language import Words
from web.state import PAGE, State
from web.views import Card, Heading, Link, card, heading

router = APIRouter(include_in_schema=False)
_LATEST = 4


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing the question was understood to say; `url` takes it off."""

    kind: str
    words: str
    detail: str
    url: str | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A document of the answer: what was asked for, and apart what is only on the matter."""

    document: Heading
    cards: tuple[Card, ...]
    also: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search shows."""

    verdict: str
    count: str
    searched: str
    tier: str
    view: str
    chips: tuple[Chip, ...]
    meant: Link | None
    cards: tuple[Card, ...]
    groups: tuple[GroupView, ...]
    facets: tuple[Facet, ...]
    showing: str
    more: Link | None
    views: tuple[Link, ...]
    seconds: str


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
    opened: str | None
    examples: tuple[Example, ...]
    latest: tuple[Heading, ...]
    stock: str
    tier: str


@router.get("/")
def home(request: Request, base: LibraryDep, t: WordsDep) -> Response:
    """The search page."""
    state = State.of(request.query_params)
    found = _find(base, state, t) if state.q else None
    opened = None
    if found and state.open:
        record = base.passage(state.open)
        opened = links.reader(record.document.id, record.passage.locator, question=state.q, embed="1")
    searched = base.searched(Filters())
    stock = t(
        "home.stock",
        documents=t.count("documents", searched.documents),
        passages=t.count("passages", searched.passages),
    )
    page = SearchPage(state, found, opened, _examples(t), _latest(base, t), stock, _tier(base.tier, t))
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


def _tier(tier: Tier, t: Words) -> str:
    return t(f"tier.{tier}")


def _find(base: Library, state: State, t: Words) -> Found:
    filters, without = state.filters(base), frozenset(state.without)
    results = search(base, state.q, k=state.k, filters=filters, without=without)
    view = state.view or (
        "answer" if results.plan.wants_list and results.verdict is not Verdict.NOTHING else "passages"
    )
    groups: tuple[GroupView, ...] = ()
    cards: tuple[Card, ...] = ()
    if view == "answer":
        whole = answer(base, state.q, filters=filters, without=without)
        groups, count = _groups(base, whole, state, t), _answer_count(whole, t)
    else:
        cards, count = _cards(base, results.hits, state, t), t.count("found.passages", results.total)
    shown = min(state.k, len(results.hits))
    left = results.total - shown
    more = (
        Link(t("found.more", n=min(PAGE, left)), state.url(k=state.k + PAGE, open=""))
        if left > 0 and not groups
        else None
    )
    return Found(
        verdict=results.verdict,
        count=count,
        searched=_searched(results, t),
        tier=_tier(results.tier, t),
        view=view,
        chips=_chips(results.plan, state, t),
        meant=_meant(results.plan, state),
        cards=cards,
        groups=groups,
        facets=facets(base, state, filters, t) if results.total or state.filtered else (),
        showing=t("found.showing", shown=shown, total=results.total) if left > 0 else "",
        more=more,
        views=tuple(Link(t(f"view.{each}"), state.url(view=each, open="", k=PAGE)) for each in ("answer", "passages")),
        seconds=t("found.seconds", n=max(1, round(results.milliseconds))),
    )


def _searched(results: Results, t: Words) -> str:
    parts = [
        t(
            "found.searched",
            documents=t.count("documents", results.searched.documents),
            passages=t.count("passages", results.searched.passages),
        )
    ]
    if results.searched.unsearchable:
        parts.append(t("found.unsearchable", documents=t.count("documents", results.searched.unsearchable)))
    return "; ".join(parts)


def _answer_count(whole: Answer, t: Words) -> str:
    tasks = "found.tasks" if whole.plan.wants_tasks else "found.passages"
    main = sum(len(group.hits) for group in whole.groups)
    also = sum(len(group.also) for group in whole.groups)
    parts = [t.count(tasks, main), t("found.in", documents=t.count("documents", whole.documents))]
    words = " ".join(parts)
    return f"{words}, {t.count('found.also', also)}" if also else words


def _cards(base: Library, hits: tuple[Hit, ...], state: State, t: Words) -> tuple[Card, ...]:
    return tuple(
        card(
            hit,
            t,
            question=state.q,
            selected=state.open,
            others=tuple(base.passage(other) for other in hit.also_in),
        )
        for hit in hits
    )


def _groups(base: Library, whole: Answer, state: State, t: Words) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(
            heading(group.document, t, question=state.q),
            _cards(base, group.hits, state, t),
            _cards(base, group.also, state, t),
        )
        for group in whole.groups
    )


def _meant(plan: Plan, state: State) -> Link | None:
    """The reading with marks of a question typed without."""
    if not plan.restored or plan.restored.lower() == state.q.lower():
        return None
    return Link(plan.restored, state.url(q=plan.restored, k=PAGE, open=""))


def _expansion(expansion: Expansion, state: State, t: Words) -> Chip:
    url = state.url(without=(*state.without, expansion.key), open="", k=PAGE)
    key = f"relation.{expansion.relation}"
    return Chip(t(key if t.has(key) else "relation.other"), expansion.source, ", ".join(expansion.terms), url)


def _chips(plan: Plan, state: State, t: Words) -> tuple[Chip, ...]:
    chips = [Chip(t("chip.symbol"), symbol, "", None) for symbol in plan.symbols]
    chips += [Chip(t("chip.phrase"), f"“{phrase}”", "", None) for phrase in plan.phrases]
    chips += [_expansion(each, state, t) for each in plan.expansions]
    chips += [
        Chip(t("chip.off"), key, "", state.url(without=tuple(k for k in state.without if k != key), open=""))
        for key in state.without
    ]
    return tuple(chips)


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
        request, "styleguide.html", t, SearchPage(state, _find(base, state, t), None, _examples(t), (), "", "")
    )
