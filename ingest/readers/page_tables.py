"""Ruled tables of a page: drawn lines to a grid, glyphs to its cells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.readers.page import Glyph, Rule, Strip, lines_of, merged

_NEAR = 3.0  # points: edges closer than this are one
_SHORT = 6.0  # points: shorter strokes are ornaments


@dataclass(slots=True)
class CellBox:
    """A cell of a ruled table: the strips of its lines, and the rows and columns it covers."""

    strips: list[Strip] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Ruled:
    """A ruled table: rows of cells (a merged cell stands in its first row and column only)."""

    page: int
    top: float
    bottom: float
    left: float
    right: float
    edges: list[float]
    rows: list[list[tuple[int, CellBox]]]  # (column, cell)


@dataclass(slots=True)
class _Grid:
    xs: list[float]
    ys: list[float]
    vertical: dict[int, list[tuple[float, float]]]
    horizontal: dict[int, list[tuple[float, float]]]


def tables_of(page: int, rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> tuple[list[Ruled], list[Glyph]]:
    """The tables that `rules` draw, and the glyphs outside them."""
    tables: list[Ruled] = []
    rest = list(glyphs)
    for group in _connected([rule for rule in rules if rule.x1 - rule.x0 + rule.y1 - rule.y0 >= _SHORT]):
        grid = _grid(group)
        if len(grid.xs) < 3 or len(grid.ys) < 2 or not grid.horizontal:
            continue
        left, right, top, bottom = grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for glyph in rest:
            x, y = glyph.middle
            (inside if left <= x <= right and top <= y <= bottom else outside).append(glyph)
        if not inside:
            continue
        rest = outside
        tables.append(Ruled(page, top, bottom, left, right, grid.xs, _rows(page, grid, inside)))
    return sorted(tables, key=lambda table: table.top), rest


def _connected(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Groups of rules that touch."""
    parent = list(range(len(rules)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(rules)), key=lambda index: rules[index].y0)
    for place, first in enumerate(order):
        a = rules[first]
        for second in order[place + 1 :]:
            b = rules[second]
            if b.y0 > a.y1 + _NEAR:
                break
            if b.x0 <= a.x1 + _NEAR and a.x0 <= b.x1 + _NEAR:
                parent[find(second)] = find(first)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[find(index)].append(rule)
    return groups.values()


def _grid(rules: Sequence[Rule]) -> _Grid:
    across = [rule for rule in rules if rule.y0 == rule.y1]
    down = [rule for rule in rules if rule.x0 == rule.x1]
    xs, ys = _snapped(rule.x0 for rule in down), _snapped(rule.y0 for rule in across)
    vertical: dict[int, list[tuple[float, float]]] = defaultdict(list)
    horizontal: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for rule in down:
        vertical[_nearest(xs, rule.x0)].append((rule.y0, rule.y1))
    for rule in across:
        horizontal[_nearest(ys, rule.y0)].append((rule.x0, rule.x1))
    return _Grid(xs, ys, vertical, horizontal)


def _snapped(values: Iterable[float]) -> list[float]:
    snapped: list[float] = []
    for value in sorted(values):
        if not snapped or value - snapped[-1] > _NEAR:
            snapped.append(value)
    return snapped


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda index: abs(values[index] - value))


def _covers(strokes: Iterable[tuple[float, float]], at: float) -> bool:
    return any(start - _NEAR <= at <= end + _NEAR for start, end in strokes)


def _rows(page: int, grid: _Grid, glyphs: Sequence[Glyph]) -> list[list[tuple[int, CellBox]]]:
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in owner:
                _claim(grid, owner, row, column)
    held: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        x, y = glyph.middle
        held[owner[_slot(grid.ys, y), _slot(grid.xs, x)]].append(glyph)
    cells: list[list[tuple[int, CellBox]]] = [[] for _ in range(rows)]
    for (row, column), (first_row, first_column) in owner.items():
        if (row, column) != (first_row, first_column):
            continue
        mine = [slot for slot, first in owner.items() if first == (row, column)]
        strips = [merged(line) for line in lines_of(page, held[row, column])] if held[row, column] else []
        box = CellBox(strips, max(c for _, c in mine) - column + 1, max(r for r, _ in mine) - row + 1)
        cells[row].append((column, box))
    return cells


def _claim(grid: _Grid, owner: dict[tuple[int, int], tuple[int, int]], row: int, column: int) -> None:
    """Gives the merged cell that starts at (row, column) all its slots: as far as no rule is drawn between."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    y = (grid.ys[row] + grid.ys[row + 1]) / 2
    last_column = column
    while (
        last_column + 1 < columns
        and not _covers(grid.vertical[last_column + 1], y)
        and (row, last_column + 1) not in owner
    ):
        last_column += 1
    x = (grid.xs[column] + grid.xs[column + 1]) / 2
    last_row = row
    while last_row + 1 < rows and not _covers(grid.horizontal[last_row + 1], x):
        last_row += 1
    for r in range(row, last_row + 1):
        for c in range(column, last_column + 1):
            owner.setdefault((r, c), (row, column))


def _slot(edges: Sequence[float], at: float) -> int:
    slot = 0
    while slot < len(edges) - 2 and at > edges[slot + 1]:
        slot += 1
    return slot
