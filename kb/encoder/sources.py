"""Reads the data that may be used for shipped weights; where each comes from is told in MODEL_CARD.md.

The authored files lie beside the code (`data/*.jsonl`); law texts and everyday sentences are read from a data
folder beside the repository, so that third-party text stays out of it.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AUTHORED = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing said in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law in both languages; the first line of each text is its title."""

    law: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the codified law: what it is called and what it says."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An authored passage, questions it answers, and a passage that looks like it and does not answer them."""

    passage: str
    questions_vi: tuple[str, ...]
    questions_en: tuple[str, ...]
    decoy: str


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise SystemExit(f"{path} is missing: `make encoder` reads its training data beside the repository (--data).")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def articles(data: Path) -> list[Article]:
    """3,587 law articles with public English translations."""
    rows = _rows(data / "train" / "legal-articles-en-vi.jsonl.gz")
    return [Article(row["number"], row["vi"], row["en"]) for row in rows]


def code(data: Path) -> list[Entry]:
    """62,939 titles and texts of the codified law."""
    return [Entry(row["title"], row["text"]) for row in _rows(data / "train" / "code-titles.jsonl.gz")]


def everyday(data: Path) -> list[Pair]:
    """9,425 Tatoeba sentence pairs (CC BY 2.0 FR)."""
    with gzip.open(data / "train" / "tatoeba-en-vi.tsv.gz", "rt", encoding="utf-8") as lines:
        fields = [line.rstrip("\n").split("\t") for line in lines]
    return [Pair(row[1], row[0]) for row in fields if len(row) > 1]


def terms(data: Path) -> list[Pair]:
    """Authored terms, every Vietnamese form with every English one, and the glossary beside the repository."""
    pairs = [
        Pair(vi, en)
        for row in _authored("t")
        for vi in [row["vi"], *row.get("vi_alt", [])]
        for en in [row["en"], *row.get("alt", [])]
    ]
    with (data.parent / "domain" / "glossary.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            pairs += [Pair(row["vi"], en.strip()) for en in [row["en"], *row["en_alt"].split(";")] if en.strip()]
    return list(dict.fromkeys(pairs))


def sentences() -> list[Pair]:
    """Authored sentence pairs."""
    return [Pair(row["vi"], row["en"]) for row in _authored("s")]


def questions() -> list[Judged]:
    """Authored question sets with hard negatives."""
    return [Judged(row["p"], tuple(row["q_vi"]), tuple(row["q_en"]), row["neg"]) for row in _authored("q")]


def _authored(kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted(AUTHORED.glob("*.jsonl")):
        yield from (row for row in _rows(path) if row["k"] == kind)
