"""The day as of which a question asks: "còn hiệu lực tại thời điểm 01/6/2023", "in force on 1 June 2023".

A day counts only beside words about force: "tính đến ngày 31/12/2023 có bao nhiêu xã" asks for a figure, "có hiệu lực
vào ngày 01/7/2025" when something began, "còn hiệu lực đến ngày 31/12/2025" when it ends.
"""

import re
from dataclasses import dataclass
from datetime import date

from ingest.dates import find_dates
from ingest.vietnamese import fold

_SURE = r"(?:tai thoi diem |vao thoi diem |tinh (?:den|toi) (?:het )?)(?:ngay )?"
_AT = rf"(?:{_SURE}|(?:tai |vao )(?:ngay )?)"
_FORCE = r"(?:con (?:nguyen )?(?:co )?hieu luc|dang co hieu luc|con ap dung|dang ap dung)"
_BEFORE = re.compile(
    rf"(?:{_FORCE}(?: thi hanh)? |co hieu luc (?:thi hanh )?(?=(?:tai|vao) thoi diem))(?P<at>{_AT})$"
    r"|\bin (?:force|effect) (?P<at_en>(?:on|as of|as at|at) (?:the )?)$"
)
_BEHIND = re.compile(rf"(?P<at>{_SURE})$|(?P<at_en>\b(?:as of|as at) )$")
_THEN_FORCE = re.compile(
    rf"^,?[^.;?]{{0,80}}\b(?:{_FORCE}|co hieu luc|in (?:force|effect))\b(?! (?:phap luat|phap ly|tu|ke tu|from)\b)"
)


@dataclass(frozen=True, slots=True)
class Then:
    """The day, and the words of the question that say so ("tại thời điểm ngày 01/6/2023")."""

    day: date
    start: int
    end: int


def then(asked: str) -> Then | None:
    """The day as of which a question asks what is in force; None where it names none."""
    folded = fold(asked)
    for dated in find_dates(asked):
        day = dated.date
        before = folded[: dated.start]
        said = _BEFORE.search(before) or (_BEHIND.search(before) if _THEN_FORCE.match(folded[dated.end :]) else None)
        if day is not None and said:
            start = next(said.start(name) for name in ("at", "at_en") if said[name] is not None)
            return Then(day, start, dated.end)
    return None
