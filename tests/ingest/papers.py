"""What the tests of document understanding share: the project's gold files and shortcuts from text to outline."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from ingest.document import Document, Passage
from ingest.pipeline import ingest

GOLD = Path(__file__).parents[1] / "gold"
CORPUS = Path(__file__).parents[2] / "corpus"
SHARED = Path(__file__).parents[3] / "shared" / "data"


def rows(name: str) -> list[dict[str, Any]]:
    """The records of a JSON Lines file under tests/gold."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


@cache
def paper(path: Path) -> Document:
    """The document of a file, read once for all tests."""
    return ingest(path.read_bytes(), path.name)


def sample(name: str) -> Document:
    """A sample paper by its file name or the two digits it begins with."""
    return paper(next(iter(sorted((GOLD / "sample").glob(f"{name}*.txt" if len(name) == 2 else name)))))


def of(text: str) -> Document:
    """The document that plain text makes."""
    return ingest(text.encode(), "thu.txt")


def by_locator(document: Document) -> dict[str, Passage]:
    """The passages of a document by locator."""
    return {passage.locator: passage for passage in document.passages}


def words(document: Document, locator: str) -> str:
    """The words of a passage, blanks collapsed."""
    return " ".join(document.slice(by_locator(document)[locator]).split())


def locators(document: Document) -> list[str]:
    """The locators of the outline proper, frame left out."""
    return [p.locator for p in document.passages if p.role.value != "frame" or p.is_heading]
