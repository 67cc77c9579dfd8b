"""Lines joined into the paragraphs their author wrote: hard wraps and page breaks undone, offsets kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.document import Line, Reading, Span
from ingest.structure import landmarks
from ingest.structure.halves import mended, waits
from ingest.structure.labels import Label, Mark, lex
from ingest.structure.seams import seams
from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the reading, or one row of a table.

    `spans` has one member for each stretch that no page break or blank line cuts; a single line break inside a
    paragraph (a hard wrap) stays inside its span.
    """

    start: int
    end: int
    spans: tuple[Span, ...]
    words: str  # text[start:end], line breaks as blanks, in capitals where they are printed so
    page: int | None = None
    cells: tuple[Span, ...] = ()
    table: int | None = None
    header: bool = False
    gap: bool = True  # a blank line or the start of the text stands before it
    bold: bool = False
    centred: bool = False
    caps: bool = False  # printed in capitals, whatever the letters of the text are

    @property
    def folded(self) -> str:
        """The words folded, for landmarks."""
        return fold(self.words)


def trimmed(text: str, start: int, end: int) -> Span:
    """`[start, end)` without the blanks at its ends."""
    raw = text[start:end]
    return Span(start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip()))


def _cells(text: str, line: Line) -> tuple[Span, ...]:
    """The cells of a plain-text table row ("a | b | c", with or without outer bars); empty for other lines."""
    raw = text[line.start : line.end]
    if raw.count("|") == 0:
        return ()
    bounds = [i for i, char in enumerate(raw) if char == "|"]
    edges = [-1, *bounds, len(raw)]
    cells = [trimmed(text, line.start + a + 1, line.start + b) for a, b in pairwise(edges)]
    if raw.lstrip().startswith("|"):
        cells = cells[1:]
    if raw.rstrip().endswith("|"):
        cells = cells[:-1]
    return tuple(cells)


HEAD_LINES = 40


