"""One SQLite connection for each thread to one file."""

import sqlite3
import threading
from pathlib import Path

_WAIT_SECONDS = 30.0


class Connections:
    """Opens a thread's connection when it first asks, with WAL and the given pragmas. Any thread may use it."""

    def __init__(self, path: Path, *pragmas: str) -> None:
        self._path, self._pragmas = path, ("journal_mode = WAL", *pragmas)
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()

    @property
    def mine(self) -> sqlite3.Connection:
        """This thread's, in autocommit: transactions begin and end only where they are said to."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
            with self._guard:
                self._all.append(found)
            self._local.connection = found
            for pragma in self._pragmas:
                found.execute(f"PRAGMA {pragma}")
        return found

    def close(self) -> None:
        """Closes every thread's connection; the next use opens anew."""
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()
