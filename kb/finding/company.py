"""What a candidate's company says of it: the passage that introduces it, its neighbours, the rest of its paper.

An answer often does not repeat what it answers: "Lý do: trong 05 năm không phát sinh hồ sơ" stands under the name of
the procedure, "Buổi sáng: từ 07 giờ 00" after "Thời gian tiếp nhận hồ sơ:".
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kb.library import Library
from kb.model import PassageRecord

_REACH = 2  # passages before and behind that count as neighbours
_BEST = 8  # candidates whose surroundings are looked at too
_AROUND = 4  # passages before and behind each of them
_NONE_NEAR = -0.4  # cosine below the best, where no neighbour is a candidate


def neighbours(
    library: Library,
    records: Sequence[PassageRecord],
    sums: NDArray[np.float32],
    allowed: NDArray[np.int64] | None,
    day: date | None = None,
) -> list[PassageRecord]:
    """The searchable passages around the best candidates that are none yet; only those that pass the filters."""
    have = {record.number for record in records}
    owners: dict[int, str] = {}
    for at in np.argsort(-sums, kind="stable")[:_BEST]:
        record = records[int(at)]
        for number in range(record.number - _AROUND, record.number + _AROUND + 1):
            if number not in have:
                owners.setdefault(number, record.document.id)
    found = library.records(sorted(owners), day)
    # Numbers run through a paper; the one before its first passage is another paper's.
    kept = [record for record in found if record.passage.searchable and record.document.id == owners[record.number]]
    if allowed is not None and kept:
        inside = np.isin([record.number for record in kept], allowed)
        kept = [record for record, passes in zip(kept, inside, strict=True) if passes]
    return kept


def company(
    records: Sequence[PassageRecord],
    text: NDArray[np.float32],
    around: NDArray[np.float32],
    cosine: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Columns (parent, paper, beside) for each candidate, from the columns of all of them.

    parent: what the passage that introduces it has of the question; paper: the most that any candidate of its paper
    has; beside: the nearest neighbour's cosine against the best one's.
    """
    if not records:
        return np.zeros((0, 3), np.float32)
    names = {name: at for at, name in enumerate(dict.fromkeys(record.document.id for record in records))}
    papers = np.array([names[record.document.id] for record in records])
    numbers = np.array([record.number for record in records])
    most = np.zeros(len(names), np.float32)
    np.maximum.at(most, papers, around)
    order = np.argsort(numbers, kind="stable")
    beside = np.full(len(records), _NONE_NEAR, np.float32)
    best = float(cosine.max())
    for step in range(1, min(_REACH, len(records) - 1) + 1):
        here, there = order[:-step], order[step:]
        close = (papers[here] == papers[there]) & (numbers[there] - numbers[here] <= _REACH)
        here, there = here[close], there[close]
        np.maximum.at(beside, here, cosine[there] - best)
        np.maximum.at(beside, there, cosine[here] - best)
    return np.stack([_introduced(records, text), most[papers], beside], axis=1)


def _introduced(records: Sequence[PassageRecord], text: NDArray[np.float32]) -> NDArray[np.float32]:
    """The most that a candidate above it, or the paragraph that opens the part it stands in, has of the question."""
    places = {(record.document.id, record.passage.locator): at for at, record in enumerate(records)}
    values = np.zeros(len(records), np.float32)
    for at, record in enumerate(records):
        above = record.passage.locator.rpartition("/")[0]
        while above:
            for place in (above, f"{above}/p1"):
                found = places.get((record.document.id, place), at)
                if found != at:
                    values[at] = max(values[at], text[found])
            above = above.rpartition("/")[0]
    return values
