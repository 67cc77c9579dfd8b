"""What a reader of a document is warned of, with a code and in both languages.

The readers say it in Vietnamese and the catalog keeps it so; `kb/data/warnings.csv` has its code and its English.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.tables import rows

_PLACE = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning; `code` is empty, and both languages the same, for a sentence that the table lacks."""

    code: str
    vi: str
    en: str


def warned(said: str) -> Warned:
    """The warning that a reader put into these words."""
    for code, pattern, english in _known():
        if match := pattern.fullmatch(said):
            return Warned(code, said, english.format(**match.groupdict()))
    return Warned("", said, said)


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Code, pattern of the Vietnamese sentence, English template."""
    return tuple(
        (code, re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(vi))), english)
        for code, vi, english in rows("warnings.csv")
    )
