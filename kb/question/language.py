"""Which language a question is typed in: Vietnamese, Vietnamese without marks, or English.

Decided by word lists, not by a language model: ASCII Vietnamese and English look alike to those (DOMAIN §4.3).
"""

from functools import lru_cache

from ingest.vietnamese import fold, is_syllable, tokens
from kb.question import english
from kb.tables import lines, rows

_VIETNAMESE = frozenset(lines("vietnamese-function.txt"))
# Spelt alike in both languages: no evidence either way.
_BOTH = frozenset({"a", "an", "in", "on", "to", "do", "the", "me", "can", "ban", "be", "ha", "no", "so", "bo"})


def detect(question: str) -> str:
    """ "vi" (with marks), "vi-plain" (without) or "en"; a mixed question follows the majority of its words."""
    vietnamese, english_words, marked = 0.0, 0.0, 0
    for token in tokens(question):
        if token.folded != question[token.start : token.end].lower():
            marked += 1
            vietnamese += 1
        elif not token.folded.isalpha() or token.folded in _BOTH:
            continue
        else:
            vi, en = _evidence(token.folded)
            if vi == 1.0 and token.start and question[token.start].isupper() and not question.isupper():
                vi = 0.3  # a name: English questions hold Vietnamese names
            vietnamese, english_words = vietnamese + vi, english_words + en
    if english_words > vietnamese:
        return "en"
    return "vi" if marked else "vi-plain"


@lru_cache(maxsize=16384)
def _evidence(word: str) -> tuple[float, float]:
    """How much a word without marks speaks for Vietnamese and for English."""
    vietnamese_words, english_words = _vocabulary()
    is_english = word in english.FUNCTION or english.one_spelling(word) in english_words
    is_vietnamese = word in _VIETNAMESE or word in vietnamese_words
    if is_english and is_vietnamese:
        return (0.5, 0.5) if word not in english.FUNCTION else (0.25, 0.75)
    if is_english or is_vietnamese:
        return (1.0, 0.0) if is_vietnamese else (0.0, 1.0)
    # Unlisted: a spellable syllable speaks faintly for Vietnamese (names do occur in English questions).
    return (0.3, 0.0) if is_syllable(word) else (0.0, 0.5)


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
    syllables = {word for word in vietnamese if is_syllable(word)}
    for short, meaning, *_ in rows("abbreviations.csv"):
        if fold(meaning) != meaning.lower():
            syllables.update(token.folded for token in tokens(f"{short} {short.replace('-', '')}"))
    # Vietnamese loans in the English column ("ao dai") and acronyms do not make a word English.
    return frozenset(syllables), frozenset(word for word in english_words if len(word) > 1 and fold(word) == word)
