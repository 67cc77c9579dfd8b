"""The desk that takes uploads in, one after the other, and remembers what became of each until it is cleared.

What could not be read keeps its bytes, also over a restart of the server (web/intake/drawer.py), so that it can be
tried again once, say, a missing tool is installed.
"""

import logging
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO

from kb.errors import KbError, NotFound
from kb.intake import add_bytes
from kb.library import Library
from kb.model import Outcome, OutcomeStatus
from web.intake.drawer import Drawer

_REMEMBERED = 200  # jobs; the oldest finished ones are forgotten beyond it
_IN_MEMORY = 1 << 20  # bytes of an upload; larger ones lie in a temporary file
log = logging.getLogger("kb")


@dataclass(slots=True)
class Job:
    """One uploaded file. `future` holds its outcomes: one, or one for each file of an archive."""

    number: int
    name: str
    data: IO[bytes]
    future: Future[list[Outcome]] = field(default_factory=Future)
    key: str = ""  # in the drawer

    @property
    def state(self) -> str:
        """ "waiting", "reading" or "done"."""
        if self.future.done():
            return "done"
        return "reading" if self.future.running() else "waiting"

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of it; none before it is done. An unexpected failure is an outcome too."""
        if not self.future.done() or self.future.cancelled():
            return []
        error = self.future.exception()
        if error is None:
            return self.future.result()
        return [Outcome(self.name, reason=error.message if isinstance(error, KbError) else None)]

    @property
    def failed(self) -> bool:
        """Whether trying again may help."""
        return any(each.status is OutcomeStatus.FAILED for each in self.outcomes)


class Desk:
    """Takes files in on one thread of its own, in the order they came."""

    def __init__(self, library: Callable[[], Library], drawer: Drawer) -> None:
        self._library = library
        self._drawer = drawer
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)
        self._lock = Lock()
        self._clerk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        for kept in drawer:
            job = Job(next(self._numbers), kept.name, drawer.open(kept.key), key=kept.key)
            job.future.set_result(list(kept.outcomes))
            self._jobs[job.number] = job

    def take(self, file: IO[bytes], name: str) -> Job:
        """Lines up a file; its bytes are copied, the caller may close it."""
        data = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed when the job is forgotten)
        shutil.copyfileobj(file, data)
        job = Job(next(self._numbers), name, data)
        with self._lock:
            self._jobs[job.number] = job
            self._forget_oldest()
        self._line_up(job)
        return job

    def turn_away(self, name: str, reason: str) -> Job:
        """Remembers a file that is not even read."""
        job = Job(next(self._numbers), name, SpooledTemporaryFile())  # noqa: SIM115
        job.future.set_result([Outcome(name, OutcomeStatus.REFUSED, reason=reason)])
        with self._lock:
            self._jobs[job.number] = job
        return job

    def retry(self, number: int) -> Job:
        """Lines a failed file up again. Raises `NotFound` for one that was cleared meanwhile."""
        with self._lock:
            job = self._jobs.get(number)
        if job is None:
            raise NotFound("Tệp này không còn trong danh sách; hãy chọn lại tệp.")
        if job.failed:
            self._line_up(job)
        return job

    def jobs(self) -> list[Job]:
        """Every file remembered, in the order they came."""
        with self._lock:
            return list(self._jobs.values())

    @property
    def busy(self) -> bool:
        """Whether a file is waiting or being read."""
        return any(job.state != "done" for job in self.jobs())

    def clear(self) -> None:
        """Forgets what is done."""
        with self._lock:
            for job in [job for job in self._jobs.values() if job.state == "done"]:
                self._forget(job)

    def settle(self, jobs: list[Job], seconds: float | None = None) -> None:
        """Waits until these are done, at most so long."""
        wait([job.future for job in jobs], timeout=seconds)

    def close(self) -> None:
        """Finishes the file in hand and leaves the others."""
        self._clerk.shutdown(wait=True, cancel_futures=True)
        for job in self.jobs():
            job.data.close()

    def _line_up(self, job: Job) -> None:
        job.future = self._clerk.submit(self._read, job)
        job.future.add_done_callback(_report)
        job.future.add_done_callback(lambda _: self._keep(job))

    def _keep(self, job: Job) -> None:
        """Into the drawer with what failed, out of it with what another try could read."""
        with self._lock:  # it may be cleared at this moment
            if job.number not in self._jobs:
                return
            if job.failed and not job.key:
                job.key = self._drawer.put(job.name, job.data, job.outcomes)
            elif job.key and not job.failed:
                self._drawer.drop(job.key)
                job.key = ""

    def _read(self, job: Job) -> list[Outcome]:
        job.data.seek(0)
        return add_bytes(self._library(), job.data.read(), job.name)

    def _forget_oldest(self) -> None:
        done = [job for job in self._jobs.values() if job.state == "done"]
        for job in done[: max(0, len(self._jobs) - _REMEMBERED)]:
            self._forget(job)

    def _forget(self, job: Job) -> None:
        if job.key:
            self._drawer.drop(job.key)
        job.data.close()
        del self._jobs[job.number]


def _report(future: Future[list[Outcome]]) -> None:
    """What `kb` has no sentence for belongs into the log."""
    error = None if future.cancelled() else future.exception()
    if error is not None and not isinstance(error, KbError):
        log.error("unexpected failure while taking an upload in", exc_info=error)
