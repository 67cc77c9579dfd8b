"""Bytes to a `Reading`: one module per format, chosen by content."""

from collections.abc import Callable
from dataclasses import replace

from ingest.document import Limits, Reading
from ingest.errors import Refused, Unreadable
from ingest.readers import image, office
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.mhtml import page_of
from ingest.readers.ocr import Recogniser
from ingest.readers.odp import read_odp
from ingest.readers.package import Package, unpack
from ingest.readers.pdf import read_pdf
from ingest.readers.ppt import read_ppt
from ingest.readers.pptx import read_pptx
from ingest.readers.sniff import sniff
from ingest.readers.txt import read_text
from ingest.readers.xlsx import read_xlsx

__all__ = ["SUFFIXES", "read", "unpack"]

# What a folder is searched for; a file named outright is judged by its content alone.
SUFFIXES = frozenset(
    {
        ".txt",
        ".md",
        ".html",
        ".htm",
        ".mht",
        ".mhtml",
        ".docx",
        ".doc",
        ".rtf",
        ".odt",
        ".pdf",
        ".xls",
        ".xlsx",
        ".ods",
        ".ppt",
        ".pptx",
        ".odp",
        ".jpg",
        ".jpeg",
        ".png",
        ".tif",
        ".tiff",
        ".zip",
    }
)
_NATIVE: dict[str, Callable[[bytes, Limits], Reading]] = {
    "html": read_html,
    "xlsx": read_xlsx,
    "pptx": read_pptx,
    "odp": read_odp,
}


def read(
    data: bytes,
    name: str,
    limits: Limits = Limits(),  # noqa: B008  Limits is frozen
    recogniser: Recogniser | None = None,
) -> Reading:
    """What the file says and where it stood. Without a `recogniser` scanned pages are left waiting for one.

    Raises Unreadable for a damaged, locked, empty or mislabelled file and Refused for one beyond `limits`.
    """
    if not data:
        raise Unreadable("empty", "Tệp rỗng (0 byte). Hãy kiểm tra lại tệp gốc rồi thêm lại.")
    if len(data) > limits.bytes:
        size, most = len(data) // 1048576, limits.bytes // 1048576
        raise Refused(
            "too_large", f"Tệp nặng {size} MB, vượt giới hạn {most} MB. Hãy chia nhỏ tệp hoặc nâng KB_MAX_FILE_MB."
        )
    format_ = sniff(data, name)
    if format_ == "pdf":
        return read_pdf(data, limits, recogniser)
    if format_ in image.FORMATS:
        return image.read_images([data], limits, recogniser, format_=format_)
    if format_ == "docx":
        return _of_word(data, limits, recogniser)
    return _read(data, format_, limits)


def _of_word(data: bytes, limits: Limits, recogniser: Recogniser | None) -> Reading:
    """A Word file, or the scans that were pasted into one that has no words of its own."""
    try:
        return read_docx(data, limits)
    except Unreadable as error:
        scans = [each for each in Package(data, limits).pictures("word/media/") if image.is_scan(each)]
        if error.code != "empty" or not scans:
            raise
        return image.read_images(scans, limits, recogniser, format_="docx")


def _read(data: bytes, format_: str, limits: Limits) -> Reading:
    if format_ in ("txt", "md"):
        return read_text(data, format_, limits)
    if format_ == "mht":
        return replace(read_html(page_of(data), limits), format=format_)
    if format_ in _NATIVE:
        return _NATIVE[format_](data, limits)
    if format_ == "doc" and not office.is_installed() and (words := office.antiword(data, limits)):
        reading = read_text(words.encode(), "doc", limits)
        return replace(reading, warnings=("Đọc bằng antiword: không có đánh số tự động và bảng. Hãy cài LibreOffice.",))
    if format_ == "ppt":
        return read_ppt(data, limits)
    if format_ in office.TARGETS:
        newer, target = office.converted(data, format_, limits), office.TARGETS[format_]
        # In old archives nobody is left to say whether a tracked change was meant: keep all that the file prints.
        reading = read_docx(newer, limits, deletions=True) if target == "docx" else _NATIVE[target](newer, limits)
        return replace(reading, format=format_)
    raise Unreadable(
        "unknown_format", f"Kho chưa đọc được tệp {format_.upper()}. Hãy lưu lại thành DOCX hoặc PDF rồi thêm lại."
    )
