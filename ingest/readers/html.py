"""HTML pages of portals: the paper alone, without menus, scripts and reading aids."""

import re
from collections.abc import Iterator

from lxml import etree, html

from ingest.document import Limits, Reading
from ingest.errors import Refused, Unreadable
from ingest.legacy import decode
from ingest.readers.grid import Cell, is_layout, rectangle
from ingest.readers.numbering import ordinal
from ingest.readers.writer import Writer, tidy
from ingest.vietnamese import fold

_DROPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "nav",
    "aside",
    "button",
    "select",
    "option",
    "textarea",
    "input",
    "svg",
    "img",
    "head",
    "object",
]
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "body",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "center",
        "table",
        "tr",
        "td",
        "th",
        "form",
        "header",
        "footer",
        "figure",
        "figcaption",
        "tbody",
        "thead",
        "tfoot",
        "address",
        "hr",
        "fieldset",
    ]
)
_KNOWN = (
    ".//*[contains(concat(' ', @class, ' '), ' content1 ')]",  # thuvienphapluat.vn, the Vietnamese text first
    ".//*[contains(concat(' ', @class, ' '), ' preview-content ')]",  # vbpl.vn
    ".//*[@id='toanvancontent' or contains(concat(' ', @class, ' '), ' toanvancontent ')]",  # vbpl.vn before 2024
    ".//article",
)
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_LETTER = re.compile(r"[^\W\d_]")
_LANDMARK = re.compile(r"cong hoa xa hoi|dang cong san viet nam|noi nhan|ngay \d+ thang \d+ nam")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"(^|[\s_-])(breadcrumb|menu|navbar|sidebar|footer|header-?bar|share|comment|toolbar|banner|cookie)", re.I
)


def read_html(data: bytes, limits: Limits) -> Reading:
    """The main text of a page, one line per paragraph, tables as rows.

    Raises Unreadable("empty") for a page without text, Refused("too_large") beyond the limit of characters.
    """
    source, repairs = _decoded(data)
    if len(source) > limits.characters:
        raise Refused("too_large", "Trang HTML vượt giới hạn ký tự. Hãy chia nhỏ trang rồi thêm lại.")
    try:
        tree = html.document_fromstring(
            source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("empty", "Trang HTML không có nội dung. Hãy lưu lại trang đầy đủ rồi thêm lại.") from error
    title = tidy(tree.findtext(".//title") or "") or None
    _strip(tree)
    writer = Writer()
    _Page(writer).block(_main(tree))
    if not writer.lines:
        raise Unreadable("empty", "Trang HTML không có nội dung chữ. Hãy lưu lại trang đầy đủ rồi thêm lại.")
    return writer.reading("html", title=title, repairs=repairs)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    declared = _CHARSET.search(data[:4096])
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(declared.group(1).decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration: judge by the bytes instead
    decoded = decode(data)
    return decoded.text, decoded.repairs


def _strip(tree: html.HtmlElement) -> None:
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *_DROPPED, with_tail=False)
    doomed = [
        element
        for element in tree.iter("*")
        if element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "")
        or (
            element.tag in ("div", "ul", "header", "footer")
            and _BOILERPLATE.search(f"{element.get('id')} {element.get('class')}")
            and not _holds_paper(element)
        )
    ]
    for element in doomed:
        if element.getparent() is not None and element.tag not in ("html", "body"):
            element.drop_tree()


def _holds_paper(element: html.HtmlElement) -> bool:
    return len(_LETTER.findall(element.text_content())) > 4000 or bool(
        _LANDMARK.search(fold(element.text_content()[:4000]))
    )


def _main(tree: html.HtmlElement) -> html.HtmlElement:
    """The smallest element that holds nearly all of the paper, weighed in Vietnamese letters outside links."""
    body = tree.find("body")
    node = tree if body is None else body
    for known in _KNOWN:
        found = node.xpath(known)
        if found and len(_LETTER.findall(found[0].text_content())) > 200:
            return found[0]
    letter = _VIETNAMESE if len(_VIETNAMESE.findall(node.text_content())) > 200 else _LETTER
    while True:
        children = [(_weight(child, letter), child) for child in node if isinstance(child.tag, str)]
        weight, best = max(children, key=lambda pair: pair[0], default=(0, node))
        rest = [child.text_content() for count, child in children if child is not best and count]
        whole = weight >= 0.8 * _weight(node, letter)
        if not weight or not whole or best.tag in ("p", "tr") or _LANDMARK.search(fold("\n".join(rest))):
            return node
        node = best


def _weight(element: html.HtmlElement, letter: re.Pattern[str]) -> int:
    linked = sum(len(letter.findall(link.text_content())) for link in element.iter("a"))
    return max(0, len(letter.findall(element.text_content())) - linked)


