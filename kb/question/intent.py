"""What a question wants: a list, tasks, a number, a date, somebody responsible, the papers' own numbers.

All patterns are read on folded text, so a question typed without marks is understood alike.
"""

import re
from dataclasses import dataclass

from ingest.vietnamese import fold

_LIST = re.compile(
    r"\b(nhung|cac)\b.{1,60}?\bnao\b|\b(nhiem vu|doan|van ban|cho|dieu|khoan|muc|quy dinh|ke hoach|noi|giai phap|de an"
    r"|chi tieu|muc tieu|tai lieu|du an|chuong trinh|linh vuc|don vi|co quan)( va \w+( \w+)?)? nao\b"
    r"|\bliet ke\b|\bke (het|ra|ten)\b|\btat ca\b|\bnhung (cho|dau|gi|noi dung gi|viec gi|doan)\b|\bo nhung\b"
    r"|\bnhung (\w+ ){1,5}?gi\b|\b(giay to|ho so|dieu kien|truong hop|doi tuong|quyen loi|tieu chi|hinh thuc|nguon)"
    r" (gi|nao)\b|\b(gom|co|duoc huong|duoc nhan) (nhung )?gi\b"
    r"|\b(cac|nhung) (doan|cho|nhiem vu|van ban|quy dinh|chi tieu)\b|\b(nhiem vu|chi tieu|giai phap) (gi|ve)\b"
    r"|^\W*(nhiem vu|chi tieu|cac)\b(?!.*\b(la gi|bao nhieu|khi nao|the nao)\b)"
)
_LIST_EN = re.compile(
    r"\bwhich (\w+ )?(tasks?|passages|documents|articles|plans|provisions|clauses|sections|targets|decisions|papers"
    r"|measures|activities|programmes?|resolutions|solutions|regulations|items|sectors|matters)\b"
    r"|\b(in|under) (which|what) (cases?|circumstances|conditions)\b|\bwhat (are|were) (the )?\w+s\b"
    r"|\bwhat (documents|papers|conditions|criteria|benefits|forms|sources|steps|cases)\b"
    r"|\b(list|enumerate)\b|\b(find|show|give)( me)? (everything|all|every)\b"
    r"|\ball (the )?(passages|tasks|documents|targets)\b"
    r"|\bwhere (is|are)\b.*\b(mention|discuss|address|state|describ)|\bwhat do the (plans|documents|papers)\b"
    r"|\bwhat (\w+ )?(targets|tasks|measures|activities)\b|\bevery (task|passage|target)\b"
)
_TASKS = re.compile(
    r"\bnhiem vu\b(?! (khoa hoc|kh\b|khcn))|\bviec (gi|nao)\b|\bcong viec\b|\bgiao (gi|viec|nhung gi)\b"
)
_TASKS_EN = re.compile(r"\b(tasks?|assignments?|duties)\b(?<!science task)(?<!science tasks)")
_FRAME = re.compile(
    r"\bmang so\b|\bso hieu\b|\bso ky hieu\b|\bso may\b|\bai ky\b|\bnguoi ky\b|\bky ten\b|\bngay ban hanh\b|\bma so\b"
    r"|\bban hanh (ngay|khi) nao\b|\b(nghi quyet|quyet dinh|ke hoach|chi thi|thong tu|nghi dinh|ket luan|huong dan"
    r"|cong van) nao\b"
)
_FRAME_EN = re.compile(
    r"\bwho signed\b|\bsigned (the|this)\b|\b(number|symbol|reference|date) of the (plan|decision|resolution|directive"
    r"|document|paper|letter|circular|decree|report|conclusion)\b|\bwhich (document|decision|plan|resolution|directive"
    r"|circular|decree|paper|letter|conclusion)\b"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "deadline",
        re.compile(
            r"\b(khi nao|bao gio|ngay nao|may gio|luc nao|thoi han|han chot|cham nhat|truoc ngay"
            r"|by when|when|deadline|closing date|how soon|on what date)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\b(bao nhieu|may (nguoi|ty|trieu|dot|phan|ngay|phut|ha|tan|lan|tieng)|muc nao|ty le|bao lau|bao xa"
            r"|how (many|much|long|far|often)|what (share|part|percentage|proportion|rank)|by how much)\b"
        ),
    ),
    (
        "responsibility",
        re.compile(
            r"\b(ai|don vi nao|co quan nao|so nao|phong nao|ban nao|to chuc nao|nganh nao|who|whose|(which|what) "
            r"(department|office|agency|unit|body|company|organi[sz]ation|division)s?)\b"
            r"|\b(chu tri|chiu trach nhiem|trach nhiem cua|phai lam|responsib|in charge)"
        ),
    ),
    ("target", re.compile(r"\b(chi tieu|muc tieu|tam nhin|targets?|objectives?|goals?|vision)\b")),
)
_SUBJECT = (
    re.compile(r"\bgiao (?:nhung |cac )?(?:viec |nhiem vu )?gi cho (?P<who>.{3,60}?)(?:\?|$|,)"),
    re.compile(r"\b(?:trach nhiem|nhiem vu) cua (?P<who>.{3,60}?)(?: la gi| the nao| ra sao| trong | ve |\?|$|,)"),
    re.compile(
        r"^(?:vay |the )?(?P<who>.{3,60}?) (?:duoc giao|phai lam|can lam|co trach nhiem|co nhiem vu|phai thuc hien)"
        r"(?= (?:nhung |cac |lam )?(?:viec |nhiem vu |nhung )?(?:viec )?gi\b| gi\b| nhiem vu gi\b)"
    ),
    re.compile(
        r"\bwhat (?:must|should|does|do|shall) (?:the )?(?P<who>.{3,60}?) "
        r"(?:do|have to do|need to do|be responsible for)\b"
    ),
    re.compile(
        r"\bwhat (?:is|are) (?:the )?(?P<who>.{3,60}?) (?:required|expected|asked|assigned|responsible|supposed)\b"
    ),
    re.compile(r"\bwhat is (?:expected|required|asked) (?:of|from) (?:the )?(?P<who>.{3,60}?)(?:\?|$| under | in )"),
    re.compile(r"\b(?:responsibilities|duties|tasks) of (?:the )?(?P<who>.{3,60}?)(?:\?|$| under | in )"),
    re.compile(r"\bassigned to (?:the )?(?P<who>.{3,60}?)(?:\?|$| under | in )"),
)


