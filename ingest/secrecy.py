"""The state-secret gate: a paper stamped MẬT, TỐI MẬT or TUYỆT MẬT is refused before anything of it is kept.

A stamp stands alone in the paper's head (on a line, in a cell, glued to what stands beside it), heads a later page, or
is named as the paper's degree of secrecy ("Độ mật: Mật"). "Bảo mật", "mật độ", "mật ong", and a law or a list that
speaks of the degrees, are none (Luật Bảo vệ bí mật nhà nước 2018, Điều 8; stamps: Thông tư 24/2020/TT-BCA).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from ingest.document import Reading
from ingest.errors import Refused
from ingest.structure.blocks import shown
from ingest.structure.seams import seams
from ingest.vietnamese import fold, key

HEAD_LINES = 40
PAGE_LINES = 6  # of a later page
_DEGREE = r"(?:tuyệt\s*mật|tối\s*mật|mật)"
_STAMP = re.compile(rf"^\W*(?:đóng dấu|dấu|mức độ mật|độ bảo mật|độ mật)?\W*{_DEGREE}\W*$")
_SPACED = re.compile(r"^\W*(?:t\s*u\s*y\s*ệ\s*t\s+m\s*ậ\s*t|t\s*ố\s*i\s+m\s*ậ\s*t|m\s*ậ\s*t)\W*$")
_NAMED = re.compile(rf"^\W*(?:mức độ mật|độ bảo mật|độ mật)\s*[:：]\s*{_DEGREE}\W*$")
# As a scan or a keyboard without marks has it: "TUYÊT MÂT", "TỐl MẬT". A lone "MAT" without marks may be anything.
_MISREAD = frozenset({"toimat", "tuyetmat"})
_MISREAD_SHORT = re.compile(r"^\W*M[ẬÂẠẤẦẨẪ]\s?T\W*$")
_BESIDE = re.compile(r"^\W*(?:hỏa tốc(?: hẹn giờ)?|thượng khẩn|khẩn|bản số\W*\d*|tài liệu thu hồi|thu hồi)\W*$")
_PARTS = re.compile(r"\s*[-–—/,;+&]\s*|\s{2,}|\s+(?=[Bb]ản số|BẢN SỐ)")
# Beside the number or the motto, with one blank or none between: "Số: 12/KH-UBND MẬT", "MẬT CỘNG HÒA XÃ HỘI …".
_CAPITALS = r"(?:TUYỆT\s?MẬT|TỐI\s?MẬT|MẬT)"
_GLUED = re.compile(
    rf"(?:^|(?<!BÍ)(?<!BẢO)(?<!CƠ)\s)(?P<before>{_CAPITALS})\s?(?=CỘNG HÒA XÃ|ĐẢNG CỘNG SẢN|[Ss]ố\s?:?\s?\d)"
    rf"|^\W*[Ss]ố\s?:?\s?\d[\w./\-]*?\s?(?P<behind>{_CAPITALS})\W*$"
)
_GOES_ON = re.compile(r"\b(?:bí|bảo|độ|dấu|cơ|mức|loại)\W*$")  # the line before ends in the first half of a word
_HINT = re.compile(r"m\s*[ậâaạấầẩẫ]\s*t", re.IGNORECASE)
_PIECES = re.compile(r"\n|\t|\||[ \u00a0]{3,}")
_BODY = re.compile(r"^\W*(?:can cu\b|dieu 1\b|chuong i\b|phan thu nhat|i\.|1\.|kinh gui\b)")
_ABOUT = re.compile(r"bi mat nha nuoc|do mat\b(?!\s*:)")


def _capitals(piece: str) -> bool:
    letters = [char for char in piece if char.isalpha()]
    # "l" is how a scan reads a capital I
    return bool(letters) and all(char.isupper() or char == "l" for char in letters)


def is_stamp(piece: str) -> bool:
    """Whether a line, or a cell, is nothing but a stamp, alone or with a mark of urgency ("MẬT - HỎA TỐC")."""
    if _is_degree(piece):
        return True
    parts = [part for part in _PARTS.split(piece) if part.strip()]
    degrees = [part for part in parts if _is_degree(part)]
    return bool(degrees) and all(part in degrees or _BESIDE.match(key(part)) for part in parts)


def _is_degree(piece: str) -> bool:
    words = key(piece)
    if _NAMED.match(words):
        return True
    # in running text "mật" would stand in lower case; a stamp is printed in capitals, or named by its degree
    if not _capitals(piece):
        return _STAMP.match(words) is not None and "độ mật" in words
    if _STAMP.match(words) or _SPACED.match(words) or _MISREAD_SHORT.match(piece):
        return True
    return re.sub(r"[^a-z]", "", fold(piece).replace("0", "o").replace("tol", "toi")) in _MISREAD


def _pieces(line: str) -> Iterator[str]:
    """What stands alone in a line: cells, columns, the parts of a letterhead glued together."""
    for cell in _PIECES.split(line):
        edges = [0, *seams(cell), len(cell)]
        yield from (piece.strip() for a, b in pairwise(edges) if (piece := cell[a:b]).strip())


def _lines(reading: Reading, start: int, count: int) -> list[str]:
    """The first `count` lines from `start` on, as printed."""
    first = bisect_left(reading.lines, start, key=lambda line: line.start)
    found = reading.lines[first : first + count]
    return [shown(reading.text[line.start : line.end], line.caps) for line in found]


def _head(reading: Reading) -> list[str]:
    """The lines of the paper's head: down to its bases, addressees or first section."""
    lines = _lines(reading, 0, HEAD_LINES)
    return lines[: next((at for at, line in enumerate(lines) if at and _BODY.match(fold(line))), len(lines))]


