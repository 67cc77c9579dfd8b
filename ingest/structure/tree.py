"""The outline as a tree: level by stack and sequence, never by fixed ranks alone (DOMAIN §2.2 steps 3 to 6).

A label continues the nearest open list of its class whose next value it is; a first value opens a child; anything else
is text. `Điều` numbers run on through chapters. The order of levels is learnt from the paper itself.
"""

from dataclasses import dataclass, field

from ingest.document import Kind, Span
from ingest.structure import landmarks
from ingest.structure.labels import Label, Mark, letter_step
from ingest.structure.tables import Row

RANK = {
    Mark.PART: 1,
    Mark.CHAPTER: 2,
    Mark.SECTION: 3,
    Mark.SUBSECTION: 4,
    Mark.ALPHA: 5,
    Mark.ROMAN: 6,
    Mark.ARTICLE: 8,
    Mark.NUMBER: 9,
    Mark.DECIMAL: 10,
    Mark.POINT: 11,
    Mark.DASH: 12,
    Mark.BULLET: 13,
    Mark.PLUS: 14,
}
HEADING_RANK = 7
LOOK_BACK = 60  # items among which an interrupted list is looked for
STRUCTURAL = frozenset({Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.SUBSECTION})
SIGNS = frozenset({Mark.DASH, Mark.PLUS, Mark.BULLET})
KIND_OF = {
    Mark.PART: Kind.PART,
    Mark.CHAPTER: Kind.CHAPTER,
    Mark.SECTION: Kind.SECTION,
    Mark.SUBSECTION: Kind.SUBSECTION,
    Mark.ALPHA: Kind.SECTION,
    Mark.ROMAN: Kind.SECTION,
    Mark.ARTICLE: Kind.ARTICLE,
    Mark.NUMBER: Kind.NUMBER,
    Mark.DECIMAL: Kind.DECIMAL,
    Mark.POINT: Kind.POINT,
    Mark.DASH: Kind.DASH,
    Mark.PLUS: Kind.PLUS,
    Mark.BULLET: Kind.DASH,
}


@dataclass(slots=True)
class Node:
    """One item of the outline while it is being built."""

    kind: Kind
    start: int  # of the own words
    end: int
    label_start: int  # where the label, or without one the words, begin
    label: Label | None = None
    spans: list[Span] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    words: str = ""
    page: int | None = None
    titled: bool = False  # reads like a heading: no final punctuation, not long
    heading: bool = False
    row: Row | None = None
    quoted: bool = False
    restarts: bool = False  # a form: `Điều` numbers begin anew in it
    printed: str | None = None  # the label as it is shown, where it is not the lexed one
    reach: int = 0  # end of a table, which may hold dropped rows

    @property
    def rank(self) -> int:
        """The usual depth of the node's class, small for what stands high."""
        if self.restarts:
            return 0
        if self.label is None:
            return (
                HEADING_RANK
                if self.kind is Kind.HEADING
                else (0 if self.kind in (Kind.ATTACHED, Kind.APPENDIX) else 99)
            )
        return RANK[self.label.mark]


def titled(words: str, label: Label | None) -> bool:
    """Whether words read like a heading: no final punctuation, not long."""
    text = words.strip(" *_")
    if not text:
        return True
    if landmarks.is_upper(text):
        return len(text) <= 400
    limit = 400 if label and label.mark is Mark.ARTICLE else 250
    return len(text) <= limit and not landmarks.FINAL.search(text) and not text.endswith((",", "-", "–"))


def announces(words: str) -> bool:
    """Whether words lead in what follows ("… như sau:")."""
    return words.rstrip(" *_").endswith(":")


@dataclass(slots=True)
class Series:
    """A run of `Điều` numbers: that of the root, or that of a text which the article `owner` sets out in full."""

    owner: Node
    last: int = 0

    def takes(self, label: Label) -> bool:
        """Whether `label` goes on with the run; a leap of more than 60 is a reference."""
        if self.last and label.value > self.last + 60:
            return False
        return label.value > self.last or (label.value == self.last and bool(label.suffix))


def _step(before: Label, label: Label) -> int:
    """How many places `label` stands behind `before` in their list."""
    if label.mark in (Mark.POINT, Mark.ALPHA):
        return letter_step(before.value, label.value)
    return label.value - before.value


