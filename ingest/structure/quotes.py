"""Quoted wording: what stands between “ and ” after "như sau:" belongs to the clause before it (DOMAIN §2.2 step 6)."""

import re
from collections.abc import Callable

from ingest.structure import landmarks
from ingest.structure.blocks import Block
from ingest.structure.labels import DIVISIONS, lex
from ingest.vietnamese import fold

_OPENS = re.compile(r"^\s*[“\"«]")
_CLOSES = re.compile(r"[”\"»]\s*[.;,:]?\s*(?:\[\d+\])?\s*(?:\./\.)?\s*$")
_NEXT_CLAUSE = re.compile(
    r"^\W*(?:\d{1,3}|[a-zđ]|Điều \d{1,3})[.)]\s*(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm từ|Bỏ cụm từ)\b"
)
_AMENDS = re.compile(r"^\W*(?:dieu \d+\w?|\d+|[a-z])[.):]\s*(?:sua doi|bo sung|thay the)\b")
_BASES = re.compile(r"^\W*Căn cứ\b")
LONGEST = 1500  # blocks of one quotation


def _depth(words: str) -> int:
    return words.count("“") - words.count("”")


def quoted_until(found: list[Block], index: int, continues: Callable[[Block], bool] | None = None) -> int | None:
    """The index after the last block of the quotation that opens at `index`; None when none opens there.

    `continues` tells whether a block carries the next label of the amending paper; None in a note, which has no labels
    of its own ("2. Bãi bỏ Thông tư …" is quoted there).

    A quotation that is never closed is its first block only: an unbalanced mark must not swallow the paper. Nor must
    quoted bases (“Căn cứ …”) whose end stands at the foot of another page.
    """
    first = found[index].words
    if not _OPENS.match(first) or not _announced(found, index):
        return None
    bases = _BASES.match(first) is not None
    curly = first.lstrip().startswith("“")
    depth = 0
    for position in range(index, min(len(found), index + LONGEST)):
        words = found[position].words
        if position > index and ((continues and _NEXT_CLAUSE.match(words)) or (bases and _opens_body(found[position]))):
            return position
        depth += _depth(words)
        if _CLOSES.search(words) and (
            not curly or depth <= 0 or (continues and position + 1 < len(found) and continues(found[position + 1]))
        ):
            if not curly and position == index and words.count('"') % 2 and words.count('"') < 2:
                continue
            return position + 1
        if position > index and not found[position].words.strip():
            break
    return index + 1


def _opens_body(block: Block) -> bool:
    """Whether a block cannot stand among quoted bases: a chapter, an article, a title in capitals."""
    return landmarks.is_upper(block.words) or any(label.mark in DIVISIONS for label in lex(block.words))


def _announced(found: list[Block], index: int) -> bool:
    """Whether the block before leads a quotation in ("… như sau:"), or the quotation takes the whole block."""
    if index == 0:
        return False
    before = found[index - 1].words.rstrip(" *_")
    if _AMENDS.match(fold(before)):
        return True
    return before.endswith((":", "”;", "”.", "”", '"', '";', '".')) or bool(_CLOSES.search(found[index].words))
