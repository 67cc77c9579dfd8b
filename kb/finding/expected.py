"""The kind of thing a question expects, and whether a passage has it: a number, its unit, a date, somebody, a reason.

All patterns are read on folded text, so a question typed without marks is understood alike.
"""

import re
from dataclasses import dataclass

from ingest.vietnamese import fold


def _beginning(words: str) -> str:
    r"""The pattern of these alternatives at the beginning of a word, as `\b(?:...)` reads them.

    `re` skips to the letters that a pattern may begin with; before each letter of a text it would look for a `\b`.
    """
    by_letter: dict[str, list[str]] = {}
    for word in words.split("|"):
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(rf"{letter}(?<!\w{letter})(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


_DIGIT = re.compile(r"\d")
_TIMES = "ngay|truoc|thang|quy|nam|gio|dinh ky|thoi han|cham nhat"
_DATES = (  # one after the other: each by itself is found quicker than all in one pattern
    re.compile(r"/(?<=\d/)\d"),
    re.compile(r"\d(?<!\w\d)\d? (?:ngay|thang|gio)\b"),
    re.compile(rf"(?:{_beginning(_TIMES)})\s+(?:\d|[ivx]+\b|truoc|sau)"),
    re.compile(r"quy [iv]+\b"),
)
_BODY = re.compile(
    r"\b(?:so|phong|ban|uy ban|ubnd|van phong|trung tam|cong an|hoi|chi cuc|cuc|bo|vien|truong|cong ty|chu tich"
    r"|giam doc|thanh uy|tinh uy|dang uy|doan|mat tran|co quan|don vi|to chuc|doanh nghiep|hop tac xa)\b"
)
_ACTING = re.compile(
    rf"(?:{_beginning('chu tri|phoi hop|chiu trach nhiem|co trach nhiem|tham muu|giao|xay dung|huong dan|dau moi')})\b"
)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A quantity by how it is asked for and how a paper writes it."""

    asked: re.Pattern[str]
    written: re.Pattern[str]


_MEASURES = (
    _Measure(  # a stretch of time
        re.compile(
            r"\b(?:bao lau|(?:may|bao nhieu) (?:ngay|gio|phut|thang|nam|tuan)|thoi gian|thoi han|within"
            r"|how (?:long|soon|quickly|fast)|how many (?:days|hours|months|years|weeks|minutes))\b"
        ),
        re.compile(r"\d\)?\s*(?:\([^)]{1,30}\)\s*)?(?:ngay|gio|phut|thang|nam|tuan)\b"),
    ),
    _Measure(  # a share
        re.compile(
            r"\b(?:(?:bao nhieu|may) phan tram|ty le|what (?:share|percentage|proportion)|percent)\b|\bbao nhieu %"
        ),
        re.compile(r"\d\s*%|phan tram"),
    ),
    _Measure(  # money
        re.compile(
            r"\b(?:bao nhieu (?:tien|dong|trieu|ty)|may (?:trieu|ty|dong)|muc (?:ho tro|phat|thu|phi|tien|chi|luong"
            r"|thuong)|kinh phi|gia bao nhieu|het bao nhieu|how much|cost|fine|allowance|fee|budget)\b"
        ),
        re.compile(r"\d\s*(?:dong|trieu|ty|nghin|ngan|vnd|%)(?!\w)"),
    ),
    _Measure(re.compile(r"\b(?:may gio|gio nao|what time)\b"), re.compile(r"\d(?:h|\s*(?:gio|h)\b)")),
    _Measure(  # a size, a distance, a weight
        re.compile(r"\b(?:bao nhieu (?:ha|met|m2|km|tan|kg)|dien tich|how (?:large|big|far))\b"),
        re.compile(r"\d\s*(?:ha|m2|km|met|tan|kg)\b"),
    ),
    _Measure(  # a reason
        re.compile(r"\b(?:vi sao|tai sao|ly do|why|reason)\b"), re.compile(r"\b(?:ly do|nguyen nhan|vi|do|nham)\b")
    ),
    _Measure(  # from when something holds
        re.compile(
            r"^(?=.*\b(?:khi nao|bao gio|luc nao|(?:ngay|thang|nam|thoi diem) nao|tu (?:ngay|thang|nam)|thoi diem)\b)"
            r".*\b(?:hieu luc|bat dau ap dung|ap dung tu)\b"
            r"|\bcon hieu luc\b|\bhieu luc (?:thi hanh|khong|chua)\b"
            r"|\b(?:takes? effect|comes? into force|in force|effective|apply from|starts? to apply)\b"
        ),
        re.compile(rf"(?:{_beginning('hieu luc (?:thi hanh )?(?:ke )?tu|co hieu luc|ap dung (?:ke )?tu')})\b"),
    ),
)


def measures(question: str) -> tuple[re.Pattern[str], ...]:
    """How a paper would write the quantities, reasons and beginnings that a question asks for; read on folded text."""
    folded = fold(question)
    return tuple(one.written for one in _MEASURES if one.asked.search(folded))


def has_role(wanted: str | None, flat: str) -> float:
    """Whether a folded text has what a role (`Plan.wants_role`) expects, 0..1."""
    if wanted == "number":
        return float(bool(_DIGIT.search(flat)))
    if wanted == "deadline":
        return float(any(pattern.search(flat) for pattern in _DATES))
    if wanted == "responsibility":
        return 0.5 * bool(_BODY.search(flat)) + 0.5 * bool(_ACTING.search(flat))
    return 0.0
