"""The ways on from the reader keep the list that led there: its filters, its day, its view; and the page of the hit."""

from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient
from lxml import html

from kb.library import Library

TASKS = "nhiệm vụ nào về phân bón sinh học?"
MATTER = "quản lý nhiệm vụ khoa học và công nghệ"


def opened(site: TestClient, **asked: str):
    """The first hit of a list, as the reader shows it, and the list."""
    found = site.get("/", params=asked).context["page"].found
    first = (found.cards or found.groups[0].cards)[0]
    return html.fromstring(site.get(first.url.partition("#")[0]).text), found, first


def test_the_way_back_leads_to_the_same_list_at_the_same_card(site: TestClient) -> None:
    asked = {"q": MATTER, "kind": "Quyết định", "role": "provision", "view": "answer", "as_of": "2024-12-31"}
    page, _, first = opened(site, **asked)
    [back] = page.xpath("//a[@class='back']/@href")
    there = urlsplit(back)
    assert {key: value for key, [value] in parse_qs(there.query).items()} == asked
    assert there.fragment == f"card-{first.id}"


def test_what_was_unfolded_in_the_list_is_so_on_the_way_back(site: TestClient) -> None:
    groups = site.get("/", params={"q": TASKS}).context["page"].found.groups
    unfolded = site.get(next(group.left.url for group in groups if group.left).partition("#")[0])
    beside = next(group.also for group in unfolded.context["page"].found.groups if group.also)[0]
    page = html.fromstring(site.get(beside.url.partition("#")[0]).text)
    [back] = page.xpath("//a[@class='back']/@href")
    there, _, anchor = back.partition("#")
    assert html.fromstring(site.get(there).text).get_element_by_id(anchor) is not None


def test_the_next_hit_is_the_next_of_the_filtered_list(site: TestClient) -> None:
    page, _, _ = opened(site, q=MATTER, role="task")
    address = page.xpath("//nav[@class='walk']/a/@href")[0]
    assert "role=task" in address
    following = site.get(address.partition("#")[0]).context["page"]
    assert site.get(f"/api/passages/{following.chosen.id}").json()["role"] == "task"


def test_words_are_found_in_the_paper_without_losing_the_list(site: TestClient) -> None:
    page, _, _ = opened(site, q=MATTER, kind="Quyết định", as_of="2021-06-30")
    hidden = {each.get("name"): each.get("value") for each in page.xpath("//form[@class='find']/input[@type='hidden']")}
    assert hidden == {"q": MATTER, "kind": "Quyết định", "as_of": "2021-06-30"}


def test_a_paper_opened_from_the_list_of_a_day_has_the_status_of_that_day(site: TestClient) -> None:
    page, _, first = opened(site, q=MATTER, as_of="2021-06-30")
    assert first.document.name == "Quyết định 24/2018/QĐ-UBND"
    [pill] = page.xpath("//header[@class='paper-head']//*[contains(@class, 'pill')]/text()")
    assert pill == first.document.pill.words
    assert pill.startswith("Có hiệu lực từ 01/9/2018")
    [said] = page.xpath("//p[contains(@class, 'alert')][contains(., '30/6/2021')]")
    [today] = said.xpath("a/@href")
    now = html.fromstring(site.get(today.partition("#")[0]).text)
    assert now.xpath("string(//header[@class='paper-head']//*[contains(@class, 'pill')])") == "Hết hiệu lực một phần"


def test_a_day_that_the_question_itself_names_is_kept_too(site: TestClient) -> None:
    page, _, _ = opened(site, q="Quyết định về nhiệm vụ khoa học còn hiệu lực tại thời điểm 30/6/2021")
    [said] = page.xpath("//p[contains(@class, 'alert')][contains(., '30/6/2021')]")
    assert said.xpath("a") == []


def test_a_list_question_is_walked_through_what_the_list_has(site: TestClient) -> None:
    whole = site.get("/api/ask", params={"q": TASKS}).json()["groups"]
    for group in whole[:6]:
        wanted = {hit["passage"] for hit in (*group["hits"], *group["also"])}
        walked = site.get(f"/d/{group['document'][:12]}", params={"q": TASKS}).context["page"].walk
        assert int(walked.words.split()[0]) == len(wanted)


def test_the_page_images_open_at_the_page_of_the_hit_and_are_walked_as_such(site: TestClient, library: Library) -> None:
    paper = library.document("03-ke-hoach-ubnd-tinh-nghi-quyet-36.pdf").id[:12]
    far = next(each for each in library.passages(paper) if each.passage.pages == (3,) and each.passage.searchable)
    address = f"/d/{paper}?q={TASKS}&hit={far.passage.locator}"
    page = html.fromstring(site.get(address).text)
    [pages] = page.xpath("//a[contains(@href, 'view=pages')][text()='Xem các trang gốc']/@href")
    assert pages.endswith("#page-3")
    shown = html.fromstring(site.get(pages.partition("#")[0]).text)
    assert all(each.endswith("#page-3") for each in shown.xpath("//p[@class='zooms']/a/@href"))
    for onward in shown.xpath("//nav[@class='walk']/a/@href"):
        assert "view=pages" in onward
        assert urlsplit(onward).fragment.startswith("page-")
