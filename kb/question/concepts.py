"""What a question's words mean besides themselves: synonyms, narrower terms, abbreviations, translations.

Sources, all in `kb/data`: `glossary.csv` and `terms.csv` (bilingual), `abbreviations.csv`, `families.csv` (concept
families with narrower and related terms). Longest match wins; a question with marks is matched with its marks, one
without on folded syllables. Each expansion has a key by which it can be switched off.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.vietnamese import Token, fold, key, tokens
from kb.model import Expansion
from kb.question import english
from kb.tables import rows

_LONGEST = 9
_WEIGHTS = {
    "same": 0.9,
    "abbreviation": 1.0,
    "translation": 1.0,
    "narrower": 0.8,
    "broader": 0.35,
    "related": 0.3,
    "word": 0.5,
}
_ORDER = tuple(_WEIGHTS)
# Short forms that people type in lower case although they have only two letters.
_SHORT = frozenset({"tp", "tw", "tu", "tx", "hs"})

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One way from a term to another: the Vietnamese term meant, how it relates, and how much it may count."""

    term: str
    relation: str
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the question (offsets) that names a concept, with what it leads to."""

    start: int
    end: int
    source: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    exact: dict[Words, list[Link]] = field(default_factory=dict)
    folded: dict[Words, list[Link]] = field(default_factory=dict)
    english: dict[Words, list[Link]] = field(default_factory=dict)
    to_english: dict[Words, list[str]] = field(default_factory=dict)


def find(question: str, language: str) -> list[Found]:
    """The concepts named in `question`, left to right, longest first; `language` is "vi", "vi-plain" or "en"."""
    return _find_english(question) if language == "en" else _find_vietnamese(question, plain=language == "vi-plain")


def expansions(found: Sequence[Found], without: frozenset[str] = frozenset()) -> tuple[Expansion, ...]:
    """One `Expansion` for each concept and kind of relation, minus the keys in `without`."""
    result: dict[str, Expansion] = {}
    for one in found:
        for relation in _ORDER:
            links = [link for link in one.links if link.relation == relation]
            name = f"{relation}:{slug(one.source)}"
            if links and name not in without and name not in result:
                terms = tuple(dict.fromkeys(link.term for link in sorted(links, key=lambda link: -link.weight)))
                result[name] = Expansion(name, one.source, terms, relation, max(link.weight for link in links))
    return tuple(result.values())


def slug(source: str) -> str:
    """The question's words as they stand in an expansion's key: "phan-bon-sinh-hoc"."""
    return "-".join(token.folded for token in tokens(source))


def translations(vietnamese: str) -> tuple[str, ...]:
    """English names of a Vietnamese term (for bases that hold English papers)."""
    return tuple(_index().to_english.get(_folded(vietnamese), ()))


def _find_vietnamese(question: str, *, plain: bool) -> list[Found]:
    index = _index()
    table = index.folded if plain else index.exact
    words = list(tokens(question))
    found: list[Found] = []
    at = 0
    while at < len(words):
        size, links = _longest(words, at, table, plain=plain)
        if size:
            start, end = words[at].start, words[at + size - 1].end
            found.append(Found(start, end, question[start:end], tuple(links)))
        at += size or 1
    return found


def _longest(words: list[Token], at: int, table: dict[Words, list[Link]], *, plain: bool) -> tuple[int, list[Link]]:
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        gram = tuple(token.folded if plain else token.exact for token in words[at : at + size])
        links = table.get(gram)
        if links and size == 1 and plain:
            # One syllable without marks is too many words at once: only short forms are taken.
            links = [link for link in links if link.relation == "abbreviation"]
        if links and not (size == 1 and _too_short(gram[0])):
            return size, links
    return 0, []


def _too_short(word: str) -> bool:
    return len(word) < 3 and fold(word) == word and word not in _SHORT


def _find_english(question: str) -> list[Found]:
    table = _index().english
    words = english.words(question)
    found: list[Found] = []
    at = 0
    while at < len(words):
        size, links = _longest_english([word for _, _, word in words[at : at + _LONGEST]], table)
        start, end = words[at][0], words[at + (size or 1) - 1][1]
        if not size:
            links = _word_by_word(question[start:end])
        if links:
            found.append(Found(start, end, question[start:end], tuple(links)))
        at += size or 1
    return found


def _longest_english(words: list[str], table: dict[Words, list[Link]]) -> tuple[int, list[Link]]:
    for size in range(len(words), 0, -1):
        links = table.get(tuple(words[:size]))
        if links and not (size == 1 and words[0] in english.FUNCTION):
            return size, links
    return 0, []


def _word_by_word(word: str) -> list[Link]:
    """What an English word that is no term of the glossary usually is in Vietnamese (word alignment)."""
    if english.one_spelling(word) in english.FUNCTION:
        return []
    return [Link(vi, "word", share) for vi, share in _lexicon().get(english.stem(word), ())]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, list[tuple[str, float]]]:
    table = {}
    for word, readings in rows("lexicon.csv"):
        couples = (reading.rpartition("=") for reading in readings.split("; "))
        table[word] = [(vi, float(share)) for vi, _, share in couples]
    return table


@lru_cache(maxsize=1)
def _index() -> _Index:
    index = _Index()
    _add_families(index)
    _add_synonyms(index)
    _add_abbreviations(index)
    _add_english(index)
    _add_spellings(index)
    return index


def _exact(text: str) -> Words:
    return tuple(token.exact for token in tokens(text))


def _folded(text: str) -> Words:
    return tuple(token.folded for token in tokens(text))


def _link(index: _Index, source: str, term: str, relation: str, weight: float) -> None:
    if not term or _exact(source) == _exact(term):
        return
    for table, words in ((index.exact, _exact(source)), (index.folded, _folded(source))):
        links = table.setdefault(words, [])
        if all(key(link.term) != key(term) for link in links):
            links.append(Link(term, relation, weight))


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split(";") if cell.strip()]


def _add_families(index: _Index) -> None:
    for head, same, narrower, related in rows("families.csv"):
        group = [head, *_cells(same)]
        for relation, terms in (("same", group), ("narrower", _cells(narrower)), ("related", _cells(related))):
            for term in terms:
                _link(index, head, term, relation, _WEIGHTS[relation])
        for term in _cells(narrower):
            _link(index, term, head, "broader", _WEIGHTS["broader"])


def _add_synonyms(index: _Index) -> None:
    for vi, alternatives, *_ in rows("terms.csv"):
        for other in _cells(alternatives):
            _link(index, vi, other, "same", _WEIGHTS["same"])
            _link(index, other, vi, "same", _WEIGHTS["same"])


def _add_abbreviations(index: _Index) -> None:
    for short, meanings, *_ in rows("abbreviations.csv"):
        readings = [re.sub(r"\s*\([^)]*\)\s*", " ", reading).strip() for reading in _cells(meanings)]
        for reading in readings:
            _link(index, short, reading, "abbreviation", _WEIGHTS["abbreviation"] if len(readings) == 1 else 0.6)
        # The way back only where the short form means one thing: "kế hoạch" must not search for "KH".
        if len(readings) == 1 and len(re.sub(r"\W", "", short)) >= 3:
            _link(index, readings[0], short, "abbreviation", _WEIGHTS["abbreviation"])
        # "KT-XH" is written "KTXH" too
        if re.fullmatch(r"[A-ZĐ]{2,}-[A-ZĐ]{2,}", short):
            one = short.replace("-", "")
            for source, term in ((one, readings[0]), (readings[0], one), (one, short), (short, one)):
                _link(index, source, term, "abbreviation", _WEIGHTS["abbreviation"])


def _english_pairs() -> Iterable[tuple[str, str, float]]:
    """(English, Vietnamese, weight) of both bilingual tables and of the abbreviations."""
    for vi, en, alternatives, *_ in rows("glossary.csv"):
        yield en, vi, 1.0
        yield from ((other, vi, 0.9) for other in _cells(alternatives))
    for vi, vi_others, en, alternatives, *_ in rows("terms.csv"):
        for name, weight in ((en, 1.0), *((other, 0.85) for other in _cells(alternatives))):
            yield name, vi, weight
            yield from ((name, other, 0.8 * weight) for other in _cells(vi_others))
    for short, meanings, en, *_ in rows("abbreviations.csv"):
        readings = _cells(meanings)
        if len(readings) == 1 and len(short) >= 3:
            yield from ((name.strip(), readings[0], 0.9) for name in re.split(r";", en))


def _add_english(index: _Index) -> None:
    for name, vi, weight in _english_pairs():
        words = tuple(word for _, _, word in english.words(name))
        if not words:
            continue
        links = index.english.setdefault(words, [])
        if all(key(link.term) != key(vi) for link in links):
            links.append(Link(vi, "translation", weight))
        index.to_english.setdefault(_folded(vi), []).append(name)
    for words, links in index.english.items():
        index.english[words] = _with_families(index, links)


def _with_families(index: _Index, links: list[Link]) -> list[Link]:
    """The translations and what their own families add, at the product of the weights."""
    result = {key(link.term): link for link in links}
    for link in links:
        for further in index.exact.get(_exact(link.term), ()):
            weight = link.weight * further.weight
            known = result.get(key(further.term))
            if known is None or known.weight < weight:
                result[key(further.term)] = Link(further.term, further.relation, weight)
    return list(result.values())


def _add_spellings(index: _Index) -> None:
    """Loan words and habits that neither folding nor the key joins (DOMAIN §4.2)."""
    for group in (
        ("vắc xin", "vacxin", "vaccine", "vắc-xin"),
        ("hằng năm", "hàng năm"),
        ("bảo đảm", "đảm bảo"),
        ("các-bon", "carbon", "cacbon"),
        ("ni lông", "nilon", "ni-lông", "nylon"),
        ("ca-mê-ra", "camera"),
        ("in-tơ-nét", "internet"),
        ("ki-lô-mét", "km", "kilômét"),
        ("héc-ta", "ha", "hecta"),
        ("Việt Nam", "Viet Nam"),
        ("sơ kết", "sơ, tổng kết"),
    ):
        for one in group:
            for other in group:
                _link(index, one, other, "same", 1.0)
