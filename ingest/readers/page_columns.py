"""Reading order of a page: two-column heads and feet read column by column, everything else line by line."""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.page import Strip, merged

_CENTRED = 8.0  # points that a centred line may stand off the middle
_RIGHT_HEAD = re.compile(
    r"\S (?=C[ỘÔ]NG H[ÒOÀÕ][AÀÁ]? XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT|Độc lập - Tự do|SOCIALIST REPUBLIC|Independence - Freedom)"
)
_FLUSH = 1.5  # points that words of one column may stand off each other's edge or middle
_GUTTER = 8.0  # points: a narrower lane between columns is chance


@dataclass(slots=True)
class TextLine:
    """A line in reading order. `left, right` are the margins of its column; `column` is 0 for the full page."""

    strip: Strip
    left: float
    right: float
    column: int = 0

    @property
    def text(self) -> str:
        """Its words."""
        return self.strip.text

    @property
    def balanced(self) -> bool:
        """Whether it leaves as much room on the left as on the right."""
        return abs((self.strip.x0 - self.left) - (self.right - self.strip.x1)) < _CENTRED

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle of its column, away from both edges."""
        return self.balanced and self.strip.x0 - self.left > 12


def in_order(lines: Sequence[list[Strip]], left: float, right: float) -> list[TextLine]:
    """Lines of one page (no table in between) as they are read; `left, right` are the margins of the text."""
    lines = [_parted(line) for line in lines]
    ordered: list[TextLine] = []
    index = 0
    while index < len(lines):
        zone = _zone(lines, index, left, right)
        if zone is None:
            ordered.append(TextLine(merged(lines[index]), left, right))
            index += 1
            continue
        start, end, gutter = zone
        while ordered and start < index:  # right-hand lines just above belong to the zone
            ordered.pop()
            index -= 1
        ordered.extend(_columns(lines[start:end], gutter))
        index = end
    return ordered


def _parted(line: list[Strip]) -> list[Strip]:
    """A letterhead whose columns nearly touch, parted before the country's or the Party's name."""
    if len(line) != 1:
        return line
    glyphs = line[0].glyphs
    match = _RIGHT_HEAD.search(line[0].text)
    if match is None:
        return line
    blanks = line[0].text.count(" ", 0, match.end())
    start = match.end() - blanks
    return [Strip(line[0].page, glyphs[:start]), Strip(line[0].page, glyphs[start:])]


def _zone(lines: list[list[Strip]], index: int, left: float, right: float) -> tuple[int, int, float] | None:
    """A two-column zone that begins at a split line: (first line, past the last, x of the gutter)."""
    lane = _lane(lines[index], left, right)
    if lane is None:
        return None
    low, high = lane
    end = index + 1
    splits = 1
    while end < len(lines):
        line = lines[end]
        if _in_the_middle(line, left, right):
            break
        narrowed = _narrowed(line, low, high)
        if narrowed is None and (parted := _touching(line, lines[index][1])):
            lines[end] = line = parted
            narrowed = (low, high)
        if narrowed is None:
            break
        if len(line) > 1:
            splits += 1
        elif _is_body(line[0], left, right, low):
            break
        low, high = narrowed
        end += 1
    # a page may end inside a foot: what is left of the recipients stands beside the post, the name below it alone
    beside = end - index > 1 and all(line[0].x0 >= high - _FLUSH for line in lines[index + 1 : end])
    if splits < 2 and not (splits == 1 and (_has_frame_words(lines[index]) or beside)):
        return None
    start = index
    while (
        start > 0
        and len(lines[start - 1]) == 1
        and lines[start - 1][0].x0 > high - 1
        and not _in_the_middle(lines[start - 1], left, right)
    ):
        start -= 1
    return start, end, (low + high) / 2


def _touching(line: list[Strip], right: Strip) -> list[Strip] | None:
    """A line that runs across the lane because its left column is full, parted where the right column begins.

    `right` is the right column's first line: only words that stand flush with it or centred below it are its, and
    only behind a blank wider than the others of the line.
    """
    if len(line) != 1 or line[0].x0 >= right.x0:
        return None
    glyphs = line[0].glyphs
    blanks = {i: glyph.x0 - glyphs[i - 1].x1 for i, glyph in enumerate(glyphs) if i and glyph.space}
    usual = statistics.median_low(blanks.values()) if blanks else 0.0
    for index, blank in blanks.items():
        start = glyphs[index].x0
        middle = (start + line[0].x1) / 2
        aligned = abs(start - right.x0) < _FLUSH or abs(middle - (right.x0 + right.x1) / 2) < _FLUSH
        if aligned and blank > 1.2 * usual:
            return [Strip(line[0].page, glyphs[:index]), Strip(line[0].page, glyphs[index:])]
    return None


def _lane(line: list[Strip], left: float, right: float) -> tuple[float, float] | None:
    """The gap between the two strips of a split line that parts the page near its middle."""
    if len(line) != 2:
        return None
    low, high = line[0].x1, line[1].x0
    width = right - left
    if (
        high - low < _GUTTER
        or high < left + 0.25 * width
        or low > left + 0.75 * width
        or (line[0].x1 - line[0].x0 < 20 and line[0].x0 <= left + 5 and line[0].text.rstrip(".)").isalnum())
    ):
        return None
    return low, high


def _narrowed(line: list[Strip], low: float, high: float) -> tuple[float, float] | None:
    """The lane left free when `line` is in the zone too, None when the line crosses it."""
    for strip in line:
        if strip.x1 <= high - _GUTTER and strip.x0 < low:
            low = max(low, strip.x1)
        elif strip.x0 >= low + _GUTTER:
            high = min(high, strip.x0)
        else:
            return None
    return (low, high) if high - low >= _GUTTER else None


def _in_the_middle(line: list[Strip], left: float, right: float) -> bool:
    if len(line) != 1 or line[0].x0 < left + _CENTRED:
        return False
    return abs((line[0].x0 + line[0].x1) / 2 - (left + right) / 2) < _CENTRED


def _is_body(strip: Strip, left: float, right: float, low: float) -> bool:
    """A numbered first line of a paragraph that happens to end before the gutter."""
    return strip.x0 > left + 24 and strip.x1 < low and strip.text[:1].isdigit() and strip.text[1:2] in ".)"


_FRAME_WORDS = (
    "cộng hòa", "cộng hoà", "đảng cộng sản", "nơi nhận", "tm.", "t/m", "kt.", "tl.", "số:", "số ", "- lưu", "(đã ký",
    "socialist republic", "independence - freedom", "recipients", "on behalf of", "for the chair", "(signed",
)  # fmt: skip


def _has_frame_words(line: list[Strip]) -> bool:
    return any(strip.text.lower().startswith(_FRAME_WORDS) for strip in line)


def _columns(lines: Sequence[list[Strip]], gutter: float) -> Iterator[TextLine]:
    sides: tuple[list[Strip], list[Strip]] = ([], [])
    for line in lines:
        for side in (0, 1):
            strips = [strip for strip in line if (strip.x0 >= gutter) == bool(side)]
            if strips:
                sides[side].append(merged(strips))
    for column, strips in enumerate(sides, start=1):
        if strips:
            left, right = min(strip.x0 for strip in strips), max(strip.x1 for strip in strips)
            yield from (TextLine(strip, left, right, column) for strip in strips)
