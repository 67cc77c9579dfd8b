"""Old PowerPoint files without LibreOffice: the text atoms of the document stream ([MS-PPT] 2.9.42, 2.9.44)."""

import io
import struct
from collections import Counter
from collections.abc import Iterator

import olefile

from ingest.document import Limits, Reading
from ingest.errors import Unreadable
from ingest.legacy import Runs, is_unicode, of_text
from ingest.readers.writer import Writer

_TEXT_CHARS, _TEXT_BYTES = 0x0FA0, 0x0FA8
_DOCUMENT, _SLIDE, _MASTER_LIST = 0x03E8, 0x03EE, 0x0FF0
_CONTAINER = 0xF  # version nibble of a record that holds records


def read_ppt(data: bytes, limits: Limits) -> Reading:
    """Raises Unreadable("truncated", "empty"). The fonts of runs are not read; the words tell the encoding."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as archive:
            stream = archive.openstream("PowerPoint Document").read()
            current = archive.openstream("Current User").read()
        paragraphs = [
            part for text in _current_texts(stream, current) for part in text.replace("\x0b", " ").split("\r")
        ]
    except (OSError, struct.error) as error:
        raise Unreadable("truncated", "Tệp PPT bị hỏng hoặc bị cắt cụt. Hãy chép lại tệp gốc rồi thêm lại.") from error
    writer, repaired = Writer(), Counter[str]()
    usual = of_text("\n".join(part for part in paragraphs if not is_unicode(part)))
    for paragraph in paragraphs:
        runs = Runs(usual)
        runs.add(paragraph, None)
        mended, encodings = runs.mended()
        repaired.update(encodings)
        writer.line(mended)
    if not writer.lines:
        raise Unreadable("empty", "Tệp trình chiếu không có chữ nào. Hãy kiểm tra lại tệp gốc.")
    return writer.reading("ppt", repairs=[f"{name} → Unicode: {count} đoạn" for name, count in repaired.items()])


def _current_texts(stream: bytes, current: bytes) -> Iterator[str]:
    """Texts of the objects that the last save left valid; earlier saves leave dead copies in the stream."""
    offsets: dict[int, int] = {}
    (edit,) = struct.unpack_from("<I", current, 16)
    while edit:
        last, directory = struct.unpack_from("<II", stream, edit + 16)
        for identifier, offset in _directory(stream, directory):
            offsets.setdefault(identifier, offset)
        edit = last if last < edit else 0
    roots = sorted((_kind(stream, offset) != _DOCUMENT, offset) for offset in offsets.values())
    for _, offset in roots:
        if _kind(stream, offset) in (_DOCUMENT, _SLIDE):
            yield from _texts(stream, offset, offset + 8 + struct.unpack_from("<I", stream, offset + 4)[0])


def _kind(stream: bytes, offset: int) -> int:
    return int(struct.unpack_from("<H", stream, offset + 2)[0])


def _directory(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    """(object, offset) pairs of a PersistDirectoryAtom."""
    (length,) = struct.unpack_from("<I", stream, start + 4)
    at, end = start + 8, start + 8 + length
    while at < end:
        (entry,) = struct.unpack_from("<I", stream, at)
        first, count = entry & 0xFFFFF, entry >> 20
        for index in range(count):
            yield first + index, struct.unpack_from("<I", stream, at + 4 + 4 * index)[0]
        at += 4 + 4 * count


def _texts(stream: bytes, start: int, end: int) -> Iterator[str]:
    """Text atoms below a record, in the order of the stream."""
    while start + 8 <= end:
        version, kind, length = struct.unpack_from("<HHI", stream, start)
        start += 8
        stop = min(end, start + length)
        if kind == _TEXT_CHARS:
            yield stream[start:stop].decode("utf-16-le", errors="replace")
        elif kind == _TEXT_BYTES:
            yield stream[start:stop].decode("cp1252", errors="replace")
        elif version & 0xF == _CONTAINER and not (kind == _MASTER_LIST and version >> 4 == 1):
            yield from _texts(stream, start, stop)
        start = stop
