"""What a paper says of itself, read from its own head and foot; what it does not say stays None (DOMAIN §0 rule 3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.document import Metadata, Reading, Span
from ingest.names import sentence_case
from ingest.structure import landmarks
from ingest.structure.zones import Zone, Zoned
from ingest.symbols import SymbolMatch, find_symbols
from ingest.vietnamese import LOWER, UPPER, fold

_GAP = re.compile(r"[ \u00a0]{3,}|\t+|\s*\|\s*|\n")
_BULLETS = re.compile(r"^[\s*_|>#.–—-]+|[\s*_|>#–—-]+$")


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
            yield from _pieces(text, item.block.start, item.block.end)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for gap in [*_GAP.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        words = text[at:stop].strip()
        if words:
            yield Piece(Span(at, stop), words)
        at = gap.end() if gap else end


def _joined(text: str) -> str:
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
        return None
    place = words[match.start("place") : match.end("place")]
    folded = fold(place)
    if tail := _MOTTO_TAIL.match(folded):
        place = place[tail.end() :]
    place = _BULLETS.sub("", place)
    number = find_symbols(place)
    if number:
        place = place[number[-1].end :].strip()
    if not place or len(place) > 40:
        return None
    return Dated(sentence_case(place) if place.isupper() else place, _date(match), Span(match.start(), match.end()))


def _date(match: re.Match[str]) -> date | None:
    digits = [re.sub(r"\D", "", match.group(name)) for name in ("year", "month", "day")]
    if not all(digits):
        return None
    try:
        return date(int(digits[0]), int(digits[1]), int(digits[2]))
    except ValueError:
        return None


class _Head:
    """The letterhead, taken apart."""

    def __init__(self, text: str, zoned: Sequence[Zoned]) -> None:
        self.found = list(pieces(text, zoned, Zone.HEAD))
        self.symbol = self._symbol()
        self.dated = next((d for piece in self.found if (d := place_date(_joined(piece.words)))), None)

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
        """What is left when motto, number, date and rules are taken away: the bodies of the letterhead, line by line."""
        result: list[str] = []
        for piece in self.found:
            words = self._name(_joined(piece.words))
            if (
                words
                and landmarks.is_upper(words)
                and not re.match(r"(?:cong bao|ban sao|du thao|mat|toi mat|hoa toc|khan|thuong khan)\b", fold(words))
            ):
                result.append(words)
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
        return _BULLETS.sub("", words[:cut])


_BODIES = (
    "uy ban nhan dan|hoi dong nhan dan|uy ban thuong vu quoc hoi|van phong quoc hoi|quoc hoi|van phong chinh phu|thu tuong chinh phu|chinh phu|chu tich nuoc|"
    "chu tich uy ban nhan dan|ban chap hanh trung uong|ban chap hanh dang bo|ban chap hanh|ban thuong vu|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|"
    "van phong|ngan hang nha nuoc|kiem toan nha nuoc|thanh tra chinh phu|toa an nhan dan|vien kiem sat nhan dan|vien han lam|tong cuc|chi cuc|cuc|vu|"
    "bo|so|ban|phong|trung tam|truong dai hoc|truong cao dang|truong|vien|hoc vien|hoi|lien hiep|lien doan|mat tran to quoc|uy ban mat tran|uy ban|doan thanh nien|"
    "cong an|bao hiem xa hoi|kho bac nha nuoc|dai hoc|cong ty|tap doan|hop tac xa|benh vien|ban quan ly|hoi dong"
)
_BODY_START = re.compile(rf"\b(?:{_BODIES})\b")
_PARENTS = re.compile(
    r"^(?:uy ban nhan dan|hoi dong nhan dan|dang bo|ban chap hanh trung uong|bo |so |tinh uy|thanh uy|huyen uy|truong|vien|tong cuc|cuc )"
)
_OWN = re.compile(
    r"^(?:so|ban|phong|chi cuc|cuc|tong cuc|vu|van phong|trung tam|thanh uy|huyen uy|quan uy|thi uy|dang uy|tinh uy|truong|vien|hoc vien|uy ban nhan dan|hoi dong nhan dan|thanh tra|benh vien|"
    r"uy ban kiem tra|uy ban mat tran|hoi dong|cong an|chi bo|ban quan ly)\b"
)
_LEVEL = re.compile(r"\b(tinh|thanh pho|huyen|quan|thi xa|phuong|xa|thi tran|dac khu)\b\s+(.+)$")


def bodies(names: Sequence[str]) -> list[str]:
    """The bodies of a letterhead from the top down, lines that belong together joined."""
    joined: list[str] = []
    for name in names:
        for part in _split(name):
            starts = _OWN.match(fold(part)) or _BODY_START.match(fold(part))
            if joined and (not starts or _unfinished(joined[-1])):
                joined[-1] = f"{joined[-1]} {part}"
            else:
                joined.append(part)
    return joined


def _unfinished(name: str) -> bool:
    """Whether a letterhead line breaks inside a name ("BAN QUẢN LÝ DỰ ÁN VÀ")."""
    return fold(name).endswith((" va", ",", " cua", " ve"))


def _split(name: str) -> list[str]:
    """One cell may hold parent and body ("BAN CHẤP HÀNH TRUNG ƯƠNG BAN TUYÊN GIÁO VÀ DÂN VẬN")."""
    folded = fold(name)
    for match in re.finditer(
        r"(?<=\S )(?:so|tong cuc|chi cuc|trung tam|thanh uy|huyen uy|quan uy|dang uy|ban tuyen giao|ban to chuc|ban noi chinh|van phong|ban dan van|uy ban kiem tra|phong|cuc)\b",
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
    """The full name of the issuing body in sentence case: the lowest body of the letterhead, with its parent's place."""
    found = bodies(names)
    if not found:
        return None
    own = found[-1]
    folded = fold(own)
    if (
        len(found) > 1
        and re.match(r"^(?:so|phong|ban quan ly|thanh tra|van phong uy ban|van phong hoi dong)\b", folded)
        and not _LEVEL.search(folded)
    ):
        parent = found[-2]
        level = _LEVEL.search(fold(parent))
        if level and not folded.endswith(level.group(2)):
            own = f"{own} {parent[level.start() :]}"
    return sentence_case(own, place)


