"""What a paper says of itself, read from its own head and foot; what it does not say stays None (DOMAIN §0 rule 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

from ingest.dates import find_dates
from ingest.document import Metadata, Reading
from ingest.letterhead import BULLETS, Letterhead, issuer_name, joined, pieces_of, place_date
from ingest.names import kind_word, sentence_case
from ingest.secrecy import is_draft, is_internal
from ingest.signature import PRESIDIUM, Signer, signer
from ingest.structure import landmarks
from ingest.structure.zones import Zone, Zoned, first_paper
from ingest.symbols import SymbolMatch, find_symbols
from ingest.vietnamese import fold


def _title(text: str, zoned: Sequence[Zoned]) -> str | None:
    words: list[str] = []
    for item in zoned:
        if item.zone is Zone.SUMMARY:
            lines = text[item.block.start : item.block.end].split("\n")
            words.extend(line for line in lines if not landmarks.RULE.match(line))
        elif words and item.zone in (Zone.PREAMBLE, Zone.BODY):
            break
    return _tidy_title(" ".join(words))


def _tidy_title(raw: str) -> str | None:
    title = BULLETS.sub("", joined(raw))
    title = re.sub(r"\s*[-–—_]{4,}.*$", "", title)
    title = re.sub(r"(?:\s*\[\d+\]|\s*\(\d\))$", "", title)
    return title or None


def _annex(text: str, zoned: Sequence[Zoned]) -> str | None:
    """The title of an annex filed alone; None when the paper has a head of its own."""
    words: list[str] = []
    for item in zoned:
        if item.zone is Zone.APPENDIX and not (words and item.opens):
            words.append(item.block.words)
        elif words or item.zone in (Zone.TITLE, Zone.BODY):
            break
    lines = [line for line in words if landmarks.is_upper(line) and not landmarks.ATTACHED_WITH.match(fold(line))]
    title = " ".join(lines)
    if match := landmarks.APPENDIX.match(fold(title)):
        title = title[match.end() :]
    return _tidy_title(title)


_PARTY = re.compile(
    r"\b(?:Ban Thường vụ|Ban Chấp hành(?: Đảng bộ)?|Ban Bí thư|Bộ Chính trị)(?: (?:Tỉnh ủy|Thành ủy|Huyện ủy|"
    r"Quận ủy|Đảng ủy|tỉnh|thành phố|huyện|Trung ương))?"
)
_STATE = re.compile(
    r"\b(?:Chủ tịch |Thường trực )?(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND) (?:tỉnh|thành phố|huyện|quận|"
    r"thị xã|phường|xã|đặc khu)\b"
)
_SPEAKS = re.compile(
    r"[^.;]{0,90}?\b(?:ban hành|quyết định|quy định|kết luận|yêu cầu|sửa đổi|hướng dẫn|chỉ đạo|thông báo|đề nghị)\b"
)
_PLACE = re.compile(r"(?<= )(tỉnh|thành phố|Thành phố|huyện|quận|thị xã|phường|xã|đặc khu) .*$")


def _authority(zoned: Sequence[Zoned], behalf: str | None, issuer: str | None) -> str | None:
    """In whose name the paper speaks: by the line before the bases, its enacting words or its signature."""
    preamble = [item.block for item in zoned if item.zone is Zone.PREAMBLE]
    for block in preamble:
        words = _WIRES.sub("", block.words.strip(" *_"))
        if (
            landmarks.is_upper(words)
            and landmarks.AUTHORITY.match(block.folded)
            and not landmarks.DECIDES.match(block.folded)
        ):
            return _PLACE.sub(r"\1", sentence_case(words.rstrip(",:")))
    if titled := _titled(zoned):
        return titled
    state = issuer is not None and "nhân dân" in issuer
    for block in reversed(preamble):
        for match in reversed(list((_STATE if state else _PARTY).finditer(block.words))):
            cited = block.words[: match.start()].endswith("của ")
            if not cited and _SPEAKS.match(block.words, match.end()):
                return match.group(0)
    if state and issuer and (behalf is None or issuer.startswith(behalf)):
        return _PLACE.sub(r"\1", issuer)
    return _of_committee(behalf, issuer) or issuer


def _titled(zoned: Sequence[Zoned]) -> str | None:
    """The author that the title names below its type word: "CHỈ THỊ / CỦA BAN THƯỜNG VỤ TỈNH ỦY"."""
    for item in zoned:
        words = joined(item.block.words).strip(" *_")
        if item.zone is Zone.TITLE and fold(words).startswith("cua ban ") and landmarks.is_upper(words):
            return sentence_case(words[4:])
    return None


def _of_committee(behalf: str | None, issuer: str | None) -> str | None:
    """A Party body that signs by its bare name with its committee: "Ban Thường vụ" → "Ban Thường vụ Tỉnh ủy"."""
    if behalf == PRESIDIUM:
        return None  # it speaks for the congress, whose paper it is
    committee = _COMMITTEE.match(issuer) if issuer else None
    if behalf and committee and fold(behalf) in ("ban thuong vu", "thuong truc"):
        return f"{behalf} {committee.group()}"
    return behalf


_COMMITTEE = re.compile(r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy\b")
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH … điện:" above the addressees of a telegram
_WIRES = re.compile(r"\s+(?:điện|ĐIỆN)\s*:?\s*$")
_PASSED = re.compile(r"thong qua ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_SELF = re.compile(
    r"^\W*(?P<kind>"
    + "|".join(sorted(map(fold, landmarks.KINDS), key=len, reverse=True))
    + r"|"
    + "|".join(sorted(landmarks.ENGLISH_KINDS, key=len, reverse=True))
    + r")"
    r" (?:so|no\.?) (?=\S)"
)
_ISSUERS_BY_CODE = dict(
    line.split(",", 1) for line in files("ingest").joinpath("data/issuers.csv").read_text("utf-8").splitlines()[1:]
)
_ENGLISH_ISSUERS = {
    "the government": "Chính phủ",
    "government": "Chính phủ",
    "the prime minister": "Thủ tướng Chính phủ",
    "prime minister": "Thủ tướng Chính phủ",
    "the national assembly": "Quốc hội",
    "national assembly": "Quốc hội",
    "the president": "Chủ tịch nước",
    "the standing committee of the national assembly": "Ủy ban Thường vụ Quốc hội",
}


@dataclass(slots=True)
class _Found:
    """Metadata while they are being gathered."""

    symbol: SymbolMatch | None = None
    kind: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: date | None = None
    title: str | None = None
    role: str | None = None
    inferred: set[str] = field(default_factory=set)


def _english(text: str) -> bool:
    sample = text[:20_000]
    letters = sum(char.isalpha() for char in sample)
    return letters > 200 and sum(1 for char in sample if char.isalpha() and not char.isascii()) < letters * 0.02


def _from_head(text: str, zoned: Sequence[Zoned]) -> _Found:
    head = Letterhead(text, zoned)
    found = _Found(head.symbol, title=_title(text, zoned))
    kind = next((landmarks.kind_of_line(item.block.words) for item in zoned if item.zone is Zone.TITLE), None)
    found.kind = {"Thuyết minh tóm tắt": "Thuyết minh", "Chương trình hành động": "Chương trình"}.get(kind or "", kind)
    subject = any(landmarks.SUBJECT.match(item.block.folded) for item in zoned if item.zone is Zone.SUMMARY)
    if kind is None and head.symbol is not None and (head.symbol.family == "state_letter" or subject):
        found.kind = "Công văn"
        found.inferred.add("kind")
    if head.dated:
        found.place, found.date = head.dated.place, head.dated.date
    if head.symbol is None:
        _from_gazette_title(text, zoned, found)
    if found.kind or head.symbol or head.dated:
        found.issuer = issuer_name(head.names(), found.place)
    return found


def _from_gazette_title(text: str, zoned: Sequence[Zoned], found: _Found) -> None:
    """A gazette's title has no letterhead: "NGHỊ ĐỊNH / CỦA CHÍNH PHỦ SỐ 29/1998/NĐ-CP NGÀY 11 THÁNG 5 NĂM 1998"."""
    title = [item.block for item in zoned if item.zone in (Zone.TITLE, Zone.SUMMARY)][1:]
    words = joined(" ".join(text[block.start : block.end] for block in title))
    numbers = find_symbols(words[:140])
    if not numbers or not re.fullmatch(r"cua (?:(?! so ).)+ so ", fold(words[: numbers[0].start])):
        return
    found.symbol = numbers[0]
    rest = words[found.symbol.end :]
    dated = next(iter(find_dates(rest[:60])), None)
    if dated and dated.start < 12:
        found.date = found.date or dated.date
        rest = rest[dated.end :]
    found.title = _tidy_title(rest)


