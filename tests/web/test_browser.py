"""Single deeds in headless Chromium: finding, opening, copying, keeping, suggesting, loading more."""

import pytest

from kb.cite import cite
from kb.library import Library
from tests.web.visit import WIDE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
QUESTION = "which tasks cover biological fertilizers?"


def test_the_demo_question_lands_on_the_seed_passage_highlighted(visit: Visit, library: Library, seed: str) -> None:
    visit.go(f"/?in={seed[:12]}&view=passages")
    visit.page.goto(f"{visit.address}/?q={QUESTION}&in={seed[:12]}&view=passages")
    card = visit.page.locator(".card").first
    assert card.get_attribute("data-passage") == f"{seed[:12]}-III-2-g4"
    card.locator(".open").click()
    if visit.page.viewport_size == WIDE:
        place = visit.page.frame_locator("#pane")
    else:
        visit.page.wait_for_url("**/d/**")
        place = visit.page
    mark = place.locator("mark#hit")
    mark.wait_for()
    passage = library.passage(f"{seed[:12]}-III-2-g4").passage
    assert mark.evaluate("each => each.textContent") == library.text(seed)[passage.start : passage.end]
    box = mark.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < visit.page.viewport_size["height"]
    assert visit.troubles == []


def test_the_answer_to_the_demo_question_holds_the_seed_passage(wide: Visit, seed: str) -> None:
    wide.go(f"/?q={QUESTION}")
    card = wide.page.locator(f"#card-{seed[:12]}-III-2-g4")
    assert card.locator("mark").count() > 0
    card.locator(".open").click()
    assert "open=" in wide.page.url
    wide.page.frame_locator("#pane").locator("mark#hit").wait_for()
    wide.page.go_back()
    wide.page.locator(".pane").wait_for(state="hidden")
    assert "open=" not in wide.page.url


def test_a_bare_anchor_is_highlighted_too(visit: Visit, library: Library, seed: str) -> None:
    visit.go(f"/d/{seed[:12]}#III-2-g4")
    mark = visit.page.locator("#III-2-g4 mark.hit")
    assert mark.evaluate("each => each.textContent") == library.passage(f"{seed[:12]}-III-2-g4").text


def test_without_javascript_the_passage_is_found_read_and_cited(plain: Visit, library: Library, seed: str) -> None:
    plain.go("/")
    plain.page.fill("#q", "nhiem vu nao ve phan bon sinh hoc")
    plain.page.locator(".search-box button").click()
    card = plain.page.locator(f"#card-{seed[:12]}-III-2-g4")
    assert not card.locator("[data-copy]").first.is_visible()
    card.locator("summary").click()
    assert "Mục III" in card.locator(".cite dd").first.inner_text()
    card.locator(".open").click()
    assert plain.page.locator("mark#hit").text_content() == library.passage(f"{seed[:12]}-III-2-g4").text


def test_the_drafter_copies_a_citation_with_the_keyboard(wide: Visit, served, library: Library) -> None:
    wide.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.address)
    wide.go("/?q=phân bón sinh học&view=passages")
    wide.page.keyboard.press("j")
    wide.page.keyboard.press("j")
    wide.page.keyboard.press("c")
    wide.page.locator("#say", has_text="Đã chép").wait_for(state="attached")
    second = wide.page.locator(".card").nth(1)
    copied = wide.page.evaluate("navigator.clipboard.readText()")
    assert copied == second.locator("[data-cite]").get_attribute("data-copy")
    wide.page.keyboard.press("?")
    assert wide.page.locator("#keys").is_visible()


def test_a_passage_is_copied_word_for_word_with_its_citation(browser, served, library: Library, seed: str) -> None:
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context, served.address)
    passage = library.passage(f"{seed[:12]}-III-2-g4")
    wanted = f"“{passage.text}” ({cite(passage).vi})"
    for address, scope in ((f"/?q={QUESTION}", f"#card-{passage.id}"), (f"/p/{passage.id}", ".hit-tools")):
        visit.go(address)
        visit.page.locator(f"{scope} [data-quote]").click()
        visit.page.locator(scope).get_by_text("Đã chép").wait_for()
        assert visit.page.evaluate("navigator.clipboard.readText()") == wanted
    assert visit.troubles == []
    context.close()


def test_suggestions_work_by_keyboard(wide: Visit) -> None:
    wide.go("/")
    wide.page.locator("#q").press_sequentially("86-kh")
    wide.page.locator("#suggestions li").first.wait_for()
    wide.page.keyboard.press("ArrowDown")
    assert wide.page.locator("#q").get_attribute("aria-activedescendant") == "suggestion-0"
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_url("**/?q=86-KH*")


