"""The ways on from a page of the reader: to the next hit, to the page images, larger ones, and back to today."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from pydantic import BaseModel

from ingest.document import Passage
from kb.model import DocumentRecord, Hit
from web import links
from web.language import Words
from web.record import Notice
from web.search.state import State
from web.views import Link

_WHOLE = "100"  # per cent: a page image as wide as its frame


class ReaderQuery(BaseModel):
    """What the reader is asked to show."""

    q: str = ""  # the question whose matches are marked
    hit: str = ""  # the locator of the passage to highlight
    find: str = ""  # words to find in this document
    page: int = 0  # the page image to show
    view: str = ""  # "pages": the page images large, one under the other
    zoom: Literal["100", "150", "200"] = "100"  # of the large page images, per cent
    embed: bool = False  # beside the list of hits: without the site's head


@dataclass(frozen=True, slots=True)
class Walk:
    """Where one stands among the hits or the finds, with the way to the one before and after."""

    words: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Ways:
    """Where one stands: in which document, at which passage, from which list."""

    record: DocumentRecord
    chosen: Passage | None
    query: ReaderQuery
    state: State
    t: Words

    @property
    def asked(self) -> links.Pairs:
        """The list that led here, as every address of the reader carries it on."""
        return self.state.asked()

    def walk(self, hits: dict[str, Hit]) -> Walk | None:
        """From hit to hit, in the text or on the page images, whichever is shown."""
        if not hits:
            return None
        order = list(hits)
        zoom = "" if self.query.zoom == _WHOLE else self.query.zoom
        embed = "1" if self.query.embed else ""
        urls = [
            self._reader(locator, hit.record.passage, self.query.view, zoom=zoom, embed=embed)
            for locator, hit in hits.items()
        ]
        if self.chosen is None or self.chosen.locator not in hits:
            return Walk(self.t.count("reader.hits", len(order)), None, urls[0])
        at = order.index(self.chosen.locator)
        before = urls[at - 1] if at else None
        after = urls[at + 1] if at + 1 < len(urls) else None
        return Walk(self.t("reader.hit", n=at + 1, total=len(order)), before, after)

    def other(self) -> Link:
        """From the text to the page images, at the page of the passage, or back."""
        view = "" if self.query.view == "pages" else "pages"
        url = self._reader(self.query.hit or None, self.chosen, view)
        return Link(self.t("reader.pages" if view else "reader.text"), url)

    def zooms(self) -> tuple[tuple[Link, bool], ...]:
        """The sizes of the page images, with the one in use."""
        return tuple(
            (
                Link(
                    self.t("sheet.fit") if zoom == _WHOLE else f"{zoom} %",
                    self._reader(self.query.hit or None, self.chosen, "pages", zoom=zoom, find=self.query.find),
                ),
                zoom == self.query.zoom,
            )
            for zoom in get_args(ReaderQuery.model_fields["zoom"].annotation)
        )

    def as_of(self, day: date | None) -> tuple[Notice, ...]:
        """That the status is of another day than today, and the way back where an address says so."""
        if day is None:
            return ()
        today = links.reader(self.record.id, self.query.hit or None, asked=replace(self.state, as_of="").asked())
        back = Link(self.t("as_of.today"), today) if self.state.as_of else None
        return (Notice("notice", self.t("reader.then", day=self.t.date(day)), back),)

    def _reader(self, locator: str | None, passage: Passage | None, view: str, **more: str) -> str:
        """The reader at a passage: in the text where it stands, on the page images the page that it is on."""
        place = None
        if view == "pages":
            place = f"page-{passage.pages[0]}" if passage and passage.pages else ""
        return links.reader(self.record.id, locator, asked=self.asked, fragment=place, view=view, **more)
