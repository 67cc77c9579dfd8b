"""The reader's view model: a whole paper as blocks, in order, with nothing of its text left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup, escape

from ingest.document import Document, Kind, Passage, Span, uncovered
from kb.cite import cite
from kb.library import Library
from kb.model import DocumentRecord, Hit, PassageRecord
from web import links
from web.language import Words
from web.reader.annotations import Annotations, annotations, found
from web.reader.inline import Inline, Layer, tag, weave
from web.reader.scans import Sheet, sheets
from web.reader.ways import ReaderQuery, Walk, Ways
from web.record import Fact, Notice, Ties, cited_by, facts, notices, ties
from web.search.looking import inside
from web.search.state import State
from web.views import Heading, Link, heading, marks, why

_BLANKS = re.compile(r"[._…]{4,}")  # to be filled in by hand; in the contents one sign stands for them
_CELLS = re.compile(r"\s*\|[\s|]*")  # what the stored text puts between the cells of a table


@dataclass(frozen=True, slots=True)
class Block:
    """One passage, heading or stray stretch of the text."""

    id: str
    kind: str
    level: int
    tag: str
    label: str
    html: Markup
    hit: bool
    match: bool
    permalink: str
    page: int | None  # a page begins here


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, cell by cell."""

    id: str
    header: bool
    cells: tuple[Markup, ...]
    hit: bool
    match: bool
    permalink: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together."""

    rows: tuple[Row, ...]
    hit: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The highlighted passage as one takes it away."""

    id: str
    permalink: str
    citation: str
    other_citation: str  # in the other language
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the contents."""

    url: str
    words: str
    level: int
    hits: int


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """Everything the reader shows."""

    query: ReaderQuery
    asked: links.Pairs  # the list that led here, for every way on
    document: Heading
    id: str
    symbol: str
    readable: bool  # there are words besides the page images
    blocks: tuple[Block | Table, ...]
    contents: tuple[Entry, ...]
    chosen: Chosen | None
    walk: Walk | None
    finds: Walk | None
    notices: tuple[Notice, ...]
    facts: tuple[Fact, ...]
    ties: tuple[Ties, ...]
    cited_by: tuple[Ties, ...]
    sheets: tuple[Sheet, ...]
    zooms: tuple[tuple[Link, bool], ...]  # of the page images, with the one in use
    other: Link | None  # the page images where the text is shown, and the other way round
    source: Link
    back: str


def reader_page(base: Library, record: DocumentRecord, query: ReaderQuery, state: State, t: Words) -> ReaderPage:
    """The view model of a document, opened from the list that `state` says. One without words is its page images."""
    document = base.full(record.id)
    if not record.searchable and document.pages:
        query = query.model_copy(update={"view": "pages"})
    hits, day = _hits(base, record, state)
    record = _then(base, record, hits, day)
    chosen = _chosen(document, query, hits)
    ways = Ways(record, chosen, query, state, t)
    places = found(document.text, query.find)
    finds = Layer(tag(s.start, s.end, "mark", class_="find", id=f"find-{n}") for n, s in enumerate(places, 1))
    woven = _Weaver(document, record, chosen, hits, annotations(base, document, t), finds, query, t)
    return ReaderPage(
        query=query,
        asked=ways.asked,
        document=heading(record, t),
        id=links.short(record.id),
        symbol=record.metadata.symbol or record.file,
        readable=record.searchable,
        blocks=tuple(woven.blocks()),
        contents=_contents(document, hits, query),
        chosen=_taken(record, chosen, hits, t) if chosen else None,
        walk=ways.walk(hits),
        finds=Walk(t.count("reader.finds", len(places)), None, "#find-1" if places else None) if query.find else None,
        notices=(*ways.as_of(day), *notices(record, document, t)),
        facts=facts(record, t),
        ties=ties(base, record, t),
        cited_by=cited_by(base, record, t),
        sheets=sheets(document, record, chosen, query.page, large=query.view == "pages", fine=query.zoom != "100"),
        zooms=ways.zooms(),
        other=ways.other() if document.pages and record.searchable else None,
        source=Link(record.file, links.source(record.id)),
        back=links.address("/", state.pairs(), f"card-{_identifier(record, chosen)}" if chosen else ""),
    )


def _hits(base: Library, record: DocumentRecord, state: State) -> tuple[dict[str, Hit], date | None]:
    """The matches of the question in this document, by locator, in document order; and the day as of which it asks."""
    found, day = inside(base, state, record.id)
    ordered = sorted(found, key=lambda hit: hit.record.passage.start)
    return {hit.record.passage.locator: hit for hit in ordered}, day


def _then(base: Library, record: DocumentRecord, hits: dict[str, Hit], day: date | None) -> DocumentRecord:
    """The document with its status of the day, as the list that led here has it."""
    if day is None:
        return record
    known = (hit.record.document for hit in hits.values()) if hits else base.documents(current_only=False, day=day)
    return next((each for each in known if each.id == record.id), record)


def _chosen(document: Document, query: ReaderQuery, hits: dict[str, Hit]) -> Passage | None:
    """The passage to highlight: the one asked for, else none (its locator may be spelled as an anchor)."""
    wanted = {query.hit, links.locator_of(query.hit)} if query.hit else set()
    return next((passage for passage in document.passages if passage.locator in wanted), None)


def _identifier(record: DocumentRecord, passage: Passage) -> str:
    return f"{links.short(record.id)}-{links.anchor(passage.locator)}"


def _taken(record: DocumentRecord, passage: Passage, hits: dict[str, Hit], t: Words) -> Chosen:
    identifier = _identifier(record, passage)
    citation = cite(PassageRecord(identifier, 0, record, passage, ""))
    here, there = (citation.vi, citation.en) if t.language == "vi" else (citation.en, citation.vi)
    hit = hits.get(passage.locator)
    return Chosen(identifier, links.passage(identifier), here, there, why(hit.why, t) if hit else ())


def _contents(document: Document, hits: dict[str, Hit], query: ReaderQuery) -> tuple[Entry, ...]:
    headings = [passage for passage in document.passages if passage.is_heading]
    depths = sorted({passage.level for passage in headings})
    return tuple(
        Entry(
            url=f"#{links.anchor(passage.locator)}",
            words=words,
            level=depths.index(passage.level),
            hits=sum(passage.extent.start <= hit.record.passage.start < passage.extent.end for hit in hits.values()),
        )
        for passage in headings
        if depths.index(passage.level) < 3
        for words in (_entry(passage, document),)
        if any(char.isalpha() for char in words)  # a row of figures is no heading
    )


def _entry(passage: Passage, document: Document) -> str:
    words = " ".join(f"{passage.label or ''} {document.slice(passage)}".split())
    return _BLANKS.sub("…", _CELLS.sub(" ", words).strip())


@dataclass(frozen=True, slots=True)
class _Weaver:
    """Turns passages into blocks, with their marks, links and explanations."""

    document: Document
    record: DocumentRecord
    chosen: Passage | None
    hits: dict[str, Hit]
    notes: Annotations
    finds: Layer
    query: ReaderQuery
    t: Words

    def blocks(self) -> Iterator[Block | Table]:
        """Passages, tables and whatever stands between passages, in the order of the text."""
        passages = sorted(self.document.passages, key=lambda p: (p.start, p.end))
        covered = [Span(min(p.extent.start, p.start), p.end) for p in passages]
        strays = uncovered(self.document.text, covered)
        queue: list[Passage | Span] = sorted([*passages, *strays], key=lambda item: item.start)
        rows: list[Row] = []
        page = 0
        for item in queue:
            if isinstance(item, Passage) and item.cells and item.kind in (Kind.ROW, Kind.TABLE_HEADER):
                if item.kind is Kind.TABLE_HEADER and rows:
                    yield Table(_trimmed(rows), any(row.hit for row in rows))
                    rows = []
                rows.append(self._row(item))
                if item.cells[-1].end < item.end:  # a heading of several lines has the cells of the first
                    self._within(Span(item.cells[-1].end, item.end), rows)
                continue
            if isinstance(item, Span) and self._within(item, rows):
                continue
            if rows:
                yield Table(_trimmed(rows), any(row.hit for row in rows))
                rows = []
            if isinstance(item, Span):
                yield self._stray(item)
                continue
            began = self._page(item)
            yield self._block(item, began if began and began > page else None)
            page = max(page, began or 0)
        if rows:
            yield Table(_trimmed(rows), any(row.hit for row in rows))

    def _within(self, stray: Span, rows: list[Row]) -> bool:
        """Whether a stretch outside every passage belongs to the table above it: as further rows, or as the signs
        that the stored text puts between cells, which no paper prints. A merged heading is not said again.
        """
        lines = [line for line in self.document.slice(stray).split("\n") if line.strip(" |\t")]
        if lines and not (rows and all("|" in line for line in lines)):
            return False
        for at, line in enumerate(lines):
            cells = tuple(escape(cell.strip()) for cell in line.rstrip().removesuffix("|").split("|"))
            if not any(_same(cells, row.cells) for row in rows if row.header):
                rows.append(Row(f"x{stray.start}-{at}", all(row.header for row in rows), cells, False, False, ""))
        return True

    def _page(self, passage: Passage) -> int | None:
        return next((page.number for page in self.document.pages if page.start <= passage.start < page.end), None)

    def _html(self, passage: Passage, start: int, end: int) -> Markup:
        hit = self.hits.get(passage.locator)
        words = marks(hit.marks, self.document.text) if hit else []
        whole: list[Inline] = []
        if passage is self.chosen:
            # A table row is highlighted cell by cell: a mark cannot hold table cells. Only the first carries the id.
            first = "hit" if start <= (passage.cells[0].start if passage.cells else passage.start) else None
            whole = [tag(start, end, "mark", class_="hit", id=first)]
        found = self.finds.within(start, end) if self.query.find else words
        layers = [whole, self.notes.links.within(start, end), self.notes.terms.within(start, end), found]
        return weave(self.document.text, start, end, layers)

    def _block(self, passage: Passage, page: int | None) -> Block:
        depth = min(passage.level, 4)
        return Block(
            id=links.anchor(passage.locator),
            kind=str(passage.kind),
            level=min(passage.level, 6),
            tag=f"h{depth + 2}" if passage.is_heading else "p",
            label=passage.label or "",
            html=self._html(passage, passage.start, passage.end),
            hit=passage is self.chosen,
            match=passage.locator in self.hits,
            permalink=links.passage(_identifier(self.record, passage)),
            page=page,
        )

    def _row(self, passage: Passage) -> Row:
        return Row(
            id=links.anchor(passage.locator),
            header=passage.kind is Kind.TABLE_HEADER,
            cells=tuple(self._html(passage, cell.start, cell.end) for cell in passage.cells),
            hit=passage is self.chosen,
            match=passage.locator in self.hits,
            permalink=links.passage(_identifier(self.record, passage)),
        )

    def _stray(self, span: Span) -> Block:
        return Block(f"x{span.start}", "stray", 0, "p", "", escape(self.document.slice(span)), False, False, "", None)


def _same(cells: Sequence[Markup], others: Sequence[Markup]) -> bool:
    """Whether two rows say the same, blank cells at their ends apart."""
    one, other = (Markup(" ").join(each).striptags().split() for each in (cells, others))
    return one == other


def _trimmed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows without the columns at the end that are empty in all of them; two are left even so, as in a form."""
    width = max((at + 1 for row in rows for at, cell in enumerate(row.cells) if cell.striptags()), default=0)
    return tuple(replace(row, cells=row.cells[: max(width, 2)]) for row in rows)
