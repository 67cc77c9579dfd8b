"""Paragraphs copied down the levels of government: one hit stands for its near copies in other documents."""

from collections.abc import Sequence

import numpy as np

from kb.finding.features import see
from kb.finding.views import View
from kb.model import PassageRecord

_ALIKE = 0.9  # share of the words of the longer text that both have
_SHORTEST = 12  # words; shorter passages are alike by chance


def copies(records: Sequence[PassageRecord]) -> dict[int, list[int]]:
    """For each place in `records` that stands for others: the later places of its near copies in other documents."""
    views = [see(record).text for record in records]
    sizes = [view.size for view in views]
    owners = [record.document.id for record in records]
    folded: dict[int, list[int]] = {}
    taken: set[int] = set()
    for first, size in enumerate(sizes):
        if first in taken or size < _SHORTEST:
            continue
        # Half as long is hardly ever alike, and long texts need not be taken apart to see it.
        shortest, longest = _ALIKE / 2 * size, size / (_ALIKE / 2)
        for second in range(first + 1, len(records)):
            likely = shortest <= sizes[second] <= longest and owners[first] != owners[second]
            if likely and second not in taken and _alike(views[first], views[second]):
                folded.setdefault(first, []).append(second)
                taken.add(second)
    return folded


def _alike(left: View, right: View) -> bool:
    one, other = left.numbers, right.numbers
    if one is not None and other is not None:
        longer = max(len(one), len(other))
        if min(len(one), len(other)) < _ALIKE * longer:
            return False
        both = np.concatenate((one, other))
        both.sort()
        return int(np.count_nonzero(both[1:] == both[:-1])) >= _ALIKE * longer
    return _shared(left.vocabulary, right.vocabulary)


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    longer = max(len(one), len(other))
    return min(len(one), len(other)) >= _ALIKE * longer and len(one & other) >= _ALIKE * longer
