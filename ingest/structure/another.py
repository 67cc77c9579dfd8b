"""Where another paper begins in the same file: a letter and the plan it sends, two decisions scanned in one go."""

import re

from ingest.structure import landmarks
from ingest.structure.blocks import Block, opening_label
from ingest.symbols import find_symbols

LONGEST_HEAD = 16  # blocks from the first line of a letterhead to its type line
_DAY = re.compile(r"\bngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*\d{4}")


def begins_paper(found: list[Block], index: int) -> bool:
    """Whether a whole letterhead begins at `index`: motto, a number or a date that is filled in, then a type line.

    To be asked behind a signature only. The blank letterhead of a form has neither number nor date.
    """
    motto = told = False
    for block in found[index : index + LONGEST_HEAD]:
        folded = block.folded
        if landmarks.kind_of_line(block.words) and not block.cells:
            return motto and told
        if not _of_head(block):
            return False
        motto = motto or landmarks.MOTTO.search(folded) is not None
        told = told or bool(_DAY.search(folded)) or (landmarks.is_number(folded) and bool(find_symbols(block.words)))
    return False


def _of_head(block: Block) -> bool:
    folded = block.folded
    if landmarks.MOTTO.search(folded) or landmarks.is_number(folded) or landmarks.RULE.match(block.words):
        return True
    if landmarks.SUBJECT.match(folded) or (landmarks.PLACE_DATE.search(folded) and len(folded) < 80):
        return True
    signs = landmarks.SIGNING.match(folded) or landmarks.POST_LINE.match(folded)
    return landmarks.is_upper(block.words) and not signs and not opening_label(block) and not block.cells
