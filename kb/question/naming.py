"""Papers named in a question, resolved against the base: "36-NQ/TW", "nq 36", "24 2018 QD-UBND", "Decree 30/2020".

Numbers are read strictly first (ingest.symbols), then as people type them: with blanks or dots for dashes, the code
before the number, without their kind. What could as well be words ("30 ct tu van") must be known to the base.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import Span
from ingest.symbols import ISSUERS, TYPES, find_symbols, symbol_key
from ingest.vietnamese import fold
from kb.question.laws import NO_LAWS, Laws

# Type words and codes, folded → the codes a symbol may carry for them (DOMAIN §1.1, §1.2).
_CODES = {
    "nghi quyet": ("NQ",), "nq": ("NQ",), "resolution": ("NQ",),
    "nghi dinh": ("NĐ",), "nd": ("NĐ",), "decree": ("NĐ",),
    "quyet dinh": ("QĐ",), "qd": ("QĐ",), "decision": ("QĐ",),
    "quy dinh": ("QĐ", "QyĐ", "QĐi"), "regulation": ("QĐ", "QyĐ", "QC"),
    "quy che": ("QC",), "qc": ("QC",),
    "chi thi": ("CT",), "ct": ("CT",), "directive": ("CT",),
    "ket luan": ("KL",), "kl": ("KL",), "conclusion": ("KL",),
    "ke hoach": ("KH",), "kh": ("KH",), "plan": ("KH",),
    "thong tu": ("TT", "TTLT"), "tt": ("TT", "TTLT"), "circular": ("TT", "TTLT"),
    "thong bao": ("TB",), "tb": ("TB",), "notice": ("TB",),
    "huong dan": ("HD",), "hd": ("HD",), "guideline": ("HD",), "guidance": ("HD",),
    "chuong trinh hanh dong": ("CTr", "CTHĐ", "CTrHĐ"), "chuong trinh": ("CTr", "CTHĐ"), "ctr": ("CTr",),
    "programme": ("CTr", "CTHĐ"), "program": ("CTr", "CTHĐ"), "action programme": ("CTr", "CTHĐ"),
    "de an": ("ĐA",), "scheme": ("ĐA",), "bao cao": ("BC",), "bc": ("BC",), "report": ("BC",),
    "to trinh": ("TTr",), "ttr": ("TTr",), "submission": ("TTr",),
    "cong van": ("CV", ""), "cv": ("CV", ""), "official letter": ("CV", ""),
    "luat": ("", "QH"), "law": ("", "QH"), "phap lenh": ("PL", "UBTVQH"), "ordinance": ("PL", "UBTVQH"),
}  # fmt: skip
_WORDS = "|".join(sorted((kind for kind in _CODES if len(kind) > 3), key=len, reverse=True))
_VIETNAMESE = tuple(kind for kind in _CODES if " " in kind and kind not in ("action programme", "official letter"))
# Codes as they are typed, and the issuers that make a number of them; "tu" and the like are syllables too.
_TYPES = "nqlt|ttlt|cthd|ctrhd|ctr|ttr|qyd|nq|nd|qd|qc|ct|kl|kh|tt|tb|hd|bc|cv|da|pl"
_PARTY_CODES = frozenset({"tw", "tu", "thu", "hu", "qu", "du"})
_ISSUERS = (
    "tw|tu|thu|hu|qu|du|ttg|cp|ctn|ubtvqh\\d{0,2}|qh\\d{0,2}|hdnd|ubnd|vpcp|ttcp|nhnn|tandtc|vksndtc|ubdt"
    "|bnv|btc|byt|bct|bca|bqp|btp|bxd|bng|bgtvt|bgddt|btnmt|bnnmt|bkhcn|bkhdt|btttt|bnnptnt|bldtbxh|bvhttdl|bdttg"
)
_WORDLIKE = frozenset({"ct", "tt", "hd", "da", "pl", "cv", "tb"})  # of types: "15 ct ubnd" may be fifteen chairmen
_BY = r"[\s./_‐‑–—-]{1,3}"  # what stands between the parts
_NEAR = r"[\s./_‐‑–—-]{0,3}"
_FREE = r"(?<![\w.,/-])"  # where a number or code may begin
_LOOSE = (
    # "24 2018 qd ubnd", "57 nq tw", "57nq/tw"
    re.compile(
        rf"{_FREE}(?P<num>\d{{1,5}}){_NEAR}(?:(?<!\d)(?P<year>(?:19|20)\d\d){_BY})?(?P<type>{_TYPES}){_BY}"
        rf"(?P<issuer>{_ISSUERS})(?!\w)"
    ),
    # "nq57-tw", "kh 86 tu", "nghi dinh 30 2020 cp"
    re.compile(
        rf"{_FREE}(?P<type>{_TYPES}|{_WORDS}){_NEAR}(?:(?:so|no){_BY})?(?P<num>\d{{1,5}}){_BY}"
        rf"(?:(?P<year>(?:19|20)\d\d){_BY})?(?P<issuer>{_ISSUERS})(?!\w|{_BY}(?:{_TYPES})\b)"
    ),
    # "nd-cp 30/2020", "nq/tw 57"
    re.compile(
        rf"{_FREE}(?P<type>{_TYPES})\s?[-/–]\s?(?P<issuer>{_ISSUERS})\s+(?:(?:so|no)\s+)?(?P<num>\d{{1,5}})"
        r"(?:[/ ](?P<year>(?:19|20)\d\d))?(?![\w/]|[.,-]\d)"
    ),
    # "41 2024 qh15"
    re.compile(
        rf"{_FREE}(?P<num>\d{{1,3}}){_BY}(?P<year>(?:19|20)\d\d){_BY}(?P<type>)(?P<issuer>(?:ubtv)?qh\s?\d{{1,2}})(?!\w)"
    ),
)
# "kế hoạch 5 năm", "báo cáo 6 tháng", "thông báo 10 ngày": how long or how many, no number of a paper.
_COUNTED = (
    r"(?!\s*(?:%|(?:thang|ngay)\b(?!\s+\d)|nam\b(?!\s+(?:19|20)\d\d(?![\s–-]+(?:19|20)\d\d))|tuan\b|lan\b|trieu\b|ty\b"
    r"|nghin\b|nguoi\b(?=\W*$)|years?\b|months?\b|days?\b|weeks?\b|people\b|percent\b))"
)
_SHORT = re.compile(
    rf"\b(?P<kind>{'|'.join(sorted(_CODES, key=len, reverse=True))})[\s.-]{{0,3}}(?P<so>so|no\.?|number)?\s*"
    r"(?P<num>\d{1,5}[a-z]?)(?:(?:\s*/\s*|(?P<apart>\s+))(?P<year>(?:19|20)\d\d))?"
    rf"(?![\w.,]*\d|\s*[-–/]\s*[a-z]){_COUNTED}\b"
)
_YEARLY = frozenset({"ND", "QD", "TT", "NQ", ""})  # types whose numbers have the year in them
_A_YEAR = re.compile(r"(?:19|20)\d\d")
# "nghị quyết số" before a number that is complete without it.
_BEFORE = re.compile(rf"\b(?:(?:{_WORDS})\s+)?(?:(?:so|no\.?|number)\s*:?\s*)?$")
# Issuers tried for a short name that nothing in the base resolves: what both sides issue, and what one alone does.
_PARTY = ("TW", "TU")
_STATE = ("CP", "TTg", "UBND", "HĐND")
_ALONE = {"NĐ": ("CP",), "TT": (), "PL": ("UBTVQH",), "KL": ()}


@dataclass(frozen=True, slots=True)
class Named:
    """A paper named at `span` of the question; `symbols` are the canonical symbols it may mean."""

    span: Span
    symbols: tuple[str, ...]
    known: bool  # some document of the base bears or mentions it
    borne: bool = False  # some document bears it
    full: bool = True  # the number was given in full, with its issuer


@dataclass(frozen=True, slots=True)
class _Parts:
    """A number in its parts: number and year as printed, type and issuer folded."""

    num: str
    year: str | None
    type: str
    issuer: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Directory:
    """The symbols and laws the base knows."""

    symbols: dict[str, str] = field(default_factory=dict)  # symbol_key → as printed
    parsed: tuple[_Parts, ...] = ()
    laws: Laws = NO_LAWS
    borne: frozenset[str] = frozenset()  # symbol keys

    @classmethod
    def of(cls, symbols: Iterable[str], laws: Laws = NO_LAWS, borne: Iterable[str] = ()) -> "Directory":
        """From the symbols that the base's papers bear or mention, those that they bear, and the base's laws."""
        known = {symbol_key(symbol): symbol for symbol in symbols}
        parsed = [
            _Parts(match.num.lower(), match.year, fold(match.type or ""), _issuer(match.issuer), symbol)
            for symbol in known.values()
            for match in find_symbols(symbol)[:1]
        ]
        return cls(known, tuple(parsed), laws, frozenset(map(symbol_key, borne)))

    def resolve(
        self, number: str, year: str | None, codes: Sequence[str], issuer: str | None = None
    ) -> tuple[str, ...]:
        """The symbols of the base with this number, of one of these types, of this issuer if one is given, and of this
        year where both have one."""
        wanted = {fold(code) for code in codes}
        return tuple(
            one.symbol
            for one in self.parsed
            if one.num == number
            and one.type in wanted
            and (not year or not one.year or one.year == year)
            and (issuer is None or one.issuer == issuer)
        )


def named(question: str, directory: Directory) -> list[Named]:
    """Every paper named by a number in the question, left to right. The words that lead up to a number ("Quyết định
    số") belong to its span."""
    folded = fold(question)
    found = _strict(question, directory)
    for pattern in _LOOSE:
        for match in pattern.finditer(folded):
            if not _overlaps(match.span(), found) and (one := _loose(match, question, directory)):
                found.append(one)
    for short in _SHORT.finditer(folded):
        if not _overlaps(short.span(), found) and (one := _short(short, directory)):
            found.append(one)
    return sorted((_complete(one, folded, directory) for one in found), key=lambda one: one.span)


def _strict(question: str, directory: Directory) -> list[Named]:
    # Codes are recognised by their capitals; people type them in lower case.
    raised = re.sub(r"\d[\w./\-–]*", lambda match: match.group().upper(), question)
    found = []
    for match in find_symbols(raised if len(raised) == len(question) else question):
        known = directory.symbols.get(symbol_key(match.canonical))
        alike = directory.resolve(match.num.lower(), match.year, (match.type or "",), _issuer(match.issuer))
        symbols = (known,) if known else alike or (match.canonical,)
        found.append(Named(Span(match.start, match.end), symbols, bool(known or alike)))
    return found


def _overlaps(span: tuple[int, int], found: Iterable[Named]) -> bool:
    return any(span[1] > one.span.start and span[0] < one.span.end for one in found)


def _complete(one: Named, folded: str, directory: Directory) -> Named:
    lead = _BEFORE.search(folded, 0, one.span.start)
    start = lead.start() if lead else one.span.start
    borne = any(symbol_key(symbol) in directory.borne for symbol in one.symbols)
    return replace(one, span=Span(start, one.span.end), borne=borne)


def _loose(match: re.Match[str], question: str, directory: Directory) -> Named | None:
    """A number typed with other signs than it is printed with; None where it may as well be words."""
    number, year = match["num"].lstrip("0") or "0", match["year"]
    issuer = re.sub(r"\s", "", match["issuer"])
    codes = _CODES.get(match["type"]) or (TYPES.get(match["type"], ""),)
    known = directory.resolve(number, year, codes, issuer)
    if known:
        return Named(Span(*match.span()), known, True)
    before = fold(question)[: match.start()]
    if _A_YEAR.fullmatch(number) and not year and before.endswith("nam "):
        return None
    typed = [question[slice(*match.span(group))] for group in ("type", "issuer") if match[group]]
    if any(fold(part) != part.lower().replace("đ", "d") for part in typed):
        return None  # "30 kh tư": a syllable with its marks
    signs = re.search(r"[-/–]", match.group())
    coded = all(part.upper() == part or part in ("TTg", "ThU") for part in typed)
    lead = _BEFORE.search(before)
    likely = signs or coded or year or (lead and lead.group())
    if not likely and (issuer in _PARTY_CODES - {"tw"} or match["type"] in _WORDLIKE):
        return None
    return Named(Span(*match.span()), (_printed(match["num"], year, codes[0], issuer),), False)


def _printed(num: str, year: str | None, code: str, issuer: str) -> str:
    """The number as its issuer would print it."""
    body = ISSUERS.get(issuer, issuer.upper())
    if issuer in _PARTY_CODES:
        return f"{num}-{code}/{body}"
    end = "-".join(part for part in (code, body) if part)
    return "/".join(part for part in (num, year, end) if part)


def _short(match: re.Match[str], directory: Directory) -> Named | None:
    """A paper by kind and number; None for a year: "kế hoạch 2025"."""
    codes, number, year = _CODES[match["kind"]], match["num"].lstrip("0") or "0", match["year"]
    start, end = match.span()
    if match["apart"] and fold(codes[0]).upper() not in _YEARLY:
        year, end = None, match.end("num")  # "kế hoạch 86 2023": a plan bears no year
    known = directory.resolve(number, year, codes)
    if not known and _A_YEAR.fullmatch(number) and not match["so"] and not year:
        return None
    symbols = known or _guesses(match["num"].zfill(2), year, codes[0])
    return Named(Span(start, end), symbols, bool(known), full=False)


def _issuer(printed: str) -> str:
    """An issuer as it is compared: several of one paper side by side."""
    return fold(printed).split("+")[0]


def _guesses(number: str, year: str | None, code: str) -> tuple[str, ...]:
    """The commonest symbols with this number, for a paper that the base only mentions."""
    if not code:
        return (f"{number}/{year}/QH15", f"{number}/{year}/QH14", f"{number}/{year}/QH13") if year else ()
    head = f"{number}/{year}" if year else number
    state = tuple(f"{head}/{code}-{issuer}" for issuer in _ALONE.get(code, _STATE))
    party = () if year or code in ("NĐ", "TT", "PL") else tuple(f"{number}-{code}/{issuer}" for issuer in _PARTY)
    return (*party, *state) or (f"{head}/{code}",)


def mentions(symbol: str) -> tuple[str, ...]:
    """How papers mention the paper with this number: by it, or in short by kind and number; folded."""
    found = find_symbols(symbol)
    if not found:
        return (fold(symbol),)
    code, number = found[0].type or "", found[0].num
    kinds = [kind for kind in _VIETNAMESE if code and code in _CODES[kind]]
    numbers = dict.fromkeys((number, number.zfill(2)))
    short = [f"{kind} {so}{each}" for kind in kinds for each in numbers for so in ("", "so ")]
    return (fold(symbol), *short)
