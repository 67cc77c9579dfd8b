"""Makes kb/data/marks.npz: how often Vietnamese syllables, and pairs of them, occur.

    python -m tests.relevance.syllables DATA

DATA is the data folder beside the repository; counted are the codified law and the authored data (sources of the
encoder). No judged set is read.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from ingest.vietnamese import fold, is_syllable, nfc, tokens
from kb.encoder import sources
from kb.tables import DATA

_RARE_SYLLABLE, _RARE_PAIR = 3, 3
_AUTHORED = 6  # times: our own kind of text, beside thirty times as much law


def texts(data: Path) -> Iterator[tuple[str, int]]:
    for entry in sources.code(data):
        yield f"{entry.title}. {entry.text}", 1
    for pair in (*sources.sentences(), *sources.terms(data)):
        yield pair.vi, _AUTHORED
    for one in sources.questions():
        for text in (one.passage, one.decoy, *one.questions_vi):
            yield text, _AUTHORED
    for everyday in sources.everyday(data):
        yield everyday.vi, 2


def main() -> None:
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for text, weight in texts(Path(sys.argv[1])):
        plain = nfc(text)
        found = [plain[token.start : token.end].lower() for token in tokens(plain)]
        for word in found:
            single[word] += weight
        for pair in pairwise(found):
            double[pair] += weight
    kept = {word for word, count in single.items() if count >= _RARE_SYLLABLE and word.isalpha() and is_syllable(word)}
    # Only where marks may be missing is there anything to decide.
    marked = {fold(word) for word in kept if fold(word) != word}
    names = sorted(word for word in kept if fold(word) in marked)
    number = {name: place for place, name in enumerate(names)}
    pairs = sorted(
        (number[left], number[right], count)
        for (left, right), count in double.items()
        if count >= _RARE_PAIR and left in number and right in number
    )
    left, right, count = (np.array(column, np.int32) for column in zip(*pairs, strict=True))
    np.savez_compressed(
        DATA / "marks.npz",
        names=np.array(" ".join(names)),
        single=np.array([single[name] for name in names], np.int32),
        left=left,
        right=right,
        count=count,
    )
    sys.stderr.write(f"{len(names)} syllables, {len(pairs)} pairs\n")


if __name__ == "__main__":
    main()
