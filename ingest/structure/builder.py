"""Puts the blocks of one root into its tree: labels, headings, quoted wording, paragraphs and tables."""

import re

from ingest.document import Kind, Span
from ingest.structure import landmarks
from ingest.structure.blocks import Block
from ingest.structure.labels import Label, Mark, lex
from ingest.structure.quotes import quoted_until
from ingest.structure.tables import Table, read_table
from ingest.structure.tree import KIND_OF, SIGNS, STRUCTURAL, Node, Tree, titled

_CLOSING = re.compile(
    r"^\W*(?:tren day la|trong qua trinh (?:to chuc )?(?:trien khai|thuc hien)|yeu cau (?:cac|thu truong)|de "
    r"nghi cac co quan|(?:chi thi|nghi quyet|ket luan|ke hoach|chuong trinh|quy dinh|quy che|thong bao|huong dan) nay "
    r"duoc (?:pho bien|quan triet)|van phong [^.;]{2,40} (?:xin )?thong bao)\b"
)
_STARS = re.compile(r"\s*\*\*$")
# The words below a law or a resolution by which an assembly passed it; they belong to none of its articles.
_PASSED = re.compile(
    r"^\W*(?:(?:nghi quyet|luat|bo luat|phap lenh|hien phap) nay (?:da )?duoc [^.;]{5,160}\bthong qua\b"
    r"|this (?:law|code|ordinance|resolution) (?:was|has been) (?:passed|adopted)\b)"
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
            if keep is None and label.mark is Mark.ROMAN and landmarks.is_upper(block.words[label.start :]):
                keep = self.tree.late(label)
            if keep is not None:
                return self._labelled(found, index, label, keep)
        if self._is_heading(found, index):
            return self._heading(found, index)
        self._paragraph(block)
        return 1

    def _after_title(self, found: list[Block], index: int) -> bool:
        return index > 0 and (landmarks.is_upper(found[index - 1].words) or titled(found[index - 1].words, None))

    def _readings(self, block: Block) -> list[Label]:
        readings = lex(block.words)
        if len(readings) > 1 and self.tree.open_at(Mark.ALPHA) is not None and self.tree.open_at(Mark.ROMAN) is None:
            readings.reverse()
        restored: list[Label] = []
        for label in readings:
            # a second "d)" is a "đ)" that lost its stroke
            position = self.tree.open_at(Mark.POINT)
            other = self.tree.stack[position].label if position else None
            if label.mark is Mark.POINT and label.value == 4 and other and other.value == 4 and not label.suffix:
                restored.append(Label(Mark.POINT, label.printed, label.start, 5, glyph=label.glyph))
            else:
                restored.append(label)
        return restored

    def _node(self, block: Block, kind: Kind, label: Label | None) -> Node:
        offset = label.start if label else 0
        if label is None and self.text.startswith("**", block.start) and block.words.endswith("**"):
            offset = 2
        start = min(block.start + offset, block.end)
        while start < block.end and self.text[start].isspace():
            start += 1
        # Markdown's stars at the end of a bold line are none of its words
        stars = _STARS.search(block.words, offset) if self.text.startswith("**", block.start) else None
        end = block.end - len(stars.group()) if stars else block.end
        start = min(start, end)
        spans = [Span(max(start, a), min(b, end)) for a, b in block.spans if b > start and a < end] or [
            Span(start, start)
        ]
        words = block.words[offset : stars.start() if stars else None].strip()
        return Node(
            kind,
            start,
            end,
            block.start,
            label,
            spans,
            words=words,
            page=block.page,
            titled=titled(words, label),
        )

    def _labelled(self, found: list[Block], index: int, label: Label, keep: int) -> int:
        node = self._node(found[index], KIND_OF[label.mark], label)
        taken = 1
        wants = label.mark in STRUCTURAL or label.mark is Mark.ARTICLE or label.mark is Mark.ROMAN
        while wants and index + taken < len(found) and self._is_title(node, found[index + taken], label):
            extra = found[index + taken]
            if not node.words:
                bare = self._node(extra, node.kind, None)
                node.start, node.spans = bare.start, list(bare.spans)
            else:
                node.spans.extend(extra.spans)
            node.end = max(end for _, end in node.spans)
            node.words = f"{node.words} {extra.words}".strip()
            node.titled = titled(node.words, label)
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
                or landmarks.MOTTO.search(extra.folded)
                or not landmarks.is_upper(extra.words)
                or len(extra.words) > 200
            ):
                break
            node.end, node.words = extra.end, f"{node.words} {extra.words}"
            node.spans.extend(extra.spans)
            taken += 1
        node.heading = node.titled = True
        if landmarks.FORM.match(found[index].folded):
            node.restarts = True
            self.tree.restart()
            self.tree.put(node, 1)
        else:
            self.tree.put(node, self.tree.heading_place())
        return taken

    def _paragraph(self, block: Block) -> None:
        closing = _CLOSING.match(block.folded)
        keep = self.tree.closing_place() if closing else self.tree.paragraph_place()
        keep = 1 if _PASSED.match(block.folded) else keep
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
        return self.tree.paragraph_place()

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
