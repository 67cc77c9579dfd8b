"""The list questions asked of real papers are well formed, and every place marked in them is one whole passage."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ingest.vietnamese import fold
from tests.relevance import sets

FIELDS = {"id", "lang", "kind", "question", "answerable", "gold", "also"}
PLACE = {"file", "start", "end", "head", "check"}
LANGUAGES = {"vi": 14, "vi-plain": 10, "en": 12}
_LABEL = re.compile(r"[-+•]|[IVX]+\.|\d+(\.\d+)*\.|[a-zđ][.)]")  # alone on its line, its text on the next

beside = pytest.mark.skipif(not sets.PAPERS.is_dir(), reason="the real papers are not beside the repository")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return sets.paper_rows(sets.LIST_SET)


def places(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [*row["gold"], *row["also"]]


def test_every_question_is_well_formed(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert set(row) == FIELDS, row["id"]
        assert row["kind"] == "list", row["id"]
        assert row["answerable"], row["id"]
        assert len(row["gold"]) >= 3, row["id"]
        assert row["question"].strip() == row["question"] != "", row["id"]
        if row["lang"] == "vi-plain":
            assert row["question"].lower() == fold(row["question"]), row["id"]
    assert {lang: [row["lang"] for row in rows].count(lang) for lang in LANGUAGES} == LANGUAGES


def test_every_place_is_well_formed_and_keeps_no_more_than_five_words(rows: list[dict[str, Any]]) -> None:
    for place in (place for row in rows for place in places(row)):
        assert set(place) == PLACE
        assert re.fullmatch(r"p0\d\d\.txt", place["file"])
        assert 0 <= place["start"] < place["end"]
        assert 1 <= len(place["head"].split()) <= 5
        assert re.fullmatch(r"[0-9a-f]{12}", place["check"])


def test_no_passage_is_marked_twice_for_a_question(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        marked = sorted((place["file"], place["start"], place["end"]) for place in places(row))
        for (file, _, end), (following, start, _) in pairwise(marked):
            assert file != following or end < start, row["id"]


def test_no_question_shares_its_id_or_its_words_with_one_of_the_papers_sets(rows: list[dict[str, Any]]) -> None:
    everything = rows + [row for name in sets.PAPER_SETS for row in sets.paper_rows(name)]
    assert len({row["id"] for row in everything}) == len(everything)
    assert len({row["question"].casefold() for row in everything}) == len(everything)


def borders(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a whole paragraph or a whole table row (a line of bars), without blank ends."""
    quote, before, after = text[start:end], text[:start], text[end:]
    if quote != quote.strip() or (before and not before.endswith("\n")) or (after and not after.startswith("\n")):
        return False
    if quote.startswith("|"):
        return "\n" not in quote
    above = before.removesuffix("\n").rpartition("\n")[2].strip()
    below = after.removeprefix("\n").partition("\n")[0].strip()
    inside = any(not line.strip() for line in quote.split("\n"))
    return not inside and not below and (not above or _LABEL.fullmatch(above) is not None)


@pytest.mark.parametrize(
    ("quote", "whole"),
    [
        ("a) Một việc\ndài hai dòng;", True),
        ("Việc có nhãn đứng riêng.", True),
        ("| 1 | Hàng đầu |", True),
        ("dài hai dòng;", False),
        ("a) Một việc", False),
        ("Một việc\ndài hai dòng;", False),
        ("a) Một việc\ndài hai dòng;\n", False),
        ("a) Một việc\ndài hai dòng;\n\n2.\nViệc có nhãn đứng riêng.", False),
        ("| 1 | Hàng đầu |\n| 2 | Hàng sau |", False),
        ("Hàng đầu", False),
    ],
)
def test_a_border_is_told_from_the_middle_of_a_passage(quote: str, whole: bool) -> None:
    text = (
        "Mở đầu:\n\na) Một việc\ndài hai dòng;\n\n2.\nViệc có nhãn đứng riêng.\n\n| 1 | Hàng đầu |\n| 2 | Hàng sau |\n"
    )
    start = text.index(quote)
    assert borders(text, start, start + len(quote)) is whole


@pytest.mark.shared
@beside
def test_every_place_starts_and_ends_where_a_passage_does(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for place in places(row):
            text = sets.paper_text(place["file"])
            assert borders(text, place["start"], place["end"]), (row["id"], place)


@pytest.mark.shared
@beside
def test_both_grades_are_read_and_still_stand_where_they_were_marked(rows: list[dict[str, Any]]) -> None:
    asked = sets.lists()  # raises when a check sum differs
    assert [one.question.id for one in asked] == [row["id"] for row in rows]
    for one, row in zip(asked, rows, strict=True):
        assert [gold.quote for gold in one.question.gold] == [gold.quote for gold in one.gold]
        for found, marked in ((one.gold, row["gold"]), (one.also, row["also"])):
            assert [(here.file, here.start, here.end) for here in found] == [
                (place["file"], place["start"], place["end"]) for place in marked
            ]
            heads = [place["head"].split() for place in marked]
            assert [here.quote.split()[: len(head)] for here, head in zip(found, heads, strict=True)] == heads


def test_a_changed_passage_of_either_grade_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = {"file": "p001.txt", "start": 0, "end": 9, "head": "Một hai", "check": "0" * 12}
    row = {"id": "x1", "lang": "vi", "kind": "list", "question": "?", "answerable": True, "gold": [], "also": [place]}
    (tmp_path / "p001.txt").write_text("Ba bốn năm", encoding="utf-8")
    monkeypatch.setattr(sets, "PAPERS", tmp_path)
    monkeypatch.setattr(sets, "paper_rows", lambda name: [row])
    with pytest.raises(ValueError, match=r"x1: p001\.txt\[0:9\] .* «Ba bốn nă»"):
        sets.lists()
