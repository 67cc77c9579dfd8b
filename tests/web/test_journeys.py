"""The journeys of the users, as strangers make them: by what the page says, in both languages and at both widths.

Every step leaves a screenshot in tests/artifacts.
"""

import re
from pathlib import Path

import docx
import pytest

from kb.library import Library
from tests.web.test_documents import PAPER
from tests.web.visit import WIDE, Visit
from web.language import Words, words

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
ASKED = {
    "tasks": {"vi": "nhiệm vụ nào về phân bón sinh học?", "en": "which tasks cover biological fertilizers?"},
    "amended": {"vi": "Kế hoạch 86-KH/TU được sửa đổi bởi văn bản nào?", "en": "what amends plan 86-KH/TU?"},
    "missing": {"vi": "kế hoạch số 63 được thay thế bằng gì?", "en": "what replaced plan 63?"},
}


@pytest.fixture(params=["vi", "en"])
def t(request) -> Words:
    return words(request.param)


@pytest.fixture
def step(visit: Visit, request):
    """Keeps a screenshot under the name of the step."""
    return lambda name: visit.keep(f"{request.node.name}-{name}")


def ask(visit: Visit, t: Words, question: str) -> None:
    visit.go(f"/?lang={t.language}")
    visit.page.locator("input[name=q]:focus").wait_for()  # until then a letter is a shortcut
    visit.page.keyboard.type(question)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/?q=*")


def button(visit: Visit, name: str, nth: int = 0):
    return visit.page.get_by_role("button", name=name).nth(nth)


def test_the_searcher_finds_every_task_and_copies_a_citation(visit: Visit, t: Words, step, seed: str) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visit.address)
    ask(visit, t, ASKED["tasks"][t.language])
    step("answer")
    assert re.match(r"\d+ (nhiệm vụ|tasks) (trong|in) \d+", visit.page.locator("#count").inner_text())
    card = visit.page.locator(f"#card-{seed[:12]}-III-2-g4")
    card.get_by_role("button", name=t("card.copy_citation")).click()
    card.get_by_text(t("copy.done")).wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert ("khoản 2 Mục III" if t.language == "vi" else "Section III") in copied
    card.locator(".open").click()
    if visit.page.viewport_size == WIDE:
        visit.page.frame_locator("#pane").locator("mark#hit").wait_for()
        step("beside")
        visit.page.get_by_role("link", name=t("pane.close")).click()
    else:
        visit.page.wait_for_url("**/d/**")
        step("reader")
        visit.page.get_by_role("link", name=t("reader.back")).click()
    visit.page.locator("#count").wait_for()
    assert visit.troubles == []


def test_the_drafter_collects_passages_and_takes_them_to_word(
    visit: Visit, t: Words, step, library: Library, tmp_path: Path
) -> None:
    ask(visit, t, ASKED["tasks"][t.language])
    keeps = visit.page.locator("[data-keep]:visible")
    chosen = [keeps.nth(n).get_attribute("data-keep") for n in (0, 2)]
    keeps.nth(0).click()
    keeps.nth(2).click()
    step("kept")
    visit.page.locator("#basket").click()
    visit.page.wait_for_url("**/collection?*")
    step("collection")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="Word").click()
    download.value.save_as(tmp_path / "kept.docx")
    paper = docx.Document(str(tmp_path / "kept.docx"))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for identifier in chosen:
        assert all(part in said for part in library.passage(identifier).text.split(" | "))
        assert f"{visit.address}/p/{identifier}" in said
    assert visit.troubles == []


def test_the_newcomer_learns_what_amends_a_plan_and_reads_it(visit: Visit, t: Words, step) -> None:
    ask(visit, t, ASKED["amended"][t.language])
    named = visit.page.locator(".named")
    assert "131-KH/TU" in named.inner_text()
    step("named")
    named.get_by_role("link", name=t("notice.see")).click()
    visit.page.wait_for_url("**/d/**")
    assert "131-KH/TU" in visit.page.get_by_role("heading", level=1).inner_text()
    box = visit.page.locator("mark#hit").bounding_box()
    assert 0 <= box["y"] < visit.page.viewport_size["height"]
    step("amending")
    assert visit.troubles == []


def test_the_newcomer_is_told_when_the_base_lacks_the_plan(visit: Visit, t: Words, step) -> None:
    ask(visit, t, ASKED["missing"][t.language])
    step("missing")
    assert t("found.unknown.number", number="63", symbols="").split("(")[0] in visit.page.locator("main").inner_text()


def test_the_newcomer_finds_the_tasks_of_the_ward_by_the_example(visit: Visit, t: Words, step) -> None:
    visit.go(f"/?lang={t.language}")
    visit.page.get_by_role("link", name=t("home.newcomer.1")).click()
    visit.page.wait_for_url("**/?q=*")
    step("ward")
    assert "12/KH-UBND" in visit.page.locator(".list").inner_text()
    assert visit.troubles == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_clerk_takes_files_in_and_one_out(browser, own: str, t: Words, tmp_path: Path, scripts: bool) -> None:
    good, bad = tmp_path / "kế hoạch.txt", tmp_path / "trống.pdf"
    good.write_text(PAPER)
    bad.write_bytes(b"")
    context = browser.new_context(viewport=WIDE, java_script_enabled=scripts)
    visit = Visit(context, own)
    visit.go(f"/documents?lang={t.language}")
    visit.page.locator("#files").set_input_files([good, bad])
    visit.page.get_by_role("button", name=t("upload.go"), exact=True).click()
    incoming = visit.page.locator("#incoming")
    incoming.get_by_role("button", name=t("incoming.clear")).wait_for()
    assert incoming.locator("li.added").count() == 1
    reason = "Tệp rỗng" if t.language == "vi" else "There are no words in the file"
    assert incoming.locator("li.failed .reason").inner_text().startswith(reason)
    visit.keep(f"clerk-{t.language}-{scripts}-taken")
    incoming.get_by_role("button", name=t("incoming.retry")).click()
    visit.page.locator("#incoming li.failed").wait_for()
    visit.page.get_by_role("button", name=t("incoming.clear")).click()
    visit.page.get_by_role("link", name=t("remove.link"), exact=True).click()
    visit.page.get_by_role("button", name=t("remove.yes")).click()
    assert "kế hoạch.txt" in visit.page.locator("[role=status]", has_text="kế hoạch.txt").inner_text()
    assert visit.page.locator(".doc-list .doc-name").count() == 0
    assert visit.troubles == []
    assert visit.hosts == {own}
    context.close()