def test_passages_are_kept_for_a_draft(wide: Visit) -> None:
    wide.go("/?q=phân bón sinh học&view=passages")
    wide.page.locator("[data-keep]").nth(0).click()
    wide.page.locator("[data-keep]").nth(2).click()
    chosen = [wide.page.locator(".card").nth(n).get_attribute("data-passage") for n in (0, 2)]
    wide.page.locator("#basket").click()
    wide.page.wait_for_url("**/collection?p=*")
    assert wide.page.locator("#collection").get_attribute("data-ids") == " ".join(chosen)
    wide.page.locator(".drop-out").first.click()
    assert wide.page.locator(".kept > li").count() == 1


def test_more_passages_come_without_losing_ones_place(wide: Visit) -> None:
    wide.go("/?q=phân bón&view=passages")
    wide.page.locator("#more").click()
    wide.page.locator(".card").nth(19).wait_for()
    assert "k=20" in wide.page.url
    assert wide.page.evaluate("document.activeElement.closest('.card') === document.querySelectorAll('.card')[10]")


def test_finds_are_walked_and_stand_in_their_line(visit: Visit, papers: dict[str, str]) -> None:
    visit.go(f"/d/{papers['docx']}?find=phân bón")
    now = visit.page.locator("mark.find.now")
    assert now.bounding_box()["width"] < 150
    assert visit.page.locator("#find-now").inner_text() == "1"
    visit.page.locator("[data-find='1']").click()
    assert visit.page.locator("#find-now").inner_text() == "2"
    assert now.get_attribute("id") == "find-2"
    bar = visit.page.locator(".bar").bounding_box()
    assert bar["y"] == 0, "the bar stays in sight"


def test_an_abbreviation_is_explained_on_hover_and_on_focus(wide: Visit, papers: dict[str, str]) -> None:
    wide.go(f"/d/{papers['docx']}")
    short = wide.page.locator("abbr", has_text="UBND").first
    assert short.get_attribute("title") == "Ủy ban nhân dân"
    short.focus()
    assert short.evaluate("each => getComputedStyle(each, '::after').content") == '"Ủy ban nhân dân"'


def test_keys_walk_open_and_go_to_the_box(wide: Visit) -> None:
    wide.go("/?q=phân bón&view=passages")
    wide.page.keyboard.press("j")
    wide.page.keyboard.press("j")
    wide.page.keyboard.press("k")
    first = wide.page.locator(".card").first
    assert "current" in first.get_attribute("class")
    wide.page.keyboard.press("Enter")
    wide.page.frame_locator("#pane").locator("mark.hit").first.wait_for()
    wide.page.keyboard.press("/")
    assert wide.page.evaluate("document.activeElement.id") == "q"


def test_what_an_answer_folds_comes_in_place_and_stays_in_the_address(wide: Visit) -> None:
    wide.go("/?q=nhiệm vụ nào về phân bón sinh học?")
    link = wide.page.locator("[data-unfold]").first
    anchor = link.get_attribute("data-unfold")
    number = int(link.inner_text().split()[0])
    link.click()
    rest = wide.page.locator(f"#{anchor} .also .card")
    rest.first.wait_for()
    assert rest.count() == number
    assert f"also={anchor.removeprefix('in-')}" in wide.page.url
    wide.page.reload()
    assert rest.count() == number
    assert wide.troubles == []


def test_a_click_on_the_words_of_a_card_opens_it(visit: Visit) -> None:
    visit.go("/?q=phân bón sinh học&view=passages")
    visit.page.locator(".card blockquote").first.click()
    if visit.page.viewport_size == WIDE:
        visit.page.frame_locator("#pane").locator("mark#hit").wait_for()
    else:
        visit.page.wait_for_url("**/d/**")
    assert visit.troubles == []


def test_turning_the_page_images_leaves_the_text_where_it_is(wide: Visit, papers: dict[str, str]) -> None:
    wide.go(f"/d/{papers['pdf']}")
    at = wide.page.evaluate("(scrollTo(0, 700), scrollY)")
    wide.page.locator(".sheet [data-turn='after']").click()
    wide.page.locator("#page-2").wait_for()
    assert wide.page.evaluate("document.activeElement.dataset.turn") == "after"
    assert abs(wide.page.evaluate("scrollY") - at) < 50, "it does not jump to the top"
    assert wide.troubles == []


