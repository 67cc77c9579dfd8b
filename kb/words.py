"""The words index: tantivy, derived from the catalog. The only module that knows tantivy."""

import math
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from kb.terms import Clause, Field, Words, WordsQuery, pairs

_LAYOUT = 1  # part of the directory's name: another layout is another index, built anew
_HEAP = 64_000_000
_MANY = 0.25  # share of the passages from which hits are sieved; fewer are sought by their documents in the query
_LARGE = 20_000  # passages from which adding up every one takes so long that a phrase is not worth it
_KNOWN = 50_000  # words of which it is remembered in how many passages they are
_SPARE = 1.3  # how many more hits are fetched than should do
_PAIRS = {Field.EXACT: Field.EXACT_PAIRS, Field.FOLDED: Field.FOLDED_PAIRS, Field.HEADING_FOLDED: Field.HEADING_PAIRS}
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
        self._seen: dict[tuple[Field, str], int] = {}  # how many passages have a word, since the index was last read
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
        self._reload(self._index)
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
        self._reload(self._index)

    def clear(self) -> None:
        """Throws the index away and begins again at generation 0."""
        self._index = self._made(fresh=True)
        self._seen = {}

    def _reload(self, index: tantivy.Index) -> None:
        index.reload()
        self._seen = {}

    def search(
        self,
        query: WordsQuery,
        allowed: NDArray[np.int64] | None,
        limit: int,
        owners: NDArray[np.int64] | None = None,
    ) -> list[tuple[int, float]]:
        """(passage number, BM25 score) best first; `allowed` (sorted) limits it. Equal scores in passage order.

        `owners`, the documents of the allowed passages, makes the search quicker where these are few.
        """
        if self._index is None or not query.should or limit <= 0 or (allowed is not None and not len(allowed)):
            return []
        searcher = self._index.searcher()
        compiled = self._compile(query)
        if allowed is None:
            return self._hits(searcher, compiled, limit)
        share = len(allowed) / max(1, searcher.num_docs)
        if owners is not None and share < _MANY:
            return self._sieved(searcher, self._limited(compiled, owners), allowed, limit, limit)
        return self._sieved(searcher, compiled, allowed, limit, int(limit / min(1.0, share) * _SPARE))

    def frequency(self, field: Field, word: str) -> int:
        """How many passages have `word` in `field` (those taken out since the last merge included)."""
        if self._index is None:
            return 0
        known = self._seen
        found = known.get((field, word))
        if found is None:
            if len(known) >= _KNOWN:
                known.clear()
            found = known[field, word] = int(self._index.searcher().doc_freq(field, word))
        return found

    def _limited(self, query: tantivy.Query, owners: NDArray[np.int64]) -> tantivy.Query:
        within = tantivy.Query.term_set_query(self._schema, "document", np.unique(owners).tolist())
        free = tantivy.Query.const_score_query(within, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, free), (tantivy.Occur.Must, query)])

    def _sieved(
        self, searcher: tantivy.Searcher, query: tantivy.Query, allowed: NDArray[np.int64], limit: int, depth: int
    ) -> list[tuple[int, float]]:
        while True:
            hits = self._hits(searcher, query, depth)
            kept = _within(hits, allowed)
            if len(kept) >= limit or len(hits) < depth:
                return kept[:limit]
            depth = max(2 * depth, int(depth * limit / max(1, len(kept)) * _SPARE))

    def _hits(self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        found = searcher.search(query, limit, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in found])
        return sorted(
            ((int(number or 0), float(score)) for number, (score, _) in zip(numbers, found, strict=True)),
            key=lambda hit: (-hit[1], hit[0]),
        )

    def _compile(self, query: WordsQuery) -> tantivy.Query:
        if not query.must:
            return self._either(self._pruned(query.should))
        groups = [tantivy.Query.const_score_query(self._either(group), 0.0) for group in query.must]
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, group) for group in groups] + [(tantivy.Occur.Should, self._either(query.should))]
        )

    def _either(self, clauses: Iterable[Clause]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self._clause(clause)) for clause in clauses])

    def _pruned(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses as single words that are there: of nothing else does the engine skip what cannot be among the
        best. One phrase, or one word that is nowhere, makes it add up every passage (17 ms for 6, of 100,000).
        """
        assert self._index is not None
        single = [clause for clause in clauses if len(clause.words) == 1]
        kept = [clause for clause in single if self.frequency(clause.field, clause.words[0])]
        large = single and self._index.searcher().num_docs >= _LARGE
        for clause in clauses:
            if len(clause.words) > 1:
                kept += self._as_pair(clause) if large else [clause]
        return kept

    def _as_pair(self, phrase: Clause) -> list[Clause]:
        """A phrase as its rarest pair of neighbours, with the weight that its words would have together.

        Two words are the phrase itself; of a longer one hardly any passage has this pair and not the rest, and what a
        passage really has is seen when it is looked at. A phrase that is nowhere is no clause; one whose pairs are
        not indexed stays.
        """
        field = _PAIRS.get(phrase.field)
        if field is None or phrase.slop:
            return [phrase]
        seen, pair = min((self.frequency(field, pair), pair) for pair in pairs(phrase.words))
        if not seen:
            return []
        together = sum(self._rarity(phrase.field, word) for word in phrase.words)
        return [Clause(field, (pair,), phrase.weight * together / self._rarity(field, pair))]

    def _rarity(self, field: Field, word: str) -> float:
        """As BM25 weighs a word; words of documents taken out may still be counted."""
        assert self._index is not None
        seen = self.frequency(field, word)
        return math.log(1 + (max(self._index.searcher().num_docs, seen) - seen + 0.5) / (seen + 0.5))

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