class Tree:
    """The outline of one root: a paper's body, an attached regulation or an annex."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.stack: list[Node] = [root]
        self.series: list[Series] = [Series(root)]
        self.gaps: list[str] = []

    # -- places -------------------------------------------------------------------------------------------------------

    def open_at(self, mark: Mark) -> int | None:
        """The position on the stack of the deepest open item of class `mark`."""
        for position in range(len(self.stack) - 1, 0, -1):
            label = self.stack[position].label
            if label is not None and label.mark is mark:
                return position
        return None

    def place(self, label: Label, sure: bool) -> int | None:
        """How much of the stack stays open when `label` is put in; None when it is no label here."""
        if label.mark in STRUCTURAL:
            return self._place_structural(label)
        if label.mark is Mark.ARTICLE:
            return self._place_article(label)
        if label.mark is Mark.DECIMAL:
            return self._place_decimal(label)
        if label.mark in SIGNS:
            return self._place_sign(label)
        return self._place_listed(label, sure)

    def _climb(self, rank: int, floor: int) -> int:
        """How much of the stack stays open when all below `rank` closes, down to position `floor`."""
        keep = len(self.stack)
        while keep > floor + 1 and self.stack[keep - 1].rank >= rank:
            keep -= 1
        return keep

    def _framing(self) -> int:
        """The position of the open article that sets out a text with sections of its own, else 0.

        "Điều 1. Phê duyệt Đề án với nội dung như sau:" right before its first section, or with one already open.
        """
        position = self.open_at(Mark.ARTICLE) or 0
        inner = self.stack[position + 1 :]
        framing = any(node.rank <= HEADING_RANK for node in inner) if inner else announces(self.stack[position].words)
        return position if framing else 0

    def _place_structural(self, label: Label) -> int:
        before = self.open_at(label.mark)
        other = self.stack[before].label if before else None
        if before and other and other.value < label.value:
            return before
        return self._climb(RANK[label.mark], self._framing() if label.value == 1 else 0)

    def heading_place(self) -> int:
        """Under what a heading without a number hangs."""
        return self._climb(HEADING_RANK, self._framing())

    def _place_article(self, label: Label) -> int | None:
        """A `Điều` closes the one before it in its run, with all that this one sets out (DOMAIN §2.3 case 16)."""
        for series in reversed(self.series):
            owner = next((at for at, node in enumerate(self.stack) if node is series.owner), None)
            if owner is None or not series.takes(label):
                continue
            inside = (at for at in range(owner + 1, len(self.stack)) if self.stack[at].kind is Kind.ARTICLE)
            return next(inside, None) or self._climb(RANK[Mark.ARTICLE], owner)
        framing = self._framing()
        if label.value == 1 and framing and framing < len(self.stack) - 1:
            return self._climb(RANK[Mark.ARTICLE], framing)
        return None

    def _place_decimal(self, label: Label) -> int | None:
        parents = label.parts[:-1]
        for position in range(len(self.stack) - 1, 0, -1):
            other = self.stack[position].label
            if other is None:
                continue
            if other.mark is Mark.DECIMAL and other.parts == parents:
                return position + 1 if label.value <= 2 or self._has_children(position) else None
            if other.mark is Mark.DECIMAL and other.parts[:-1] == parents and 0 < label.value - other.value <= 3:
                return position
            if other.mark is Mark.NUMBER and len(parents) == 1 and other.value == parents[0]:
                return position + 1 if label.value <= 2 or self._has_children(position) else None
            if other.mark is Mark.ROMAN and len(parents) == 1 and other.value == parents[0] and label.value == 1:
                return position + 1
        return self._fresh(label) if label.value == 1 else None

    def _has_children(self, position: int) -> bool:
        return any(child.label and child.label.mark is Mark.DECIMAL for child in self.stack[position].children)

    def _place_sign(self, label: Label) -> int:
        for position in range(len(self.stack) - 1, 0, -1):
            other = self.stack[position].label
            if other is None or other.mark not in SIGNS:
                if self.stack[position].kind is Kind.PARAGRAPH:
                    continue
                return position + 1
            if other.mark is label.mark and other.glyph == label.glyph:
                return position
            if RANK[other.mark] < RANK[label.mark] and not self._under(position, label):
                return position + 1
        return 1

    def _under(self, position: int, label: Label) -> bool:
        """Whether an item of the same sign is already open above `position`."""
        return any(
            n.label and n.label.mark is label.mark and n.label.glyph == label.glyph for n in self.stack[1:position]
        )

    def _place_listed(self, label: Label, sure: bool) -> int | None:
        """Roman, letter and number lists: the next value of an open list, else of one that a paragraph interrupted,
        else a first value.
        """
        for position in range(len(self.stack) - 1, 0, -1):
            other = self.stack[position].label
            if other is None or other.mark is not label.mark:
                continue
            step = _step(other, label)
            inserted = step == 0 and (label.suffix > other.suffix)
            if step == 1 or inserted or (sure and 1 < step <= 3 and label.value > 2):
                return position
        if label.value == 1:
            return self._fresh(label) if sure or label.mark is not Mark.ROMAN else None
        return self._resumed(label) if sure else None

    def _resumed(self, label: Label) -> int | None:
        """Where a list goes on whose last item is closed; the same number twice is a slip of the paper."""
        for position in range(len(self.stack) - 1, -1, -1):
            lately = self.stack[position].children[: -LOOK_BACK - 1 : -1]
            last = next((n.label for n in lately if n.label and n.label.mark is label.mark), None)
            if last is not None and last.glyph == label.glyph and _step(last, label) in (0, 1):
                return position + 1
            if self.stack[position].rank <= min(RANK[Mark.ARTICLE], RANK[label.mark] - 1):
                return None  # a list does not go on across an article or a section
        return None

    def late(self, label: Label) -> int | None:
        """Where a list hangs whose first items the copy lost; None when one of its class is in the outline."""
        known = any(node.label and node.label.mark is label.mark for node in (*self.stack, *self.root.children))
        return None if known or label.value > 4 else self._fresh(label)

    def _fresh(self, label: Label) -> int:
        """Where a list that begins with `label` hangs: the nearest open item that usually stands above its class.

        It never climbs out of an article, nor past an open list of its own class.
        """
        keep = len(self.stack)
        while keep > 1:
            node = self.stack[keep - 1]
            above = node.rank < RANK[label.mark]
            if above or node.kind is Kind.ARTICLE:
                return keep
            if node.label is not None and node.label.mark is label.mark:
                return len(self.stack)
            keep -= 1
        return 1

    # -- putting in ---------------------------------------------------------------------------------------------------

    def put(self, node: Node, keep: int) -> None:
        """Hang `node` under what stays open and open it."""
        del self.stack[keep:]
        self.stack[-1].children.append(node)
        self.stack.append(node)
        if node.label is not None and node.label.mark is Mark.ARTICLE:
            self._count(node.label.value)

    def _count(self, value: int) -> None:
        """Note the number of the article just put in, and what is missing before it."""
        outer = next((n for n in reversed(self.stack[:-1]) if n.kind is Kind.ARTICLE), self.root)
        self.series = [one for one in self.series if any(one.owner is node for node in self.stack[:-1])]
        if self.series[-1].owner is not outer:
            self.series.append(Series(outer))
        series = self.series[-1]
        if series.last and value > series.last + 1:
            self.gaps.append(f"Điều {series.last} → Điều {value}")
        series.last = value

    def restart(self) -> None:
        """Let `Điều` numbers begin anew: a form with articles of its own."""
        self.series = [Series(self.root)]

    def hang(self, node: Node, keep: int) -> None:
        """Hang `node` under what stays open without opening it."""
        del self.stack[keep:]
        self.stack[-1].children.append(node)

    def paragraph_place(self) -> int:
        """Under what an unlabelled paragraph hangs: the nearest heading, article, clause of an article, or lead-in."""
        for position in range(len(self.stack) - 1, -1, -1):
            node = self.stack[position]
            if node.kind in (Kind.ROW, Kind.TABLE_HEADER):
                continue
            lead = announces(node.words)
            clause = node.kind is Kind.NUMBER and position > 0 and self.stack[position - 1].kind is Kind.ARTICLE
            if position == 0 or node.titled or node.kind in (Kind.ARTICLE, Kind.HEADING) or clause or lead:
                return position + 1
        return 1

    def closing_place(self) -> int:
        """Under what the closing words of a plan hang ("Trên đây là …"): the open section, whatever is in between."""
        for position in range(len(self.stack) - 1, 0, -1):
            node = self.stack[position]
            if node.kind in (Kind.ARTICLE, Kind.HEADING) or (
                node.label is not None and RANK[node.label.mark] <= RANK[Mark.ROMAN]
            ):
                return position + 1
        return 1
