"""Provisions named in a question: "khoản 3 Điều 7", "Mục III", "điểm a khoản 2", "Article 9" → the end of a locator."""

import re

from ingest.vietnamese import fold

_STEP = re.compile(
    r"\b(?:(?P<article>dieu|article)\s+(?P<a>\d{1,3}[a-z]?)"
    r"|(?P<clause>khoan|clause)\s+(?P<b>\d{1,3}[a-z]?)"
    r"|(?P<point>diem|point)\s+(?P<c>\d{1,2}(?:\.\d{1,2})+|[a-z])"
    r"|(?P<section>muc|section)\s+(?P<d>[ivxl]+|\d{1,2})"
    r"|(?P<annex>phu luc|appendix|annex)\s+(?:so\s+)?(?P<e>[ivx]+|\d{1,2}))\b(?!/)"
)
_ORDER = "esabc"  # annex, section, article, clause, point: from large to small
_GROUPS = {"article": ("a", "a"), "clause": ("b", "b"), "point": ("c", "c"), "section": ("s", "d"), "annex": ("e", "e")}
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def place(question: str) -> tuple[tuple[str, str], ...]:
    """The levels named, large to small, as (level, printed value): (("a", "7"), ("b", "3")). Empty without an article,
    a clause or a point: a section alone names too much."""
    found: dict[str, str] = {}
    for match in _STEP.finditer(fold(question)):
        for group, (level, value) in _GROUPS.items():
            if match.group(group):
                found.setdefault(level, match.group(value))
    if not set(found) & {"a", "b"}:
        return ()
    return tuple((level, found[level]) for level in _ORDER if level in found)


def places(question: str) -> list[tuple[int, int]]:
    """Where the words that name a provision stand in the question; nothing where none is named for certain."""
    return [match.span() for match in _STEP.finditer(fold(question))] if place(question) else []


def stands_at(locator: str, wanted: tuple[tuple[str, str], ...]) -> bool:
    """Whether a passage stands at the place named, or under it; or is the whole article of which a part is named."""
    steps = [_level(step) for step in locator.split("/")]
    at = 0
    for number, level in enumerate(wanted):
        at = next((place + 1 for place in range(at, len(steps)) if level in steps[place]), -1)
        if at < 0:
            return number > 0 and wanted[number - 1][0] == "a" and wanted[number - 1] in steps[-1]
    return bool(wanted)


def _level(step: str) -> tuple[tuple[str, str], ...]:
    """What a locator's step may be called: "2" is a clause; "III" a section; "D5" an article."""
    lowered = step.lower()
    if match := re.fullmatch(r"[Dd](\d+[a-zđ]?)", step):
        return (("a", match.group(1).lower()),)
    if match := re.fullmatch(r"k?(\d+[a-zđ]?)", lowered):
        return (("b", match.group(1)),)
    if match := re.fullmatch(r"PL(\d*)", step):
        return (("e", match.group(1)), ("e", _roman(match.group(1))))
    if re.fullmatch(r"[IVXL]+", step):
        return (("s", lowered), ("s", str(_number(step))))
    return (("c", fold(lowered)),)


def _number(roman: str) -> int:
    total = 0
    for here, following in zip(roman, [*roman[1:], ""], strict=True):
        value = _VALUES[here]
        total += -value if following and _VALUES[following] > value else value
    return total


def _roman(digits: str) -> str:
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    return ones[int(digits)] if digits and int(digits) < len(ones) else ""
