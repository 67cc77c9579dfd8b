"""The printed page as every paged format gives it: glyphs, rules, and the lines they form. Points, origin top left."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise


@dataclass(slots=True)
class Glyph:
    """A printed character (NFC, marks composed) and where it stands; `space` = a blank goes before it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    font: str | None = None
    space: bool = False
    caps: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, for deciding which cell the glyph is in."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight line: horizontal when `y0 == y1`, vertical when `x0 == x1`."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """One page before it is understood. `pictured` is the share of its area that images cover, `paths` the number of
    drawn figures; `hidden`: its words are not drawn but lie unseen over an image.

    `waiting`: its image is still to be recognised. `turn`: see `ingest.document.Page`.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0
    paths: int = 0
    hidden: bool = False
    origin: str = "text"
    confidence: float | None = None
    waiting: bool = False
    turn: int = 0


@dataclass
class Strip:
    """Glyphs of one visual line without a wide gap, left to right."""

    page: int
    glyphs: list[Glyph]

    @cached_property
    def text(self) -> str:
        """The words, blanks where they were printed."""
        return "".join((" " if glyph.space and index else "") + glyph.text for index, glyph in enumerate(self.glyphs))

    @cached_property
    def x0(self) -> float:
        """Left edge."""
        return min(glyph.x0 for glyph in self.glyphs)

    @cached_property
    def x1(self) -> float:
        """Right edge."""
        return max(glyph.x1 for glyph in self.glyphs)

    @cached_property
    def top(self) -> float:
        """Upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @cached_property
    def bottom(self) -> float:
        """Lower edge."""
        return max(glyph.bottom for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """Type size of most of it."""
        return statistics.median_high(glyph.size for glyph in self.glyphs)

    @cached_property
    def base(self) -> float:
        """Baseline of most of it."""
        return statistics.median_high(glyph.base for glyph in self.glyphs)

    @cached_property
    def bold(self) -> bool:
        """Whether nearly all letters are bold."""
        return sum(glyph.bold for glyph in self.glyphs) > 0.8 * len(self.glyphs)

    @cached_property
    def caps(self) -> bool:
        """Whether its font draws capitals for small letters."""
        return all(glyph.caps for glyph in self.glyphs if glyph.text.isalpha()) and any(g.caps for g in self.glyphs)

    @cached_property
    def first_word(self) -> float:
        """Width of the first word."""
        word = [self.glyphs[0]]
        for glyph in self.glyphs[1:]:
            if glyph.space:
                break
            word.append(glyph)
        return word[-1].x1 - word[0].x0


def merged(strips: Sequence[Strip]) -> Strip:
    """Neighbouring strips of one line as one, a blank between them."""
    if len(strips) == 1:
        return strips[0]
    glyphs = list(strips[0].glyphs)
    for strip in strips[1:]:
        strip.glyphs[0].space = True
        glyphs.extend(strip.glyphs)
    return Strip(strips[0].page, glyphs)


_GAP = 1.9  # of the type size: wider than any justified blank, narrower than a gutter


def lines_of(page: int, glyphs: Sequence[Glyph]) -> list[list[Strip]]:
    """Visual lines, top to bottom; each a list of strips parted by wide gaps."""
    lines: list[tuple[float, float, list[Glyph]]] = []
    for run in sorted(_runs(glyphs), key=lambda run: run[0].base):
        band = _band(run)
        for index in range(len(lines) - 1, max(-1, len(lines) - 5), -1):
            top, bottom, members = lines[index]
            overlap = min(bottom, band[1]) - max(top, band[0])
            if overlap > 0.5 * min(bottom - top, band[1] - band[0]):
                members.extend(run)
                if band[1] - band[0] > bottom - top:
                    lines[index] = (*band, members)
                break
        else:
            lines.append((*band, list(run)))
    return [list(_strips(page, members)) for _, _, members in sorted(lines, key=lambda line: line[1])]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Stretches in the order of drawing that keep one baseline."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and abs(glyph.base - run[-1].base) > 0.12 * max(glyph.size, run[-1].size):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _band(run: Sequence[Glyph]) -> tuple[float, float]:
    size = max(glyph.size for glyph in run)
    return run[0].base - 0.7 * size, run[0].base


def _strips(page: int, glyphs: list[Glyph]) -> Iterator[Strip]:
    glyphs.sort(key=lambda glyph: glyph.x0)
    size = statistics.median(glyph.size for glyph in glyphs)
    base = statistics.median(glyph.base for glyph in glyphs)
    strip = [glyphs[0]]
    for before, glyph in pairwise(glyphs):
        gap = glyph.x0 - before.x1
        if gap > 0.25 * size:
            glyph.space = True
        if gap > _GAP * size:
            yield Strip(page, _note_marks(strip, size, base))
            strip = []
        strip.append(glyph)
    yield Strip(page, _note_marks(strip, size, base))


_UNITS = ("m", "km", "cm", "mm", "dm", "hm")


def _note_marks(glyphs: list[Glyph], size: float, base: float) -> list[Glyph]:
    """Raised small figures as "[1]", lest a note of "Điều 4" make it "Điều 41"; squares and cubes stay as they are."""
    raised = [glyph.text.isdigit() and glyph.size < 0.8 * size and glyph.base < base - 0.15 * size for glyph in glyphs]
    for index, glyph in enumerate(glyphs):
        if not raised[index] or (index and raised[index - 1]):
            continue
        end = index
        while end + 1 < len(glyphs) and raised[end + 1]:
            end += 1
        word = ""
        for before in reversed(glyphs[:index]):
            word = before.text + word
            if before.space:
                break
        if word.rstrip(".,;").lower().lstrip("0123456789.,/") in _UNITS:
            continue
        glyph.text = "[" + glyph.text
        glyphs[end].text += "]"
        if end + 1 < len(glyphs) and glyphs[end + 1].text in ".,;:)":
            glyphs[end + 1].space = False
    return glyphs
