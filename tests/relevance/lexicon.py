"""Makes kb/data/lexicon.csv: which Vietnamese words an English word usually is, by word alignment of parallel text.

    python -m tests.relevance.lexicon DATA

DATA is the data folder beside the repository. Sources are those of the encoder (kb/encoder/sources.py): authored terms,
sentences and questions, and law articles with their public translations. No judged set is read.
"""

import csv
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from ingest.vietnamese import is_syllable, tokens
from kb.encoder import clauses, sources
from kb.encoder.lexicon import align
from kb.encoder.sources import Pair
from kb.question import english
from kb.tables import DATA

_JOINED, _SEEN = 0.35, 5  # normalised mutual information, and count, from which two syllables are one word
_LEAST, _SHARE, _MOST = 1.2, 0.15, 4
_OF_BEST = 0.3  # a reading with less than this of the best one's share is chance
# What was cut out of a sentence ("bị bạo", "trước và") rather than being a word, and words that look like it.
_CUT = re.compile(
    r"(?:những|các|của|theo|bị|từ|ở|đã|cho|về|khi|và|tôi|rất|mà|là|hoặc|một|này|để|nào|cũng|sẽ|đang|tom|thì)\b.*"
    r"|.*\b(?:của|theo|và|là|từ|ở|những|các|đã|hoặc|mà|vì|này|tôi|nào|thì)"
)
_WORD = re.compile(
    r"bị (?:cáo|can|đơn|hại|mất|thương)|các bên|cho (?:phép|thôi|thuê|vay)|khi (?:nào|không)|là gì|mà không"
    r"|một (?:cửa|lần|phần|số)|ở đâu|theo (?:dõi|mẫu)|từ (?:bỏ|chối|chức|thiện|đủ)|về (?:hưu|nước)"
    r"|đã qua|để (?:dành|lại)"
)


def parallel(data: Path) -> list[tuple[Pair, float]]:
    """Sentence-sized pairs with their weight: what was written for this domain counts more than law and small talk."""
    authored = [(pair, 2.0) for pair in sources.sentences()] + [(pair, 1.5) for pair in sources.terms(data)]
    asked = [
        (Pair(vi, en), 1.0)
        for one in sources.questions()
        for vi, en in zip(one.questions_vi, one.questions_en, strict=False)
    ]
    law = [(pair, 1.0) for article in sources.articles(data) for pair in clauses.pairs(article)]
    return authored + asked + law + [(pair, 0.7) for pair in sources.everyday(data)]


def joined(sentences: Sequence[Sequence[str]]) -> set[tuple[str, str]]:
    """Neighbouring syllables that stand together far more often than chance."""
    single = Counter(word for sentence in sentences for word in sentence)
    double = Counter(couple for sentence in sentences for couple in pairwise(sentence))
    total = sum(single.values())
    found = set()
    for (left, right), count in double.items():
        if count >= _SEEN and is_syllable(left) and is_syllable(right):
            chance = count / total
            information = math.log(chance * total * total / (single[left] * single[right]))
            if information / -math.log(chance) > _JOINED:
                found.add((left, right))
    return found


def segmented(sentence: Sequence[str], couples: set[tuple[str, str]]) -> list[str]:
    """Left to right, two syllables at a time where they are one word."""
    result, at = [], 0
    while at < len(sentence):
        size = 2 if tuple(sentence[at : at + 2]) in couples else 1
        result.append(" ".join(sentence[at : at + size]))
        at += size
    return result


def lexicon(pairs: Iterable[tuple[Pair, float]]) -> dict[str, list[tuple[str, float]]]:
    """English stem → Vietnamese words with their share, best first."""
    kept = [(pair, weight) for pair, weight in pairs if pair.vi and pair.en]
    left = [[token.exact for token in tokens(pair.vi)] for pair, _ in kept]
    couples = joined(left)
    vietnamese = [segmented(sentence, couples) for sentence in left]
    foreign = [[english.stem(word) for _, _, word in english.words(pair.en)] for pair, _ in kept]
    names = sorted(
        {f"v:{word}" for one in vietnamese for word in one} | {f"e:{word}" for one in foreign for word in one}
    )
    number = {name: place for place, name in enumerate(names)}
    coded = [
        ([number[f"v:{word}"] for word in vi], [number[f"e:{word}"] for word in en])
        for vi, en in zip(vietnamese, foreign, strict=True)
    ]
    counts = align(coded, len(names), [weight for _, weight in kept]).tocsc()
    result = {}
    for place, name in enumerate(names):
        if not name.startswith("e:") or name[2:] in english.FUNCTION or not name[2:].isalpha():
            continue
        column = counts.getcol(place)
        best = sorted(zip(column.data, column.indices, strict=True), reverse=True)
        total = float(np.sum(column.data))
        words = [(names[row][2:], float(count) / total) for count, row in best[:_MOST] if count >= _LEAST]
        words = [(word, share) for word, share in words if share >= _SHARE and not word.isdigit()]
        if words:
            result[name[2:]] = words
    return result


def cleaned(found: dict[str, list[tuple[str, float]]]) -> dict[str, list[tuple[str, float]]]:
    """Without readings that are no Vietnamese word or too rare beside the best, and without English of two letters."""
    result = {}
    for english_word, readings in found.items():
        words = [(word, share) for word, share in readings if _WORD.fullmatch(word) or not _CUT.fullmatch(word)]
        best = max((share for _, share in words), default=0.0)
        words = [(word, share) for word, share in words if share >= max(_SHARE, _OF_BEST * best)]
        if words and (len(english_word) > 2 or english_word in ("id", "tv", "ox")):
            result[english_word] = words
    return result


def main() -> None:
    found = cleaned(lexicon(parallel(Path(sys.argv[1]))))
    with (DATA / "lexicon.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["en", "vi"])
        for word, words in sorted(found.items()):
            writer.writerow([word, "; ".join(f"{vi}={share:.2f}" for vi, share in words)])
    sys.stderr.write(f"{len(found)} English words\n")


if __name__ == "__main__":
    main()
