"""The outline as a tree: level by stack and sequence, never by fixed ranks alone (DOMAIN §2.2 steps 3 to 6).

A label continues the nearest open list of its class whose next value it is; a first value opens a child; anything else
is text. `Điều` numbers run on through chapters. The order of levels is learnt from the paper itself.
"""

import re
from dataclasses import dataclass, field

from ingest.document import Kind, Span
from ingest.structure import landmarks
from ingest.structure.blocks import Block
from ingest.structure.labels import Label, Mark, letter_step, lex
from ingest.structure.quotes import quoted_until
from ingest.structure.tables import Row, Table, read_table

RANK = {
    Mark.PART: 1, Mark.CHAPTER: 2, Mark.SECTION: 3, Mark.SUBSECTION: 4, Mark.ALPHA: 5, Mark.ROMAN: 6, Mark.ARTICLE: 8,
    Mark.NUMBER: 9, Mark.DECIMAL: 10, Mark.POINT: 11, Mark.DASH: 12, Mark.BULLET: 13, Mark.PLUS: 14,
}  # fmt: skip
HEADING_RANK = 7
STRUCTURAL = frozenset({Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.SUBSECTION})
SIGNS = frozenset({Mark.DASH, Mark.PLUS, Mark.BULLET})
KIND_OF = {
    Mark.PART: Kind.PART, Mark.CHAPTER: Kind.CHAPTER, Mark.SECTION: Kind.SECTION, Mark.SUBSECTION: Kind.SUBSECTION,
    Mark.ALPHA: Kind.SECTION, Mark.ROMAN: Kind.SECTION, Mark.ARTICLE: Kind.ARTICLE, Mark.NUMBER: Kind.NUMBER,
    Mark.DECIMAL: Kind.DECIMAL, Mark.POINT: Kind.POINT, Mark.DASH: Kind.DASH, Mark.PLUS: Kind.PLUS, Mark.BULLET: Kind.DASH,
}  # fmt: skip


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
    printed: str | None = None  # the label as it is shown, where it is not the lexed one
    reach: int = 0  # end of a table, which may hold dropped rows

    @property
    def rank(self) -> int:
        """The usual depth of the node's class, small for what stands high."""
        if self.label is None:
            return (
                HEADING_RANK
                if self.kind is Kind.HEADING
                else (0 if self.kind in (Kind.ATTACHED, Kind.APPENDIX) else 99)
            )
        return RANK[self.label.mark]


def _titled(words: str, label: Label | None) -> bool:
    text = words.strip(" *_")
    if not text:
        return True
    if landmarks.is_upper(text):
        return len(text) <= 400
    limit = 400 if label and label.mark is Mark.ARTICLE else 250
    return len(text) <= limit and not landmarks.FINAL.search(text) and not text.endswith((",", "-", "–"))


