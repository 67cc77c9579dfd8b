"""Ruled lines of a scanned page, found in its pixels: without them a table could not be told from columns of words."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.readers.page import Rule

_DARK = 0.6  # of the paper's own brightness
_ACROSS, _DOWN = 0.6, 0.45  # inches: the shortest stroke; no letter is as wide or as tall
_BREAK = 0.08  # inches: a gap in a worn line
_DRIFT = 4  # pixels by which a line that is askew may step from one stretch to the next
_LEAN = 0.02  # the steepest slope that is still a ruled line


@dataclass(slots=True)
class _Stroke:
    """A nearly straight line: `at` is where it stands across its direction, `start` to `end` along it."""

    at: float
    start: int
    end: int
    first: float  # where it stands at its beginning
    last: float
    weight: int = 1


def ruled(image: Image.Image, dpi: int) -> list[Rule]:
    """The lines of a grey image, in points, set straight about the page's middle where the scan is a little askew."""
    grey = np.asarray(image)
    paper = float(np.median(grey))
    ink = grey < _DARK * paper
    across = [s for s in _strokes(ink, dpi, _ACROSS) if s.end - s.start > _ACROSS * dpi]
    down = [s for s in _strokes(ink.T, dpi, _DOWN) if s.end - s.start > _DOWN * dpi]
    slope = _slope(across)
    height, width = ink.shape
    scale = 72 / dpi
    rules = []
    for stroke in across:
        y = (stroke.at - slope * ((stroke.start + stroke.end) / 2 - width / 2)) * scale
        rules.append(Rule(stroke.start * scale, y, stroke.end * scale, y))
    for stroke in down:
        x = (stroke.at + slope * ((stroke.start + stroke.end) / 2 - height / 2)) * scale
        rules.append(Rule(x, stroke.start * scale, x, stroke.end * scale))
    return rules


def _slope(across: list[_Stroke]) -> float:
    """How steeply the long lines rise, in pixels for each pixel; 0 where there are none."""
    long = [s for s in across if s.end - s.start > 300]
    slopes = [(s.last - s.first) / (s.end - s.start) for s in long]
    slope = float(np.median(slopes)) if slopes else 0.0
    return slope if abs(slope) < _LEAN else 0.0


def _strokes(ink: NDArray[np.bool_], dpi: int, shortest: float) -> list[_Stroke]:
    """Horizontal strokes of `ink` (rows of pixels), stretches of one line put together."""
    found: list[_Stroke] = []
    for row, start, end in _stretches(ink, int(shortest * dpi / 3)):
        for stroke in reversed(found[-400:]):
            near = abs(row - stroke.first) <= _DRIFT or abs(row - stroke.last) <= _DRIFT
            if near and start <= stroke.end + _BREAK * dpi and end >= stroke.start - _BREAK * dpi:
                if start < stroke.start:
                    stroke.start, stroke.first = start, row
                if end > stroke.end:
                    stroke.end, stroke.last = end, row
                stroke.at = (stroke.at * stroke.weight + row) / (stroke.weight + 1)
                stroke.weight += 1
                break
        else:
            found.append(_Stroke(row, start, end, row, row))
    # A line is thin: a picture or a black edge gives a stretch on every one of many rows.
    return [stroke for stroke in found if stroke.weight < 0.12 * dpi or stroke.end - stroke.start > 40 * stroke.weight]


def _stretches(ink: NDArray[np.bool_], shortest: int) -> Iterator[tuple[int, int, int]]:
    """(row, start, end) of every run of ink at least so long, from the top; a run may step to the next row."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    edges = np.zeros((thick.shape[0], thick.shape[1] + 2), np.int8)
    edges[:, 1:-1] = thick
    change = np.diff(edges, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    long = ends - starts >= shortest
    yield from zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True)
