"""Uploads that could not be read, on disk: they outlive the server, so that another try needs no second upload.

Nothing that was refused is kept: a paper with a stamp of secrecy leaves no trace here.
"""

import json
import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import time_ns
from typing import IO

from kb.model import Outcome, OutcomeStatus

_MOST = 512 << 20  # bytes; the oldest are let go beyond it
log = logging.getLogger("kb")


@dataclass(frozen=True, slots=True)
class Kept:
    """An upload that could not be read, and what was said of it."""

    key: str
    name: str
    outcomes: tuple[Outcome, ...]


class Drawer:
    """A folder of the base with two files for each upload: its bytes, and what is known of it."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "failed"

    def put(self, name: str, data: IO[bytes], outcomes: Sequence[Outcome]) -> str:
        """Keeps an upload and gives its key, "" where the disk has no room for it or something in it was refused."""
        if any(outcome.status is OutcomeStatus.REFUSED for outcome in outcomes):
            return ""
        key = f"{time_ns():020}"
        told = {"name": name, "outcomes": [asdict(outcome) for outcome in outcomes]}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            data.seek(0)
            with self._bytes(key).open("wb") as file:
                shutil.copyfileobj(data, file)
            # Last, and whole: what has no description is not there.
            self._told(key).with_suffix(".part").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
            self._told(key).with_suffix(".part").replace(self._told(key))
            self._make_room()
        except OSError as error:
            log.warning("an upload that could not be read is not kept: %s", error)
            self.drop(key)
            return ""
        return key

    def open(self, key: str) -> IO[bytes]:
        """The bytes of an upload. Raises `OSError` where they are gone."""
        return self._bytes(key).open("rb")

    def drop(self, key: str) -> None:
        """Lets an upload go."""
        for path in self._folder.glob(f"{key}.*"):
            path.unlink(missing_ok=True)

    def __iter__(self) -> Iterator[Kept]:
        """What is kept, the oldest first; what cannot be read any more is let go."""
        for path in sorted(self._folder.glob("*.json")):
            try:
                told = json.loads(path.read_text("utf-8"))
                outcomes = tuple(
                    Outcome(**{**each, "status": OutcomeStatus(each["status"])}) for each in told["outcomes"]
                )
                yield Kept(path.stem, str(told["name"]), outcomes)
            except (OSError, ValueError, KeyError, TypeError) as error:
                log.warning("%s is let go: %s", path.name, error)
                self.drop(path.stem)

    def _make_room(self) -> None:
        files = sorted(self._folder.glob("*.bytes"))
        left = sum(file.stat().st_size for file in files)
        for file in files[:-1]:
            if left <= _MOST:
                return
            left -= file.stat().st_size
            self.drop(file.stem)

    def _bytes(self, key: str) -> Path:
        return self._folder / f"{key}.bytes"

    def _told(self, key: str) -> Path:
        return self._folder / f"{key}.json"
