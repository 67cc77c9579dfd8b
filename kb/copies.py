"""Paragraphs copied down the levels of government: one hit stands for its near copies in other documents."""

from collections.abc import Sequence

from kb.features import see
from kb.model import PassageRecord

_ALIKE = 0.9  # share of the words of the longer text that both have
_SHORTEST = 12  # words; shorter passages are alike by chance


def copies(records: Sequence[PassageRecord]) -> dict[int, list[int]]:
    """For each place in `records` that stands for others: the later places of its near copies in other documents."""
    words = [see(record).text.exact.split() for record in records]
    sets = [frozenset(run) for run in words]
    folded: dict[int, list[int]] = {}
    taken: set[int] = set()
    for first in range(len(records)):
        if first in taken or len(words[first]) < _SHORTEST:
            continue
        for second in range(first + 1, len(records)):
            if second in taken or records[first].document.id == records[second].document.id:
                continue
            if _alike(sets[first], sets[second]):
                folded.setdefault(first, []).append(second)
                taken.add(second)
    return folded


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    longer = max(len(left), len(right))
    return min(len(left), len(right)) >= _ALIKE * longer and len(left & right) >= _ALIKE * longer
