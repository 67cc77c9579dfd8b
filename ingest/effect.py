"""From when and until when a paper says that it has effect, in its own words alone.

What it quotes, what a form in its annex says and what it says of other papers or of single provisions ("khoản 3 Điều 5
có hiệu lực từ …") is none of that: only a sentence whose subject is the paper itself counts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.dates import find_dates
from ingest.document import Kind, Metadata, Passage, Term
from ingest.period import period
from ingest.structure import landmarks
from ingest.vietnamese import fold

VERSION = 1  # of these rules: a base that was read by older ones applies them anew
_COUNTS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "muoi": 10, "muoi lam": 15, "hai muoi": 20,
    "ba muoi": 30, "bon muoi lam": 45, "sau muoi": 60,
}  # fmt: skip
_CONSOLIDATED = (
    "bo luat|luat|phap lenh|nghi quyet|nghi dinh|quyet dinh|thong tu lien tich|thong tu|quy che|quy dinh|dieu le"
)


def _rule(pattern: str) -> re.Pattern[str]:
    """A pattern in whose text a blank stands for any number of them: lines wrap and words are spread."""
    blanks = {" ": " +", " ?": " *"}
    return re.compile(re.sub(r"(\[[^\]]*\])|( \??)", lambda match: match[1] or blanks[match[2]], pattern))


_COUNT = r"(?:\d{1,3}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + r")"
# After "Luật này": "được Quốc hội … thông qua ngày … và". No other paper's "có hiệu lực" may be reached.
_GAP = r"(?:[^.;:“”\"]{1,260}?(?:,| va|thong qua ngay [^.;:,]{6,26}) ?)??"
_FORCE = _rule(rf"{_GAP}co hieu luc(?: phap ly)?(?: thi hanh| thuc hien| ap dung)?(?: va ap dung)? ?:?")
_APPLIES = _rule(r"(?:duoc )?(?:bat dau )?(?:ap dung|thuc hien|thi hanh)(?= (?:ke )?tu\b)")
_SIGNED = r"(?:duoc )?(?:ky,? ban hanh|ky|ban hanh)(?! ket)\b"
_PASSED = r"(?:[^.;,]{0,90}? )?thong qua\b"
_FROM = rf"(?:ke |tinh )?tu (?:ngay )?(?:(?P<signed>{_SIGNED})|(?P<passed>{_PASSED}))"
_OPENING = _rule(r",? ?(?:ngay )?(?:bat dau )?(?:ke tu|tinh tu|ke|tu|vao)?(?: ngay)? ?")
_MONTH = _rule(r",? ?(?:bat dau )?(?:ke )?tu (?:thang (?P<month>\d{1,2}) )?nam (?:ngan sach )?(?P<year>20\d\d)\b")
_LATER = _rule(
    rf",? ?(?:sau )?(?:thoi han )?(?P<count>{_COUNT})(?: \([^)]{{1,24}}\))? (?P<unit>ngay|thang)"
    rf"(?: \([^)]{{1,24}}\))?,? {_FROM}"
)
_AT_ONCE = _rule(rf",? ?(?:bat dau )?{_FROM}")
_ON = r"(?:,|;)? ?(?:va )?(?:duoc )?(?:thuc hien |ap dung |co hieu luc |keo dai )?(?:thi diem )?"
_UNTIL = _rule(rf"{_ON}(?:cho )?(?:den|toi)(?: het)?(?: ngay)? ?")
_YEAR_END = _rule(r"(?:thang (?P<month>\d{1,2}) )?nam (?P<year>20\d\d)\b")
_SPAN = rf"trong (?:thoi (?:han|gian) )?(?:la )?(?P<years>{_COUNT})(?: \([^)]{{1,12}}\))? nam\b"
_LASTS = _rule(rf"{_ON}{_SPAN}")
_LASTING = _rule(rf" ?{_SPAN},? ?(?=(?:ke |tinh )?tu ngay)")
_ENDS = _rule(
    rf"{_GAP}(?:duoc )?(?:het|cham dut|khong con) hieu luc(?: thi hanh)? (?P<after>ke tu|tu|sau|vao)? ?(?:ngay )?"
)
_GOES_ON = _rule(
    rf"{_GAP}(?:duoc )?(?P<verb>thuc hien|ap dung|co hieu luc(?: thi hanh)?|keo dai)(?: thi diem)? (?:cho )?"
    r"den(?: het)?(?: ngay)? ?"
)
_RUNS = _rule(
    rf"{_GAP}(?:duoc )?"
    r"(?:ap dung|thuc hien) (?:trong |cho )?(?:(?:cac )?nam (?P<year>20\d\d)(?! ?[-–] ?20)|(?:giai doan|thoi ky"
    r"(?: on dinh ngan sach)?|(?:cac )?nam) (?P<first>20\d\d) ?[-–] ?(?P<last>20\d\d)|nam hoc 20\d\d ?[-–] ?"
    r"(?P<school>20\d\d))"
)
_HEADING = _rule(r"(?:hieu luc|dieu khoan|trach nhiem|to chuc)[a-z ,]{0,40}(?:thi hanh|thuc hien)$")
_ENGLISH = _rule(
    r"\bthis (?:"
    + "|".join(sorted(landmarks.ENGLISH_KINDS, key=len, reverse=True))
    + r") (?:shall |will )?(?:(?:take|come|enter|go)(?:es|s)? (?:in|into )?(?:effect|force)|(?:be|is|become|becomes) "
    r"effective)(?: on| from| as of)? "
)
_ENGLISH_SIGNED = _rule(
    r"(?:(?P<days>\d{1,3}) days (?:from|after) )?(?:from )?(?:the date of )?(?:its )?(?:signing|promulgation|issuance)"
)
_PROPERTY = _rule(r"\bngay co hieu luc ?:? ?(?=\d)")
_PROPERTY_END = _rule(r"\bngay het hieu luc ?:? ?(?=\d)")
_CLAUSE_ENDS = re.compile(r"[.;:](?= |$)|$")
_QUOTE_ENDS = re.compile(r"\D”[ .;]*$")
_BEFORE = 200  # characters before a sentence, or at the end of a passage, that are looked at
_PROPERTIES = 4000  # characters of a portal page that holds the properties of a paper without its text


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence about the paper itself: its words folded, and where they stand in the text."""

    folded: str
    at: int  # where its subject begins, in `folded`
    verb: int  # where the words after the subject begin
    base: int  # of `folded` in the text


