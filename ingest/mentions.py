"""Where a text names a document or a provision: spans only, without the verb (rules of citation, DOMAIN §2.4, §3.2).

A mention runs from its first provision word to the end of the number; without a number, to the end of the name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from ingest.structure.landmarks import KINDS
from ingest.symbols import SymbolMatch, find_symbols
from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text. `own`: the paper itself ("Kế hoạch này"); `alone`: a provision without a document.

    `core` is where the document's name begins, after the provision.
    """

    start: int
    end: int
    core: int
    symbol: str | None = None
    kind: str | None = None
    provision: str | None = None
    own: bool = False
    alone: bool = False


_B = r"[\s\u00a0]+"
_VALUE = r"(?:\d{1,3}[a-zđ]?(?:\.\d{1,2})*|[IVX]{1,5}(?![A-Za-z])|[a-zđ]\d?(?!\w))"
_LIST = rf"{_VALUE}(?:(?:,{_B}|{_B}và{_B}|{_B}đến{_B}|{_B}hoặc{_B}|[-–]){_VALUE}(?!\w))*"
_ORDINAL = rf"gạch{_B}đầu{_B}dòng{_B}thứ{_B}\w+|dấu{_B}cộng{_B}thứ{_B}\w+|đoạn{_B}thứ{_B}\w+|đoạn{_B}\d+"
_UNIT = (
    rf"(?:các{_B}|những{_B})?(?:(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|ĐIỀU|KHOẢN|ĐIỂM|[Mm]ục|[Tt]iểu{_B}mục|[Cc]hương|[Pp]hần|[Tt]iết|[Nn]hiệm{_B}vụ{_B}số){_B}{_LIST}(?![\w/])"
    rf"|{_ORDINAL}|(?:[Mm]ẫu|[Bb]iểu(?:{_B}mẫu)?){_B}số{_B}[\dA-Z][\w./-]*\w|(?:Phụ{_B}lục|PHỤ{_B}LỤC)(?:{_B}(?:số{_B})?(?:[IVX]+|\d+)[a-z]?(?!\w))?)"
)
_JOIN = rf"(?:,{_B}|{_B}và{_B}|{_B}hoặc{_B}|{_B}của{_B}|{_B}thuộc{_B}|{_B}tại{_B}|{_B})"
_CHAIN = rf"{_UNIT}(?:{_JOIN}{_UNIT})*"
_LINK = rf"(?:(?:,)?{_B}(?:(?:được{_B})?(?:ban{_B}hành{_B})?kèm{_B}theo|của|tại|thuộc|trong))?{_B}(?:các{_B})?"
_BEFORE = re.compile(rf"(?<!\w)(?P<chain>{_CHAIN})(?P<link>{_LINK})$")
_ALONE = re.compile(
    rf"(?<!\w)(?P<chain>{_CHAIN})(?P<own>{_B}(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Cc]hương|[Pp]hần|Phụ{_B}lục){_B}này)?(?!\w)"
)
_THIS = re.compile(rf"(?<!\w)(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Cc]hương|Phụ{_B}lục){_B}này(?!\w)")

