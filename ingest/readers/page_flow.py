"""Lines to paragraphs: wrapped lines rejoined by geometry, within a page and across pages."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.page import Strip
from ingest.readers.page_columns import TextLine

_AFTER = r"(?:\s|\[\d{1,3}\])"  # a blank, or in a consolidated text the mark of a footnote: "a)[35]", "1.[12]"
# A line that opens with a printed label opens a paragraph (DOMAIN §2.2 rule 2).
_LABEL = re.compile(
    r"\W{0,2}(?:(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|Phụ lục|PHỤ LỤC)\s+(?:[IVXLC]+|\d+|thứ)\b"
    r"|(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*\.|[IVXL]{1,6}\s?[.\-)/]|\d{1,2}(?:\.\d{1,2}){0,4}\s?[.\-)]"
    rf"|[a-zđ]\s?\)|[A-ZĐ]\.){_AFTER}"
    r"|\[\d+\]\s?)"
)
_NAMED = re.compile(r"\W{0,2}(?:Phần|Chương|Mục|Tiểu mục|Phụ lục)\s")
_DASH = re.compile(r"[-–—•*·▪+o\uf02d\uf0b7]\s")
# A narrow column breaks what stands on one line elsewhere: "CỘNG HÒA XÃ HỘI CHỦ / NGHĨA VIỆT NAM", "…, ngày 24 tháng 4
# năm / 2025", "ngày / 24 tháng 4 năm 2025".
_MOTTO_BREAKS = re.compile(
    r"^C[ỘÔ]NG (?:H[ÒO][AÀ]|HOÀ)\b[^\n]*\n(?:\S+ ){0,6}VIỆT NAM$|^ĐẢNG CỘNG\b[^\n]*\n[^\n]*VIỆT NAM$"
    r"|^SOCIALIST REPUBLIC\b[^\n]*\n[^\n]*NAM$|^Độc lập -[^\n]*\n[^\n]*[Hh]ạnh [Pp]húc$"
    r"|^Independence -[^\n]*\n[^\n]*Happiness$"
)
_DATE_BREAKS = re.compile(r"\b(?:ngày|tháng|năm|tháng \d{1,2})$")
_FINAL = re.compile(r"[.;:!?…/”\"]\s*$")


@dataclass(slots=True)
class Paragraph:
    """Lines that make one paragraph, in order; they may stand on two pages."""

    lines: list[TextLine] = field(default_factory=list)

    @property
    def first(self) -> TextLine:
        """The line that opens it."""
        return self.lines[0]

    @property
    def last(self) -> TextLine:
        """The line that closes it so far."""
        return self.lines[-1]


def margins(strips: Sequence[Strip]) -> tuple[float, float]:
    """Left and right edge of a page's text: the commonest start of a line and the commonest end."""
    if not strips:
        return 0.0, 0.0
    lefts = Counter(round(strip.x0 / 3) * 3 for strip in strips)
    rights = Counter(round(strip.x1 / 3) * 3 for strip in strips)
    enough = 0.15 * len(strips)
    left = min((x for x, count in lefts.items() if count >= enough), default=min(lefts))
    right = max((x for x, count in rights.items() if count >= enough), default=max(rights))
    return (
        min(strip.x0 for strip in strips if abs(strip.x0 - left) <= 3),
        max(strip.x1 for strip in strips if abs(strip.x1 - right) <= 3),
    )


def leading(lines: Sequence[TextLine]) -> float:
    """The usual distance of two baselines on a page."""
    steps = [b.strip.base - a.strip.base for a, b in itertools.pairwise(lines) if a.column == b.column == 0]
    steps = [step for step in steps if 0 < step < 40]
    return statistics.median_low(steps) if steps else 18.0


def paragraphs(lines: Sequence[TextLine], usual: float) -> list[Paragraph]:
    """Paragraphs of one page, top to bottom."""
    made: list[Paragraph] = []
    for line in lines:
        if made and continues(made[-1], line, usual):
            made[-1].lines.append(line)
        else:
            made.append(Paragraph([line]))
    return made