def stated(text: str, passages: Sequence[Passage], metadata: Metadata) -> Metadata:
    """`metadata` with what the paper says of its own effect and of its end, if it says so."""
    effect, expiry = None, None
    if metadata.kind and metadata.kind != "Phụ lục":
        own = list(_own(passages))
        if metadata.language == "en":
            effect = _english(text, own, metadata)
        else:
            said = [each for passage in own for each in _sentences(text, passage, metadata)]
            effect = _best(found for each in said if (found := _effect(text, each, metadata)))
            expiry = next((found for each in said if (found := _expiry(text, each))), None)
        if effect is None and expiry is None and len(text) < _PROPERTIES:
            effect, expiry = _properties(text)
    if effect and effect.until:
        expiry, effect = effect, replace(effect, until=None)
    return replace(metadata, effect=effect, expiry=expiry or period(text, passages, metadata))


def _best(found: Iterator[Term]) -> Term | None:
    """The first that gives a day; else the first."""
    first: Term | None = None
    for each in found:
        if each.since:
            return each
        first = first or each
    return first


def _own(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages in which a paper speaks of itself: not its annexes, what it quotes, its notes nor its bases."""
    for each in passages:
        if each.kind in (Kind.ATTACHED, Kind.APPENDIX):
            return
        if "quoted" not in each.flags and each.kind not in (
            Kind.QUOTED, Kind.NOTE, Kind.PREAMBLE, Kind.HEAD, Kind.TITLE, Kind.SUMMARY, Kind.RECIPIENTS, Kind.ROW,
            Kind.TABLE_HEADER,
        ):  # fmt: skip
            yield each


def _kinds(metadata: Metadata) -> str:
    """The words by which a paper may call itself, as alternatives of a pattern."""
    kind = fold(metadata.kind or "")
    if consolidated(metadata):
        return _CONSOLIDATED
    short = " ".join(kind.split()[:2])  # "Nghị quyết liên tịch" calls itself "Nghị quyết" too
    return "bo luat|luat" if kind == "bo luat" else f"{kind}|{short}"


def consolidated(metadata: Metadata) -> bool:
    """Whether it is a consolidated text, whose words on effect are those of the paper that it consolidates."""
    return "VBHN" in (metadata.symbol or "") or metadata.kind == "Văn bản hợp nhất"


def _sentences(text: str, passage: Passage, metadata: Metadata) -> Iterator[_Said]:
    """The sentences of a passage whose subject is the paper: "Quyết định này …", "Quyết định có hiệu lực …"."""
    folded = re.sub(r"[\s\u00a0]", " ", fold(text[passage.start : passage.end]))
    kinds = _kinds(metadata)
    ends_quote = _QUOTE_ENDS.search(folded[-_BEFORE:]) is not None and folded.count("”") > folded.count("“")
    if ends_quote:
        return
    opened, counted = 0, 0  # quotation marks opened and not closed before `counted`
    for match in _rule(rf"\b(?:{kinds})(?P<this>(?: nay){{1,2}})? (?=\w)").finditer(folded):
        if not (match["this"] or folded.startswith("co hieu luc", match.end())):
            continue
        opened += folded.count("“", counted, match.start()) - folded.count("”", counted, match.start())
        counted = match.start()
        before = folded[max(0, counted - _BEFORE) : counted].rstrip()
        opens = not before or before[-1] in ".;:)" or _HEADING.search(before) is not None
        if opens and opened <= 0:
            yield _Said(folded, match.start(), match.end(), passage.start)


def _effect(text: str, said: _Said, metadata: Metadata) -> Term | None:
    """ "… có hiệu lực (thi hành) kể từ ngày …", "… được áp dụng từ năm 2026"."""
    force = _FORCE.match(said.folded, said.verb)
    match = force or _APPLIES.match(said.folded, said.verb)
    if match is None:
        return None
    lasting = _LASTING.match(said.folded, match.end()) if force else None
    end, since = _since(text, said, (lasting or match).end(), metadata)
    if end is None and not force:
        return None
    stop = end or _clause(said.folded, match.end())
    found = Term(said.base + said.at, said.base + stop, since)
    if since is None or end is None:
        return found
    if lasting:
        return replace(found, until=_years_on(since, lasting["years"]))
    until = _until(text, said, end, since)
    return replace(found, end=said.base + until[0], until=until[1]) if until else found


def _clause(folded: str, at: int) -> int:
    """Where the clause that goes on at `at` ends."""
    match = _CLAUSE_ENDS.search(folded, at)
    return match.start() if match else len(folded)


def _since(text: str, said: _Said, at: int, metadata: Metadata) -> tuple[int | None, date | None]:
    """The end of the words that give the first day, and that day; None for words that give none."""
    folded = said.folded
    dated = next(iter(find_dates(text[said.base + at : said.base + at + 60])), None)
    if dated and dated.date and _OPENING.fullmatch(folded[at : at + dated.start]):
        return at + dated.end, dated.date
    if match := _AT_ONCE.match(folded, at):
        return match.end(), _counted_from(text, said, match, metadata)
    if match := _LATER.match(folded, at):
        first = _counted_from(text, said, match, metadata)
        count = _count(match["count"])
        if first and match["unit"] == "thang":
            return match.end(), _months_on(first, count)
        return match.end(), first + timedelta(days=count) if first else None
    if match := _MONTH.match(folded, at):
        return match.end(), _first(int(match["year"]), int(match["month"] or 1))
    return None, None


def _count(words: str) -> int:
    words = " ".join(words.split())
    return int(words) if words.isdecimal() else _COUNTS[words]


def _months_on(day: date, count: int) -> date:
    """The same day so many months later, or the last one of a month that is too short."""
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def _years_on(day: date, years: str) -> date:
    """The last day of so many years that begin on `day`."""
    return _months_on(day, 12 * _count(years)) - timedelta(days=1)


def _first(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 else None


def _counted_from(text: str, said: _Said, match: re.Match[str], metadata: Metadata) -> date | None:
    """The day of signing, or that on which the paper was passed, which its own sentence may give."""
    if match["passed"]:
        before = _rule(r"thong qua (?=ngay )").search(said.folded[said.at : match.start()])
        if before:
            at = said.base + said.at + before.end()
            dated = next(iter(find_dates(text[at : at + 40])), None)
            if dated and dated.start < 6:
                return dated.date
    return metadata.date


def _until(text: str, said: _Said, at: int, since: date) -> tuple[int, date] | None:
    """The last day, where the words right behind the first one give it; where they end."""
    if match := _UNTIL.match(said.folded, at):
        return _last_day(text, said, match.end())
    if match := _LASTS.match(said.folded, at):
        return match.end(), _years_on(since, match["years"])
    return None


def _last_day(text: str, said: _Said, at: int) -> tuple[int, date] | None:
    """The day, or the last one of the month or year, that stands at `at`."""
    start = at - 5 if said.folded.endswith("ngay ", 0, at) else at
    dated = next(iter(find_dates(text[said.base + start : said.base + at + 40])), None)
    if dated and dated.date and dated.start <= at - start:
        return start + dated.end, dated.date
    if match := _YEAR_END.match(said.folded, at):
        year, month = int(match["year"]), int(match["month"] or 12)
        if 1 <= month <= 12:
            following = date(year + month // 12, month % 12 + 1, 1)
            return match.end(), following - timedelta(days=1)
    return None


def _expiry(text: str, said: _Said) -> Term | None:
    """ "… thực hiện đến hết ngày 31/12/2025", "… hết hiệu lực kể từ ngày …", "… áp dụng trong năm 2026"."""
    folded, start = said.folded, said.base + said.at
    clause = folded[said.verb : _clause(folded, said.verb)]
    if match := _ENDS.match(clause):
        if found := _last_day(text, said, said.verb + match.end()):
            last = found[1] - timedelta(days=1) if match["after"] in ("tu", "ke tu") else found[1]
            return Term(start, said.base + found[0], until=last)
        return None
    lasting = _GOES_ON.match(clause)
    if lasting and (found := _last_day(text, said, said.verb + lasting.end())):
        return Term(start, said.base + found[0], until=found[1], work=not lasting["verb"].startswith("co hieu luc"))
    if runs := _RUNS.match(clause):
        year = int(runs["year"] or runs["last"] or runs["school"])
        last = date(year, 8, 31) if runs["school"] else date(year, 12, 31)
        return Term(start, said.base + said.verb + runs.end(), until=last, work=True)
    return None


def _english(text: str, own: Sequence[Passage], metadata: Metadata) -> Term | None:
    """ "This Decree takes effect on July 1, 2016", "… 45 days from the date of its signing"."""
    for passage in own:
        words = text[passage.start : passage.end]
        folded = re.sub(r"\s", " ", fold(words))
        if (match := _ENGLISH.search(folded)) is None:
            continue
        dated = next(iter(find_dates(words[match.end() : match.end() + 40])), None)
        if dated and dated.start < 2:
            return Term(passage.start + match.start(), passage.start + match.end() + dated.end, dated.date)
        signed = _ENGLISH_SIGNED.match(folded, match.end())
        since = metadata.date + timedelta(days=int(signed["days"] or 0)) if signed and metadata.date else None
        end = signed.end() if signed else _clause(folded, match.end())
        return Term(passage.start + match.start(), passage.start + end, since)
    return None


def _properties(text: str) -> tuple[Term | None, Term | None]:
    """The dates of a portal's property table, unless the portal itself says that the paper is in force no more."""
    folded = re.sub(r"\s", " ", fold(text))
    match = _PROPERTY.search(folded)
    if match is None or not re.search(r"\bcon hieu luc\b", folded):
        return None, None
    dated = next(iter(find_dates(text[match.end() : match.end() + 12])), None)
    effect = Term(match.start(), match.end() + dated.end, dated.date) if dated and not dated.start else None
    ends = _PROPERTY_END.search(folded)
    last = next(iter(find_dates(text[ends.end() : ends.end() + 12])), None) if ends else None
    expiry = Term(ends.start(), ends.end() + last.end, until=last.date) if ends and last and not last.start else None
    return effect, expiry
