"""The time for which the title of a plan says that it is made: "giai đoạn 2021-2025", "năm 2026"."""

import re
from collections.abc import Sequence
from datetime import date

from ingest.document import Kind, Metadata, Passage, Term
from ingest.vietnamese import fold

_PLANS = frozenset({"ke hoach", "chuong trinh", "de an", "phuong an", "du an", "chien luoc"})
_PLAN = "ke hoach|chuong trinh|de an|du an|chien luoc|du toan"
# A decision or resolution whose matter is a plan. One that repeals, amends or prepares it has no time of its own.
_ISSUES = re.compile(
    rf"\W*(?:(?:v/v|ve viec|ve) )?(?:(?:ban hanh|phe duyet|thong qua)(?: dieu chinh)?(?:,? bo sung)? (?:{_PLAN})\b"
    r"|(?:ke hoach|nhiem vu|muc tieu|phuong huong|du toan)\b)"
)
_YEAR = r"(?:19|20)\d\d"
_RANGE = re.compile(
    rf"(?:(?:giai doan|thoi ky)[^\d.;]{{0,16}}|\d nam,? |tu nam |cac nam |trong nam )(?P<first>{_YEAR}) ?"
    rf"(?:[-–—]|den(?: het)?(?: nam)?) ?(?P<last>{_YEAR})\b"
)
_HORIZON = re.compile(rf"(?<!tam nhin )(?<!dinh huong )(?<!tu nam \d\d\d\d )\bden (?:het )?nam (?P<last>{_YEAR})\b")
_SCHOOL = re.compile(rf"(?<!tu )\bnam hoc (?P<first>{_YEAR}) ?[-–—] ?(?P<last>{_YEAR})\b")
_ANNUAL = re.compile(rf"(?<!den )(?<!het )(?<!tu )(?<!cac )\bnam (?P<last>{_YEAR})\b(?! ?[-–—] ?{_YEAR})")
_IN_DATE = re.compile(r"(?:thang|ngay)\W*[\d.…/]* $")
_LAW = re.compile(r"\b(?:bo luat|luat|hien phap|phap lenh)\b[^,;]*$")
_BOTH = re.compile(rf"\bva (?:ke hoach |nhiem vu )?(?:hang nam|nam {_YEAR})")


def period(text: str, passages: Sequence[Passage], metadata: Metadata) -> Term | None:
    """The time that the title names, of a paper that is a plan or issues one; None where it names none or several.

    A time that was over when the paper was issued is what it looks back upon.
    """
    title = next((each for each in passages if each.kind is Kind.SUMMARY), None)
    if title is None or metadata.language != "vi":
        return None
    folded = re.sub(r"[\s\u00a0]", " ", fold(text[title.start : title.end]))
    if fold(metadata.kind or "") not in _PLANS and not _ISSUES.match(folded):
        return None
    named = _named(folded, metadata.date)
    if named is None:
        return None
    match, first, last = named
    if metadata.date and last < metadata.date:
        return None
    return Term(title.start + match.start(), title.start + match.end(), first, last, work=True)


def _named(folded: str, issued: date | None) -> tuple[re.Match[str], date | None, date] | None:
    ranges = list(_RANGE.finditer(folded))
    if (school := _SCHOOL.search(folded)) is not None:
        return school, None, date(int(school["last"]), 8, 31)
    annual = _annual(folded, issued)
    if annual and not (ranges and _BOTH.search(folded)):
        return annual, date(int(annual["last"]), 1, 1), date(int(annual["last"]), 12, 31)
    if len({match["last"] for match in ranges}) == 1:
        found = ranges[0]
        return found, date(int(found["first"]), 1, 1), date(int(found["last"]), 12, 31)
    horizons = [match for match in _HORIZON.finditer(folded) if not ranges]
    if len({match["last"] for match in horizons}) == 1:
        return horizons[0], None, date(int(horizons[0]["last"]), 12, 31)
    return None


def _annual(folded: str, issued: date | None) -> re.Match[str] | None:
    """The last year that the paper can be made for: that of its issue or the next. "Luật Đất đai năm 2024" is none."""
    if issued is None:
        return None
    found = [
        match
        for match in _ANNUAL.finditer(folded)
        if int(match["last"]) in (issued.year, issued.year + 1)
        and not _IN_DATE.search(folded[: match.start()])
        and not _LAW.search(folded[: match.start()])
    ]
    return max(found, key=lambda match: match["last"], default=None)
