"""Papers named in a question: "36-NQ/TW", "nq 36", "nghị quyết 36", "Decree 30/2020", resolved against the base."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.document import Span
from ingest.symbols import find_symbols, symbol_key
from ingest.vietnamese import fold

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
_SHORT = re.compile(
    rf"\b(?P<kind>{'|'.join(sorted(_CODES, key=len, reverse=True))})\s*(?:so|no\.?|number)?\s*"
    r"(?P<num>\d{1,5}[a-z]?)(?:\s*/\s*(?P<year>(?:19|20)\d\d))?(?![\w.,]*\d|\s*[-–/]\s*[a-z]|\s*%)\b"
)
# Issuers tried for a short name that nothing in the base resolves.
_PARTY = ("TW", "TU")
_STATE = ("CP", "TTg", "UBND", "HĐND")


@dataclass(frozen=True, slots=True)
class Named:
    """A paper named at `span` of the question; `symbols` are the canonical symbols it may mean."""

    span: Span
    symbols: tuple[str, ...]
    known: bool  # some document of the base bears or defines it


@dataclass(frozen=True, slots=True)
class Directory:
    """The symbols and short names the base knows."""

    symbols: dict[str, str] = field(default_factory=dict)  # symbol_key → as printed
    parsed: tuple[tuple[str, str | None, str, str], ...] = ()  # (number, year, folded type, symbol)

    @classmethod
    def of(cls, symbols: Iterable[str]) -> "Directory":
        """From the symbols that the base's papers bear or mention."""
        known = {symbol_key(symbol): symbol for symbol in symbols}
        parsed = [
            (match.num.lower(), match.year, fold(match.type or ""), symbol)
            for symbol in known.values()
            for match in find_symbols(symbol)[:1]
        ]
        return cls(known, tuple(parsed))

    def resolve(self, number: str, year: str | None, codes: Sequence[str]) -> tuple[str, ...]:
        """The symbols of the base with this number, of one of these types, and of this year where both have one."""
        wanted = {fold(code) for code in codes}
        return tuple(
            symbol
            for num, own, code, symbol in self.parsed
            if num == number and code in wanted and (not year or not own or own == year)
        )


def named(question: str, directory: Directory) -> list[Named]:
    """Every paper named in the question, left to right."""
    # Codes are recognised by their capitals; people type them in lower case.
    raised = re.sub(r"\d[\w./\-–]*", lambda match: match.group().upper(), question)
    found = [
        Named(
            Span(match.start, match.end),
            (directory.symbols.get(symbol_key(match.canonical), match.canonical),),
            symbol_key(match.canonical) in directory.symbols,
        )
        for match in find_symbols(raised if len(raised) == len(question) else question)
    ]
    for short in _SHORT.finditer(fold(question)):
        span = Span(*short.span())
        overlapping = [one for one in found if span.end > one.span.start and span.start < one.span.end]
        if not overlapping:
            found.append(_short(short, span, directory))
    return sorted(found, key=lambda one: one.span)


def _short(match: re.Match[str], span: Span, directory: Directory) -> Named:
    codes, number, year = _CODES[match["kind"]], match["num"].lstrip("0") or "0", match["year"]
    known = directory.resolve(number, year, codes)
    return Named(span, known or _guesses(number, year, codes[0]), bool(known))


def _guesses(number: str, year: str | None, code: str) -> tuple[str, ...]:
    """The commonest symbols with this number, for a paper that the base only mentions."""
    if not code:
        return (f"{number}/{year}/QH15", f"{number}/{year}/QH14", f"{number}/{year}/QH13") if year else ()
    if year:
        return tuple(f"{number}/{year}/{code}-{issuer}" for issuer in _STATE)
    return (*(f"{number}-{code}/{issuer}" for issuer in _PARTY), *(f"{number}/{code}-{issuer}" for issuer in _STATE))
