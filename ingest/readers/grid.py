"""Tables of any format: a rectangle of cells with merged ones filled, and whether it is data or mere layout."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.vietnamese import fold

# A two-column head or foot is set as a borderless table; these words stand in it (DOMAIN §2.1).
_FRAME = re.compile(
    r"cong hoa xa hoi|dang cong san viet nam|doc lap ?-|noi nhan|^(tm|kt|tl|tuq|q|t/m|k/t|t/l)[./ ]"
    r"|chu tich|^so ?[:.]|ngay .{1,12} thang",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it: its paragraphs, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row: one text for each column of the table."""

    cells: tuple[str, ...]
    header: bool


def rectangle(rows: Sequence[Sequence[Cell]], header_rows: int = 0) -> list[Row]:
    """Rows of equal width. Text of a cell merged over rows is repeated in each; of one merged over columns only in
    heading rows, elsewhere it stands once and the rest is empty.
    """
    hanging: dict[int, tuple[int, str]] = {}
    filled: list[tuple[list[str], bool]] = []
    for index, row in enumerate(rows):
        header = index < header_rows or (bool(row) and all(cell.heading for cell in row))
        texts: list[str] = []
        for cell in row:
            _hang(texts, hanging)
            for offset in range(max(1, cell.columns)):
                text = cell.text if offset == 0 or header else ""
                if cell.rows > 1:
                    hanging[len(texts)] = (cell.rows - 1, text)
                texts.append(text)
        _hang(texts, hanging)
        filled.append((texts, header))
    width = max((len(texts) for texts, _ in filled), default=0)
    return [Row(tuple(texts + [""] * (width - len(texts))), header) for texts, header in filled]


def _hang(texts: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    while len(texts) in hanging:
        left, text = hanging.pop(len(texts))
        if left > 1:
            hanging[len(texts)] = (left - 1, text)
        texts.append(text)


def is_layout(rows: Sequence[Sequence[Cell]], *, bordered: bool) -> bool:
    """Whether a table only places text side by side (letterhead, signature, a frame round a paragraph)."""
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if width <= 1:
        return True
    everything = fold("\n".join(cell.text for row in rows for cell in row))
    if width <= 3 and len(rows) <= 8 and len(_FRAME.findall(everything)) >= 2:
        return True
    if bordered:
        return False
    return width == 2 and len(rows) <= 4
