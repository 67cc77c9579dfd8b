"""The product's own tables in `kb/data`, read once."""

import csv
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a CSV file of `kb/data` below its heading row, as tuples of stripped cells."""
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        table = csv.reader(handle)
        next(table)
        return tuple(tuple(cell.strip() for cell in row) for row in table if row)


@lru_cache(maxsize=32)
def lines(name: str) -> tuple[str, ...]:
    """The entries of a text file of `kb/data`, one a line; lines that begin with # say what it is for."""
    text = (DATA / name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