_KIND_WORDS = sorted(
    {*KINDS, "Văn bản", "Phụ lục", "Quy chuẩn", "Ý kiến", "Điều lệ", "Nghị quyết liên tịch"} - {"Phiếu báo", "Dự án"},
    key=len,
    reverse=True,
)
_SPACE = re.compile(r"[\s\u00a0]+")
_KIND = "|".join(_SPACE.sub(lambda _: _B, fold(kind)).replace(" ", _B) for kind in _KIND_WORDS)
_KIND_BY_FOLD = {fold(kind): kind for kind in _KIND_WORDS}
_NUMBER_WORD = r"(?:s[oe](?:\s*[:.])?[\s\u00a0]*)?"
_DIRECT = re.compile(rf"(?<!\w)(?P<kind>{_KIND})[\s\u00a0]*{_NUMBER_WORD}$")
_QUALIFIED = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND})(?P<more>{_B}[^;.:\d“”()]{{2,70}}?)[\s\u00a0]+so(?:\s*[:.])?[\s\u00a0]*$"
)
_LAW = re.compile(
    rf"(?<!\w)(?P<kind>bo{_B}luat|luat|phap{_B}lenh)(?P<name>{_B}[^;“”()]{{2,600}}?)(?:[\s\u00a0]+s[oe](?:\s*[:.])?)?[\s\u00a0]*$"
)
_ANY_KIND = re.compile(rf"(?<!\w)(?:{_KIND})(?!\w)")
_OWN = re.compile(rf"(?<!\w)(?P<kind>{_KIND}){_B}nay(?!\w)")
_LAWS = sorted(files("ingest").joinpath("data/laws.txt").read_text("utf-8").split("\n"), key=len, reverse=True)
_LAW_NAMES = "|".join(_SPACE.sub(lambda _: _B, re.escape(fold(name)).replace("\\ ", " ")) for name in _LAWS if name)
_NAMED = re.compile(
    rf"(?<!\w)(?P<kind>bo{_B}luat|luat|phap{_B}lenh){_B}(?P<name>{_LAW_NAMES})(?!\w)|(?<!\w)(?P<constitution>hien{_B}phap)(?!\w)"
)
_AMENDING_LAW = re.compile(
    rf"(?<!\w)luat{_B}sua{_B}doi,{_B}bo{_B}sung(?:{_B}mot{_B}so{_B}dieu)?(?:{_B}cua)?{_B}(?:cac{_B})?$"
)
_CONGRESS = re.compile(
    rf"(?<!\w)(?P<kind>nghi{_B}quyet){_B}(?:cua{_B})?dai{_B}hoi(?:{_B}dai{_B}bieu)?(?:{_B}toan{_B}quoc)?(?:{_B}dang{_B}bo{_B}\w+)?(?:{_B}lan{_B}thu{_B}[ivx]+)(?:{_B}cua{_B}dang)?"
)
_FOLDED_LIST = re.compile(r"^[\s\u00a0]*(?:,|;|va|hoac|cung)?[\s\u00a0]*(?:s[oe][\s\u00a0]*)?$")


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _kind(raw: str) -> str | None:
    return _KIND_BY_FOLD.get(_collapse(raw))


def _capital(text: str, start: int) -> bool:
    return text[start : start + 1].isupper()


def _take(taken: bytearray, mention: "Mention") -> None:
    taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)


