"""Chooses the pieces: English ones the teacher knows, Vietnamese syllables, syllables without marks, and couples."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tokenizers import Tokenizer

from ingest.vietnamese import fold, is_syllable
from kb.encoder.pieces import MARK, SPECIAL, runs, tokenizer

Counts = Counter[str]

ROWS = 30_000  # × 384 × 2 bytes = 23 MB, which with the six layers' 22 MB stays under the 48 MB agreed
_FREQUENT_ENGLISH = 11_000  # the teacher's vocabulary is ordered by frequency: this many are kept unseen
_SYLLABLE_SEEN = 3
_WORD_SEEN = 7
_TOGETHER = 0.27  # normalised pointwise mutual information above which two syllables are tried as one word
_ENGLISH_SHARE = 0.5  # of probability mass, so that neither language's pieces outbid the other's
_ROUNDS = 2


def english_pieces(teacher: Tokenizer, texts: Sequence[str]) -> dict[str, int]:
    """Our piece → the teacher's row: what `texts` use, and the most frequent words of English besides."""
    used = Counter(
        i for encoding in teacher.encode_batch_fast(list(texts), add_special_tokens=False) for i in encoding.ids
    )
    by_row = sorted(teacher.get_vocab().items(), key=lambda item: item[1])
    first_word = next(row for piece, row in by_row if piece == "the")
    chosen: dict[str, int] = {}
    for piece, row in by_row:
        word, inner = piece.removeprefix("##"), piece.startswith("##")
        latin = all(ord(char) < 0x250 for char in word)
        frequent = not inner and first_word <= row < first_word + _FREQUENT_ENGLISH
        if piece not in SPECIAL and latin and (used[row] > 0 or frequent or len(word) == 1):
            chosen[word if inner else MARK + word] = row
    return chosen


def count_words(texts: Iterable[str], weight: int = 1) -> tuple[Counts, Counts]:
    """(syllables, neighbouring syllable pairs) of the texts, each occurrence counted `weight` times."""
    singles: Counts = Counter()
    couples: Counts = Counter()
    for run in runs(texts):
        words = [MARK + word for word in run.split(MARK) if word]
        singles.update(words)
        couples.update(left + right for left, right in pairwise(words))
    if weight != 1:
        for counter in (singles, couples):
            for name in counter:
                counter[name] *= weight
    return singles, couples


def build(
    english: Mapping[str, int], counts: tuple[Counts, Counts], sample: Sequence[str], known_words: Iterable[str]
) -> Tokenizer:
    """The tokenizer of `ROWS` pieces; `sample` is Vietnamese text on which rival words are weighed by segmenting it.

    `known_words` are two-syllable words taken whatever their count (the authored terms).
    """
    singles, couples = counts
    syllables = {
        piece: float(count)
        for piece, count in singles.items()
        if count >= _SYLLABLE_SEEN and piece not in english and is_syllable(piece[1:])
    }
    folded: Counts = Counter()
    for piece, count in singles.items():
        bare = fold(piece)
        if bare != piece and is_syllable(piece[1:]) and bare not in english and bare not in syllables:
            folded[bare] += count
    forced = set(known_words)
    words = {
        piece: float(count) for piece, count in couples.items() if piece in forced or _is_word(piece, count, singles)
    }
    room = ROWS - len(SPECIAL) - len(english) - len(syllables) - len(folded) - 1
    for _ in range(_ROUNDS):
        words = _recount(_scored(english, syllables, folded, words, singles), sample, words, forced)
    keep = sorted(words, key=lambda piece: (piece not in forced, -words[piece]))[:room]
    return _scored(english, syllables, folded, {piece: words[piece] for piece in keep}, singles)


def _is_word(piece: str, count: int, singles: Counts) -> bool:
    left, right = (MARK + part for part in piece[1:].split(MARK))
    if count < _WORD_SEEN or not (is_syllable(left[1:]) and is_syllable(right[1:])) or fold(piece) == piece:
        return False
    total = singles.total()
    joint = count / total
    pmi = math.log(joint * total * total / (singles[left] * singles[right]))
    return pmi / -math.log(joint) >= _TOGETHER


def _recount(
    current: Tokenizer, sample: Sequence[str], words: Mapping[str, float], forced: set[str]
) -> dict[str, float]:
    """How often Viterbi takes each word in `sample`; losers of every contest are dropped, known words never."""
    by_id: Counter[int] = Counter()
    for start in range(0, len(sample), 2000):
        for encoding in current.encode_batch_fast(list(sample[start : start + 2000]), add_special_tokens=False):
            by_id.update(encoding.ids)
    used = {piece: by_id[row] for piece, row in current.get_vocab().items() if piece in words}
    return {piece: float(max(used[piece], 1)) for piece in words if used[piece] >= _SYLLABLE_SEEN or piece in forced}


def _scored(
    english: Mapping[str, int],
    syllables: Mapping[str, float],
    folded: Mapping[str, float],
    words: Mapping[str, float],
    singles: Counts,
) -> Tokenizer:
    """Log probabilities: Zipf's law by rank for English, counts for Vietnamese (and for words both languages write)."""
    ranked = sorted(english, key=lambda piece: english[piece])
    zipf = math.log(sum(1 / (rank + 10) for rank in range(len(ranked))))
    total = sum(syllables.values()) + sum(words.values()) + sum(folded.values())
    scores: dict[str, float] = {}
    for rank, piece in enumerate(ranked):
        share = 1 / (rank + 10) / math.exp(zipf)
        if is_syllable(piece[1:]):
            share = max(share, singles[piece] / total)
        scores[piece] = math.log(_ENGLISH_SHARE * share)
    for group in (syllables, words):
        scores.update({piece: math.log((1 - _ENGLISH_SHARE) * count / total) for piece, count in group.items()})
    # What people type without marks is rare in documents: a low score keeps it out of everything else's way.
    scores.update({piece: math.log((1 - _ENGLISH_SHARE) * count / total / 100) for piece, count in folded.items()})
    scores.setdefault(MARK, min(scores.values()))
    return tokenizer(scores)
