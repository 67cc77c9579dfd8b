"""How to cite a passage, in Vietnamese and English: from the small unit to the document (DOMAIN §2.4).

Says only what the stored file says: what was concluded rather than read is marked "(suy luận)" / "(inferred)",
and a missing number or date is named as missing, never filled in.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from ingest.document import Metadata
from ingest.vietnamese import fold
from kb.citation.locators import Part, locator_parts
from kb.model import Citation, DocumentRecord, PassageRecord
from kb.tables import rows

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LAWS = {"luật", "bộ luật", "pháp lệnh", "hiến pháp"}
# What keeps its capitals in the name of a law that its title page prints in capitals throughout.
_PROPER = (
    "Việt Nam", "Quốc hội", "Chính phủ", "Hiến pháp", "Tổ quốc", "Thủ đô", "Ngân hàng Nhà nước", "Quân đội", "Công an",
    "Hội đồng nhân dân", "Ủy ban nhân dân", "Tòa án nhân dân", "Viện kiểm sát nhân dân", "Cảnh sát", "Hồ Chí Minh",
)  # fmt: skip
# Subject lines that say what the paper does follow its issuer at once ("… của Chính phủ quy định chi tiết …"); others
# take "về" ("… của Ban Thường vụ Tỉnh ủy về tăng cường …").
_ACTS = re.compile(
    r"(?:về|quy định|ban hành|sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|phê duyệt|thông qua|thực hiện|triển khai|"
    r"hướng dẫn|công bố|thành lập|điều chỉnh|kéo dài|đính chính|chấp thuận|cho phép|ủy quyền|giao|quyết định|"
    r"tổ chức|cụ thể hóa)\b",
    re.IGNORECASE,
)
# "…Nghị quyết số 36-NQ/TW, ngày 30/01/2023 của Bộ Chính trị về phát triển …": the cited paper's own subject is
# dropped, its number, date and issuer identify it.
_CITED = re.compile(
    r"(?P<keep>\bsố\s+[0-9][\w./\-–]*),?\s+(?P<date>ngày\s+[0-9./\-]+)\s+của\s+(?P<issuer>[^,;]+?)"
    r"(?=,?\s+(?:về|và)\b|[,;.]|$)(?:,?\s+về\b(?:(?!\bsố\s+[0-9]).)*$)?"
)


def cite(record: PassageRecord) -> Citation:
    """The citation of one passage, ready to paste."""
    words_vi, words_en = locator_words(record.passage.locator, record.passage.heading, record.document)
    document = cite_document(record.document)
    if "ocr" in record.passage.flags:
        document = Citation(f"{document.vi} (chữ nhận dạng OCR)", f"{document.en} (OCR text)")
    attached = _is_attached(record.passage.locator)
    if not words_vi:
        return document
    link_vi = " ban hành kèm theo " if attached else " "
    link_en = " issued with " if attached else ", "
    return Citation(vi=words_vi + link_vi + document.vi, en=words_en + link_en + document.en)


def locator_words(locator: str, heading: Sequence[str] = (), document: DocumentRecord | None = None) -> tuple[str, str]:
    """A locator in words, Vietnamese and English: `III/2/g4` → "gạch đầu dòng thứ tư khoản 2 Mục III".

    `heading` is the passage's heading path; it supplies the words of unnumbered headings, of an attached text's
    type and of an appendix's printed number. `document` is accepted for symmetry with `cite`.
    """
    parts = [part for part in locator_parts(locator, tuple(heading)) if part.vi]
    return _join_vi(parts), ", ".join(part.en for part in reversed(parts))


def _join_vi(parts: Sequence[Part]) -> str:
    # No comma between levels, except after a plus item: "dấu cộng thứ hai, gạch đầu dòng thứ tư …" (DOMAIN §2.4).
    words = ""
    for part in reversed(parts):
        words += (", " if words.startswith("dấu cộng") and "," not in words else " " if words else "") + part.vi
    return words


def _is_attached(locator: str) -> bool:
    head = locator.split("/", 1)[0]
    return bool(re.fullmatch(r"(KT|PL)\d*[a-z]?", head))


def cite_document(document: DocumentRecord) -> Citation:
    """The document alone: type, number, date, issuer, short title; what the stored copy lacks is said."""
    meta = document.metadata
    if meta.kind and meta.kind.lower() in _LAWS and meta.title and meta.date:
        return _cite_law(meta)
    title, foreign = short_title(meta.title), meta.language == "en"
    vi, en = _kind(meta, "vi"), _kind(meta, "en")
    if meta.symbol:
        vi += f" số {meta.symbol}{_inferred(meta, 'symbol', 'vi')}"
        en += f" No. {latin(meta.symbol)}{_inferred(meta, 'symbol', 'en')}"
    if meta.date:
        vi += f" ngày {date_vi(meta.date)}{_inferred(meta, 'date', 'vi')}"
        en += f" dated {date_en(meta.date)}{_inferred(meta, 'date', 'en')}"
    issuer = issuer_name(meta)
    if issuer:
        vi += f" của {issuer}{_inferred(meta, 'issuer', 'vi')}"
        en += f" of {issuer_en(issuer)}{_inferred(meta, 'issuer', 'en')}"
    if title:
        vi += f" “{title}” (bản tiếng Anh)" if foreign else f" {'' if _ACTS.match(title) else 'về '}{title}"
        # A Vietnamese subject line says nothing to an English reader where number and date already identify the paper.
        en += f" {title}" if foreign else "" if meta.symbol and meta.date else f" “{title}”"
    if not (meta.kind or meta.symbol or title):
        vi, en = f"{vi} “{document.file}”", f"{en} “{document.file}”"
    return Citation(vi=vi + _missing(meta, "vi"), en=en + _missing(meta, "en"))


def _cite_law(meta: Metadata) -> Citation:
    # From 01/4/2025 laws and ordinances are cited by name and year (DOMAIN §2.4).
    assert meta.kind is not None
    assert meta.date is not None
    name = law_name(meta)
    number = f", No. {latin(meta.symbol)}" if meta.symbol else ""
    return Citation(vi=f"{name} năm {meta.date.year}", en=f"{_kind(meta, 'en')} “{name}” {meta.date.year}{number}")


def law_name(meta: Metadata) -> str | None:
    """What a law is called, "Luật Chăn nuôi", also where its title page shouts; None for other papers."""
    if not meta.kind or not meta.title or meta.kind.lower() not in _LAWS:
        return None
    kind, title = meta.kind[0].upper() + meta.kind[1:].lower(), meta.title
    name = title[len(kind) :].strip() if fold(title).startswith(f"{fold(kind)} ") else title
    if title.isupper():
        name = name.capitalize()
        for words in _PROPER:
            name = re.sub(rf"\b{words}\b", words, name, flags=re.IGNORECASE)
    return f"{kind} {name[0].upper()}{name[1:]}"


def _kind(meta: Metadata, language: str) -> str:
    kind = meta.kind or "Văn bản"
    if language == "vi":
        return f"Dự thảo {kind}" if meta.draft else kind
    known = {row[0]: row[1] for row in rows("kinds.csv")}
    name = known.get(kind, "Document" if kind == "Văn bản" else kind)
    return f"Draft {name}" if meta.draft else name


def _inferred(meta: Metadata, field: str, language: str) -> str:
    if field not in meta.inferred:
        return ""
    return " (suy luận)" if language == "vi" else " (inferred)"


def _missing(meta: Metadata, language: str) -> str:
    if language == "vi":
        lacks = [word for word, value in (("số", meta.symbol), ("ngày", meta.date)) if not value]
        return f" (bản lưu trong kho: không có {', '.join(lacks)})" if lacks else ""
    lacks = [word for word, value in (("number", meta.symbol), ("date", meta.date)) if not value]
    return f" (stored copy: no {', no '.join(lacks)})" if lacks else ""


def issuer_name(meta: Metadata) -> str | None:
    """In whose name the paper was issued, with its place: "Ban Thường vụ Thành ủy" + "Thành ủy Hà Khê" → one name."""
    issuer, authority = meta.issuer, meta.authority
    if not issuer or not authority:
        return issuer or authority
    words, own = authority.split(), issuer.split()
    if fold(issuer) == fold(authority.removeprefix("The ")):
        return issuer
    committee = _COMMITTEE.match(fold(issuer))
    level = fold(authority).partition("dang bo ")[2]
    if committee and level in _LEVELS and level.split()[0] == committee["level"]:
        return f"{authority} {' '.join(own[2:])}"  # "Ban Chấp hành Đảng bộ huyện" + "Huyện ủy Đá Trắng"
    for size in range(min(len(words), len(own)), 0, -1):
        if [fold(word) for word in words[-size:]] == [fold(word) for word in own[:size]]:
            return " ".join(words + own[size:])
    if meta.place and fold(meta.place) in fold(issuer) and fold(meta.place) not in fold(authority):
        return f"{authority} {meta.place}"
    return authority


_COMMITTEE = re.compile(r"(?P<level>tinh|thanh|huyen|quan|thi) uy \S")
_LEVELS = frozenset({"tinh", "thanh pho", "huyen", "quan", "thi xa"})


def issuer_en(issuer: str) -> str:
    """The issuer in English where the shipped table knows its form, else its own name."""
    for vi, en in _issuer_forms():
        if fold(issuer).startswith(fold(vi)):
            rest = issuer[len(vi) :].strip()
            if rest and "{}" not in en:
                continue
            return re.sub(r"\s+", " ", en.format(latin(rest)))
    return f"the {issuer}" if issuer.isascii() and not issuer.startswith("The ") else issuer


@lru_cache(maxsize=1)
def _issuer_forms() -> list[tuple[str, str]]:
    return sorted(((row[0], row[1]) for row in rows("issuers.csv")), key=lambda row: -len(row[0]))


def short_title(title: str | None) -> str:
    """The subject line as it follows type and number: first letter lowered, subjects of cited papers dropped."""
    if not title:
        return ""
    text = re.sub(r"^V/v\b", "về việc", title.strip().rstrip("."), flags=re.IGNORECASE)
    text = _CITED.sub(lambda m: f"{m['keep']} {m['date']} của {m['issuer'].strip()}", text)
    if len(text) > 1 and text[1].islower():
        text = text[0].lower() + text[1:]
    return text


def date_vi(day: date) -> str:
    """Day always with two digits, months 1 and 2 padded, others not: "05/3/2020" (DOMAIN §1.3)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def date_en(day: date) -> str:
    """The form of official translations: "05 March 2020"."""
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"


def latin(text: str) -> str:
    """`text` without marks, case kept: "30/2020/NĐ-CP" → "30/2020/ND-CP" in English."""
    return "".join(plain.upper() if char.isupper() else plain for char, plain in zip(text, fold(text), strict=True))
