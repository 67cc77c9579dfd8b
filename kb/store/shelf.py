"""What searching needs in memory: which passages are current, whose they are, and their vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import fold
from kb.model import DocumentRecord, Filters
from kb.store import force
from kb.store.database import Database

MANY = 0.25  # share of the passages from which a filter lets through many
_RUN = 4  # rows in a row from which they are multiplied where they are
_BOUND = 500  # variables in one statement
_VECTORS = "SELECT p.number, e.vector FROM passages p JOIN embeddings e ON e.encoder = ? AND e.key = p.key"
_ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "bch": "ban chap hanh",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The current, searchable passages of one catalog generation; `numbers` is sorted, the others run beside it."""

    generation: int
    records: dict[int, DocumentRecord]  # every stored document by its number, older versions too
    numbers: NDArray[np.int64]
    owners: NDArray[np.int64]  # document number
    roles: NDArray[np.str_]
    day: date  # on which the statuses of the records are right
    known: dict[int, force.Known]  # what those statuses rest on, by the document's number
    _then: dict[date, dict[int, DocumentRecord]] = field(default_factory=dict)  # of the last other day asked for

    def on(self, day: date | None) -> dict[int, DocumentRecord]:
        """The records with the statuses they had on a day, as far as the base knows now; None is `self.day`."""
        if day is None or day == self.day:
            return self.records
        found = self._then.get(day)
        if found is None:
            found = {number: self._on(day, number, record) for number, record in self.records.items()}
            self._then.clear()
            self._then[day] = found
        return found

    def _on(self, day: date, number: int, record: DocumentRecord) -> DocumentRecord:
        return replace(record, status=force.on(day, record.id, record.metadata, self.known[number]))

    def allowed(self, filters: Filters) -> NDArray[np.int64] | None:
        """Numbers of the passages that pass, sorted; None where all do."""
        if not filters.any:
            return None
        mask = np.isin(self.owners, np.array(self.passing(filters), np.int64))
        if filters.roles:
            mask &= np.isin(self.roles, np.array(filters.roles))
        return None if mask.all() else self.numbers[mask]

    def passing(self, filters: Filters) -> list[int]:
        """Numbers of the current documents inside the filters (roles apart, which are a passage's)."""
        documents, kinds = frozenset(filters.documents), {fold(kind) for kind in filters.kinds}

        def passes(record: DocumentRecord) -> bool:
            meta = record.metadata
            return (
                (not documents or record.id in documents)
                and (not kinds or fold(meta.kind or "") in kinds)
                and (not filters.years or (meta.date is not None and meta.date.year in filters.years))
                and (filters.as_of is None or (meta.date is not None and meta.date <= filters.as_of))
                and (not filters.validity or record.status.validity.value in filters.validity)
                and (not filters.legibility or record.legibility.value in filters.legibility)
                and (not filters.issuers or any(_issued_by(record, issuer) for issuer in filters.issuers))
            )

        records = self.on(filters.as_of)
        return [number for number, record in records.items() if record.current and passes(record)]

    def owners_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents of these passages, which the shelf has."""
        return self.owners[np.searchsorted(self.numbers, numbers)]

    def still_there(self, hits: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """The hits that the shelf has: an index may be a moment behind it."""
        return among(hits, self.numbers)


def among(hits: list[tuple[int, float]], numbers: NDArray[np.int64]) -> list[tuple[int, float]]:
    """The hits (number, score) whose number is one of these, which are sorted."""
    if not hits or not len(numbers):
        return []
    found = np.fromiter((number for number, _ in hits), np.int64, len(hits))
    places = np.minimum(np.searchsorted(numbers, found), len(numbers) - 1)
    return [hit for hit, there in zip(hits, numbers[places] == found, strict=True) if there]


def load(
    database: Database,
    generation: int,
    records: dict[int, DocumentRecord],
    known: dict[int, force.Known],
    day: date,
) -> Shelf:
    """The shelf of what the catalog holds now; the statuses of `records` are those of `day` and rest on `known`."""
    rows = database.connection.execute(
        "SELECT p.number, p.document, p.role FROM passages p JOIN documents d ON d.number = p.document"
        " WHERE d.current AND p.searchable ORDER BY p.number"
    ).fetchall()
    return Shelf(
        generation,
        records,
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        np.array([row[2] for row in rows], np.str_),
        day,
        known,
    )


def _issued_by(record: DocumentRecord, wanted: str) -> bool:
    said = " ".join(_ABBREVIATIONS.get(word, word) for word in fold(wanted).split())
    names = (record.metadata.issuer, record.metadata.authority)
    if any(said in " ".join(fold(name).split()) for name in names if name):
        return True
    code = fold(record.metadata.symbol or "").rpartition("-")[2]
    return bool(said) and fold(wanted) == code.rpartition("/")[2]


@dataclass(slots=True)
class Matrix:
    """Unit vectors of passages for exact scoring: one float32 row for each number, numbers sorted."""

    numbers: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def nearest(
        self, vector: NDArray[np.float32], allowed: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[int, float]]:
        """(number, cosine) best first; equal cosines in passage order. Numbers without a vector are left out."""
        numbers, scores = self._scored(np.asarray(vector, np.float32), allowed)
        if not len(numbers) or limit <= 0:
            return []
        limit = min(limit, len(scores))
        best = np.argpartition(-scores, limit - 1)[:limit]
        best = best[np.lexsort((numbers[best], -scores[best]))]
        return [(int(numbers[place]), float(scores[place])) for place in best]

    def _scored(
        self, vector: NDArray[np.float32], allowed: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        if allowed is None or not len(self.numbers):
            return self.numbers, self.rows @ vector
        places = np.minimum(np.searchsorted(self.numbers, allowed), len(self.numbers) - 1)
        places = places[self.numbers[places] == allowed]
        if len(places) > MANY * len(self.numbers):  # multiplying all is quicker than picking these out
            return self.numbers[places], (self.rows @ vector)[places]
        return self.numbers[places], self._products(places, vector)

    def _products(self, places: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of some rows. A document's stand together, and multiplying them where they are spares copying them."""
        breaks = np.flatnonzero(np.diff(places) != 1) + 1
        if len(breaks) * _RUN > len(places):
            return self.rows[places] @ vector
        scores = np.empty(len(places), np.float32)
        begin = 0
        for end in [*breaks.tolist(), len(places)]:
            if end > begin:
                first = int(places[begin])
                np.dot(self.rows[first : first + end - begin], vector, out=scores[begin:end])
            begin = end
        return scores

    def take(self, numbers: Sequence[int], dimensions: int) -> NDArray[np.float32]:
        """The rows of these numbers in this order; zeros where there is none."""
        found = np.zeros((len(numbers), dimensions), np.float32)
        if len(self.numbers) and len(numbers):
            wanted = np.asarray(numbers, np.int64)
            places = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
            known = self.numbers[places] == wanted
            found[known] = self.rows[places[known]]
        return found


