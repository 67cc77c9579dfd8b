"""Slides: one line for each paragraph, slide after slide."""

import re
from collections import Counter

from lxml import etree

from ingest.document import Limits, Reading
from ingest.errors import Unreadable
from ingest.legacy import Runs
from ingest.readers.package import Package
from ingest.readers.writer import Writer

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def read_pptx(data: bytes, limits: Limits) -> Reading:
    """Raises Unreadable("truncated", "empty"), Refused("bomb")."""
    package = Package(data, limits)
    slides = sorted(
        (int(match.group(1)), match.group()) for name in package.names() if (match := _SLIDE.fullmatch(name))
    )
    writer, repaired = Writer(), Counter[str]()
    for _, name in slides:
        slide = package.part(name)
        for paragraph in slide.iter(_A + "p") if slide is not None else ():
            text, encodings = _text(paragraph)
            repaired.update(encodings)
            for line in text.split("\n"):
                writer.line(line)
    if not writer.lines:
        raise Unreadable("empty", "Tệp trình chiếu không có chữ nào. Hãy kiểm tra lại tệp gốc.")
    return writer.reading("pptx", repairs=[f"{name} → Unicode: {count} đoạn" for name, count in repaired.items()])


def _text(paragraph: etree._Element) -> tuple[str, frozenset[str]]:
    runs = Runs()
    for child in paragraph:
        if child.tag in (_A + "r", _A + "fld"):
            font = child.find(f"{_A}rPr/{_A}latin")
            runs.add(child.findtext(_A + "t") or "", None if font is None else font.get("typeface"))
        elif child.tag == _A + "br":
            runs.add("\n", None)
    return runs.mended()
