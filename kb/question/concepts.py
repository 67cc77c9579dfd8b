"""What a question's words mean besides themselves: synonyms, narrower terms, abbreviations, translations.

Sources, all in `kb/data`: `glossary.csv` and `terms.csv` (bilingual), `abbreviations.csv`, `families.csv` (concept
families with narrower and related terms), `everyday.csv` (what people say and papers do not), `formulas.csv` (ways of
asking, with the words of the answers), `localities.csv` (provinces, also those merged into others in 2025), `words.txt`
(words of several syllables that lead to no others but hold together). Longest match wins; a question with marks is
matched with its marks, one without on folded syllables. Each expansion has a key by which it can be switched off.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.vietnamese import Token, is_syllable, key, spoken, spoken_folded, tokens
from kb.model import Expansion
from kb.question import english
from kb.tables import lines, rows

_LONGEST = 9
_CODE = re.compile(r"\bdoc code\b|\bnon-standard\b")  # in the note of an abbreviation
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
_EVERYDAY = 1.0  # a translation of everyday English

# Everyday words that say little of the matter, as they are typed: rare in papers, and no more telling for that.
LIGHT = frozenset(key(word) for word in lines("light.txt"))

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
    stems: dict[Words, list[Link]] = field(default_factory=dict)  # of everyday English, by stems
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


def is_light(one: Found, language: str) -> bool:
    """Whether it says little of the matter: a way of asking, or an everyday English word."""
    if language == "en":
        return english.one_spelling(one.source) in english.LIGHT
    return _folded(one.source) in _formulas()


def slug(source: str) -> str:
    """The question's words as they stand in an expansion's key: "phan-bon-sinh-hoc"."""
    return "-".join(token.folded for token in tokens(source))


def translations(vietnamese: str) -> tuple[str, ...]:
    """English names of a Vietnamese term (for bases that hold English papers)."""
    return tuple(_index().to_english.get(_folded(vietnamese), ()))


def _find_vietnamese(question: str, *, plain: bool) -> list[Found]:
    index = _index()
    asked = _Asked(question, list(tokens(question)), index.folded if plain else index.exact, plain)
    found: list[Found] = []
    at = 0
    while at < len(asked.words):
        size, links = asked.longest(at)
        if any(asked.longest(at + further)[0] > size for further in range(1, size)):
            size = 0  # "người [dân tộc thiểu số]" rather than "[người dân] tộc thiểu số"
        if size:
            start, end = asked.words[at].start, asked.words[at + size - 1].end
            found.append(Found(start, end, question[start:end], tuple(links)))
        at += size or 1
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question typed in Vietnamese, and the table that its words are looked up in."""

    question: str
    words: list[Token]
    table: dict[Words, list[Link]]
    plain: bool

    def longest(self, at: int) -> tuple[int, list[Link]]:
        """How many words from `at` on name a concept (0 for none), and what it leads to."""
        for size in range(min(_LONGEST, len(self.words) - at), 0, -1):
            links = self.table.get(tuple(self._word(token) for token in self.words[at : at + size]))
            if links is not None and size == 1:
                links = self._of_one(self.words[at], links) or None
            if links is not None:
                return size, links
        return 0, []

    def _word(self, token: Token) -> str:
        return token.folded if self.plain else token.exact

    def _of_one(self, word: Token, links: list[Link]) -> list[Link]:
        """What a word alone may stand for: a short form that is also a syllable ("tư", "thu") only in capitals."""
        typed = self.question[word.start : word.end]
        capitals = typed[1:] != typed[1:].lower() and not self.question.isupper()
        short = len(typed) > 1 and (capitals or not is_syllable(typed))
        # One syllable without marks is too many words at once: only short forms are taken.
        return [link for link in links if (short if link.relation == "abbreviation" else not self.plain)]


def _find_english(question: str) -> list[Found]:
    words = english.words(question)
    found: list[Found] = []
    at = 0
    while at < len(words):
        size, links = _longest_english([word for _, _, word in words[at : at + _LONGEST]])
        start, end = words[at][0], words[at + (size or 1) - 1][1]
        if not size:
            links = _word_by_word(question[start:end])
        if links:
            found.append(Found(start, end, question[start:end], tuple(links)))
        at += size or 1
    return found


def _longest_english(words: list[str]) -> tuple[int, list[Link]]:
    index = _index()
    stems = tuple(english.stem(word) for word in words)
    for size in range(len(words), 0, -1):
        links = [*index.english.get(tuple(words[:size]), ()), *index.stems.get(stems[:size], ())]
        if links and not (size == 1 and words[0] in english.FUNCTION):
            best = {_exact(link.term): link for link in sorted(links, key=lambda link: link.weight)}
            return size, sorted(best.values(), key=lambda link: -link.weight)
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
    _add_everyday_english(index)
    _add_everyday(index)
    _add_formulas(index)
    _add_localities(index)
    for word in lines("words.txt"):
        _join(index, word)
    _add_spellings(index)
    return index


