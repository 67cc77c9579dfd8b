"""Vietnamese text as the index sees it.

Every function here that returns a string of "the same text" keeps its length on NFC input: position i of the
result speaks of position i of the source. Highlights rest on that, so no match has to be searched for again.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Eth (U+00D0) and African D (U+0189) are what careless converters print for Đ.
_D_LOOKALIKES = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "Ɖ": "d", "ɖ": "d"}
_LONG = 200  # characters
_WORDS_KEPT = 50_000  # words whose forms are remembered
_BLOCK = 200_000  # characters looked at together
_COMMON = 0x3000  # letters and punctuation of the West lie below
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_WORD = re.compile(r"[^\W_]+")
_OPEN_DIPHTHONG = re.compile(r"(?<!q)(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")
_OPEN_I = re.compile(r"(?<![^\W\d_])([hklmst]|qu)([yỳýỷỹỵ])(?![^\W\d_])")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


# The letters of Vietnamese for character classes; a range such as À-Ỹ would take in small letters too.
_VOWELS = "aăâeêioôơuưy"
LOWER = "".join(
    sorted(
        {unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *_TONES)}
        | set("bcdđfghjklmnpqrstvwxz")
    )
)
UPPER = LOWER.upper()


def nfc(text: str) -> str:
    """`text` in Unicode NFC, the only form in which documents are stored and indexed."""
    return unicodedata.normalize("NFC", text)


class _Table(dict[int, str]):
    """A `str.translate` table filled as letters are met: one character for each character, at C speed."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule(chr(code))
        return self[code]

    def applied(self, text: str) -> str:
        """`text` with every character replaced; a long one by array, ten times as quick as `str.translate`."""
        if len(text) < _LONG:
            return text.translate(self)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        if codes.max() >= _COMMON:
            return text.translate(self)
        return self._codes[codes].tobytes().decode("utf-32-le", "surrogatepass")

    @cached_property
    def _codes(self) -> NDArray[np.uint32]:
        return np.array([ord(self[code]) for code in range(_COMMON)], np.uint32)


def _fold_char(char: str) -> str:
    if char in _D_LOOKALIKES:
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base[0]


_FOLDED = _Table(_fold_char)
_LOWERED = _Table(lambda char: "đ" if char in "ÐƉ" else char.lower()[0])


def fold(text: str) -> str:
    """Lower case, without marks, `đ` as `d`; same length as `text` (one character for one character)."""
    return _FOLDED.applied(text)


def _move_tone(match: re.Match[str]) -> str:
    pair = match.group(1)
    first, second = pair[0], pair[1]
    decomposed = unicodedata.normalize("NFD", second)
    tone = next(mark for mark in decomposed if mark in _TONES)
    bare = unicodedata.normalize("NFC", decomposed.replace(tone, ""))
    return unicodedata.normalize("NFC", first + tone) + bare


def key(text: str) -> str:
    """The exact (accented) index key: lower case, one tone placement (`hoà` → `hòa`), one spelling of open i/y.

    Same length as NFC `text`. Rules: DOMAIN §4.2 (`oa, oe, uy` in open syllables, never after q; `y` after
    h k l m s t and `qu` in whole open syllables).
    """
    moved = _OPEN_DIPHTHONG.sub(_move_tone, _LOWERED.applied(text))
    return _OPEN_I.sub(lambda m: m.group(1) + m.group(2).translate(_Y_TO_I), moved)


class Token(NamedTuple):
    """A word of the text: its place, its accented key and its folded form."""

    start: int
    end: int
    exact: str
    folded: str


def tokens(text: str) -> Iterator[Token]:
    """Words and numbers of NFC `text` in order; punctuation and blanks are boundaries."""
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), *_FORMS[match.group()])


class _Forms(dict[str, tuple[str, str]]):
    """`key` and `fold` of words as they are met: few words make up nearly all of a text.

    No rule looks beyond a word, and none makes or unmakes a letter, so that a word by itself has the forms that it has
    in its text.
    """

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        self[word] = found = key(word), fold(word)
        return found


_FORMS = _Forms()