def test_an_address_that_names_a_passage_opens_there_without_an_anchor_too(visit: Visit, seed: str) -> None:
    visit.go(f"/d/{seed[:12]}?hit=III/2/g4")
    box = visit.page.locator("mark#hit").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < visit.page.viewport_size["height"]


def test_by_keyboard_one_goes_into_the_open_paper_and_out_again(wide: Visit) -> None:
    wide.go("/?q=phân bón&view=passages")
    pane, focus = wide.page.locator(".pane"), "document.activeElement"
    wide.page.keyboard.press("j")
    wide.page.keyboard.press("Enter")
    wide.page.frame_locator("#pane").locator("mark.hit").first.wait_for()
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_function(f"{focus}.id === 'pane'")
    assert "loading" not in pane.get_attribute("class")
    wide.page.frame_locator("#pane").locator("mark.hit").first.wait_for()
    wide.page.keyboard.press("Escape")
    pane.wait_for(state="hidden")
    assert wide.page.evaluate(f"{focus}.closest('.card') === document.querySelector('.card')")
    assert "open=" not in wide.page.url


def test_a_passage_is_copied_in_one_flow(browser, own: str) -> None:
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context, own)
    lines = "KẾ HOẠCH\nPhân loại rác\n\nI. NHIỆM VỤ\n- Tổ chức thu gom chất thải\nđã phân loại tại\nnguồn hằng tuần.\n"
    file = {"name": "a.txt", "mimeType": "text/plain", "buffer": lines.encode()}
    visit.page.request.post(f"{own}/documents", multipart={"files": file})
    visit.go("/?q=thu gom chất thải")
    visit.page.locator("[data-quote]").first.click()
    visit.page.get_by_text("Đã chép").first.wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Tổ chức thu gom chất thải đã phân loại tại nguồn hằng tuần.” (")
    context.close()


def test_a_collection_is_emptied_at_once_if_one_is_sure(wide: Visit) -> None:
    wide.go("/?q=phân bón sinh học&view=passages")
    for n in range(3):
        wide.page.locator("[data-keep]").nth(n).click()
    wide.page.locator("#basket").click()
    wide.page.wait_for_url("**/collection?p=*")
    wide.page.once("dialog", lambda asked: asked.dismiss())
    wide.page.locator("[data-drop-all]").click()
    assert wide.page.locator(".kept > li").count() == 3
    wide.page.once("dialog", lambda asked: asked.accept())
    wide.page.locator("[data-drop-all]").click()
    wide.page.wait_for_url("**/collection")
    assert wide.page.evaluate("localStorage.getItem('kept')") == "[]"


def test_the_way_to_the_collection_covers_no_link_at_the_foot(visit: Visit) -> None:
    visit.go("/?q=phân bón sinh học&view=passages")
    visit.page.locator("[data-keep]").first.click()
    visit.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for link in visit.page.locator(".site-foot a").all():
        box = link.bounding_box()
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert visit.page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.site-foot') !== null", middle)


def test_a_long_title_takes_two_lines_of_the_suggestions(visit: Visit) -> None:
    visit.go("/")
    visit.page.locator("#q").press_sequentially("ung dung che pham vi sinh")
    text = visit.page.locator("#suggestions .text").first
    text.wait_for()
    lines = "each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight)"
    assert round(text.evaluate(lines)) <= 2


def test_walking_beside_the_list_selects_the_card_that_is_read(wide: Visit) -> None:
    wide.go("/?q=nhiệm vụ nào về phân bón sinh học?")
    several = wide.page.locator(".group:has(.card:nth-child(1)):has(li:nth-child(2) .card)").first
    several.locator(".card .open").first.click()
    paper = wide.page.frame_locator("#pane")
    paper.locator("mark.hit").first.wait_for()
    seen = set()
    for _ in range(2):
        paper.locator(".walk [rel=next]").click()
        wide.page.wait_for_function("seen => !seen.includes(new URL(location).searchParams.get('open'))", arg=[*seen])
        read = paper.locator(".hit-tools [data-keep]").get_attribute("data-keep")
        seen.add(read)
        wide.page.wait_for_function("read => new URL(location).searchParams.get('open') === read", arg=read)
        marked = wide.page.locator(".card.selected")
        assert marked.count() == wide.page.locator(f"[id='card-{read}']").count() <= 1
        full = wide.page.locator("#pane-full").get_attribute("href")
        assert "embed" not in full
        assert full.endswith(f"#{read.partition('-')[2]}")
    assert wide.troubles == []
