"""What the words index is asked, and how text becomes its words. Knows nothing of the engine (kb/words.py)."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.vietnamese import spoken, spoken_folded


class Field(StrEnum):
    """A reading of a passage that can be searched by itself."""

    EXACT = "exact"  # syllables with marks, `ingest.vietnamese.key`
    EXACT_PAIRS = "exact_pairs"  # neighbours joined: "phân_bón"
    FOLDED = "folded"  # syllables without marks, đ as d
    FOLDED_PAIRS = "folded_pairs"
    HEADING = "heading"  # the heading path and a row's column names, with marks
    HEADING_FOLDED = "heading_folded"
    HEADING_PAIRS = "heading_pairs"  # folded
    TITLE = "title"  # the document's type, symbol and title, folded
    SYMBOL = "symbol"  # canonical document symbols named in the passage, whole: "36-NQ/TW"


@dataclass(frozen=True, slots=True)
class Clause:
    """One word, or words that must stand next to each other (`slop` others between), in one field."""

    field: Field
    words: tuple[str, ...]
    weight: float = 1.0
    slop: int = 0


@dataclass(frozen=True, slots=True)
class WordsQuery:
    """A passage scores the weighted sum of BM25 of the clauses it has; of each group in `must` it has at least one.

    The groups of `must` filter and do not score.
    """

    should: tuple[Clause, ...]
    must: tuple[tuple[Clause, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, position by position."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]

    @property
    def exact_pairs(self) -> tuple[str, ...]:
        """Neighbouring words joined as the index joins them."""
        return pairs(self.exact)

    @property
    def folded_pairs(self) -> tuple[str, ...]:
        """The same without marks."""
        return pairs(self.folded)


def words(text: str) -> Words:
    """The words of a text exactly as the index holds them; a question must be read by this too."""
    return Words(tuple(spoken(text).split()), tuple(spoken_folded(text).split()))


def pairs(one_by_one: tuple[str, ...]) -> tuple[str, ...]:
    """Every two neighbours, joined by an underscore (which no word contains)."""
    return tuple(f"{left}_{right}" for left, right in pairwise(one_by_one))
