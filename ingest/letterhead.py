"""The letterhead of a paper, taken apart: bodies, number, place and date (DOMAIN §1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.dates import find_dates
from ingest.document import Span
from ingest.names import sentence_case
from ingest.structure import landmarks
from ingest.structure.blocks import Block, shown
from ingest.structure.labels import lex
from ingest.structure.seams import seams
from ingest.structure.zones import Zone, Zoned
from ingest.symbols import SymbolMatch, find_symbols
from ingest.vietnamese import fold

_GAP = re.compile(r"[ \u00a0]{3,}|\t+|\s*\|\s*|\n|<br ?/?>")
BULLETS = re.compile(r"^[\s*_|>#.–—-]+|[\s*_|>#–—-]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the head that stands alone: a line, a cell, one side of a two-column line."""

    span: Span
    words: str

    @property
    def folded(self) -> str:
        """The words folded."""
        return fold(self.words)


def pieces(text: str, zoned: Sequence[Zoned], zone: Zone) -> Iterator[Piece]:
    """The pieces of every block in `zone`, in order."""
    for item in zoned:
        if item.zone is zone:
            yield from pieces_of(text, item.block)


def pieces_of(text: str, block: Block) -> Iterator[Piece]:
    """The pieces of one block, their words as printed."""
    start, end = block.start, block.end
    gaps = [Span(*gap.span()) for gap in _GAP.finditer(text, start, end)]
    gaps += [Span(start + cut, start + cut) for cut in seams(text[start:end])]
    at = start
    for gap in [*sorted(gaps), Span(end, end)]:
        words = text[at : gap.start].strip()
        if words:
            yield Piece(Span(at, gap.start), shown(words, block.caps))
        at = gap.end


