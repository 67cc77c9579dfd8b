"""The foot of a paper: who signed, with which post, on whose behalf (DOMAIN §2.3 case 32)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.names import sentence_case
from ingest.structure import landmarks
from ingest.structure.blocks import shown
from ingest.structure.feet import RANK
from ingest.structure.zones import Zone, Zoned
from ingest.vietnamese import LOWER, UPPER, fold


@dataclass(slots=True)
class Signer:
    """The signer's own post (the second one under "KT."), the name, and the body in whose name ("TM.")."""

    role: str | None = None
    name: str | None = None
    behalf: str | None = None


_RIGHT = re.compile(r"(?:.*\S)?[ \u00a0\t]{4,}(?P<right>\S(?:.*\S)?)\s*$")
_EDGE = re.compile(r"^[\s*_|>#.–—-]+|[\s*_|>#–—-]+$")
_BEHALF = re.compile(r"\W*(?:tm|t/m|thay mat|on behalf of(?: the)?)[./\s]*\s*(?=[a-z])")
# A congress signs by its presidium, whose members bear no other post: "T/M ĐOÀN CHỦ TỊCH".
_CONGRESS = re.compile(r"\W*(?:tm|t/m|thay mat)[./\s]*\s*doan chu tich\W*$")
PRESIDIUM = "Đoàn Chủ tịch"
_FOR = re.compile(r"\W*(?:kt|k/t|tl|t/l|tuq|t/uq|tu q|q|ky thay|thua lenh|thua uy quyen|for the)[./\s]*\s*(?=[a-z])")
_POST = re.compile(rf"\W*{landmarks.POSTS}\b")
_DEPUTY = re.compile(r"\b(?:pho|thu truong|chanh van phong|vice|deputy)\b")
_AFTER_BODY = re.compile(
    rf"(?:\s|(?<=quoc hoi)|(?<=nhan dan))(?=(?:kt|k/t|tl|t/l|tuq|t/uq)\s*[./]|{landmarks.POSTS}\b)"
)
_NAME_BEGINS = re.compile(rf"(?:^|(?<=[{UPPER}.)\]]\s))(?=[{UPPER}][{LOWER}])")
_NAME = re.compile(rf"^(?:[{UPPER}][^\W\d_]*\.?\s+){{1,5}}[{UPPER}][^\W\d_]*\.?$")
_STAMP = re.compile(r"\(\s*da ky\s*\)|\[\s*da ?ky\s*\]|\bda ky\b|\(\s*signed\s*\)|\(ky,? .*?\)")


def _lines(text: str, zoned: Sequence[Zoned]) -> list[str]:
    """The lines and cells of the first signature."""
    found: list[str] = []
    for item in zoned:
        block = item.block
        if item.zone is Zone.SIGNATURE or (item.zone is Zone.RECIPIENTS and block.cells):
            parts = [text[start:end] for start, end in block.cells] or shown(
                text[block.start : block.end], block.caps
            ).split("\n")
            found.extend(part for part in parts if not landmarks.RECIPIENTS.match(fold(part)))
        elif (
            item.zone in (Zone.APPENDIX, Zone.ATTACHED)
            or landmarks.FORM.match(block.folded)
            or (found and item.zone is not Zone.RECIPIENTS)
        ):
            break
    return [_EDGE.sub("", " ".join(line.split())) for line in found]


def _beside(text: str, zoned: Sequence[Zoned]) -> list[str]:
    """The signature that plain text sets beside the recipients, blanks between: "- Lưu: VT.          Lê Văn A"."""
    columns: list[str] = []
    for item in zoned:
        if item.zone is Zone.RECIPIENTS and not item.block.cells:
            line_start = text.rfind("\n", 0, item.block.start) + 1
            lines = text[line_start : item.block.end].split("\n")
            columns.extend(match.group("right") for line in lines if (match := _RIGHT.match(line)))
        elif columns:
            break
    signs = any(_BEHALF.match(fold(each)) or _FOR.match(fold(each)) for each in columns)
    return [_EDGE.sub("", " ".join(each.split())) for each in columns] if signs else []


def signer(text: str, zoned: Sequence[Zoned]) -> Signer:
    """Who signed the paper; fields stay None where the foot does not say."""
    found = Signer()
    for line in _lines(text, zoned) or _beside(text, zoned):
        _read(line, found)
    return found


def _read(line: str, found: Signer) -> None:
    stamp = _STAMP.search(fold(line))
    if stamp:
        line = f"{line[: stamp.start()]} {line[stamp.end() :]}".strip()
    line = RANK.sub("", line)
    begins = _NAME_BEGINS.search(line)
    posts, name = (line[: begins.start()].strip(), line[begins.start() :].strip(" .,;")) if begins else (line, "")
    if posts:
        _read_posts(posts, found)
    if name and (found.role or found.behalf == PRESIDIUM) and not found.name and _NAME.match(name):
        found.name = name


def _read_posts(words: str, found: Signer) -> None:
    """A run of capitals: "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"."""
    while words and found.role is None:
        folded = fold(words)
        if _CONGRESS.match(folded):
            found.behalf = PRESIDIUM
            return
        if match := _BEHALF.match(folded):
            end = _AFTER_BODY.search(folded, match.end())
            stop = end.start() if end else len(words)
            found.behalf = found.behalf or sentence_case(words[match.end() : stop].strip(" ,."))
            words = words[stop:].strip()
        elif match := _FOR.match(folded):
            post = _POST.match(folded, match.end())
            if post is None:
                return
            deputy = _DEPUTY.search(folded, post.end())
            words = words[deputy.start() if deputy else post.end() :].strip(" ,.")
        elif _POST.match(folded) and landmarks.is_upper(words):
            found.role = sentence_case(words.strip(" ,.:;"))
        else:
            return
