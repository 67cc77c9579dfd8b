"""The forward index: each passage's text and the numbers of its words in order, derived from the catalog.

The words index says which passages have a word; the second look asks the other way round, which words a passage has,
of sixty passages in a few milliseconds. Unpacking their documents and taking them apart into words took many times as
long. Like every index it can be thrown away; a passage that it lacks is read from the catalog.
"""

import logging
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import fold, key, written
from kb.store.connections import Connections

READ = 50_000  # words of a passage that are looked at: more than two hundred pages are an annex nobody is sent to read
_LAYOUT = 1  # part of the file's name: another layout is another index, built anew
_NUMBER = np.dtype("<i4")
_MANY = 500  # bound variables in one statement
_KNOWN = 50_000  # words whose numbers are kept in memory
_TABLES = (
    "CREATE TABLE meta (generation INTEGER NOT NULL)",
    "INSERT INTO meta VALUES (0)",
    "CREATE TABLE passages (number INTEGER PRIMARY KEY, document INTEGER NOT NULL, text TEXT NOT NULL,"
    " words BLOB NOT NULL)",
    "CREATE INDEX passages_document ON passages (document)",
    # A word is what it looks like with marks and without; `same` is the first word that looks the same with marks.
    "CREATE TABLE words (number INTEGER PRIMARY KEY AUTOINCREMENT, exact TEXT NOT NULL, folded TEXT NOT NULL,"
    " same INTEGER, UNIQUE (exact, folded))",
    "CREATE INDEX words_folded ON words (folded)",
)
log = logging.getLogger("kb")


class Lexicon:
    """The words of one forward index and their numbers. A number never comes to mean another word."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._known = lru_cache(maxsize=_KNOWN)(self._looked_up)
        self._same = np.zeros(0, np.int32)
        self._size = 0

    def numbers(self, words: Iterable[str], size: int, *, folded: bool) -> dict[str, list[int]]:
        """Of each word, the numbers up to `size` of those that look so, with marks or without."""
        if self._size != size:  # a word that was nowhere may be there now
            self._known.cache_clear()
            self._size = size
        return {word: [number for number in self._known(word, folded) if number <= size] for word in words}

    def _looked_up(self, word: str, folded: bool) -> tuple[int, ...]:
        column = "folded" if folded else "exact"
        rows = self._connections.mine.execute(f"SELECT number FROM words WHERE {column} = ?", (word,))
        return tuple(number for (number,) in rows)

    @property
    def size(self) -> int:
        """The highest number given."""
        return int(self._connections.mine.execute("SELECT coalesce(max(number), 0) FROM words").fetchone()[0])

    def different(self, words: NDArray[np.int32]) -> NDArray[np.int32]:
        """The different words, with marks, sorted: those that differ only without ("kỹ", "kĩ") are one."""
        if len(words) and int(words.max()) >= len(self._same):
            self._same = self._read_same()
        found = self._same[words]
        found.sort()
        fresh = np.ones(len(found), np.bool_)
        np.not_equal(found[1:], found[:-1], out=fresh[1:])
        return found[fresh]  # `np.unique`, in a third of its time for so few

    def _read_same(self) -> NDArray[np.int32]:
        same = np.arange(self.size + 1, dtype=np.int32)
        for number, other in self._connections.mine.execute("SELECT number, same FROM words WHERE same IS NOT NULL"):
            if number < len(same):
                same[number] = other
        return same


class Text(str):
    """A passage's text that brings its words along: the numbers in `lexicon` of its first `READ`, in order."""

    words: NDArray[np.int32]
    lexicon: Lexicon

    @classmethod
    def of(cls, text: str, words: bytes, lexicon: Lexicon) -> "Text":
        """`words` as the index keeps them."""
        made = cls(text)
        made.words, made.lexicon = np.frombuffer(words, _NUMBER)[:READ], lexicon
        return made