def _parted(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a letterhead that a conversion glued together apart again."""
    result: list[Line] = []
    for line in lines[:HEAD_LINES]:
        cuts = [] if line.cells else [line.start + cut for cut in seams(text[line.start : line.end])]
        edges = [line.start, *cuts, line.end]
        result.extend(replace(line, start=a, end=b) for a, b in pairwise(edges))
    return [*result, *lines[HEAD_LINES:]]


def table_lines(reading: Reading) -> list[Line]:
    """The lines of the reading, plain-text table rows with their cells."""
    text = reading.text
    lines = _parted(text, reading.lines)
    if reading.format not in ("txt", "md"):
        return lines
    found = [line.cells or _cells(text, line) for line in lines]
    number = 0
    result: list[Line] = []
    for index, (line, cells) in enumerate(zip(lines, found, strict=True)):
        raw = text[line.start : line.end].strip()
        outer = raw.startswith("|")
        run = outer or any(0 <= other < len(found) and len(found[other]) > 1 for other in (index - 1, index + 1))
        if not line.cells and (not cells or not run or (len(cells) < 2 and not outer)):
            result.append(replace(line, cells=(), table=None))
            continue
        # rows that follow each other are one table, however many cells each has
        after = bool(result and result[-1].cells) and "\n\n" not in text[lines[index - 1].end : line.start]
        number += 0 if after else 1
        result.append(replace(line, cells=cells, table=number))
    return result


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text were set: hard-wrapped or not, at which width, paragraphs apart by blank lines or not.

    `filled` is the width up to which every line holds as many words as it can, 0 where lines were broken less strictly.
    """

    wrapped: bool
    spaced: bool
    width: int
    filled: int = 0

    def has_room(self, before: str, after: str) -> bool:
        """Whether the first word of `after` would have stood at the end of `before`, had they been one paragraph."""
        return len(before) + 1 + len(after.split(maxsplit=1)[0]) <= self.filled


def layout(reading: Reading, lines: list[Line]) -> Layout:
    """The layout of a reading. Only plain text is ever hard-wrapped; other readers give whole paragraphs.

    Judged by how often a line without final punctuation is followed at once by one that starts in lower case.
    """
    text = reading.text
    if reading.format not in ("txt", "md"):
        return Layout(False, False, 0)
    inside = breaks = gaps = 0
    for before, line in pairwise(lines):
        if text[before.end : line.start].count("\n") > 1:
            gaps += 1
            continue
        if before.cells or line.cells:
            continue
        first, last = text[before.start : before.end].rstrip(), text[line.start : line.end].replace("\n", " ").lstrip()
        if landmarks.FINAL.search(first) or lex(last):
            breaks += 1
        elif last[:1].islower():
            inside += 1
    lengths = sorted(line.end - line.start for line in lines if not line.cells)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    wrapped = inside >= 4 and inside * 2 > breaks
    filled = lengths[-1] if lengths and _fills(text, lines, lengths[-1]) else 0
    return Layout(wrapped or filled > 0, gaps * 6 > len(lines), width, filled)


def _fills(text: str, lines: list[Line], longest: int) -> bool:
    """Whether long lines that go on in lower case are full: the next word would have passed the longest line.

    Tells a short hard-wrapped text, most of whose paragraphs are single lines, from one that has a few stray breaks.
    """
    full = loose = 0
    for before, line in pairwise(lines):
        last, first = text[before.start : before.end], text[line.start : line.end].split(maxsplit=1)[0]
        apart = before.cells or line.cells or text[before.end : line.start].count("\n") != 1
        if apart or len(last) < 0.6 * longest or not first[0].islower() or lex(text[line.start : line.end]):
            continue
        if len(last) + 1 + len(first) > longest:
            full += landmarks.FINAL.search(last) is None or last.endswith(";")
        else:
            loose += landmarks.FINAL.search(last) is None  # a title of two lines is one that its author broke
    return full >= 3 and 40 <= longest <= 130 and loose * 6 <= full + loose


def _never(before: str, after: str, whole: str) -> bool:
    """Whether a landmark keeps two lines apart whatever their layout."""
    folded, last = fold(after.lstrip(" *_")), after.lstrip(" *_")
    return bool(
        landmarks.RULE.match(before)
        or landmarks.RULE.match(after)
        or landmarks.FOOTNOTE.match(after)
        or landmarks.kind_of_line(whole)
        or landmarks.kind_of_line(after)
        or landmarks.is_motto(before)
        or landmarks.is_motto(after)
        or landmarks.RECIPIENTS.match(folded)
        or landmarks.RECIPIENTS.match(fold(before.lstrip(" *_")))
        or (landmarks.APPENDIX.match(folded) and landmarks.is_upper(last))
        or (landmarks.DECIDES.match(folded) and landmarks.is_upper(last) and len(last) < 30)
    )


def _joins(before: str, after: str, gap: bool, layout: Layout, whole: str) -> bool:
    """Whether the line `after` goes on with the paragraph `whole` whose last line is `before` (DOMAIN §2.2 rule 5)."""
    first, last = before.rstrip(" *_"), after.lstrip(" *_")
    if _never(before, after, whole):
        return False
    if waits(first) and not gap:
        return True
    labels = lex(last)
    final = landmarks.FINAL.search(first) is not None
    small = last[:1].islower()
    if gap:
        return not labels and not final and small and not landmarks.is_upper(whole) and len(whole) > 40
    if not layout.wrapped:
        if labels or final:
            return False
        both_upper = landmarks.is_upper(first) and landmarks.is_upper(last)
        return (small and not landmarks.is_upper(whole)) or (both_upper and bool(lex(whole)))
    if layout.filled and layout.has_room(before.rstrip(), after.lstrip()):
        return False
    return _joins_wrapped(first, last, labels, layout, whole)


def _joins_wrapped(first: str, last: str, labels: list[Label], layout: Layout, whole: str) -> bool:
    """`_joins` for a hard-wrapped text, where no blank line stands between the two lines."""
    final = landmarks.FINAL.search(first) is not None
    small = last[:1].islower()
    if landmarks.is_upper(whole) != landmarks.is_upper(last) and (len(last) > 3 and not small) and not layout.spaced:
        return False
    if labels:
        # in a hard-wrapped paragraph a line may begin with what only looks like a label: "2025. Đến …", "- xã hội"
        sign = labels[0].mark in _LISTED
        full = layout.spaced or len(first) >= layout.width * 0.7
        return not final and not (sign and first.endswith(",")) and len(whole) > 30 and full
    if layout.spaced:
        return not (landmarks.END_MARK.search(first) and last[:1].isupper() and len(first) < 45)
    if final and layout.filled and small:
        return True
    if final:
        return len(first) >= layout.width * 0.9 and first.endswith(".") and not landmarks.END_MARK.search(first)
    return small or len(first) >= layout.width * 0.75


_LISTED = frozenset({Mark.DASH, Mark.PLUS, Mark.BULLET, Mark.POINT, Mark.NUMBER, Mark.ARTICLE})


def blocks(reading: Reading) -> list[Block]:
    """The paragraphs and table rows of `reading` in order; together they cover every non-blank character."""
    text = reading.text
    lines = mended(text, [line for line in table_lines(reading) if text[line.start : line.end].strip()])
    how = layout(reading, lines)
    found: list[list[Line]] = []
    for line in lines:
        if found and not line.cells and not found[-1][-1].cells and _follows(text, found[-1], line, how):
            found[-1].append(line)
        else:
            found.append([line])
    made: list[Block] = []
    for group in found:
        gap = not made or text[made[-1].end : group[0].start].count("\n") > 1
        made.append(_block(text, group, gap))
    return made


def shown(text: str, caps: bool) -> str:
    """`text` as it is printed: a font may draw capitals for letters typed small (".VnTimeH", "all caps")."""
    upper = text.upper() if caps else text
    return upper if len(upper) == len(text) else text


def _follows(text: str, group: list[Line], line: Line, how: Layout) -> bool:
    last = group[-1]
    if last.end == line.start:
        return False
    gap = text[last.end : line.start].count("\n") > 1
    if len(group) > 400:
        return False
    # a mended line holds two of the text's
    before = shown(text[last.start : last.end], last.caps).rsplit("\n", 1)[-1]
    after = shown(text[line.start : line.end], line.caps).replace("\n", " ")
    whole = shown(text[group[0].start : last.end][:400], group[0].caps)
    return _joins(before, after, gap, how, whole)


def _block(text: str, group: list[Line], gap: bool) -> Block:
    spans: list[Span] = []
    page: int | None = None
    for line in group:
        start, end = trimmed(text, line.start, line.end)
        if spans and text[spans[-1].end : start].count("\n") <= 1 and line.page == page:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
        page = line.page
    first = group[0]
    caps = all(line.caps for line in group)
    words = shown(" ".join(text[start:end].replace("\n", " ") for start, end in spans), caps)
    return Block(
        spans[0].start,
        spans[-1].end,
        tuple(spans),
        words,
        first.page,
        first.cells,
        first.table,
        first.header,
        gap,
        first.bold,
        first.centred,
        caps,
    )


def opening_label(block: Block) -> Label | None:
    """The label by which a body may begin: a strong one, or any first item."""
    readings = lex(block.words)
    for label in readings:
        strong = label.mark in (Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.ARTICLE, Mark.ROMAN, Mark.ALPHA)
        if strong or (label.mark in (Mark.NUMBER, Mark.DECIMAL) and label.value <= 1):
            return label
    return None
