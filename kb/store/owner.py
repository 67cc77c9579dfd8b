"""Which process does what for a base: one alone writes its derived indexes and opens its Chroma directory."""

import fcntl
import os
from pathlib import Path
from typing import IO


class Ownership:
    """A lock on the base, or on one job in it. The kernel lets go of it when the process ends, however it ends."""

    def __init__(self, home: Path, job: str = "owner") -> None:
        self.path = home / f"{job}.lock"
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Tries to own the base; false where another process does."""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file
        return True

    @property
    def held(self) -> bool:
        """Whether this process owns the base."""
        return self._file is not None

    def holder(self) -> int | None:
        """The process id in the lock file: the last owner, if any."""
        try:
            text = self.path.read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        return int(text) if text.isdigit() else None

    def release(self) -> None:
        """Lets another process own the base."""
        if self._file is not None:
            self._file.close()
            self._file = None