@lru_cache(maxsize=32768)
def _exact(text: str) -> Words:
    return tuple(spoken(text).split())


@lru_cache(maxsize=32768)
def _folded(text: str) -> Words:
    return tuple(spoken_folded(text).split())


def _link(index: _Index, source: str, term: str, relation: str, weight: float, *, folded: bool = True) -> None:
    if not term or _exact(source) == _exact(term):
        return
    tables = [(index.exact, _exact(source)), (index.folded, _folded(source))]
    for table, words in tables if folded else tables[:1]:
        links = table.setdefault(words, [])
        if all(_exact(link.term) != _exact(term) for link in links):
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


def _add_everyday(index: _Index) -> None:
    """What people say and papers do not: only from the everyday word to the official ones, never back."""
    for said, meant, related in rows("everyday.csv"):
        # "dong cua" is "đóng cửa" and "cộng [đồng của]": two syllables must have their marks, typed or put back
        long = len(_exact(said)) > 2
        for relation, terms in (("same", _cells(meant)), ("related", _cells(related))):
            for term in terms:
                _link(index, said, term, relation, _WEIGHTS[relation], folded=long)


def _add_formulas(index: _Index) -> None:
    """Ways of asking, with the words that answers to them are written in."""
    for asked, answered in rows("formulas.csv"):
        for term in _cells(answered):
            _link(index, asked, term, "related", 0.9)


@lru_cache(maxsize=1)
def _formulas() -> frozenset[Words]:
    return frozenset(_folded(asked) for asked, _ in rows("formulas.csv"))


def _add_localities(index: _Index) -> None:
    """Names of places hold together; the people of a former province also mean the one it has become part of."""
    for vi, also, now, *_ in rows("localities.csv"):
        for one in (names := [vi, *_cells(also)]):
            _join(index, one)
            for other in names:
                _link(index, one, other, "same", _WEIGHTS["same"])
            for other in _cells(now):
                _link(index, one, other, "related", _WEIGHTS["related"])


def _join(index: _Index, term: str) -> None:
    """Words that are one thing, whether or not there is anything else to search for."""
    links = index.exact.setdefault(_exact(term), [])
    index.folded.setdefault(_folded(term), [])
    index.exact.setdefault(_folded(term), links)  # of a question whose marks were put back only in part


def _add_synonyms(index: _Index) -> None:
    for vi, alternatives, *_ in rows("terms.csv"):
        for other in _cells(alternatives):
            _link(index, vi, other, "same", _WEIGHTS["same"])
            _link(index, other, vi, "same", _WEIGHTS["same"])


def _add_abbreviations(index: _Index) -> None:
    for short, meanings, _, note in rows("abbreviations.csv"):
        readings = [re.sub(r"\s*\([^)]*\)\s*", " ", reading).strip() for reading in _cells(meanings)]
        for reading in readings:
            _link(index, short, reading, "abbreviation", _WEIGHTS["abbreviation"] if len(readings) == 1 else 0.6)
        # The way back only where the short form means one thing: "kế hoạch" must not search for "KH". A code of kinds
        # of papers stands in their numbers only.
        if len(readings) == 1 and len(re.sub(r"\W", "", short)) >= 3 and not _CODE.search(note):
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
    for vi, _, _, en in rows("localities.csv"):
        yield from ((name, vi, 1.0) for name in _cells(en))
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
        if all(_exact(link.term) != _exact(vi) for link in links):
            links.append(Link(vi, "translation", weight))
        index.to_english.setdefault(_folded(vi), []).append(name)
    for words, links in index.english.items():
        index.english[words] = _with_families(index, links)


def _add_everyday_english(index: _Index) -> None:
    """What a foreigner says, in any of its forms: "chases up", "chased up"."""
    for said, meant in rows("everyday-english.csv"):
        stems = tuple(english.stem(word) for _, _, word in english.words(said))
        links = [Link(term, "translation", _EVERYDAY) for term in _cells(meant)]
        index.stems[stems] = _with_families(index, links)


def _with_families(index: _Index, links: list[Link]) -> list[Link]:
    """The translations and what their own families add, at the product of the weights."""
    result = {_exact(link.term): link for link in links}
    for link in links:
        for further in index.exact.get(_exact(link.term), ()):
            weight = link.weight * further.weight
            known = result.get(_exact(further.term))
            if known is None or known.weight < weight:
                result[_exact(further.term)] = Link(further.term, further.relation, weight)
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
