"""Page images with the places of passages drawn on them, in points of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Box, Document, Page, Passage
from ingest.readers.page_image import PAGED
from kb.model import DocumentRecord
from web import links


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on the page, points from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Area:
    """The printed lines of one passage on one page."""

    url: str
    label: str
    rects: tuple[Rect, ...]
    hit: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it was printed."""

    number: int
    total: int
    image: str
    width: float
    height: float
    areas: tuple[Area, ...]


def rects(passage: Passage, boxes: list[Box]) -> Iterator[Rect]:
    """The rectangles of a passage's characters in these lines; blank stretches of a line give none."""
    for box in boxes:
        start, end = max(passage.start, box.start), min(passage.end, box.end)
        if start < end:
            left, right = box.edges[start - box.start], box.edges[end - box.start]
            if right > left:
                yield Rect(round(left, 1), round(box.top, 1), round(right - left, 1), round(box.bottom - box.top, 1))


def sheets(
    document: Document, record: DocumentRecord, chosen: Passage | None, number: int, *, large: bool, fine: bool = False
) -> tuple[Sheet, ...]:
    """The page to show beside the text (the one asked for, else the hit's, else the first), or all of them.

    `fine` images are for looking at them enlarged.
    """
    if record.format not in PAGED or not document.pages:
        return ()
    if large:
        return tuple(_sheet(document, record, page, chosen, fine=fine) for page in document.pages)
    wanted = number or (chosen.pages[0] if chosen and chosen.pages else 1)
    page = next((each for each in document.pages if each.number == wanted), document.pages[0])
    return (_sheet(document, record, page, chosen),)


def _sheet(
    document: Document, record: DocumentRecord, page: Page, chosen: Passage | None, *, fine: bool = False
) -> Sheet:
    boxes = [box for box in document.boxes if box.page == page.number]
    areas = []
    for passage in document.passages:
        drawn = tuple(rects(passage, boxes)) if passage.start < page.end and passage.end > page.start else ()
        if drawn and (passage.searchable or passage is chosen):
            url = links.reader(record.id, passage.locator, page=str(page.number))
            areas.append(Area(url, passage.locator, drawn, passage is chosen))
    return Sheet(
        page.number,
        len(document.pages),
        links.page_image(record.id, page.number, fine=fine),
        page.width,
        page.height,
        tuple(areas),
    )
