"""The second look: how much of what a question names a passage really has, unit by unit.

A unit is one thing the question names: a concept with everything that may stand for it, or a single word. A unit
counts once however many of its synonyms a passage uses, and by how rare it is in the base.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from ingest.vietnamese import Token, spans, spoken, spoken_folded
from kb.finding.routes import names
from kb.query import Understood
from kb.question import concepts, english
from kb.terms import Field, words

_FOLDED_ONLY = 0.5  # a word found without its marks, of a question typed with marks
_PARTLY = 0.5  # the words of a concept that do not stand together
_IN_HEADING = 0.6
_IN_TITLE = 0.3
_TOGETHER = 0.5  # share of the passages with the rarer of two words from which the two are one

Frequency = Callable[[Field, str], int]
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that may stand for a unit: words that stand together, and how much they count."""

    words: Run
    weight: float
    relation: str  # "" for the question's own words
    folded: bool = False  # compared without marks


@dataclass(frozen=True, slots=True)
class Unit:
    """A thing the question names. `rarity` is the inverse frequency of its rarest word."""

    source: str
    rarity: float
    readings: tuple[Reading, ...]
    parts: Run = ()  # its single words, for a partial match
    folded: bool = False


class View:
    """A text as units are looked for in it: its words in a row, with marks and without.

    Each form is made when it is first asked for: of sixty long candidates most are only asked for one.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def exact(self) -> str:
        """The words with marks, a blank before and behind each."""
        return f" {spoken(self._text)} "

    @cached_property
    def folded(self) -> str:
        """The words without marks, a blank before and behind each."""
        return f" {spoken_folded(self._text)} "

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words, with marks."""
        return frozenset(self.exact.split())

    @cached_property
    def size(self) -> int:
        """How many words there are."""
        return self.folded.count(" ") - 1 if len(self.folded) > 2 else 0

    def has(self, run: Run, *, folded: bool = False) -> bool:
        """Whether the words stand together in the text."""
        return f" {' '.join(run)} " in (self.folded if folded else self.exact)

    def places(self, run: Run, *, folded: bool = False) -> list[tuple[int, int]]:
        """Where they stand: offsets in the text."""
        if not run:
            return []
        words, index = self._folded_words if folded else self._exact_words
        where, last, wanted = self._spans, len(run) - 1, list(run)
        firsts = index.get(run[0], ())
        return [
            (where[first][0], where[first + last][1])
            for first in firsts
            if not last or words[first : first + last + 1] == wanted
        ]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return spans(self._text)

    @cached_property
    def _exact_words(self) -> "_Index":
        return _indexed(self.exact.split())

    @cached_property
    def _folded_words(self) -> "_Index":
        return _indexed(self.folded.split())


_Index: TypeAlias = tuple[list[str], dict[str, list[int]]]


def _indexed(words: list[str]) -> _Index:
    """The words and where each stands: a law's annex has a million of them, and a common one thousands of times."""
    index: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        index.setdefault(word, []).append(place)
    return words, index


def units(understood: Understood, frequency: Frequency, size: int, without: frozenset[str] = frozenset()) -> list[Unit]:
    """The units of a question. `size` is the number of passages searched."""
    rarity = _Rarity(frequency, size)
    if understood.plan.language == "en":
        known = [one.source for one in understood.concepts if " " in one.source]
        called = [
            name for name in names(understood.plan.question) if not any(f" {name} " in f" {one} " for one in known)
        ]
        meant = [one for one in understood.concepts if not any(one.source in name.split() for name in called)]
        found = [_concept(one, understood, rarity, without) for one in meant]
        found += [_name(run, rarity) for run in called]
        rarest = max((unit.rarity for unit in found if unit is not None), default=rarity.unknown())
        found += [Unit(word, rarest, ()) for word in _untranslated(understood, called)]
    else:
        found = [_concept(one, understood, rarity, without) for one in understood.concepts]
        free = [token for token in understood.content if not _covered(token, understood.concepts)]
        found += [_word(run, understood, rarity) for run in _joined(free, understood, rarity)]
    # A thing named twice counts once, and so do all the words nobody knows together.
    return list({unit.readings: unit for unit in found if unit is not None and unit.rarity > 0}.values())


def _untranslated(understood: Understood, called: Sequence[str]) -> Iterator[str]:
    """English content words that neither the glossary nor the lexicon knows: what no passage can be seen to have."""
    known = {word for one in understood.concepts for _, _, word in english.words(one.source)}
    known.update(word for name in called for _, _, word in english.words(name))
    for token in understood.content:
        word = english.one_spelling(token.exact)
        light = word in english.FUNCTION or word in english.LIGHT or len(word) == 1  # "Hanoi's"
        if word not in known and word.isalpha() and not light:
            yield word


def _joined(free: Sequence[Token], understood: Understood, rarity: "_Rarity") -> Iterator[tuple[Token, ...]]:
    """The free words, two by two where the base nearly always has them together: "hồ sơ" is one thing, not two."""
    at = 0
    while at < len(free):
        here = free[at : at + 2]
        double = len(here) == 2 and here[1].start == here[0].end + 1 and rarity.together(here, understood)
        yield tuple(here) if double else (here[0],)
        at += 2 if double else 1