def _signature(text: str, zoned: Sequence[Zoned]) -> tuple[str | None, str | None, str | None]:
    """Post and name of the signer and the "TM." words of the (first) signature."""
    found: list[str] = []
    for item in zoned:
        if item.zone is Zone.SIGNATURE:
            found.extend(_joined(piece.words) for piece in _pieces(text, item.block.start, item.block.end))
        elif item.zone is Zone.RECIPIENTS and item.block.cells:
            cells = [text[start:end] for start, end in item.block.cells]
            found.extend(_joined(cell) for cell in cells if cell and not landmarks.RECIPIENTS.match(fold(cell)))
        elif found:
            break
    return _signer([_BULLETS.sub("", line) for line in found])


_MARKER = re.compile(r"^\W*(?P<marker>tm|t/m|kt|k/t|tl|t/l|tuq|t/uq|q)[./\s]*\.?\s*(?=[a-z])")
_MANY = re.compile(rf"(?:tm|kt|tl|tuq|q)\s*[./]|{landmarks.POSTS}")
_NAME_BEGINS = re.compile(rf"(?<=[{UPPER}.)]\s)(?=[{UPPER}][{LOWER}])")
_NAME = re.compile(rf"^(?:[{UPPER}][^\W\d_]*\.?\s+){{1,5}}[{UPPER}][^\W\d_]*\.?$")


