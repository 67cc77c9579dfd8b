"""Whether the base answers a question: how much its best passages have of the matter, against calibrated floors.

Three things speak for it: how near in meaning the nearest passages are, how much of what the question names one of
them has, and how far the best one stands above the rest (where nothing answers, many passages fit the question equally
badly). From these come two chances: that the base speaks of the matter at all, and that it answers. The weights and
floors (`kb/data/weights.json`) come from tests/relevance/calibrate.py.
"""

import json
import math
from dataclasses import dataclass, fields
from functools import lru_cache

from kb.finding.ranking import Candidate, Ranking
from kb.model import Tier, Verdict
from kb.tables import DATA

_REST = 9  # the candidate, counted from 0, that the best one is measured against
_NEAREST = 3  # passages whose cosine is taken, so that one chance likeness decides nothing
_BEST = 5  # candidates among which the one that has most of the question is sought
# A question need not be covered beyond this much rarity (nats, about a dozen words): lay questions tell a story.
_ENOUGH = 40.0
_MOST = 2.0
# Whoever tells a long story is better served by what comes near than by "nothing": the floor sinks by so much for one.
_LENIENT = 0.6
_SHORT = 10  # content words up to which a question is short; one of twice as many is long
# What an exhaustive answer holds; it keeps .95 of what must be listed on the sample, .86 and .85 on real papers.
_BEHIND = 5.0  # of the second look's sum, below the best
_MATTER = 0.5  # share of the question that a passage has with its headings, of what the best one has
_SAME_MEANING = 0.06  # cosine below the nearest from which a passage without the words still speaks of the matter


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer: mean cosine of the nearest passages (0 in the words tier), share of the question, how
    far the second look's sum of the best passage lies above that of the tenth; and how `long` the question is, 0..1,
    since of a long one a passage has the less."""

    near: float
    share: float
    apart: float
    long: float


def evidence(ranking: Ranking) -> Evidence:
    """Of the candidates, wherever in the order they stand."""
    cosines = sorted((one.cosine or 0.0 for one in ranking.candidates), reverse=True)[:_NEAREST]
    total = sum(unit.rarity for unit in ranking.units)
    share = max((one.around for one in ranking.candidates[:_BEST]), default=0.0)
    if total > _ENOUGH:
        share = min(_MOST, share * total / _ENOUGH)
    sums = [one.sum for one in ranking.candidates[: _REST + 1]]
    return Evidence(
        near=sum(cosines) / len(cosines) if cosines else 0.0,
        share=share,
        apart=sums[0] - sums[-1] if sums else 0.0,
        long=min(1.0, max(0.0, (len(ranking.understood.content) - _SHORT) / _SHORT)),
    )


EVIDENCE = tuple(field.name for field in fields(Evidence))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, dict[str, float]]]:
    raw: dict[str, dict[str, dict[str, float]]] = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))[
        "verdict"
    ]
    return raw


def _speaks(row: dict[str, float], found: Evidence, lenient: float = 0.0) -> bool:
    """Whether a calibrated chance reaches its floor, or for a long question a lower one."""
    sums = sum(row[name] * getattr(found, name) for name in EVIDENCE) + row["offset"]
    return 1 / (1 + math.exp(-sums)) >= row["floor"] * (1 - lenient * found.long)


def verdict(ranking: Ranking, tier: Tier) -> Verdict:
    """`answered`, `related` or `nothing`: first whether the base speaks of the matter, then whether it answers."""
    if not ranking.candidates:
        return Verdict.NOTHING
    plan = ranking.understood.plan
    if not plan.missing and (plan.phrases or _found_what_it_names(ranking)):
        return Verdict.ANSWERED
    rows = _table()[f"{plan.language}/{'words' if tier is Tier.WORDS else 'meaning'}"]
    found = evidence(ranking)
    if not plan.phrases and not _speaks(rows["matter"], found, _LENIENT):
        return Verdict.NOTHING
    # Who quotes wants those very words, except in English, which the papers are not in: there a quote is a name.
    held = (plan.missing and plan.language != "en") or _names_a_stranger(ranking)
    return Verdict.ANSWERED if _speaks(rows["answer"], found) and not held else Verdict.RELATED


def _names_a_stranger(ranking: Ranking) -> bool:
    """The question names a paper that the base neither holds nor mentions: no passage can answer for that paper."""
    return bool(ranking.understood.plan.symbols) and not ranking.understood.known_symbols


def _found_what_it_names(ranking: Ranking) -> bool:
    """The best passage is the very provision that was named, or the head or foot of the paper that was asked about; or
    it stands in the paper whose number is all that was asked."""
    wanted = {"place", "head"} if ranking.understood.content else {"place", "head", "paper"}
    return any(name in wanted for name, _ in ranking.candidates[0].routes)


def on_the_matter(ranking: Ranking) -> list[Candidate]:
    """The candidates that belong into an exhaustive answer, in order: not far behind the best, and with the matter in
    their own words or their headings' (points of a list seldom repeat what they are points of), or as near in meaning
    as the nearest."""
    if not ranking.candidates:
        return []
    best = max(one.matter for one in ranking.candidates)
    most = max(one.around for one in ranking.candidates)
    nearest = max(one.cosine or 0.0 for one in ranking.candidates)
    return [
        one
        for one in ranking.candidates
        if one.matter >= best - _BEHIND
        and (one.around >= _MATTER * most or (one.cosine or -1.0) >= nearest - _SAME_MEANING)
    ]
