"""Dates as official papers print them (DOMAIN §1.3, §2.3 case 20)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text. `day` and `month` are None where the paper left them blank (to be filled in by hand)."""

    start: int
    end: int
    year: int
    month: int | None
    day: int | None

    @property
    def date(self) -> date | None:
        """The full date, None when a part is missing."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


_MONTHS = {
    "gieng": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
    "chap": 12,
}
_ENGLISH = {
    name: index + 1
    for index, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
    )
}
_NUMERIC = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<year>(?:19|20)\d\d)(?![\d/])"
)
_WORDS = re.compile(
    r"(?:ngay\s*(?P<day>\d{0,2})[\s.…_]*|(?<![\d/])(?P<bare>\d{1,2})\s+)thang\s*(?P<month>\d{1,2}|[\s.…_]+|"
    + "|".join(sorted(_MONTHS, key=len, reverse=True))
    + r")\s*nam\s*(?P<year>(?:19|20)\d\d)\b"
)
_MONTH_FIRST = re.compile(r"\b(?P<month>" + "|".join(_ENGLISH) + r") (?P<day>\d{1,2}), ?(?P<year>(?:19|20)\d\d)\b")
_DAY_FIRST = re.compile(r"\b(?P<day>\d{1,2}) (?P<month>" + "|".join(_ENGLISH) + r"),? (?P<year>(?:19|20)\d\d)\b")


def _month(raw: str) -> int | None:
    raw = raw.strip(" .…_\n")
    if raw.isdecimal():
        return int(raw)
    return _MONTHS.get(raw) or _ENGLISH.get(raw)


def _found(folded: str) -> Iterator[Dated]:
    for pattern in (_NUMERIC, _WORDS, _MONTH_FIRST, _DAY_FIRST):
        for match in pattern.finditer(folded):
            raw = match.group("day") or match.groupdict().get("bare") or ""
            day, month = (int(raw) if raw.isdecimal() else None), _month(match.group("month"))
            if (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31) and _exists(match, month, day):
                yield Dated(match.start(), match.end(), int(match.group("year")), month, day)


def _exists(match: re.Match[str], month: int | None, day: int | None) -> bool:
    if month is None or day is None:
        return True
    try:
        date(int(match.group("year")), month, day)
    except ValueError:
        return False
    return True


def find_dates(text: str) -> list[Dated]:
    """Every date in `text` in order: 30/01/2023, 30-01-2023, ngày 05 tháng 3 năm 2020, 03 tháng bốn năm 2018."""
    found = sorted(_found(fold(text)), key=lambda dated: (dated.start, -dated.end))
    kept: list[Dated] = []
    for dated in found:
        if not kept or dated.start >= kept[-1].end:
            kept.append(dated)
    return kept