def continues(paragraph: Paragraph, line: TextLine, usual: float | None) -> bool:
    """Whether `line` goes on with `paragraph`; `usual` leading is None across a page break: distance says nothing."""
    last, text = paragraph.last, line.text
    if last.column != line.column or _LABEL.match(text):
        return last.column == line.column == 0 and _is_mention(last, line)
    if last.column:
        return _continues_in_column(paragraph, line)
    ratio = line.strip.size / last.strip.size
    if not 0.87 < ratio < 1.15:
        return False
    lower = text[:1].islower()
    if usual is not None and line.strip.base - last.strip.base > (2.2 if lower else 1.55) * usual:
        return False
    full = _is_full(last, line)
    if _DASH.match(text):
        return full and not _FINAL.search(last.text) and line.strip.x0 < line.left + 3 < paragraph.first.strip.x0
    if last.centred or line.centred:
        return _continues_centred(paragraph, line, full)
    if not full:
        return lower and not _FINAL.search(last.text) and usual is None
    if last.text.isupper() and last.strip.bold and not (line.strip.bold or line.text.isupper()):
        return False  # a heading in bold capitals that fills its line
    tight = usual is not None and line.strip.base - last.strip.base < 0.8 * usual  # where paragraphs stand apart
    return _indent_allows(paragraph, line, lower or tight)


def _continues_centred(paragraph: Paragraph, line: TextLine, full: bool) -> bool:
    """Lines of one centred title; a nearly full line counts as centred too unless a sentence ends there."""
    last = paragraph.last
    if not full or last.strip.bold != line.strip.bold or not line.balanced:
        return False
    return last.centred or (all(each.balanced for each in paragraph.lines) and not _FINAL.search(last.text))


def _is_mention(last: TextLine, line: TextLine) -> bool:
    """ "… quy định tại" + "Phụ lục II": a division named at the start of a wrapped line opens nothing."""
    named = _NAMED.match(line.text)
    return bool(named) and not last.centred and not _FINAL.search(last.text) and _is_full(last, line)


def _is_full(last: TextLine, line: TextLine) -> bool:
    """Whether the first word of `line` would not have fitted at the end of `last`."""
    room = last.right - last.strip.x1
    if last.centred:
        room = (last.right - last.left) - (last.strip.x1 - last.strip.x0)
    return room < line.strip.first_word + 0.35 * last.strip.size + 2


def _indent_allows(paragraph: Paragraph, line: TextLine, lower: bool) -> bool:
    """First-line and hanging indents: a line set in from the paragraph's own edge opens a new one."""
    first, offset = paragraph.first, line.strip.x0 - line.left
    opening = first.strip.x0 - first.left
    if len(paragraph.lines) > 1:
        second = paragraph.lines[1].strip.x0 - paragraph.lines[1].left
        return offset <= max(second, 0.0) + 6 or (lower and offset <= max(second, opening) + 6)
    if offset < opening - 4:
        return True
    if offset > opening + 6:
        return bool(_LABEL.match(first.text) or _DASH.match(first.text)) or lower
    if opening > 12 and not lower:
        return False  # both are set in: two paragraphs of one line
    # a figure behind a full line that ends in a colon is what the colon announces: "… khu công nghiệp): / 90.000 đồng"
    return lower or not re.search(r"[;:]\s*$" if not line.text[:1].isdigit() else r";\s*$", first.text)


def _continues_in_column(paragraph: Paragraph, line: TextLine) -> bool:
    """Lines of a letterhead or a list of recipients stand for themselves unless the words plainly go on."""
    text, last = line.text, paragraph.last.text
    if _MOTTO_BREAKS.search(" ".join(each.text for each in paragraph.lines) + "\n" + text):
        return True
    if _DATE_BREAKS.search(last) and text[:1].isdigit():
        return True
    return text[:1].islower() and not _DASH.match(text) and not _FINAL.search(last) and not last.endswith(",")
