"""What a piece keeps company with in Vietnamese law: the stand-in for pieces no translation covers."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

_WINDOW = 4
_WIDTH = 96
_NEIGHBOURS = 12
_SHARPNESS = 18.0


def company(texts: Iterable[NDArray[np.int32]], rows: int) -> NDArray[np.float32]:
    """(rows, 96) unit vectors from positive pointwise mutual information within four pieces, reduced by SVD."""
    stream = np.concatenate([np.append(text, np.zeros(_WINDOW, np.int32)) for text in texts])
    total = csr_matrix((rows, rows), dtype=np.float32)
    for apart in range(1, _WINDOW + 1):
        left, right = stream[:-apart], stream[apart:]
        keep = (left > 0) & (right > 0)
        ones = np.full(int(keep.sum()), 1.0 / apart, np.float32)
        total = total + coo_matrix((ones, (left[keep], right[keep])), shape=(rows, rows)).tocsr()
    total = (total + total.T).tocoo()
    sums = np.asarray(total.sum(axis=1)).ravel()
    # The context's share is smoothed (power .75), which keeps rare contexts from ruling.
    smooth = sums**0.75 / np.maximum((sums**0.75).sum(), 1e-9)
    value = np.log(
        np.maximum(total.data / (np.maximum(sums[total.row], 1e-9) * np.maximum(smooth[total.col], 1e-12)), 1e-12)
    )
    keep = value > 0
    matrix = csr_matrix((value[keep], (total.row[keep], total.col[keep])), shape=(rows, rows))
    left_vectors, strength, _ = svds(matrix, k=_WIDTH, random_state=0, tol=1e-2)
    vectors = left_vectors * np.sqrt(strength)
    unit: NDArray[np.float32] = (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return unit


def lend(vectors: NDArray[np.float32], known: NDArray[np.bool_], table: NDArray[np.float32]) -> NDArray[np.float32]:
    """For every row, the mean of its nearest `known` rows of `table`, weighted by likeness; shape as `table`."""
    sources = np.flatnonzero(known)
    lent = np.zeros_like(table)
    for start in range(0, len(vectors), 1024):
        likeness = vectors[start : start + 1024] @ vectors[sources].T
        # A row must not borrow from itself.
        own = np.searchsorted(sources, np.arange(start, min(start + 1024, len(vectors))))
        for row, place in enumerate(own):
            if place < len(sources) and sources[place] == start + row:
                likeness[row, place] = -1.0
        best = np.argpartition(-likeness, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
        share = np.exp(_SHARPNESS * np.take_along_axis(likeness, best, axis=1))
        share /= share.sum(axis=1, keepdims=True)
        lent[start : start + 1024] = np.einsum("ij,ijk->ik", share, table[sources[best]])
    return lent
