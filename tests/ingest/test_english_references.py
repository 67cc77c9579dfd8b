"""What an English translation says it does to other papers."""

import pytest

from ingest.document import Reference
from ingest.pipeline import ingest

HEAD = (
    "PEOPLE'S COMMITTEE OF TRUONG LINH PROVINCE\nNo. 21/2025/QD-UBND\nTruong Linh, April 24, 2025\n\n"
    "DECISION\nOn bus fares\n\nPursuant to Decree No. 85/2024/ND-CP dated July 10, 2024 of the Government;\n\n"
    "Article 1. Effect\n1. This Decision takes effect from May 5, 2025.\n2. "
)


def last(sentence: str) -> Reference:
    return ingest((HEAD + sentence + "\n").encode(), "decision.txt").references[-1]


@pytest.mark.parametrize(
    ("sentence", "verb", "reverse"),
    [
        ("This Decision replaces Decision No. 33/2021/QD-UBND dated September 8, 2021.", "replaces", False),
        ("This Decision supersedes Decision No. 33/2021/QD-UBND.", "replaces", False),
        ("This Decision repeals Decision No. 33/2021/QD-UBND.", "repeals", False),
        ("This Decision amends Decision No. 33/2021/QD-UBND.", "amends", False),
        ("Fares follow Decision No. 33/2021/QD-UBND.", "refers", False),
        ("It was replaced by Decision No. 33/2021/QD-UBND.", "replaces", True),
        ("It was amended and supplemented by Decision No. 33/2021/QD-UBND.", "amends", True),
    ],
)
def test_what_it_does(sentence: str, verb: str, reverse: bool) -> None:
    found = last(sentence)
    assert (found.symbol, found.verb, found.reverse) == ("33/2021/QĐ-UBND", verb, reverse)


def test_what_it_rests_on() -> None:
    references = ingest((HEAD + "Fares are as follows.\n").encode(), "decision.txt").references
    assert [(one.symbol, one.verb) for one in references] == [("85/2024/NĐ-CP", "basis")]
