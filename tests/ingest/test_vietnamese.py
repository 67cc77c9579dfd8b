"""The text rules on which every highlight rests."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.vietnamese import fold, is_syllable, key, nfc, spans, spoken, spoken_folded, tokens


@pytest.mark.parametrize(
    ("written", "indexed"),
    [
        ("hoà bình", "hòa bình"),  # old tone placement
        ("Uỷ ban", "ủy ban"),
        ("thuỷ lợi", "thủy lợi"),
        ("hoàn thành", "hoàn thành"),  # closed syllable: nothing to move
        ("quý", "quí"),  # u belongs to q; open y after qu
        ("kỹ thuật", "kĩ thuật"),
        ("HOÁ", "hóa"),
        ("NÐ-CP", "nđ-cp"),  # Eth printed for Đ
    ],
)
def test_spelling_variants_share_one_key(written: str, indexed: str) -> None:
    assert key(written) == indexed


@pytest.mark.parametrize(
    ("text", "folded"), [("Đất đai", "dat dai"), ("ƯỚC", "uoc"), ("Ð", "d"), ("36-NQ/TW", "36-nq/tw")]
)
def test_folding_includes_d(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet="aàáâãăđĐêếộơưỷYyhoquÐİß 36/-\u0301\u0323\U0001f600", max_size=40))
def test_keys_keep_positions(text: str) -> None:
    composed = nfc(text)
    assert len(key(composed)) == len(fold(composed)) == len(composed)


@given(st.text(alphabet="aàáâãăđĐêếộơưỷYyhoquÐİß 36/-–…\u0301\u0323\U0001f600", min_size=1, max_size=40))
def test_long_texts_read_as_their_parts_do(text: str) -> None:
    part = nfc(text + " ")
    assert fold(part * 300) == fold(part) * 300
    assert key(part * 300) == key(part) * 300
    assert spoken(part * 300).split() == [token.exact for token in tokens(part)] * 300
    assert spoken_folded(part * 300).split() == [token.folded for token in tokens(part)] * 300


@given(st.one_of(st.text(max_size=40), st.text("hoàáyỳuưqkKđĐÐ5_ -.İßÁ\u0301\u0323", max_size=40)))
def test_words_have_the_forms_that_they_have_in_their_text(text: str) -> None:
    whole = [
        (match.start(), match.end(), key(text)[slice(*match.span())], fold(text)[slice(*match.span())])
        for match in re.finditer(r"[^\W_]+", key(text))
    ]
    assert [tuple(token) for token in tokens(text)] == whole
    assert spoken(text).split() == [exact for _, _, exact, _ in whole]
    assert spoken_folded(text).split() == [folded for _, _, _, folded in whole]


@given(st.text(max_size=40))
def test_spans_are_those_of_the_tokens(text: str) -> None:
    composed = nfc(text)
    assert spans(composed) == [(token.start, token.end) for token in tokens(composed)]


def test_tokens_are_slices() -> None:
    text = "Kế hoạch số 120-KH/TU về phân bón."
    found = list(tokens(text))
    assert [text[t.start : t.end] for t in found] == ["Kế", "hoạch", "số", "120", "KH", "TU", "về", "phân", "bón"]
    assert found[0].exact == "kế"
    assert found[0].folded == "ke"


SPELT = [
    "nghiêng",
    "quốc",
    "gì",
    "giếng",
    "khuya",
    "nguyễn",
    "thuở",
    "biển",
    "quy",
    "quyết",
    "uỷ",
    "ủy",
    "giữa",
    "xoong",
]


@pytest.mark.parametrize("word", SPELT)
def test_vietnamese_words_can_be_spelt(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["khơng", "cơng", "hồn2", "xyz", "which", "fertilizer", "qùỵết"])
def test_damaged_and_foreign_words_cannot(word: str) -> None:
    assert not is_syllable(word)