_FORCE = re.compile(
    r"\bhieu luc\b|\bcon (duoc )?(ap dung|gia tri|dung)\b"
    r"|\b(bi|duoc|da|nao|gi) (\w+ )?(thay the|bai bo|huy bo|sua doi)\b"
    r"|\b(in (force|effect)|still (valid|appl(y|ies))|re(placed|placing|places|pealed)|superseded|amended)\b"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What was understood; `subject` is a span of the question (start, end) or None."""

    wants_list: bool
    wants_tasks: bool
    wants_role: str | None
    subject: tuple[int, int] | None


def read(question: str) -> Intent:
    """The intent of a question in any of the three kinds of typing."""
    folded = fold(question)
    subject = next((match.span("who") for pattern in _SUBJECT if (match := pattern.search(folded))), None)
    return Intent(
        wants_list=bool(_LIST.search(folded) or _LIST_EN.search(folded)),
        wants_tasks=bool(_TASKS.search(folded) or _TASKS_EN.search(folded)),
        wants_role="frame" if _FRAME.search(folded) or _FRAME_EN.search(folded) else _role(folded, subject is not None),
        subject=subject,
    )


def asks_force(question: str) -> bool:
    """Whether a question is about a paper's being in force, or about what replaced or amended it."""
    return bool(_FORCE.search(fold(question)))


def _role(folded: str, obligation: bool) -> str | None:
    found = next((name for name, pattern in _ROLES if pattern.search(folded)), None)
    return "responsibility" if obligation and found in (None, "target") else found
