"""The plain text of a paper, parted into what an office lays out differently: head, title, body, tables, foot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

TYPES = frozenset(
    [
        "KẾ HOẠCH",
        "QUYẾT ĐỊNH",
        "NGHỊ QUYẾT",
        "CHỈ THỊ",
        "HƯỚNG DẪN",
        "BÁO CÁO",
        "KẾT LUẬN",
        "THUYẾT MINH TÓM TẮT",
        "QUY CHẾ",
        "QUY ĐỊNH",
    ]
)
_NATIONAL = ("CỘNG HÒA XÃ HỘI", "ĐẢNG CỘNG SẢN")
_RULE = re.compile(r"-{3,}|\*")
_WIDE = re.compile(r"\s{3,}")
LABEL = re.compile(
    r"(?P<roman>[IVX]+)(?P<rsep>[.-]) |(?P<decimal>\d+\.\d+)\. |(?P<number>\d+)(?P<nsep>[.-]) |(?P<point>[a-zđ])\) "
    r"|(?P<dash>-) |(?P<plus>\+) "
)


class Look(StrEnum):
    """How a block of the body is set."""

    TEXT = "text"
    HEADING = "heading"
    CENTRED = "centred"
    TABLE = "table"
    FOOT = "foot"


@dataclass(frozen=True)
class Block:
    """One block: its lines (one for text, more for centred and foot), or the rows of a table."""

    look: Look
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    signature: tuple[str, ...] = ()


@dataclass
class Paper:
    """A paper: left and right column of its head, its title lines, and its body."""

    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)

    @property
    def is_party(self) -> bool:
        """Party papers print other ornaments."""
        return any(line.startswith("ĐẢNG CỘNG SẢN") for line in self.right)


def read(text: str) -> Paper:
    """Parses a source file."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", text.strip("\n"))]
    paper = Paper()
    index = 0
    while blocks[index][0] not in TYPES and not blocks[index][0].startswith("Kính gửi"):
        _head(paper, blocks[index])
        index += 1
    if blocks[index][0] in TYPES:
        paper.title = [line for line in blocks[index] if not _RULE.fullmatch(line)]
        index += 1
    paper.body = list(_body(blocks[index:]))
    return paper


def _head(paper: Paper, lines: list[str]) -> None:
    for line in lines:
        parts = _WIDE.split(line.strip())
        if len(parts) == 2:
            paper.left.append(parts[0])
            paper.right.append(parts[1])
        elif _RULE.fullmatch(line):
            continue
        elif lines[0].startswith(_NATIONAL) or ", ngày " in line:
            paper.right.append(line)
        else:
            paper.left.append(line)


def _body(blocks: list[list[str]]) -> Iterator[Block]:
    index = 0
    while index < len(blocks):
        lines = blocks[index]
        index += 1
        if lines[0] == "Nơi nhận:":
            signature: list[str] = []
            while index < len(blocks) and blocks[index][0] not in TYPES and blocks[index][0] != "PHỤ LỤC":
                signature.extend(blocks[index])
                index += 1
            yield Block(Look.FOOT, tuple(lines), signature=tuple(signature))
        elif " | " in lines[0]:
            yield Block(Look.TABLE, rows=tuple(tuple(line.split(" | ")) for line in lines))
        elif _is_centred(lines):
            yield Block(Look.CENTRED, tuple(lines))
        else:
            text = lines[0]
            while index < len(blocks) and _goes_on(text, blocks[index][0]):
                text += " " + blocks[index][0]
                index += 1
            yield Block(Look.HEADING if is_heading(text) else Look.TEXT, (text,))
            yield from (Block(Look.TEXT, (line,)) for line in lines[1:])


def _is_centred(lines: list[str]) -> bool:
    return LABEL.match(lines[0]) is None and (lines[0].upper() == lines[0] or lines[0].startswith("Chương "))


def is_heading(text: str) -> bool:
    """A numbered line that names what follows."""
    return (
        len(text) < 200
        and (LABEL.match(text) is not None or text.startswith("Điều "))
        and text[-1] not in ".;:,”"
        and text[0] not in "-+"
    )


def _goes_on(text: str, following: str) -> bool:
    """A paragraph that the plain text breaks at a page break (paper 04)."""
    return text[-1] not in ".;:!?”/" and following[0].islower() and LABEL.match(following) is None
