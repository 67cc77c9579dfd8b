"""How well a page was read: the share of its words that are Vietnamese syllables in use, or plain English."""

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

from ingest.vietnamese import fold, is_syllable, key

_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|\.(?:gov|com|vn|org)\b)\S*")
_ABBREVIATION = re.compile("[A-ZĐ]{2,6}")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9áàãéèíìóòõúùýÁÀÃÉÈÍÌÓÒÕÚÙÝ]")
_FEWEST = 15
LOW = 0.85  # below this share a quotation should be checked against the paper
# A converter that drops "ô" and "ò" ("cơng tác, khơng cịn") spoils about one letter in forty, but unseen ones too:
# "hồn" for "hoàn" and "kế tốn" for "kế toán" can all be spelt. No Vietnamese word has the rime "ơng".
_SPOILED = re.compile(r"\b(?:c|kh|n|th|đ|tr|s|h|d|m|b|ch)ơng\b", re.IGNORECASE)
_SOUND = re.compile(r"\b(?:c|kh|n|th|đ|tr|s)ông\b", re.IGNORECASE)
_SPOILED_SHARE = 0.5


def share_of_syllables(text: str) -> float | None:
    """0..1; None when there are too few words to judge. Abbreviations in capitals and ASCII words of a page that is
    not Vietnamese are not counted against it.
    """
    if "@" in text or "." in text:
        text = _ADDRESS.sub(" ", text)
    words = {word: count for word, count in Counter(_WORD.findall(text)).items() if not _is_abbreviation(word)}
    total = sum(words.values())
    if total < _FEWEST:
        return None
    marked = sum(count for word, count in words.items() if not word.isascii() and _VIETNAMESE.search(word))
    if marked < 0.05 * total:
        return round(sum(count for word, count in words.items() if word.isascii()) / total, 3)
    share = sum(count for word, count in words.items() if _is_in_use(word)) / total
    return round(share * _SPOILED_SHARE if _is_spoiled(words) else share, 3)


def _is_spoiled(words: dict[str, int]) -> bool:
    spoiled, sound = (sum(n for word, n in words.items() if form.fullmatch(word)) for form in (_SPOILED, _SOUND))
    return spoiled >= 2 and spoiled > sound


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and _ABBREVIATION.fullmatch(word) is not None and not _is_in_use(word)


@lru_cache(maxsize=65536)
def _is_in_use(word: str) -> bool:
    """Whether a word can be spelt and, where official papers use other marks on the same letters, is one they use.

    "sồ" and "cịn" can be spelt, but only số and còn are met: such words come from misread marks and broken fonts.
    """
    if not is_syllable(word):
        return False
    in_use, bare = _in_use()
    accented = key(word)
    return accented in in_use or fold(accented) not in bare


@cache
def _in_use() -> tuple[frozenset[str], frozenset[str]]:
    """Syllables that differ from others in marks alone, as counted three times or more in 10 million of official
    papers (the table behind kb/data/marks.npz), and the same without marks.
    """
    words = files("ingest").joinpath("data/syllables.txt").read_text("utf-8").split()
    return frozenset(words), frozenset(map(fold, words))
