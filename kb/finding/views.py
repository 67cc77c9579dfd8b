"""A text as the words of a question are looked for in it.

Each word of the question gets a letter (`Look`); a text becomes a line with one letter for each of its words, the same
letter for all that the question does not speak of. Then words that stand together are a short string in a short
string, and a line is made of a stored passage's word numbers without its words being looked at.
"""

import threading
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from itertools import accumulate
from typing import Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import bounds, spoken, spoken_folded
from kb.store.forward import READ, Lexicon, Text

Run: TypeAlias = tuple[str, ...]
_OTHER = "\0"
_NARROW = 0xFF  # letters that fit a byte
_MOST = 0xD7FF  # letters there can be
_NOWHERE = "\uffff"  # for words beyond them: in no line
_LOOKS = 4  # questions whose letters are kept

T = TypeVar("T")


class Look:
    """The words of a question, each with its letter; made once for all the texts that are looked at."""

    def __init__(self, exact: Iterable[str], folded: Iterable[str]) -> None:
        self.id = object()  # what texts remember it by, so that they do not keep it alive
        self._letters = (_lettered(exact), _lettered(folded))
        self._tables: tuple[Lexicon, tuple[NDArray[np.generic], NDArray[np.generic]]] | None = None

    def pattern(self, run: Run, *, folded: bool) -> str:
        """The run as it stands in a line, if its words are the look's."""
        letters = self._letters[folded]
        return "".join([letters.get(word, _NOWHERE) for word in run])

    def line(self, words: Iterable[str], *, folded: bool) -> str:
        """The letters of these words in a row."""
        letters = self._letters[folded]
        return "".join([letters.get(word, _OTHER) for word in words])

    def table(self, lexicon: Lexicon, *, folded: bool) -> NDArray[np.generic]:
        """The letter of each word number; 0 for other words, and in the last place for numbers given since."""
        if self._tables is None or self._tables[0] is not lexicon:
            self._tables = (lexicon, (self._table(lexicon, False), self._table(lexicon, True)))
        return self._tables[1][folded]

    def _table(self, lexicon: Lexicon, folded: bool) -> NDArray[np.generic]:
        letters = self._letters[folded]
        size = lexicon.size
        table = np.zeros(size + 2, np.uint8 if len(letters) <= _NARROW else np.dtype("<u2"))
        for word, numbers in lexicon.numbers(letters, size, folded=folded).items():
            table[numbers] = ord(letters[word])
        return table


def _lettered(words: Iterable[str]) -> dict[str, str]:
    letters: dict[str, str] = {}
    for word in words:
        if word not in letters and len(letters) < _MOST:
            letters[word] = chr(len(letters) + 1)
    return letters


class View:
    """A text as units are looked for in it: its words in a row, with marks and without.

    Each form is made when it is first asked for: of sixty candidates most are asked for none, since a stored passage
    brings the numbers of its words. Of a text of more than `READ` words the rest is not looked at.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = text.words if isinstance(text, Text) else None
        self.kept: tuple[object, object] | None = None  # what was last worked out of it, and for which question

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
    def numbers(self) -> NDArray[np.int32] | None:
        """The same as sorted numbers, which come without looking at a word; None for a text that is not stored."""
        return self._text.lexicon.different(self._text.words) if isinstance(self._text, Text) else None

    @cached_property
    def size(self) -> int:
        """How many words there are, `READ` at most."""
        if self._words is not None:
            return len(self._words)
        return min(READ, self.folded.count(" ") - 1) if len(self.folded) > 2 else 0

    def has(self, run: Run, *, folded: bool = False) -> bool:
        """Whether the words stand together in the text."""
        return f" {' '.join(run)} " in (self.folded if folded else self.exact)

    def line(self, look: Look, *, folded: bool) -> str:
        """The text's words in the letters of a question."""
        if not isinstance(self._text, Text):
            return look.line((self.folded if folded else self.exact).split()[:READ], folded=folded)
        codes = look.table(self._text.lexicon, folded=folded).take(self._text.words, mode="clip")
        return codes.tobytes().decode("latin-1" if codes.itemsize == 1 else "utf-16-le")

    def bounds(self, words: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where its first words (so many at least) begin and end: offsets in the text."""
        return bounds(self._text, words)

    def places(self, run: Run, *, folded: bool = False) -> list[tuple[int, int]]:
        """Where the words stand together: offsets in the text."""
        if not run:
            return []
        look = Look((), run) if folded else Look(run, ())
        firsts = occurrences(look.pattern(run, folded=folded), self.line(look, folded=folded), READ)
        begins, ends = self.bounds(firsts[-1] + len(run) if firsts else 0)
        return [(int(begins[first]), int(ends[first + len(run) - 1])) for first in firsts]


def occurrences(pattern: str, line: str, most: int) -> list[int]:
    """Where a run stands in a line: the first `most` places, one after the other."""
    if len(pattern) == 1:  # the most frequent kind, and the one that stands in the most places
        steps = accumulate([len(piece) + 1 for piece in line.split(pattern, most)])
        return [step - 1 for step in steps][:-1]
    found: list[int] = []
    at = line.find(pattern)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = line.find(pattern, at + 1)
    return found


class Recent(Generic[T]):
    """What was made of the last few questions' parts, known by identity: the same object is asked about sixty times."""

    def __init__(self, make: Callable[..., T]) -> None:
        self._make = make
        self._kept: tuple[tuple[object, Hashable, T], ...] = ()
        self._lock = threading.Lock()

    def of(self, one: object, more: Hashable = None) -> T:
        """What `make(one, more)` gives. Only what cannot change (a tuple) is remembered."""
        for kept, other, made in self._kept:
            if kept is one and other == more:
                return made
        made = self._make(one, more)
        if isinstance(one, tuple):
            with self._lock:
                self._kept = ((one, more, made), *self._kept[: _LOOKS - 1])
        return made
