"""The derived indexes and how they follow the catalog, from whatever generation they were built to."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.document import Passage
from ingest.symbols import find_symbols
from kb.catalog import Catalog
from kb.model import DocumentRecord
from kb.store.forward import Forward
from kb.store.shelf import MANY, Matrix, Shelf, among, read_matrix, read_vectors
from kb.terms import Words, words
from kb.words import Entry, WordsIndex

if TYPE_CHECKING:
    from kb.vectors import VectorIndex

_STEP = 20_000  # passages in one commit: bounds memory, and what a kill can cost
_SPARE = (1.5, 6.0)  # how many more of the nearest are fetched than should pass a filter; at last, all are looked at
_FILTERS = 4  # filters whose vectors are kept


@dataclass(frozen=True, slots=True)
class Change:
    """A document that came or went at a generation; `first..last` are its passages' numbers."""

    document: int
    changed: int
    current: bool
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many passages it has."""
        return max(0, self.last - self.first + 1)


@dataclass(frozen=True, slots=True)
class State:
    """How far the derived indexes are: generations, current passages with and without a vector, and Chroma's count."""

    catalog: int
    words: int
    vectors: int
    missing: int
    chroma: tuple[int, int] | None  # (generation, vectors); None where this process has not opened it


@dataclass(frozen=True, slots=True)
class Step:
    """A portion of changes and the generation that the index has after it."""

    generation: int
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Meaning:
    """The vectors of one encoder: its number in the catalog, exact rows once needed, and Chroma if it is open."""

    encoder: int
    fingerprint: str
    dimensions: int
    matrix: Matrix | None = None
    built: tuple[int, int] = (-1, -1)  # the catalog's (generation, embedded) that the matrix shows
    chroma: "VectorIndex | None" = None
    few: tuple[tuple[NDArray[np.int64], tuple[int, int], Matrix], ...] = ()  # by the filters used last
    read: int = 0  # vectors read for them
    lock: threading.Lock = field(default_factory=threading.Lock)


