"""Which encoding a piece of text was typed in, judged by the syllables that come out."""

import re

from ingest.legacy.tables import TCVN3_NAME, VIQR_NAME, VNI_NAME, VPS_NAME, convert
from ingest.vietnamese import is_syllable, nfc

_WORD = re.compile(r"[^\W\d_]+")
_UNICODE_ONLY = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
# ".VnTime", in PDF also "VnTime"; "H" before the style marks the fonts that draw capitals.
_TCVN3_FONT = re.compile(r"(?i:\.vn)|Vn[A-Z]|VNSTCVN")
_CAPITALS = re.compile(r"[a-z]H(?:$|[,\- ]|Bold|Italic)")
_ABBREVIATION = re.compile("[A-ZĐ]+")
_HIGH = re.compile("[\u0080-\u00ff\u2212\u2219]")


def of_font(font: str | None) -> tuple[str, bool] | None:
    """The encoding that a font name stands for, and whether its letters are all capitals (".VnTimeH")."""
    name = (font or "").split("+")[-1].strip()
    if _TCVN3_FONT.match(name):
        return TCVN3_NAME, bool(_CAPITALS.search(name))
    lowered = name.lower()
    if lowered.startswith("vni"):
        return VNI_NAME, False
    if lowered.startswith("vps"):
        return VPS_NAME, False
    return None


def share_valid(text: str) -> float:
    """Share of words with a letter beyond ASCII that can be spelt in Vietnamese (0 when there are none).

    Abbreviations such as "NĐ" or "BBTTUĐ" say nothing either way.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    spelt = sum(map(is_syllable, words))
    silent = sum(_ABBREVIATION.fullmatch(word) is not None and not is_syllable(word) for word in words)
    return spelt / (len(words) - silent) if len(words) > silent else 0.0


def is_unicode(text: str) -> bool:
    """Whether `text` has a letter that only Unicode Vietnamese has."""
    return bool(_UNICODE_ONLY.search(nfc(text)))


def of_text(text: str) -> str | None:
    """The encoding of `text` whose legacy bytes stand as Latin-1 characters; None when it is Unicode or unclear.

    A text with any letter that only Unicode Vietnamese has is never touched, nor is one in which fewer than two words
    become Vietnamese (degree signs and primes of map co-ordinates make single letters).
    """
    if is_unicode(text) or len(_HIGH.findall(text)) < 3:
        return None
    best, score = None, max(share_valid(text) + 0.25, 0.85)
    for encoding in (TCVN3_NAME, VNI_NAME):
        converted = convert(text, encoding)
        words = [word for word in _WORD.findall(converted) if len(word) > 1 and _UNICODE_ONLY.search(word)]
        if len(words) >= 2 and share_valid(converted) > score:
            best, score = encoding, share_valid(converted)
    return best


def is_viqr(text: str) -> bool:
    """Whether ASCII `text` is Vietnamese typed in VIQR: converting makes many valid marked syllables."""
    if not text.isascii():
        return False
    converted = convert(text, VIQR_NAME)
    words = _WORD.findall(converted)
    marked = [word for word in words if not word.isascii()]
    return len(marked) >= 5 and len(marked) > len(words) * 0.3 and share_valid(converted) > 0.9
