"""A syllable inside a longer word is not the word that was asked for."""

import pytest

from kb.finding.units import coverage, units
from kb.finding.views import View
from kb.query import understand
from kb.terms import Field


def covered(question: str, text: str) -> float:
    """Share of the question that a text has, in a base in which every word stands in one passage of a hundred and no
    two of them together."""

    def frequency(field: Field, _: str) -> int:
        return 0 if field in (Field.EXACT_PAIRS, Field.FOLDED_PAIRS) else 1

    found = units(understand(question), frequency, 100)
    view = View(text)
    return coverage(found, view, view, view)[0]


@pytest.mark.parametrize("question", ["xã", "xa"])
def test_a_syllable_of_a_longer_word_is_not_that_word(question: str) -> None:
    inside, alone = (covered(question, text) for text in ("Hợp tác xã hoạt động", "Các xã hoạt động"))
    assert inside < alone


def test_it_counts_where_it_stands_alone_too() -> None:
    assert covered("xã", "Hợp tác xã của xã") == covered("xã", "Các xã hoạt động")


def test_a_longer_word_all_of_whose_syllables_are_asked_for_counts() -> None:
    assert covered("thanh tra báo cáo thu", "báo cáo") > 0


def test_a_longer_word_that_is_asked_for_counts() -> None:
    assert covered("hợp tác xã", "Hợp tác xã hoạt động") == 1.0
