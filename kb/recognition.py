"""Scans of the base that wait for their words: recognised in the foreground by `kb add`, in the background by the site.

A scan is kept at once, its pages waiting; once they are recognised the document is put again, with its words. Every
page is kept as soon as it is done, so that a stop loses at most the pages in hand.
"""

import logging
import os
import sqlite3
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ingest.document import Limits
from ingest.errors import ReadError, Refused
from ingest.pipeline import ingest
from ingest.readers.ocr import APT, Recogniser, Stopped, is_installed
from kb.errors import Busy, KbError, UsageError
from kb.library import Library
from kb.model import Outcome, OutcomeStatus
from kb.settings import Settings
from kb.store.owner import Ownership

PageReport = Callable[[str, int, int], None]  # file, pages done, of how many
_JOB = "recognition"
_LOOK = 1.0  # seconds between two looks at what waits
_PATIENCE = 4.0  # times as long may a page take that somebody asks to be tried again
_KIND = 10  # niceness in the background: whoever searches goes first
_FAILURES = (KbError, ReadError, sqlite3.Error, OSError)
log = logging.getLogger("kb")


class Pages:
    """Recognised pages by the content of their image, in a file of their own: it can be thrown away."""

    def __init__(self, home: Path) -> None:
        self._database = sqlite3.connect(home / "recognised.sqlite", timeout=30.0, check_same_thread=False)
        self._lock = threading.Lock()
        with self._lock, self._database:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, packed BLOB NOT NULL)")

    def get(self, key: str) -> str | None:
        """What was recognised on the image with this key."""
        with self._lock:
            row = self._database.execute("SELECT packed FROM pages WHERE key = ?", (key,)).fetchone()
        return zlib.decompress(row[0]).decode() if row else None

    def put(self, key: str, found: str) -> None:
        """Keeps it."""
        with self._lock, self._database:
            self._database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?)", (key, zlib.compress(found.encode())))

    def close(self) -> None:
        """Closes the file."""
        self._database.close()


def limits_of(settings: Settings) -> Limits:
    """The limits on what is read that the settings name."""
    return Limits(bytes=settings.max_file_mb * 1024 * 1024, pages=settings.max_pages, page_seconds=settings.ocr_seconds)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the work is done: how many pages at once, how kindly to other processes, who is told, what stops it.

    `patience`: times as long as the settings say may a page take.
    """

    workers: int = 1
    niceness: int = 0
    report: PageReport = lambda file, done, of: None
    stopped: Callable[[], bool] = lambda: False
    patience: float = 1.0


def recognise(library: Library, document_id: str, pages: Pages, manner: Manner) -> Outcome:
    """Reads a kept scan again, its images recognised, and puts it in the place of what is kept.

    A stamp of secrecy that comes to light takes the document out of the base. Raises `Stopped`, `KbError`, `OSError`.
    """
    record = library.document(document_id)
    limits = limits_of(library.settings)
    recogniser = Recogniser(
        pages,
        manner.workers,
        limits.page_seconds * manner.patience,
        lambda done, of: manner.report(record.file, done, of),
        manner.stopped,
        manner.niceness,
    )
    try:
        document = ingest(library.source(record.id), record.file, limits, recogniser)
    except Refused as error:
        library.drop(record.id)
        return Outcome(record.file, OutcomeStatus.REFUSED, reason=error.reason, pages=record.pages)
    except ReadError as error:  # it could be read when it came: what is kept stays
        return Outcome(record.file, document=record.id, reason=error.reason, pages=record.pages)
    library.renew(document)
    searchable = sum(passage.searchable for passage in document.passages)
    reason = " ".join(document.warnings) or None
    return Outcome(record.file, OutcomeStatus.ADDED, record.id, searchable, record.pages, reason)


class Foreground:
    """Recognition for a command that waits for it. `taken` is false where another process is at it already."""

    def __init__(self, library: Library, report: PageReport) -> None:
        self._library = library
        self._job = Ownership(library.settings.home, _JOB)
        self.taken = is_installed() and self._job.take()
        self._pages = Pages(library.settings.home) if self.taken else None
        self._manner = Manner(os.cpu_count() or 1, report=report)

    @property
    def refusal(self) -> KbError:
        """Why it is not `taken`."""
        if is_installed():
            return Busy("Một tiến trình khác (trang web?) đang nhận dạng chữ cho kho này; hãy để nó đọc tiếp.")
        return UsageError(f"Máy chưa có bộ nhận dạng chữ; hãy cài: {APT}")

    def read(self, document_id: str) -> Outcome:
        """See `recognise`. Only where `taken`."""
        assert self._pages is not None
        return recognise(self._library, document_id, self._pages, self._manner)

    def close(self) -> None:
        """Lets another process go on."""
        if self._pages is not None:
            self._pages.close()
        self._job.release()


class Background:
    """Recognises whatever waits, one document after the other, on a thread of its own."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._stop = threading.Event()
        self._at: tuple[str, int, int] | None = None
        self._given_up: set[str] = set()  # documents that failed; tried again when the server starts anew
        self._again: list[str] = []  # documents to be tried again with more patience
        self._thread = threading.Thread(target=self._work, name="kb-recognition", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def again(self, document_id: str) -> None:
        """Lines up a document some of whose pages could not be read: its other pages are known already."""
        if document_id not in self._again:
            self._again.append(document_id)

    def asked(self) -> tuple[str, ...]:
        """The documents that stand in line to be tried again."""
        return tuple(self._again)

    @property
    def hand(self) -> str | None:
        """The document in hand."""
        at = self._at
        return at[0] if at else None

    def progress(self, document_id: str) -> tuple[int, int] | None:
        """(pages done, of how many) of the document in hand; None for any other."""
        at = self._at
        return at[1:] if at is not None and at[0] == document_id else None

    def close(self) -> None:
        """Leaves the pages in hand; the others are kept."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        job = Ownership(self._library.settings.home, _JOB)
        while not self._stop.wait(_LOOK):
            try:
                if self._next() is not None and is_installed() and job.take():
                    self._read_all()
            except Stopped:
                return
            except _FAILURES as error:  # the next round tries again
                log.warning("scans could not be recognised: %s", error)
            finally:
                self._at = None
                job.release()

    def _next(self) -> str | None:
        waiting = (each.id for each in self._library.waiting() if each.id not in self._given_up)
        return next(chain(self._again, waiting), None)

    def _read_all(self) -> None:
        pages = Pages(self._library.settings.home)
        try:
            while (document_id := self._next()) is not None and not self._stop.is_set():
                self._read(document_id, pages)
        finally:
            pages.close()

    def _read(self, document_id: str, pages: Pages) -> None:
        def report(file: str, done: int, of: int) -> None:
            self._at = (document_id, done, of)

        patience = 1.0
        if document_id in self._again:
            self._again.remove(document_id)
            patience = _PATIENCE
        record = self._library.document(document_id)
        self._at = (document_id, 0, record.waiting or record.unread)
        self._given_up.add(document_id)  # unless all goes well
        outcome = recognise(self._library, document_id, pages, Manner(1, _KIND, report, self._stop.is_set, patience))
        if outcome.status is not OutcomeStatus.FAILED:
            self._given_up.discard(document_id)
            self._library.catch_up()
