"""The label lexer: what stands at the start of a line, and which value it has in its sequence (DOMAIN §2.2).

A line can read in more than one way ("I." is a Roman one or the letter I, "d)" may be a lost "đ)"), so `lex` returns
every reading and the tree picks the one that continues an open list.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.vietnamese import LOWER, UPPER


class Mark(StrEnum):
    """The class of a label; members of one list share it."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"  # Mục 1 of a law
    SUBSECTION = "subsection"
    ARTICLE = "article"
    ALPHA = "alpha"  # A.
    ROMAN = "roman"  # I.
    NUMBER = "number"  # 1.
    DECIMAL = "decimal"  # 1.1.
    POINT = "point"  # a)
    DASH = "dash"
    PLUS = "plus"
    BULLET = "bullet"


# What a word names, whose number may stand on the next line.
DIVISIONS = frozenset({Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.SUBSECTION, Mark.ARTICLE})


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of a label.

    `printed` is the label as it stands; the item's own words begin at `start` (an offset into the lexed line).
    `value` is its place in the sequence of its class, `suffix` the letter of an inserted item (Điều 4a), `parts` the
    numbers of a decimal. Dashes have value 0.
    """

    mark: Mark
    printed: str
    start: int
    value: int = 0
    suffix: str = ""
    parts: tuple[int, ...] = ()
    glyph: str = ""  # of a dash, plus or bullet; style of a number: "." "-" ")"


POINT_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
SKIPPED_LETTERS = frozenset(
    "đfjwz"
)  # a list may pass over them: f, j, w, z are no Vietnamese letters, đ loses its stroke
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LEAD = r"(?:\*\*|__|>|#{1,6}\s)?[ \t\u00a0]*"
_NOTE = r"(?:\[\d{1,3}\])?"  # the mark of a footnote, in consolidated texts right behind a label: "1.[2] Đô thị là …"
_WORD_LABEL = re.compile(
    rf"{_LEAD}(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|TIỂU MỤC|Mục|MỤC)\s+"
    r"(?P<value>thứ\s+\w+|THỨ\s+\w+|[IVXLC]+|\d{1,3})(?P<letter>[a-zA-Z]?)(?![\w/])\s*[.:\-–]?\s*",
)
_ARTICLE = re.compile(
    rf"{_LEAD}(?:Điều|ĐIỀU|Ðiều|Điêu)\s*(?P<value>\d{{1,4}})\s?(?P<letter>[a-zđ]?)(?P<end>\s*[.:\-–…](?!\d){_NOTE}\s*|\s*$)"
)
_ARTICLE_BARE = re.compile(rf"{_LEAD}(?:Điều|ĐIỀU)\s+(?P<value>\d{{1,4}})(?P<letter>[a-zđ]?)\s+(?=[{UPPER}])")
_ENGLISH = re.compile(
    rf"{_LEAD}(?P<word>Article|ARTICLE|Chapter|CHAPTER|Section|SECTION|Part|PART)\s+(?P<value>[IVXLC]+|"
    rf"\d{{1,3}})\s*[.:\-–]?\s*(?=[A-Z]|$)"
)
_ROMAN = re.compile(rf"{_LEAD}(?P<value>[IVXLCl1|]{{1,6}})\s*(?P<style>[.\-–)/]){_NOTE}(?:\s+|(?=[^\W\d]{{2}}))")
_ALPHA = re.compile(rf"{_LEAD}(?P<value>[A-ZĐ])\s*(?P<style>[.\-–)/])\s+(?=[{UPPER}\"“])")
_DECIMAL = re.compile(
    rf"{_LEAD}(?P<value>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?:\s*[.\-–)]?{_NOTE}\s+(?=[^\W\d]|[“\"(\[])"
    rf"|[.)]{_NOTE}\s+(?=\d+(?:[.,/]\d+)*\s?(?:%|[^\W\d])))"  # "1.2.1. 100% trạm y tế", not "1.500. 20"
)
_NUMBER = re.compile(
    rf"{_LEAD}(?P<value>\d{{1,3}})(?P<letter>[a-zđ]?)\s*(?:(?P<style>[.\-–)]){_NOTE}(?:\s+|(?=[^\W\d]))|(?P<slash>/)\s+)"
)
# "dd)" is how English translations number a "đ)"
_POINT = re.compile(rf"{_LEAD}\(?(?P<value>dd|[a-zđ])(?P<digit>\d?)\s*(?P<style>[)./]){_NOTE}\s*(?=\S)")
_DASH = re.compile(r"[ \t\u00a0>]*(?P<glyph>[-–—−‐‑]|\uf02d)(?:[ \t\u00a0]+|(?=[^\W\d_]{2}))")
_PLUS = re.compile(r"[ \t\u00a0>]*(?P<glyph>\+)\s*(?=\S)")
_BULLET = re.compile(r"[ \t\u00a0>]*(?P<glyph>[•·▪●○◦►✓✔*\uf0b7\uf0a7\uf0d8\uf076\uf0fc]|o(?=[ \t]))[ \t\u00a0]+(?=\S)")
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_WORD_MARKS = {
    "phần": Mark.PART,
    "chương": Mark.CHAPTER,
    "mục": Mark.SECTION,
    "tiểu mục": Mark.SUBSECTION,
    "part": Mark.PART,
    "chapter": Mark.CHAPTER,
    "section": Mark.SECTION,
    "article": Mark.ARTICLE,
}


def roman(text: str) -> int:
    """The value of a Roman number, 0 if `text` is not a well-formed one (up to C)."""
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES.get(char, 0)
        total += -value if value < _ROMAN_VALUES.get(following, 0) else value
    return total if total and to_roman(total) == text else 0


def to_roman(value: int) -> str:
    """`value` (1 … 399) as a Roman number."""
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    digits = ""
    for step, sign in steps:
        while value >= step:
            digits += sign
            value -= step
    return digits


def _printed(match: re.Match[str]) -> str:
    return re.sub(r"\s*\[\d+\]\s*$", "", match.group(0)).strip(" \t\n\u00a0>*#_")


def _word_label(line: str) -> Label | None:
    match = _WORD_LABEL.match(line) or _ENGLISH.match(line)
    if match is None:
        return None
    mark = _WORD_MARKS[match.group("word").lower()]
    raw = match.group("value")
    letter = match.groupdict().get("letter") or ""
    if raw.isdecimal():
        value = int(raw)
    elif raw.lower().startswith("thứ"):
        value = _ORDINALS.get(raw.split()[-1].lower(), 0)
    else:
        value = roman(raw)
    rest = line[match.end() :]
    # "Mục III Kế hoạch này": a reference at the start of a wrapped line, not a heading
    if value == 0 or re.match(rf"(?:,|;|Điều \d|[{LOWER}])", rest):
        return None
    if mark is Mark.ARTICLE:
        return Label(mark, _printed(match), match.end(), value)
    if mark in (Mark.SECTION, Mark.SUBSECTION) and rest and not _separated(match.group(0)) and not rest[:12].isupper():
        return None
    return Label(mark, _printed(match), match.end(), value, letter.lower())


def _separated(label: str) -> bool:
    return label.rstrip()[-1] in ".:-–" or "\n" in label


def _article(line: str) -> Label | None:
    match = _ARTICLE.match(line) or _ARTICLE_BARE.match(line)
    if match is None:
        return None
    rest = line[match.end() :]
    # "Điều 5 Nghị định này": a reference that a wrap put at the start of a line
    bare = not match.groupdict().get("end", "").strip() if "end" in match.groupdict() else True
    if bare and re.match(
        r"(?:Nghị|Luật|Bộ luật|Thông tư|Quyết định|Quy (?:chế|định)|Pháp lệnh|Hiến pháp|Điều)\b", rest
    ):
        return None
    return Label(Mark.ARTICLE, _printed(match), match.end(), int(match.group("value")), match.group("letter"))


def _romans(line: str) -> list[Label]:
    readings: list[Label] = []
    if match := _ROMAN.match(line):
        raw, rest = match.group("value"), line[match.end() :]
        mended = re.sub(r"[l1|]", "I", raw)
        genuine = raw == mended
        upper = (rest[:2].isupper() and rest[:2].isalpha()) or (rest[:1].isupper() and rest[1:4].strip(" ,").isupper())
        if (value := roman(mended)) and (genuine or (upper and not raw.isdecimal())):
            readings.append(Label(Mark.ROMAN, _printed(match), match.end(), value, glyph=match.group("style")))
    if match := _ALPHA.match(line):
        value = POINT_LETTERS.upper().find(match.group("value")) + 1
        if value:
            readings.append(Label(Mark.ALPHA, _printed(match), match.end(), value, glyph=match.group("style")))
    return readings


def _numbers(line: str) -> list[Label]:
    if match := _DECIMAL.match(line):
        parts = tuple(int(part) for part in match.group("value").split("."))
        if all(parts):
            return [Label(Mark.DECIMAL, _printed(match), match.end(), parts[-1], parts=parts)]
    if match := _NUMBER.match(line):
        value = int(match.group("value"))
        if 0 < value <= 99 or (value <= 400 and match.group("style") == "."):
            # "2. Mục tiêu", but not "30/01/2023" or "10-15%"
            return [
                Label(
                    Mark.NUMBER,
                    _printed(match),
                    match.end(),
                    value,
                    match.group("letter"),
                    glyph=match.group("style") or "/",
                )
            ]
    return []


def _points(line: str) -> list[Label]:
    match = _POINT.match(line)
    if match is None:
        return []
    letter = match.group("value").replace("dd", "đ")
    rest = line[match.end() :]
    if match.group("style") in "./" and not (rest[:1].isupper() or match.group(0)[-1:].isspace()):
        return []
    value = POINT_LETTERS.index(letter) + 1
    return [Label(Mark.POINT, _printed(match), match.end(), value, match.group("digit"), glyph=match.group("style"))]


def _signs(line: str) -> list[Label]:
    for pattern, mark in ((_DASH, Mark.DASH), (_PLUS, Mark.PLUS), (_BULLET, Mark.BULLET)):
        if match := pattern.match(line):
            glyph = "-" if mark is Mark.DASH else match.group("glyph")
            return [Label(mark, match.group("glyph"), match.end(), glyph=glyph)]
    return []


def letter_step(before: int, after: int) -> int:
    """How many places the letter of value `after` stands behind that of `before`, without letters that lists skip."""
    between = POINT_LETTERS[before : after - 1] if after > before else ""
    return after - before - sum(1 for letter in between if letter in SKIPPED_LETTERS)


def lex(line: str) -> list[Label]:
    """Every reading of the label at the start of `line`, likeliest first; empty when it has none."""
    if (word := _word_label(line)) or (word := _article(line)):
        return [word]
    return _romans(line) or _numbers(line) or _points(line) or _signs(line)


def article_number(readings: list[Label]) -> int:
    """The number if the readings are those of an article's label, else 0."""
    return readings[0].value if readings and readings[0].mark is Mark.ARTICLE else 0
