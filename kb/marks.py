"""Puts the marks back into Vietnamese typed without: "phan bon vi sinh" → "phân bón vi sinh".

A syllable bigram model and Viterbi search. The counts (`kb/data/marks.npz`) come from the codified law and the authored
data; tests/relevance/syllables.py makes them.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import Token, fold, tokens
from kb.tables import DATA

_TRUST = 0.85  # in the pair rather than the syllable alone
_NOWHERE = 1e-9
_BREAKS = frozenset(".;:!?\n")


@dataclass(frozen=True, slots=True)
class _Model:
    forms: dict[str, list[int]]  # folded syllable → numbers of its forms
    names: list[str]
    single: NDArray[np.int32]
    total: float
    left: NDArray[np.int32]  # pairs sorted by (left, right)
    right: NDArray[np.int32]
    count: NDArray[np.int32]
    begin: NDArray[np.int64]  # where the pairs of each left syllable begin

    def chance(self, before: int | None, form: int) -> float:
        """Log chance of a form after another one (None: at the beginning)."""
        alone = float(self.single[form]) / self.total
        if before is None:
            return math.log(alone + _NOWHERE)
        start, end = int(self.begin[before]), int(self.begin[before + 1])
        at = start + int(np.searchsorted(self.right[start:end], form))
        seen = float(self.count[at]) if at < end and int(self.right[at]) == form else 0.0
        return math.log(_TRUST * seen / float(self.single[before]) + (1 - _TRUST) * alone + _NOWHERE)


@lru_cache(maxsize=1)
def _model() -> _Model:
    with np.load(DATA / "marks.npz") as saved:
        names = str(saved["names"]).split(" ")
        single, left, right, count = saved["single"], saved["left"], saved["right"], saved["count"]
    forms: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        forms.setdefault(fold(name), []).append(number)
    begin = np.searchsorted(left, np.arange(len(names) + 1)).astype(np.int64)
    return _Model(forms, names, single, float(single.sum()), left, right, count, begin)


def restore(text: str) -> str:
    """`text` with its most likely marks; one character for each, so that offsets are shared.

    Short forms in capitals and words that are no Vietnamese syllable stay as they are; so does a text that has marks:
    who types some of them types them all.
    """
    if fold(text) != text.lower():
        return text
    chars = list(text)
    run: list[Token] = []
    for token in tokens(text):
        if run and (_BREAKS & set(text[run[-1].end : token.start]) or not _open(text, token)):
            _write(chars, run)
            run = []
        if _open(text, token):
            run.append(token)
    _write(chars, run)
    return "".join(chars)


def _open(text: str, token: Token) -> bool:
    typed = text[token.start : token.end]
    return typed.lower() in _model().forms and not (len(typed) > 1 and typed.isupper() and not text.isupper())


def _write(chars: list[str], run: list[Token]) -> None:
    for token, form in zip(run, _best([token.folded for token in run]), strict=True):
        for at, char in zip(range(token.start, token.end), form, strict=True):
            chars[at] = char.upper() if chars[at].isupper() else char


def _best(folded: list[str]) -> list[str]:
    """The likeliest forms of a run of syllables (Viterbi)."""
    model = _model()
    paths: dict[int | None, tuple[float, tuple[int, ...]]] = {None: (0.0, ())}
    for syllable in folded:
        following: dict[int | None, tuple[float, tuple[int, ...]]] = {}
        for form in model.forms[syllable]:
            score, path = max((value + model.chance(before, form), path) for before, (value, path) in paths.items())
            following[form] = (score, (*path, form))
        paths = following
    return [model.names[form] for form in max(paths.values())[1]]