def spans(text: str) -> list[tuple[int, int]]:
    """The places of `tokens(text)`: neither lowering nor folding makes or unmakes a letter (true of all of Unicode)."""
    return [match.span() for match in _WORD.finditer(text)]


def written(text: str, most: int) -> list[str]:
    """The first words of `tokens(text)` as they are written; `key` and `fold` of each are its two forms."""
    return [match.group() for match in islice(_WORD.finditer(text), most)]


def bounds(text: str, words: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the first `words` words of `tokens(text)` begin and end (and maybe more), without an object for each."""
    begins: list[NDArray[np.int64]] = []
    ends: list[NDArray[np.int64]] = []
    known, inside = 0, False
    for start in range(0, len(text) or 1, _BLOCK):
        letters = _letters(text[start : start + _BLOCK])
        steps = np.diff(letters.view(np.int8), prepend=np.int8(inside), append=np.int8(0))
        final = start + _BLOCK >= len(text)
        begins.append(np.flatnonzero(steps[:-1] == 1) + start)
        ends.append(np.flatnonzero((steps if final else steps[:-1]) == -1) + start)
        inside = bool(len(letters) and letters[-1])
        known += len(ends[-1])
        if known >= words:
            break
    return np.concatenate(begins), np.concatenate(ends)


def _letters(text: str) -> NDArray[np.bool_]:
    """Which characters belong to words."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) and codes.max() >= _COMMON:
        return np.fromiter((char.isalnum() for char in text), np.bool_, len(text))
    return _word_letters()[codes]


@lru_cache(maxsize=1)
def _word_letters() -> NDArray[np.bool_]:
    return np.array([chr(code).isalnum() for code in range(_COMMON)])


def spoken(text: str) -> str:
    """The `exact` forms of `tokens(text)`, blank between them: quicker where their places are not asked."""
    return " ".join([_FORMS[word][0] for word in _WORD.findall(text)])


def spoken_folded(text: str) -> str:
    """The same of the `folded` forms."""
    return " ".join([_FORMS[word][1] for word in _WORD.findall(text)])


_BEGINNINGS = "ngh ng gh gi kh nh ph qu th tr ch b c d đ g h k l m n p r s t v x"
_ONSETS = [*_BEGINNINGS.split(), ""]
_ENDINGS = (
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en "
    "eng eo ep et ê êch êm ên ênh êp êt êu êng êc i ia ich im in inh ip it iu iê iêc iêm iên iêng iêp iêt "
    "iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oă oăc oăm oăn oăng oăt oe oen oeo oet oc oi "
    "om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ơu u ua uâ uân uâng uât uây uc ui "
    "um un ung up ut uê uêch uênh uơ uy uya uych uyên uyêt uynh uyu uyt uyn uyp uô uôc uôi uôm uôn uông "
    "uôt uôp ư ưa ưc ưi ưm ưn ưng ưt ưu ươ ươc ươi ươm ươn ương ươp ươt ươu y yê yêm yên yêng yêt yêu ynh "
    "yt yn uang uanh uach uac uat uan uai uam uao uap uay uau uăc uăn uăng uăt uăm uăp ue uen ueo uet uem "
    "uên uêt uit uip uin uiu"
)
_RIMES = frozenset(_ENDINGS.split())
_PLAIN_RIMES = frozenset(map(fold, _RIMES))
_PLAIN_ONSETS = tuple(onset for onset in _ONSETS if onset != "đ")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, marks as typed) can be spelt in Vietnamese: a known onset, a known rime, one tone."""
    bare = unicodedata.normalize("NFD", word.lower())
    if sum(char in _TONES for char in bare) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(char for char in bare if char not in _TONES))
    return any(
        bare.startswith(onset) and (bare[len(onset) :] in _RIMES or (onset in ("gi",) and bare == "gi"))
        for onset in _ONSETS
    )


@lru_cache(maxsize=65536)
def is_plain_syllable(word: str) -> bool:
    """Whether `word` can be a syllable typed without marks: "trien", "duong"."""
    bare = word.lower()
    return bare == "gi" or any(bare.startswith(onset) and bare[len(onset) :] in _PLAIN_RIMES for onset in _PLAIN_ONSETS)