class Forward:
    """Passages with their words. Reading is safe from any thread; only the base's owner applies changes."""

    def __init__(self, home: Path, *, owner: bool) -> None:
        """Opens the index under `home`; the owner makes a missing or damaged one anew, at generation 0."""
        self._path = home / f"forward-{_LAYOUT}" / "passages.sqlite"
        self._connections = Connections(self._path, "synchronous = NORMAL", "journal_size_limit = 4000000")
        self._lexicon = Lexicon(self._connections)
        if owner:
            self._prepare()

    def _prepare(self) -> None:
        try:
            if self.generation >= 0:
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connections.mine.execute("BEGIN IMMEDIATE")
            for statement in _TABLES:
                self._connections.mine.execute(statement)
            self._connections.mine.execute("COMMIT")
        except sqlite3.DatabaseError:  # damaged, or half made
            self._forget()
            with closing(sqlite3.connect(self._path)) as connection, connection:
                for statement in _TABLES:
                    connection.execute(statement)

    def _forget(self) -> None:
        self.close()
        shutil.rmtree(self._path.parent, ignore_errors=True)
        self._path.parent.mkdir(parents=True)
        self._lexicon = Lexicon(self._connections)

    @property
    def generation(self) -> int:
        """The catalog generation it was built to; -1 where there is none or it cannot be read."""
        if not self._path.is_file():
            return -1
        try:
            return int(self._connections.mine.execute("SELECT generation FROM meta").fetchone()[0])
        except sqlite3.DatabaseError:
            return -1

    def read(self, numbers: Sequence[int]) -> dict[int, Text]:
        """The texts of these passages by number; those that the index lacks are absent."""
        found: dict[int, Text] = {}
        if not numbers or not self._path.is_file():
            return found
        try:
            for start in range(0, len(numbers), _MANY):
                some = [int(number) for number in numbers[start : start + _MANY]]
                rows = self._connections.mine.execute(
                    f"SELECT number, text, words FROM passages WHERE number IN ({','.join('?' * len(some))})", some
                )
                found.update((number, Text.of(text, words, self._lexicon)) for number, text, words in rows)
        except sqlite3.DatabaseError as error:  # the catalog has it all
            log.warning("the forward index cannot be read: %s", error)
        return found

    def apply(self, generation: int, gone: Iterable[int], entries: Iterable[tuple[int, int, str]]) -> None:
        """Takes out the documents numbered in `gone`, puts (number, document, text) in, and marks the generation."""
        connection = self._connections.mine
        numbers = _Numbers(connection)
        connection.execute("BEGIN IMMEDIATE")
        done = False
        try:
            connection.executemany("DELETE FROM passages WHERE document = ?", ((document,) for document in gone))
            connection.executemany("INSERT OR REPLACE INTO passages VALUES (?, ?, ?, ?)", _rows(entries, numbers))
            connection.execute("UPDATE meta SET generation = ?", (generation,))
            done = True
        finally:
            connection.execute("COMMIT" if done else "ROLLBACK")

    def clear(self) -> None:
        """Takes everything out and begins again at generation 0. Words keep their numbers."""
        self._connections.mine.execute("DELETE FROM passages")
        self._connections.mine.execute("UPDATE meta SET generation = 0")

    def close(self) -> None:
        """Lets go of the file."""
        self._connections.close()


class _Numbers(dict[str, int]):
    """The numbers of words as they are written, given as they are met."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, word: str) -> int:
        exact, folded = key(word), fold(word)
        find = "SELECT number FROM words WHERE exact = ? AND folded = ?"
        found = self._connection.execute(find, (exact, folded)).fetchone()
        if found is None:
            self._connection.execute(
                "INSERT INTO words (exact, folded, same) SELECT ?, ?, min(number) FROM words WHERE exact = ?",
                (exact, folded, exact),
            )
            found = self._connection.execute(find, (exact, folded)).fetchone()
        self[word] = number = int(found[0])
        return number


def _rows(entries: Iterable[tuple[int, int, str]], numbers: _Numbers) -> Iterator[tuple[int, int, str, bytes]]:
    for number, document, text in entries:
        words: Collection[int] = [numbers[word] for word in written(text, READ)]
        yield number, document, text, np.fromiter(words, "<i4", len(words)).tobytes()
