"""The files at the desk and the scans being recognised, as a list in words."""

from dataclasses import dataclass

from kb.errors import NotFound
from kb.library import Library
from kb.model import Outcome, OutcomeStatus
from kb.recognition import Background
from web import links
from web.desk import Desk, Job
from web.language import Words

_BAD = (OutcomeStatus.FAILED, OutcomeStatus.REFUSED)


@dataclass(frozen=True, slots=True)
class File:
    """A file, or one of an archive: its state, and the reason or the extent."""

    name: str
    state: str  # "waiting", "reading", or its outcome
    words: str
    note: str
    url: str
    retry: str  # where to ask for another try


@dataclass(frozen=True, slots=True)
class Incoming:
    """Scans in hand, then everything at the desk, the newest file first."""

    files: tuple[File, ...]
    busy: bool
    summary: str


def incoming(desk: Desk, base: Library, scans: Background, t: Words) -> Incoming:
    """The list as it is now."""
    read = _scans(base, scans, t)
    jobs = desk.jobs()
    done = [outcome for job in jobs for outcome in job.outcomes]
    bad = sum(outcome.status in _BAD for outcome in done)
    left = sum(job.state != "done" for job in jobs)
    parts = [t.count("incoming.good", len(done) - bad)] if len(done) > bad else []
    parts += [t.count("incoming.bad", bad)] if bad else []
    parts += [t.count("incoming.left", left)] if left else []
    files = (*read, *(file for job in reversed(jobs) for file in _files(job, base, t)))
    return Incoming(files, left > 0 or bool(read), " · ".join(parts))


def _scans(base: Library, scans: Background, t: Words) -> list[File]:
    return [
        File(record.file, "reading", t("incoming.scan"), t("incoming.pages", done=at[0], of=at[1]), "", "")
        for record in base.waiting()
        for at in (scans.progress(record.id),)
        if at is not None
    ]


def _files(job: Job, base: Library, t: Words) -> list[File]:
    if job.state != "done":
        return [File(job.name, job.state, t(f"incoming.{job.state}"), "", "", "")]
    again = f"/documents/incoming/{job.number}/retry" if job.failed else ""
    return [_file(outcome, again, base, t) for outcome in job.outcomes]


def _file(outcome: Outcome, again: str, base: Library, t: Words) -> File:
    bad = outcome.status in _BAD
    return File(
        name=outcome.path,
        state=outcome.status,
        words=t(f"outcome.{outcome.status}"),
        note=(outcome.reason or t("incoming.broken")) if bad else _extent(outcome, base, t),
        url=links.reader(outcome.document) if outcome.document else "",
        retry=again if outcome.status is OutcomeStatus.FAILED else "",
    )


def _extent(outcome: Outcome, base: Library, t: Words) -> str:
    """What the base has of it now: a scan that came in without words may have been recognised since."""
    try:
        record = base.document(outcome.document or "")
    except NotFound:
        return ""
    return " ".join(record.warnings) or t.count("passages", record.passages)
