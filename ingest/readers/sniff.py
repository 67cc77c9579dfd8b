"""What a file is, judged by its first bytes; its name only decides between kinds of plain text."""

import io
import zipfile
from pathlib import PurePath

from ingest.errors import Unreadable
from ingest.readers.mhtml import is_mhtml

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n": "png",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
    b"GIF8": "gif",
    b"BM": "bmp",
}
_OPENDOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OOXML = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_TEXT_SUFFIXES = {".md": "md", ".markdown": "md"}
# Suffixes that promise one content and may be checked against it.
_PROMISED = {"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "rtf", "zip"}


def suffix_of(name: str) -> str:
    """The suffix of a file name, lower case, without the dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def sniff(data: bytes, name: str) -> str:
    """The format word of `data`: "pdf", "docx", "doc", "rtf", "html", "txt", "zip", "jpg", …

    Raises Unreadable: "truncated" for a damaged archive, "encrypted" for a locked Office file,
    "not_what_it_says" where a known suffix covers other content, "unknown_format" for other binary data.
    """
    found = _by_magic(data, name)
    suffix = suffix_of(name)
    if found in set(_IMAGES.values()) and suffix in _PROMISED:
        raise Unreadable(
            "not_what_it_says",
            f"Tệp mang đuôi .{suffix} nhưng bên trong là ảnh {found.upper()}. Hãy lấy lại tệp gốc, "
            "hoặc đổi đúng đuôi ảnh rồi thêm lại để nhận dạng chữ.",
        )
    if found == "txt" and suffix in _PROMISED:
        raise Unreadable(
            "not_what_it_says",
            f"Tệp mang đuôi .{suffix} nhưng nội dung không phải định dạng đó. Hãy mở lại bằng phần mềm gốc và lưu lại.",
        )
    return found


def _by_magic(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(data)
    if data.startswith(_OLE):
        return _of_ole(data)
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    for magic, word in _IMAGES.items():
        if data.startswith(magic) and (magic != b"BM" or suffix_of(name) == "bmp"):
            return word
    return _of_text(data, name)


def _of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            for member, word in _OOXML.items():
                if member in names:
                    return word
            if "mimetype" in names:
                return _OPENDOCUMENT.get(archive.read("mimetype").strip(), "zip")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable(
            "truncated", "Tệp nén (DOCX, XLSX, ZIP…) bị hỏng hoặc bị cắt cụt. Hãy chép lại tệp gốc rồi thêm lại."
        ) from error
    return "zip"


def _of_ole(data: bytes) -> str:
    if _utf16("EncryptedPackage") in data:
        raise Unreadable(
            "encrypted", "Tệp Office được đặt mật khẩu. Hãy bỏ mật khẩu (Lưu thành… không mật khẩu) rồi thêm lại."
        )
    for stream, word in _OLE_STREAMS.items():
        if _utf16(stream) in data:
            return word
    raise Unreadable(
        "unknown_format", "Không nhận ra loại tệp Office cũ này. Hãy lưu lại thành DOCX hoặc PDF rồi thêm lại."
    )


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _of_text(data: bytes, name: str) -> str:
    head = data[:4096]
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not _even_nuls(head):
        lowered = head.lower().lstrip(b"\xef\xbb\xbf \t\r\n")
        if is_mhtml(head):
            return "mht"
        if lowered.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in lowered[:2048]:
            return "html"
        controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
        if controls > len(head) * 0.02:
            raise Unreadable(
                "unknown_format",
                "Không nhận ra loại tệp này (không phải văn bản). "
                "Kho đọc PDF, DOCX, DOC, RTF, ODT, XLS(X), PPT, HTML, TXT, MD và ZIP.",
            )
    if suffix_of(name) in ("html", "htm") and b"<" in head:
        return "html"
    return _TEXT_SUFFIXES.get(PurePath(name).suffix.lower(), "txt")


def _even_nuls(head: bytes) -> bool:
    """Whether `head` looks like UTF-16 without a byte order mark: zero bytes only at even or only at odd places."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) * 0.2 and min(even, odd) == 0