class _Page:
    """Writes the blocks below an element, inline text gathered into one paragraph until a block or a break ends it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._inline: list[str] = []
        self._bold: list[bool] = []
        self._label = ""  # of a list item, until its first words come: "<li><p>…"
        self._tables = 0

    def block(self, element: html.HtmlElement, centred: bool = False) -> None:
        centred = centred or _is_centred(element)
        if element.tag == "table":
            self._table(element, centred)
            return
        self._add(element.text, element)
        for child in element:
            self._child(child, centred)
            self._add(child.tail, element)
        self.flush(centred)

    def _child(self, child: html.HtmlElement, centred: bool) -> None:
        if not isinstance(child.tag, str):
            return
        if child.tag == "br":
            self.flush(centred)
        elif child.tag in _BLOCKS:
            self.flush(centred)
            if child.tag == "li":
                self._label = _label(child)
            self.block(child, centred)
            if child.tag == "li":
                self._label = ""
        else:
            self._add(child.text, child)
            for grandchild in child:
                self._child(grandchild, centred)
                self._add(grandchild.tail, child)

    def _add(self, text: str | None, element: html.HtmlElement) -> None:
        if text:
            self._inline.append(text)
            if text.strip():
                self._bold.append(_is_bold(element))

    def flush(self, centred: bool = False) -> None:
        words = "".join(self._inline)
        if self._label and words.strip():
            # some pages print the label themselves and hide the browser's
            words = words if _LABELLED.match(words) else self._label + words
            self._label = ""
        self._writer.line(words, bold=bool(self._bold) and all(self._bold), centred=centred)
        self._inline, self._bold = [], []

    def _table(self, element: html.HtmlElement, centred: bool) -> None:
        rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in _rows(element)]
        nested = next(element.iterdescendants("table"), None) is not None
        if nested or is_layout(rows, bordered=_is_bordered(element)):
            for row in _rows(element):
                for cell in row:
                    if isinstance(cell.tag, str):
                        self.block(cell, centred)
            return
        self.flush()
        self._tables += 1
        heads = len(element.findall("./thead/tr"))
        for filled in rectangle(rows, heads):
            self._writer.row(filled.cells, self._tables, header=filled.header)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cell(cell: html.HtmlElement) -> Cell:
    return Cell(_cell_text(cell), _number(cell.get("colspan")), _number(cell.get("rowspan")), cell.tag == "th")


def _cell_text(cell: html.HtmlElement) -> str:
    """Text of a cell with its paragraphs parted by newlines."""
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            parts.append("\n" if element.tag in _BLOCKS or element.tag == "br" else "")
            parts.append(_spaced(element.text))
        else:
            parts.append("\n" if element.tag in _BLOCKS else "")
            if element is not cell:
                parts.append(_spaced(element.tail))
    return "".join(parts).strip()


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _number(value: str | None) -> int:
    return min(int(value), 1000) if value and value.isascii() and value.isdigit() and value != "0" else 1


def _is_bordered(table: html.HtmlElement) -> bool:
    if (table.get("border") or "0").strip() not in ("0", ""):
        return True
    styles = " ".join(element.get("style") or "" for element in [table, *table.iter("td", "th")][:6])
    return bool(re.search(r"border(-top|-left|-right|-bottom)?\s*:\s*(?!none|0)[^;]*(solid|\d(px|pt))", styles)) or (
        next(table.iter("th"), None) is not None
    )


def _is_centred(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.tag == "center" or element.get("align", "").lower() == "center" or "text-align:center" in style


def _is_bold(element: html.HtmlElement | None) -> bool:
    while element is not None and element.tag not in ("body", "td", "div"):
        style = (element.get("style") or "").replace(" ", "").lower()
        if element.tag in ("b", "strong", "th") or element.tag in _HEADINGS or "font-weight:bold" in style:
            return True
        element = element.getparent()
    return False


def _label(item: html.HtmlElement) -> str:
    """The printed label of a list item, which the page leaves to the browser; "" where the page hides it."""
    parent = item.getparent()
    style = _LIST_STYLE.search(
        " ".join((item.get("style") or "", (parent.get("style") or "") if parent is not None else ""))
    )
    named = style.group(1).lower() if style else ""
    if named == "none":
        return ""
    if parent is None or parent.tag != "ol":
        return "- "
    before = list(item.itersiblings("li", preceding=True))
    # "value" sets the number of an item and those behind it
    at = next((i for i, each in enumerate([item, *before]) if (each.get("value") or "").isdecimal()), None)
    if at is None:
        number = _number(parent.get("start")) + len(before)
    else:
        number = _number([item, *before][at].get("value")) + at
    kind = _STYLES.get(named) or parent.get("type") or "1"
    return f"{ordinal(number, _LIST_TYPES.get(kind, 'decimal'))}{')' if kind in 'aA' else '.'} "


_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1",
}  # fmt: skip
_LABELLED = re.compile(r"\s*(?:[-–—+•*]\s|\d{1,2}(?:\.\d{1,2})*[.)/]\s|[a-zđ]\)|[IVX]+[.)-]\s|Điều \d)")
