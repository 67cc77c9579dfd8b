"""Puts the marks back into Vietnamese typed without: "phan bon vi sinh" → "phân bón vi sinh".

A syllable bigram model (`kb/data/marks.npz`, counted over the codified law and the authored data;
tests/relevance/syllables.py makes it), mixed with what the base itself says: "ba nam" is "bã nấm" where the papers
speak of mushrooms. Each syllable comes with the model's confidence; what could well be another stays as it was typed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import Token, fold, is_syllable, key, nfc, tokens
from kb.tables import DATA
from kb.terms import Field

Frequency = Callable[[Field, str], int]
_TRUST = 0.85  # in the pair rather than the syllable alone
_NOWHERE = 1e-9
_OF_BASE = 0.4  # how much the base's own words say, beside the law's
_WORDS_A_PASSAGE = 40
_CERTAIN = 0.9  # from here on a syllable is written with its marks
_LETTERS = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
_TONES = ("", *"\u0300\u0301\u0303\u0309\u0323")
_BREAKS = frozenset(".;:!?\n")


@dataclass(frozen=True, slots=True)
class _Model:
    forms: dict[str, list[int]]  # folded syllable → numbers of its forms
    names: list[str]
    keys: list[str]  # as the words index has them
    single: NDArray[np.int32]
    total: float
    left: NDArray[np.int32]  # pairs sorted by (left, right)
    right: NDArray[np.int32]
    count: NDArray[np.int32]
    begin: NDArray[np.int64]  # where the pairs of each left syllable begin

    def alone(self, forms: Sequence[int]) -> NDArray[np.float64]:
        """Chance of each form by itself; 0 for -1."""
        found: NDArray[np.float64] = np.where(np.array(forms) < 0, 0, self.single[list(forms)]) / self.total
        return found

    def after(self, before: Sequence[int], forms: Sequence[int]) -> NDArray[np.float64]:
        """(before, forms) chances of a form after another one."""
        seen = np.zeros((len(before), len(forms)))
        for row, left in enumerate(before):
            if left < 0:
                continue
            start, end = int(self.begin[left]), int(self.begin[left + 1])
            places = start + np.searchsorted(self.right[start:end], forms)
            known = places < end
            known[known] = self.right[places[known]] == np.asarray(forms)[known]
            seen[row, known] = self.count[places[known]] / float(self.single[left])
        result: NDArray[np.float64] = _TRUST * seen + (1 - _TRUST) * self.alone(forms)
        return result


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` has one character for each that was typed; `doubtful` are the syllables (by start) left as typed.

    `guess` has the likeliest marks on those too.
    """

    text: str
    guess: str
    doubtful: frozenset[int] = frozenset()


@lru_cache(maxsize=1)
def _model() -> _Model:
    with np.load(DATA / "marks.npz") as saved:
        names = str(saved["names"]).split(" ")
        single, left, right, count = saved["single"], saved["left"], saved["right"], saved["count"]
    forms: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        forms.setdefault(fold(name), []).append(number)
    begin = np.searchsorted(left, np.arange(len(names) + 1)).astype(np.int64)
    return _Model(forms, names, [key(name) for name in names], single, float(single.sum()), left, right, count, begin)


def restore(text: str) -> str:
    """`text` with its most likely marks; one character for each, so that offsets are shared.

    Short forms in capitals and words that are no Vietnamese syllable stay as they are; so does a text that has marks:
    who types some of them types them all.
    """
    return read(text).guess


def read(text: str, seen: Frequency | None = None, size: int = 0) -> Reading:
    """The same with the confidence in each syllable. `seen` tells in how many of the base's `size` passages a word or
    a pair of words occurs."""
    if fold(text) != text.lower():
        return Reading(text, text)
    guess, sure = list(text), list(text)
    doubtful: set[int] = set()
    for run in _runs(text):
        forms, trust = _best([token.folded for token in run], _Base(seen, size) if seen and size else None)
        for token, form, chance in zip(run, forms, trust, strict=True):
            certain = chance >= _CERTAIN
            if not certain:
                doubtful.add(token.start)
            for at, char in zip(range(token.start, token.end), form, strict=True):
                guess[at] = char.upper() if text[at].isupper() else char
                sure[at] = guess[at] if certain else text[at]
    return Reading("".join(sure), "".join(guess), frozenset(doubtful))


