"""Makes the office papers of this folder: `python -m tests.files.make_office`. The least that each format needs."""

import io
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF = " ".join(
    f'xmlns:{short}="{_OASIS}{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("presentation", "presentation"),
    )
)


def packed(**parts: str) -> bytes:
    """A package of these parts (`/` written as `__`), always the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name.replace("__", "/"), (2024, 1, 1, 0, 0, 0))
            archive.writestr(info, text, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def opendocument(kind: str, body: str) -> bytes:
    """An OpenDocument file; `kind` is "text", "spreadsheet" or "presentation"."""
    mime = f"application/vnd.oasis.opendocument.{kind}"
    entry = 'manifest:full-path="{}" manifest:media-type="{}"'
    return packed(
        **{
            "mimetype": mime,
            "META-INF__manifest.xml": f'<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0"'
            ' manifest:version="1.2">'
            f"<manifest:file-entry {entry.format('/', mime)}/>"
            f"<manifest:file-entry {entry.format('content.xml', 'text/xml')}/></manifest:manifest>",
            "content.xml": f'<office:document-content {_ODF} office:version="1.2"><office:body>'
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        }
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table of OpenDocument."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return (
        f'<table:table table:name="Nhiệm vụ"><table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
        f"{lines}</table:table>"
    )


TASKS = (("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Tập huấn ủ phân", "Phòng Kinh tế"), ("2", "Khảo sát", "UBND xã"))


def odt() -> bytes:
    """A heading, a paragraph with a footnote, a table."""
    return opendocument(
        "text",
        '<text:p>KẾ HOẠCH</text:p><text:p>Sản xuất phân bón<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Loại hữu cơ.</text:p></text:note-body>"
        "</text:note> năm 2024.</text:p>" + table(*TASKS),
    )


def odp() -> bytes:
    """Two slides: lines with a break and a table, speaker's notes that are not printed."""
    frame = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"
    return opendocument(
        "presentation",
        f"<draw:page>{frame.format('<text:p>Hội nghị<text:line-break/>triển khai</text:p>')}"
        f"<presentation:notes>{frame.format('<text:p>nói chậm</text:p>')}</presentation:notes></draw:page>"
        f"<draw:page><draw:frame>{table(*TASKS)}</draw:frame></draw:page>",
    )


def pptx() -> bytes:
    """A slide with a line of two runs, a table with a cell over two columns, and a second slide."""
    slide = (
        '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</p:sld>'
    )
    line = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"

    def cell(text: str, more: str = "") -> str:
        return f"<a:tc{more}><a:txBody>{line.format(text)}</a:txBody></a:tc>"

    head = cell("TT") + cell("Nhiệm vụ") + cell("Thời hạn")
    row = cell("1") + cell("Rà soát hộ nghèo", ' gridSpan="2"') + cell("", ' hMerge="1"')
    grid = f"<a:tbl><a:tr>{head}</a:tr><a:tr>{row}</a:tr></a:tbl>"
    first = f"<a:p><a:r><a:t>Nhiệm vụ </a:t></a:r><a:r><a:t>trọng tâm</a:t></a:r></a:p>{grid}"
    return packed(
        **{
            "ppt__presentation.xml": "<p/>",
            "ppt__slides__slide1.xml": slide.format(first),
            "ppt__slides__slide2.xml": slide.format(line.format("Trân trọng cảm ơn")),
        }
    )


def xlsx() -> bytes:
    """A title, a heading row, a merged cell, a day, a share, a decimal, and a hidden sheet."""

    def cell(place: str, value: str, style: int = 0) -> str:
        if value.replace(".", "").isdigit():
            return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'

    rows = (
        [("A1", "BẢNG THEO DÕI NHIỆM VỤ", 0)],
        [("A2", "TT", 0), ("B2", "Nhiệm vụ", 0), ("C2", "Chủ trì", 0), ("D2", "Thời hạn", 0), ("E2", "Tỷ lệ", 0)],
        [("A3", "1", 0), ("B3", "Tập huấn", 0), ("C3", "Sở Y tế", 0), ("D3", "45363", 1), ("E3", "0.155", 2)],
        [("A4", "2", 0), ("B4", "Khảo sát", 0), ("D4", "45565", 3), ("E4", "12.5", 0)],
    )
    data = "".join(
        f'<row r="{number}">{"".join(cell(*each) for each in row)}</row>' for number, row in enumerate(rows, start=1)
    )
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{{}}</sheetData>{{}}</worksheet>'
    override = (
        '<Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"/>'
    )
    relation = f'<Relationship Id="{{}}" Type="{_REL}/{{}}" Target="{{}}"/>'
    return packed(
        **{
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{override.format('xl/workbook.xml', 'sheet.main')}{override.format('xl/styles.xml', 'styles')}"
            f"{override.format('xl/worksheets/sheet1.xml', 'worksheet')}"
            f"{override.format('xl/worksheets/sheet2.xml', 'worksheet')}</Types>",
            "_rels__.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{relation.format('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
            "xl__workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
            '<sheet name="Theo dõi" sheetId="1" r:id="rId1"/>'
            '<sheet name="Nháp" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>',
            "xl___rels__workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{relation.format('rId1', 'worksheet', 'worksheets/sheet1.xml')}"
            f"{relation.format('rId2', 'worksheet', 'worksheets/sheet2.xml')}"
            f"{relation.format('rId3', 'styles', 'styles.xml')}</Relationships>",
            "xl__styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
            "</numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs>"
            '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>',
            "xl__worksheets__sheet1.xml": sheet.format(data, '<mergeCells><mergeCell ref="C3:C4"/></mergeCells>'),
            "xl__worksheets__sheet2.xml": sheet.format(f'<row r="1">{cell("A1", "bí mật nội bộ")}</row>', ""),
        }
    )


def made() -> dict[str, bytes]:
    """File name → bytes."""
    return {
        "tasks.odt": odt(),
        "tasks.ods": opendocument("spreadsheet", table(*TASKS)),
        "slides.odp": odp(),
        "slides.pptx": pptx(),
        "tracking.xlsx": xlsx(),
    }


if __name__ == "__main__":
    for name, data in made().items():
        (HERE / name).write_bytes(data)
