"""The state-secret gate: a paper stamped MẬT, TỐI MẬT or TUYỆT MẬT is refused before anything of it is kept.

A stamp stands alone on a line (or in a cell) of the paper's head, or is named as its degree of secrecy ("Độ mật: Mật").
"Bảo mật", "mật độ", "mật ong" and a law that speaks of the stamps are none (Luật Bảo vệ bí mật nhà nước 2018, Điều 8).
"""

import re

from ingest.document import Reading
from ingest.errors import Refused
from ingest.vietnamese import fold, key

HEAD_LINES = 40
_STAMP = re.compile(r"^\W*(?:đóng dấu|dấu|độ mật|mức độ mật|độ khẩn)?\W*(?P<degree>tuyệt\s*mật|tối\s*mật|mật)\W*$")
_SPACED = re.compile(r"^\W*(?:t\s*u\s*y\s*ệ\s*t\s+m\s*ậ\s*t|t\s*ố\s*i\s+m\s*ậ\s*t|m\s+ậ\s+t)\W*$")
_UNMARKED = re.compile(r"^\W*(?:TUYET\s*MAT|TOI\s*MAT)\W*$")
_NAMED = re.compile(r"(?:độ mật|mức độ mật|độ bảo mật)\s*[:：]\s*(?:tuyệt\s*mật|tối\s*mật|mật)\b")
_PIECES = re.compile(r"\n|\t|\||[ \u00a0]{3,}")


def is_stamp(piece: str) -> bool:
    """Whether a line, or a cell, is nothing but a stamp."""
    words = key(piece)
    if not (_STAMP.match(words) or _SPACED.match(words) or _UNMARKED.match(piece)):
        return False
    letters = [char for char in piece if char.isalpha()]
    # in running text "mật" would stand in lower case; a stamp is printed in capitals, or named by its degree
    return all(char.isupper() for char in letters) or "độ mật" in words


def stamp(reading: Reading) -> str | None:
    """The stamp of secrecy that the head (or the head of any page) carries, None for an open paper."""
    text = reading.text
    heads = [text[: _after_lines(text, 0, HEAD_LINES)]]
    heads += [text[page.start : _after_lines(text, page.start, 6)] for page in reading.pages if page.start]
    for head in heads:
        for piece in _PIECES.split(head):
            if piece.strip() and is_stamp(piece.strip()):
                return " ".join(piece.split()).strip(" *_#[]():.")
    named = _NAMED.search(key(heads[0]))
    return named.group(0) if named else None


def _after_lines(text: str, start: int, lines: int) -> int:
    """The offset after so many non-blank lines."""
    at = start
    while lines and at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        lines -= bool(text[at:end].strip())
        at = end + 1
    return min(at, len(text))


def gate(reading: Reading) -> None:
    """Raise Refused("state_secret") for a paper that carries a stamp of secrecy."""
    found = stamp(reading)
    if found is not None:
        raise Refused(
            "state_secret",
            f"Văn bản có dấu độ mật “{found}” nên không được đưa vào kho. Hãy quản lý theo quy định về bảo vệ "
            f"bí mật nhà nước.",
        )


def is_draft(text: str) -> bool:
    """Whether the head says "Dự thảo"."""
    return any(re.match(r"^\W*du\s*thao\b", fold(piece)) for piece in _PIECES.split(text[: _after_lines(text, 0, 12)]))


def is_internal(text: str) -> bool:
    """Whether the head or the foot says "Lưu hành nội bộ"."""
    edges = fold(text[: _after_lines(text, 0, 15)]) + "\n" + fold(text[-800:])
    return re.search(r"luu hanh noi bo|khong pho bien", edges) is not None
