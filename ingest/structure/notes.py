"""How far a footnote reaches, which may quote whole articles (“Điều 6. Hiệu lực …”), and the imprint of a gazette."""

import re

from ingest.structure.blocks import Block
from ingest.structure.labels import article_number, lex
from ingest.structure.quotes import quoted_until

_ANNOUNCES = re.compile(r"\bnhu sau\s*:\W*$")

_ADDRESS = re.compile(r"\w@\w|https?://")
LONGEST_IMPRINT = 14  # blocks


def note_end(found: list[Block], index: int, due: int = 1) -> int:
    """The index after the last block of the note that begins at `index`; `due` is the number of the next article.

    What a note quotes is no clause of the paper: its "1." would stand beside those of an article, its "Điều 6" be the
    second of that number. One note may quote several papers, each behind words that announce it.
    """
    end = index + 1
    while end < len(found) and _announces(found[end - 1]):
        closed = quoted_until(found, end)
        if closed is None:
            break
        overrun = _overrun(found, end, closed, due)
        if overrun is not None:
            return overrun
        end = closed
        if end + 1 < len(found) and _announces(found[end]) and not lex(found[end].words):
            end += quoted_until(found, end + 1) is not None
    return end


def imprint_end(found: list[Block], index: int) -> int:
    """The index after the imprint of the gazette that begins at `index`: its publisher's address down to the e-mail."""
    ahead = found[index : index + LONGEST_IMPRINT]
    last = next((i for i, block in enumerate(ahead) if _ADDRESS.search(block.words)), 0)
    return index + last + 1


def _announces(block: Block) -> bool:
    return _ANNOUNCES.search(block.folded) is not None


def _overrun(found: list[Block], start: int, end: int, due: int) -> int | None:
    """Where a quotation that goes on at the foot of another page runs into the body: at the article that is due, if the
    paper has no other of that number.
    """
    at = next((i for i in range(start, end) if _number(found[i]) == due), None)
    return at if at is None or not any(_number(block) == due for block in found[end:]) else None


def _number(block: Block) -> int:
    """The number of the article that a block opens, 0 for others."""
    return article_number(lex(block.words))
