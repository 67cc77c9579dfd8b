"""Tables of forms and spreadsheets: whole in the reader, whatever the stored text puts between their cells."""

import io
from dataclasses import replace

import docx
from fastapi.testclient import TestClient
from lxml import html

from ingest.document import Kind
from kb.library import Library
from web.language import words
from web.record import notices


def _opened(site: TestClient, name: str, data: bytes) -> html.HtmlElement:
    site.post("/documents", files={"files": (name, data)})
    [found] = site.get("/api/documents", headers={"accept": "application/json"}).json()["documents"]
    return html.fromstring(site.get(f"/d/{found['document'][:12]}").text)


def _rows(tree: html.HtmlElement) -> list[list[list[str]]]:
    cells = "td[not(@class='side')]|th"
    return [
        [[cell.text_content() for cell in row.xpath(cells)] for row in table.xpath(".//tr")]
        for table in tree.xpath("//article//table")
    ]


def _paper(*rows: tuple[str, ...]) -> bytes:
    paper = docx.Document()
    paper.add_heading("I. THÔNG TIN", level=1)
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_a_form_with_blanks_to_fill_in_is_one_table(empty_site: TestClient) -> None:
    form = _paper(("Họ, chữ đệm, tên:", "", ""), ("Giới tính:", "", ""), ("Quê quán:", "", ""))
    tree = _opened(empty_site, "to-khai.docx", form)
    assert _rows(tree) == [[["Họ, chữ đệm, tên:", ""], ["Giới tính:", ""], ["Quê quán:", ""]]]
    assert "|" not in tree.xpath("string(//article)")


def test_rows_that_group_others_do_not_break_a_table_in_two(empty_site: TestClient) -> None:
    data = _paper(
        ("TT", "Tên chỉ tiêu", "Đơn vị tính", "Năm 2024"),
        ("", "A. Chỉ tiêu kinh tế", "", ""),
        ("1", "Tốc độ tăng trưởng", "%", "7,5"),
        ("2", "Thu ngân sách", "tỷ đồng", ""),
    )
    tree = _opened(empty_site, "chi-tieu.docx", data)
    [table] = _rows(tree)
    assert [row[1] for row in table] == ["Tên chỉ tiêu", "A. Chỉ tiêu kinh tế", "Tốc độ tăng trưởng", "Thu ngân sách"]
    assert "|" not in tree.xpath("string(//article)")


def test_what_was_mended_is_told_in_words(library: Library, seed: str) -> None:
    record, document = library.document(seed), library.full(seed)
    mended = replace(document, repairs=("TCVN3 → Unicode: 441 ô", "VNI → Unicode: toàn tệp"))
    said = [notice.words for notice in notices(record, mended, words("en"))][-2:]
    assert ["TCVN3 (441 cells)" in said[0], "VNI (the whole file)" in said[1]] == [True, True]


def test_the_heading_of_a_table_is_said_again_on_every_printed_page(site: TestClient, library: Library) -> None:
    record = library.document("05-ke-hoach-ubnd-thanh-pho-nghi-quyet-36.docx")
    tree = html.fromstring(site.get(f"/d/{record.id[:12]}").text)
    [table] = tree.xpath("//article//table")
    assert [row.xpath("count(th)") > 0 for row in table.xpath("./thead/tr")] == [True]
    assert table.xpath("count(./tbody/tr/td)") > 0


def test_a_table_row_in_the_collection_says_which_cell_is_which(site: TestClient, library: Library) -> None:
    record = library.document("05-ke-hoach-ubnd-thanh-pho-nghi-quyet-36.docx")
    row = next(each for each in library.passages(record.id) if each.passage.kind is Kind.ROW)
    tree = html.fromstring(site.get(f"/collection?p={row.id}").text)
    columns = [each.text_content() for each in tree.xpath("//dl[contains(@class, 'cells')]//dt")]
    assert columns
    assert set(columns) <= set(row.passage.columns)
    copied = tree.xpath("//span[contains(@class, 'tools')]/button/@data-copy")[0]
    assert " | " not in copied
    assert all(f"{column}: " in copied for column in columns)
