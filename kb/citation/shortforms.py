"""What a short form means in a given paper: "VPTU" is the office of the committee that issued it (DOMAIN §0)."""

import re
from functools import lru_cache

from ingest.document import Metadata
from kb.tables import rows

_COMMITTEES = ("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy")


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, str]]:
    """Short form → its Vietnamese and English meanings; codes of document types apart, which are no words of a text."""
    return {
        short: (vi, en)
        for short, vi, en, note in (row[:4] for row in rows("abbreviations.csv") if len(row) >= 4)
        if "doc code" not in note and "copy code" not in note and "ambiguous" not in note and len(short) > 2
    }


def meaning(short: str, paper: Metadata, *, english: bool = False) -> str | None:
    """The meaning of `short` in a paper, None for no known one; all its meanings where the issuer does not tell."""
    if short not in _table():
        return None
    vi, en = _table()[short]
    readings = [re.sub(r"\s*\([^)]*\)", "", reading).strip() for reading in vi.split(";")]
    author = f"{paper.issuer} {paper.authority}"
    committee = next((name for name in _COMMITTEES if name in author), None)
    fitting = [reading for reading in readings if committee and committee in reading]
    if len(readings) > 1 and len(fitting) == 1 and not english:
        return fitting[0]
    return en if english else vi
