"""Character tables of the encodings before Unicode, and conversion by them.

The single-byte tables (TCVN3, VNI, VISCII, VPS) are viparse's, validated by its authors on real papers; here they
are applied to text in which each legacy byte stands as its Latin-1/Windows-1252 character.
"""

import re
from functools import cache

from viparse.normalize.tables import Charmap
from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.viscii import VISCII
from viparse.normalize.vni import VNI
from viparse.normalize.vps import VPS

from ingest.vietnamese import nfc

TCVN3_NAME, VNI_NAME, VISCII_NAME, VPS_NAME = "TCVN3", "VNI", "VISCII", "VPS"
CP1258_NAME, VIQR_NAME = "Windows-1258", "VIQR"

# Not in viparse's VNI table for want of an occurrence; the row is regular (aê = ă, aé = ắ, aú = ẳ) and UniKey has it.
_VNI_MORE = {"aú": "ẳ", "AÚ": "Ẳ", "Î": "Ỵ", "î": "ỵ", "ì": "ì", "í": "í", "Ì": "Ì", "Í": "Í", "OÛ": "Ỏ", "yø": "ỳ"}
# A PDF resolves TCVN3's ư (0xAD) and ã (0xB7) by the font's encoding to these look-alikes.
_GLYPH_NAMES = {"\u2212": "\u00ad", "\u2219": "\u00b7", "\u03bc": "\u00b5", "\u2010": "\u00ad"}
_SHOUTED = re.compile(r"[^\W\d_]{3,}")
_LINE = re.compile(r"[^\n]+")
_VIQR_VOWELS = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b"}
_VIQR_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_VIQR = re.compile(
    r"(?i)(?:d(d)(?=[aeiouy])|([aeo])(\^)([`'?~.]?)|(a)(\()([`'?~.]?)|([ou])([+*])([`'?~.]?)|([aeiouy])([`'?~.])(?=[a-z]|\b|\s|$))"
)


@cache
def pattern_of(encoding: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """The table of a one-run encoding, and the pattern that finds its sequences, longest first."""
    charmaps: dict[str, Charmap] = {TCVN3_NAME: TCVN3, VNI_NAME: VNI, VISCII_NAME: VISCII, VPS_NAME: VPS}
    pairs = dict(charmaps[encoding].pairs)
    if encoding == VNI_NAME:
        pairs |= _VNI_MORE
        # Headings mix cases: an upper-case base may carry a lower-case mark and the other way round.
        for legacy, letter in list(pairs.items()):
            if len(legacy) == 2:
                pairs.setdefault(legacy[0].upper() + legacy[1], letter.upper())
                pairs.setdefault(legacy[0] + legacy[1].upper(), letter)
    if encoding == TCVN3_NAME:
        pairs |= {name: pairs[byte] for name, byte in _GLYPH_NAMES.items() if byte in pairs}
    longest_first = sorted(pairs, key=len, reverse=True)
    return pairs, re.compile("|".join(_beside_a_letter(legacy) for legacy in longest_first))


def _beside_a_letter(legacy: str) -> str:
    """A minus or a bullet that a PDF may mean as a letter is one only beside another letter."""
    if legacy not in _GLYPH_NAMES:
        return re.escape(legacy)
    return rf"(?<=[^\s\d.,;:()/]){legacy}|{legacy}(?=[^\s\d.,;:()/])"


def convert(text: str, encoding: str) -> str:
    """`text` of a run in `encoding` as Unicode NFC, in the case it was typed in."""
    if encoding == VIQR_NAME:
        return nfc(_VIQR.sub(_viqr, text))
    pairs, pattern = pattern_of(encoding)
    converted = nfc(pattern.sub(lambda match: pairs[match.group()], text))
    if encoding != TCVN3_NAME:
        return converted
    return _LINE.sub(_shout_line, _SHOUTED.sub(_shout, converted))


def _shout(match: re.Match[str]) -> str:
    """TCVN3 has no marked capitals: in "NGHÞ" the last letter was typed small for want of another."""
    word = match.group()
    plain = [char for char in word if char.isascii()]
    return word.upper() if len(plain) > 1 and all(map(str.isupper, plain)) else word


def _shout_line(match: re.Match[str]) -> str:
    """ "BAN Tổ CHỨC": a line whose unmarked letters are all capitals is one in capitals."""
    line = match.group()
    plain = [char for char in line if char.isascii() and char.isalpha()]
    return line.upper() if len(plain) > 4 and all(map(str.isupper, plain)) else line


def _viqr(match: re.Match[str]) -> str:
    if match.group(1):
        return "Đ" if match.group()[0] == "D" else "đ"
    letters = match.group()
    return letters[0] + "".join(_VIQR_VOWELS.get(mark) or _VIQR_TONES[mark] for mark in letters[1:])
