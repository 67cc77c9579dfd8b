"""SQLite as the base uses it: one file, WAL, one connection for each thread."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from kb.errors import Busy, StoreError
from kb.store.connections import Connections

NAME = "catalog.sqlite"  # the file under the home of a base
VERSION = 1
_PRAGMAS = (
    "synchronous = FULL",  # an acknowledged document survives a power cut
    "foreign_keys = ON",
    "cache_size = -16000",
)


class Database:
    """Connections to the truth. Any thread may use it; each gets its own connection."""

    def __init__(self, path: Path) -> None:
        """Opens the base at `path`, makes it where there is none. Raises `StoreError`."""
        self.path = path
        self._connections = Connections(path, *_PRAGMAS)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
        except (OSError, sqlite3.DatabaseError) as error:
            self.close()
            raise StoreError(f"Không mở được kho ở “{path.parent}”: {error}.") from error

    def _prepare(self) -> None:
        found = self._version()
        if found == 0:
            with self.write() as connection:
                if self._version() == 0:  # no other process was quicker
                    for statement in _statements():
                        connection.execute(statement)
            found = self._version()
        if found != VERSION:
            self.close()
            raise StoreError(
                f"Kho ở “{self.path.parent}” thuộc phiên bản {found}, chương trình này cần phiên bản {VERSION}."
            )

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit: reads see what is committed."""
        return self._connections.mine

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all is committed, or, after an error, nothing. Raises `Busy` when it never gets its turn."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise Busy("Một tiến trình khác đang ghi vào kho; hãy thử lại sau ít phút.") from error
        done = False
        try:
            yield connection
            done = True
        finally:
            connection.execute("COMMIT" if done else "ROLLBACK")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view over several reads."""
        connection = self.connection
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("COMMIT")

    def close(self) -> None:
        """Closes every thread's connection."""
        self._connections.close()


def _statements() -> Iterator[str]:
    pending = ""
    for line in files("kb").joinpath("schema.sql").read_text("utf-8").splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
