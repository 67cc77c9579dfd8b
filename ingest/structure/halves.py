"""Labels that a conversion broke: "Điều" on one line and "8. Quyền lợi …" on the next; "a)" alone above its words.

Portals set the word or the label in a tag of its own, and converters break the line behind it. Both lines become one
line of the outline, which covers the break; the text stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Line
from ingest.structure import landmarks
from ingest.structure.labels import DIVISIONS, Mark, article_number, lex
from ingest.vietnamese import LOWER, fold

_WORD = re.compile(
    r"[ \t\u00a0>*_#]*(?:Điều|ĐIỀU|Ðiều|Điêu|Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|TIỂU MỤC|Mục|MỤC"
    r"|(?:Biểu mẫu|BIỂU MẪU|Mẫu|MẪU)(?: số| SỐ)?)[ \t\u00a0]*"
)
_LABEL = re.compile(
    r"[ \t\u00a0*_]*(?:[a-zđ]\d?\)|\d{1,3}[a-zđ]?[.)]|[IVXLC]{1,5}[.)]|[A-ZĐ][.)]|(?:\d{1,2}\.){2,5}|[-–—+•])"
    r"[ \t\u00a0]*"
)
# What stands before the number of a provision that a sentence cites: "theo quy định tại ⏎ Điều ⏎ 8. Trường hợp …".
_LEADS = re.compile(
    r"(?:\b(?:tai|cua|theo|va|hoac|voi|tu|den|cac|cung|trong|nhu|can cu|khoan|diem|khoan \d+\w?|diem [a-z]\d?)|,)\s*$"
)
_NUMBER = re.compile(r"(?:\d{1,4}|[IVXLC]+)(?!\w)")
# "… theo quy định tại khoản 2 Điều": the number is to come, whatever the next line looks like ("8. Trường hợp …").
# Behind a capital it is a name: "phường Vĩnh Điều".
_WAITS = re.compile(rf"(?:^|\W)(?:[{LOWER}\d]\w*|Theo|Tại)\W+Điều\s*$")


def waits(line: str) -> bool:
    """Whether a line of running text ends in the word "Điều" whose number stands on the next line."""
    return _WAITS.search(line) is not None


def _cites(text: str, before: Line, word: Line, number: Line) -> bool:
    """Whether the three lines are one citation: "… theo quy định tại", "Điều", "8 của Luật này …"."""
    led = not before.cells and not _apart(text, before, word) and not landmarks.is_upper(text[word.start : word.end])
    return led and bool(_LEADS.search(fold(text[before.start : before.end])) and _NUMBER.match(text, number.start))


def _apart(text: str, before: Line, after: Line) -> bool:
    return text[before.end : after.start].count("\n") > 1


def _heading(text: str, before: Line | None, word: Line, number: Line, last: int) -> Line | None:
    """Both lines as the heading they make, None where they make none: "Điều" + "8 của Luật này"."""
    whole = f"{text[word.start : word.end].strip()} {text[number.start : number.end]}"
    label = next((one for one in lex(whole) if one.mark in DIVISIONS), None)
    if label is None:
        form = landmarks.FORM.match(fold(whole)) and _opens(text, before, word)
        return replace(word, end=number.end) if form else None
    rest = whole[label.start :].lstrip()
    closed = not rest or whole[: label.start].rstrip()[-1] in ".:-–…" or landmarks.is_upper(rest)
    counts = label.mark is not Mark.ARTICLE or label.value == last + 1
    if not closed or rest[:1].islower() or not (counts or _opens(text, before, word)):
        return None
    return replace(word, end=number.end)


def _opens(text: str, before: Line | None, word: Line) -> bool:
    """Whether a paragraph opens at `word` for sure, by what stands before it: a blank line, a sentence that has ended,
    a title in capitals, a label alone ("Chương II"), a row of a table. Elsewhere only the next number may open one.
    """
    if before is None or before.cells or _apart(text, before, word):
        return True
    words = text[before.start : before.end].rstrip(" *_")
    label = any(one.mark in DIVISIONS and not words[one.start :].strip() for one in lex(words))
    return label or landmarks.is_upper(words) or landmarks.FINAL.search(words) is not None


def _item(text: str, before: Line | None, label: Line, words: Line) -> Line | None:
    """A label alone on its line and the words below it as the item they make.

    Only where a paragraph opens for sure: "… theo điểm ⏎ a)" goes on with a sentence.
    """
    opens = _LABEL.fullmatch(text, label.start, label.end) and _opens(text, before, label)
    if not opens or _apart(text, label, words):
        return None
    below = text[words.start : words.end]
    first = below.lstrip(' \t\u00a0*_“"(')[:1]
    return replace(label, end=words.end) if first.isalpha() and not lex(below) else None


def mended(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, the parts of a broken label or citation as one."""
    result: list[Line] = []
    last = 0  # number of the article before
    at = 0
    while at < len(lines):
        line = lines[at]
        before = result[-1] if result else None
        below = lines[at + 1] if at + 1 < len(lines) and not lines[at + 1].cells and not line.cells else None
        whole = line
        if below is not None and _WORD.fullmatch(text, line.start, line.end):
            if before and _cites(text, before, line, below):
                result[-1] = replace(before, end=below.end)
                at += 2
                continue
            whole = _heading(text, before, line, below, last) or line
        elif below is not None:
            whole = _item(text, before, line, below) or line
        last = article_number(lex(text[whole.start : whole.end])) or last
        at += 1 if whole is line else 2
        result.append(whole)
    return result
