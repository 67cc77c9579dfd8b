"""The words index: tantivy, derived from the catalog. The only module that knows tantivy."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from kb.terms import Clause, Field, Words, WordsQuery

_LAYOUT = 1  # part of the directory's name: another layout is another index, built anew
_HEAP = 64_000_000
_FEW = 2_000  # up to here the allowed numbers go into the query; beyond, hits are sieved
_SIEVE = 4  # how many times the limit is fetched for the first sieving
_WHOLE = tuple(field for field in Field if field is not Field.SYMBOL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as the index takes it."""

    number: int
    document: int
    text: Words
    heading: Words
    title: Words
    symbols: tuple[str, ...]


class WordsIndex:
    """Passages by their words. Searching is safe from any thread; only the base's owner applies changes."""

    def __init__(self, home: Path, *, owner: bool) -> None:
        """Opens the index under `home`; the owner makes a missing or damaged one anew, at generation 0."""
        self._directory = home / f"words-{_LAYOUT}"
        self._schema = _schema()
        self._index = self._open(owner)

    def _open(self, owner: bool) -> tantivy.Index | None:
        exists = self._directory.is_dir() and tantivy.Index.exists(str(self._directory))
        if not exists and not owner:
            return None
        try:
            return self._made(fresh=not exists)
        except (ValueError, OSError):  # what tantivy raises for a file that is missing or damaged
            return self._made(fresh=True) if owner else None

    def _made(self, *, fresh: bool) -> tantivy.Index:
        if fresh:
            shutil.rmtree(self._directory, ignore_errors=True)
            self._directory.mkdir(parents=True)
        index = tantivy.Index(self._schema, path=str(self._directory), reuse=not fresh)
        for name in ("whitespace",):
            index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        index.config_reader("manual")
        index.reload()
        return index

    @property
    def generation(self) -> int:
        """The catalog generation it was built to; 0 for an empty one, -1 for none. Sees other processes' work."""
        if self._index is None:
            self._index = self._open(owner=False)
            if self._index is None:
                return -1
        self._index.reload()
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.term_query(self._schema, "marker", "generation"), 1, count=False).hits
        return int(searcher.fast_field_values("generation", [found[0][1]])[0] or 0) if found else 0

    def apply(self, generation: int, gone: Iterable[int], entries: Iterable[Entry]) -> None:
        """Takes out the documents numbered in `gone`, puts `entries` in, all in one commit marked `generation`."""
        assert self._index is not None, "only the owner applies changes"
        writer = self._index.writer(_HEAP, 1)
        for document in gone:
            writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, "document", document, "basic"))
        for entry in entries:
            writer.add_document(_document(entry))
        writer.delete_documents_by_term("marker", "generation")
        marker = tantivy.Document(marker="generation")
        marker.add_unsigned("generation", generation)
        writer.add_document(marker)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def clear(self) -> None:
        """Throws the index away and begins again at generation 0."""
        self._index = self._made(fresh=True)

    def search(self, query: WordsQuery, allowed: NDArray[np.int64] | None, limit: int) -> list[tuple[int, float]]:
        """(passage number, BM25 score) best first; `allowed` (sorted) limits it. Equal scores in passage order."""
        if self._index is None or not query.should or limit <= 0 or (allowed is not None and not len(allowed)):
            return []
        compiled = self._compile(query)
        searcher = self._index.searcher()
        if allowed is None:
            return self._hits(searcher, compiled, limit)
        if len(allowed) <= _FEW:
            return self._hits(searcher, self._limited(compiled, allowed), limit)
        return self._sieved(searcher, compiled, allowed, limit)

    def frequency(self, field: Field, word: str) -> int:
        """How many passages have `word` in `field` (those taken out since the last merge included)."""
        return 0 if self._index is None else int(self._index.searcher().doc_freq(field, word))

    def _limited(self, query: tantivy.Query, allowed: NDArray[np.int64]) -> tantivy.Query:
        within = tantivy.Query.term_set_query(self._schema, "number", allowed.tolist())
        free = tantivy.Query.const_score_query(within, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, free), (tantivy.Occur.Must, query)])

    def _sieved(
        self, searcher: tantivy.Searcher, query: tantivy.Query, allowed: NDArray[np.int64], limit: int
    ) -> list[tuple[int, float]]:
        depth = limit * _SIEVE
        while True:
            hits = self._hits(searcher, query, depth)
            kept = _within(hits, allowed)
            if len(kept) >= limit or len(hits) < depth:
                return kept[:limit]
            depth *= _SIEVE

    def _hits(self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        found = searcher.search(query, limit, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in found])
        return sorted(
            ((int(number or 0), float(score)) for number, (score, _) in zip(numbers, found, strict=True)),
            key=lambda hit: (-hit[1], hit[0]),
        )

    def _compile(self, query: WordsQuery) -> tantivy.Query:
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._clause(clause)) for clause in query.should])
        if not query.must:
            return either
        groups = [
            tantivy.Query.const_score_query(
                tantivy.Query.boolean_query([(tantivy.Occur.Should, self._clause(clause)) for clause in group]), 0.0
            )
            for group in query.must
        ]
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, group) for group in groups] + [(tantivy.Occur.Should, either)]
        )

    def _clause(self, clause: Clause) -> tantivy.Query:
        if len(clause.words) == 1:
            found = tantivy.Query.term_query(self._schema, clause.field, clause.words[0], "freq")
        else:
            found = tantivy.Query.phrase_query(self._schema, clause.field, list(clause.words), clause.slop)
        return found if clause.weight == 1.0 else tantivy.Query.boost_query(found, clause.weight)


def _within(hits: Sequence[tuple[int, float]], allowed: NDArray[np.int64]) -> list[tuple[int, float]]:
    if not hits:
        return []
    numbers = np.fromiter((number for number, _ in hits), np.int64, len(hits))
    places = np.minimum(np.searchsorted(allowed, numbers), len(allowed) - 1)
    return [hit for hit, inside in zip(hits, allowed[places] == numbers, strict=True) if inside]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True)
    builder.add_unsigned_field("generation", fast=True)
    builder.add_text_field("marker", tokenizer_name="raw", index_option="basic")
    for field in _WHOLE:
        single = field in (Field.EXACT_PAIRS, Field.FOLDED_PAIRS, Field.HEADING_PAIRS)
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq" if single else "position")
    builder.add_text_field(Field.SYMBOL, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("number", entry.number)
    document.add_unsigned("document", entry.document)
    for field, words in (
        (Field.EXACT, entry.text.exact),
        (Field.EXACT_PAIRS, entry.text.exact_pairs),
        (Field.FOLDED, entry.text.folded),
        (Field.FOLDED_PAIRS, entry.text.folded_pairs),
        (Field.HEADING, entry.heading.exact),
        (Field.HEADING_FOLDED, entry.heading.folded),
        (Field.HEADING_PAIRS, entry.heading.folded_pairs),
        (Field.TITLE, entry.title.folded),
    ):
        document.add_text(field, " ".join(words))
    for symbol in entry.symbols:
        document.add_text(Field.SYMBOL, symbol)
    return document
