"""Builds a `Reading` line by line, for formats whose text is composed by the reader (HTML, DOCX, spreadsheets)."""

import re
from collections.abc import Sequence

from ingest.document import Line, Reading, Span
from ingest.vietnamese import nfc

CELL_JOINT = " | "
_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f]")


def tidy(text: str) -> str:
    """NFC, one space for any run of white space, nothing invisible, no blanks at the ends."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", nfc(text))).strip()


class Writer:
    """Text and lines of a reading in the making; every line is tidied and blank ones are skipped."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.lines: list[Line] = []

    def line(
        self, text: str, *, bold: bool = False, caps: bool = False, centred: bool = False, indent: float | None = None
    ) -> None:
        """One paragraph."""
        tidied = tidy(text)
        if tidied:
            start, end = self._append(tidied)
            self.lines.append(Line(start, end, bold=bold, caps=caps, centred=centred, indent=indent))

    def row(self, cells: Sequence[str], table: int, *, header: bool = False, bold: bool = False) -> None:
        """One table row, its cells joined by a bar; a row without any word is skipped."""
        tidied = [tidy(cell) for cell in cells]
        if not any(tidied):
            return
        start, end = self._append(CELL_JOINT.join(tidied))
        spans, at = [], start
        for cell in tidied:
            spans.append(Span(at, at + len(cell)))
            at += len(cell) + len(CELL_JOINT)
        self.lines.append(Line(start, end, cells=tuple(spans), table=table, header=header, bold=bold))

    def _append(self, text: str) -> Span:
        if self._parts:
            self._length += 1
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def reading(
        self, format_: str, *, title: str | None = None, repairs: Sequence[str] = (), warnings: Sequence[str] = ()
    ) -> Reading:
        """What was written so far."""
        return Reading(
            text="\n".join(self._parts),
            format=format_,
            lines=tuple(self.lines),
            title=title,
            repairs=tuple(repairs),
            warnings=tuple(warnings),
        )