class _Rarity:
    def __init__(self, frequency: Frequency, size: int) -> None:
        self._frequency, self._size = frequency, size

    def __call__(self, run: Run, field: Field) -> float:
        """Of the rarest word; 0 where one of them is nowhere in the base."""
        rarest = 0.0
        for word in run:
            seen = self._frequency(field, word)
            if not seen:
                return 0.0
            rarest = max(rarest, math.log(1 + (self._size - seen + 0.5) / (seen + 0.5)) if seen < self._size else 0.05)
        return rarest

    def together(self, couple: Sequence[Token], understood: Understood) -> bool:
        """Whether two neighbours stand together in most passages that have the rarer of them."""
        plain = any(token not in understood.sure for token in couple) or understood.plan.language == "vi-plain"
        single, double = (Field.FOLDED, Field.FOLDED_PAIRS) if plain else (Field.EXACT, Field.EXACT_PAIRS)
        left, right = ((token.folded if plain else token.exact) for token in couple)
        rarer = min(self._frequency(single, left), self._frequency(single, right))
        return rarer > 0 and self._frequency(double, f"{left}_{right}") >= _TOGETHER * rarer

    def common(self) -> float:
        """Of a word found in a tenth of the passages: no everyday word counts for more, however rare in papers."""
        return math.log(1 + 0.9 / 0.1)

    def unknown(self) -> float:
        """Of a word that is nowhere: the rarest there could be."""
        return math.log(1 + self._size / 0.5)


def _covered(token: Token, found: Sequence[concepts.Found]) -> bool:
    return any(one.start <= token.start and token.end <= one.end for one in found)


def _concept(one: concepts.Found, understood: Understood, rarity: _Rarity, without: frozenset[str]) -> Unit | None:
    plan = understood.plan
    slug = concepts.slug(one.source)
    readings = [
        Reading(words(link.term).exact, link.weight, link.relation)
        for link in one.links
        if f"{link.relation}:{slug}" not in without
    ]
    parts: Run = ()
    folded = plan.language == "vi-plain"
    if plan.language != "en":
        own = [token for token in understood.content if one.start <= token.start and token.end <= one.end]
        if not own:
            return None  # only words of asking
        read = words(one.source)
        parts = read.folded if folded else read.exact
        readings.insert(0, Reading(read.exact, 1.0, ""))
        readings.append(Reading(read.folded, 0.9 if folded else _FOLDED_ONLY, "", True))
    told = [reading for reading in readings if reading.folded is (folded and not reading.relation)]
    rarest = [rarity(reading.words, Field.FOLDED if reading.folded else Field.EXACT) for reading in told]
    known = [value for value in rarest if value > 0]
    value = min(known) if known else rarity.unknown()
    if concepts.is_light(one, plan.language):
        value = min(value, rarity.common())
    return Unit(one.source, value, tuple(readings), parts, folded)


def _word(run: Sequence[Token], understood: Understood, rarity: _Rarity) -> Unit:
    plain = understood.plan.language == "vi-plain"
    exact, folded = tuple(token.exact for token in run), tuple(token.folded for token in run)
    readings = [Reading(folded, 1.0 if plain else _FOLDED_ONLY, "", True)]
    if not plain or all(token in understood.sure for token in run):
        readings.insert(0, Reading(exact, 1.0, ""))
    value = rarity(folded, Field.FOLDED) if plain else rarity(exact, Field.EXACT)
    parts = (folded if plain else exact) if len(run) > 1 else ()
    value = value or rarity.unknown()
    if concepts.LIGHT.issuperset(exact):
        value = min(value, rarity.common())
    return Unit(" ".join(exact), value, tuple(readings), parts, folded=plain)


def _name(run: str, rarity: _Rarity) -> Unit:
    folded = words(run).folded
    return Unit(run, rarity(folded, Field.FOLDED) or rarity.unknown(), (Reading(folded, 1.0, "", True),), folded, True)


def strength(unit: Unit, view: View) -> tuple[float, Reading | None]:
    """How far a text has a unit, 0..1, and the reading it has it by."""
    best, by = 0.0, None
    for reading in unit.readings:
        if reading.weight > best and reading.words and view.has(reading.words, folded=reading.folded):
            best, by = reading.weight, reading
    if best < _PARTLY and len(unit.parts) > 1:
        share = sum(view.has((part,), folded=unit.folded) for part in unit.parts) / len(unit.parts)
        # Half of a term's syllables say much less than half: "công nghệ sinh học" is no fertiliser.
        if _PARTLY * share**2 > best:
            best, by = _PARTLY * share**2, None
    return best, by


def coverage(found: Sequence[Unit], text: View, heading: View, title: View) -> tuple[float, float]:
    """(share of the question that the text has, the same with heading path and title), weighed by rarity."""
    total = sum(unit.rarity for unit in found)
    if not total:
        return 0.0, 0.0
    inside = around = 0.0
    for unit in found:
        own = strength(unit, text)[0]
        inside += unit.rarity * own
        if own < _IN_HEADING:
            above = _IN_HEADING * strength(unit, heading)[0]
            own = max(own, above, _IN_TITLE * strength(unit, title)[0] if above < _IN_TITLE else 0.0)
        around += unit.rarity * own
    return inside / total, around / total


def adjacency(content: Sequence[Token], view: View, *, folded: bool) -> float:
    """Share of the question's neighbouring content words that also stand together in the text."""
    pairs = [
        ((left.folded, right.folded) if folded else (left.exact, right.exact)) for left, right in pairwise(content)
    ]
    return sum(view.has(pair, folded=folded) for pair in pairs) / len(pairs) if pairs else 0.0


def is_foreign(unit: Unit) -> bool:
    """Whether a unit was named in English and so has no words of its own in the text."""
    return not unit.parts and bool(english.words(unit.source))
