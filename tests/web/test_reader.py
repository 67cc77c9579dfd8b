"""The reader shows the whole paper, its passages at their exact characters, and says what it knows of it."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from ingest.document import Kind
from kb.library import Library
from web.language import words
from web.links import anchor
from web.reader.annotations import found as places
from web.record import cited_by

HIT = "III/2/g4"
FILES = Path(__file__).parents[1] / "files"


def test_the_permalink_leads_to_the_passage_highlighted_at_its_characters(
    site: TestClient, library: Library, seed: str
) -> None:
    response = site.get(f"/p/{seed[:12]}-III-2-g4")
    assert response.url.path == f"/d/{seed[:12]}"
    marked = html.fromstring(response.text).xpath("//mark[@id='hit']")
    assert [each.text_content() for each in marked] == [library.passage(f"{seed[:12]}-III-2-g4").text]


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".txt"])
def test_every_passage_of_every_format_is_on_the_page_word_for_word(
    site: TestClient, library: Library, suffix: str
) -> None:
    for record in (each for each in library.documents() if each.file.endswith(suffix)):
        document = library.full(record.id)
        tree = html.fromstring(site.get(f"/d/{record.id[:12]}").text)
        for passage in document.passages:
            shown = tree.get_element_by_id(anchor(passage.locator))
            if passage.kind in (Kind.ROW, Kind.TABLE_HEADER) and passage.cells:
                cells = [cell.text_content() for cell in shown.xpath("td[not(@class='side')]|th")]
                assert cells == [document.slice(cell) for cell in passage.cells]
            else:
                assert shown.xpath("string(span[@class='own'])") == document.slice(passage)


def test_nothing_of_the_text_is_left_out(site: TestClient, library: Library, seed: str) -> None:
    tree = html.fromstring(site.get(f"/d/{seed[:12]}").text)
    for each in tree.xpath("//a[@class='permalink']"):
        each.drop_tree()
    shown = "".join(tree.xpath("//article[@class='paper']")[0].text_content().split())
    assert shown == "".join(library.text(seed).split())


def test_a_table_row_is_highlighted_cell_by_cell(site: TestClient, library: Library) -> None:
    record = library.document("05-ke-hoach-ubnd-thanh-pho-nghi-quyet-36.docx")
    row = next(p for p in library.passages(record.id) if p.passage.kind is Kind.ROW)
    tree = html.fromstring(site.get(f"/d/{record.id[:12]}?hit={row.passage.locator}").text)
    marked = [mark.text_content() for mark in tree.xpath("//mark[contains(@class,'hit')]")]
    full = library.text(record.id)
    assert marked == [full[c.start : c.end] for c in row.passage.cells if full[c.start : c.end]]
    [tools] = tree.xpath("//div[@class='hit-tools']")
    assert tools.xpath("ancestor::tr/preceding-sibling::tr[1]/@id") == [anchor(row.passage.locator)], "right below it"


def test_matches_are_walked_in_the_order_of_the_text(site: TestClient, seed: str) -> None:
    first = site.get(f"/d/{seed[:12]}", params={"q": "công nghệ sinh học"}).context["page"].walk
    second = site.get(first.after).context["page"].walk
    assert second.before is None
    third = site.get(second.after).context["page"].walk
    assert third.before is not None


def test_find_in_the_document_marks_every_place(site: TestClient, library: Library, seed: str) -> None:
    tree = html.fromstring(site.get(f"/d/{seed[:12]}", params={"find": "che pham"}).text)
    marks = tree.xpath("//mark[@class='find']")
    assert {mark.text_content().lower() for mark in marks} == {"chế phẩm"}
    assert len(marks) == len(places(library.text(seed), "che pham"))


@pytest.mark.parametrize(
    ("wanted", "times", "why"),
    [
        ("đất", 1, "with marks: only these"),
        ("dat", 2, "without: đất and đạt"),
        ("dat  tot", 1, "any blank"),
        ("", 0, ""),
    ],
)
def test_finding_minds_marks_only_where_they_are_typed(wanted: str, times: int, why: str) -> None:
    assert len(places("đất tốt, đạt", wanted)) == times, why


def test_what_the_paper_does_not_say_is_said_to_be_absent(site: TestClient, seed: str) -> None:
    facts = {fact.label: fact for fact in site.get(f"/d/{seed[:12]}").context["page"].facts}
    assert facts["Số ký hiệu"].note == "absent"
    assert facts["Loại"].value == "Kế hoạch"


def test_an_amended_paper_says_so_above_its_text(site: TestClient) -> None:
    page = site.get("/d/01-ke-hoach-tinh-uy-nghi-quyet-36.docx")
    notices = page.context["page"].notices
    assert any("131-KH/TU" in notice.words for notice in notices)


def test_a_reference_leads_to_the_paper_and_back(site: TestClient, library: Library) -> None:
    newer = library.document("02-ke-hoach-sua-doi-ke-hoach-86.pdf")
    older = library.document("01-ke-hoach-tinh-uy-nghi-quyet-36.docx")
    there = html.fromstring(site.get(f"/d/{newer.id[:12]}").text)
    assert there.xpath(f"//article//a[@class='ref' and starts-with(@href,'/d/{older.id[:12]}')]")
    [amended] = [each for each in site.get(f"/d/{older.id[:12]}").context["page"].cited_by if "sửa đổi" in each.verb]
    assert [tie.words for tie in amended.papers] == [f"Kế hoạch {newer.metadata.symbol}"]
    assert amended.papers[0].url.startswith(f"/d/{newer.id[:12]}")


def test_the_papers_that_a_paper_rests_on_are_listed_by_what_it_does_to_them(site: TestClient) -> None:
    page = site.get("/d/11-quyet-dinh-thay-the-bai-bo-mot-phan-quy-dinh.html").context["page"]
    tied = {each.verb: [tie.words for tie in each.papers] for each in page.ties}
    assert tied["thay thế một phần"] == tied["bãi bỏ một phần"] == ["Quyết định 24/2018/QĐ-UBND"]
    assert "Luật 29/2013/QH13" in tied["lấy làm căn cứ"]
    assert [tie.url for each in page.ties for tie in each.papers if tie.words == "Luật 29/2013/QH13"] == [""]
    assert list(tied)[:2] == ["thay thế một phần", "bãi bỏ một phần"], "what changes a paper comes first"
    page = site.get("/d/10-quyet-dinh-quy-che-nhiem-vu-khoa-hoc-co-so.pdf").context["page"]
    assert page.ties[0].verb == "thay thế", "a whole paper"


@pytest.mark.parametrize(
    ("clause", "verb"),
    [
        ("Bãi bỏ Quyết định số 5/2019/QĐ-UBND ngày 01/02/2019.", "bãi bỏ"),
        ("Bãi bỏ các điểm, khoản, cụm từ tại Quyết định số 5/2019/QĐ-UBND ngày 01/02/2019.", "bãi bỏ một phần"),
        ("Bãi bỏ khoản 2 Điều 3 Quyết định số 5/2019/QĐ-UBND ngày 01/02/2019.", "bãi bỏ một phần"),
        ("Thay thế Phụ lục I ban hành kèm theo Quyết định số 5/2019/QĐ-UBND.", "thay thế một phần"),
    ],
)
def test_a_part_is_not_taken_for_the_whole_paper(empty_site: TestClient, clause: str, verb: str) -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\n\nSố: 9/2024/QĐ-UBND\n\nQUYẾT ĐỊNH\nVề chợ\n\n"
    text = f"{head}Điều 1. Hiệu lực\n1. {clause}\n"
    empty_site.post("/documents", files={"files": ("qd.txt", text.encode())})
    [tied] = empty_site.get("/d/qd.txt").context["page"].ties
    assert tied.verb == verb


def test_a_pdf_page_is_an_image_with_the_passage_drawn_on_it(site: TestClient, library: Library) -> None:
    record = next(each for each in library.documents() if each.format == "pdf")
    passage = next(p for p in library.passages(record.id) if p.passage.searchable and p.passage.pages)
    page = site.get(f"/d/{record.id[:12]}?hit={passage.passage.locator}").context["page"]
    [sheet] = page.sheets
    [area] = [area for area in sheet.areas if area.hit]
    assert all(
        0 <= r.x < r.x + r.width <= sheet.width and 0 <= r.y < r.y + r.height <= sheet.height for r in area.rects
    )
    image = site.get(sheet.image)
    assert image.content.startswith(b"\x89PNG")
    assert "immutable" in image.headers["cache-control"]


def test_pages_are_enlarged_with_finer_images(site: TestClient, library: Library) -> None:
    record = next(each for each in library.documents() if each.format == "pdf")
    page = site.get(f"/d/{record.id[:12]}?view=pages").context["page"]
    assert len(page.sheets) == record.pages
    larger = site.get(page.zooms[-1][0].url).context["page"]
    assert [chosen for _, chosen in larger.zooms] == [False, False, True]
    assert len(site.get(larger.sheets[0].image).content) > len(site.get(page.sheets[0].image).content)


def test_the_highlighted_passage_can_be_taken_away(site: TestClient, library: Library, seed: str) -> None:
    response = site.get(f"/d/{seed[:12]}", params={"q": "phân bón sinh học", "hit": HIT})
    tools = html.fromstring(response.text).xpath("//div[@class='hit-tools']")
    assert [each.xpath(".//@data-keep") for each in tools] == [[f"{seed[:12]}-III-2-g4"]]
    passage = site.get(f"/api/passages/{seed[:12]}-III-2-g4").json()
    assert tools[0].xpath(".//@data-cite/../@data-copy") == [passage["citation"]["vi"]]


def test_a_passage_that_runs_over_a_page_is_drawn_on_both(empty_site: TestClient) -> None:
    data = (FILES / "page-break.pdf").read_bytes()
    empty_site.post("/documents", files={"files": ("page-break.pdf", data)})
    [found] = empty_site.get("/api/documents").json()["documents"]
    passages = empty_site.get(f"/api/documents/{found['document']}").json()["passages"]
    over = [each for each in passages if each["pages"] and len(each["pages"]) > 1]
    assert over
    for passage in over:
        for number in passage["pages"]:
            address = f"/d/{found['document'][:12]}?hit={passage['locator']}&page={number}"
            [sheet] = empty_site.get(address).context["page"].sheets
            assert sheet.number == number
            assert [area.label for area in sheet.areas if area.hit] == [passage["locator"]]


@pytest.mark.parametrize("number", [0, 999])
def test_a_page_that_is_not_there(site: TestClient, library: Library, number: int) -> None:
    record = next(each for each in library.documents() if each.format == "pdf")
    assert site.get(f"/d/{record.id[:12]}/page/{number}.png").status_code == 404


def test_the_original_comes_back_byte_for_byte_and_never_runs_here(site: TestClient, library: Library) -> None:
    record = next(each for each in library.documents() if each.format == "html")
    response = site.get(f"/d/{record.id[:12]}/source")
    assert response.content == library.source(record.id)
    assert response.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["/d/0000", "/p/000000000000-I", "/d/khong-co/source", "/khong-co"])
def test_what_is_not_there_is_a_page_that_says_so(site: TestClient, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 404
    assert "error-code" in response.text


def test_in_english_what_is_not_there_is_said_in_english_too(site: TestClient) -> None:
    page = site.get("/d/khong-co?lang=en").context["page"]
    assert page.message.startswith("There is no such page")
    assert "khong-co" in page.detail
    assert site.get("/d/khong-co?lang=vi").context["page"].detail == ""


@pytest.mark.parametrize(("words", "notice"), [("DỰ THẢO", "Đây là dự thảo"), ("LƯU HÀNH NỘI BỘ", "lưu hành nội bộ")])
def test_drafts_and_internal_papers_are_labelled(empty_site: TestClient, words: str, notice: str) -> None:
    text = f"{words}\n\nỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\n\nKẾ HOẠCH\nTuần tra rừng\n\n1. Tuần tra hằng tuần.\n"
    empty_site.post("/documents", files={"files": ("plan.txt", text.encode(), "text/plain")})
    found = empty_site.get("/api/documents", headers={"accept": "application/json"}).json()
    page = empty_site.get(f"/d/{found['documents'][0]['document'][:12]}")
    assert notice in page.text


def test_of_a_paper_that_many_speak_of_the_newest_are_told_and_the_others_counted(library: Library, seed: str) -> None:
    record = library.document("01-ke-hoach-tinh-uy-nghi-quyet-36.docx")
    whole = cited_by(library, record, words("vi"))
    few = cited_by(library, record, words("vi"), 2)
    papers = {tie.words for each in whole for tie in each.papers}
    assert len(papers) > 3
    rest = few[-1].papers[0]
    assert rest.words == f"và {len(papers) - 2} văn bản khác"
    assert {tie.words for each in few[:-1] for tie in each.papers} < papers
    assert rest.url == "/?q=%2286-KH/TU%22"