class Finder:
    """The mentions of one paragraph `[start, end)` of a text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text[start:end]
        self.folded = fold(self.text)
        self.offset = start

    def find(self) -> list[Mention]:
        """Every mention in order, without overlaps, offsets into the whole text."""
        found: list[Mention] = []
        for symbol in find_symbols(self.text):
            found.append(self._numbered(symbol, found[-1] if found else None))
        taken = bytearray(len(self.text))  # 1 where a mention stands
        for mention in found:
            _take(taken, mention)
        for extra in (*self._own(), *self._named()):
            if 1 not in taken[extra.core : extra.end]:
                found.append(extra)
                _take(taken, extra)
        found = [self._with_provision(mention) for mention in sorted(found, key=lambda m: m.core)]
        found = self._apart(found)
        taken = bytearray(len(self.text))
        for mention in found:
            _take(taken, mention)
        for alone in self._alone():
            if 1 not in taken[alone.start : alone.end]:
                found.append(alone)
                _take(taken, alone)
        return [self._shifted(mention) for mention in sorted(found, key=lambda m: m.start)]

    def _shifted(self, mention: Mention) -> Mention:
        by = self.offset
        return replace(mention, start=mention.start + by, end=mention.end + by, core=mention.core + by)

    @staticmethod
    def _apart(found: list[Mention]) -> list[Mention]:
        """Mentions that a later one's provision would overlap keep their own words."""
        kept: list[Mention] = []
        for mention in found:
            overlaps = kept and mention.start < kept[-1].end
            kept.append(replace(mention, start=mention.core, provision=None) if overlaps else mention)
        return kept

    # -- documents ----------------------------------------------------------------------------------------------------

    def _numbered(self, symbol: SymbolMatch, last: Mention | None) -> Mention:
        floor = last.end if last else 0
        before = self.folded[floor : symbol.start]
        if last and _FOLDED_LIST.match(before):
            return Mention(symbol.start, symbol.end, symbol.start, symbol.canonical, last.kind)
        start, kind = self._head(before, floor)
        if start is None:
            return Mention(symbol.start, symbol.end, symbol.start, symbol.canonical, None)
        return Mention(start, symbol.end, start, symbol.canonical, kind)

    def _head(self, before: str, floor: int) -> tuple[int | None, str | None]:
        """Where the type word that owns a number begins, and the type."""
        if match := _DIRECT.search(before):
            start = floor + match.start("kind")
            return start, self._printed_kind(start, match.group("kind"))
        if law := self._law(before, floor):
            return law
        for match in reversed(list(_ANY_KIND.finditer(before))):
            tail = _QUALIFIED.match(before, match.start())
            start = floor + match.start()
            if tail and _capital(self.text, start) and not _ANY_KIND.search(before, match.end()):
                more = _collapse(self.text[floor + tail.start("more") : floor + tail.end("more")])
                kind = _kind(tail.group("kind"))
                return start, f"{kind} {more}" if kind and len(more) < 40 and more.islower() else kind
            break
        return None, None

    def _law(self, before: str, floor: int) -> tuple[int, str] | None:
        """A law with its name before the number; a law named by what it amends is one name."""
        best: re.Match[str] | None = None
        for match in re.finditer(rf"(?<!\w)(?:bo{_B}luat|luat|phap{_B}lenh)(?!\w)", before):
            found = _LAW.match(before, match.start())
            if not found or not _capital(self.text, floor + match.start()):
                continue
            name = found.group("name")
            amending = re.match(rf"{_B}sua{_B}doi", name)
            others = [kind for kind in _ANY_KIND.finditer(name)]
            if amending or not others:
                if re.search(r"[.:]\s", name) or re.search(r"\b(?:ngay|nam \d)", name):
                    continue
                best = found
                break
        if best is None:
            return None
        kind = {"luat": "Luật", "phap lenh": "Pháp lệnh"}.get(_collapse(best.group("kind")), "Bộ luật")
        return floor + best.start("kind"), kind

    def _printed_kind(self, start: int, folded: str) -> str | None:
        del start
        return _kind(folded)

    def _own(self) -> Iterator[Mention]:
        for match in _OWN.finditer(self.folded):
            if _capital(self.text, match.start()):
                yield Mention(match.start(), match.end(), match.start(), None, _kind(match.group("kind")), own=True)

    def _named(self) -> Iterator[Mention]:
        for match in _NAMED.finditer(self.folded):
            start = match.start()
            if not _capital(self.text, start):
                continue
            kind = (
                "Hiến pháp"
                if match.group("constitution")
                else {"luat": "Luật", "phap lenh": "Pháp lệnh"}.get(_collapse(match.group("kind")), "Bộ luật")
            )
            if amending := _AMENDING_LAW.search(self.folded[:start]):
                start = amending.start()
            yield Mention(start, match.end(), start, None, kind)
        for match in _CONGRESS.finditer(self.folded):
            if _capital(self.text, match.start()):
                yield Mention(match.start(), match.end(), match.start(), None, "Nghị quyết")

    # -- provisions ---------------------------------------------------------------------------------------------------

    def _with_provision(self, mention: Mention) -> Mention:
        """`mention` with the chain of provisions before it."""
        floor = max(0, mention.core - 400)
        match = _BEFORE.search(self.text[floor : mention.core])
        if not match:
            return mention
        chain = _collapse(match.group("chain"))
        return replace(mention, start=floor + match.start("chain"), provision=chain)

    def attach(self, mention: Mention, start: int) -> Mention:
        """`mention` (offsets into the whole text) with the provisions printed before it."""
        local = replace(mention, start=mention.start - start, end=mention.end - start, core=mention.core - start)
        return self._shifted(self._with_provision(local))

    def _alone(self) -> Iterator[Mention]:
        """Provisions without a document: "khoản 2 Điều này", "Như Điều 5", "điểm b khoản 1 Điều 8"."""
        for match in _ALONE.finditer(self.text):
            words = _collapse(match.group(0))
            if match.group("own"):
                yield Mention(match.start(), match.end(), match.start(), provision=words, own=True, alone=True)
            elif re.search(r"(?:[Đđ]iều|ĐIỀU|Phụ lục) \d|[Đđ]iều \d|khoản \d", words) and not self._label(
                match.start()
            ):
                yield Mention(match.start(), match.end(), match.start(), provision=words, alone=True)
        for match in _THIS.finditer(self.text):
            yield Mention(
                match.start(), match.end(), match.start(), provision=_collapse(match.group(0)), own=True, alone=True
            )

    def _label(self, start: int) -> bool:
        """Whether the words at `start` are the paragraph's own label ("Điều 5. …")."""
        return not self.text[:start].strip(" \t\n*“\"'")
