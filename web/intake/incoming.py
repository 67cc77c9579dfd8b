"""The files at the desk and the scans being recognised, as a list in words."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kb.errors import NotFound
from kb.library import Library
from kb.model import DocumentRecord, Outcome, OutcomeStatus
from kb.recognition import Background
from web import links
from web.intake.desk import Desk, Job
from web.language import Words
from web.record import warnings

# The base tells its reasons in Vietnamese, with the particulars; others get the gist by their code.
_ENGLISH: dict[str, str] = json.loads((Path(__file__).parents[1] / "locales" / "reasons.en.json").read_text("utf-8"))
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
    """The list as it is now. A scan in hand that came in by this desk stands where it came in."""
    jobs = desk.jobs()
    done = [outcome for job in jobs for outcome in job.outcomes]
    came = {outcome.document for outcome in done}
    hand = [(record, at) for record in _in_hand(base, scans) if (at := scans.progress(record.id)) is not None]
    read = {record.id: _scan(record, at, t) for record, at in hand}
    elsewhere = [file for document, file in read.items() if document not in came]
    bad = sum(outcome.status in _BAD for outcome in done)
    left = sum(job.state != "done" for job in jobs)
    parts = [t.count("incoming.good", len(done) - bad)] if len(done) > bad else []
    parts += [t.count("incoming.bad", bad)] if bad else []
    parts += [t.count("incoming.left", left)] if left else []
    files = (*elsewhere, *(file for job in reversed(jobs) for file in _files(job, base, read, t)))
    return Incoming(files, left > 0 or bool(read) or bool(scans.asked()), " · ".join(parts))


def _in_hand(base: Library, scans: Background) -> list[DocumentRecord]:
    records = {record.id: record for record in base.waiting()}
    if scans.hand and scans.hand not in records:  # tried again: it waits no more
        with suppress(NotFound):
            records[scans.hand] = base.document(scans.hand)
    return list(records.values())


def _scan(record: DocumentRecord, at: tuple[int, int], t: Words) -> File:
    note = t("incoming.pages", done=at[0], of=at[1])
    return File(record.file, "reading", t("incoming.scan"), note, links.reader(record.id), "")


def _files(job: Job, base: Library, read: Mapping[str, File], t: Words) -> list[File]:
    if job.state != "done":
        return [File(job.name, job.state, t(f"incoming.{job.state}"), "", "", "")]
    again = f"/documents/incoming/{job.number}/retry" if job.failed else ""
    return [_file(outcome, again, base, read, t) for outcome in job.outcomes]


def _file(outcome: Outcome, again: str, base: Library, read: Mapping[str, File], t: Words) -> File:
    if outcome.status in _BAD:
        retry = again if outcome.status is OutcomeStatus.FAILED else ""
        note = (t.language == "en" and _ENGLISH.get(outcome.code or "")) or outcome.reason or t("incoming.broken")
        return File(outcome.path, outcome.status, t(f"outcome.{outcome.status}"), note, "", retry)
    try:
        record = base.document(outcome.document or "")
    except NotFound:  # taken out since
        return File(outcome.path, outcome.status, t(f"outcome.{outcome.status}"), "", "", "")
    if record.id in read:
        return replace(read[record.id], name=outcome.path)
    state, words = _state(record, outcome, t)
    retry = links.recognise(record.id) if record.unread and not record.waiting else ""
    return File(outcome.path, state, words, _extent(record, outcome, t), links.reader(record.id), retry)


def _state(record: DocumentRecord, outcome: Outcome, t: Words) -> tuple[str, str]:
    """What the base has of it now: a scan that came in without words may have been recognised since, or in vain."""
    if record.waiting:
        return "waiting", t("incoming.queued")
    if not record.searchable:
        return "unread", t("incoming.unread")
    return outcome.status, t(f"outcome.{outcome.status}")


def _extent(record: DocumentRecord, outcome: Outcome, t: Words) -> str:
    said = " ".join(warnings(record, t))
    if not said and not record.searchable:
        said = t("incoming.wordless")
    same = outcome.status is OutcomeStatus.UNCHANGED and PurePosixPath(outcome.path).name != record.file
    return said or (t("incoming.same", file=record.file) if same else t.count("passages", record.passages))