def _signer(lines: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """The signer's own post (the second under "KT."), the name, and on whose behalf."""
    posts: list[str] = []
    behalf = name = None
    for line in lines:
        for words in _upper_runs(line):
            folded = fold(words)
            marker = _MARKER.match(folded)
            if marker and marker.group("marker") in ("tm", "t/m"):
                behalf = behalf or words[marker.end() :].strip()
            elif marker:
                continue
            elif re.match(rf"\W*{landmarks.POSTS}", folded) and landmarks.is_upper(words):
                posts.append(words)
            elif not landmarks.is_upper(words) and _NAME.match(words) and not landmarks.SIGNED.match(folded) and posts:
                name = name or words
    return (sentence_case(posts[0]) if posts else None), name, (sentence_case(behalf) if behalf else None)


def _upper_runs(line: str) -> list[str]:
    """A flattened signature cell taken apart: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Đào Mỹ" → its three parts."""
    folded = fold(line)
    cuts = {0, len(line)}
    tail = _NAME_BEGINS.search(line)
    if tail:
        cuts.add(tail.start())
    for match in re.finditer(
        r"(?<=\s)(?:kt|tm|tl|tuq)\s*[./]|(?<=\s)pho (?=[a-z])|(?<=chu tich )(?=chu tich)|\(da ky\)|\[daky\]", folded
    ):
        cuts.add(match.start())
        if match.group(0).startswith(("(", "[")):
            cuts.add(match.end())
    if re.match(r"\W*(?:tm|t/m)\b", folded):
        for match in re.finditer(rf"(?<=\s)(?:kt\.|{landmarks.POSTS}\b(?=\s*(?:[^\W\d_]+\s*){{0,6}}$))", folded):
            cuts.add(match.start())
    edges = sorted(cuts)
    return [part for a, b in zip(edges, edges[1:], strict=False) if (part := line[a:b].strip(" ,;"))]


def _title(text: str, zoned: Sequence[Zoned]) -> str | None:
    words: list[str] = []
    for item in zoned:
        if item.zone is Zone.SUMMARY:
            for line in text[item.block.start : item.block.end].split("\n"):
                if not landmarks.RULE.match(line):
                    words.append(line)
        elif words and item.zone in (Zone.PREAMBLE, Zone.BODY):
            break
    title = _BULLETS.sub("", _joined(" ".join(words)))
    title = re.sub(r"\s*[-–—_]{4,}.*$", "", title)
    title = re.sub(r"(?:\s*\[\d+\]|\s*\(\d\))$", "", title)
    return title or None


_PARTY = re.compile(
    r"\b(?:Ban Thường vụ|Ban Chấp hành(?: Đảng bộ)?|Ban Bí thư|Bộ Chính trị)(?: (?:Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Đảng ủy|tỉnh|thành phố|huyện|Trung ương))?"
)
_STATE = re.compile(
    r"\b(?:Chủ tịch |Thường trực )?(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND) (?:tỉnh|thành phố|huyện|quận|thị xã|phường|xã|đặc khu)\b"
)
_SPEAKS = re.compile(
    r"[^.;]{0,90}?\b(?:ban hành|quyết định|kết luận|yêu cầu|sửa đổi|hướng dẫn|chỉ đạo|thông báo|đề nghị)\b"
)
_PLACE = re.compile(r"(?<= )(tỉnh|thành phố|Thành phố|huyện|quận|thị xã|phường|xã|đặc khu) .*$")


def _authority(zoned: Sequence[Zoned], behalf: str | None, issuer: str | None) -> str | None:
    """In whose name the paper speaks: the line before the bases, else the subject of its enacting words, else the signature's."""
    preamble = [item.block for item in zoned if item.zone is Zone.PREAMBLE]
    for block in preamble:
        words = block.words.strip(" *_")
        if (
            landmarks.is_upper(words)
            and landmarks.AUTHORITY.match(block.folded)
            and not landmarks.DECIDES.match(block.folded)
        ):
            return _PLACE.sub(r"\1", sentence_case(words.rstrip(",:")))
    state = issuer is not None and "nhân dân" in issuer
    for block in reversed(preamble):
        for match in reversed(list((_STATE if state else _PARTY).finditer(block.words))):
            if _SPEAKS.match(block.words, match.end()):
                return match.group(0)
    if state and issuer and (behalf is None or issuer.startswith(behalf)):
        return _PLACE.sub(r"\1", issuer)
    return behalf or issuer


_DRAFT = re.compile(r"^\W*du\s*thao\b")
_INTERNAL = re.compile(r"luu hanh noi bo|noi bo, khong pho bien|tai lieu noi bo")


def metadata(reading: Reading, zoned: Sequence[Zoned]) -> Metadata:
    """The metadata of a paper from its zones."""
    text = reading.text
    head = _Head(text, zoned)
    kind = next((landmarks.kind_of_line(item.block.words) for item in zoned if item.zone is Zone.TITLE), None)
    kind = {"Thuyết minh tóm tắt": "Thuyết minh", "Chương trình hành động": "Chương trình"}.get(kind or "", kind)
    inferred: set[str] = set()
    subject = any(landmarks.SUBJECT.match(item.block.folded) for item in zoned if item.zone is Zone.SUMMARY)
    if kind is None and head.symbol is not None and (head.symbol.family == "state_letter" or subject):
        kind = "Công văn"
        inferred.add("kind")
    place = head.dated.place if head.dated else None
    issuer = issuer_name(head.names(), place)
    role, signer, behalf = _signature(text, zoned)
    start = [item.block.folded for item in zoned[:12]]
    return Metadata(
        symbol=head.symbol.canonical if head.symbol else None,
        kind=kind,
        issuer=issuer,
        authority=_authority(zoned, behalf, issuer),
        place=place,
        date=head.dated.date if head.dated else None,
        title=_title(text, zoned),
        signer_role=role,
        signer=signer,
        draft=any(_DRAFT.match(words) for words in start),
        internal=any(_INTERNAL.search(words) for words in start),
        inferred=frozenset(inferred),
    )
