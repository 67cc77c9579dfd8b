"""English words brought to one spelling, so that a question and the glossary meet: plurals, British and American."""

import re
from functools import lru_cache

from kb.tables import lines

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*(?:&[A-Za-z]+)?|\d+(?:[.,]\d+)*")
_SPELLING = (
    # organise, fertiliser, but not raise, promise, enterprise
    (
        re.compile(
            r"(?<=[^aeioum])(?<!terpr)(?<!perv)(?<!adv)(?<!rev)(?<!pr)(?<!dev)(?<!erc)is(e|es|ed|ing|er|ers|ation|ations)$"
        ),
        r"iz\1",
    ),
    (re.compile(r"(col|lab|fav|behavi|neighb|harb|hon|vap)our"), r"\1or"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"centre$"), "center"),
    (re.compile(r"metre$"), "meter"),
    (re.compile(r"litre$"), "liter"),
    (re.compile(r"(def|off|lic)ence$"), r"\1ense"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"(travel|label|cancel|model|level|fuel|channel|signal)l(ed|ing)$"), r"\1\2"),
)
_KEEP_S = re.compile(r"(ss|us|is|ous)$")
_IRREGULAR = {
    "people": "people", "children": "child", "women": "woman", "men": "man", "bacteria": "bacterium", "fungi": "fungus",
    "criteria": "criterion", "staff": "staff", "lives": "life", "leaves": "leaf", "wives": "wife", "halves": "half",
    "analyses": "analysis", "data": "data", "news": "news", "wastes": "waste",
}  # fmt: skip
FUNCTION = frozenset(lines("english-function.txt"))
# Everyday words that say little of the matter: rare in papers, and no more telling for that.
LIGHT = frozenset(lines("english-light.txt"))


def words(text: str) -> list[tuple[int, int, str]]:
    """The words of `text` with their places, each in the one spelling of `one_spelling`."""
    return [(match.start(), match.end(), one_spelling(match.group())) for match in _WORD.finditer(text)]


@lru_cache(maxsize=16384)
def one_spelling(word: str) -> str:
    """ "Fertilisers" → "fertilizer", "programmes" → "program", "Committee's" → "committee"."""
    plain = re.sub(r"['’]s?$", "", word.lower()).replace("’", "'")
    if plain in FUNCTION:
        return plain
    plain = _IRREGULAR.get(plain, plain)
    for pattern, replacement in _SPELLING:
        plain = pattern.sub(replacement, plain)
    return _singular(plain)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or _KEEP_S.search(word) or word in ("news", "gas"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(ch|sh|x|z|ss)es$", word):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A coarse stem for the word lexicon: "composting", "composted" → "compost"."""
    word = one_spelling(word)
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            base = word[: -len(ending)]
            return base[:-1] if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "ls" else base
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
