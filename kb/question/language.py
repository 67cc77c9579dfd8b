"""Which language a question is typed in: Vietnamese, Vietnamese without marks, or English.

Decided by word lists, not by a language model: ASCII Vietnamese and English look alike to those (DOMAIN §4.3).
"""

from collections.abc import Sequence
from functools import lru_cache

from ingest.vietnamese import Token, fold, is_plain_syllable, tokens
from kb.question import english
from kb.tables import lines, rows

_VIETNAMESE = frozenset(lines("vietnamese-function.txt"))
# Spelt alike in both languages: no evidence either way.
_BOTH = frozenset({"a", "an", "in", "on", "to", "do", "the", "me", "can", "ban", "be", "ha", "no", "so", "bo"})


def detect(question: str) -> str:
    """ "vi" (with marks), "vi-plain" (without) or "en"; a mixed question follows the majority of its words."""
    vietnamese, english_words, marked = 0.0, 0.0, 0
    read = list(tokens(question))
    names = _names(question, read)
    for at, token in enumerate(read):
        if token.folded != question[token.start : token.end].lower():
            marked += 1
            vietnamese += 1
        elif not token.folded.isalpha() or token.folded in _BOTH:
            continue
        else:
            vi, en = _evidence(token.folded)
            if vi == 1.0 and at in names:
                vi = 0.3  # English questions hold Vietnamese names
            vietnamese, english_words = vietnamese + vi, english_words + en
    if english_words > vietnamese:
        return "en"
    return "vi" if marked else "vi-plain"


def foreign(question: str) -> list[tuple[int, int, str]]:
    """The words of a Vietnamese question that are English and cannot be Vietnamese, with their places: "what", "tasks".

    With one of them also the English words beside it that could be both ("on", "the").
    """
    spans = ((one.start, one.end, question[one.start : one.end]) for one in tokens(question))
    words = [(start, end, english.one_spelling(typed)) for start, end, typed in spans if typed.isascii()]
    sure = {
        at
        for at, (start, end, word) in enumerate(words)
        if not (question[start:end].isupper() or is_plain_syllable(word)) and _evidence(word) == (0.0, 1.0)
    }
    for at, (start, end, word) in enumerate(words):
        beside = sure & {at - 1, at + 1} and word in english.FUNCTION and word in _BOTH
        if beside and not question[start:end].isupper():
            sure.add(at)
    return [words[at] for at in sorted(sure)]


def is_english(word: str) -> bool:
    """Whether a word is known as English and as nothing else."""
    return _evidence(word.lower()) == (0.0, 1.0)


def _names(question: str, read: Sequence[Token]) -> set[int]:
    """Which words are names by their capitals; the first one only if the second is another."""
    if question.isupper():
        return set()
    capitals = {at for at, token in enumerate(read) if question[token.start].isupper()}
    return capitals if 1 in capitals else capitals - {0}


@lru_cache(maxsize=16384)
def _evidence(word: str) -> tuple[float, float]:
    """How much a word without marks speaks for Vietnamese and for English."""
    vietnamese_words, english_words = _vocabulary()
    is_english = word in english.FUNCTION or english.one_spelling(word) in english_words
    is_vietnamese = word in _VIETNAMESE or word in vietnamese_words
    if is_english and is_vietnamese:
        return (0.5, 0.5) if word not in english.FUNCTION else (0.25, 0.75)
    if is_english:
        # "song", "hung": a word of everyday English that could be a syllable too
        return (0.3, 0.7) if is_plain_syllable(word) and word not in english.FUNCTION else (0.0, 1.0)
    if is_vietnamese:
        return (1.0, 0.0)
    # Unlisted: a spellable syllable speaks faintly for Vietnamese (names do occur in English questions).
    return (0.3, 0.0) if is_plain_syllable(word) else (0.0, 0.5)


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    vietnamese: set[str] = set()
    english_words: set[str] = set()
    for vi, en, alternatives, *_ in rows("glossary.csv"):
        vietnamese.update(token.folded for token in tokens(vi))
        english_words.update(word for _, _, word in english.words(f"{en} {alternatives}"))
    for vi, vi_others, en, alternatives, *_ in rows("terms.csv"):
        vietnamese.update(token.folded for token in tokens(f"{vi} {vi_others}"))
        english_words.update(word for _, _, word in english.words(f"{en} {alternatives}"))
    for said, _ in rows("everyday-english.csv"):
        english_words.update(word for _, _, word in english.words(said))
    syllables = {word for word in vietnamese if is_plain_syllable(word)}
    for short, meaning, *_ in rows("abbreviations.csv"):
        if fold(meaning) != meaning.lower():
            syllables.update(token.folded for token in tokens(f"{short} {short.replace('-', '')}"))
    # Vietnamese loans in the English column ("ao dai") and acronyms do not make a word English.
    return frozenset(syllables), frozenset(word for word in english_words if len(word) > 1 and fold(word) == word)