def joined(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Dated:
    """Place and date of a "Hà Nội, ngày 05 tháng 3 năm 2020" line."""

    place: str
    date: date | None
    span: Span


_MOTTO_TAIL = re.compile(r"^.*(?:hanh phuc|viet nam|freedom|happiness)[\s\-–—*_]*")


def place_date(words: str) -> Dated | None:
    """The place and date in `words`; the date is None when its day or month was left blank."""
    match = landmarks.PLACE_DATE.search(fold(words))
    if not match:
        return _place_date_abroad(words)
    place = words[match.start("place") : match.end("place")]
    folded = fold(place)
    if tail := _MOTTO_TAIL.match(folded):
        place = place[tail.end() :]
    place = BULLETS.sub("", place)
    number = find_symbols(place)
    if number:
        place = place[number[-1].end :].strip()
    place = re.sub(r"^(?:\S*[A-ZĐ]{2}\S*[-/]\S*\s+|[A-ZĐ]{2,}[\w-]*-[A-ZĐ]\S*\s+)+", "", place)
    if not place or len(place) > 40:
        return None
    return Dated(sentence_case(place) if place.isupper() else place, _date(match), Span(match.start(), match.end()))


_PLACE_ABROAD = re.compile(r"\W*(?P<place>[^\W\d_][^,;:\d]{1,40}?)\s*,\s*(?:on |dated )?(?=[A-Z\d])")


def _place_date_abroad(words: str) -> Dated | None:
    """The place and date of a translation, alone on their line: "Ha Noi, April 24, 2025"."""
    match = _PLACE_ABROAD.match(words)
    dated = next(iter(find_dates(words[match.end() :])), None) if match else None
    if match is None or dated is None or dated.start or words[match.end() + dated.end :].strip(" .*_"):
        return None
    return Dated(match.group("place"), dated.date, Span(match.start("place"), match.end() + dated.end))


def _date(match: re.Match[str]) -> date | None:
    digits = [re.sub(r"\D", "", match.group(name)) for name in ("year", "month", "day")]
    if not all(digits):
        return None
    try:
        return date(int(digits[0]), int(digits[1]), int(digits[2]))
    except ValueError:
        return None


_CONSOLIDATED_HEAD = re.compile(r"^VĂN BẢN HỢP NHẤT\s*[-–]\s*")
_STAMPS = re.compile(r"^\W*(?:ban sao|du thao|mat|toi mat|tuyet mat|hoa toc|khan|thuong khan|sao y)\b")
_NO_NAME = (landmarks.GAZETTE, landmarks.APPENDIX, _STAMPS)


class Letterhead:
    """The letterhead, taken apart."""

    def __init__(self, text: str, zoned: Sequence[Zoned]) -> None:
        self.found = list(pieces(text, zoned, Zone.HEAD))
        self.symbol = self._symbol()
        lines = [line for item in zoned if item.zone is Zone.HEAD for line in item.block.words.split("\n")]
        stretches = [joined(piece.words) for piece in self.found] + [joined(line) for line in lines]
        # the whole lines after the pieces: a blank day parts "…, ngày      tháng 9 năm 2025"
        self.dated = next((d for words in stretches if (d := place_date(words))), None)

    def _symbol(self) -> SymbolMatch | None:
        numbered = [
            piece
            for piece in self.found
            if landmarks.NUMBER_LINE.match(piece.folded) or re.search(r"\bso\s*:", piece.folded)
        ]
        for piece in [*numbered, *(p for p in self.found if len(p.words) < 40)]:
            found = find_symbols(piece.words)
            if found:
                return found[0]
        return None

    def names(self) -> list[str]:
        """The bodies of the letterhead, line by line: what is left without motto, number, date and rules."""
        result: list[str] = []
        for piece in self.found:
            if lex(piece.words) or any(pattern.match(piece.folded) for pattern in _NO_NAME):
                continue
            words = _CONSOLIDATED_HEAD.sub("", self._name(joined(piece.words)))
            if words and landmarks.is_upper(words) and ".." not in words and not words.startswith("/"):
                joint = re.search(r"\S [-–]$", joined(piece.words)) is not None  # "BỘ GIÁO DỤC VÀ ĐÀO TẠO -"
                result.append(f"{words} -" if joint else words)
        return result

    @staticmethod
    def _name(words: str) -> str:
        folded = fold(words)
        if landmarks.ADDRESSEE.match(folded) or landmarks.SUBJECT.match(folded):
            return ""
        cut = len(words)
        if match := landmarks.MOTTO.search(folded):
            cut = match.start()
        if number := re.search(r"\bso\s*[:.]?\s*(?:\d|\.\.|/|$)|\bso\s*:", folded[:cut]):
            cut = number.start()
        if dated := landmarks.PLACE_DATE.search(folded[:cut]):
            cut = dated.start()
        return BULLETS.sub("", words[:cut])


_BODIES = (
    "uy ban nhan dan|hoi dong nhan dan|uy ban thuong vu quoc hoi|van phong quoc hoi|quoc hoi|van phong chinh "
    "phu|thu tuong chinh phu|chinh phu|chu tich nuoc|"
    "chu tich uy ban nhan dan|ban chap hanh trung uong|ban chap hanh dang bo|ban chap hanh|ban thuong vu|tinh "
    "uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|"
    "van phong|ngan hang nha nuoc|kiem toan nha nuoc|thanh tra chinh phu|toa an nhan dan|vien kiem sat nhan dan|"
    "vien han lam|tong cuc|chi cuc|cuc|vu|"
    "bo|so|ban|phong|trung tam|truong dai hoc|truong cao dang|truong|vien|hoc vien|hoi|lien hiep|lien doan|mat "
    "tran to quoc|uy ban mat tran|uy ban|doan thanh nien|"
    "cong an|bao hiem xa hoi|kho bac nha nuoc|dai hoc|cong ty|tap doan|hop tac xa|benh vien|ban quan ly|hoi dong"
)
_BODY_START = re.compile(rf"\b(?:{_BODIES})\b")
_PARENTS = re.compile(
    r"^(?:uy ban nhan dan|hoi dong nhan dan|dang bo|ban chap hanh trung uong|bo |so |tinh uy|thanh uy|huyen uy|"
    r"truong|vien|tong cuc|cuc )"
)
_OWN = re.compile(
    r"^(?:so|ban|phong|chi cuc|cuc|tong cuc|vu|van phong|trung tam|thanh uy|huyen uy|quan uy|thi uy|dang uy|"
    r"tinh uy|truong|vien|hoc vien|uy ban nhan dan|hoi dong nhan dan|thanh tra|benh vien|"
    r"uy ban kiem tra|uy ban mat tran|hoi dong|cong an|chi bo|ban quan ly)\b"
)
_PARTY_ORGAN = re.compile(
    r"ban (?:to chuc|tuyen giao|dan van|tuyen giao va dan van|noi chinh|kinh te|can su dang|chap hanh|thuong vu)"
    r"|uy ban kiem tra|van phong"
)
_COMMITTEE = re.compile(r"(?:tinh|thanh|huyen|quan|thi|dang) uy\b|dang bo\b")
_LEVEL = re.compile(r"\b(tinh|thanh pho|huyen|quan|thi xa|phuong|xa|thi tran|dac khu)\b\s+(.+)$")


def bodies(names: Sequence[str]) -> list[str]:
    """The bodies of a letterhead from the top down, lines that belong together joined."""
    joined: list[str] = []
    for name in names:
        for part in _split(name):
            starts = _OWN.match(fold(part)) or _BODY_START.match(fold(part))
            if joined and (not starts or _unfinished(joined[-1]) or _named_below(joined[-1], part)):
                joined[-1] = f"{joined[-1]} {part}"
            else:
                joined.append(part)
    return joined


def _unfinished(name: str) -> bool:
    """Whether a letterhead line breaks inside a name ("BAN QUẢN LÝ DỰ ÁN VÀ")."""
    return fold(name).endswith((" va", ",", " cua", " ve", " -"))


def _named_below(name: str, below: str) -> bool:
    """Whether a line is the place of the one above: "ỦY BAN NHÂN DÂN TỈNH", "TRƯỜNG LĨNH"."""
    return bool(_NAMELESS.fullmatch(fold(name))) and len(below.split()) <= 3 and not _OFFICE.match(fold(below))


_NAMELESS = re.compile(
    r"(?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd) (?:tinh|thanh pho|huyen|quan|thi xa|phuong|xa|thi tran|dac khu)"
)
_OFFICE = re.compile(r"(?:so|phong|ban|van phong|thanh tra|trung tam|chi cuc|cong an)\b")


def _split(name: str) -> list[str]:
    """One cell may hold parent and body ("BAN CHẤP HÀNH TRUNG ƯƠNG BAN TUYÊN GIÁO VÀ DÂN VẬN")."""
    folded = fold(name)
    for match in re.finditer(
        r"(?<=\S )(?:so|tong cuc|chi cuc|trung tam|thanh uy|huyen uy|quan uy|dang uy|ban tuyen giao|ban to chuc|"
        r"ban noi chinh|van phong|ban dan van|uy ban kiem tra|cuc)\b",
        folded,
    ):
        before = folded[: match.start()].strip()
        if (
            _PARENTS.match(before)
            and not before.endswith((" va", ",", " cua", "truong", "pho"))
            and not re.match(r"so$|bo$", before)
        ):
            return [name[: match.start()].strip(), *_split(name[match.start() :].strip())]
    return [name]


def issuer_name(names: Sequence[str], place: str | None) -> str | None:
    """The full name of the issuing body in sentence case: the letterhead's lowest body, with its parent's place."""
    found = bodies(names)
    if not found:
        return None
    own = found[-1].removesuffix(" -")
    folded = fold(own)
    if (
        len(found) > 1
        and re.match(r"^(?:so|phong|ban quan ly|thanh tra|van phong uy ban|van phong hoi dong)\b", folded)
        and not _LEVEL.search(folded)
    ):
        parent = found[-2]
        level = _LEVEL.search(fold(parent))
        if level and not folded.endswith(level.group(2)):
            # "THANH TRA TỈNH" under "ỦY BAN NHÂN DÂN TỈNH …" lacks the name alone
            named = folded.endswith(f" {level.group(1)}")
            own = f"{own} {parent[level.start(2 if named else 0) :]}"
    elif len(found) > 1 and _PARTY_ORGAN.fullmatch(folded) and _COMMITTEE.match(fold(found[-2])):
        own = f"{own} {found[-2]}"
    return sentence_case(own, place)
