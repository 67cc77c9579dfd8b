"""What a page carries besides its text: running heads, page numbers, footnotes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.page import Rule, Strip, merged
from ingest.secrecy import is_stamp

_NUMBER = re.compile(r"[-–—\s]*(\d{1,4})[-–—\s]*")
_NAMED = re.compile(
    r"(?:trang|page|tr\.)\s*(\d{1,4})(?:\s*(?:/|trên|of)\s*\d{1,4})?|(\d{1,4})\s*/\s*\d{1,4}", re.IGNORECASE
)
_EDGE_NUMBER = re.compile(r"^(\d{1,4})\s|\s(\d{1,4})$")
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(r"\(?\[\d+\]")
_BAND = 0.13  # of the page height, at its head and foot


@dataclass(slots=True)
class Furniture:
    """Per page: the body's lines, the printed page label, and the footnotes."""

    body: list[list[list[Strip]]]
    labels: list[str | None]
    notes: list[list[list[Strip]]]


def furnished(
    pages: Sequence[list[list[Strip]]], heights: Sequence[float], rules: Sequence[Sequence[Rule]]
) -> Furniture:
    """Parts the lines of all pages at once, for a running head is known by its return."""
    counts: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        counts.update({_shape(line) for line in _edges(lines, height)})
    least = max(2, min(6, round(0.25 * len(pages)))) if len(pages) > 1 else 2
    body, labels, notes = [], [], []
    for lines, height, drawn in zip(pages, heights, rules, strict=True):
        label: str | None = None
        kept = list(lines)
        for line in _edges(lines, height):
            text = _joined(line)
            number = _NUMBER.fullmatch(text) or _NAMED.fullmatch(text)
            # A stamp of secrecy may stand at the head of every page: it is what the gate must see.
            repeated = counts[_shape(line)] >= least and len(pages) > 1 and not _is_item(text) and not is_stamp(text)
            if number or repeated:
                label = label or _label(text)
                kept.remove(line)
        main, foot = _noted(kept, drawn, height)
        body.append(main)
        notes.append(foot)
        labels.append(label)
    return Furniture(body, labels, notes)


def _joined(line: list[Strip]) -> str:
    return " ".join(strip.text for strip in line)


def _shape(line: list[Strip]) -> str:
    return _DIGITS.sub("#", _joined(line))


def _is_item(text: str) -> bool:
    """Dotted forms and rules return at page edges without being running heads."""
    return not any(char.isalnum() for char in text)


def _edges(lines: list[list[Strip]], height: float) -> list[list[Strip]]:
    """Up to two lines at the head and two at the foot of the page."""
    head = [line for line in lines[:2] if line[0].bottom < _BAND * height]
    foot = [line for line in lines[-2:] if line[0].top > (1 - _BAND) * height and line not in head]
    return head + foot


def _label(text: str) -> str | None:
    for pattern in (_NUMBER, _NAMED):
        if match := pattern.fullmatch(text):
            return next(group for group in match.groups() if group)
    match = _EDGE_NUMBER.search(text)
    return next(group for group in match.groups() if group) if match else None


def _noted(
    lines: list[list[Strip]], rules: Sequence[Rule], height: float
) -> tuple[list[list[Strip]], list[list[Strip]]]:
    """Body lines and footnote lines: the smaller print at the foot from the first line that a note's mark opens."""
    if not lines:
        return lines, []
    sizes = Counter(round(strip.size * 2) / 2 for line in lines for strip in line for _ in strip.glyphs)
    usual = max(sizes, key=lambda size: sizes[size])
    top = min(
        (rule.y0 for rule in rules if rule.y0 == rule.y1 and 60 < rule.x1 - rule.x0 < 220 and rule.y0 > 0.3 * height),
        default=None,
    )
    start = len(lines)
    while start > 0 and lines[start - 1][0].size < 0.93 * usual:
        start -= 1
    for index in range(start, len(lines)):
        below_rule = top is not None and lines[index][0].top > top - 3
        if _NOTE.match(_joined(lines[index])) or below_rule:
            return lines[:index], lines[index:]
    return lines, []


def notes_as_strips(notes: list[list[Strip]]) -> list[Strip]:
    """Footnote lines, each as one strip."""
    return [merged(line) for line in notes]
