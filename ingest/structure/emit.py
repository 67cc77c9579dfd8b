"""From the tree to passages: locators (DOMAIN §2.4), extents, heading paths."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace

from ingest.document import Kind, Page, Passage, Role, Span
from ingest.structure import landmarks
from ingest.structure.labels import POINT_LETTERS, Mark, to_roman
from ingest.structure.roles import Setting, role_of
from ingest.structure.tree import Node
from ingest.vietnamese import fold

LONGEST_PATH_ITEM = 300


def step(node: Node, parent: Node, counts: Counter[str]) -> str:
    """The last part of a node's locator; `counts` numbers what has no number of its own under this parent."""
    label = node.label
    if label is None:
        sign = {Kind.HEADING: "h", Kind.TABLE_HEADER: "t"}.get(node.kind, "p")
        counts[sign] += 1
        return f"{sign}{counts[sign]}"
    if label.mark in (Mark.DASH, Mark.BULLET, Mark.PLUS):
        sign = "c" if label.mark is Mark.PLUS else "g"
        counts[sign] += 1
        return f"{sign}{counts[sign]}"
    number = f"{label.value}{label.suffix}"
    match label.mark:
        case Mark.PART | Mark.CHAPTER | Mark.SECTION | Mark.SUBSECTION | Mark.ARTICLE:
            prefix = {Mark.PART: "P", Mark.CHAPTER: "C", Mark.SECTION: "M", Mark.SUBSECTION: "TM"}.get(label.mark, "D")
            return prefix + number
        case Mark.ALPHA:
            return POINT_LETTERS[label.value - 1].upper()
        case Mark.ROMAN:
            return to_roman(label.value)
        case Mark.DECIMAL:
            return ".".join(map(str, label.parts))
        case Mark.POINT:
            return POINT_LETTERS[label.value - 1] + label.suffix
        case _:
            return f"k{number}" if parent.kind is Kind.ARTICLE else number


