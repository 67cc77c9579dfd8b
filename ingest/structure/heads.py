"""Where the head of a paper ends: by its type line, or by number, date, subject and addressees."""

import re

from ingest.structure import landmarks
from ingest.structure.blocks import Block, opening_label
from ingest.structure.labels import Mark
from ingest.structure.notes import note_end

HEAD_LIMIT = 40  # blocks in which a type line may stand
AMENDED_LIMIT = 60  # blocks, notes not counted, from a list of amendments to the first chapter or article


def type_line(found: list[Block]) -> int | None:
    """The index of the type line ("KẾ HOẠCH"), None for letters, forms and texts without a head."""
    for index, block in enumerate(found[:HEAD_LIMIT]):
        if block.cells:
            continue
        if landmarks.kind_of_line(block.words):
            return index
        annex = landmarks.APPENDIX.match(block.folded) and (
            landmarks.is_upper(block.words[:9]) or len(block.words) < 12
        )
        if annex or landmarks.FORM.match(block.folded) or landmarks.CONTINUED.match(block.folded):
            return None
        if _body_began(block):
            return None
        if index and opening_label(block) and not landmarks.NUMBER_LINE.match(block.folded) and found[index].gap:
            return None
    return None


def _body_began(block: Block) -> bool:
    """Whether the head lies before `block`: bases, a letter's addressees and a paper's last words come after it."""
    return bool(
        landmarks.ADDRESSEE.match(block.folded)
        or re.match(r"\W*can cu\b", block.folded)
        or landmarks.RECIPIENTS.match(block.folded)
        or landmarks.END_MARK.search(block.words)
    )


def opens_strongly(block: Block) -> bool:
    """Whether a block bears a label that no head has: of a part, chapter, section, article, or a Roman number."""
    label = opening_label(block)
    return label is not None and label.mark in (Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.ARTICLE, Mark.ROMAN)


def head_end(found: list[Block]) -> int:
    """Where the head of a paper without a type line ends: after number, date, subject and addressees."""
    end = 0
    addressed = False
    for index, block in enumerate(found[:HEAD_LIMIT]):
        folded = block.folded
        if landmarks.CONTINUED.match(folded):
            return index + 1
        if landmarks.FORM.match(folded) or (landmarks.APPENDIX.match(folded) and len(folded) < 30):
            return end
        if landmarks.RECIPIENTS.match(folded) or landmarks.END_MARK.search(block.words) or opens_strongly(block):
            return end
        head = (
            landmarks.MOTTO.search(folded)
            or (landmarks.NUMBER_LINE.match(folded) and len(folded) < 80)
            or landmarks.PLACE_DATE.search(folded[:120])
            or (landmarks.RULE.match(block.words) and index < 12)
            or landmarks.SUBJECT.match(folded)
            or landmarks.ADDRESSEE.match(folded)
        )
        if head:
            end = index + 1
            addressed = addressed or bool(landmarks.ADDRESSEE.match(folded))
        elif addressed and end == index and folded.startswith(("-", "+", "–")) and not block.cells:
            end = index + 1
        elif addressed:
            return end
    return end


def after_amendments(found: list[Block], first: int) -> int:
    """Where the body of a consolidated text begins: its head lists what amended it ("1. Luật số …") before the bases,
    which stand before the first chapter or article. `first` is the first block that might open a body.
    """
    if not first or not landmarks.AMENDED.search(found[first - 1].folded):
        return first
    at = first
    bases = False
    for _ in range(AMENDED_LIMIT):
        while at < len(found) and landmarks.FOOTNOTE.match(found[at].words):
            at = note_end(found, at)
        if at == len(found) or opens_strongly(found[at]):
            break
        bases = bases or landmarks.CITES.match(found[at].folded) is not None
        at += 1
    return at if bases and at < len(found) and opens_strongly(found[at]) else first
