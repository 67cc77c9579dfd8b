"""From the sources to what training needs: clean texts, the tokenizer, and the student's first word rows."""

import json
import lzma
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from kb.encoder import clauses, distribution, initial, judged, lexicon, sources, vocabulary
from kb.encoder.held_out import HeldOut
from kb.encoder.pieces import MARK, SPECIAL, runs

_TERM_WEIGHT = 4.0  # an authored term says exactly what it means; a sentence only somewhere inside
_WEIGHED = 20_000  # articles segmented to weigh rival words
_SEED = 36


@dataclass(slots=True)
class Texts:
    """All that is learnt from, evaluation texts already left out. Pairs are (Vietnamese, English)."""

    clauses: list[tuple[str, str]] = field(default_factory=list)
    everyday: list[tuple[str, str]] = field(default_factory=list)
    sentences: list[tuple[str, str]] = field(default_factory=list)
    terms: list[tuple[str, str]] = field(default_factory=list)
    passages: list[tuple[str, str]] = field(default_factory=list)
    articles: list[tuple[str, str]] = field(default_factory=list)
    code: list[tuple[str, str]] = field(default_factory=list)
    """(title, text), both Vietnamese."""
    questions: list[tuple[str, list[str], list[str], str]] = field(default_factory=list)
    """(passage, Vietnamese questions, English questions, look-alike passage)."""

    def vietnamese(self) -> list[str]:
        """Every Vietnamese text once, for counting."""
        authored = [text for passage, asked, _, decoy in self.questions for text in (passage, decoy, *asked)]
        paired = [vi for group in (self.articles, self.everyday, self.sentences, self.terms) for vi, _ in group]
        return [title + "\n" + text for title, text in self.code] + paired + authored

    def english(self) -> list[str]:
        """Every English text once."""
        asked = [text for _, _, questions, _ in self.questions for text in questions]
        return [en for group in (self.articles, self.everyday, self.sentences, self.terms) for _, en in group] + asked


def prepare(data: Path, teacher: Path, work: Path) -> None:
    """Writes texts.json.xz, tokenizer.json, english.json and rows.npy into `work`, unless they are there."""
    if (work / "rows.npy").is_file():
        return
    work.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def say(step: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {step}", flush=True)

    texts = clean_texts(data)
    with lzma.open(work / "texts.json.xz", "wt", encoding="utf-8", preset=3) as out:
        json.dump(asdict(texts), out, ensure_ascii=False)
    say(f"{len(texts.clauses)} clauses, {len(texts.code)} articles of the code, {len(texts.terms)} terms")
    teacher_tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    teacher_tokenizer.no_truncation()
    teacher_tokenizer.no_padding()
    english = vocabulary.english_pieces(teacher_tokenizer, texts.english())
    vietnamese = texts.vietnamese()
    counts = vocabulary.count_words(vietnamese)
    known = {run for vi, _ in texts.terms for run in runs([vi]) if run.count(MARK) == 2}
    code, rest = vietnamese[: len(texts.code)], vietnamese[len(texts.code) :]
    sample = random.Random(_SEED).sample(code, min(_WEIGHED, len(code))) + rest
    tokenizer = vocabulary.build(english, counts, sample, known)
    tokenizer.save(str(work / "tokenizer.json"))
    (work / "english.json").write_text(json.dumps(english, ensure_ascii=False), encoding="utf-8")
    say(f"{tokenizer.get_vocab_size()} pieces, {len(english)} of them English")
    links = _links(tokenizer, texts)
    say(f"aligned: {links.nnz} links")
    company = distribution.company((np.array(ids, np.int32) for ids in _encode(tokenizer, vietnamese)), links.shape[0])
    words = load_file(teacher / "model.safetensors")["embeddings.word_embeddings.weight"].astype(np.float32)
    special = {name: row for name in SPECIAL if (row := teacher_tokenizer.token_to_id(name)) is not None}
    rows = initial.rows(tokenizer, english, words, special, links, company, counts[0])
    np.save(work / "rows.npy", rows.astype(np.float16))
    say("first word rows mixed")


def clean_texts(data: Path) -> Texts:
    """The sources without anything that is measured on."""
    held = HeldOut(judged.evaluation_texts(data))
    articles = [article for article in sources.articles(data) if not judged.held_out_law(article.law)]
    pairs = [pair for article in articles for pair in clauses.pairs(article)]
    texts = Texts(
        clauses=_clean(held, [(pair.vi, pair.en) for pair in dict.fromkeys(pairs)]),
        everyday=_clean(held, [(pair.vi, pair.en) for pair in sources.everyday(data)]),
        sentences=_clean(held, [(pair.vi, pair.en) for pair in sources.sentences()]),
        terms=[(pair.vi, pair.en) for pair in sources.terms(data)],
        passages=_clean(held, [(pair.vi, pair.en) for article in articles for pair in clauses.passages(article)]),
        articles=_clean(held, [(article.vi, article.en) for article in articles]),
        code=_clean(held, [(entry.title, entry.text) for entry in sources.code(data)]),
    )
    for row in sources.questions():
        if not held.holds("\n".join([row.passage, row.decoy, *row.questions_vi, *row.questions_en])):
            texts.questions.append((row.passage, list(row.questions_vi), list(row.questions_en), row.decoy))
    return texts


def read_texts(work: Path) -> Texts:
    """What `prepare` wrote."""
    with lzma.open(work / "texts.json.xz", "rt", encoding="utf-8") as lines:
        return Texts(**json.load(lines))


def _clean(held: HeldOut, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    kept = [pair for pair in pairs if not held.holds(pair[0]) and not held.holds(pair[1])]
    print(f"          {len(pairs) - len(kept)} of {len(pairs)} left out: they share text with an evaluation set")
    return kept


def _links(tokenizer: Tokenizer, texts: Texts) -> csr_matrix:
    weighted = [(pair, 1.0) for pair in texts.clauses + texts.everyday + texts.sentences]
    weighted += [(pair, _TERM_WEIGHT) for pair in texts.terms]
    vi = _encode(tokenizer, [pair[0] for pair, _ in weighted])
    en = _encode(tokenizer, [pair[1] for pair, _ in weighted])
    # Short pairs first: where the cells run out, the long ones are the ones to lose.
    order = sorted(range(len(weighted)), key=lambda i: len(vi[i]) * len(en[i]))
    return lexicon.align([(vi[i], en[i]) for i in order], tokenizer.get_vocab_size(), [weighted[i][1] for i in order])


def _encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