def _runs(text: str) -> Iterator[list[Token]]:
    """Syllables to be read together: up to a full stop or a word that is none."""
    run: list[Token] = []
    for token in tokens(text):
        if run and (_BREAKS & set(text[run[-1].end : token.start]) or not _open(text, token)):
            yield run
            run = []
        if _open(text, token):
            run.append(token)
    if run:
        yield run


def _open(text: str, token: Token) -> bool:
    typed = text[token.start : token.end]
    return typed.lower() in _model().forms and not (len(typed) > 1 and typed.isupper() and not text.isupper())


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a syllable: as printed, as the words index has it, and its number in the model (-1: unknown)."""

    name: str
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class _Base:
    """Chances by the base's own papers. Words are counted by passages, as the index has them."""

    seen: Frequency
    size: int

    def forms(self, syllable: str) -> list[_Form]:
        """What the model knows, and every other form that the base has."""
        known = _known(syllable)
        keys = {form.key for form in known}
        return known + [
            _Form(name, key(name), -1)
            for name in _spellings(syllable)
            if key(name) not in keys and self.seen(Field.EXACT, key(name))
        ]

    def alone(self, forms: Sequence[_Form]) -> NDArray[np.float64]:
        """Chance of each form by itself."""
        found: NDArray[np.float64] = np.array([self.seen(Field.EXACT, form.key) for form in forms], float)
        return found / (self.size * _WORDS_A_PASSAGE)

    def after(self, before: Sequence[_Form], forms: Sequence[_Form]) -> NDArray[np.float64]:
        """(before, forms) chances of a form after another one."""
        left = [self.seen(Field.EXACT, form.key) for form in before]
        right = [self.seen(Field.EXACT, form.key) for form in forms]
        chance = np.zeros((len(before), len(forms)))
        for row, column in product(np.flatnonzero(left).tolist(), np.flatnonzero(right).tolist()):
            together = self.seen(Field.EXACT_PAIRS, f"{before[row].key}_{forms[column].key}")
            chance[row, column] = min(1.0, together / (left[row] + 1))
        result: NDArray[np.float64] = _TRUST * chance + (1 - _TRUST) * self.alone(forms)
        return result


def _known(syllable: str) -> list[_Form]:
    model = _model()
    return [_Form(model.names[number], model.keys[number], number) for number in model.forms[syllable]]


@lru_cache(maxsize=4096)
def _spellings(syllable: str) -> tuple[str, ...]:
    """Every Vietnamese syllable that folds to this one."""
    plain = map("".join, product(*(_LETTERS.get(letter, letter) for letter in syllable)))
    places = range(1, len(syllable) + 1)
    toned = (nfc(form[:at] + tone + form[at:]) for form in plain for at in places for tone in _TONES)
    found = dict.fromkeys(form for form in toned if fold(form) == syllable and is_syllable(form))
    return tuple({key(form): form for form in found}.values())


def _best(folded: Sequence[str], base: _Base | None) -> tuple[list[str], list[float]]:
    """The likeliest form of each syllable of a run by itself (forward and backward sums), with its chance."""
    choices = [base.forms(syllable) if base else _known(syllable) for syllable in folded]
    steps = [_after(left, right, base) for left, right in pairwise(choices)]
    forward = [_alone(choices[0], base)]
    for step in steps:
        forward.append(_scaled(forward[-1] @ step))
    backward = [np.ones(len(choices[-1]))]
    for step in reversed(steps):
        backward.append(_scaled(step @ backward[-1]))
    chances = [_scaled(left * right) for left, right in zip(forward, reversed(backward), strict=True)]
    best = [int(chance.argmax()) for chance in chances]
    forms = [of[at].name for of, at in zip(choices, best, strict=True)]
    return forms, [float(chance[at]) for chance, at in zip(chances, best, strict=True)]


def _alone(forms: Sequence[_Form], base: _Base | None) -> NDArray[np.float64]:
    law = _model().alone([form.number for form in forms])
    return (law if base is None else (1 - _OF_BASE) * law + _OF_BASE * base.alone(forms)) + _NOWHERE


def _after(before: Sequence[_Form], forms: Sequence[_Form], base: _Base | None) -> NDArray[np.float64]:
    law = _model().after([form.number for form in before], [form.number for form in forms])
    return (law if base is None else (1 - _OF_BASE) * law + _OF_BASE * base.after(before, forms)) + _NOWHERE


def _scaled(row: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = row / row.sum()
    return result
