"""Số ký hiệu: finding document numbers in running text and printing them in one form (DOMAIN §1.3).

Matched on folded text, so lost marks, Eth and case do not matter; look-alike dashes and slashes, blanks and one line
break inside a number are allowed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class SymbolMatch:
    """A document number in a text.

    `family`: state_normative, assembly, state_admin, state_letter, party or old_state. `num` is without leading zeros
    and thousands dots, `issuer` folded and in capitals (joint issuers joined by "+"), `canonical` the printed form with
    blanks and look-alike letters repaired ("09/2022/QĐ-UBND").
    """

    start: int
    end: int
    family: str
    num: str
    year: str | None
    type: str | None
    issuer: str
    canonical: str


# Folded code → the code as it is printed (NĐ 30/2020 Phụ lục III; HD 36-HD/VPTW; normative types).
TYPES = {
    fold(code): code
    for code in [
        "NQ",
        "NĐ",
        "QĐ",
        "CT",
        "QC",
        "QyĐ",
        "QĐi",
        "TC",
        "TB",
        "HD",
        "CTr",
        "CTHĐ",
        "CTrHĐ",
        "KH",
        "PA",
        "ĐA",
        "BC",
        "BB",
        "TTr",
        "CĐ",
        "BGN",
        "BTT",
        "GUQ",
        "GM",
        "GGT",
        "GNP",
        "PG",
        "PC",
        "PB",
        "SY",
        "TrS",
        "SL",
        "TT",
        "TTLT",
        "NQLT",
        "VBHN",
        "PL",
        "L",
        "Lc",
        "KL",
        "CV",
        "BS",
        "QTr",
        "ĐL",
        "TG",
        "TL",
        "SL",
        "HP",
        "LB",
        "TLN",
        "QCh",
    ]
}
TYPES["hd"] = "HD"
PARTY_TYPES = frozenset(
    fold(code)
    for code in [
        "NQ",
        "CT",
        "KL",
        "QĐ",
        "QC",
        "TB",
        "HD",
        "TTr",
        "TT",
        "CTr",
        "KH",
        "BC",
        "BB",
        "CV",
        "ĐA",
        "PA",
        "QTr",
        "BS",
        "QĐi",
        "CTHĐ",
        "CTrHĐ",
        "QyĐ",
        "TC",
        "ĐL",
        "GM",
        "SL",
        "TrS",
        "SY",
        "PB",
    ]
)
ISSUERS = {
    "tw": "TW",
    "tu": "TU",
    "thu": "ThU",
    "hu": "HU",
    "qu": "QU",
    "du": "ĐU",
    "cb": "CB",
    "ttg": "TTg",
    "cp": "CP",
    "ctn": "CTN",
    "hdnd": "HĐND",
    "ubnd": "UBND",
    "hdbt": "HĐBT",
    "bgddt": "BGDĐT",
    "twdtn": "TWĐTN",
    "ldtbxh": "LĐTBXH",
    "bldtbxh": "BLĐTBXH",
    "bkhdt": "BKHĐT",
    "ctubnd": "CTUBND",
    "tpu": "TpU",
}

_DASH = r"[-‐‑‒–—−~]"
_SLASH = r"[/⁄∕／]"
_GAP = r"[ \t\u00a0]{0,2}\n?[ \t\u00a0]{0,2}"
_D = rf"{_GAP}{_DASH}{_GAP}"
_S = rf"{_GAP}{_SLASH}{_GAP}"
_NUM = r"(?P<num>\d{1,5}(?:\.\d{3})?(?:bis|[a-z])?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CODE = r"[a-z](?:[a-z&]|\.(?=[a-z])){0,14}\d{0,2}"
_START = r"(?:(?<![\w/⁄∕.,])|(?<=so)|(?<=\bno))"
_END = r"(?![\w&])"
_TYPE = "(?P<type>" + "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True)) + ")"
_CHAIN = rf"(?P<issuer>{_CODE}(?:{_D}{_CODE}){{0,3}})"

_ASSEMBLY = re.compile(rf"{_START}{_NUM}{_S}{_YEAR}{_S}(?P<issuer>(?:ubtv)?qh{_GAP}\d{{0,2}}){_END}")
# Before 2002 ministries often wrote a slash before their code: "172/1998/TT/BTC".
_NORMATIVE = re.compile(
    rf"{_START}{_NUM}{_S}{_YEAR}{_S}{_TYPE}(?:{_D}{_CHAIN}|(?P<slash>{_S})(?P<ministry>{_CODE})|(?P<glued>cp|ttg)){_END}"
)
_PARTY = re.compile(rf"{_START}{_NUM}(?:{_D}|[ \u00a0]){_TYPE}{_S}(?P<issuer>{_CODE})(?:{_D}(?P<unit>{_CODE}))?{_END}")
_ADMIN = re.compile(rf"{_START}{_NUM}{_S}{_TYPE}{_D}{_CHAIN}{_END}")
_LETTER = re.compile(rf"{_START}{_NUM}{_S}(?P<issuer>{_CODE}){_D}(?P<unit>{_CODE}(?:{_D}{_CODE}){{0,2}}){_END}")
_OLD = re.compile(rf"{_START}{_NUM}(?P<sep>{_D}|{_S})(?P<issuer>hdbt|cp|ttg|ct){_END}")
_OLD_SLASH = re.compile(r"^(\d+[a-z]*/\d{4}/[a-z]+)/")
_OLD_CONTEXT = re.compile(r"(?:nghi dinh|quyet dinh|chi thi|nghi quyet|thong tu|so)\W*(?:so\W*)?$")
_CANDIDATE = re.compile(rf"\d(?:bis|[a-z])?{_GAP}(?:{_SLASH}|{_DASH}|[ \u00a0](?=[a-z]{{1,5}}{_GAP}{_SLASH}))")


def _mended(text: str) -> str:
    """A printed code without blanks and with its look-alike letters repaired."""
    return re.sub(r"\s+", "", text).translate(str.maketrans("ÐƉð", "ĐĐđ"))


def _code(printed: str) -> str:
    """An issuer code as it should be printed."""
    mended = _mended(printed)
    known = ISSUERS.get(fold(mended))
    if known:
        return known
    return mended.upper() if mended.islower() else mended


def _type(printed: str) -> str:
    mended = _mended(printed)
    folded = fold(mended)
    if folded == "da":
        return "ĐA" if "Đ" in mended.upper() else "DA"
    if folded == "hd":
        return "HĐ" if "Đ" in mended.upper() else "HD"
    return TYPES[folded]


def _codes(chain: str) -> list[str]:
    return [_code(code) for code in re.split(_DASH, _mended(chain)) if code]


def _number(raw: str) -> str:
    digits = raw.replace(".", "")
    return digits.lstrip("0") or digits


def _capitals(text: str) -> bool:
    """Whether a printed code is one: it has a capital and no word in lower case."""
    return any(char.isupper() for char in text) and not re.search(r"[^\W\d_]*[a-zà-ỹ]{4,}", text)


class _Finder:
    """The readings of one place, tried from the most to the least specific."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded

    def at(self, start: int) -> SymbolMatch | None:
        """The number that begins at `start`."""
        return (
            self._assembly(start)
            or self._normative(start)
            or self._party(start)
            or self._admin(start)
            or self._letter(start)
            or self._old(start)
        )

    def _printed(self, match: re.Match[str], group: str) -> str:
        return self.text[match.start(group) : match.end(group)]

    def _assembly(self, start: int) -> SymbolMatch | None:
        if not (match := _ASSEMBLY.match(self.folded, start)):
            return None
        issuer = _mended(match.group("issuer")).upper()
        num, year = match.group("num"), match.group("year")
        canonical = f"{num}/{year}/{issuer}"
        return SymbolMatch(start, match.end(), "assembly", _number(num), year, None, issuer, canonical)

    def _normative(self, start: int) -> SymbolMatch | None:
        if not (match := _NORMATIVE.match(self.folded, start)):
            return None
        kind = _type(self._printed(match, "type"))
        group = next(name for name in ("issuer", "ministry", "glued") if match.group(name))
        if group == "ministry" and not self._printed(match, group).isupper():
            return None
        codes = _codes(self._printed(match, group))
        num, year = match.group("num"), match.group("year")
        canonical = f"{num}/{year}/{kind}{'/' if match.group('slash') else '-'}{'-'.join(codes)}"
        issuer = "+".join(fold(code).upper() for code in codes)
        return SymbolMatch(start, match.end(), "state_normative", _number(num), year, kind, issuer, canonical)

    def _party(self, start: int) -> SymbolMatch | None:
        match = _PARTY.match(self.folded, start)
        if not match or match.group("type") not in PARTY_TYPES:
            return None
        if not (_capitals(self._printed(match, "type")) and self._printed(match, "issuer")[:1].isupper()):
            return None
        kind, code, num = _type(self._printed(match, "type")), _code(self._printed(match, "issuer")), match.group("num")
        end, unit = match.end(), ""
        if match.group("unit"):
            if _capitals(self._printed(match, "unit")):
                unit = "-" + _code(self._printed(match, "unit"))
            else:
                end = match.end("issuer")
        issuer = fold(code).upper()
        return SymbolMatch(start, end, "party", _number(num), None, kind, issuer, f"{num}-{kind}/{code}{unit}")

    def _admin(self, start: int) -> SymbolMatch | None:
        match = _ADMIN.match(self.folded, start)
        if not match or not _capitals(self._printed(match, "type") + self._printed(match, "issuer")[:3]):
            return None
        kind, codes, num = (
            _type(self._printed(match, "type")),
            _codes(self._printed(match, "issuer")),
            match.group("num"),
        )
        issuer = "+".join(fold(code).upper() for code in codes)
        return SymbolMatch(
            start, match.end(), "state_admin", _number(num), None, kind, issuer, f"{num}/{kind}-{'-'.join(codes)}"
        )

    def _letter(self, start: int) -> SymbolMatch | None:
        match = _LETTER.match(self.folded, start)
        if not match or len(match.group("issuer")) < 2 or not match.group("unit"):
            return None
        printed = self._printed(match, "issuer"), self._printed(match, "unit")
        if not (
            _capitals(printed[0]) and printed[0][:2].isupper() and _capitals(printed[1]) and printed[1][:1].isupper()
        ):
            return None
        issuer, units, num = _code(printed[0]), _codes(printed[1]), match.group("num")
        canonical = f"{num}/{issuer}-{'-'.join(units)}"
        return SymbolMatch(
            start, match.end(), "state_letter", _number(num), None, None, fold(issuer).upper(), canonical
        )

    def _old(self, start: int) -> SymbolMatch | None:
        match = _OLD.match(self.folded, start)
        if not match or not _capitals(self._printed(match, "issuer")):
            return None
        before = self.folded[max(0, start - 24) : start]
        if not _OLD_CONTEXT.search(before) or (
            match.group("issuer") == "ct" and not re.search(r"(?:quyet dinh|chi thi)\W*(?:so\W*)?$", before)
        ):
            return None
        code, num = _code(self._printed(match, "issuer")), match.group("num")
        sep = "/" if re.search(_SLASH, match.group("sep")) else "-"
        return SymbolMatch(
            start, match.end(), "old_state", _number(num), None, None, fold(code).upper(), f"{num}{sep}{code}"
        )


def _matches(text: str) -> Iterator[SymbolMatch]:
    folded = fold(text)
    finder = _Finder(text, folded)
    position = 0
    for candidate in _CANDIDATE.finditer(folded):
        if candidate.start() < position:
            continue
        start = candidate.start()
        while start > position and (
            folded[start - 1].isdigit() or (folded[start - 1] == "." and start > 1 and folded[start - 2].isdigit())
        ):
            start -= 1
        if found := finder.at(start):
            yield found
            position = found.end


def find_symbols(text: str) -> list[SymbolMatch]:
    """Every document number in `text`, in order, without overlaps."""
    return list(_matches(text))


def canonical(text: str) -> str | None:
    """The number that `text` as a whole is, printed canonically; None if it is none."""
    found = find_symbols(text)
    return found[0].canonical if found else None


def symbol_key(symbol: str) -> str:
    """A form under which equal numbers compare equal: folded, without leading zeros, "TT/BTC" as "TT-BTC"."""
    bare = re.sub(r"^0+(?=\d)", "", fold(re.sub(r"\s+", "", symbol)))
    return _OLD_SLASH.sub(r"\1-", bare)
