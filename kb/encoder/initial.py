"""The student before any training: the teacher's network, with rows for Vietnamese mixed from its English rows."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from ingest.vietnamese import fold
from kb.encoder.distribution import lend
from kb.encoder.pieces import MARK, SPECIAL

Table = NDArray[np.float32]
_TRUST = 3.0  # aligned occurrences at which translation and company weigh the same
_LINKS = 10  # English pieces mixed into one row at most


def rows(
    tokenizer: Tokenizer,
    english: Mapping[str, int],
    teacher: Table,
    teacher_special: Mapping[str, int],
    links: csr_matrix,
    company: Table,
    seen: Counter[str],
) -> Table:
    """(vocabulary, 384) word rows.

    `links` are alignment counts between our pieces, `company` unit vectors of the pieces' contexts, `seen` how often
    each syllable with marks occurs (an unmarked syllable is the mixture of all it may stand for).
    """
    pieces = [name for name, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
    table = np.zeros((len(pieces), teacher.shape[1]), np.float32)
    is_english = np.array([piece in english for piece in pieces])
    for row, piece in enumerate(pieces):
        if piece in english:
            table[row] = teacher[english[piece]]
        elif piece in SPECIAL:
            table[row] = teacher[teacher_special[piece]]
    length = float(np.linalg.norm(table[is_english], axis=1).mean())
    weight = _strongest(links[:, np.flatnonzero(is_english)])
    mass = np.asarray(weight.sum(axis=1)).ravel()
    aligned = np.asarray(weight @ table[is_english]) / np.maximum(mass, 1e-9)[:, None]
    fresh = np.array([piece not in english and piece not in SPECIAL for piece in pieces])
    known = fresh & (mass > _TRUST)
    lent = _parts(pieces, lend(company, known, _sized(aligned, length)), aligned, mass)
    share = (mass / (mass + _TRUST))[:, None]
    mixed = _sized(share * aligned + (1 - share) * lent, length)
    table[fresh] = mixed[fresh]
    _unmarked(pieces, table, fresh, mass, seen, length)
    return table


def _strongest(links: csr_matrix) -> csr_matrix:
    """The `_LINKS` largest counts of each row, squared against their sum so that strays lose weight."""
    kept = links.tolil(copy=True)
    for row in range(links.shape[0]):
        start, end = links.indptr[row], links.indptr[row + 1]
        order = np.argsort(-links.data[start:end])[:_LINKS]
        values = links.data[start:end][order]
        total = values.sum()
        strong = values > 0.04 * total
        kept.rows[row] = sorted(links.indices[start:end][order][strong].tolist())
        by_column = dict(zip(links.indices[start:end][order].tolist(), values.tolist(), strict=True))
        kept.data[row] = [by_column[column] for column in kept.rows[row]]
    return kept.tocsr()


def _parts(pieces: list[str], lent: Table, aligned: Table, mass: NDArray[np.float64]) -> Table:
    """Mixes what a two-syllable word borrows with what its syllables mean, where those are known."""
    place = {piece: row for row, piece in enumerate(pieces)}
    mixed = lent.copy()
    for row, piece in enumerate(pieces):
        if MARK not in piece[1:]:
            continue
        halves = [place.get(MARK + part) for part in piece[1:].split(MARK)]
        known = [half for half in halves if half is not None and mass[half] > _TRUST]
        if known:
            mixed[row] = 0.5 * lent[row] + 0.5 * aligned[known].mean(axis=0)
    return mixed


def _unmarked(
    pieces: list[str],
    table: Table,
    fresh: NDArray[np.bool_],
    mass: NDArray[np.float64],
    seen: Counter[str],
    length: float,
) -> None:
    """Gives syllables typed without marks the mean of their readings, by how common each is."""
    place = {piece: row for row, piece in enumerate(pieces)}
    readings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for piece, row in place.items():
        if fresh[row] and MARK not in piece[1:] and fold(piece) != piece:
            readings[fold(piece)].append((row, seen[piece]))
    for piece, marked in readings.items():
        row = place.get(piece, -1)
        if row < 0 or not fresh[row] or mass[row] > 4 * _TRUST:
            continue
        weights = np.array([count + 1 for _, count in marked], np.float32)
        mixture = weights @ table[[reading for reading, _ in marked]] / weights.sum()
        table[row] = _sized(mixture[None], length)[0]


def _sized(table: Table, length: float) -> Table:
    sized: Table = (length * table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return sized
