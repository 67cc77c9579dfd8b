"""Files, folders and archives into the base: one outcome for each file, and a bad one never stops the others."""

import errno
import hashlib
import io
import logging
import sqlite3
import stat
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ingest.document import Document, Limits
from ingest.errors import ReadError, Refused, Unreadable
from ingest.pipeline import ingest
from ingest.vietnamese import nfc
from kb.errors import KbError
from kb.library import Library
from kb.model import Outcome, OutcomeStatus
from kb.recognition import Foreground, PageReport, limits_of

_SKIPPED_NAMES = frozenset({"readme.md", "readme.txt", "readme", "license", "makefile", "thumbs.db", "desktop.ini"})
_SKIPPED_ENDINGS = frozenset({".py", ".pyc", ".sh", ".tmp", ".lock", ".ini"})
_MEMBERS = 10_000  # files of one archive
_SETTLE_EVERY = 200  # documents: the indexes follow the catalog along the way, so that a kill costs little
Report = Callable[[Outcome], None]
log = logging.getLogger("kb")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in: how it is called in outcomes, and how to get at its bytes (raises `OSError`, `ReadError`)."""

    path: str
    read: Callable[[Limits], bytes]

    @property
    def name(self) -> str:
        """The base name, as stored."""
        return nfc(PurePosixPath(self.path).name)


def add_paths(
    library: Library, paths: Sequence[Path], report: Report | None = None, pages: PageReport | None = None
) -> list[Outcome]:
    """Takes in files, folders (hidden files, programs and READMEs apart) and archives, in a steady order.

    `pages` asks to recognise scans too, after everything else, and is told of every page; without it they are kept
    waiting for whoever does (kb/recognition.py).
    """
    home = library.settings.home
    return _add(library, [source for path in paths for source in sources(path, home)], report, pages)


def add_bytes(library: Library, data: bytes, name: str) -> list[Outcome]:
    """Takes in one uploaded file: a list of one outcome, or one for each file of an archive."""
    return _add(library, [Source(name, _checked(data))])


def sources(path: Path, home: Path | None = None) -> Iterator[Source]:
    """The files that a path stands for; a base's own files under `home` are not among those of a folder."""
    own = home.resolve() if home else None
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path).parts
            if own and own in file.resolve().parents:
                continue
            if file.is_file() and not any(part.startswith((".", "~$")) for part in inside) and not _skipped(file.name):
                yield Source(str(file), _from_disk(file))
    else:
        yield Source(str(path), _from_disk(path))


def _skipped(name: str) -> bool:
    return name.casefold() in _SKIPPED_NAMES or PurePosixPath(name.casefold()).suffix in _SKIPPED_ENDINGS


def _from_disk(path: Path) -> Callable[[Limits], bytes]:
    def read(limits: Limits) -> bytes:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if found.st_size > limits.bytes:
            raise _too_large(found.st_size, limits)
        return path.read_bytes()

    return read


def _checked(data: bytes) -> Callable[[Limits], bytes]:
    def read(limits: Limits) -> bytes:
        if len(data) > limits.bytes:
            raise _too_large(len(data), limits)
        return data

    return read


def _too_large(size: int, limits: Limits) -> Refused:
    return Refused(
        "too_large",
        f"Tệp lớn {size / 1_048_576:.0f} MB, quá giới hạn {limits.bytes / 1_048_576:.0f} MB;"
        " hãy chia nhỏ tệp hoặc nâng KB_MAX_FILE_MB.",
    )


