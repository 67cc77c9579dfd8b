"""The kind of thing a question expects, and whether a passage has it: a number, its unit, a date, somebody, a reason.

All patterns are read on folded text, so a question typed without marks is understood alike.
"""

import re
from dataclasses import dataclass

from ingest.vietnamese import fold

_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    r"\b(?:ngay|truoc|thang|quy|nam|gio|hang nam|hang thang|dinh ky|thoi han|cham nhat)\s+(?:\d|[ivx]+\b|truoc|sau)"
    r"|\d{1,2}/\d{1,2}|\b\d{1,2} (?:ngay|thang|gio)\b|quy [iv]+\b"
)
_BODY = re.compile(
    r"\b(?:so|phong|ban|uy ban|ubnd|van phong|trung tam|cong an|hoi|chi cuc|cuc|bo|vien|truong|cong ty|chu tich"
    r"|giam doc|thanh uy|tinh uy|dang uy|doan|mat tran|co quan|don vi|to chuc|doanh nghiep|hop tac xa)\b"
)
_ACTING = re.compile(
    r"\b(?:chu tri|phoi hop|chiu trach nhiem|co trach nhiem|tham muu|giao|xay dung|huong dan|dau moi)\b"
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
        re.compile(r"\d+\)?\s*(?:\([^)]{1,30}\)\s*)?(?:ngay|gio|phut|thang|nam|tuan)\b"),
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
    _Measure(re.compile(r"\b(?:may gio|gio nao|what time)\b"), re.compile(r"\d\s*(?:gio|h)\b|\d+h\d*")),
    _Measure(  # a size, a distance, a weight
        re.compile(r"\b(?:bao nhieu (?:ha|met|m2|km|tan|kg)|dien tich|how (?:large|big|far))\b"),
        re.compile(r"\d\s*(?:ha|m2|km|met|tan|kg)\b"),
    ),
    _Measure(  # a reason
        re.compile(r"\b(?:vi sao|tai sao|ly do|why|reason)\b"), re.compile(r"\b(?:ly do|nguyen nhan|vi|do|nham)\b")
    ),
    _Measure(  # from when something holds
        re.compile(
            r"\b(?:hieu luc|bat dau ap dung|ap dung tu|takes? effect|comes? into force|in force|effective|apply from"
            r"|starts? to apply)\b"
        ),
        re.compile(r"\bhieu luc (?:thi hanh )?(?:ke )?tu\b|\bco hieu luc\b|\bap dung (?:ke )?tu\b"),
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
        return float(bool(_DATE.search(flat)))
    if wanted == "responsibility":
        return 0.5 * bool(_BODY.search(flat)) + 0.5 * bool(_ACTING.search(flat))
    return 0.0
