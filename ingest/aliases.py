"""Short names that a paper defines for itself: "(sau đây gọi tắt là Kế hoạch 86)" (DOMAIN §3.2)."""

import re
from collections.abc import Iterator, Sequence

from ingest.document import Alias, Reference
from ingest.structure import landmarks
from ingest.vietnamese import fold

_ALIAS = re.compile(
    r"\((?:sau day|duoi day|goi tat|viet tat|sau goi|tu day)?[^()]{0,30}?(?:goi|viet)\s+(?:tat |chung |ngan gon "
    r")?(?:la|:)\s+(?P<names>[^()]{2,160})\)"
)


def aliases(text: str, start: int, end: int, found: Sequence[Reference]) -> Iterator[Alias]:
    """Short names that `text[start:end]` defines: of a document (with its number) or a term (with its meaning).

    `found` are the references up to there, in order.
    """
    for match in _ALIAS.finditer(fold(text[start:end])):
        opens, at = start + match.start(), start + match.start("names")
        raw = text[at : start + match.end("names")]
        for piece in re.finditer(r"[^,;]+", raw):
            short = piece.group(0).strip(" “”\"'\n")
            if not short:
                continue
            begin = at + piece.start() + piece.group(0).index(short)
            symbol = _meant(short, opens, found)
            meaning = None if symbol else _term(text, opens)
            yield Alias(short, begin, begin + len(short), symbol, meaning)
            if symbol is None and not short[:1].isupper():
                break


def kind_of(short: str) -> str | None:
    """The kind of document that a short name begins with ("Kế hoạch 86")."""
    return next((kind for kind in landmarks.KINDS if fold(short).startswith(fold(kind))), None)


def _meant(short: str, before: int, found: Sequence[Reference]) -> str | None:
    """The number meant by "Kế hoạch 86": the last cited one with that number, or of that kind."""
    number = re.search(r"\d+", short)
    kind = kind_of(short)
    if kind is None:
        return None
    earlier = [ref for ref in found if ref.end <= before and before - ref.end < 900 and ref.symbol]
    for reference in reversed(earlier):
        same = number is not None and re.match(rf"0*{number.group(0)}(?!\d)", reference.symbol or "")
        if same or (number is None and reference.kind == kind):
            return reference.symbol
    return None


def _term(text: str, at: int) -> str | None:
    """The words before the bracket, back to the last break: what the short name stands for."""
    before = text[max(0, at - 200) : at].rstrip()
    cut = max(before.rfind(sign) for sign in (";", ":", ".", "\n\n", ", "))
    words = " ".join(before[cut + 1 :].split())
    return words or None
