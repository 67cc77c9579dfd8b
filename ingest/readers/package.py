"""Archives: the parts of an Office file, and the files of a ZIP, unpacked within limits."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

from lxml import etree

from ingest.document import Limits
from ingest.errors import Refused, Unreadable
from ingest.vietnamese import nfc

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
_BROKEN = (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Package:
    """The parts of an Office archive."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises Refused("bomb") when it would unpack to more than the limits allow, Unreadable when damaged."""
        self._archive = _opened(data, limits)
        self._most = limits.bytes

    def part(self, name: str) -> etree._Element | None:
        """The root element of a part, None where the package has no such part. Raises Refused("bomb"), Unreadable."""
        try:
            if self._archive.getinfo(name).file_size > self._most:  # as a tree it takes many times as much memory
                raise _bomb()
            with self._archive.open(name) as stream:
                return etree.parse(stream, _PARSER).getroot()
        except KeyError:
            return None
        except _BROKEN as error:
            raise damaged() from error

    def pictures(self, folder: str) -> list[bytes]:
        """The image files below `folder`, in the order of their numbers."""
        found = [info for info in self._archive.infolist() if info.filename.startswith(folder) and not info.is_dir()]
        found.sort(key=lambda info: (len(info.filename), info.filename))
        try:
            return [self._archive.read(info) for info in found if info.file_size <= self._most]
        except _BROKEN as error:
            raise damaged() from error

    def names(self) -> Sequence[str]:
        """Names of the parts, in the archive's order."""
        return self._archive.namelist()


def damaged() -> Unreadable:
    """The error for an archive that breaks off."""
    return Unreadable("truncated", "Tệp bị hỏng hoặc bị cắt cụt. Hãy mở bằng phần mềm gốc, lưu lại rồi thêm lại.")


def _opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise damaged() from error
    unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > limits.archive_ratio * len(data) + 1_000_000 or unpacked > 20 * limits.bytes:
        raise _bomb()
    return archive


def _bomb() -> Refused:
    return Refused(
        "bomb",
        "Tệp nén giải ra quá lớn so với kích thước, có thể là tệp phá hoại nên không đọc. Hãy kiểm tra nguồn tệp.",
    )


def unpack(data: bytes, limits: Limits = Limits()) -> list[tuple[str, bytes]]:  # noqa: B008  Limits is frozen
    """The files of a ZIP: (path inside it with `/`, NFC; bytes), folders and system files left out.

    Raises Unreadable("truncated", "encrypted") and Refused("bomb").
    """
    archive = _opened(data, limits)
    files: list[tuple[str, bytes]] = []
    for info in archive.infolist():
        name = nfc(_name(info))
        if info.is_dir() or PurePosixPath(name).name.startswith((".", "~$")) or name.startswith("__MACOSX/"):
            continue
        if info.flag_bits & 1:
            raise Unreadable("encrypted", "Tệp ZIP được đặt mật khẩu. Hãy giải nén rồi thêm cả thư mục.")
        try:
            files.append((name, archive.read(info)))
        except _BROKEN as error:
            raise damaged() from error
    return files


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; names that Windows packed in UTF-8 without saying so are decoded again."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
