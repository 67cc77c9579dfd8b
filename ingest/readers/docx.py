"""DOCX read from its XML: printed numbers, layout and data tables, notes, text boxes, accepted changes."""

import io
import zipfile

from lxml import etree

from ingest.document import Limits, Reading
from ingest.errors import Refused, Unreadable
from ingest.readers.docx_body import Body
from ingest.readers.docx_styles import Styles
from ingest.readers.writer import tidy

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)


class Package:
    """The parts of an Office archive, unpacked within limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises Refused("bomb") when it would unpack to more than the limits allow, Unreadable when damaged."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise _damaged() from error
        unpacked = sum(info.file_size for info in self._archive.infolist())
        if unpacked > limits.archive_ratio * len(data) + 1_000_000 or unpacked > 20 * limits.bytes:
            raise Refused(
                "bomb",
                "Tệp nén giải ra quá lớn so với kích thước, có thể là tệp phá hoại nên không đọc. Hãy kiểm tra nguồn tệp.",
            )

    def part(self, name: str) -> etree._Element | None:
        """The root element of a part, None where the package has no such part."""
        try:
            with self._archive.open(name) as stream:
                return etree.parse(stream, _PARSER).getroot()
        except KeyError:
            return None
        except (
            zipfile.BadZipFile,
            etree.XMLSyntaxError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable("truncated", "Tệp DOCX bị hỏng hoặc bị cắt cụt. Hãy mở bằng Word, lưu lại rồi thêm lại.")


def read_docx(data: bytes, limits: Limits) -> Reading:
    """A `Reading` of a Word document.

    Raises Unreadable("truncated") for a damaged package, "empty" for one without words; Refused("bomb").
    """
    package = Package(data, limits)
    document = package.part("word/document.xml")
    if document is None:
        raise _damaged()
    styles = Styles(package.part("word/styles.xml"), package.part("word/numbering.xml"))
    body = Body(styles, {"footnote": package.part("word/footnotes.xml"), "endnote": package.part("word/endnotes.xml")})
    body.read(document)
    if not body.writer.lines:
        raise Unreadable(
            "empty", "Tệp DOCX không có chữ nào (có thể chỉ có ảnh chụp). Hãy lấy bản có chữ hoặc bản PDF quét."
        )
    return body.writer.reading("docx", title=_title(package), repairs=body.repairs())


def _title(package: Package) -> str | None:
    core = package.part("docProps/core.xml")
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") if core is not None else None
    return tidy(title or "") or None
