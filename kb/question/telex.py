"""Questions typed with the input method off: "nhieemj vuj" is how Telex spells "nhiệm vụ".

Only whole questions that make sense so are read so: every syllable must be one as it stands or become one, and one
slip alone is taken for Telex only among words with marks.
"""

import re
import unicodedata

from ingest.vietnamese import is_plain_syllable, is_syllable
from kb.question.language import is_english

_WORD = re.compile(r"[^\W\d_]+")
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_SPLIT = re.compile(r"(?P<initial>(?:qu|gi(?=[aeiouy])|[bcdfghklmnpqrstvx]*))(?P<rest>[aeiouy].*)")
_RIME = re.compile(r"(?P<nucleus>[aeiouyâăêôơư]+)(?P<coda>ch|nh|ng|[cmnpt])?")
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}


def read(question: str) -> str:
    """The question with its Telex spellings as the words they stand for; as it is where it is no Telex."""
    words = [(match, _decoded(match.group())) for match in _WORD.finditer(question)]
    slips = [match for match, meant in words if meant != match.group()]
    marked = any(char.isalpha() and not char.isascii() for char in question)
    if not slips or (len(slips) < 2 and not marked) or any(not _is_word(meant) for _, meant in words):
        return question
    if all(is_english(match.group()) for match in slips):  # "list of phân bón" is no "lít ò"
        return question
    result = question
    for match, meant in reversed(words):
        result = result[: match.start()] + meant + result[match.end() :]
    return result


def _is_word(text: str) -> bool:
    return text.isupper() or is_syllable(text.lower()) or is_plain_syllable(text)


def _decoded(word: str) -> str:
    """What a word stands for where it is no syllable but Telex for one, else the word."""
    if not word.isascii() or len(word) < 2 or word.isupper() or is_syllable(word.lower()):
        return word
    meant = _syllable(word.lower())
    if meant is None or not is_syllable(meant):
        return word
    return meant[0].upper() + meant[1:] if word[0].isupper() else meant


def _syllable(word: str) -> str | None:
    word = "đ" + word[2:] if word.startswith("dd") else word
    split = _SPLIT.fullmatch(word.replace("đ", "d", 1) if word.startswith("đ") else word)
    if split is None:
        return None
    initial = "đ" + split["initial"][1:] if word.startswith("đ") else split["initial"]
    tone, letters = "", ""
    for char in split["rest"]:
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters = _joined(letters, char)
    rime = _RIME.fullmatch(letters)
    if rime is None:
        return None
    return unicodedata.normalize("NFC", initial + _toned(rime["nucleus"], rime["coda"] or "", tone))


def _joined(letters: str, char: str) -> str:
    """The letters so far with the next key: a letter, or one that puts a hat or a horn on a letter before it."""
    if char == "w":
        if "uo" in letters:
            return letters.replace("uo", "ươ", 1)
        at = max((letters.rfind(plain) for plain in _HORNS), default=-1)
        return letters[:at] + _HORNS[letters[at]] + letters[at + 1 :] if at >= 0 else f"{letters}w"
    if char in _HATS and char in letters:
        return letters.replace(char, _HATS[char], 1)
    if char == "o" and letters.endswith("ư"):  # "uwow" and "uwo" are both typed for "ươ"
        return f"{letters}o"
    return letters + char


def _toned(nucleus: str, coda: str, tone: str) -> str:
    """The rime with its tone where the rules of spelling put it."""
    if not tone:
        return nucleus + coda
    dressed = [at for at, char in enumerate(nucleus) if char in "âăêôơư"]
    if dressed:
        at = dressed[-1]
    elif len(nucleus) > 2 or (len(nucleus) == 2 and coda):
        at = 1
    else:
        at = 0
    return nucleus[: at + 1] + tone + nucleus[at + 1 :] + coda
