"""Which of the candidates belong into an answer that gives them all.

A passage that belongs stands high in the order, is as near in meaning as the nearest, and has the matter in its own
words or stands under it: points of a list seldom repeat what they are points of. Whether a list was asked for is one
sign among others; many a question is answered by a list without saying so ("what must the commune do when …"). The
weights and the two floors (`kb/data/weights.json`) come from tests/relevance/listing.py.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.document import Role
from kb.finding import units
from kb.finding.features import see
from kb.finding.ranking import Candidate, Ranking
from kb.model import PassageRecord, Tier
from kb.tables import DATA

SIGNS = (
    "behind",  # how far its sum lies below the best one's
    "order",  # logarithm of its place, up to the `_COUNTED`th
    "under",  # what it has of the question or stands under, of the most that any has
    "near",  # its cosine, below the nearest one's (0 in the words tier)
    "list",  # a list was asked for
    "list_behind",  # the same, times `behind`
    "task",  # tasks were asked for, and it is one
    "no_task",  # tasks were asked for, and it is none
    "subject",  # what somebody has to do was asked for
    "paper",  # stands in the best one's paper
)
TASKS = (Role.TASK, Role.RESPONSIBILITY)
_COUNTED = 12  # a long list may go on: from here on a place says nothing more
_POINTS = 15  # what has more than so many points is no list that is read as one
FARTHEST = 8.0  # below the best sum: what lies farther belongs into no answer


@dataclass(frozen=True, slots=True)
class Model:
    """Weights beside `SIGNS` and the floors of what is listed and of what is shown apart."""

    weights: NDArray[np.float64]
    offset: float
    listed: float
    apart: float


@lru_cache(maxsize=2)
def model(tier: Tier) -> Model:
    """The model of a tier."""
    raw = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))["listing"]
    row = raw["words" if tier is Tier.WORDS else "meaning"]
    weights = np.array([float(row["weights"].get(sign, 0.0)) for sign in SIGNS])
    return Model(weights, float(row["offset"]), float(row["listed"]), float(row["apart"]))


def signs(ranking: Ranking) -> NDArray[np.float64]:
    """(candidates, `SIGNS`), in the candidates' order."""
    found, plan = ranking.candidates, ranking.understood.plan
    table = np.zeros((len(found), len(SIGNS)))
    if not found:
        return table
    matter = np.array([one.matter for one in found])
    best = int(matter.argmax())
    cosine = np.array([one.cosine or 0.0 for one in found])
    task = np.array([one.record.passage.role in TASKS for one in found])
    paper = found[best].record.document.id
    columns = {
        "behind": matter[best] - matter,
        "order": np.log1p(np.minimum(np.argsort(np.argsort(-matter, kind="stable"), kind="stable"), _COUNTED)),
        "under": _of_most([_under(ranking, one) for one in found]),
        "near": cosine - cosine.max(),
        "list": np.full(len(found), float(plan.wants_list)),
        "list_behind": (matter[best] - matter) * plan.wants_list,
        "task": task * float(plan.wants_tasks),
        "no_task": ~task * float(plan.wants_tasks),
        "subject": np.full(len(found), float(plan.subject is not None)),
        "paper": np.array([float(one.record.document.id == paper) for one in found]),
    }
    for at, name in enumerate(SIGNS):
        table[:, at] = columns[name]
    return table


def chances(table: NDArray[np.float64], weights: NDArray[np.float64], offset: float) -> NDArray[np.float64]:
    """The chance of each row of `signs` to belong; 0 for what lies too far behind."""
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-(table @ weights + offset)))
    return np.where(table[:, SIGNS.index("behind")] < FARTHEST, chance, 0.0)


Points = Callable[[int, str], int]


def belonging(ranking: Ranking, tier: Tier, points: Points) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates that belong into the answer, and those that may be worth a look beside it; both in order.

    `points` tells how many passages stand directly under a locator of the document of a passage (`Catalog.points`).
    """
    chosen = model(tier)
    found = chances(signs(ranking), chosen.weights, chosen.offset)
    records = [one.record for one in ranking.candidates]
    inside = whole(records, found >= chosen.listed, points)
    beside = ~inside & (found >= chosen.apart)
    listed, apart = (
        [one for one, kept in zip(ranking.candidates, part, strict=True) if kept] for part in (inside, beside)
    )
    return listed, apart


def whole(records: Sequence[PassageRecord], listed: NDArray[np.bool_], points: Points) -> NDArray[np.bool_]:
    """`listed`, and the other points of a list that belongs: two and half of its points do, or one and its lead-in."""
    places = {(record.document.id, record.passage.locator): at for at, record in enumerate(records)}
    lists: dict[tuple[str, str], list[int]] = {}
    for at, record in enumerate(records):
        above = record.passage.locator.rpartition("/")[0]
        if above and record.passage.searchable:
            lists.setdefault((record.document.id, above), []).append(at)
    result = listed.copy()
    for (document, above), members in lists.items():
        heads = {places.get((document, above)), places.get((document, f"{above}/p1"))}
        leads = {at for at in heads if at is not None and records[at].text.rstrip().endswith(":")}
        listable = [at for at in members if at not in leads]
        there = int(listed[listable].sum())
        led = there >= 1 and any(listed[at] for at in leads)
        if not led and there < 2:
            continue
        size = points(records[members[0]].number, above)
        if size <= _POINTS and (led or 2 * there >= size):
            result[listable] = True
    return result


def _under(ranking: Ranking, one: Candidate) -> float:
    seen = see(one.record)
    return units.under(ranking.units, seen.text, seen.heading, seen.title)


def _of_most(values: Sequence[float]) -> NDArray[np.float64]:
    shares = np.array(values, np.float64)
    result: NDArray[np.float64] = shares / max(float(shares.max()), 1e-6)
    return result
