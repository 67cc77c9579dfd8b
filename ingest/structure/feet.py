"""What goes on with the foot of a paper: lines of a signature, lines of the list of recipients."""

import re

from ingest.structure import landmarks
from ingest.structure.blocks import Block, opening_label
from ingest.structure.labels import lex
from ingest.vietnamese import UPPER

# Ranks and degrees before a name: "Đại tá Lê Khắc M", "PGS.TS. Trần Văn N".
_RANKS = r"(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy)|(?:(?:PGS|GS|TS|ThS|Ths|BS|CKI{1,2}|NGND|NGƯT|LS)\.?[\s,]*)+"
RANK = re.compile(rf"^(?:{_RANKS})[\s.]+")
NAME_LINE = re.compile(rf"^\W*(?:(?:{_RANKS})[\s.]+)?(?:[{UPPER}][^\W\d_]*\.?\s*){{1,6}}\W*$")
_CITY_DATE = re.compile(r"^[^.;]{0,40}ngay.{0,12}thang.{0,12}nam")


def signature_line(block: Block) -> bool:
    """Whether a block goes on with a signature: a post, a stamp word, a place and date, a name, a number."""
    if block.cells or len(block.words) > 120:
        return False
    folded = block.folded
    if landmarks.MOTTO.search(folded) or landmarks.FORM.match(folded) or landmarks.kind_of_line(block.words):
        return False
    return bool(
        landmarks.SIGNED.match(folded)
        or landmarks.SIGNING.match(folded)
        or (landmarks.is_upper(block.words) and len(block.words) < 80 and not opening_label(block))
        or _CITY_DATE.match(folded)
        or NAME_LINE.match(block.words)
        or landmarks.NUMBER_LINE.match(folded)
        or folded.strip().startswith(("(ky", "(da ky", "[", "ky ten", "(chu ky", "(signed"))
    )


def recipient_line(block: Block) -> bool:
    """Whether a block goes on with the recipients: an item of their list, or a short line that opens no section."""
    folded = block.folded.lstrip()
    if folded.startswith(("-", "–", "+", "•", "*", "luu", "nhu ")):
        return len(folded) < 300
    if block.cells or len(folded) > 90 or landmarks.MOTTO.search(folded) or landmarks.FORM.match(folded):
        return False
    return not lex(block.words) and not landmarks.is_upper(block.words) and not folded.startswith("(")


def named(block: Block) -> bool:
    """Whether a block is a signer's name, or the word that it was signed."""
    name = NAME_LINE.match(block.words) and not landmarks.is_upper(block.words)
    return bool(name or landmarks.SIGNED.match(block.folded))
