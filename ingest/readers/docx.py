"""DOCX read from its XML: printed numbers, layout and data tables, notes, text boxes, accepted changes."""

from ingest.document import Limits, Reading
from ingest.errors import Unreadable
from ingest.readers.docx_body import Body
from ingest.readers.docx_styles import Styles
from ingest.readers.package import Package, damaged
from ingest.readers.writer import tidy

_ACCEPTED = "Tệp còn vết sửa (Track Changes) chưa chấp nhận; kho đọc như đã chấp nhận hết."
_SHOWN = "Tệp còn vết sửa (Track Changes) chưa chấp nhận; kho giữ cả phần bị gạch bỏ như khi in."


def read_docx(data: bytes, limits: Limits, *, deletions: bool = False) -> Reading:
    """A `Reading` of a Word document, tracked changes accepted; `deletions` keeps what they strike out.

    Raises Unreadable("truncated") for a damaged package, "empty" for one without words; Refused("bomb").
    """
    package = Package(data, limits)
    document = package.part("word/document.xml")
    if document is None:
        raise damaged()
    styles = Styles(package.part("word/styles.xml"), package.part("word/numbering.xml"))
    body = Body(
        styles,
        {"footnote": package.part("word/footnotes.xml"), "endnote": package.part("word/endnotes.xml")},
        deletions=deletions,
    )
    body.read(document)
    if not body.writer.lines:
        raise Unreadable(
            "empty", "Tệp DOCX không có chữ nào (có thể chỉ có ảnh chụp). Hãy lấy bản có chữ hoặc bản PDF quét."
        )
    warnings = [_SHOWN if deletions else _ACCEPTED] if body.tracked else []
    return body.writer.reading("docx", title=_title(package), repairs=body.repairs(), warnings=warnings)


def _title(package: Package) -> str | None:
    core = package.part("docProps/core.xml")
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") if core is not None else None
    return tidy(title or "") or None
