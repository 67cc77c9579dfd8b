"""The forward index: passages with their words, which must say of a text just what reading the text says."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.vietnamese import bounds, fold, key, spans, tokens, written
from kb.finding import views
from kb.finding.copies import copies
from kb.finding.units import Reading, Unit, View, adjacency, strength
from kb.library import Library
from kb.search import search
from kb.settings import Settings
from kb.store import forward as module
from kb.store.forward import Forward, Text
from tests.fakes import paper

TEXTS = {
    1: "Phân bón vi sinh, kỹ thuật và kĩ năng; hòa giải, hoà bình.",
    2: "",
    3: "Đường cao tốc: ĐƯỜNG sắt, phân khu bón cây — 中文 25/2023/NĐ-CP.",
}


@pytest.fixture
def index(home: Path) -> Iterator[Forward]:
    made = Forward(home, owner=True)
    made.apply(3, [], [(number, number // 3, text) for number, text in TEXTS.items()])
    yield made
    made.close()


def test_texts_come_back_with_their_words(index: Forward) -> None:
    assert index.generation == 3
    found = index.read([3, 1, 2, 99])
    assert dict(found) == TEXTS
    assert [len(found[number].words) for number in TEXTS] == [len(spans(text)) for text in TEXTS.values()]


@pytest.mark.parametrize(
    ("run", "folded", "expected", "reason"),
    [
        (("phân", "bón"), False, ["Phân bón"], "words that stand together"),
        (("phan",), True, ["Phân"], "without marks"),
        (("phan",), False, [], "with marks, and the text has others"),
        (("kĩ",), False, ["kỹ", "kĩ"], "two spellings are one with marks"),
        (("ky",), True, ["kỹ"], "and two without"),
        (("hòa",), False, ["hòa", "hoà"], "the tone may stand on either vowel"),
        (("bón", "vi", "năm"), False, [], "a word that is nowhere"),
    ],
)
def test_a_stored_text_is_looked_through_like_a_plain_one(
    index: Forward, run: tuple[str, ...], folded: bool, expected: list[str], reason: str
) -> None:
    for text in (TEXTS[1], index.read([1])[1]):
        assert [text[left:right] for left, right in View(text).places(run, folded=folded)] == expected, reason


def test_stored_and_plain_texts_have_units_alike(index: Forward) -> None:
    units = (
        Unit(
            "kĩ năng", 1.0, (Reading(("kĩ", "năng"), 1.0, ""), Reading(("ky", "nang"), 0.5, "", True)), ("kĩ", "năng")
        ),
        Unit("phân bón sinh", 1.0, (Reading(("phân", "bón", "sinh"), 1.0, ""),), ("phân", "bón", "sinh")),
        Unit("nowhere", 1.0, (Reading(("nowhere",), 1.0, ""), Reading((), 1.0, ""))),
    )
    content = tuple(tokens("kỹ thuật phân bón cây"))
    for text in index.read(list(TEXTS)).values():
        stored, plain = View(text), View(str(text))
        assert [strength(unit, stored) for unit in units] == [strength(unit, plain) for unit in units]
        assert adjacency(content, stored, folded=True) == adjacency(content, plain, folded=True)
        assert stored.size == plain.size
        assert stored.numbers is not None
        assert len(stored.numbers) == len(plain.vocabulary)


def test_of_a_text_without_end_the_beginning_is_read(index: Forward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "READ", 3)
    monkeypatch.setattr(views, "READ", 3)
    index.apply(4, [], [(7, 7, "một hai, ba bốn một")])
    for text in (index.read([7])[7], "một hai, ba bốn một"):
        assert text == "một hai, ba bốn một"
        assert View(text).size == 3
        assert View(text).places(("một",)) == [(0, 3)]
        assert View(text).places(("ba", "bốn")) == []


def test_many_different_words_are_told_apart(index: Forward) -> None:
    many = tuple(f"từ{number}" for number in range(400))  # more than fit a byte
    index.apply(4, [], [(7, 7, " ".join(many))])
    view = View(index.read([7])[7])
    assert view.places(many[300:302]) == View(" ".join(many)).places(many[300:302]) != []
    assert strength(Unit("", 1.0, tuple(Reading((word,), 1.0, "") for word in many[399:])), view)[0] == 1.0


def test_words_that_come_later_are_other_words(index: Forward) -> None:
    old = index.read([1])[1]
    assert View(old).places(("mới",)) == []
    index.apply(4, [0], [(4, 4, "Việc mới")])
    assert View(index.read([4])[4]).places(("mới",)) == [(5, 8)]
    assert View(old).places(("mới",)) == []
    assert index.read([1]) == {}  # its document is gone


def test_a_damaged_index_is_made_anew_and_hurts_no_reader(index: Forward, home: Path) -> None:
    index.close()
    for file in home.rglob("*.sqlite"):
        file.write_bytes(b"damage" * 1000)
    assert Forward(home, owner=False).read([1]) == {}
    assert Forward(home, owner=True).generation == 0


def test_what_fails_half_way_leaves_nothing(index: Forward) -> None:
    def entries() -> Iterator[tuple[int, int, str]]:
        yield 8, 8, "một"
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        index.apply(9, [0], entries())
    assert (index.generation, dict(index.read([1, 8]))) == (3, {1: TEXTS[1]})


def test_a_base_answers_alike_with_and_without_it(wordy: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ("Kỹ thuật bón phân cho cây.", "Phân bón hữu cơ vi sinh.", "Hòa giải ở cơ sở.")
    document, source = paper(*lines, *(f"Việc thứ {number}." for number in range(20)))
    wordy.put(document, source)
    asked = ["kĩ thuật phân bón", "phan bon sinh hoc", "biological fertilizers", "hoà giải cơ sở"]
    found = [search(wordy, one) for one in asked]
    assert all(isinstance(hit.record.text, Text) for one in found for hit in one.hits)
    monkeypatch.setattr(module.Forward, "read", lambda *_: {})
    for one, again in zip(found, [search(wordy, one) for one in asked], strict=True):
        assert not any(isinstance(hit.record.text, Text) for hit in again.hits)
        assert [(hit.record, hit.marks, hit.why, hit.score) for hit in one.hits] == [
            (hit.record, hit.marks, hit.why, hit.score) for hit in again.hits
        ]


def test_copies_are_seen_whether_stored_or_not(wordy: Library) -> None:
    line = "Đẩy mạnh nghiên cứu, tiếp nhận và làm chủ công nghệ sản xuất phân bón từ nguồn nguyên liệu sẵn có tại chỗ."
    for file in ("a.txt", "b.txt"):
        document, source = paper(line, f"Riêng của {file}.", file=file)
        wordy.put(document, source)
    records = [record for one in wordy.documents() for record in wordy.passages(one.id) if record.text == line]
    assert copies(records) == copies(wordy.records([record.number for record in records])) == {0: [1]}


def test_a_base_of_before_there_was_one_gets_it(home: Path) -> None:
    settings = Settings(home=home, encoder="none")
    with Library.open(settings, encoder=None) as first:
        document, source = paper("Thu gom rác thải.")
        first.put(document, source)
    shutil.rmtree(home / "forward-1")
    with Library.open(settings, encoder=None, owner=False) as reader:  # nobody owns the base: a reader makes it
        assert isinstance(search(reader, "rác thải").hits[0].record.text, Text)
    with Library.open(settings, encoder=None) as owner:
        owner.rebuild()
        assert isinstance(search(owner, "rác thải").hits[0].record.text, Text)


@given(st.text(max_size=60), st.integers(1, 9), st.integers(0, 9))
def test_words_stand_where_tokens_stand(text: str, block: int, wanted: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.vietnamese._BLOCK", block)
        begins, ends = bounds(text, wanted)
    assert list(zip(begins.tolist(), ends.tolist(), strict=False))[:wanted] == spans(text)[:wanted]
    assert [(key(word), fold(word)) for word in written(text, 100)] == [(one.exact, one.folded) for one in tokens(text)]
    assert begins.dtype == ends.dtype == np.int64
