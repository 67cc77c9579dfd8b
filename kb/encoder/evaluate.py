"""The encoder's table: BM25, the teacher, ours alone and ours with BM25, on every judged set there is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import fold
from kb import marks
from kb.embed import SHIPPED, Encoder, load_encoder
from kb.encoder import judged
from kb.encoder.held_out import HeldOut
from kb.encoder.measure import measure, standardised
from kb.encoder.prepare import clean_texts, read_texts
from kb.encoder.static import StaticStudent
from kb.question import concepts

Scores = NDArray[np.float32]
_COLUMNS = ("BM25", "all-MiniLM-L6-v2", "without layers", "ours", "ours + BM25")
# How much the words count beside the meaning. Those of another language are noise to the passages', even translated;
# marks that are missing or guessed leave the words as they are, for they are compared folded, and mislead the meaning.
_SAY_OF_WORDS = {"vi": 1.6, "vi without marks": 3.0, "vi, marks restored": 3.0, "en": 0.3, "en, terms alone": 0.3}


def evaluate(data: Path, teacher: Path, *, large: bool) -> None:
    """Prints hit@1 / hit@10 / MRR@10 per set; minutes, or more than an hour with `large`.

    BM25 answers English questions through the translations of the product's terms and of the lexicon aligned from the
    training texts, and again of its terms alone. Questions typed without marks are measured as typed and with their
    marks restored, which is how the search asks.
    """
    sets = judged.load(data, large=large)
    if not sets:
        raise SystemExit(f"No judged sets under {data / 'eval'}: give the data folder with --data.")
    ours, english = load_encoder(None), load_encoder(str(teacher))
    if ours is None or english is None:
        raise SystemExit("An encoder is needed to measure one.")
    print("| set | asked in | questions | passages | " + " | ".join(_COLUMNS) + " |")
    print("|---|---|---|---|" + "---|" * len(_COLUMNS))
    static = StaticStudent(ours, SHIPPED)
    kept: dict[tuple[int, tuple[str, ...]], Scores] = {}
    for one, reading, asked in _readings(sets):
        words = bm25(one.passages, asked)
        meanings = _likeness(ours, one, kept)
        fused = standardised(meanings) + _SAY_OF_WORDS[reading] * standardised(words)
        plain = static.scores(one.questions, one.passages)
        columns = (words, _likeness(english, one, kept), plain, meanings, fused)
        cells = " | ".join(str(measure(scores, one.right)) for scores in columns)
        print(f"| {one.name} | {reading} | {len(one.questions)} | {len(one.passages)} | {cells} |", flush=True)


def _readings(sets: Iterable[judged.JudgedSet]) -> Iterable[tuple[judged.JudgedSet, str, Sequence[str]]]:
    """Each set as it is measured, what the table calls it, and what BM25 is asked."""
    for one in sets:
        if one.language == "en":
            yield one, "en", [_translated(question, lexicon=True) for question in one.questions]
            yield one, "en, terms alone", [_translated(question, lexicon=False) for question in one.questions]
        else:
            yield one, "vi without marks" if one.unmarked else "vi", one.questions
        if one.unmarked:
            restored = replace(one, questions=tuple(map(marks.restore, one.questions)))
            yield restored, "vi, marks restored", restored.questions


def _translated(question: str, *, lexicon: bool) -> str:
    """With the Vietnamese of its terms, and with `lexicon` of its other words too."""
    known = concepts.expansions(concepts.find(question, "en"))
    terms = (term for one in known if lexicon or one.relation != "word" for term in one.terms)
    return " ".join([question, *terms])


def check_held_out(data: Path, work: Path) -> int:
    """Prints and returns how many training texts share a line or 20 words in a row with an evaluation text."""
    held = HeldOut(judged.evaluation_texts(data))
    texts = read_texts(work) if (work / "texts.json.xz").is_file() else clean_texts(data)
    paired = texts.clauses + texts.everyday + texts.sentences + texts.passages + texts.articles + texts.code
    asked = [text for passage, vi, en, decoy in texts.questions for text in (passage, decoy, *vi, *en)]
    learnt = [text for pair in paired for text in pair] + asked
    shared = sum(held.holds(text) for text in learnt)
    print(f"{shared} of {len(learnt)} training texts share text with an evaluation set.")
    return shared


def bm25(passages: Sequence[str], questions: Sequence[str]) -> Scores:
    """(questions, passages) scores over folded syllables and their bigrams: the yardstick that knows no meaning."""
    index = bm25s.BM25()
    index.index([_words(text) for text in passages], show_progress=False)
    scores = np.zeros((len(questions), len(passages)), np.float32)
    for row, question in enumerate(questions):
        known = [word for word in _words(question) if word in index.vocab_dict]
        if known:
            scores[row] = index.get_scores(known)
    return scores


def _words(text: str) -> list[str]:
    words = [word for word in "".join(c if c.isalnum() else " " for c in fold(text).lower()).split() if word]
    return words + [f"{left} {right}" for left, right in pairwise(words)]


def _likeness(encoder: Encoder, one: judged.JudgedSet, kept: dict[tuple[int, tuple[str, ...]], Scores]) -> Scores:
    """Cosines (questions, passages); a corpus asked in several languages is embedded once."""
    key = (id(encoder), one.passages)
    if key not in kept:
        kept[key] = encoder.passages(one.passages)
    return np.asarray(encoder.queries(one.questions) @ kept[key].T, np.float32)
