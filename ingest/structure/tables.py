"""Tables as records: rows with the heading of each cell, group rows, repeated heads dropped (DOMAIN §2.2 step 7)."""

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Span
from ingest.structure.blocks import Block
from ingest.structure.labels import roman
from ingest.vietnamese import fold

_ORDINAL = re.compile(r"^(?:\d{1,4}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}|[A-ZĐ]|[a-zđ]|\d{1,3}[a-zđ])[.)]?$")
_COUNTER = re.compile(r"^\(?\d{1,2}\)?(?:\s*=.*)?$|^\(?[a-h]\)?$|^$")
_HEADS = re.compile(
    r"^(?:tt|stt|so tt|so thu tu|tt\.|stt\.|no\.?|ma so|ma|ten |noi dung|nhiem vu|don vi|co quan|chu tri|phoi "
    r"hop|thoi gian|thoi han|san pham|ket qua|kinh phi|ghi chu|chi tieu|"
    r"khoan chi|so luong|don gia|thanh tien|linh vuc|cap |co so phap ly|can cu|tien do|hang muc|muc |loai |dia "
    r"diem|doi tuong|nguon|chuc danh|ho va ten)"
)
_COUNTS = frozenset({"tt", "stt", "so tt", "so thu tu"})
_LETTER = re.compile(r"[^\W\d_]")
DITTO = re.compile(r"^\W*(?:nt|nhu tren|//|″|”|\")\W*$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its words without the ordinal, and where its cells stand. `columns` names each cell by its heading."""

    start: int
    end: int
    label_start: int
    label: str | None
    words: str
    cells: tuple[Span, ...]
    columns: tuple[str, ...]
    page: int | None = None
    group: bool = False
    reach: int = 0  # end of the printed row, outer bar included

    @property
    def blank(self) -> bool:
        """Whether the row is one of a form, to be filled in ("3 | | |", "… | … |"): no word, and one number at most."""
        filled = [part for part in (self.label or "", *self.words.split("|")) if re.search(r"[^\W_]", part)]
        return len(filled) <= 1 and not any(map(_LETTER.search, filled))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head (None when it has none) and its data and group rows."""

    start: int
    end: int
    header: Row | None
    rows: tuple[Row, ...]


def _texts(text: str, block: Block) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in block.cells]


def _is_divider(cells: list[str]) -> bool:
    return all(re.fullmatch(r":?-{2,}:?|", cell) for cell in cells) and any(cells)


def _is_counter(cells: list[str]) -> bool:
    """The "(1) (2) (3)" line under a head."""
    filled = [cell for cell in cells if cell]
    return (
        len(filled) >= 3
        and all(re.fullmatch(r"\(?(?:\d{1,2}|[a-hA-H])\)?(?:\s*=.*)?", cell) for cell in filled)
        and not _is_numbers(filled)
    )


def _is_numbers(cells: list[str]) -> bool:
    values = [int(re.sub(r"\D", "", cell.split("=")[0]) or 0) for cell in cells]
    return not all(b - a == 1 for a, b in pairwise(values))


def _heads(rows: list[list[str]], blocks: list[Block]) -> int:
    """How many rows at the top are the table's head."""
    if blocks[0].header:
        return next((i for i, block in enumerate(blocks) if not block.header), len(blocks))
    first = rows[0]
    filled = [cell for cell in first if cell]
    if len(rows) < 2:  # a form's empty table: its head alone
        return int(len(filled) > 2 and fold(first[0].strip(". ")) in _COUNTS)
    if len(filled) < 2 or any(len(cell) > 120 for cell in filled):
        return 0
    known = sum(1 for cell in filled if _HEADS.match(fold(cell)))
    ordinal = _ORDINAL.match(first[0]) and fold(first[0].strip(".")) not in ("tt", "stt")
    named = known or _ORDINAL.match(rows[1][0]) or _over_figures(filled, rows[1:])
    if ordinal or not named or any(cell.endswith(";") for cell in filled):
        return 0
    count = 1
    while count < min(len(rows) - 1, 4) and (
        _subhead(rows[count]) or _is_counter(rows[count]) or _is_divider(rows[count])
    ):
        count += 1
    return count


def _over_figures(heads: list[str], rows: list[list[str]]) -> bool:
    """Whether short words stand over figures: most cells below have a digit, none of the heads has three in a row."""
    below = [cell for row in rows for cell in row if cell]
    figures = sum(any(char.isdigit() for char in cell) for cell in below)
    return (
        len(rows) > 1
        and figures * 2 > len(below)
        and all(len(c) < 60 and not re.search(r"\d{3}|:$|^\(", c) for c in heads)
    )


def _subhead(cells: list[str]) -> bool:
    """A second line of heads: nothing in the first cell, short words elsewhere."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and not cells[0] and all(len(cell) < 40 and not re.search(r"\d{3}", cell) for cell in filled)


def _columns(rows: list[list[str]]) -> tuple[str, ...]:
    width = max((len(row) for row in rows), default=0)
    named: list[str] = []
    for column in range(width):
        parts: list[str] = []
        for row in rows:
            cell = row[column] if column < len(row) else ""
            if cell and cell not in parts and not _is_counter(row) and not _is_divider(row):
                parts.append(cell)
        named.append(" – ".join(parts))
    return tuple(named)


def read_table(text: str, blocks: list[Block]) -> Table:
    """The records of a table given as row blocks."""
    rows = [_texts(text, block) for block in blocks]
    count = _heads(rows, blocks)
    columns = _columns(rows[:count])
    header = None
    if count:
        first, last = blocks[0], blocks[count - 1]
        header = Row(
            _inner(text, first).start,
            _inner(text, last).end,
            first.start,
            None,
            " ".join(" | ".join(row) for row in rows[:count]),
            first.cells,
            columns,
            first.page,
        )
    width = max(map(len, rows))
    records = [
        _row(text, block, cells, columns, width)
        for block, cells in zip(blocks[count:], rows[count:], strict=True)
        if not (count and cells == rows[0]) and not _is_divider(cells) and not (count and _is_counter(cells))
    ]
    return Table(blocks[0].start, blocks[-1].end, header, tuple(records))


def _inner(text: str, block: Block) -> Span:
    """The row without its outer bars."""
    start, end = block.start, block.end
    if text[start] == "|":
        start += 1
    if text[end - 1] == "|" and end - 1 > start:
        end -= 1
    raw = text[start:end]
    return Span(start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip()))


def _row(text: str, block: Block, cells: list[str], columns: tuple[str, ...], width: int) -> Row:
    start, end = _inner(text, block)
    label = None
    filled = [i for i, cell in enumerate(cells) if cell]
    if len(cells) > 1 and _ORDINAL.match(cells[0]) and len(filled) > 1:
        label = cells[0]
        start = block.cells[filled[1]].start
        if len(filled) > 1 and filled[1] == 1:
            start = block.cells[1].start
    group = _is_group(cells, label, filled, width)
    own = cells[1:] if label else cells
    words = " ".join(dict.fromkeys(cell for cell in own if cell)) if group else " | ".join(own)
    return Row(start, max(start, end), block.start, label, words, block.cells, columns, block.page, group, block.end)


def _is_group(cells: list[str], label: str | None, filled: list[int], width: int) -> bool:
    """A row that only names those under it: one cell of words besides its ordinal, in a table with more columns."""
    if width < 3:
        return False
    others = [i for i in filled if not (label and i == 0)]
    if not any(_LETTER.search(cells[i]) for i in others):
        return False
    same = len({cells[i] for i in others}) == 1
    if len(others) != 1 and not (same and len(others) == len(cells) - (1 if label else 0) and len(others) > 2):
        return False
    return label is None or roman(label.strip(".)")) > 0 or (label.strip(".)").isalpha() and label.isupper())
