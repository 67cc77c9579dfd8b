"""What every page owes its reader: no other host, no complaint, no overflow, no jump, nothing that shuts anyone out."""

from importlib.resources import files
from itertools import pairwise

import pytest

from tests.web.visit import NARROW, PAGES, QUESTION, WIDE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
AXE = files("axe_playwright_python") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 250);
})"""


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_reaches_another_host_complains_overflows_or_jumps(
    visit: Visit, papers: dict[str, str], path: str, language: str
) -> None:
    visit.go(path.format(**papers) + ("&" if "?" in path else "?") + f"lang={language}")
    shift = visit.page.evaluate(SHIFTS)
    assert visit.hosts == {visit.address}
    assert visit.troubles == []
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for _ in range(2):  # a loaded machine may paint a page half parsed; what jumps by itself does so each time
        if shift >= 0.001:
            visit.page.reload()
            shift = visit.page.evaluate(SHIFTS)
    assert shift < 0.001, "not even a line"


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_axe_finds_nothing_serious(browser, served, papers: dict[str, str], path: str) -> None:
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.goto(served.address + path.format(**papers))
        assert grave(page) == []


@pytest.mark.parametrize("opened", ["#keys", "#suggestions li", "#incoming li.failed", ".also .card"])
def test_axe_finds_nothing_serious_in_what_scripts_open(browser, served, own: str, opened: str) -> None:
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.goto({"#incoming li.failed": f"{own}/documents", ".also .card": f"{served.address}/?q={QUESTION}"}.get(
            opened, served.address
        ))  # fmt: skip
        match opened:
            case "#keys":
                page.locator("#q").blur()
                page.keyboard.press("?")
            case "#suggestions li":
                page.keyboard.type("phan bon")
            case "#incoming li.failed":
                page.locator("#files").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b""})
                page.locator("#drop .primary").click()
            case _:
                page.locator("[data-unfold]").first.click()
        page.locator(opened).first.wait_for()
        assert grave(page) == []


HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(each => each.checkVisibility())
  .map(each => [Number(each.tagName[1]), each.getAttribute('role')])"""
OWN_PAGES = [path for path in PAGES if not path.startswith(("/d/", "/styleguide"))]  # a paper's headings are its own


@pytest.mark.parametrize("path", OWN_PAGES)
def test_headings_are_headings_and_skip_no_level(wide: Visit, papers: dict[str, str], path: str) -> None:
    wide.go(path.format(**papers))
    found = wide.page.evaluate(HEADINGS)
    levels = [level for level, _ in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert {role for _, role in found} == {None}


def test_on_paper_stands_what_was_found_and_no_control(wide: Visit) -> None:
    wide.page.emulate_media(media="print")
    wide.go("/?q=phân bón&kind=Kế hoạch&as_of=2025-01-01")
    assert wide.page.locator(".limits").is_visible()
    assert wide.page.locator(".asked").is_visible()
    for control in (".limits a", ".alert a", ".facets", ".site-head", ".tools"):
        assert not wide.page.locator(control).first.is_visible(), control
    wide.go("/documents")
    assert wide.page.locator(".doc-list > li").first.is_visible()
    for control in (".drop", ".sorts", ".choices", "form.find", ".remove"):
        assert not wide.page.locator(control).first.is_visible(), control


def grave(page) -> list[str]:
    """What axe holds to be serious or critical, at both widths, light and dark."""
    page.evaluate(AXE.read_text("utf-8"))
    told: list[str] = []
    for size in (WIDE, NARROW):
        for scheme in ("light", "dark"):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
            told += [
                f"{size['width']} {scheme} {each['id']}: {node['html'][:160]} {node['failureSummary'][:240]}"
                for each in found["violations"]
                if each["impact"] in ("serious", "critical")
                for node in each["nodes"][:3]
            ]
    return told
