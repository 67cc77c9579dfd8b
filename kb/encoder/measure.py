"""Ranks and counts: hit@1, hit@10 and MRR@10 of a score matrix."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Result:
    """Shares of questions answered by the first passage and within ten, and the mean reciprocal rank within ten."""

    hit1: float
    hit10: float
    mrr10: float

    def __str__(self) -> str:
        return f"{self.hit1:.3f} / {self.hit10:.3f} / {self.mrr10:.3f}"


def measure(scores: Scores, right: Sequence[frozenset[int]]) -> Result:
    """`scores` is (questions, passages); ties are broken against us by taking the first in order."""
    depth = min(_DEPTH, scores.shape[1])
    top = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
    order = np.take_along_axis(top, np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable"), axis=1)
    ranks = [
        next((rank for rank, passage in enumerate(row, 1) if int(passage) in answers), 0)
        for row, answers in zip(order, right, strict=True)
    ]
    found = np.array(ranks, np.float64)
    reciprocal = np.divide(1.0, found, out=np.zeros_like(found), where=found > 0)
    return Result(float((found == 1).mean()), float((found > 0).mean()), float(reciprocal.mean()))


def standardised(scores: Scores) -> Scores:
    """Each question's scores with mean 0 and deviation 1, so that scores of different kinds can be added."""
    centred = scores - scores.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(centred.std(axis=1, keepdims=True), 1e-6), np.float32)
