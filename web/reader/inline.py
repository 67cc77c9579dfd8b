"""Marks, links and explanations woven into the text of a paper without moving a character of it.

The text between the tags is always exactly `text[start:end]`: whoever strips the tags gets the slice back.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Inline:
    """A tag around a span of the text."""

    start: int
    end: int
    open: Markup
    close: Markup


def tag(start: int, end: int, name: str, **attributes: str | None) -> Inline:
    """An element around [start, end); attribute names with `_` for `-`, a trailing `_` is dropped, None is left out."""
    parts = [
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
        if value is not None
    ]
    opening = Markup("<{}{}>").format(Markup(name), Markup("").join(parts))
    return Inline(start, end, opening, Markup("</{}>").format(Markup(name)))


class Layer:
    """Tags over a whole text, of which a passage takes its own without looking through all."""

    def __init__(self, items: Iterable[Inline]) -> None:
        self._items = sorted(items, key=lambda each: each.start)
        self._starts = [each.start for each in self._items]
        self._longest = max((each.end - each.start for each in self._items), default=0)

    def within(self, start: int, end: int) -> list[Inline]:
        """The tags that may reach into [start, end)."""
        first = bisect_left(self._starts, start - self._longest)
        return self._items[first : bisect_left(self._starts, end)]


def weave(text: str, start: int, end: int, layers: Sequence[Sequence[Inline]]) -> Markup:
    """`text[start:end]` as HTML, the tags of the first layer outermost.

    Tags that reach past the range or into a tag of an outer layer are cut at its edge; within a layer the
    earlier of two overlapping tags wins.
    """
    layers = [layer for layer in layers if layer]
    if not layers:
        return escape(text[start:end])
    outer, rest = layers[0], layers[1:]
    pieces: list[str] = []  # each is HTML already: joined as plain strings, which is several times as quick
    position = start
    for item in sorted(outer, key=lambda each: each.start):
        left, right = max(item.start, position), min(item.end, end)
        if left >= right:
            continue
        pieces += (weave(text, position, left, rest), item.open, weave(text, left, right, rest), item.close)
        position = right
    pieces.append(weave(text, position, end, rest))
    return Markup("".join(pieces))
