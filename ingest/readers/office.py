"""Old and foreign Office files by LibreOffice: DOC, RTF, ODT → DOCX, spreadsheets → XLSX.

One conversion at a time in the whole process, in a profile of its own, under a time limit. Without LibreOffice a
DOC is still read by antiword, words only.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from functools import cache
from pathlib import Path

from ingest.document import Limits
from ingest.errors import Refused, Unreadable

TARGETS = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx"}
# Conversion filters whose default would lose something: an RTF is otherwise taken for plain text.
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
}
_APT = "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
_LOCK = threading.Lock()


def is_installed() -> bool:
    """Whether LibreOffice is on this machine."""
    return shutil.which("soffice") is not None


def converted(data: bytes, format_: str, limits: Limits) -> bytes:
    """`data` in the newer format TARGETS names.

    Raises Unreadable("needs_libreoffice", "conversion_failed") and Refused("too_slow").
    """
    program = shutil.which("soffice")
    if program is None:
        raise Unreadable(
            "needs_libreoffice", f"Cần LibreOffice để đọc tệp {format_.upper()}. Hãy cài ({_APT}) rồi thêm lại tệp."
        )
    target = TARGETS[format_]
    with _LOCK, tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source.{format_}"
        source.write_bytes(data)
        command = [
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation=file://{_profile()}",
            "--convert-to",
            _FILTERS[target],
            "--outdir",
            str(Path(folder) / "out"),
            str(source),
        ]
        if not _ran(command, limits.seconds):
            raise Refused(
                "too_slow",
                f"LibreOffice chuyển đổi quá {limits.seconds:.0f} giây. Hãy tự lưu tệp thành DOCX hoặc PDF rồi thêm.",
            )
        made = Path(folder) / "out" / f"source.{target}"
        if not made.exists():
            raise Unreadable(
                "conversion_failed",
                f"LibreOffice không mở được tệp {format_.upper()} này (hỏng hoặc có mật khẩu). "
                "Hãy mở bằng phần mềm gốc, lưu lại rồi thêm.",
            )
        return made.read_bytes()


def _ran(command: list[str], seconds: float) -> bool:
    """Whether it ended in time; else it is ended with all it started (`soffice` is a script around the program)."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    return True


@cache
def _profile() -> str:
    """A LibreOffice profile of this process, kept between conversions, for making one takes seconds."""
    return tempfile.mkdtemp(prefix="can-cu-office-")


def antiword(data: bytes, limits: Limits) -> str | None:
    """Words of a DOC by antiword, None where it is not installed or cannot read the file."""
    program = shutil.which("antiword")
    if program is None:
        return None
    with tempfile.NamedTemporaryFile(suffix=".doc") as file:
        file.write(data)
        file.flush()
        try:
            done = subprocess.run(
                [program, "-m", "UTF-8", "-w", "0", file.name], capture_output=True, timeout=limits.seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return None
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 and done.stdout.strip() else None
