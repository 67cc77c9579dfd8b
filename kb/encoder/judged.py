"""The judged sets, read alike: passages, questions, and which passages answer each question.

They measure and are never trained on (`held_out` sees to that). A set whose files are absent is left out.
"""

import difflib
import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.pipeline import ingest
from ingest.vietnamese import fold, nfc
from kb.encoder import sources
from kb.store.embedding import embedding_texts

_BLOCK = 0.6  # share of a quote a passage must hold as one block to count as found


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """`right[i]` are the positions in `passages` that answer `questions[i]`."""

    name: str
    language: str
    passages: tuple[str, ...]
    questions: tuple[str, ...]
    right: tuple[frozenset[int], ...]
    unmarked: bool = False


def load(data: Path, *, large: bool = True) -> list[JudgedSet]:
    """Every set found under `data`; `large` includes the 99.5k articles of Zalo, an hour of two cores."""
    readers: list[Callable[[Path], Iterator[JudgedSet]]] = [
        _xquad,
        _alqac,
        _ntrex,
        _titles,
        _seed,
        _sample,
        _enterprise,
    ]
    sets = [judged for reader in readers + [_zalo] * large for judged in _present(reader, data)]
    return [plain for judged in sets for plain in _with_unmarked(judged)]


def held_out_law(law: str) -> bool:
    """Whether a bilingual law is kept for measuring: about one in twelve, chosen by its number alone."""
    return sum(map(ord, law.lower())) % 12 == 5


def evaluation_texts(data: Path) -> Iterator[str]:
    """All texts nothing may be trained on: passages and questions of every set.

    Of the Zalo corpus the questions and the articles that answer them: its other 99,000 articles are simply
    Vietnamese law, the very text the codified law consists of.
    """
    for judged in load(data):
        yield from judged.questions
        if judged.name == "Zalo":
            yield from (judged.passages[i] for right in judged.right for i in right)
        elif judged.name == "law titles":
            yield from (
                judged.passages[i] for i in range(len(judged.passages)) if any(i in right for right in judged.right)
            )
        else:
            yield from judged.passages


def _present(reader: Callable[[Path], Iterator[JudgedSet]], data: Path) -> Iterator[JudgedSet]:
    try:
        yield from reader(data)
    except FileNotFoundError:
        return


def _with_unmarked(judged: JudgedSet) -> Iterator[JudgedSet]:
    yield judged
    if judged.language == "vi" and judged.name in ("XQuAD", "ALQAC"):
        plain = tuple(fold(question) for question in judged.questions)
        yield JudgedSet(judged.name, "vi", judged.passages, plain, judged.right, unmarked=True)


