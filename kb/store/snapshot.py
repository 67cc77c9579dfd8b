"""One-file snapshots of a base: everything that cannot be derived, restorable on another machine."""

import os
import shutil
import sqlite3
from pathlib import Path

from kb.errors import Busy, StoreError, UsageError
from kb.settings import Settings
from kb.store.database import NAME, VERSION
from kb.store.owner import Ownership


def backup(settings: Settings, target: Path) -> int:
    """Writes a consistent copy of the catalog to `target`, also while others use it. Returns its size in bytes.

    Raises `UsageError` where there is no base or the target cannot be written.
    """
    source = settings.home / NAME
    if not source.is_file():
        raise UsageError(f"Không có kho nào ở “{settings.home}”.")
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with sqlite3.connect(source, timeout=30) as reading, sqlite3.connect(part) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")  # one file, without a -wal beside it
        reading.close()
        writing.close()
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"Không ghi được bản sao lưu “{target}” ({error}).") from error
    return target.stat().st_size


def restore(settings: Settings, source: Path) -> Path | None:
    """Puts a snapshot in the place of the base at `settings.home`, whose derived indexes are thrown away.

    What was there before is kept as a snapshot beside it; its path is returned. Raises `UsageError` for a file that is
    no snapshot, `Busy` while another process owns the base.
    """
    _check(source)
    ownership = Ownership(settings.home)
    if not ownership.take():
        raise Busy(f"Tiến trình {ownership.holder() or 'khác'} đang dùng kho; hãy dừng nó rồi khôi phục.")
    try:
        kept = _keep(settings)
        for name in ("words-*", "forward-*", "chroma-*"):
            for derived in settings.home.glob(name):
                shutil.rmtree(derived, ignore_errors=True)
        with sqlite3.connect(source) as reading, sqlite3.connect(settings.home / NAME, timeout=30) as writing:
            reading.backup(writing)
        reading.close()
        writing.close()
    except sqlite3.Error as error:
        raise StoreError(f"Không khôi phục được ({error}).") from error
    finally:
        ownership.release()
    return kept


def _keep(settings: Settings) -> Path | None:
    """A snapshot of a base that holds documents, before it is overwritten."""
    path = settings.home / NAME
    if not path.is_file():
        return None
    with sqlite3.connect(path, timeout=30) as connection:
        held = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'documents'").fetchone()[0]
        count = connection.execute("SELECT count(*) FROM documents").fetchone()[0] if held else 0
    connection.close()
    if not count:
        return None
    number = 1
    while (kept := settings.home / f"truoc-khoi-phuc-{number}.kb").exists():
        number += 1
    backup(settings, kept)
    return kept


def _check(source: Path) -> None:
    if not source.is_file():
        raise UsageError(f"Không tìm thấy tệp sao lưu “{source}”.")
    try:
        connection = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UsageError(f"“{source}” không phải tệp sao lưu của Căn Cứ, hoặc đã hỏng.") from error
    if version != VERSION or not sound:
        raise UsageError(f"“{source}” không phải tệp sao lưu dùng được với chương trình này (phiên bản {version}).")
