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
# Words of another language are noise to the passages': even translated by the glossary they have a small say.
_SAY_OF_WORDS = {"vi": 1.25, "en": 0.3}


def evaluate(data: Path, teacher: Path, *, large: bool) -> None:
    """Prints hit@1 / hit@10 per set; minutes, or more than an hour with `large`.

    BM25 answers English questions through the glossary's translations. Questions typed without marks are measured
    as typed and with their marks restored, which is how the search asks.
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
    for one, language in _readings(sets):
        asked = one.questions if one.language == "vi" else [_with_glossary(question) for question in one.questions]
        words = bm25(one.passages, asked)
        meanings = _likeness(ours, one, kept)
        fused = standardised(meanings) + _SAY_OF_WORDS[one.language] * standardised(words)
        plain = static.scores(one.questions, one.passages)
        columns = (words, _likeness(english, one, kept), plain, meanings, fused)
        cells = " | ".join(str(measure(scores, one.right)) for scores in columns)
        print(f"| {one.name} | {language} | {len(one.questions)} | {len(one.passages)} | {cells} |", flush=True)


def _readings(sets: Iterable[judged.JudgedSet]) -> Iterable[tuple[judged.JudgedSet, str]]:
    for one in sets:
        yield one, one.language + (" without marks" if one.unmarked else "")
        if one.unmarked:
            yield replace(one, questions=tuple(map(marks.restore, one.questions))), "vi, marks restored"


def _with_glossary(question: str) -> str:
    known = concepts.expansions(concepts.find(question, "en"))
    return " ".join([question, *(term for one in known for term in one.terms)])


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
