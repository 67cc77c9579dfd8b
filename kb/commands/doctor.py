"""Is the base well? Store, indexes, encoder and optional tools, each with one sentence that says what to do."""

import shutil
import subprocess
from dataclasses import dataclass

from kb.library import Library
from kb.model import Tier


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. A failed check that is not `needed` only means that something is not available."""

    name: str
    ok: bool
    message: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All checks, and the tier that search is in."""

    tier: Tier
    checks: tuple[Check, ...]

    @property
    def healthy(self) -> bool:
        """Whether everything needed is well."""
        return all(check.ok for check in self.checks if check.needed)


def examine(library: Library) -> Diagnosis:
    """Looks at everything; changes nothing."""
    return Diagnosis(library.tier, (*_store(library), *_indexes(library), _encoder(library), *_tools()))


def _store(library: Library) -> tuple[Check, ...]:
    found = str(library.database.connection.execute("PRAGMA quick_check").fetchone()[0])
    documents = library.documents()
    mute = sum(not record.searchable for record in documents)
    passages = sum(record.passages for record in documents)
    return (
        _check(
            "store",
            found == "ok",
            f"{len(documents)} văn bản, {passages} đoạn tìm được.",
            f"Tệp dữ liệu hỏng ({found}); hãy khôi phục từ bản sao lưu.",
        ),
        _check(
            "documents",
            not mute,
            "Mọi văn bản đều đọc được chữ.",
            f"{mute} văn bản chưa đọc được chữ.",
            needed=False,
        ),
        _scans(library),
    )


def _scans(library: Library) -> Check:
    from ingest.readers.ocr import APT, is_installed  # noqa: PLC0415 - the readers of every format: 0.5 s

    waiting = library.waiting()
    pages = sum(record.waiting for record in waiting)
    what = "trang web đang chạy sẽ tự đọc, hoặc chạy: kb ocr" if is_installed() else f"hãy cài: {APT}"
    return _check(
        "scans",
        not waiting,
        "Không có trang quét nào chờ nhận dạng chữ.",
        f"{pages} trang quét của {len(waiting)} văn bản chờ nhận dạng chữ; {what}",
        needed=False,
    )


def _indexes(library: Library) -> tuple[Check, ...]:
    state = library.state()
    behind = "chưa khớp với kho; chạy: kb doctor --rebuild"
    checks = [
        _check("words", state.words == state.catalog, "Chỉ mục từ ngữ khớp với kho.", f"Chỉ mục từ ngữ {behind}"),
        _check(
            "vectors",
            state.missing == 0,
            f"{state.vectors} đoạn có vectơ.",
            f"{state.missing} đoạn chưa có vectơ; chạy: kb doctor --rebuild",
            needed=library.encoder is not None,
        ),
    ]
    if state.chroma is not None:
        followed = state.chroma == (state.catalog, state.vectors)
        checks.append(_check("chroma", followed, "Chroma khớp với kho.", f"Chroma {behind}"))
    return tuple(checks)


def _encoder(library: Library) -> Check:
    if library.encoder is None:
        return Check("encoder", False, library.notice or "Đang tắt bộ mã hóa; tìm theo từ ngữ.", needed=False)
    from kb.embed import self_test  # noqa: PLC0415 - only where an encoder is in use, which has loaded it already

    test = self_test(library.encoder)
    verdict = "hiểu" if test.passed else "KHÔNG hiểu"
    return Check(
        "encoder", test.passed, f"“{library.encoder.name}” {verdict} tiếng Việt ({test.matched}/{test.asked} cặp câu)."
    )


def _tools() -> tuple[Check, ...]:
    return (
        _tool("tesseract", "đọc bản quét", "tesseract-ocr tesseract-ocr-vie"),
        _tool("soffice", "đọc DOC, RTF, ODT", "libreoffice-writer-nogui"),
        _tool("antiword", "đọc DOC cũ", "antiword"),
        _vietnamese_ocr(),
    )


def _tool(command: str, purpose: str, package: str) -> Check:
    found = shutil.which(command) is not None
    message = f"Có {command} ({purpose})." if found else f"Không có {command} ({purpose}); cài: apt install {package}"
    return Check(command, found, message, needed=False)


def _vietnamese_ocr() -> Check:
    command = shutil.which("tesseract")
    listed = ""
    if command:
        run = subprocess.run([command, "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
        listed = run.stdout + run.stderr
    return _check(
        "tesseract-vie",
        "vie" in listed.split(),
        "Nhận dạng được chữ Việt.",
        "Thiếu dữ liệu nhận dạng chữ Việt; cài: apt install tesseract-ocr-vie",
        needed=False,
    )


def _check(name: str, ok: bool, good: str, bad: str, *, needed: bool = True) -> Check:
    return Check(name, ok, good if ok else bad, needed)
