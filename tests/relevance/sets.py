"""The judged sets: their questions, and bases built of their documents.

Sets of our own (the shipped corpus, the seed) are asked of real files; the law sets beside the repository come as JSON
and become documents with one passage for each article.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.document import Document, Kind, Metadata, Passage, Role, Span
from ingest.vietnamese import fold
from kb.embed import Encoder
from kb.evaluate import Gold, Question, read_questions
from kb.intake import add_paths
from kb.library import Library
from kb.settings import Settings

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CORPUS = ROOT / "corpus"
SEED = CORPUS / "ke-hoach-tam-diep-nghi-quyet-36.txt"
OWN = Path(__file__).parent / "questions"  # copies of our own questions, so that CI can ask them
PAPERS = SHARED / "data" / "papers" / "txt"  # other people's papers, never copied into the repository


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law set."""

    id: str
    law: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked passage: text[start:end] of the paper, and its words. Words alone may stand in a paper twice."""

    file: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A question whose answer is many passages. `question` has those of `gold` as quotes, for measures that want them.

    All of `gold` belongs into the answer. The passages of `also` are on the matter: listing them is no fault and
    leaving them out is none either. Any other passage is wrong.
    """

    question: Question
    gold: tuple[Marked, ...]
    also: tuple[Marked, ...]


def open_base(home: Path, encoder: Encoder | None) -> Library:
    """A base for measuring; `home` may be kept between runs."""
    return Library.open(Settings(home=home, encoder="none"), encoder=encoder)


def corpus_base(home: Path, encoder: Encoder | None, paths: Iterable[Path] = (CORPUS,)) -> Library:
    """The shipped corpus (or the given files) as `kb add` takes it in."""
    library = open_base(home, encoder)
    if not library.documents():
        add_paths(library, list(paths))
    if encoder is not None:
        library.embed_missing()
    return library


def law_base(home: Path, encoder: Encoder | None, articles: Iterable[Article]) -> Library:
    """One document for each law, named like it; one passage for each article."""
    library = open_base(home, encoder)
    if not library.documents():
        laws: dict[str, list[Article]] = {}
        for article in articles:
            laws.setdefault(article.law, []).append(article)
        for law, members in laws.items():
            library.put(_document(law, members), law.encode(), settle=False)
        library.catch_up()
    if encoder is not None:
        library.embed_missing()
    return library


def _document(law: str, articles: list[Article]) -> Document:
    text, passages, used = "", [], set()
    for article in articles:
        start = len(text)
        text += article.text.strip() + "\n\n"
        locator = f"D{article.number}"
        while locator in used:
            locator += "a"
        used.add(locator)
        end = start + len(article.text.strip())
        passages.append(
            Passage(
                locator,
                Kind.ARTICLE,
                Role.PROVISION,
                None,
                start,
                end,
                Span(start, end),
                0,
                None,
                spans=(Span(start, end),),
            )
        )
    name = hashlib.sha256(law.encode()).hexdigest()
    return Document(name, law, "txt", text, Metadata(kind="Luật", title=law), tuple(passages))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def alqac() -> tuple[list[Article], list[Question]]:
    """2,249 articles; questions in Vietnamese, without marks, and 100 in (machine-translated) English."""
    folder = SHARED / "data" / "eval" / "alqac"
    articles = [
        Article(row["_id"], row["law"], row["article"], row["text"]) for row in _lines(folder / "corpus_vi.jsonl.gz")
    ]
    gold = _qrels(folder / "qrels.tsv")
    texts = {article.id: article for article in articles}
    asked = [
        _asked(row["_id"], "vi", row["text"], gold[row["_id"]], texts)
        for row in _lines(folder / "queries_vi.jsonl.gz")
        if row["_id"] in gold
    ]
    foreign = [
        _asked(f"{row['_id']}-en", "en", row["text_en"], gold[row["_id"]], texts)
        for row in _lines(folder / "queries_en_MT.jsonl.gz")
        if row["_id"] in gold
    ]
    return articles, asked + foreign


def enterprise() -> tuple[list[Article], list[Question]]:
    """One law, lay questions."""
    folder = SHARED / "data" / "eval" / "enterprise-law"
    articles = [
        Article(row["_id"], "Luật Doanh nghiệp", row["_id"], row["text"]) for row in _lines(folder / "corpus.jsonl.gz")
    ]
    gold = _qrels(folder / "qrels.tsv")
    texts = {article.id: article for article in articles}
    return articles, [
        _asked(row["_id"], "vi", row["text"], gold[row["_id"]], texts)
        for row in _lines(folder / "queries.jsonl.gz")
        if row["_id"] in gold
    ]


def zalo() -> tuple[list[Article], list[Question]]:
    """About 99,500 articles of 3,000 laws; real search questions."""
    folder = SHARED / "data" / "eval" / "zalo"
    articles = [
        Article(row["_id"], row["law_id"], row["article_id"], row["text"]) for row in _lines(folder / "corpus.jsonl.gz")
    ]
    texts = {article.id: article for article in articles}
    return articles, [
        _asked(row["_id"], "vi", row["text"], row["relevant"], texts)
        for row in _lines(folder / "queries.dev.jsonl.gz")
        if row["resolved"]
    ]