def _from_foot(text: str, zoned: Sequence[Zoned], found: _Found) -> None:
    """What a consolidated text or a law prints at its end: office, number, place and date; the day it was passed."""
    foot = [piece for item in zoned if item.zone is Zone.SIGNATURE for piece in pieces_of(text, item.block)]
    consolidated = any(landmarks.CONSOLIDATED.match(piece.folded) for piece in foot)
    if consolidated:
        numbered = [match for piece in foot for match in find_symbols(piece.words) if match.type == "VBHN"]
        found.symbol = numbered[0] if numbered else found.symbol
        dated = next((d for piece in foot if (d := place_date(joined(piece.words)))), None)
        if dated and found.date is None:
            found.place, found.date = dated.place, dated.date
        first = foot[0]
        if found.issuer is None and landmarks.is_upper(first.words) and not landmarks.CONSOLIDATED.match(first.folded):
            found.issuer = issuer_name([first.words], found.place)
    if found.date is None:
        passed = list(_PASSED.finditer(fold(text[-6000:])))
        if passed and found.kind in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh"):
            day, month, year = map(int, passed[0].groups())
            found.date = _valid(year, month, day)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_self_line(zoned: Sequence[Zoned], found: _Found) -> None:
    """A line that names the paper itself: the running title of a continued gazette, the heading of a portal page."""
    for item in zoned[:10]:
        words = joined(item.block.words)
        match = _SELF.match(fold(words))
        symbols = find_symbols(words[:160]) if match else []
        if not match or not symbols or symbols[0].start > match.end() + 3 or item.zone in (Zone.PREAMBLE, Zone.BODY):
            continue
        kind = match.group("kind")
        found.symbol = found.symbol or symbols[0]
        found.kind = found.kind or landmarks.ENGLISH_KINDS.get(kind) or kind_word(kind)
        rest = words[symbols[0].end :]
        dated = find_dates(rest[:60])
        if dated and dated[0].start < 12:
            found.date = found.date or dated[0].date
            rest = rest[dated[0].end :]
        title = rest.strip(" ,.;:")
        if title and (found.title is None or fold(found.title) == fold(words)):
            found.title = title
        return