@dataclass(slots=True)
class Emitter:
    """Collects the passages of one document in order and keeps their locators unique."""

    text: str
    pages: tuple[Page, ...] = ()
    title: tuple[str, ...] = ()  # of the root, where every heading path in it begins: "QUY CHẾ Quản lý …"
    passages: list[Passage] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    counts: dict[str, Counter[str]] = field(default_factory=dict)  # by root: what has no number of its own

    def unique(self, locator: str) -> str:
        """`locator`, or with "~2", "~3" … where the paper prints the same label twice."""
        name, repeat = locator, 1
        while name in self.taken:
            repeat += 1
            name = f"{locator}~{repeat}"
        self.taken.add(name)
        return name

    def pages_of(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the pages on which `[start, end)` stands."""
        first = bisect_right(self.pages, start, key=lambda page: page.end)
        last = bisect_left(self.pages, max(end, start + 1), first, key=lambda page: page.start)
        return tuple(page.number for page in self.pages[first:last])

    def frame(self, locator: str, kind: Kind, role: Role, start: int, end: int, extent: Span | None = None) -> None:
        """A passage outside the outline: head, title, preamble line, foot."""
        self.passages.append(
            Passage(
                self.unique(locator),
                kind,
                role,
                None,
                start,
                end,
                extent or Span(start, end),
                0,
                None,
                spans=(Span(start, end),),
                pages=self.pages_of(start, end),
            )
        )

    def root(self, node: Node, prefix: str, setting: Setting) -> None:
        """Everything under a root, or a further part of it behind a foot; `prefix` is its locator ("" for the body)."""
        counts = self.counts.setdefault(prefix, Counter())
        for child in node.children:
            self._node(child, node, prefix, prefix, (), 1 if prefix else 0, counts, setting)

    def _node(
        self,
        node: Node,
        parent: Node,
        above: str,
        prefix: str,
        path: tuple[str, ...],
        level: int,
        counts: Counter[str],
        setting: Setting,
    ) -> None:
        name = step(node, parent, counts)
        base = prefix if node.kind is Kind.ARTICLE else above
        locator = self.unique(f"{base}/{name}" if base else name)
        if node.kind is Kind.TABLE_HEADER:
            self._table(node, locator, above, path, level, setting)
            return
        place = len(self.passages)
        own = Passage(
            locator,
            node.kind,
            Role.OTHER,
            node.label.printed if node.label else None,
            node.start,
            node.end,
            Span(node.label_start, node.end),
            level,
            above or None,
            node.heading,
            (*self.title, *path),
            tuple(node.spans),
            self.pages_of(node.start, node.end),
            flags=frozenset({"quoted"}) if node.quoted else frozenset(),
        )
        self.passages.append(own)
        inner = locator if node.kind is Kind.ARTICLE or node.restarts else prefix
        below: Counter[str] = Counter()
        for child in node.children:
            self._node(child, node, locator, inner, (*path, path_item(node)), level + 1, below, setting)
        end = max([own.end, *(passage.extent.end for passage in self.passages[place + 1 :])])
        role = role_of(
            own.kind, own.is_heading, node.words, (*path, path_item(node)) if own.is_heading else path, setting
        )
        self.passages[place] = _with(own, role, end)

    def _table(self, node: Node, locator: str, above: str, path: tuple[str, ...], level: int, setting: Setting) -> None:
        place = len(self.passages)
        parent: str | None = above or None
        headed = node.row is not None
        if headed:
            parent = locator
            extent = Span(node.label_start, max(node.end, node.reach))
            self.passages.append(
                Passage(
                    locator,
                    Kind.TABLE_HEADER,
                    Role.OTHER,
                    None,
                    node.start,
                    node.end,
                    extent,
                    level,
                    above or None,
                    heading=(*self.title, *path),
                    spans=tuple(node.spans),
                    pages=self.pages_of(node.start, node.end),
                    cells=node.row.cells if node.row else (),
                    columns=node.row.columns if node.row else (),
                )
            )
        counts: Counter[str] = Counter()
        group: tuple[str, str] | None = None
        for child in node.children:
            row = child.row
            if row is None:
                continue
            sign = "n" if row.group else "r"
            counts[sign] += 1
            name = self.unique(f"{locator}/{sign}{counts[sign]}")
            under = (*path, group[1]) if group and not row.group else path
            self.passages.append(
                Passage(
                    name,
                    Kind.ROW,
                    Role.FRAME if row.blank else role_of(Kind.ROW, row.group, row.words, under, setting, row.columns),
                    row.label,
                    row.start,
                    row.end,
                    Span(row.label_start, max(row.end, row.reach)),
                    level + headed,
                    parent,
                    row.group,
                    (*self.title, *under),
                    (Span(row.start, row.end),),
                    self.pages_of(row.start, row.end),
                    row.cells,
                    row.columns,
                )
            )
            if row.group:
                group = (name, f"{row.label} {row.words}" if row.label else row.words)
        if headed:
            last = max(passage.extent.end for passage in self.passages[place:])
            self.passages[place] = _with(self.passages[place], Role.OTHER, last)


def root_title(words: str) -> str:
    """The heading of an attached text or an annex as an item of a heading path, without "(Kèm theo …)"."""
    issued = landmarks.ATTACHED_WITH_INSIDE.search(fold(words))
    title = " ".join(words[: issued.start() if issued else len(words)].split()).strip(" -–—_*")
    return title if len(title) <= LONGEST_PATH_ITEM else title[:LONGEST_PATH_ITEM].rsplit(" ", 1)[0] + " …"


def path_item(node: Node) -> str:
    """A node as an item of a heading path: "III. NHIỆM VỤ …", long run-in texts cut at a word."""
    words = " ".join(node.words.split())
    label = node.label.printed if node.label else ""
    if not node.heading and len(words) > LONGEST_PATH_ITEM:
        words = words[:LONGEST_PATH_ITEM].rsplit(" ", 1)[0] + " …"
    if node.label is not None and node.label.mark in (Mark.DASH, Mark.PLUS, Mark.BULLET):
        return words
    return f"{label} {words}".strip()


def _with(passage: Passage, role: Role, end: int) -> Passage:
    return replace(passage, role=role, extent=Span(passage.extent.start, end))
