"""A browser's visit to the served site, and the pages that every check of pages walks through."""

import re
from pathlib import Path

WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
QUESTION = "nhiệm vụ nào về phân bón sinh học?"
# {seed} is the seed plan, {pdf} a paper with page images, {docx} one with tables.
PAGES = (
    "/",
    f"/?q={QUESTION}",
    "/?q=phân bón sinh học&view=passages",
    f"/?q={QUESTION}&open={{seed}}-III-2-g4",
    "/?q=86-KH/TU",
    "/?q=xyzzy qwertz",
    "/documents",
    "/documents/{seed}/remove",
    "/collection?p={seed}-III-2-g4&p=000000000000-I",
    "/collection",
    "/d/{seed}?q=phân bón&hit=III/2/g4",
    "/d/{docx}?find=phân bón",
    "/d/{pdf}?q=phân bón&hit=III/2/b",
    "/d/{pdf}?view=pages",
    "/help",
    "/docs",
    "/styleguide",
)
ARTEFACTS = Path(__file__).parents[1] / "artifacts"


class Visit:
    """A page that remembers what went wrong on it."""

    def __init__(self, context, address: str) -> None:
        self.page = context.new_page()
        self.address = address
        self.troubles: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda m: self.troubles.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(re.sub(r"^(\w+://[^/]+).*", r"\1", request.url)))

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def keep(self, name: str) -> None:
        """A screenshot among the test's artefacts."""
        ARTEFACTS.mkdir(exist_ok=True)
        file = re.sub(r"[^\w.-]+", "-", name)[:120]
        self.page.screenshot(path=ARTEFACTS / f"{file}.png")