_PROPERTY = re.compile(
    r"^(?P<name>so (?:ky )?hieu|loai van ban|co quan ban hanh|ngay (?:ban hanh|ky xac thuc|ky)|chuc danh|trich "
    r"yeu)\s*:?\s*(?=\S)"
)


def _from_properties(text: str, zoned: Sequence[Zoned], found: _Found) -> None:
    """The property table of a portal page that holds no text of the paper."""
    for item in zoned[:40]:
        for start, end in item.block.cells:
            cell = text[start:end].strip()
            match = _PROPERTY.match(fold(cell))
            if match is None:
                continue
            value = cell[match.end() :].strip()
            name = match.group("name")
            if name.startswith("so"):
                found.symbol = found.symbol or next(iter(find_symbols(value)), None)
            elif name == "loai van ban":
                found.kind = found.kind or value
            elif name == "co quan ban hanh":
                found.issuer = found.issuer or value
            elif name == "chuc danh":
                found.role = found.role or value
            elif name.startswith("ngay") and (dated := find_dates(value)):
                found.date = found.date or dated[0].date


def _from_elsewhere(reading: Reading, zoned: Sequence[Zoned], found: _Found) -> None:
    """What the letterhead leaves out and the paper says in another place."""
    _from_self_line(zoned, found)
    if found.symbol is None and reading.title and len(reading.title) < 160:
        found.symbol = next(iter(find_symbols(reading.title)), None)
        if found.symbol:
            found.inferred.add("symbol")
    if found.issuer is None and found.kind:
        found.issuer = _speaker(zoned)
    if found.issuer is None and found.symbol:
        code = found.symbol.issuer
        name = (
            "Quốc hội"
            if code.startswith("QH")
            else "Ủy ban Thường vụ Quốc hội"
            if code.startswith("UBTVQH")
            else _ISSUERS_BY_CODE.get(code)
        )
        if name and found.kind:
            found.issuer = name
            found.inferred.add("issuer")


def _speaker(zoned: Sequence[Zoned]) -> str | None:
    """The body named in capitals before the bases ("ỦY BAN THƯỜNG VỤ QUỐC HỘI")."""
    for item in zoned:
        words = joined(item.block.words).strip(" *_,:")
        if item.zone is not Zone.PREAMBLE or not landmarks.is_upper(words):
            continue
        if fold(words) in _ENGLISH_ISSUERS:
            return _ENGLISH_ISSUERS[fold(words)]
        if landmarks.AUTHORITY.match(fold(words)) and not landmarks.DECIDES.match(fold(words)):
            return sentence_case(words)
    return None


def metadata(reading: Reading, zoned: Sequence[Zoned]) -> Metadata:
    """The metadata of a paper from its zones."""
    text = reading.text
    zoned = first_paper(zoned)
    found = _from_head(text, zoned)
    bare = found.kind is None and found.symbol is None
    if bare and (title := _annex(text, zoned)):
        found.kind, found.title = "Phụ lục", title
    else:
        if bare:
            _from_properties(text, zoned, found)
        _from_foot(text, zoned, found)
        _from_elsewhere(reading, zoned, found)
    foot = signer(text, zoned) if found.kind or found.symbol else Signer()
    if found.kind == "Phụ lục":
        foot = Signer()
    return Metadata(
        symbol=found.symbol.canonical if found.symbol else None,
        kind=found.kind,
        issuer=found.issuer,
        authority=_authority(zoned, foot.behalf, found.issuer),
        place=found.place,
        date=found.date,
        title=found.title,
        signer_role=foot.role or found.role,
        signer=foot.name,
        language="en" if _english(text) else "vi",
        draft=is_draft(reading),
        internal=is_internal(reading),
        inferred=frozenset(found.inferred),
    )
