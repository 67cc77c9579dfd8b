"""Whether the base answers a question: calibrated floors on the chance of the best passage (kb/data/weights.json)."""

import json
from collections.abc import Sequence
from functools import lru_cache

from kb.model import Plan, Tier, Verdict
from kb.ranking import Candidate
from kb.tables import DATA


@lru_cache(maxsize=1)
def _floors() -> dict[str, dict[str, float]]:
    raw: dict[str, dict[str, float]] = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))["floors"]
    return raw


def _row(plan: Plan, tier: Tier) -> dict[str, float]:
    return _floors()[f"{plan.language}/{'words' if tier is Tier.WORDS else 'meaning'}"]


def floor(plan: Plan, tier: Tier) -> float:
    """Below this chance a passage has nothing to do with the question."""
    return _row(plan, tier)["related"]


def listing(plan: Plan, tier: Tier) -> float:
    """From this chance on a passage belongs into an exhaustive answer."""
    return _row(plan, tier)["listed"]


def answering(plan: Plan, tier: Tier) -> float:
    """From this chance on a passage is taken to answer."""
    return _row(plan, tier)["answered"]


def verdict(plan: Plan, candidates: Sequence[Candidate], tier: Tier) -> Verdict:
    """`answered`, `related` or `nothing`, by the best candidate."""
    best = max((one.score for one in candidates), default=0.0)
    if best >= answering(plan, tier):
        return Verdict.ANSWERED
    return Verdict.RELATED if best >= floor(plan, tier) else Verdict.NOTHING
