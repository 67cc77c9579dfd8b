"""Search: a question in, ranked passages out, each with its reasons, its marks and its citation."""

from dataclasses import replace
from time import perf_counter

from kb.cite import cite
from kb.finding.copies import copies
from kb.finding.highlight import marks, why
from kb.finding.ranking import Candidate, Ranking, rank
from kb.finding.verdict import on_the_matter, verdict
from kb.library import Library
from kb.model import Filters, Hit, Results, Verdict
from kb.query import EVERYTHING

_DEPTH = 60  # candidates of the second look
_TAIL = 10  # of the candidates: where none of these is on the matter, what comes behind them is not either
_FOLD_WITHIN = 30  # candidates among which near copies are sought


def search(
    library: Library,
    question: str,
    *,
    k: int = 10,
    filters: Filters = EVERYTHING,
    without: frozenset[str] = frozenset(),
) -> Results:
    """The `k` best passages. `without` holds keys of expansions and read filters that the searcher switched off.

    For a list question near copies stay apart, since every one of them is an answer; otherwise they fold into one hit.
    """
    started = perf_counter()
    depth = max(_DEPTH, k)
    ranking = rank(library, question, filters=filters, without=without, depth=depth)
    plan = ranking.understood.plan
    found = verdict(ranking, library.tier)
    kept = [] if found is Verdict.NOTHING else list(ranking.candidates)
    matter = on_the_matter(ranking) if kept else []
    last = matter[-1] if matter else None
    hits = _hits(ranking, kept, k, fold=not plan.wants_list)
    return Results(
        plan=plan,
        verdict=found,
        total=len(matter),
        tier=library.tier,
        searched=library.searched(plan.filters),
        hits=tuple(hits),
        milliseconds=(perf_counter() - started) * 1000,
        least=len(kept) >= depth < library.searched(plan.filters).passages
        and any(one is last for one in kept[-_TAIL:]),
    )


def _hits(ranking: Ranking, candidates: list[Candidate], k: int, *, fold: bool) -> list[Hit]:
    folded = copies([one.record for one in candidates[:_FOLD_WITHIN]]) if fold else {}
    gone = {place for places in folded.values() for place in places}
    standing = [place for place in range(len(candidates)) if place not in gone][:k]
    hits: list[Hit] = []
    for place in standing:
        hit = as_hit(ranking, candidates[place], len(hits) + 1)
        others = tuple(candidates[other].record.id for other in folded.get(place, ()))
        hits.append(replace(hit, also_in=others))
    return hits


def as_hit(ranking: Ranking, one: Candidate, number: int) -> Hit:
    """A candidate as it is shown."""
    routes = dict(one.routes)
    extra = [f"{name}: {text}" for name, text in _remarks(ranking, one) if routes.get(name)]
    return Hit(
        rank=number,
        score=one.score,
        record=one.record,
        marks=marks(ranking.units, one.record),
        why=why(ranking.units, one.record, one.cosine, extra),
        citation=cite(one.record),
        routes=one.routes,
    )


def _remarks(ranking: Ranking, one: Candidate) -> list[tuple[str, str]]:
    meta = one.record.document.metadata
    return [
        ("paper", meta.symbol or one.record.document.file),
        ("place", one.record.passage.locator),
        ("role", one.record.passage.role.value),
        ("task", one.record.passage.role.value),
        ("subject", ranking.understood.plan.subject or ""),
        ("head", one.record.passage.kind.value),
        ("changed", one.record.document.status.validity.value),
    ]
