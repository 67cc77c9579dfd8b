"""A student without layers: the mean of one vector per piece. The yardstick for what the layers are worth.

Each piece's vector is what the encoder says of that piece alone; a piece found in many passages weighs less
(smooth inverse frequency, Arora et al., ICLR 2017) and the direction common to all is taken out.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kb.embed import Encoder

Rows = NDArray[np.float32]
_SMOOTH = 1e-3


class StaticStudent:
    """Vectors by table look-up and a mean: no network runs once it is made."""

    def __init__(self, encoder: Encoder, directory: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()
        vocabulary = self._tokenizer.get_vocab()
        pieces = sorted(vocabulary, key=vocabulary.__getitem__)
        self._table = encoder.passages([piece.replace("▁", " ") for piece in pieces])

    def scores(self, questions: Sequence[str], passages: Sequence[str]) -> Rows:
        """Cosines (questions, passages); piece weights and the common direction are the passages' own."""
        ids = self._ids(passages)
        seen = Counter(one for text in ids for one in text)
        share = np.zeros(len(self._table), np.float32)
        share[list(seen)] = np.array(list(seen.values()), np.float32) / max(1, seen.total())
        weights = _SMOOTH / (_SMOOTH + share)
        rows, asked = self._means(ids, weights), self._means(self._ids(questions), weights)
        common = np.linalg.eigh(rows.T @ rows)[1][:, -1]
        return np.asarray(_unit(asked, common) @ _unit(rows, common).T, np.float32)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [one.ids for one in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def _means(self, ids: Sequence[Sequence[int]], weights: Rows) -> Rows:
        rows = np.zeros((len(ids), self._table.shape[1]), np.float32)
        for row, text in enumerate(ids):
            if text:
                rows[row] = weights[text] @ self._table[text] / len(text)
        return rows


def _unit(means: Rows, common: Rows) -> Rows:
    rows = means - np.outer(means @ common, common)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
