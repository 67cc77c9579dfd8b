"""The sets asked of real papers are well formed, and their gold still stands where it was marked."""

import re
from pathlib import Path
from typing import Any

import pytest

from ingest.vietnamese import fold
from tests.relevance import sets

NAMES = [name for name in sets.PAPER_SETS if (sets.OWN / f"{name}.jsonl").exists()]
FIELDS = {"id", "lang", "kind", "question", "answerable", "gold"}
KINDS = {"fact", "list", "who", "deadline", "number", "symbol", "none"}
PLACE = {"file", "start", "end", "head", "check"}


@pytest.fixture(params=NAMES)
def rows(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return sets.paper_rows(request.param)


def test_every_question_is_well_formed(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert set(row) == FIELDS, row["id"]
        assert row["lang"] in {"vi", "vi-plain", "en"}, row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["question"].strip() == row["question"] != "", row["id"]
        assert row["answerable"] == bool(row["gold"]) == (row["kind"] != "none"), row["id"]


def test_what_is_typed_without_marks_has_none(rows: list[dict[str, Any]]) -> None:
    plain = [row["question"] for row in rows if row["lang"] == "vi-plain"]
    assert [question.lower() for question in plain] == [fold(question) for question in plain]


def test_every_place_is_well_formed_and_keeps_no_more_than_five_words(rows: list[dict[str, Any]]) -> None:
    for gold in (gold for row in rows for gold in row["gold"]):
        assert set(gold) == PLACE
        assert re.fullmatch(r"p0\d\d\.txt", gold["file"])
        assert 0 <= gold["start"] < gold["end"]
        assert 1 <= len(gold["head"].split()) <= 5
        assert re.fullmatch(r"[0-9a-f]{12}", gold["check"])


def test_no_two_questions_share_an_id_or_their_words() -> None:
    everything = [row for name in NAMES for row in sets.paper_rows(name)]
    assert len({row["id"] for row in everything}) == len(everything)
    assert len({row["question"].casefold() for row in everything}) == len(everything)


@pytest.mark.shared
@pytest.mark.skipif(not sets.PAPERS.is_dir(), reason="the real papers are not beside the repository")
@pytest.mark.parametrize("name", NAMES)
def test_the_gold_stands_where_it_was_marked(name: str) -> None:
    asked = sets.papers(name)  # raises when a check sum differs
    heads = [[gold["head"].split() for gold in row["gold"]] for row in sets.paper_rows(name)]
    cut = [
        [gold.quote.split()[: len(head)] for gold, head in zip(one.gold, marked, strict=True)]
        for one, marked in zip(asked, heads, strict=True)
    ]
    assert cut == heads


def test_a_changed_paper_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = {"file": "p001.txt", "start": 0, "end": 9, "head": "Một hai", "check": "0" * 12}
    row = {"id": "x1", "lang": "vi", "kind": "fact", "question": "?", "answerable": True, "gold": [place]}
    (tmp_path / "p001.txt").write_text("Ba bốn năm", encoding="utf-8")
    monkeypatch.setattr(sets, "PAPERS", tmp_path)
    monkeypatch.setattr(sets, "paper_rows", lambda name: [row])
    with pytest.raises(ValueError, match=r"x1: p001\.txt\[0:9\] .* «Ba bốn nă»"):
        sets.papers("papers-dev")
