"""Bytes to a `Reading`: one module per format, chosen by content."""

from ingest.document import Limits, Reading
from ingest.errors import Refused, Unreadable
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.pdf import read_pdf
from ingest.readers.sniff import sniff
from ingest.readers.txt import read_text

__all__ = ["read"]


def read(data: bytes, name: str, limits: Limits = Limits()) -> Reading:  # noqa: B008  Limits is frozen
    """What the file says and where it stood.

    Raises Unreadable for a damaged, locked, empty or mislabelled file and Refused for one beyond `limits`.
    """
    if not data:
        raise Unreadable("empty", "Tệp rỗng (0 byte). Hãy kiểm tra lại tệp gốc rồi thêm lại.")
    if len(data) > limits.bytes:
        size, most = len(data) // 1048576, limits.bytes // 1048576
        raise Refused(
            "too_large", f"Tệp nặng {size} MB, vượt giới hạn {most} MB. Hãy chia nhỏ tệp hoặc nâng KB_MAX_FILE_MB."
        )
    return _read(data, name, sniff(data, name), limits)


def _read(data: bytes, name: str, format_: str, limits: Limits) -> Reading:
    match format_:
        case "txt" | "md":
            return read_text(data, format_, limits)
        case "html":
            return read_html(data, limits)
        case "docx":
            return read_docx(data, limits)
        case "pdf":
            return read_pdf(data, limits)
    raise Unreadable(
        "unknown_format", f"Kho chưa đọc được tệp {format_.upper()}. Hãy lưu lại thành DOCX hoặc PDF rồi thêm lại."
    )