def _jsonl(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _qrels(path: Path) -> dict[str, set[str]]:
    right: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        question, passage, _ = line.split("\t")
        right.setdefault(question, set()).add(passage)
    return right


def _set(
    name: str, language: str, corpus: dict[str, str], questions: dict[str, str], right: dict[str, set[str]]
) -> JudgedSet:
    place = {key: position for position, key in enumerate(corpus)}
    asked = [key for key in questions if right.get(key, set()) & place.keys()]
    answers = tuple(frozenset(place[key] for key in right[asked_key] if key in place) for asked_key in asked)
    return JudgedSet(name, language, tuple(corpus.values()), tuple(questions[key] for key in asked), answers)


def _xquad(data: Path) -> Iterator[JudgedSet]:
    def paragraphs(language: str) -> list[dict[str, Any]]:
        text = (data / "eval" / "xquad" / f"xquad.{language}.json").read_text(encoding="utf-8")
        return [paragraph for topic in json.loads(text)["data"] for paragraph in topic["paragraphs"]]

    corpus = tuple(nfc(paragraph["context"]) for paragraph in paragraphs("vi"))
    for language in ("vi", "en"):
        asked = [(qa["question"], i) for i, paragraph in enumerate(paragraphs(language)) for qa in paragraph["qas"]]
        yield JudgedSet(
            "XQuAD", language, corpus, tuple(nfc(text) for text, _ in asked), tuple(frozenset({i}) for _, i in asked)
        )


def _alqac(data: Path) -> Iterator[JudgedSet]:
    folder = data / "eval" / "alqac"
    corpus = {row["_id"]: row["text"] for row in _jsonl(folder / "corpus_vi.jsonl.gz")}
    right = _qrels(folder / "qrels.tsv")
    questions = {row["_id"]: row["text"] for row in _jsonl(folder / "queries_vi.jsonl.gz")}
    english = {row["_id"]: row["text_en"] for row in _jsonl(folder / "queries_en_MT.jsonl.gz")}
    yield _set("ALQAC", "vi", corpus, questions, right)
    yield _set("ALQAC", "en", corpus, english, right)


def _ntrex(data: Path) -> Iterator[JudgedSet]:
    lines = (data / "eval" / "ntrex-128.en-vi.tsv").read_text(encoding="utf-8").splitlines()
    en, vi = zip(*(line.split("\t")[:2] for line in lines), strict=True)
    yield JudgedSet("NTREX", "en", vi, en, tuple(frozenset({i}) for i in range(len(vi))))


def _titles(data: Path) -> Iterator[JudgedSet]:
    articles = sources.articles(data)
    held = [i for i, article in enumerate(articles) if held_out_law(article.law)]
    titles = tuple(re.sub(r"^\s*Article \d+[a-z]?\.?\s*", "", articles[i].en.splitlines()[0]) for i in held)
    yield JudgedSet("law titles", "en", tuple(a.vi for a in articles), titles, tuple(frozenset({i}) for i in held))


def _seed(data: Path) -> Iterator[JudgedSet]:
    rows = _jsonl(data / "eval" / "seed-questions.dev.jsonl")
    yield from _quoted("seed", _lines(data / "seed"), rows)
    yield from _quoted("seed in place", _in_place(data / "seed"), rows)


def _sample(data: Path) -> Iterator[JudgedSet]:
    rows = _jsonl(data / "sample" / "gold" / "questions.jsonl")
    yield from _quoted("sample", _lines(data / "sample"), rows)
    yield from _quoted("sample in place", _in_place(data / "sample"), rows)


@dataclass(frozen=True, slots=True)
class _Line:
    """A passage of a file: the words it is judged by, and those that are embedded."""

    file: str
    words: str
    embedded: str


def _lines(folder: Path) -> list[_Line]:
    """The lines of a folder's text files, bare."""
    return [
        _Line(path.name, line.strip(), line.strip())
        for path in sorted(folder.glob("*.txt"))
        for line in nfc(path.read_text(encoding="utf-8")).splitlines()
        if line.strip()
    ]


def _in_place(folder: Path) -> list[_Line]:
    """Their passages as the search embeds them: with the nearest heading and the paper's title."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        document = ingest(path.read_bytes(), path.name)
        for passage, embedded in zip(document.passages, embedding_texts(document), strict=True):
            if embedded is not None:
                found.append(_Line(path.name, document.text[passage.start : passage.end], embedded))
    return found


def _quoted(name: str, lines: list[_Line], rows: list[dict[str, Any]]) -> Iterator[JudgedSet]:
    """Sets whose gold is a quote from a file."""
    for language in ("vi", "vi-plain", "en"):
        asked = [row for row in rows if row["lang"] == language and row["answerable"]]
        right = [
            frozenset(
                i
                for i, line in enumerate(lines)
                for gold in row["gold"]
                if gold["file"] == line.file and _holds(line.words, gold["quote"])
            )
            for row in asked
        ]
        found = [(row["question"], answers) for row, answers in zip(asked, right, strict=True) if answers]
        if found:
            questions, answers_of = zip(*found, strict=True)
            passages = tuple(line.embedded for line in lines)
            yield JudgedSet(name, language[:2], passages, questions, answers_of, unmarked=language == "vi-plain")


def _holds(line: str, quote: str) -> bool:
    left, right = (re.sub(r"\s+", " ", text).strip().lower() for text in (line, nfc(quote)))
    if left in right and len(left) > 20:
        return True
    match = difflib.SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
    return match.size >= _BLOCK * len(right)


def _enterprise(data: Path) -> Iterator[JudgedSet]:
    folder = data / "eval" / "enterprise-law"
    corpus = {row["_id"]: row["text"] for row in _jsonl(folder / "corpus.jsonl.gz")}
    questions = {row["_id"]: row["text"] for row in _jsonl(folder / "queries.jsonl.gz")}
    yield _set("enterprise", "vi", corpus, questions, _qrels(folder / "qrels.tsv"))


def _zalo(data: Path) -> Iterator[JudgedSet]:
    folder = data / "eval" / "zalo"
    corpus = {row["_id"]: row["text"] for row in _jsonl(folder / "corpus.jsonl.gz")}
    rows = _jsonl(folder / "queries.dev.jsonl.gz")
    questions = {row["_id"]: row["text"] for row in rows}
    yield _set("Zalo", "vi", corpus, questions, {row["_id"]: set(row["relevant"]) for row in rows if row["resolved"]})
