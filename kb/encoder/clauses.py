"""Aligns the lines of a law article with those of its translation, then the sentences inside a pair of lines.

A dynamic programme in the manner of Gale and Church (1993): a step takes 1–1, 1–2, 2–1, 1–0 or 0–1 lines, and costs
more the further the lengths part; shared labels (`2.`, `c)`) and shared numbers are anchors that make it cheaper.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from kb.encoder.sources import Article, Pair

_LABEL = re.compile(r"^\s*(?:(?:Điều|Article)\s+)?(\d{1,3}|[a-zđ]{1,2})\s*[.)/]", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+(?=[^\W\d_])")
_STEPS = ((1, 1, 0.0), (1, 2, 2.5), (2, 1, 2.5), (1, 0, 6.0), (0, 1, 6.0))
_ENGLISH_PER_VIETNAMESE = 1.15  # characters, measured over the whole parallel text
_SPREAD = 6.8  # Gale and Church's variance per character
_SHORTEST = 4
_PASSAGE = 90  # Vietnamese syllables


def pairs(article: Article) -> list[Pair]:
    """Aligned lines of one article, and the sentences of lines whose sentences agree in number and length."""
    vi, en = _lines(article.vi), _lines(article.en)
    lines = [Pair(" ".join(vi[a:b]), " ".join(en[c:d])) for a, b, c, d in _align(vi, en)]
    good = [pair for pair in lines if _plausible(pair)]
    return good + [part for pair in good for part in _sentences(pair)]


def passages(article: Article) -> list[Pair]:
    """Neighbouring aligned lines joined to passages of about a hundred words, the length that is searched."""
    vi, en = _lines(article.vi), _lines(article.en)
    joined: list[Pair] = []
    open_vi: list[str] = []
    open_en: list[str] = []
    for a, b, c, d in _align(vi, en):
        open_vi += vi[a:b]
        open_en += en[c:d]
        if sum(len(line.split()) for line in open_vi) >= _PASSAGE:
            joined.append(Pair("\n".join(open_vi), "\n".join(open_en)))
            open_vi, open_en = [], []
    return [pair for pair in joined if _plausible(pair)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _align(vi: Sequence[str], en: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Spans (vi from, vi to, en from, en to) of the cheapest path that have text on both sides."""
    best = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(vi) + 1):
        for j in range(len(en) + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for down, right, fee in _STEPS:
                to = (i + down, j + right)
                if to[0] > len(vi) or to[1] > len(en):
                    continue
                cost = here + fee + _cost(vi[i : to[0]], en[j : to[1]])
                if cost < best.get(to, math.inf):
                    best[to], came[to] = cost, (i, j)
    path, at = [], (len(vi), len(en))
    while at != (0, 0):
        before = came[at]
        if before[0] < at[0] and before[1] < at[1]:
            path.append((before[0], at[0], before[1], at[1]))
        at = before
    return path[::-1]


def _cost(vi: Sequence[str], en: Sequence[str]) -> float:
    if not vi or not en:
        return 0.0
    vi_length, en_length = sum(map(len, vi)), sum(map(len, en))
    expected = vi_length * _ENGLISH_PER_VIETNAMESE
    apart = abs(en_length - expected) / math.sqrt(_SPREAD * (expected + 1))
    return min(apart, 8.0) - 2.0 * _same_label(vi[0], en[0]) - 2.0 * _shared_numbers(vi, en)


def _same_label(vi: str, en: str) -> float:
    """1 for equal labels, −1 for one that contradicts the other, 0 where neither side has any."""
    left, right = _LABEL.match(vi), _LABEL.match(en)
    if not left or not right:
        return -0.5 if left or right else 0.0
    # Translators letter points a b c d e, the original a b c d đ e: letters agree only as far as d.
    return 1.0 if left[1].lower() == right[1].lower() else (0.0 if left[1].isalpha() and right[1].isalpha() else -1.0)


def _shared_numbers(vi: Sequence[str], en: Sequence[str]) -> float:
    left = Counter(number.lstrip("0") for line in vi for number in _NUMBER.findall(line))
    right = Counter(number.lstrip("0") for line in en for number in _NUMBER.findall(line))
    return (left & right).total() / max(left.total(), right.total(), 1)


def _plausible(pair: Pair) -> bool:
    ratio = len(pair.en) / (len(pair.vi) * _ENGLISH_PER_VIETNAMESE + 1)
    return 0.45 < ratio < 2.2 and min(len(pair.vi.split()), len(pair.en.split())) >= _SHORTEST


def _sentences(pair: Pair) -> list[Pair]:
    vi, en = _SENTENCE_END.split(pair.vi), _SENTENCE_END.split(pair.en)
    if len(vi) == 1 and len(en) == 1:
        return []
    parts = [Pair(" ".join(vi[a:b]), " ".join(en[c:d])) for a, b, c, d in _align(vi, en)]
    return [part for part in parts if part != pair and _plausible(part)]