def read_matrix(database: Database, encoder: int, dimensions: int) -> Matrix:
    """The vectors that an encoder (by its number) made of the current passages."""
    count = database.connection.execute(
        "SELECT count(*) FROM passages p JOIN documents d ON d.number = p.document WHERE d.current AND p.searchable"
    ).fetchone()[0]
    numbers, rows = np.empty(count, np.int64), np.empty((count, dimensions), np.float32)
    at = 0
    for number, vector in database.connection.execute(
        f"{_VECTORS} JOIN documents d ON d.number = p.document WHERE d.current AND p.searchable ORDER BY p.number",
        (encoder,),
    ):
        if at < count:  # another process may add to them meanwhile
            numbers[at], rows[at] = number, np.frombuffer(vector, np.float32)
            at += 1
    return Matrix(numbers[:at], rows[:at])


def read_vectors(database: Database, encoder: int, dimensions: int, numbers: Sequence[int]) -> NDArray[np.float32]:
    """The vectors of a few passages, one row each in this order; zeros where there is none."""
    known: dict[int, bytes] = {}
    for start in range(0, len(numbers), _BOUND):
        some = [int(number) for number in numbers[start : start + _BOUND]]
        asked = f"{_VECTORS} WHERE p.number IN ({','.join('?' * len(some))})"
        known.update(database.connection.execute(asked, (encoder, *some)))
    found = np.zeros((len(numbers), dimensions), np.float32)
    for at, number in enumerate(numbers):
        if vector := known.get(int(number)):
            found[at] = np.frombuffer(vector, np.float32)
    return found