def plain(questions: Iterable[Question]) -> list[Question]:
    """The Vietnamese ones as they are typed without marks."""
    return [
        Question(f"{one.id}-plain", "vi-plain", one.kind, fold(one.question), one.gold, one.answerable)
        for one in questions
        if one.language == "vi"
    ]


def xquad() -> tuple[list[Article], list[Question]]:
    """240 encyclopedic paragraphs; the same questions in Vietnamese and English (a fifth of them)."""
    folder = SHARED / "data" / "eval" / "xquad"
    articles: list[Article] = []
    questions: list[Question] = []
    for language in ("vi", "en"):
        rows = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
        number = 0
        for row in rows:
            for paragraph in row["paragraphs"]:
                number += 1
                name = f"doan-{number}"
                if language == "vi":
                    articles.append(Article(name, name, "1", paragraph["context"]))
                gold = (Gold(name, articles[number - 1].text.strip()),)
                questions += [
                    Question(f"{one['id']}-{language}", language, "", one["question"], gold, True)
                    for one in paragraph["qas"][::5]
                ]
    return articles, questions


def strangers() -> list[Question]:
    """Questions on matters of which the shipped corpus says nothing, in the three kinds of typing."""
    asked = read_questions(OWN / "strangers.jsonl")
    return asked + plain(asked)


def papers(name: str) -> list[Question]:
    """A set asked of the real papers: "papers-dev" (p001-p039) or "papers-test" (p040-p078).

    The questions keep no words of the papers, only where the answers stand; the quotes are cut out here. Raises
    ValueError when a file no longer holds at that place what the author marked.
    """
    texts: dict[str, str] = {}
    return [_paper_question(row, _marked(row["id"], row["gold"], texts)) for row in paper_rows(name)]


def lists() -> list[ListQuestion]:
    """The list questions asked of the real papers ("lists-dev"), of all of them. Raises like `papers`."""
    texts: dict[str, str] = {}
    asked = []
    for row in paper_rows(LIST_SET):
        gold, also = (_marked(row["id"], row[grade], texts) for grade in ("gold", "also"))
        asked.append(ListQuestion(_paper_question(row, gold), gold, also))
    return asked


def _paper_question(row: dict[str, Any], gold: Iterable[Marked]) -> Question:
    quotes = tuple(Gold(one.file, one.quote) for one in gold)
    return Question(row["id"], row["lang"], row["kind"], row["question"], quotes, row["answerable"])


def _marked(question: str, places: list[dict[str, Any]], texts: dict[str, str]) -> tuple[Marked, ...]:
    """The passages at the places; `texts` holds the files read so far and gets the new ones."""
    for place in places:
        if place["file"] not in texts:
            texts[place["file"]] = paper_text(place["file"])
    return tuple(
        Marked(place["file"], place["start"], place["end"], _cut(question, place, texts[place["file"]]))
        for place in places
    )


def paper_text(file: str) -> str:
    """A paper as the offsets count it: characters of the stored file, line ends not translated."""
    with (PAPERS / file).open(encoding="utf-8", newline="") as opened:
        return opened.read()


def paper_rows(name: str) -> list[dict[str, Any]]:
    """The lines of a papers set as they are kept: offsets and check sums in place of quotes."""
    lines = (OWN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _cut(question: str, gold: dict[str, Any], text: str) -> str:
    quote = text[gold["start"] : gold["end"]]
    if hashlib.sha256(quote.encode()).hexdigest()[:12] != gold["check"]:
        raise ValueError(
            f"{question}: {gold['file']}[{gold['start']}:{gold['end']}] is not the passage that was marked "
            f"(«{gold['head']} …»); it reads «{quote[:60]}»"
        )
    return quote


def papers_base(home: Path, encoder: Encoder | None) -> Library:
    """All the papers, p001-p078, as `kb add` takes them in: both sets are asked of the same base."""
    return corpus_base(home, encoder, [PAPERS])


def _qrels(path: Path) -> dict[str, list[str]]:
    gold: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        question, article, _ = line.split("\t")
        gold.setdefault(question, []).append(article)
    return gold


def _asked(name: str, language: str, text: str, gold: list[str], articles: dict[str, Article]) -> Question:
    found = [articles[one] for one in gold if one in articles]
    return Question(name, language, "", text, tuple(Gold(one.law, one.text.strip()) for one in found), bool(found))


def own(name: str) -> list[Question]:
    """Our own questions: "seed", "sample" or "demo"."""
    return read_questions(OWN / f"{name}.jsonl")


OWN_SETS = frozenset({"seed", "sample", "demo"})
PAPER_SETS = ("papers-dev", "papers-test")
LIST_SET = "lists-dev"
LAW_SETS = {"alqac": alqac, "enterprise": enterprise, "zalo": zalo, "xquad": xquad}
