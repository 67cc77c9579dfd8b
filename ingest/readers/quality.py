"""How well a page was read: the share of its words that can be Vietnamese syllables or plain English."""

import re

from ingest.vietnamese import is_syllable

_WORD = re.compile(r"[^\W\d_]{2,}")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9áàãéèíìóòõúùýÁÀÃÉÈÍÌÓÒÕÚÙÝ]")
_FEWEST = 15


def share_of_syllables(text: str) -> float | None:
    """0..1; None when there are too few words to judge. Capital abbreviations and ASCII words of a page that is not
    Vietnamese are not counted against it.
    """
    words = [word for word in _WORD.findall(text) if not (word.isupper() and len(word) <= 6 and word.isascii())]
    if len(words) < _FEWEST:
        return None
    marked = sum(bool(_VIETNAMESE.search(word)) for word in words)
    if marked < 0.05 * len(words):
        return float(round(sum(word.isascii() for word in words) / len(words), 3))
    return float(round(sum(map(is_syllable, words)) / len(words), 3))