def _stamped(lines: list[str]) -> str | None:
    before = ""
    for line in lines:
        if not _HINT.search(line):
            before = line
            continue
        for piece in _pieces(line):
            if is_stamp(piece) and not _GOES_ON.search(key(before)):
                return piece
            if glued := _GLUED.search(piece):
                return str(glued.group("before") or glued.group("behind"))
            before = piece
    return None


def stamp(reading: Reading) -> str | None:
    """The stamp of secrecy that the head (or the head of any page) carries, None for an open paper."""
    head = _head(reading)
    found = _stamped(head)
    # a circular on the stamps prints them as samples in its annexes
    if found is None and not _ABOUT.search(fold(" ".join(head))):
        tops = (_lines(reading, page.start, PAGE_LINES) for page in reading.pages if page.start)
        found = next((top for lines in tops if (top := _stamped(lines))), None)
    return " ".join(found.split()).strip(" *_#[]():.") if found else None


def gate(reading: Reading) -> None:
    """Raise Refused("state_secret") for a paper that carries a stamp of secrecy."""
    found = stamp(reading)
    if found is not None:
        raise Refused(
            "state_secret",
            f"Văn bản có dấu độ mật “{found}” nên không được đưa vào kho. Hãy quản lý theo quy định về bảo vệ "
            f"bí mật nhà nước.",
        )


_DRAFT = re.compile(r"^\W*(?:bản\s)?dự\s*thảo\b")
_INTERNAL = re.compile(r"luu\s*hanh\s*noi\s*bo|khong pho bien")


def is_draft(reading: Reading) -> bool:
    """Whether the head says "Dự thảo"; a subject that goes on "…\\ndự thảo Nghị quyết" speaks of another paper."""
    pieces = (piece for line in _head(reading)[:12] for piece in _pieces(line))
    return any(_DRAFT.match(key(piece)) and piece.lstrip(" ([*_").startswith(("D", "B")) for piece in pieces)


def is_internal(reading: Reading) -> bool:
    """Whether the head or the foot says "Lưu hành nội bộ"."""
    return _INTERNAL.search(fold("\n".join((*_lines(reading, 0, 15), reading.text[-800:])))) is not None
