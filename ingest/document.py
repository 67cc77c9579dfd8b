"""The nouns of a paper. Imports nothing of ours; everything else imports these.

`Document.text` is the one truth: every other type carries half-open spans `[start, end)` of Unicode code points
into it, and never a second copy of the words.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points of a document's text."""

    start: int
    end: int


class Kind(StrEnum):
    """What a passage is in the paper's outline (its printed form)."""

    PART = "part"  # Phần
    CHAPTER = "chapter"  # Chương
    SECTION = "section"  # Mục: I. / A. / Mục 1
    SUBSECTION = "subsection"  # Tiểu mục
    ARTICLE = "article"  # Điều
    NUMBER = "number"  # 1. (khoản)
    DECIMAL = "decimal"  # 1.1.
    POINT = "point"  # a)
    DASH = "dash"  # gạch đầu dòng
    PLUS = "plus"  # dấu cộng
    PARAGRAPH = "paragraph"
    QUOTED = "quoted"  # replacement text inside an amending clause
    HEADING = "heading"  # an upper-case heading without a number
    ATTACHED = "attached"  # a regulation issued with the decision
    APPENDIX = "appendix"  # Phụ lục
    TABLE_HEADER = "table_header"
    ROW = "row"
    HEAD = "head"  # letterhead, number, place and date
    TITLE = "title"  # type line
    SUMMARY = "summary"  # trích yếu
    PREAMBLE = "preamble"  # căn cứ and enacting words
    RECIPIENTS = "recipients"  # nơi nhận
    SIGNATURE = "signature"
    NOTE = "note"  # a footnote or other text outside the outline