class Indexes:
    """Words and vectors under one home. `follow_*` may be called by the owner only; reads from any thread."""

    def __init__(self, catalog: Catalog, home: Path, meaning: Meaning | None) -> None:
        self.catalog = catalog
        self.home = home
        self.meaning = meaning
        self._words: WordsIndex | None = None
        self._forward: Forward | None = None

    def words(self, *, owner: bool) -> WordsIndex:
        """The words index, opened at the first call; only an owner makes it where it is missing or damaged."""
        if self._words is None or (owner and self._words.generation < 0):
            self._words = WordsIndex(self.home, owner=owner)
        return self._words

    def forward(self, *, owner: bool) -> Forward:
        """The forward index, opened at the first call; only an owner makes it where it is missing or damaged."""
        if self._forward is None or (owner and self._forward.generation < 0):
            if self._forward is not None:
                self._forward.close()
            self._forward = Forward(self.home, owner=owner)
        return self._forward

    def follow_forward(self) -> None:
        """Brings the forward index to the catalog's generation."""
        index = self.forward(owner=True)
        if index.generation > self.catalog.generation:
            index.clear()
        for step in self._steps(index.generation):
            current = [change.document for change in step.changes if change.current]
            index.apply(step.generation, [change.document for change in step.changes], self._texts(current))

    def follow_words(self) -> None:
        """Brings the words index to the catalog's generation."""
        index = self.words(owner=True)
        if index.generation > self.catalog.generation:  # an older copy of the catalog was put in its place
            index.clear()
        for step in self._steps(index.generation):
            current = [change.document for change in step.changes if change.current]
            index.apply(step.generation, [change.document for change in step.changes], self._entries(current))

    def follow_vectors(self) -> None:
        """Brings Chroma to the catalog's generation, from the embeddings in the catalog; opens it at the first call."""
        meaning = self.meaning
        if meaning is None:
            return
        stamp = f"{meaning.fingerprint}:{self.catalog.embedded}"
        if meaning.chroma is None:
            from kb.vectors import VectorIndex  # noqa: PLC0415 - 0.6 s, which `kb list` and `kb search` must not pay

            meaning.chroma = VectorIndex(self.home, stamp)
        if meaning.chroma.generation > self.catalog.generation or meaning.chroma.fingerprint != stamp:
            meaning.chroma.clear(stamp)
        for step in self._steps(meaning.chroma.generation):
            rows = (self._rows(change.document) for change in step.changes if change.current)
            gone = [range(change.first, change.last + 1) for change in step.changes]
            meaning.chroma.apply(step.generation, gone, rows)

    def matrix(self) -> Matrix:
        """The exact vectors of the current passages, read anew when the catalog has changed."""
        meaning = self.meaning
        if meaning is None:
            return Matrix()
        with meaning.lock:
            now = (self.catalog.generation, self.catalog.embedded)
            if meaning.matrix is None or meaning.built != now:
                meaning.matrix = read_matrix(self.catalog.database, meaning.encoder, meaning.dimensions)
                meaning.built = now
            return meaning.matrix

    def nearest(
        self, vector: NDArray[np.float32], shelf: Shelf, allowed: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[int, float]]:
        """(passage number, cosine) of those on the shelf, best first; `allowed` (sorted) limits it.

        Chroma has no quick filter, but where many pass, they are among the nearest of all; where few pass, their
        vectors are multiplied one and all.
        """
        meaning = self.meaning
        if meaning is None or limit <= 0:
            return []
        chroma = meaning.chroma
        if chroma is not None and chroma.generation == shelf.generation:
            if allowed is None:
                return shelf.still_there(chroma.search(vector, limit))
            share = len(allowed) / max(1, len(shelf.numbers))
            for spare in _SPARE if share >= MANY else ():
                kept = among(chroma.search(vector, int(limit / share * spare)), allowed)
                if len(kept) >= limit:
                    return kept[:limit]
        return self._exact(meaning, shelf, allowed).nearest(vector, allowed, limit)

    def _exact(self, meaning: Meaning, shelf: Shelf, allowed: NDArray[np.int64] | None) -> Matrix:
        """The vectors that a filter needs: these alone, until as many have been read so as there are in all."""
        if allowed is None or meaning.matrix is not None:
            return self.matrix()
        now = (self.catalog.generation, self.catalog.embedded)
        with meaning.lock:
            for known, built, few in meaning.few:
                if known is allowed and built == now:
                    return few
            meaning.read += len(allowed)
            whole = meaning.read > len(shelf.numbers)
        if whole:
            meaning.few = ()
            return self.matrix()
        rows = read_vectors(self.catalog.database, meaning.encoder, meaning.dimensions, allowed.tolist())
        there = rows.any(axis=1)
        few = Matrix(allowed[there], rows[there])
        with meaning.lock:
            meaning.few = ((allowed, now, few), *meaning.few[: _FILTERS - 1])
        return few

    def vectors(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """The passages' vectors, one row each in this order; zeros where there is none."""
        meaning = self.meaning
        if meaning is None:
            return np.zeros((len(numbers), 0), np.float32)
        if meaning.matrix is not None:
            return self.matrix().take(numbers, meaning.dimensions)
        # A base need not hold all of them in memory; but those of the filter in use are there.
        now = (self.catalog.generation, self.catalog.embedded)
        found = next((few.take(numbers, meaning.dimensions) for _, built, few in meaning.few[:1] if built == now), None)
        if found is None:
            return read_vectors(self.catalog.database, meaning.encoder, meaning.dimensions, numbers)
        missing = np.flatnonzero(~found.any(axis=1))
        if len(missing):
            rest = [numbers[int(at)] for at in missing]
            found[missing] = read_vectors(self.catalog.database, meaning.encoder, meaning.dimensions, rest)
        return found

    def state(self) -> State:
        """How far the indexes are behind the catalog."""
        encoder = self.meaning.encoder if self.meaning else None
        total, vectors = self.catalog.database.connection.execute(
            "SELECT count(*), count(e.key) FROM passages p JOIN documents d ON d.number = p.document"
            " LEFT JOIN embeddings e ON e.encoder = ? AND e.key = p.key WHERE d.current AND p.searchable",
            (encoder,),
        ).fetchone()
        chroma = self.meaning.chroma if self.meaning else None
        return State(
            self.catalog.generation,
            self.words(owner=False).generation,
            vectors,
            total - vectors,
            (chroma.generation, chroma.count()) if chroma else None,
        )

    def rebuild(self) -> None:
        """Throws the indexes away; following the catalog then builds them anew."""
        self.words(owner=True).clear()
        self.forward(owner=True).clear()
        if self.meaning and self.meaning.chroma:
            self.meaning.chroma.clear()

    def close(self) -> None:
        """Lets go of the files."""
        if self._forward is not None:
            self._forward.close()
        if self.meaning and self.meaning.chroma:
            self.meaning.chroma.close()
            self.meaning.chroma = None

    def _steps(self, generation: int) -> Iterator[Step]:
        """What changed after `generation`, in portions; the last one is marked with the catalog's generation."""
        with self.catalog.database.read():
            target = self.catalog.generation
            changes = self._changes(generation)
        portion: list[Change] = []
        for change in changes:
            if portion and sum(each.size for each in portion) + change.size > _STEP:
                yield Step(portion[-1].changed, tuple(portion))
                portion = []
            portion.append(change)
        if portion or generation != target:
            yield Step(target, tuple(portion))

    def _changes(self, generation: int) -> list[Change]:
        rows = self.catalog.database.connection.execute(
            "SELECT d.number, d.changed, d.current, coalesce(min(p.number), 1), coalesce(max(p.number), 0)"
            " FROM documents d LEFT JOIN passages p ON p.document = d.number WHERE d.changed > ? GROUP BY d.number"
            " UNION ALL SELECT number, changed, 0, first, last FROM gone WHERE changed > ? ORDER BY 2",
            (generation, generation),
        )
        return [Change(number, changed, bool(current), first, last) for number, changed, current, first, last in rows]

    def _entries(self, documents: list[int]) -> Iterator[Entry]:
        for number in documents:
            for stored in self.catalog.documents("number = ?", (number,)):
                text = self.catalog.text(number)
                title = title_words(stored.record)
                for each in self.catalog.passages(number):
                    if each.passage.searchable:
                        yield _entry(each.number, number, each.passage, text, title)

    def _texts(self, documents: list[int]) -> Iterator[tuple[int, int, str]]:
        for number in documents:
            text = self.catalog.text(number)
            for each in self.catalog.passages(number):
                yield each.number, number, text[each.passage.start : each.passage.end]

    def _rows(self, document: int) -> tuple[list[int], NDArray[np.float32]]:
        assert self.meaning is not None
        found = self.catalog.database.connection.execute(
            "SELECT p.number, e.vector FROM passages p JOIN embeddings e ON e.encoder = ? AND e.key = p.key"
            " WHERE p.document = ? AND p.searchable ORDER BY p.number",
            (self.meaning.encoder, document),
        ).fetchall()
        joined = b"".join(vector for _, vector in found)
        rows = np.frombuffer(joined, np.float32).reshape(len(found), self.meaning.dimensions)
        return [number for number, _ in found], rows


def title_words(record: DocumentRecord) -> Words:
    """A document's type, symbol and title, as words."""
    meta = record.metadata
    return words(" ".join(part for part in (meta.kind, meta.symbol, meta.title) if part))


@lru_cache(maxsize=512)
def _heading_words(parts: tuple[str, ...]) -> Words:
    return words("\n".join(parts))


def _entry(number: int, document: int, passage: Passage, text: str, title: Words) -> Entry:
    own = text[passage.start : passage.end]
    return Entry(
        number=number,
        document=document,
        text=words(own),
        heading=_heading_words(passage.heading + passage.columns),
        title=title,
        symbols=tuple(dict.fromkeys(match.canonical for match in find_symbols(own))),
    )
