"""The search page as its view model and its HTML, over the shipped corpus."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import unquote, urlencode

import docx
import pytest
from fastapi.testclient import TestClient
from lxml import html

from ingest.document import Span
from kb.library import Library
from kb.model import Validity
from tests.fakes import paper
from web.language import words
from web.search.finding import find
from web.search.state import State
from web.views import marks

QUESTION = "nhiệm vụ nào về phân bón sinh học?"


def page(site: TestClient, address: str):
    return html.fromstring(site.get(address).text)


def test_the_empty_page_has_the_box_and_examples_for_three_users(site: TestClient) -> None:
    tree = page(site, "/")
    assert tree.xpath("//input[@name='q' and @autofocus]")
    assert len(tree.xpath("//div[@class='user']")) == 3


def test_examples_find_something(site: TestClient) -> None:
    for language in ("vi", "en"):
        tree = page(site, f"/?lang={language}")
        for address in tree.xpath("//div[@class='user']//a/@href"):
            found = site.get(address).context["page"].found
            assert found.verdict != "nothing" or found.named, address


def test_a_list_question_is_answered_by_document(site: TestClient) -> None:
    found = site.get("/", params={"q": QUESTION}).context["page"].found
    assert found.view == "answer"
    assert len(found.groups) >= 6
    assert "nhiệm vụ" in found.headline


def test_the_other_view_ranks_passages(site: TestClient) -> None:
    found = site.get("/", params={"q": QUESTION, "view": "passages"}).context["page"].found
    assert [card.rank for card in found.cards] == list(range(1, len(found.cards) + 1))
    assert found.more is not None


def test_a_card_shows_the_whole_passage_with_marks(site: TestClient, library) -> None:
    response = site.get("/", params={"q": QUESTION, "view": "passages"})
    card = response.context["page"].found.cards[0]
    tree = html.fromstring(response.text)
    shown = tree.get_element_by_id(f"card-{card.id}")
    if not card.cells:
        assert shown.xpath(".//blockquote")[0].text_content() == library.passage(card.id).text
    assert shown.xpath(".//mark")


def test_filters_offer_only_what_leaves_something(site: TestClient) -> None:
    found = site.get("/", params={"q": QUESTION}).context["page"].found
    options = [option for facet in found.facets for option in facet.options]
    assert options
    assert all(option.count > 0 for option in options)


def test_a_filter_gives_at_least_as_many_as_it_promised(site: TestClient) -> None:
    found = site.get("/", params={"q": QUESTION}).context["page"].found
    kinds = next(facet for facet in found.facets if facet.key == "kind")
    for option in kinds.options[:3]:
        narrowed = site.get(f"/api/ask?{option.url.partition('?')[2]}").json()["groups"]
        assert sum(len(group["hits"]) + len(group["also"]) for group in narrowed) >= option.count


def test_documents_of_the_same_number_are_told_apart(site: TestClient) -> None:
    found = site.get("/", params={"q": QUESTION}).context["page"].found
    documents = next(facet for facet in found.facets if facet.key == "in")
    same = [option for option in documents.options if option.words == "Kế hoạch 142/KH-UBND"]
    assert {option.note for option in same} == {
        "Ủy ban nhân dân thành phố Hà Khê · 30/10/2023",
        "Ủy ban nhân dân tỉnh Sơn Lĩnh · 25/7/2023",
    }
    assert len({(option.words, option.note) for option in documents.options}) == len(documents.options)


@pytest.mark.parametrize("question", [QUESTION, "chỉ tiêu nào về chất thải rắn?"])
def test_every_passage_of_an_answer_is_reached_once_and_long_lists_are_folded(site: TestClient, question: str) -> None:
    whole = site.get("/api/ask", params={"q": question}).json()
    response = site.get("/", params={"q": question})
    tree = html.fromstring(response.text)
    shown = tree.xpath("//article/@data-passage")
    assert sorted(shown) == sorted(hit["passage"] for group in whole["groups"] for hit in group["hits"])
    for group in whole["groups"]:
        if group["also"]:
            [link] = tree.xpath(f"//*[@id='in-{group['document'][:12]}']//a[@data-unfold]/@href")
            unfolded = html.fromstring(site.get(link).text).xpath(f"//*[@id='in-{group['document'][:12]}']")[0]
            rest = unfolded.xpath(".//details[contains(@class, 'also')]//article/@data-passage")
            assert rest == [hit["passage"] for hit in group["also"]]
    found = response.context["page"].found
    assert all(group.cards and len(group.cards) < 8 for group in found.groups)
    assert not any(group.cards for group in found.apart)


def test_filters_in_use_are_said_with_the_hits_and_taken_off_there(site: TestClient) -> None:
    tree = page(site, "/?q=phân+bón&kind=Kế+hoạch&role=task")
    chips = tree.xpath("//ul[contains(@class, 'limits')]/li")
    assert [chip.xpath("string(.//b)") for chip in chips] == ["Kế hoạch", "Nhiệm vụ"]
    assert all("kind=" not in chip.xpath(".//a/@href")[0] for chip in chips[:1])
    assert not page(site, "/?q=phân+bón").xpath("//ul[contains(@class, 'limits')]")


def test_limited_to_the_seed_every_card_is_from_it(site: TestClient, seed: str) -> None:
    found = site.get("/", params={"q": QUESTION, "in": seed[:12], "view": "passages"}).context["page"].found
    assert found.cards
    assert all(card.id.startswith(seed[:12]) for card in found.cards)


def test_nothing_found_says_what_was_searched_and_what_to_do(site: TestClient) -> None:
    tree = page(site, "/?q=xyzzy+qwertz&kind=K%E1%BA%BF+ho%E1%BA%A1ch")
    assert "Đã tìm trong" in tree.xpath("string(//p[@class='searched'])")
    assert tree.xpath("//div[@class='empty']//a[@href='/?q=xyzzy+qwertz']")


def test_csv_has_every_passage_of_the_answer_with_its_citation(site: TestClient) -> None:
    whole = site.get("/api/ask", params={"q": QUESTION}).json()
    text = site.get("/export.csv", params={"q": QUESTION}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    hits = [hit for group in whole["groups"] for hit in (*group["hits"], *group.get("also", []))]
    assert [row["Nguyên văn"] for row in rows] == [hit["text"] for hit in hits]
    assert [row["Trích dẫn"] for row in rows] == [hit["citation"]["vi"] for hit in hits]
    assert {row["Tình trạng"] for row in rows if row["Văn bản"] == "Kế hoạch 86-KH/TU"} == {"Đã được sửa đổi"}


def test_word_export_opens_and_quotes(site: TestClient) -> None:
    whole = site.get("/api/ask", params={"q": QUESTION}).json()
    paper = docx.Document(io.BytesIO(site.get("/export.docx", params={"q": QUESTION}).content))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    hits = [hit for group in whole["groups"] for hit in group["hits"]]
    # A table row stands cell by cell.
    assert [part for hit in hits for part in hit["text"].split(" | ") if part not in said] == []
    row = next(hit for hit in hits if hit["form"] == "row")
    assert any(f"{column}: " in said for column in row["columns"])
    assert "Kế hoạch 86-KH/TU\nBan Thường vụ Tỉnh ủy Sơn Lĩnh · 12/5/2023 · Đã được sửa đổi" in said
    assert {paper.styles[name].font.name for name in ("Normal", "Heading 2", "Quote")} == {"Times New Roman"}
    assert round(paper.sections[0].page_width.mm) == 210


def test_the_interface_speaks_english_and_remembers(site: TestClient) -> None:
    assert 'lang="en"' in site.get("/?lang=en").text
    assert "Search" in site.get("/").text
    assert "Tìm kiếm" in site.get("/?lang=vi").text


@pytest.mark.parametrize("query", ["k=x", "year=hai", "as_of=hôm+nay", "in=khong-co"])
def test_a_bad_address_is_explained(site: TestClient, query: str) -> None:
    response = site.get(f"/?q=x&{query}")
    assert response.status_code in (400, 404)
    assert 'class="lead"' in response.text


def test_a_search_as_of_a_day_shows_what_was_in_force_then(site: TestClient, library: Library) -> None:
    old = next(each for each in library.documents() if each.status.validity is Validity.AMENDED)
    assert old.metadata.symbol
    assert old.status.since
    before = (old.status.since - timedelta(days=1)).isoformat()
    then, now = (page(site, f"/?q={old.metadata.symbol}&as_of={day}") for day in (before, ""))
    status = "//section[@class='named']//*[contains(@class, 'pill')]/text()"
    amended = words("vi")("status.amended")
    assert amended not in then.xpath(status)
    assert amended in now.xpath(status)
    assert then.xpath("//input[@id='as-of']/@value") == [before]
    assert then.xpath("//p[contains(@class, 'alert')]/a[not(contains(@href, 'as_of'))]")  # the way back to today
    assert not now.xpath("//p[contains(@class, 'alert')]/a[contains(., 'hôm nay')]")


def test_suggestions_take_what_is_typed_without_marks(site: TestClient) -> None:
    offered = site.get("/api/suggest", params={"q": "phan bon"}).json()
    assert any("phân bón" in each["text"].lower() for each in offered)
    assert next(each["text"] for each in site.get("/api/suggest", params={"q": "86-kh"}).json()) == "86-KH/TU"


def test_a_law_is_suggested_by_its_name(empty_site: TestClient) -> None:
    head = "QUỐC HỘI\n\nLuật số: 32/2018/QH14\n\nHà Nội, ngày 19 tháng 11 năm 2018\n\nLUẬT\nCHĂN NUÔI\n\n"
    law = f"{head}Điều 1. Phạm vi\nLuật này quy định về chăn nuôi.\n"
    empty_site.post("/documents", files={"files": ("luat.txt", law.encode())})
    offered = empty_site.get("/api/suggest", params={"q": "luat chan"}).json()
    assert [(each["text"], each["note"]) for each in offered] == [("Luật Chăn nuôi", "32/2018/QH14")]


def test_a_document_number_leads_straight_to_the_document(site: TestClient, library) -> None:
    tree = page(site, "/?q=86-KH/TU")
    record = library.document("01-ke-hoach-tinh-uy-nghi-quyet-36.docx")
    assert tree.xpath("//section[@class='named']//h2/a/@href") == [f"/d/{record.id[:12]}"]


def test_a_number_is_not_corrected(site: TestClient) -> None:
    assert site.get("/", params={"q": "86-KH/TU"}).context["page"].found.meant is None
    meant = site.get("/", params={"q": "sua doi ke hoach 86-KH/TU"}).context["page"].found.meant
    assert meant is None or "86-KH/TU" in meant.words


def test_a_number_that_the_base_lacks_is_named_once(site: TestClient) -> None:
    found = site.get("/", params={"q": "kế hoạch số 63 được thay thế bằng gì?"}).context["page"].found
    assert "mang số 63 (" in found.unknown
    assert found.verdict != "answered", "no passage found mentions plan 63"
    assert (
        site.get("/", params={"q": "Kế hoạch 86-KH/TU được sửa đổi bởi văn bản nào?"}).context["page"].found.verdict
        == "answered"
    )


def test_a_number_that_two_papers_bear_names_the_one_the_base_lacks_too(empty_site: TestClient) -> None:
    own = "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HUẾ\nSố: 36/2025/NQ-HĐND\n\nNGHỊ QUYẾT\nVề học phí\n\nĐiều 1. Học phí.\n"
    other = "UBND TỈNH SƠN LĨNH\nSố: 5/KH-UBND\n\nKẾ HOẠCH\nVề sinh học\n\nThực hiện Nghị quyết số 36-NQ/TW.\n"
    for name, text in (("a.txt", own), ("b.txt", other)):
        empty_site.post("/documents", files={"files": (name, text.encode())})
    found = empty_site.get("/", params={"q": "nghị quyết 36"}).context["page"].found
    assert [each.document.name for each in found.named] == ["Nghị quyết 36/2025/NQ-HĐND"]
    assert found.unknown == "Kho chưa có văn bản nào mang số 36-NQ/TW."
    assert [each.words for each in found.mentioned] == ["Kế hoạch 5/KH-UBND"]
    alone = empty_site.get("/", params={"q": "36/2025/NQ-HĐND"}).context["page"].found
    assert (alone.unknown, alone.mentioned) == ("", ())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_question_that_the_help_gives_for_a_day_is_read_as_of_that_day(site: TestClient, language: str) -> None:
    example = words(language)("help.ask.7").rpartition("“")[2].partition("”")[0]
    found = site.get("/", params={"q": example, "lang": language}).context["page"].found
    assert words(language).date(date(2021, 6, 30)) in found.then


def test_a_collection_is_its_address(site: TestClient, seed: str) -> None:
    first, second = f"{seed[:12]}-III-2-g4", f"{seed[:12]}-III-2-g1"
    address = f"/collection?p={first}&p={second}&p=000000000000-I"
    collected = site.get(address).context["page"]
    assert [each.id for each in collected.kept] == [first, second]
    assert collected.lost == ("000000000000-I",)
    assert [each.id for each in site.get(collected.kept[0].without).context["page"].kept] == [second]
    rows = list(csv.DictReader(io.StringIO(site.get(collected.csv).content.decode("utf-8-sig"))))
    assert [row["Nguyên văn"] for row in rows] == [each.line.text for each in collected.kept]


def test_cells_of_a_row_are_slices_of_the_paper(site: TestClient, library) -> None:
    cards = page(site, "/?q=ủ+phụ+phẩm+nông+nghiệp").xpath("//dl[contains(@class, 'cells')]")
    words = {dd.text_content().strip() for card in cards for dd in card.xpath(".//dd")}
    texts = [library.text(record.id) for record in library.documents()]
    assert words
    assert all(any(word in text for text in texts) and len(word) > 1 for word in words), words


def test_neighbouring_words_are_marked_as_one() -> None:
    text = "Kế hoạch 86 của tỉnh"
    spans = (Span(0, 2), Span(3, 7), Span(12, 15))
    assert [(each.start, each.end) for each in marks(spans, text)] == [(0, 7), (12, 15)]


def test_a_paper_that_the_base_only_mentions_is_said_to_be_mentioned_where(site: TestClient) -> None:
    found = site.get("/", params={"q": "nghị quyết 57-NQ/TW nói gì"}).context["page"].found
    assert "57-NQ/TW" in found.unknown
    tie = next(each for each in found.mentioned if "11-NQ/ThU" in each.words)
    assert "57-NQ/TW" in tie.quote
    assert site.get(tie.url).status_code == 200


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ({"q": "86-KH/TU"}, "Văn bản được nêu trong câu hỏi"),
        ({"q": "xyzzy qwertz"}, "Không có đoạn nào trong kho văn bản trả lời câu hỏi này"),
        ({"q": "xyzzy qwertz", "year": "2023"}, "Không có đoạn nào trả lời câu hỏi trong phạm vi bộ lọc đang chọn"),
        ({"q": "kế hoạch số 63 được thay thế bằng gì?"}, "Không có đoạn nào trong kho văn bản trả lời câu hỏi này"),
    ],
)
def test_the_headline_claims_no_more_than_was_found(site: TestClient, query: dict[str, str], headline: str) -> None:
    assert page(site, f"/?{urlencode(query)}").xpath("string(//h1)") == headline


@pytest.mark.parametrize(("language", "said"), [("vi", "đúng nguyên văn"), ("en", "word for word")])
def test_quoted_words_that_stand_nowhere_are_said_to(site: TestClient, language: str, said: str) -> None:
    answer = site.get("/", params={"q": '"phân bón sinh học hạng nhất"', "lang": language})
    found = answer.context["page"].found
    assert "“phân bón sinh học hạng nhất”" in found.missing
    assert said in found.missing
    assert found.missing in " ".join(html.fromstring(answer.text).text_content().split())
    assert (found.verdict, bool(found.cards), found.near) == ("related", True, "")  # said once


def test_a_law_that_is_preferred_can_be_taken_off_and_brought_back(wordy: Library) -> None:
    document, source = paper("Phân bón là sản phẩm cho cây trồng.", kind="Luật", title="Trồng trọt")
    wordy.put(document, source)
    state = State(q="theo luat trong trot thi phan bon la gi")
    chip = next(each for each in find(wordy, state, words("vi")).chips if each.detail == "Luật Trồng trọt")
    assert (chip.kind, chip.words) == ("Ưu tiên", "")
    assert chip.url is not None
    assert "without=paper%3Aluat-trong-trot" in chip.url
    off = find(wordy, replace(state, without=("paper:luat-trong-trot",)), words("vi")).chips
    assert [each.detail for each in off if each.back] == ["Luật Trồng trọt"]


def test_a_quoted_phrase_is_not_said_to_be_widened(site: TestClient) -> None:
    chips = [chip.kind for chip in site.get("/", params={"q": '"phân bón sinh học"'}).context["page"].found.chips]
    assert chips == ["Đúng cụm từ"]


def test_every_card_says_what_its_paper_is_about(site: TestClient) -> None:
    tree = page(site, "/?q=phân+bón+sinh+học&view=passages")
    cards = tree.xpath("//article[contains(@class,'card')]")
    assert cards
    assert all(len(card.xpath("string(.//p[contains(@class,'doc-title')])")) > 20 for card in cards)


def test_a_concept_left_out_is_named_in_words_and_can_be_brought_back(site: TestClient) -> None:
    found = site.get("/", params={"q": "phân bón sinh học", "view": "passages"}).context["page"].found
    chip = next(each for each in found.chips if each.kind == "Gồm cả")
    without = site.get(chip.url).context["page"].found
    [off] = [each for each in without.chips if each.back]
    assert (off.kind, off.detail) == ("Đã bỏ – Gồm cả", chip.detail)
    assert [each.detail for each in site.get(off.url).context["page"].found.chips] == [
        each.detail for each in found.chips
    ]


def test_a_question_typed_in_telex_is_answered_and_said_how_it_was_read(site: TestClient) -> None:
    found = site.get("/", params={"q": "nhieemj vuj naof veef phaan bons sinh hocj"}).context["page"].found
    assert (found.verdict, found.view, found.meant.words) == (
        "answered", "answer", "nhiệm vụ nào về phân bón sinh học",
    )  # fmt: skip


@pytest.mark.parametrize("question", ["văn bản nào đã bị sửa đổi?", "which plans were amended?"])
def test_a_question_after_papers_by_status_leads_to_their_list(site: TestClient, question: str) -> None:
    leads = site.get("/", params={"q": question}).context["page"].found.leads
    amended = next(each for each in leads if each.url.endswith("status=amended"))
    listed = site.get(amended.url).context["page"].lines
    assert [line.document.name for line in listed] == ["Kế hoạch 86-KH/TU"]
    assert amended.words.endswith(f": {len(listed)}")


def test_a_count_that_may_grow_is_not_given_as_the_last_word(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.search.looking.COUNTED", 5)
    found = site.get("/", params={"q": "kế hoạch", "k": "1"}).context["page"].found
    assert found.headline.startswith("Ít nhất ")
    assert "ít nhất" in found.showing
    assert found.counted == "Số đếm tính trên 11 đoạn đúng nhất."


def test_what_is_taken_away_is_what_was_found_for_a_question_that_wants_no_list_too(site: TestClient) -> None:
    params = {"q": "phân bón sinh học", "k": "50"}
    shown = site.get("/", params=params).context["page"].found
    assert shown.view == "passages"
    grouped = site.get("/", params={**params, "view": "answer"}).context["page"].found
    rows = csv.DictReader(io.StringIO(site.get("/export.csv", params=params).content.decode("utf-8-sig")))
    identifiers = {card.id for card in shown.cards}
    assert len(identifiers) > 10
    assert {unquote(row["Liên kết"].rsplit("/p/")[1]) for row in rows} >= identifiers
    assert {card.id for group in grouped.groups for card in (*group.cards, *group.folded)} == identifiers
    assert grouped.headline.startswith(shown.headline)


def test_an_open_passage_that_is_gone_does_not_take_the_results_with_it(site: TestClient) -> None:
    response = site.get("/", params={"q": QUESTION, "open": "000000000000-I"})
    assert response.status_code == 200
    assert response.context["page"].opened is None


def test_an_error_page_offers_to_search(site: TestClient) -> None:
    assert page(site, "/khong-co").xpath("//main//form[@role='search']//input[@name='q']")


def test_a_slip_of_the_fingers_is_mended(site: TestClient) -> None:
    found = site.get("/", params={"q": "phan loia rac thai"}).context["page"].found
    if found.instead:  # nothing was found for what was typed
        assert "“phan loai rac thai”" in found.instead
    else:
        assert (found.slip.words, found.meant) == ("phan loai rac thai", None)
        found = site.get(found.slip.url).context["page"].found
    assert (found.verdict, found.slip) == ("answered", None)


def test_where_a_slip_finds_nothing_what_was_meant_is_searched_and_said(site: TestClient) -> None:
    found = site.get("/", params={"q": '"phna bon"'}).context["page"].found
    assert found.instead == 'Không có kết quả cho “"phna bon"”. Dưới đây là kết quả của “"phan bon"”.'
    assert found.cards