class Role(StrEnum):
    """What a passage does for its reader, judged from its place and its wording (DOMAIN §6)."""

    TASK = "task"
    TARGET = "target"
    OBJECTIVE = "objective"
    RESPONSIBILITY = "responsibility"
    BASIS = "basis"
    BUDGET = "budget"
    REPORTING = "reporting"
    DEFINITION = "definition"
    SCOPE = "scope"
    PROVISION = "provision"  # a rule of a regulation or a law
    RESULT = "result"  # what a report says was done
    FRAME = "frame"  # head, title, signature, recipients: never an answer
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Box:
    """One printed line of a page image: where each character of `text[start:end]` stands.

    `edges` has end - start + 1 x-coordinates (points, left to right, origin at the page's top left corner);
    character i lies between edges[i] and edges[i + 1]. `top` < `bottom`.
    """

    start: int
    end: int
    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paged format: number from 1, the text it holds, its size in points, and how well it was read."""

    number: int
    start: int
    end: int
    label: str | None = None
    width: float = 0.0
    height: float = 0.0
    origin: str = "text"  # "text" (text layer), "ocr" (recognised) or "image" (nothing readable)
    quality: float | None = None  # share of valid syllables, 0..1; None when the page has too few words to judge
    waiting: bool = False  # its image is still to be recognised
    turn: int = 0  # degrees clockwise by which the page image is turned to stand upright: 0, 90, 180 or 270


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph-like line of a reading, or one row of a real table, with what the format knows of its looks."""

    start: int
    end: int
    page: int | None = None
    cells: tuple[Span, ...] = ()  # non-empty: a table row
    table: int | None = None  # 1-based number of the table in the file, for rows
    header: bool = False  # a row that the format marks as a repeated heading row
    bold: bool = False
    caps: bool = False  # printed in capitals by its font or format, though typed in lower case (".VnTimeH", "all caps")
    centred: bool = False
    indent: float | None = None  # points from the text margin


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: NFC text whose lines are separated by one newline, and where it stood.

    `repairs` says in Vietnamese what was mended ("TCVN3 → Unicode: 14 đoạn"); `warnings` what a reader of the
    document must know. `lines` cover every non-blank line of `text` in order.
    """

    text: str
    format: str  # "txt", "md", "html", "docx", "pdf", …
    lines: tuple[Line, ...]
    pages: tuple[Page, ...] = ()
    boxes: tuple[Box, ...] = ()
    title: str | None = None  # the file's own title property, only a hint
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """What a paper says of its own force: `text[start:end]` says so.

    `since` is its first day and `until` its last; None where the words give no day that can be reckoned ("15 ngày kể từ
    ngày đăng Công báo"). `work`: the words speak of a time in which it is carried out ("giai đoạn 2021-2025").
    """

    start: int
    end: int
    since: datetime.date | None = None
    until: datetime.date | None = None
    work: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the paper says of itself; None where it does not say. Names in `inferred` were concluded, not read."""

    symbol: str | None = None  # số ký hiệu, canonical: "36-NQ/TW", "142/KH-UBND"
    kind: str | None = None  # type word in sentence case: "Kế hoạch"
    issuer: str | None = None  # body of the letterhead: "Ủy ban nhân dân thành phố Hà Khê"
    authority: str | None = None  # in whose name: "Ban Thường vụ Tỉnh ủy"
    place: str | None = None
    date: datetime.date | None = None
    title: str | None = None  # trích yếu, verbatim with line breaks joined
    signer_role: str | None = None
    signer: str | None = None
    language: str = "vi"  # "vi" or "en"
    draft: bool = False  # "Dự thảo"
    internal: bool = False  # "Lưu hành nội bộ"
    inferred: frozenset[str] = frozenset()
    effect: Term | None = None  # from when it says that it has effect
    expiry: Term | None = None  # until when


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable node of the paper's outline. Headings are passages too (`is_heading`); they are not searched.

    `start, end` is the node's own text without its label; `extent` runs from the label to the end of the last
    descendant. `spans` has more than one member where a page break cuts the text.
    """

    locator: str  # "III/2/g4", unique in the document
    kind: Kind
    role: Role
    label: str | None  # as printed: "2.", "a)", "-", "Điều 5."
    start: int
    end: int
    extent: Span
    level: int  # depth in the outline, 0 for a root
    parent: str | None  # locator of the parent
    is_heading: bool = False
    heading: tuple[str, ...] = ()  # heading path from the root, each "III. NHIỆM VỤ …"; never part of the text
    spans: tuple[Span, ...] = ()
    pages: tuple[int, ...] = ()
    cells: tuple[Span, ...] = ()  # of a row
    columns: tuple[str, ...] = ()  # of a row: the heading of each cell
    flags: frozenset[str] = frozenset()  # "ocr", "low-quality", "quoted"

    @property
    def searchable(self) -> bool:
        """Whether the passage may be an answer: not a heading, not the frame of the paper, not a table's head."""
        return not self.is_heading and self.role is not Role.FRAME and self.kind is not Kind.TABLE_HEADER


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a document, with the verb that governs it (DOMAIN §3.2). Never dropped for want of a target."""

    start: int
    end: int
    symbol: str | None
    kind: str | None
    provision: str | None
    # What the paper does to it: basis, implements, details, guides, amends, replaces, repeals, corrects, suspends,
    # continues, attached, refers, reviews, expected; "self" where it is the paper itself.
    verb: str
    date: datetime.date | None = None
    reverse: bool = False  # "được thay thế bởi X": X acts on the paper named before
    of: str | None = None  # symbol or name of the other cited paper that the relation starts from; None: this paper
    implied: bool = False  # a provision alone, its paper known from the clause above
    quoted: bool = False  # inside quoted new wording


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name that the paper defines for itself ("sau đây gọi tắt là Kế hoạch 120")."""

    short: str
    start: int
    end: int
    symbol: str | None  # of the document meant, if it is one
    meaning: str | None  # of the term meant, if it is one


@dataclass(frozen=True, slots=True)
class Document:
    """A paper understood. `id` is the SHA-256 of the source bytes (hex), so equal files are one document."""

    id: str
    file: str  # base name as given, NFC
    format: str
    text: str
    metadata: Metadata
    passages: tuple[Passage, ...]  # document order; parents before children
    pages: tuple[Page, ...] = ()
    boxes: tuple[Box, ...] = ()
    references: tuple[Reference, ...] = ()
    aliases: tuple[Alias, ...] = ()
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    quality: float | None = None

    def slice(self, span: Span | Passage | Term) -> str:
        """The exact words of a span, a passage or a statement."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read; beyond them a file is refused with its reason."""

    bytes: int = 100 * 1024 * 1024
    characters: int = 20_000_000
    pages: int = 2_000  # of a PDF: reading takes about a megabyte of memory for each
    archive_ratio: int = 200  # unpacked : packed, against decompression bombs
    seconds: float = 300.0
    page_seconds: float = 90.0  # the most that the recognition of one page may take


def uncovered(text: str, covered: Sequence[Span]) -> list[Span]:
    """The non-blank stretches of `text` outside `covered`; empty when an outline covers its document."""
    holes: list[Span] = []
    position = 0
    for start, end in [*sorted(covered), Span(len(text), len(text))]:
        if start > position and text[position:start].strip():
            holes.append(Span(position, start))
        position = max(position, end)
    return holes
