"""How whole and how pure the answers to list questions are, as `kb ask` gives them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kb.answer import answer
from kb.evaluate import Gold, Question, is_gold
from kb.library import Library


@dataclass(frozen=True, slots=True)
class Listed:
    """Means over the questions: of the gold passages, how many are listed; of the listed ones, how many are right."""

    recall: float
    precision: float


def listed(library: Library, questions: Sequence[Question], beside: dict[str, list[Gold]] | None = None) -> Listed:
    """Of the answerable list questions; `beside` has passages that are right too when listed, by question id."""
    recalls, precisions = [], []
    for one in questions:
        if one.kind == "list" and one.answerable:
            records = [hit.record for group in answer(library, one.question).groups for hit in group.hits]
            fair = [*one.gold, *(beside or {}).get(one.id, [])]
            recalls.append(np.mean([any(is_gold(record, gold) for record in records) for gold in one.gold]))
            right = [any(is_gold(record, gold) for gold in fair) for record in records]
            precisions.append(np.mean(right) if right else 0.0)
    return Listed(float(np.mean(recalls)), float(np.mean(precisions)))