def _add(
    library: Library, found: Iterable[Source], report: Report | None = None, pages: PageReport | None = None
) -> list[Outcome]:
    limits = limits_of(library.settings)
    scans = Foreground(library, pages) if pages else None
    outcomes: list[Outcome] = []
    waiting: list[Outcome] = []
    unsettled = 0

    def done(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if report:
            report(outcome)

    try:
        for source in found:
            for outcome in _take(library, source, limits):
                unsettled += outcome.status in (OutcomeStatus.ADDED, OutcomeStatus.REPLACED)
                if scans and scans.taken and outcome.waiting:
                    waiting.append(outcome)
                else:
                    done(outcome)
            if unsettled >= _SETTLE_EVERY and library.owner:
                library.catch_up()
                unsettled = 0
        for outcome in waiting:
            unsettled += 1
            assert scans is not None
            done(_recognised(scans, outcome))
    finally:
        if scans:
            scans.close()
        if unsettled and library.owner:
            library.catch_up()
    return outcomes


def _recognised(scans: Foreground, kept: Outcome) -> Outcome:
    """The outcome of a scan once it was recognised; where that fails it is kept as it came, and goes on waiting."""
    assert kept.document is not None
    started = time.perf_counter()
    try:
        found = scans.read(kept.document)
    except (KbError, OSError, sqlite3.Error) as error:
        return replace(kept, reason=f"{kept.reason or ''} Chưa nhận dạng được chữ: {error}".strip())
    status = kept.status if found.status is OutcomeStatus.ADDED else found.status
    seconds = round(kept.seconds + time.perf_counter() - started, 3)
    return replace(found, path=kept.path, status=status, seconds=seconds)


def _take(library: Library, source: Source, limits: Limits) -> Iterator[Outcome]:
    """The outcome of one file, or of every file in it."""
    started = time.perf_counter()
    failed = Outcome(source.path)
    try:
        data = source.read(limits)
        if _is_archive(data, source.name):
            yield from _unpacked(library, source, data, limits)
            return
        known = library.known(hashlib.sha256(data).hexdigest(), source.name)
        outcome = known or library.put(_read(data, source.name, limits), data, settle=False)
        outcome = replace(outcome, path=source.path)
    except Refused as error:
        outcome = replace(failed, status=OutcomeStatus.REFUSED, reason=error.reason, code=error.code)
    except ReadError as error:
        outcome = replace(failed, reason=error.reason, code=error.code)
    except KbError as error:
        outcome = replace(failed, reason=error.message)
    except OSError as error:
        outcome = replace(failed, reason=_os_reason(error))
    except Exception:  # the one place: whatever a strange file does to a reader, the batch goes on
        log.exception("unexpected failure while reading %s", source.name)
        outcome = replace(
            failed, reason="Không đọc được tệp này do lỗi ngoài dự kiến; hãy gửi tệp cho người phát triển."
        )
    yield replace(outcome, seconds=round(time.perf_counter() - started, 3))


def _read(data: bytes, name: str, limits: Limits) -> Document:
    document = ingest(data, name, limits)
    if not document.text.strip() and all(page.origin == "text" for page in document.pages):  # a scan is kept
        raise Unreadable("empty", "Tệp không có chữ nào.")
    return document


def _os_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Không tìm thấy tệp."
    if isinstance(error, PermissionError):
        return "Không có quyền đọc tệp."
    if error.errno == errno.ENOSPC:
        return "Đĩa đầy: không ghi được văn bản vào kho."
    return f"Không đọc được tệp từ đĩa ({error.strerror or error})."


def _is_archive(data: bytes, name: str) -> bool:
    """A ZIP that is not an office document (those are ZIPs too and have readers of their own)."""
    if not name.casefold().endswith(".zip"):
        return False
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise ReadError("damaged", "Tệp ZIP bị hỏng hoặc không phải ZIP; hãy nén lại rồi thử lại.")
    return True


def _unpacked(library: Library, source: Source, data: bytes, limits: Limits) -> Iterator[Outcome]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [each for each in archive.infolist() if not each.is_dir() and _wanted(_member_name(each))]
        if len(members) > _MEMBERS or _bomb(members, len(data), limits):
            raise Refused("archive_bomb", "Tệp ZIP bung ra quá lớn hoặc quá nhiều tệp nên bị từ chối.")
        if not members:
            raise ReadError("empty", "Tệp ZIP không có văn bản nào bên trong.")
        for member in members:
            inner = Source(f"{source.path}/{_member_name(member)}", _from_archive(archive, member))
            yield from _take(library, inner, limits)


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not any(part.startswith((".", "~$", "__MACOSX")) for part in parts) and not _skipped(parts[-1])


def _bomb(members: Sequence[zipfile.ZipInfo], packed: int, limits: Limits) -> bool:
    unpacked = sum(member.file_size for member in members)
    return unpacked > max(packed * limits.archive_ratio, 1_048_576)


def _member_name(member: zipfile.ZipInfo) -> str:
    """The member's name; archives made on Windows without the UTF-8 flag hold it in UTF-8 more often than in cp437."""
    if member.flag_bits & 0x800:
        return nfc(member.filename)
    try:
        return nfc(member.filename.encode("cp437").decode("utf-8"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return nfc(member.filename)


def _from_archive(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[Limits], bytes]:
    def read(limits: Limits) -> bytes:
        if member.flag_bits & 0x1:
            raise ReadError("encrypted", "Tệp trong ZIP có mật khẩu; hãy giải nén rồi thêm lại.")
        if member.filename.casefold().endswith(".zip"):
            raise Refused("nested_archive", "ZIP nằm trong ZIP không được nhận; hãy giải nén một lớp.")
        if member.file_size > limits.bytes:
            raise _too_large(member.file_size, limits)
        try:
            with archive.open(member) as file:
                data = file.read(limits.bytes + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise ReadError("damaged", "Không bung được tệp này khỏi ZIP; hãy nén lại rồi thử lại.") from error
        if len(data) > limits.bytes:
            raise _too_large(len(data), limits)
        return data

    return read
