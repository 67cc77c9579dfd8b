"""Which English pieces a Vietnamese piece means, by IBM model 1 (Brown et al., 1993) in both directions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Ids = NDArray[np.int32]
_ROUNDS = 6
_LONGEST = 120  # tokens of a side; longer pairs say little and cost the square
_MOST_CELLS = 40_000_000


def align(pairs: Sequence[tuple[Sequence[int], Sequence[int]]], rows: int, weights: Sequence[float]) -> csr_matrix:
    """Expected alignment counts, (rows, rows): entry (v, e) is how often piece v was read as piece e.

    Both directions must agree on a link (their counts' geometric mean), which removes the rare words' habit of
    collecting whatever is left over in a sentence.
    """
    vi, en, weight, left, right = _cells(pairs, weights)
    forward = _train(vi, en, weight, left, rows)
    backward = _train(en, vi, weight, right, rows)
    counts = np.sqrt(forward * backward)
    table = csr_matrix((counts, (vi, en)), shape=(rows, rows))
    table.data[table.data < 0.05] = 0
    table.eliminate_zeros()
    return table


def _cells(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]]], weights: Sequence[float]
) -> tuple[Ids, Ids, NDArray[np.float32], Ids, Ids]:
    """Every (Vietnamese, English) token couple of every pair, its weight, and the token of each side it is of."""
    vis, ens, shares, lefts, rights = [], [], [], [], []
    vi_seen = en_seen = cells = 0
    for (whole_vi, whole_en), weight in zip(pairs, weights, strict=True):
        vi, en = whole_vi[:_LONGEST], whole_en[:_LONGEST]
        cells += len(vi) * len(en)
        if cells > _MOST_CELLS:
            break
        vis.append(np.repeat(np.asarray(vi, np.int32), len(en)))
        ens.append(np.tile(np.asarray(en, np.int32), len(vi)))
        lefts.append(np.repeat(np.arange(vi_seen, vi_seen + len(vi), dtype=np.int32), len(en)))
        rights.append(np.tile(np.arange(en_seen, en_seen + len(en), dtype=np.int32), len(vi)))
        shares.append(np.full(len(vi) * len(en), weight, np.float32))
        vi_seen, en_seen = vi_seen + len(vi), en_seen + len(en)
    return tuple(np.concatenate(part) for part in (vis, ens, shares, lefts, rights))  # type: ignore[return-value]


def _train(source: Ids, target: Ids, weight: NDArray[np.float32], place: Ids, rows: int) -> NDArray[np.float64]:
    """Posterior of each couple: how much of the token at `place` is explained by this `target` token."""
    key = source.astype(np.int64) * rows + target
    _, entry = np.unique(key, return_inverse=True)
    given = np.zeros(entry.max() + 1, np.int64)
    given[entry] = target
    chance = np.ones(len(given))
    posterior = np.ones(len(entry))
    for _ in range(_ROUNDS):
        posterior = chance[entry]
        posterior /= np.maximum(np.bincount(place, posterior), 1e-30)[place]
        expected = np.bincount(entry, posterior * weight)
        chance = expected / np.bincount(given, expected, minlength=rows)[given]
    return posterior * weight
