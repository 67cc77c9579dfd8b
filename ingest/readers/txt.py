"""Plain text and Markdown. The text stays as the file has it: decoded, NFC, line ends as one newline, nothing else."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from ingest.document import Limits, Line, Reading, Span
from ingest.errors import Refused
from ingest.legacy import Decoded, decode
from ingest.vietnamese import nfc

_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_BAR = re.compile(r"(?<!\\)\|")


def read_text(data: bytes, format_: str, limits: Limits) -> Reading:
    """A `Reading` of a text file in any of the encodings that Vietnamese offices have used.

    Raises Refused("too_large") when it holds more characters than the limit.
    """
    decoded: Decoded = decode(data)
    text = nfc(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > limits.characters:
        raise Refused(
            "too_large",
            f"Tệp có {len(text):,} ký tự, vượt giới hạn {limits.characters:,}. Hãy chia nhỏ tệp rồi thêm lại.".replace(
                ",", "."
            ),
        )
    return Reading(
        text=text,
        format=format_,
        lines=tuple(_lines(text)),
        repairs=decoded.repairs,
        warnings=decoded.warnings,
    )


def _lines(text: str) -> Iterator[Line]:
    """Lines of `text`; neighbouring lines with the same number of bars form a table."""
    table = 0
    for bars, group in groupby(_spans(text), key=lambda span: len(_BAR.findall(text, span.start, span.end))):
        block = [span for span in group if text[span.start : span.end].strip()]
        rows = [span for span in block if not _TABLE_RULE.fullmatch(text[span.start : span.end].strip())]
        if bars == 0 or len(rows) < 2:
            yield from (Line(*_stripped(text, span), bold=_bold(text, span)) for span in block)
            continue
        table += 1
        ruled = len(rows) < len(block)
        for index, span in enumerate(rows):
            yield Line(*_stripped(text, span), cells=_cells(text, span), table=table, header=ruled and index == 0)


def _spans(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _stripped(text: str, span: Span) -> Span:
    line = text[span.start : span.end]
    return Span(span.start + len(line) - len(line.lstrip()), span.end - len(line) + len(line.rstrip()))


def _bold(text: str, span: Span) -> bool:
    line = text[span.start : span.end].strip()
    return len(line) > 4 and line.startswith("**") and line.endswith("**")


def _cells(text: str, span: Span) -> tuple[Span, ...]:
    """The cells between bars; the bars that frame a Markdown row make no cell."""
    inner = _stripped(text, span)
    if text[inner.start] == "|":
        inner = Span(inner.start + 1, inner.end)
    if inner.end > inner.start and text[inner.end - 1] == "|":
        inner = Span(inner.start, inner.end - 1)
    edges = [inner.start, *(match.end() for match in _BAR.finditer(text, inner.start, inner.end)), inner.end + 1]
    return tuple(_stripped(text, Span(start, max(start, end - 1))) for start, end in pairwise(edges))
