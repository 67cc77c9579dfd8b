"""Whether a question asks only for papers that are in force, that are so no more, or that are not yet so.

Only words about the papers themselves count: "giấy phép còn hiệu lực" speaks of a licence, "Nghị quyết 36 còn hiệu lực
không?" asks after one paper, and both are searched as they stand.
"""

import re
from dataclasses import dataclass

from kb.model import Validity

_KIND = (
    "nghi quyet|nghi dinh|quyet dinh|chi thi|ket luan|ke hoach|thong tu|thong bao|huong dan|chuong trinh|de an|quy che"
    "|quy dinh|luat|phap lenh"
)
_PAPERS = (
    r"(?<!lam )(?<!khien )"  # "làm văn bản nào hết hiệu lực" asks what one paper does
    rf"(?:\b(?:cac|nhung|moi|tat ca(?: cac)?) (?:van ban|tai lieu|{_KIND})|\b(?:van ban|tai lieu|{_KIND}) nao"
    r"|\b(?:van ban|tai lieu)(?! (?:nay|do|tren|kia|so)\b))"
)
_STATES = (
    r"(?:(?P<living>(?:van |dang )?con (?:nguyen )?(?:co )?hieu luc|dang co hieu luc)|(?P<ended>(?:da |bi )?(?:het|mat)"
    r" hieu luc|khong con hieu luc)|(?P<early>chua co hieu luc))(?: thi hanh)?"
)
# "còn hiệu lực không?", "hết hiệu lực khi nào?" ask after the state itself; "hiệu lực pháp luật" is a judgment's.
_ASKED = (
    r"(?! (?:phap luat|phap ly|khong\b|hay\b|chua\b|tu (?:ngay|khi|bao)|khi nao|vao|ngay nao|bao gio|the nao|trong"
    r" truong hop|ke tu|sau))"
)
_VIETNAMESE = re.compile(rf"{_PAPERS}[^,;.?]{{0,60}}? {_STATES}\b{_ASKED}")
_PAPERS_EN = r"(?:documents|papers|decisions|resolutions|plans|circulars|decrees|directives|laws|regulations)"
_STATES_EN = (
    r"(?:(?P<ended>(?:have |has )?(?:already )?expired|no longer (?:in force|in effect|valid))|(?P<early>not yet in"
    r" (?:force|effect))|(?P<living>(?:still |currently |now )?in (?:force|effect)|still valid))"
)
_ENGLISH = re.compile(
    rf"\b{_PAPERS_EN}\b[^,;.?]{{0,50}}? {_STATES_EN}\b(?! (?:when|if|until|from|on|since|after)\b)"
    rf"|\b(?P<gone>expired) {_PAPERS_EN}\b"
)
_ANY_PAPERS = re.compile(
    r"(?:(?:cac|nhung|moi|tat ca(?: cac)?) )?(?:van ban|tai lieu)(?: nao)?\b|(?:documents|papers)\b"
)
_YES_OR_NO = re.compile(r"\W*(?:is|are|was|were|do|does|did|has|have)\b")
_STRICT = re.compile(r"\bchi (?:tim|lay|xem|gom|trong|nhung|cac|van ban|liet ke|neu|can|hien)\b|\bchac chan\b|\bonly\b")
_FILLING = re.compile(
    r"\b(?:chi|tim|liet ke|cho biet|co|nhung|cac|trong|thi hanh|la|dang|da|nao|gi|which|what|list|find|show|only|are|is"
    r"|the|all|me|that|have|has)\b"
)
_LIVING = (Validity.IN_FORCE, Validity.IN_PERIOD, Validity.AMENDED, Validity.PARTLY_EXPIRED)
_NOT_KNOWN = (Validity.UNKNOWN, Validity.ISSUER_DISSOLVED, Validity.NOT_APPLICABLE)
_ENDED = (Validity.REPLACED, Validity.REPEALED, Validity.EXPIRED, Validity.PERIOD_OVER, Validity.PARTLY_EXPIRED)
# Key of the chip → what is let through and how the chip says it.
_MEANT: dict[str, tuple[tuple[Validity, ...], str]] = {
    "status:living": (
        (*_LIVING, *_NOT_KNOWN),
        "trừ văn bản đã hết hiệu lực, đã qua thời gian thực hiện hoặc chưa có hiệu lực",
    ),
    "status:in-force": (_LIVING, "chỉ văn bản mà kho biết là có hiệu lực"),
    "status:ended": (_ENDED, "đã bị thay thế, bãi bỏ, hết hiệu lực hoặc đã qua thời gian thực hiện"),
    "status:early": ((Validity.NOT_YET,), "chưa có hiệu lực"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Which statuses a question lets through, and the words of it that say so."""

    key: str  # of the chip that takes the limit off
    validity: tuple[Validity, ...]
    words: str  # how the chip says it
    start: int
    end: int
    taken: tuple[tuple[int, int], ...]  # what of the question need not be searched: these words and "chỉ tìm văn bản"


def standing(folded: str) -> Standing | None:
    """What a folded question limits itself to; a paper of which nothing is known passes unless "chỉ", "only" is said.

    A question after nothing else than papers of a state ("văn bản nào còn hiệu lực?") has no such limit: there would be
    nothing left to search.
    """
    match = _VIETNAMESE.search(folded) or (None if _YES_OR_NO.match(folded) else _ENGLISH.search(folded))
    if match is None:
        return None
    name = next(name for name, value in match.groupdict().items() if value)
    state = "ended" if name == "gone" else name
    strict = _STRICT.search(folded[: match.end()]) if state == "living" else None
    if strict:
        state = "in-force"
    start, end = match.span(name)
    papers = _ANY_PAPERS.match(folded, match.start())
    taken = [(start, end), *(found.span() for found in (strict, papers) if found)]
    rest = folded[: match.start()] + re.sub(rf"^{_PAPERS}|\b{_PAPERS_EN}\b", " ", folded[match.start() : start])
    if not re.search(r"\w{2}", _FILLING.sub(" ", rest + folded[end:])):
        return None
    validity, words = _MEANT[f"status:{state}"]
    return Standing(f"status:{state}", validity, words, start, end, tuple(taken))
