"""Asking the base as an address asks: a ranking of passages, or everything that answers, by document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.answer import answer
from kb.library import Library
from kb.model import Filters, Group, Hit, Plan, Results, Searched, Verdict
from kb.question import intent, telex
from kb.search import search
from web.search.state import MOST, PAGE, State

COUNTED = 60  # passages that the counts of the filters rest on when ranked


@dataclass(frozen=True, slots=True)
class Looked:
    """What the base gave. `groups` are the same hits by document, none where only the ranking was asked for."""

    plan: Plan
    verdict: Verdict
    searched: Searched
    hits: tuple[Hit, ...]
    total: int
    groups: tuple[Group, ...] = ()
    least: bool = False  # there may be more than `total`

    @property
    def more(self) -> bool:
        """Whether more passages lie above the floor than `hits` has."""
        return self.total > sum(1 + len(hit.also_in) for hit in self.hits)


def wants_list(state: State) -> bool:
    """Whether the question asks for everything of a kind ("nhiệm vụ nào …")."""
    return intent.read(telex.read(state.q)).wants_list


def ranked(base: Library, state: State, filters: Filters | None = None) -> Looked:
    """The passages above the floor, the best first. More are asked for than shown, for the counts of the filters."""
    filters = state.filters(base) if filters is None else filters
    results = search(base, state.q, k=max(state.k + PAGE, COUNTED), filters=filters, without=frozenset(state.without))
    return Looked(results.plan, results.verdict, results.searched, above(results), results.total, least=results.least)


def by_document(base: Library, state: State, filters: Filters | None = None) -> Looked:
    """A list question answered whole; of any other question the ranking, gathered by document."""
    filters = state.filters(base) if filters is None else filters
    if not wants_list(state):
        found = ranked(base, state, filters)
        return replace(found, groups=_gathered(found.hits))
    whole = answer(base, state.q, filters=filters, without=frozenset(state.without))
    hits = tuple(hit for group in whole.groups for hit in (*group.hits, *group.also))
    return Looked(whole.plan, whole.verdict, whole.searched, hits, len(hits), whole.groups)


def inside(base: Library, state: State, document: str) -> tuple[tuple[Hit, ...], date | None]:
    """The hits of a question in one document, as its list has them, and the day as of which it is asked.

    A list question is answered whole: of one document alone it would have other floors.
    """
    filters = state.filters(base)
    if not state.q:
        return (), filters.as_of
    without = frozenset(state.without)
    if wants_list(state):
        whole = answer(base, state.q, filters=filters, without=without)
        own = [hit for group in whole.groups if group.document.id == document for hit in (*group.hits, *group.also)]
        if own:
            return tuple(own), whole.plan.filters.as_of
    found = search(base, state.q, k=MOST, filters=replace(filters, documents=(document,)), without=without)
    return above(found), found.plan.filters.as_of


def above(results: Results) -> tuple[Hit, ...]:
    """The hits above the floor: a search fills up to what it was asked for with weaker ones."""
    kept: list[Hit] = []
    left = results.total
    for hit in results.hits:
        if left <= 0:
            break
        kept.append(hit)
        left -= 1 + len(hit.also_in)
    return tuple(kept)


def _gathered(hits: Sequence[Hit]) -> tuple[Group, ...]:
    """The document of the best passage first; its passages in the order in which they stand in it."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.record.document.id, []).append(hit)
    return tuple(
        Group(own[0].record.document, tuple(sorted(own, key=lambda hit: hit.record.passage.start)))
        for own in found.values()
    )
