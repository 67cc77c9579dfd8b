"""The second look: how much of what a question names a passage really has, unit by unit.

A unit is one thing the question names: a concept with everything that may stand for it, or a single word. A unit
counts once however many of its synonyms a passage uses, and by how rare it is in the base.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul
from typing import cast

from ingest.vietnamese import Token
from kb.finding.routes import names
from kb.finding.views import Look, Recent, Run, View
from kb.query import Understood
from kb.question import concepts, english
from kb.question.naming import mentions
from kb.terms import Field, words

__all__ = [
    "Reading",
    "Run",
    "Unit",
    "View",
    "adjacency",
    "coverage",
    "is_foreign",
    "look",
    "strength",
    "under",
    "units",
]

_FOLDED_ONLY = 0.5  # a word found without its marks, of a question typed with marks
_PARTLY = 0.5  # the words of a concept that do not stand together
_IN_HEADING = 0.6
_IN_TITLE = 0.3
_TITLE_FOR_ALL = 0.5  # the title's part where every passage on the matter is wanted
_IN_SHORT = 0.9  # a paper mentioned by kind and number alone
_TOGETHER = 0.5  # share of the passages with the rarer of two words from which the two are one

Frequency = Callable[[Field, str], int]


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


def units(understood: Understood, frequency: Frequency, size: int, without: frozenset[str] = frozenset()) -> list[Unit]:
    """The units of a question. `size` is the number of passages searched."""
    rarity = _Rarity(frequency, size)
    if understood.plan.language == "en":
        known = [re.sub("['’]s$", "", one.source) for one in understood.concepts if " " in one.source]
        called = [name for name in names(understood.plan) if not any(f" {name} " in f" {one} " for one in known)]
        meant = [one for one in understood.concepts if not any(one.source in name.split() for name in called)]
        found = [_concept(one, understood, rarity, without) for one in meant]
        found += [_name(run, rarity) for run in called]
        rarest = max((unit.rarity for unit in found if unit is not None), default=rarity.unknown())
        found += [Unit(word, rarest, ()) for word in _untranslated(understood, called)]
    else:
        found = [_concept(one, understood, rarity, without) for one in understood.concepts]
        free = [token for token in understood.content if not _covered(token, understood.concepts)]
        found += [_word(run, understood, rarity) for run in _joined(free, understood, rarity)]
    if understood.mentioned:
        found.append(_paper(understood.mentioned, rarity))
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


def _paper(symbols: Sequence[str], rarity: _Rarity) -> Unit:
    """A paper named by number, which may be one of several: as rare as the passages that have one of them in full."""
    readings = [
        Reading(words(said).folded, 1.0 if not place else _IN_SHORT, "", True)
        for symbol in symbols
        for place, said in enumerate(mentions(symbol))
    ]
    seen = [value for symbol in symbols if (value := rarity((symbol,), Field.SYMBOL))]
    return Unit(symbols[0], min(seen, default=rarity.unknown()), tuple(readings), folded=True)


def _name(run: str, rarity: _Rarity) -> Unit:
    folded = words(run).folded
    return Unit(run, rarity(folded, Field.FOLDED) or rarity.unknown(), (Reading(folded, 1.0, "", True),), folded, True)


@dataclass(frozen=True, slots=True)
class _Had:
    """How far a text has the units of a question: value and reading of each, by place."""

    places: dict[int, int]  # by the units' identity
    units: Sequence[Unit]  # holds on to them, so that no other takes their identity
    values: list[float]
    readings: list[Reading | None]
    share: float  # of the question, weighed by rarity


def _letters(found: Sequence[Unit], exact: Iterable[Run] = (), folded: Iterable[Run] = ()) -> Look:
    runs = [(reading.words, reading.folded) for unit in found for reading in unit.readings]
    runs += [(unit.parts, unit.folded) for unit in found]
    runs += [*((run, False) for run in exact), *((run, True) for run in folded)]
    return Look(
        (word for run, plain in runs if not plain for word in run),
        (word for run, plain in runs if plain for word in run),
    )


class _Sought:
    """The units of a question made ready to be looked for in many texts."""

    def __init__(self, found: Sequence[Unit], _: object) -> None:
        self.look = _letters(found)
        self.rarities = [unit.rarity for unit in found]
        self.total = sum(self.rarities)
        self._found = found
        self._places = {id(unit): at for at, unit in enumerate(found)}
        self._units = [(unit.folded, self._readings(unit), self._parts(unit)) for unit in found]

    def _readings(self, unit: Unit) -> list[tuple[float, bool, str, Reading]]:
        return [
            (one.weight, one.folded, self.look.pattern(one.words, folded=one.folded), one)
            for one in unit.readings
            if one.words
        ]

    def _parts(self, unit: Unit) -> list[str]:
        return [self.look.pattern((part,), folded=unit.folded) for part in unit.parts] if len(unit.parts) > 1 else []

    def had(self, view: View) -> _Had:
        """What a text has of them; kept with the text until another question comes."""
        if view.kept is not None and view.kept[0] is self.look.id:
            return cast("_Had", view.kept[1])
        had = self.measured(view)
        view.kept = (self.look.id, had)
        return had

    def measured(self, view: View) -> _Had:
        """The same, worked out anew."""
        lines = (view.line(self.look, folded=False), view.line(self.look, folded=True))
        both = [_strength(folded, readings, parts, lines) for folded, readings, parts in self._units]
        values = [value for value, _ in both]
        inside = sum(map(mul, self.rarities, values))
        share = inside / self.total if self.total else 0.0
        return _Had(self._places, self._found, values, [by for _, by in both], share)


def _strength(
    folded_unit: bool,
    readings: Sequence[tuple[float, bool, str, Reading]],
    parts: Sequence[str],
    lines: tuple[str, str],
) -> tuple[float, Reading | None]:
    best, by = 0.0, None
    for weight, folded, pattern, reading in readings:
        if weight > best and pattern in lines[folded]:
            best, by = weight, reading
    if best < _PARTLY and parts:
        line = lines[folded_unit]
        share = sum([part in line for part in parts]) / len(parts)
        # Half of a term's syllables say much less than half: "công nghệ sinh học" is no fertiliser.
        if _PARTLY * share**2 > best:
            best, by = _PARTLY * share**2, None
    return best, by


_sought = Recent(_Sought)


def look(found: Sequence[Unit], exact: Sequence[Run] = (), folded: Sequence[Run] = ()) -> Look:
    """The letters of all the words of these units; with further runs letters of its own."""
    if not exact and not folded:
        return _sought.of(found).look
    return _letters(found, exact, folded)


def strength(unit: Unit, view: View) -> tuple[float, Reading | None]:
    """How far a text has a unit, 0..1, and the reading it has it by."""
    had = cast("_Had", view.kept[1]) if view.kept else None
    at = had.places.get(id(unit)) if had else None
    if had is None or at is None:
        had, at = _Sought((unit,), None).measured(view), 0
    return had.values[at], had.readings[at]


def coverage(found: Sequence[Unit], text: View, heading: View, title: View) -> tuple[float, float]:
    """(share of the question that the text has, the same with heading path and title), weighed by rarity."""
    sought = _sought.of(found)
    if not sought.total:
        return 0.0, 0.0
    had = sought.had(text)
    if text is heading and text is title:
        return had.share, had.share
    around = 0.0
    for rarity, inside, in_heading, in_title in zip(
        sought.rarities, had.values, sought.had(heading).values, sought.had(title).values, strict=True
    ):
        own = inside
        if own < _IN_HEADING:
            above = _IN_HEADING * in_heading
            own = max(own, above, _IN_TITLE * in_title if above < _IN_TITLE else 0.0)
        around += rarity * own
    return had.share, around / sought.total


def under(found: Sequence[Unit], text: View, heading: View, title: View) -> float:
    """Share of the question that the text has or stands under: what its headings say counts as if it said it itself,
    what its paper's title says for half."""
    sought = _sought.of(found)
    if not sought.total:
        return 0.0
    views = (sought.had(text).values, sought.had(heading).values, sought.had(title).values)
    return (
        sum(
            rarity * max(inside, above, _TITLE_FOR_ALL * in_title)
            for rarity, inside, above, in_title in zip(sought.rarities, *views, strict=True)
        )
        / sought.total
    )


class _Neighbours:
    """The question's neighbouring words made ready to be looked for in many texts."""

    def __init__(self, content: Sequence[Token], folded: object) -> None:
        words = [token.folded if folded else token.exact for token in content]
        self.folded = bool(folded)
        self.look = Look((), words) if folded else Look(words, ())
        self.pairs = [self.look.pattern(pair, folded=self.folded) for pair in pairwise(words)]


_neighbours = Recent(_Neighbours)


def adjacency(content: Sequence[Token], view: View, *, folded: bool) -> float:
    """Share of the question's neighbouring content words that also stand together in the text."""
    sought = _neighbours.of(content, folded)
    if not sought.pairs:
        return 0.0
    line = view.line(sought.look, folded=folded)
    return sum([pair in line for pair in sought.pairs]) / len(sought.pairs)


def is_foreign(unit: Unit) -> bool:
    """Whether a unit was named in English and so has no words of its own in the text."""
    return not unit.parts and bool(english.words(unit.source))
