"""Slips of the fingers: "loia" for "loai". A word that is none is changed by one slip to one that the base uses beside
the same neighbours.
"""

import re
from collections.abc import Callable, Iterator

from ingest.vietnamese import fold, is_plain_syllable
from kb.question.language import detect

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdeghiklmnopqrstuvxy"
Counted = Callable[[str], int]  # in how many passages a word stands; two neighbours are joined by "_"


def mended(question: str, frequency: Counted) -> str | None:
    """The question with its slips mended, None where it has none. Words of numbers and English questions stay.

    `frequency` counts words without marks. A mended word is written without marks: they are not known.
    """
    words = list(_WORD.finditer(question))
    if detect(question) == "en":
        return None
    result = question
    for at, match in reversed(list(enumerate(words))):
        word = fold(match.group())
        if not _is_slip(question, match, word) or frequency(word):
            continue
        beside = [fold(words[near].group()) for near in (at - 1, at + 1) if 0 <= near < len(words)]
        before = beside[0] if at else ""
        after = beside[-1] if at + 1 < len(words) else ""
        ranked = [(_fit(before, one, after, frequency), one) for one in set(_near(word)) if frequency(one)]
        if ranked:
            best = max(ranked)[1]
            result = result[: match.start()] + best + result[match.end() :]
    return result if result != question else None


def _is_slip(question: str, match: re.Match[str], word: str) -> bool:
    """Whether a word can be spelt by nobody; parts of numbers ("KH", "nd-cp") and abbreviations are no words."""
    around = question[max(0, match.start() - 1) : match.start()] + question[match.end() : match.end() + 1]
    return (
        len(word) > 2
        and not match.group().isupper()
        and not set("-/.0123456789") & set(around)
        and not is_plain_syllable(word)
    )


def _near(word: str) -> Iterator[str]:
    """The syllables one slip away: two letters exchanged, one too many, one missing, one for another."""
    for at in range(len(word)):
        left, right = word[:at], word[at:]
        candidates = [left + right[1:]]
        if len(right) > 1:
            candidates.append(left + right[1] + right[0] + right[2:])
        candidates += [left + letter + rest for letter in _LETTERS for rest in (right, right[1:])]
        yield from (one for one in candidates if is_plain_syllable(one))
    yield from (word + letter for letter in _LETTERS if is_plain_syllable(word + letter))


def _fit(before: str, word: str, after: str, frequency: Counted) -> tuple[int, int]:
    """How often it stands beside its neighbours, then how often at all."""
    pairs = [f"{before}_{word}"] * bool(before) + [f"{word}_{after}"] * bool(after)
    return sum(frequency(pair) for pair in pairs), frequency(word)
