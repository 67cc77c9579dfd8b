"""What Word's styles and lists say of a paragraph: its printed label, weight, alignment, indent, font."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.numbering import ordinal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
# Bullets drawn from Symbol or Wingdings; the outline knows them all as one kind of item.
# Plus and minus as the Symbol font has them: LibreOffice writes so the "+" and "-" of lists in old DOC files.
_SYMBOL_SIGNS = {0xF02B: "+", 0xF02D: "-"}
_DRAWN_BULLET = re.compile("[\uf000-\uf0ff\u00b7\u2022\u25aa\u25cf\u25cb]|^o$")


def value(element: etree._Element | None, path: str, attribute: str = "val") -> str | None:
    """The attribute of a child at `path` ("w:" left out), None where either is absent."""
    if element is None:
        return None
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + attribute)


def switched_on(element: etree._Element | None, path: str) -> bool | None:
    """A toggle property: True, False, or None when it is not said."""
    if element is None:
        return None
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val", "1") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class _Level:
    format: str
    text: str
    start: int
    style: str | None
    legal: bool


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    abstract: str


@dataclass(slots=True)
class Styles:
    """Styles and numbering of one document. Labels must be asked for in document order: each question counts on."""

    styles_part: etree._Element | None
    numbering_part: etree._Element | None
    _styles: dict[str, etree._Element] = field(default_factory=dict)
    _lists: dict[str, _List] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _default: str | None = None

    def __post_init__(self) -> None:
        if self.styles_part is not None:
            for style in self.styles_part.iter(W + "style"):
                self._styles[style.get(W + "styleId", "")] = style
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                    self._default = style.get(W + "styleId")
        if self.numbering_part is not None:
            self._read_lists(self.numbering_part)

    def _read_lists(self, part: etree._Element) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        linked: dict[str, str] = {}
        for abstract in part.iter(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            abstracts[name] = {int(level.get(W + "ilvl", "0")): _level(level) for level in abstract.iter(W + "lvl")}
            if style := value(abstract, "numStyleLink"):
                linked[name] = style
            if style := value(abstract, "styleLink"):
                linked.setdefault("style:" + style, name)
        for num in part.iter(W + "num"):
            name = value(num, "abstractNumId") or ""
            name = linked.get("style:" + linked.get(name, ""), name)
            levels = dict(abstracts.get(name, {}))
            for override in num.iter(W + "lvlOverride"):
                self._override(levels, override, num.get(W + "numId", ""))
            self._lists[num.get(W + "numId", "")] = _List(levels, name)

    def _override(self, levels: dict[int, _Level], override: etree._Element, num_id: str) -> None:
        index = int(override.get(W + "ilvl", "0"))
        redefined = override.find(W + "lvl")
        if redefined is not None:
            levels[index] = _level(redefined)
        start = value(override, "startOverride")
        if start is not None and index in levels:
            old = levels[index]
            levels[index] = _Level(old.format, old.text, int(start), old.style, old.legal)
            self._begun.add(f"{num_id}/{index}")  # counting starts anew when this list is first met

    def chain(self, style: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on."""
        seen: set[str] = set()
        style = style or self._default
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")

    def label(self, paragraph: etree._Element) -> str:
        """The number or bullet that Word prints before `paragraph`; "" when there is none."""
        num_id, level_index = self._numbering_of(paragraph)
        found = self._lists.get(num_id or "")
        if num_id in (None, "0") or found is None or level_index not in found.levels:
            return ""
        level = found.levels[level_index]
        if level.format == "bullet":
            drawn = level.text.translate(_SYMBOL_SIGNS)
            return "•" if _DRAWN_BULLET.search(drawn) else (drawn.strip() or "-")
        counters = self._count(found, num_id or "", level_index)
        return _PLACE.sub(lambda place: _printed(found, counters, int(place.group(1)) - 1, level), level.text).strip()

    def _numbering_of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        properties = paragraph.find(W + "pPr")
        style = value(properties, "pStyle")
        num_id, level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        if num_id is None:
            for ancestor in self.chain(style):
                num_id = value(ancestor, "pPr/numPr/numId")
                if num_id is not None:
                    level = level or value(ancestor, "pPr/numPr/ilvl") or self._level_of_style(num_id, style)
                    break
        return num_id, int(level or 0)

    def _level_of_style(self, num_id: str, style: str | None) -> str | None:
        levels = self._lists[num_id].levels if num_id in self._lists else {}
        return next((str(index) for index, level in levels.items() if level.style == style), None)

    def _count(self, found: _List, num_id: str, index: int) -> dict[int, int]:
        """Lists that share an abstract definition count on together, unless one of them overrides the start."""
        counters = self._counters.setdefault(found.abstract, {})
        marker = f"{num_id}/{index}"
        if marker in self._begun:
            self._begun.discard(marker)
            counters.pop(index, None)
        counters[index] = counters.get(index, found.levels[index].start - 1) + 1
        for deeper in [level for level in counters if level > index]:
            del counters[deeper]
        return counters

    def is_on(self, style: str | None, toggle: str) -> bool:
        """Whether the style turns a toggle ("rPr/b") on for its paragraphs."""
        return next((on for s in self.chain(style) if (on := switched_on(s, toggle)) is not None), False)

    def alignment(self, paragraph: etree._Element) -> str | None:
        """ "center", "both", … of a paragraph or its style."""
        properties = paragraph.find(W + "pPr")
        direct = value(properties, "jc")
        return direct or next((jc for s in self.chain(value(properties, "pStyle")) if (jc := value(s, "pPr/jc"))), None)

    def indent(self, paragraph: etree._Element) -> float | None:
        """Left indent of the first line in points, None when nothing says."""
        properties = paragraph.find(W + "pPr")
        for holder, path in [(properties, "ind"), *((s, "pPr/ind") for s in self.chain(value(properties, "pStyle")))]:
            left = value(holder, path, "left") or value(holder, path, "start")
            first = value(holder, path, "firstLine")
            hanging = value(holder, path, "hanging")
            if left or first or hanging:
                return (_twips(left) + _twips(first) - _twips(hanging)) / 20
        return None

    def font(self, run: etree._Element, style: str | None) -> str | None:
        """Name of the font a run is set in, by itself or by its styles."""
        direct = _font(run.find(W + "rPr"))
        if direct:
            return direct
        for holder in (value(run, "rPr/rStyle"), style):
            for ancestor in self.chain(holder) if holder or style else ():
                if name := _font(ancestor.find(W + "rPr")):
                    return name
        return next((n for s in self.chain(None) if (n := _font(s.find(W + "rPr")))), None) or self._document_font()

    def _document_font(self) -> str | None:
        if self.styles_part is None:
            return None
        return _font(self.styles_part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))


def _font(properties: etree._Element | None) -> str | None:
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")


def _level(level: etree._Element) -> _Level:
    start = value(level, "start")
    return _Level(
        format=value(level, "numFmt") or "decimal",
        text=value(level, "lvlText") or "",
        start=int(start) if start and start.isdigit() else 1,
        style=value(level, "pStyle"),
        legal=bool(switched_on(level, "isLgl")),
    )


def _printed(found: _List, counters: dict[int, int], index: int, asking: _Level) -> str:
    level = found.levels.get(index)
    if level is None:
        return ""
    return ordinal(counters.get(index, level.start), "decimal" if asking.legal else level.format)


def _twips(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
