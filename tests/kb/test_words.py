"""The words index: every field finds what it should, filters hold, and damage is repaired."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kb import words as module
from kb.terms import Clause, Field, WordsQuery, words
from kb.words import Entry, WordsIndex

NOTHING = words("")


def entry(number: int, text: str, heading: str = "", title: str = "", symbols: Sequence[str] = ()) -> Entry:
    return Entry(number, number // 100, words(text), words(heading), words(title), tuple(symbols))


@pytest.fixture
def index(home: Path) -> WordsIndex:
    made = WordsIndex(home, owner=True)
    made.apply(
        3,
        [],
        [
            entry(101, "Phân bón vi sinh, chế phẩm cải tạo đất", "II. Trồng trọt", "Kế hoạch 86-KH/TU"),
            entry(102, "Đường cao tốc và phân khu bón cây", "III. Giao thông"),
            entry(201, "Thực hiện Nghị quyết số 36-NQ/TW", symbols=["36-NQ/TW"]),
        ],
    )
    return made


def found(index: WordsIndex, *clauses: Clause, **more: object) -> list[int]:
    query = WordsQuery(clauses, must=more.get("must", ()))  # type: ignore[arg-type]
    return [number for number, _ in index.search(query, more.get("allowed"), 10)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clause", "expected", "reason"),
    [
        (Clause(Field.EXACT, ("phân",)), [101, 102], "a syllable with its marks"),
        (Clause(Field.EXACT, ("phan",)), [], "the exact field does not fold"),
        (Clause(Field.FOLDED, ("duong",)), [102], "đ folds to d"),
        (Clause(Field.FOLDED_PAIRS, ("phan_bon",)), [101], "neighbours only"),
        (Clause(Field.EXACT_PAIRS, ("phân_bón",)), [101], "neighbours with marks"),
        (Clause(Field.EXACT, ("phân", "bón")), [101], "a phrase"),
        (Clause(Field.EXACT, ("phân", "bón"), slop=1), [101, 102], "a phrase with a word between"),
        (Clause(Field.HEADING, ("trồng",)), [101], "heading with marks"),
        (Clause(Field.HEADING_FOLDED, ("giao", "thong")), [102], "heading without"),
        (Clause(Field.HEADING_PAIRS, ("trong_trot",)), [101], "heading, neighbours"),
        (Clause(Field.TITLE, ("ke",)), [101], "the document's title"),
        (Clause(Field.SYMBOL, ("36-NQ/TW",)), [201], "a whole number"),
        (Clause(Field.SYMBOL, ("36",)), [], "never a part of a number"),
    ],
)
def test_fields(index: WordsIndex, clause: Clause, expected: list[int], reason: str) -> None:
    assert sorted(found(index, clause)) == expected, reason


def test_weights_decide_the_order(index: WordsIndex) -> None:
    one, other = Clause(Field.EXACT, ("vi",), 9.0), Clause(Field.EXACT, ("khu",), 1.0)
    assert found(index, one, other) == [101, 102]
    assert found(index, Clause(Field.EXACT, ("vi",), 1.0), Clause(Field.EXACT, ("khu",), 9.0)) == [102, 101]


def test_must_limits_and_does_not_score(index: WordsIndex) -> None:
    query = Clause(Field.EXACT, ("phân",))
    group = (Clause(Field.EXACT, ("cao", "tốc")), Clause(Field.HEADING, ("cao", "tốc")))
    assert found(index, query, must=(group,)) == [102]
    with_must = index.search(WordsQuery((query,), (group,)), None, 5)
    assert with_must == [hit for hit in index.search(WordsQuery((query,)), None, 5) if hit[0] == 102]


@pytest.mark.parametrize("many", [0.0, 2.0], ids=["sieved", "in the query"])
def test_only_allowed_passages_are_found(index: WordsIndex, monkeypatch: pytest.MonkeyPatch, many: float) -> None:
    monkeypatch.setattr(module, "_MANY", many)
    query = WordsQuery((Clause(Field.EXACT, ("phân",)),))
    for owners in (None, np.array([1, 2])):
        hits = index.search(query, np.array([102, 201]), 10, owners)
        assert [number for number, _ in hits] == [102]  # 101 is of the same document
        assert index.search(query, np.array([], np.int64), 10, owners) == []


def test_sieving_goes_as_deep_as_it_must(home: Path) -> None:
    index = WordsIndex(home, owner=True)
    index.apply(1, [], [entry(number, "phân " * (1 + (number < 190))) for number in range(200)])
    for owners in (None, np.array([1, 1])):
        kept = index.search(WordsQuery((Clause(Field.EXACT, ("phân",)),)), np.array([195, 197]), 2, owners)
        assert [number for number, _ in kept] == [195, 197]


def test_a_phrase_beside_words_counts_as_much_as_by_itself(index: WordsIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    word, phrase = Clause(Field.EXACT, ("cao",)), Clause(Field.EXACT, ("phân", "bón"), 0.5)
    alone = dict(index.search(WordsQuery((phrase,)), None, 5))
    beside = dict(index.search(WordsQuery((word, phrase)), None, 5))
    monkeypatch.setattr(module, "_LARGE", 0)
    among_many = dict(index.search(WordsQuery((word, phrase)), None, 5))
    assert set(alone) == {101}
    assert set(beside) == set(among_many) == {101, 102}
    assert beside[101] == alone[101]
    # Pairs are counted as words of a field that is one word shorter: the score differs by that alone.
    assert among_many[101] == pytest.approx(alone[101], rel=0.05)


@pytest.mark.parametrize("large", [0, 20_000])
def test_words_and_phrases_that_are_nowhere_change_nothing(
    index: WordsIndex, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(module, "_LARGE", large)
    word = Clause(Field.EXACT, ("phân",))
    nowhere = (Clause(Field.EXACT, ("voi",)), Clause(Field.EXACT, ("bón", "phân")), Clause(Field.SYMBOL, ("1-QĐ/TU",)))
    assert index.search(WordsQuery((word, *nowhere)), None, 5) == index.search(WordsQuery((word,)), None, 5)


def test_a_word_that_comes_in_later_is_counted(index: WordsIndex) -> None:
    assert index.frequency(Field.EXACT, "voi") == 0
    index.apply(4, [], [entry(301, "voi")])
    assert index.frequency(Field.EXACT, "voi") == 1
    assert found(index, Clause(Field.EXACT, ("voi",)), Clause(Field.EXACT, ("cao",))) == [301, 102]


def test_equal_scores_come_in_passage_order(home: Path) -> None:
    index = WordsIndex(home, owner=True)
    for number in (3, 1, 2):  # three commits, three segments
        index.apply(number, [], [entry(number, "như nhau")])
    assert found(index, Clause(Field.EXACT, ("nhau",))) == [1, 2, 3]


def test_documents_are_replaced_in_one_commit(index: WordsIndex) -> None:
    index.apply(4, [1], [entry(103, "mới")])
    assert index.generation == 4
    assert found(index, Clause(Field.EXACT, ("phân",))) == []
    assert found(index, Clause(Field.EXACT, ("mới",))) == [103]


def test_a_second_opening_sees_the_first_one_s_work(index: WordsIndex, home: Path) -> None:
    reader = WordsIndex(home, owner=False)
    assert reader.generation == 3
    index.apply(4, [1], [])
    assert reader.generation == 4
    assert found(reader, Clause(Field.EXACT, ("phân",))) == []


def test_a_reader_finds_no_index_where_there_is_none(home: Path) -> None:
    reader = WordsIndex(home, owner=False)
    assert reader.generation == -1
    assert found(reader, Clause(Field.EXACT, ("phân",))) == []


def test_a_damaged_index_is_made_anew(index: WordsIndex, home: Path) -> None:
    for file in home.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damage")
    assert WordsIndex(home, owner=True).generation == 0
