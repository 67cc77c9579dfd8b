"""What each route asks the words index: one clause for each way in which a passage can have a question's words.

The lexical routes are one query: BM25 adds up, so a clause's weight is the route's weight. `Weights` come from
`kb/data/weights.json`, tuned by `tests/relevance/tune.py` on the dev sets only.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise

from ingest.vietnamese import fold, is_plain_syllable, key
from kb.model import Plan
from kb.query import Understood
from kb.question import concepts, english
from kb.question.naming import mentions
from kb.tables import DATA
from kb.terms import Clause, Field, WordsQuery, pairs, words

_MOST_WORDS = 40  # of a very long question the rarest are not known here; the first ones carry the matter


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each route counts, for one kind of question ("vi", "vi-plain" or "en")."""

    exact: float = 1.0
    exact_pairs: float = 0.6
    folded: float = 0.3
    folded_pairs: float = 0.3
    heading: float = 0.3
    heading_pairs: float = 0.2
    title: float = 0.1
    concept: float = 0.6
    translated: float = 0.5
    meaning: float = 1.0
    symbol: float = 1.0
    role: float = 0.1
    status: float = 0.1


@lru_cache(maxsize=1)
def _table() -> dict[str, Weights]:
    raw = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    known = {one.name for one in fields(Weights)}
    return {name: Weights(**{k: float(v) for k, v in row.items() if k in known}) for name, row in raw["routes"].items()}


def weights(language: str) -> Weights:
    """The tuned weights for a language."""
    return _table()[language]


def lexical(understood: Understood, weight: Weights, without: frozenset[str]) -> WordsQuery:
    """All lexical routes in one query; the quoted phrases must stand in the passage."""
    plan = understood.plan
    clauses = list(word_clauses(understood, weight))
    clauses += concept_clauses(understood.concepts, weight.concept, without)
    clauses += [Clause(Field.SYMBOL, (symbol,), weight.symbol) for symbol in plan.symbols]
    clauses += [_said(said, weight.symbol) for symbol in understood.mentioned for said in mentions(symbol)]
    if not understood.content:  # nothing but a paper is asked for: what stands in it is what there is to show
        clauses += [Clause(Field.TITLE, words(symbol).folded, weight.symbol) for symbol in plan.symbols]
    must = tuple(phrase_group(phrase, plan.language) for phrase in plan.phrases)
    clauses += [clause for group in must for clause in group]
    return WordsQuery(merged(clauses), must)


def _said(mention: str, weight: float) -> Clause:
    return Clause(Field.FOLDED, words(mention).folded, weight)


def phrase_group(phrase: str, language: str) -> tuple[Clause, ...]:
    """A quoted phrase in the text or in the heading path; typed without marks it is matched without marks.

    So are several Vietnamese syllables without marks in a question that has some.
    """
    read = words(phrase)
    bare = language == "vi" and len(read.exact) > 1 and read.exact == read.folded
    if language == "vi-plain" or bare:
        return (Clause(Field.FOLDED, read.folded), Clause(Field.HEADING_FOLDED, read.folded))
    return (Clause(Field.EXACT, read.exact), Clause(Field.HEADING, read.exact))


def word_clauses(understood: Understood, weight: Weights) -> Iterable[Clause]:
    """The question's own words, with marks and without, alone and in pairs, in text, headings and title.

    A word whose marks were put back in doubt is looked for without marks only.
    """
    plan = understood.plan
    if plan.language == "en":
        yield from _foreign(plan, understood.concepts, weight)
        return
    content = understood.content[:_MOST_WORDS]
    sure = understood.sure if plan.language == "vi" or plan.restored else ()
    exact = [token.exact for token in content if token in sure]
    exact_pairs = [f"{left.exact}_{right.exact}" for left, right in pairwise(content) if left in sure and right in sure]
    folded = tuple(token.folded for token in content)
    yield from _single(Field.EXACT, exact, weight.exact)
    yield from _single(Field.EXACT_PAIRS, exact_pairs, weight.exact_pairs)
    yield from _single(Field.HEADING, exact, weight.heading)
    if len(exact) < len(content):
        unsure = [token.folded for token in content if token not in sure]
        yield from _single(Field.HEADING_FOLDED, unsure, weight.heading)
    yield from _single(Field.FOLDED, folded, weight.folded)
    yield from _single(Field.FOLDED_PAIRS, pairs(folded), weight.folded_pairs)
    yield from _single(Field.HEADING_PAIRS, pairs(folded), weight.heading_pairs)
    yield from _single(Field.TITLE, folded, weight.title)


def _single(field: Field, terms: Sequence[str], weight: float) -> Iterable[Clause]:
    if weight > 0:
        yield from (Clause(field, (term,), weight) for term in terms)


def _foreign(plan: Plan, found: Sequence[concepts.Found], weight: Weights) -> Iterable[Clause]:
    """English: only names, numbers and translations may vote; other English words are noise in Vietnamese text."""
    for name in names(plan):
        read = words(name)
        yield from _single(Field.FOLDED, read.folded, weight.folded)
        yield from _single(Field.FOLDED_PAIRS, read.folded_pairs, weight.folded_pairs)
        yield from _single(Field.TITLE, read.folded, weight.title)
    for one in found:
        links = [link for link in one.links if link.relation in ("translation", "word")]
        for link in links:
            share = weight.translated * link.weight / (1 if link.relation == "word" else len(links))
            read = words(link.term)
            yield from _single(Field.EXACT, read.exact, share)
            yield from _single(Field.EXACT_PAIRS, read.exact_pairs, share)
            yield from _single(Field.HEADING, read.exact, share * weight.heading)


def names(plan: Plan) -> list[str]:
    """Runs of capitalised Vietnamese syllables, and numbers, in an English question: "Ben Lim", "2045". Those of a
    document's number are none: "decision 24/2018" is looked up by it.
    """
    runs: list[list[str]] = []
    numbered = {part for symbol in plan.symbols for part in re.split(r"[/-]", symbol)}
    follows = False
    for start, _, word in english.words(plan.question):
        typed = plan.question[start : start + len(word)]
        name = typed not in numbered and (
            typed[:1].isdigit()
            or (start > 0 and typed[:1].isupper() and is_plain_syllable(fold(typed)) and word not in english.FUNCTION)
        )
        if name and follows:
            runs[-1].append(typed)
        elif name:
            runs.append([typed])
        follows = name
    return [" ".join(run) for run in runs]


def concept_clauses(
    found: Sequence[concepts.Found], weight: float, without: frozenset[str] = frozenset()
) -> list[Clause]:
    """The expansions of the concepts as phrases, at the weight of their relation; those switched off are left out."""
    clauses = []
    for one in found:
        slug = concepts.slug(one.source)
        for link in one.links:
            if link.relation != "word" and f"{link.relation}:{slug}" not in without:
                clauses.append(Clause(Field.EXACT, words(link.term).exact, weight * link.weight))
    return clauses


def merged(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Each clause once, at its highest weight; clauses without words left out."""
    best: dict[tuple[str, tuple[str, ...]], Clause] = {}
    for clause in clauses:
        name = (clause.field, clause.words)
        if clause.words and (name not in best or best[name].weight < clause.weight):
            best[name] = clause
    return tuple(best.values())


def same_reading(term: str) -> str:
    """The key under which two spellings of a term are one."""
    return " ".join(words(key(term)).exact)
