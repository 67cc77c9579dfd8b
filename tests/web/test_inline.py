"""Weaving never moves a character: strip the tags and the slice is back."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.reader.inline import Layer, tag, weave

TEXT = "Phân bón <vi sinh> & chế phẩm cải tạo đất"


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_marks_stand_where_they_should() -> None:
    assert weave(TEXT, 0, 8, [[tag(0, 4, "mark")]]) == "<mark>Phân</mark> bón"


def test_an_outer_tag_cuts_an_inner_one_in_two() -> None:
    html = weave("một hai ba", 0, 10, [[tag(0, 5, "a", href="/x")], [tag(4, 7, "mark")]])
    assert html == '<a href="/x">một <mark>h</mark></a><mark>ai</mark> ba'


def test_text_and_attributes_are_escaped() -> None:
    html = weave(TEXT, 0, len(TEXT), [[tag(0, 4, "abbr", title='"<&')]])
    assert "&lt;vi sinh&gt; &amp; chế" in html
    assert 'title="&#34;&lt;&amp;"' in html


spans = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=6)


@given(first=spans, second=spans, start=st.integers(0, 20), end=st.integers(20, len(TEXT)))
def test_stripping_the_tags_gives_the_slice_back(first, second, start, end) -> None:
    layers = [[tag(a, b, "a") for a, b in first], [tag(a, b, "mark") for a, b in second]]
    assert plain(weave(TEXT, start, end, layers)) == TEXT[start:end]


@given(first=spans, second=spans)
def test_every_tag_that_opens_closes_in_order(first, second) -> None:
    html = weave(TEXT, 0, len(TEXT), [[tag(a, b, "a") for a, b in first], [tag(a, b, "mark") for a, b in second]])
    open_: list[str] = []
    for slash, name in re.findall(r"<(/?)(\w+)[^>]*>", html):
        if slash:
            assert open_.pop() == name
        else:
            open_.append(name)
    assert open_ == []


@pytest.mark.parametrize("start", [0, 5])
def test_nothing_to_weave_is_the_escaped_slice(start: int) -> None:
    assert plain(weave(TEXT, start, len(TEXT), [])) == TEXT[start:]


@given(items=spans, start=st.integers(0, 20), end=st.integers(20, len(TEXT)))
def test_a_layer_gives_a_passage_all_that_reaches_into_it(items, start, end) -> None:
    tags = [tag(a, b, "a") for a, b in items if a < b]
    reaching = [each for each in tags if each.start < end and each.end > start]
    assert all(each in Layer(tags).within(start, end) for each in reaching)