class Tree:
    """The outline of one root: a paper's body, an attached regulation or an annex."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.stack: list[Node] = [root]
        self.article = 0
        self.gaps: list[str] = []

    # -- places -------------------------------------------------------------------------------------------------------

    def _open(self, mark: Mark) -> int | None:
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

    def _place_structural(self, label: Label) -> int:
        keep = len(self.stack)
        while keep > 1 and self.stack[keep - 1].rank >= RANK[label.mark]:
            keep -= 1
        return keep

    def _place_article(self, label: Label) -> int | None:
        if label.value < self.article or (label.value == self.article and not label.suffix):
            return None
        if self.article and label.value > self.article + 60:
            return None
        keep = len(self.stack)
        while keep > 1 and self.stack[keep - 1].rank >= RANK[Mark.ARTICLE]:
            keep -= 1
        return keep

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
        """Roman, letter and number lists: the next value of an open list, else a first value."""
        for position in range(len(self.stack) - 1, 0, -1):
            other = self.stack[position].label
            if other is None or other.mark is not label.mark:
                continue
            letters = label.mark in (Mark.POINT, Mark.ALPHA)
            step = letter_step(other.value, label.value) if letters else label.value - other.value
            inserted = step == 0 and (label.suffix > other.suffix)
            if step == 1 or inserted or (sure and 1 < step <= 3 and label.value > 2):
                return position
        if label.value == 1 and (sure or label.mark is not Mark.ROMAN):
            return self._fresh(label)
        return None

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
            if self.article and node.label.value > self.article + 1:
                self.gaps.append(f"Điều {self.article} → Điều {node.label.value}")
            self.article = node.label.value

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
            lead = node.words.rstrip(" *_").endswith(":")
            clause = node.kind is Kind.NUMBER and position > 0 and self.stack[position - 1].kind is Kind.ARTICLE
            if position == 0 or node.titled or node.kind in (Kind.ARTICLE, Kind.HEADING) or clause or lead:
                return position + 1
        return 1

    def closing_place(self) -> int:
        """Under what the closing words of a plan hang ("Trên đây là …"): the open section, whatever stands in between."""
        for position in range(len(self.stack) - 1, 0, -1):
            node = self.stack[position]
            if (
                node.kind in (Kind.ARTICLE, Kind.HEADING)
                or node.label is not None
                and RANK[node.label.mark] <= RANK[Mark.ROMAN]
            ):
                return position + 1
        return 1


_CLOSING = re.compile(
    r"^\W*(?:tren day la|trong qua trinh (?:to chuc )?(?:trien khai|thuc hien)|yeu cau (?:cac|thu truong)|de nghi cac co quan)\b"
)


class Builder:
    """Builds the tree of one root from its body blocks."""

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.tree = Tree(root)

    def build(self, found: list[Block]) -> None:
        """Put every block of the root in."""
        index = 0
        while index < len(found):
            block = found[index]
            if block.cells:
                index = self._table(found, index)
                continue
            if end := quoted_until(found, index, self._continues):
                for quoted in found[index:end]:
                    self._quoted(quoted)
                index = end
                continue
            index += self._block(found, index)

    def _continues(self, block: Block) -> bool:
        """Whether the block carries the next label of an open list (a quotation has then ended)."""
        return any(
            label.mark not in SIGNS and label.value > 1 and self.tree.place(label, False) is not None
            for label in lex(block.words)
        )

    def _block(self, found: list[Block], index: int) -> int:
        block = found[index]
        sure = (
            block.gap
            or index == 0
            or landmarks.FINAL.search(found[index - 1].words) is not None
            or bool(found[index - 1].cells)
        )
        for label in self._readings(block):
            keep = self.tree.place(label, sure or self._after_title(found, index))
            if keep is not None:
                return self._labelled(found, index, label, keep)
        if self._is_heading(found, index):
            return self._heading(found, index)
        self._paragraph(block)
        return 1

    def _after_title(self, found: list[Block], index: int) -> bool:
        return index > 0 and (landmarks.is_upper(found[index - 1].words) or _titled(found[index - 1].words, None))

    def _readings(self, block: Block) -> list[Label]:
        readings = lex(block.words)
        if len(readings) > 1 and self.tree._open(Mark.ALPHA) is not None and self.tree._open(Mark.ROMAN) is None:
            readings.reverse()
        restored: list[Label] = []
        for label in readings:
            # a second "d)" is a "đ)" that lost its stroke
            position = self.tree._open(Mark.POINT)
            other = self.tree.stack[position].label if position else None
            if label.mark is Mark.POINT and label.value == 4 and other and other.value == 4 and not label.suffix:
                restored.append(Label(Mark.POINT, label.printed, label.start, 5, glyph=label.glyph))
            else:
                restored.append(label)
        return restored

    def _node(self, block: Block, kind: Kind, label: Label | None) -> Node:
        offset = label.start if label else 0
        start = min(block.start + offset, block.end)
        while start < block.end and self.text[start].isspace():
            start += 1
        spans = [Span(max(start, a), b) for a, b in block.spans if b > start] or [Span(start, start)]
        words = block.words[offset:].strip()
        return Node(
            kind,
            start,
            block.end,
            block.start,
            label,
            spans,
            words=words,
            page=block.page,
            titled=_titled(words, label),
        )

    def _labelled(self, found: list[Block], index: int, label: Label, keep: int) -> int:
        node = self._node(found[index], KIND_OF[label.mark], label)
        taken = 1
        wants = label.mark in STRUCTURAL or label.mark is Mark.ARTICLE or label.mark is Mark.ROMAN
        while wants and index + taken < len(found) and self._is_title(node, found[index + taken], label):
            extra = found[index + taken]
            if not node.words:
                node.start, node.spans = extra.start, list(extra.spans)
            else:
                node.spans.extend(extra.spans)
            node.end = extra.end
            node.words = f"{node.words} {extra.words}".strip()
            node.titled = _titled(node.words, label)
            taken += 1
        self.tree.put(node, keep)
        return taken

    @staticmethod
    def _is_title(node: Node, block: Block, label: Label) -> bool:
        """Whether `block` is (the rest of) the title that belongs to a label printed on a line of its own."""
        if block.cells or lex(block.words) or len(block.words) > 400:
            return False
        if not node.words:
            return (
                label.mark is Mark.ARTICLE or landmarks.is_upper(block.words) or not landmarks.FINAL.search(block.words)
            )
        return (
            label.mark in STRUCTURAL
            and landmarks.is_upper(node.words)
            and landmarks.is_upper(block.words)
            and not block.gap
        )

    def _is_heading(self, found: list[Block], index: int) -> bool:
        block = found[index]
        words = block.words.strip(" *_")
        if landmarks.FORM.match(block.folded):
            return True
        if (
            len(words) > 200
            or len(words) < 5
            or not landmarks.is_upper(words)
            or landmarks.FINAL.search(words.rstrip(":"))
        ):
            return False
        following = found[index + 1] if index + 1 < len(found) else None
        return following is not None and (" " in words) and not words.startswith(("(", "[", "|", "…", "."))

    def _heading(self, found: list[Block], index: int) -> int:
        node = self._node(found[index], Kind.HEADING, None)
        taken = 1
        while index + taken + 1 < len(found):
            extra = found[index + taken]
            if (
                extra.gap
                or extra.cells
                or lex(extra.words)
                or not landmarks.is_upper(extra.words)
                or len(extra.words) > 200
            ):
                break
            node.end, node.words = extra.end, f"{node.words} {extra.words}"
            node.spans.extend(extra.spans)
            taken += 1
        node.heading = node.titled = True
        keep = len(self.tree.stack)
        form = landmarks.FORM.match(found[index].folded) is not None
        while keep > 1 and (self.tree.stack[keep - 1].rank >= HEADING_RANK or form):
            keep -= 1
        if form:
            self.tree.article = 0
        self.tree.put(node, keep)
        return taken

    def _paragraph(self, block: Block) -> None:
        keep = self.tree.closing_place() if _CLOSING.match(block.folded) else self.tree.paragraph_place()
        self.tree.hang(self._node(block, Kind.PARAGRAPH, None), keep)

    def _quoted(self, block: Block) -> None:
        node = self._node(block, Kind.QUOTED, None)
        node.quoted = True
        stack = self.tree.stack
        keep = len(stack)
        # quoted wording hangs under the clause that introduces it, not under a dash before that clause
        while keep > 1 and stack[keep - 1].kind in (Kind.PARAGRAPH, Kind.ROW):
            keep -= 1
        self.tree.hang(node, keep)

    def _table(self, found: list[Block], index: int) -> int:
        end = index
        number = found[index].table
        while end < len(found) and found[end].cells and found[end].table == number:
            end += 1
        table = read_table(self.text, found[index:end])
        keep = self._table_place()
        self._put_table(table, keep)
        return end

    def _table_place(self) -> int:
        """A table hangs under the nearest item that announces it: a heading, a lead-in, an article."""
        place = self.tree.paragraph_place()
        return place

    def _put_table(self, table: Table, keep: int) -> None:
        parent = table.header
        if parent is not None:
            node = Node(
                Kind.TABLE_HEADER, parent.start, parent.end, parent.start, spans=[Span(parent.start, parent.end)]
            )
            node.words, node.page, node.row = parent.words, parent.page, parent
            self.tree.hang(node, keep)
        else:
            del self.tree.stack[keep:]
            node = Node(Kind.TABLE_HEADER, table.start, table.start, table.start, spans=[])
            self.tree.stack[-1].children.append(node)
        node.reach = table.end
        for row in table.rows:
            child = Node(
                Kind.ROW,
                row.start,
                row.end,
                row.label_start,
                spans=[Span(row.start, row.end)],
                words=row.words,
                page=row.page,
            )
            child.row, child.printed, child.heading = row, row.label, row.group
            node.children.append(child)


def confirm(node: Node) -> None:
    """Settle which nodes are headings: those that read like one and have something under them (DOMAIN §2.2 step 4)."""
    for child in node.children:
        confirm(child)
        label = child.label
        if label is None or child.kind is Kind.ROW:
            continue
        inner = [c for c in child.children if c.kind is not Kind.QUOTED]
        structural = label.mark in STRUCTURAL or (
            label.mark in (Mark.ROMAN, Mark.ALPHA) and landmarks.is_upper(child.words)
        )
        child.heading = structural or (child.titled and bool(inner) and label.mark not in SIGNS)
