"""From a question to ranked candidates: the routes, their fusion, the second look, the calibrated score.

First every route over the whole base (kb/finding/routes.py, and the encoder); their union is cut to the best `depth` by
the sum of their scores; those are looked at a second time (kb/finding/features.py), with the passages around the best
of them (kb/finding/company.py), and ordered by a linear model. Its weights depend on the language and on the tier;
`kb/data/weights.json` holds them, tests/relevance/tune.py learns them.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb import marks
from kb.cite import law_name
from kb.finding import routes, units
from kb.finding.called import called, changes
from kb.finding.company import neighbours
from kb.finding.features import NAMES, features, look, see
from kb.finding.units import Unit
from kb.library import Library
from kb.model import Filters, PassageRecord
from kb.query import EVERYTHING, Understood, understand
from kb.question.laws import law
from kb.question.naming import Directory
from kb.tables import DATA
from kb.terms import WordsQuery

_DEEPER = 4  # times as many passages by words as are looked at: the nearest by meaning should know their score too


# Encoder and words index both leave Python to itself while they work: on two cores they work at the same time. The
# encoder is the one that gets to its work sooner, so it does not stand in line.
_BESIDE = ThreadPoolExecutor(max_workers=4, thread_name_prefix="kb-words")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its place in the ranking. `score` is the calibrated chance that it answers, 0..1."""

    record: PassageRecord
    score: float
    sum: float  # the second look's, uncalibrated: comparable within a question
    share: float  # of what the question names, how much its own text has (units weighed by rarity), 0..1
    around: float  # the same with its headings and its paper's title
    cosine: float | None
    routes: tuple[tuple[str, float], ...]

    @property
    def matter(self) -> float:
        """What the second look makes of it apart from its role: a target on the matter is on the matter too."""
        return self.sum - sum(part for name, part in self.routes if name in ("task", "role"))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates best first, and how the question was understood."""

    understood: Understood
    units: tuple[Unit, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The second look's weights (beside `NAMES`) and the calibration of its sum into a chance."""

    weights: NDArray[np.float32]
    slope: float
    offset: float


@lru_cache(maxsize=1)
def _models() -> dict[str, Model]:
    raw = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))["second_look"]
    return {
        name: Model(
            np.array([float(row["weights"].get(one, 0.0)) for one in NAMES], np.float32),
            float(row["slope"]),
            float(row["offset"]),
        )
        for name, row in raw.items()
    }


def model(language: str, *, meaning: bool) -> Model:
    """The model for a language ("vi", "vi-plain", "en") in a tier."""
    return _models()[f"{language}/{'meaning' if meaning else 'words'}"]


_directories: WeakKeyDictionary[Library, tuple[int, Directory]] = WeakKeyDictionary()


def directory(library: Library) -> Directory:
    """The symbols the base knows, read again only when the base has changed."""
    generation = library.catalog.generation
    known = _directories.get(library)
    if known is None or known[0] != generation:
        known = _directories[library] = (generation, _directory(library))
    return known[1]


def _directory(library: Library) -> Directory:
    records = library.documents()
    laws = tuple(law(one.id, one.metadata, name) for one in records if (name := law_name(one.metadata)))
    borne = [one.metadata.symbol for one in records if one.metadata.symbol]
    return Directory.of(library.symbols(), laws, borne)


def rank(
    library: Library, question: str, *, filters: Filters, without: frozenset[str] = frozenset(), depth: int = 60
) -> Ranking:
    """The best `depth` passages for a question, in order."""
    return ordered(survey(library, understanding(library, question, filters, without), without, depth))


def understanding(
    library: Library, question: str, filters: Filters = EVERYTHING, without: frozenset[str] = frozenset()
) -> Understood:
    """A question as this base understands it: with its symbols, and its words where marks are missing."""
    restore = partial(marks.read, seen=library.frequency, size=library.size)
    return understand(question, directory=directory(library), filters=filters, without=without, restore=restore)


@dataclass(frozen=True, slots=True)
class Survey:
    """The candidates of a question before they are ordered: records, their features (columns `NAMES`), cosines."""

    understood: Understood
    units: tuple[Unit, ...]
    records: list[PassageRecord]
    table: NDArray[np.float32]
    cosine: NDArray[np.float32] | None


def survey(
    library: Library, understood: Understood, without: frozenset[str], depth: int, *, every: bool = False
) -> Survey:
    """Every route over the whole base, and the second look's view of the best `depth`.

    `every`: also the feature that costs much and has no weight today, for learning the weights anew.
    """
    plan = understood.plan
    allowed = library.allowed(plan.filters)
    size = library.size if allowed is None else len(allowed)
    found = tuple(units.units(understood, library.frequency, max(size, 1), without))
    # A quoted phrase must stand in the passage; meaning alone does not answer it.
    asked = library.encoder is not None and not plan.phrases
    words = _BESIDE.submit(_lexical, library, understood, without, allowed, depth * _DEEPER)
    vector, near = _meant(library, understood, allowed, depth) if asked else (None, {})
    lexical = dict(words.result())
    if plan.phrases and not lexical:
        return survey(library, _unquoted(library, understood, allowed), without, depth, every=every)
    numbers = _pool(lexical, near, depth, routes.weights(plan.language).meaning)
    day = plan.filters.as_of
    records = library.records(numbers, day)
    records += library.records([one.number for one in called(library, understood, records, allowed)], day)
    acting = changes(library, understood)
    meant = vector is not None and bool(near)
    chosen = model(plan.language, meaning=meant).weights
    pairs = every or bool(chosen[NAMES.index("pairs")])
    looks = look(understood, found, records, pairs=pairs)
    direct = _measured(library, records, near, vector) if meant and vector is not None else None

    def seen() -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        cosine = None if direct is None else _cosines(records, direct)
        scores = np.array([lexical.get(record.number, 0.0) for record in records], np.float32)
        rows = features(understood, looks, records, scores, cosine)
        rows[np.ix_([record.id in acting for record in records], [NAMES.index("place"), NAMES.index("paper")])] = 1.0
        return rows, cosine

    table, cosine = seen()
    if not plan.phrases:
        more = neighbours(library, records, table @ chosen, allowed, day)
        records += more
        looks = np.concatenate([looks, look(understood, found, more, pairs=pairs)])
        if direct is not None and vector is not None:
            direct = np.concatenate([direct, _measured(library, more, near, vector)])
        table, cosine = seen()
    return Survey(understood, found, records, table, cosine)


def _unquoted(library: Library, understood: Understood, allowed: NDArray[np.int64] | None) -> Understood:
    """The question without the quotes that stand nowhere, or where each stands somewhere, without all of them: what is
    left of them are words (of an English quote their translations)."""
    plan = understood.plan
    queries = {phrase: WordsQuery(routes.phrase_group(phrase, plan.language)) for phrase in plan.phrases}
    missing = [phrase for phrase, query in queries.items() if not library.matching(query, allowed, 1)] or plan.phrases
    kept = tuple(phrase for phrase in plan.phrases if phrase not in missing)
    return replace(understood, plan=replace(plan, phrases=kept, missing=(*plan.missing, *missing)))


def _meant(
    library: Library, understood: Understood, allowed: NDArray[np.int64] | None, depth: int
) -> tuple[NDArray[np.float32], dict[int, float]]:
    """The question's vector and the passages nearest to it."""
    vector = query_vector(library, understood)
    return vector, dict(library.nearest(vector, allowed, depth))


def _lexical(
    library: Library, understood: Understood, without: frozenset[str], allowed: NDArray[np.int64] | None, depth: int
) -> list[tuple[int, float]]:
    plan = understood.plan
    query = routes.lexical(understood, routes.weights(plan.language), without)
    return library.matching(query, allowed, depth) if query.should else []


def query_vector(library: Library, understood: Understood) -> NDArray[np.float32]:
    """The question as the encoder sees it: marks restored, abbreviations with one meaning in full."""
    assert library.encoder is not None
    plan = understood.plan
    words = understood.marked.guess if understood.marked else plan.question
    for one in plan.expansions:
        if one.relation == "abbreviation" and one.weight == 1.0 and len(one.terms[0]) > len(one.source):
            words = words.replace(one.source, one.terms[0])
    row: NDArray[np.float32] = library.encoder.queries([words])[0]
    return row


def _pool(lexical: dict[int, float], near: dict[int, float], depth: int, weight: float) -> list[int]:
    top = max(lexical.values(), default=1.0) or 1.0
    best = max(near.values(), default=1.0)
    worst = min(near.values(), default=0.0)
    span = max(best - worst, 1e-6)
    score = {
        number: lexical.get(number, 0.0) / top + weight * max(0.0, (near.get(number, worst) - worst) / span)
        for number in lexical.keys() | near.keys()
    }
    return sorted(score, key=lambda number: (-score[number], number))[:depth]


def _measured(
    library: Library, records: Sequence[PassageRecord], near: dict[int, float], vector: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The cosine of every record by its own vector."""
    values = np.array([near.get(record.number, np.nan) for record in records], np.float32)
    missing = np.flatnonzero(np.isnan(values))
    if len(missing):
        values[missing] = library.vectors([records[int(at)].number for at in missing]) @ vector
    return values


def _cosines(records: Sequence[PassageRecord], direct: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of every record; a paper's head and foot, which have no vector of their own, take the nearest of their paper."""
    values = direct.copy()
    best: dict[str, float] = {}
    for record, value in zip(records, values.tolist(), strict=True):
        best[record.document.id] = max(best.get(record.document.id, 0.0), value)
    for at, record in enumerate(records):
        if not record.passage.searchable:
            values[at] = best[record.document.id]
    return values


def ordered(seen: Survey) -> Ranking:
    """The candidates in order, each with its calibrated chance."""
    records, table, cosine = seen.records, seen.table, seen.cosine
    chosen = model(seen.understood.plan.language, meaning=cosine is not None)
    sums = table @ chosen.weights
    chances = 1.0 / (1.0 + np.exp(-(chosen.slope * sums + chosen.offset)))
    last = _folded_only(seen.understood, seen.units, records)
    order = _in_order(seen, sums, last)
    text, around = table[:, NAMES.index("text")].tolist(), table[:, NAMES.index("around")].tolist()
    parts = (table * chosen.weights).tolist()
    candidates = tuple(
        Candidate(
            records[row],
            float(chances[row]),
            float(sums[row]),
            text[row],
            around[row],
            None if cosine is None else float(cosine[row]),
            tuple([(name, part) for name, part in zip(NAMES, parts[row], strict=True) if part]),
        )
        for row in order
    )
    return Ranking(seen.understood, seen.units, candidates)


def _in_order(seen: Survey, sums: NDArray[np.float32], last: Sequence[bool]) -> list[int]:
    """Rows, best first. A provision asked for by its place alone comes as it stands in its paper, point after point."""
    records = seen.records
    if seen.understood.content or seen.understood.concepts:
        return sorted(range(len(records)), key=lambda row: (last[row], -sums[row], records[row].number))
    there = seen.table[:, NAMES.index("place")] > 0
    best: dict[str, float] = {}
    for record, value, called_for in zip(records, sums.tolist(), there.tolist(), strict=True):
        if called_for:
            best[record.document.id] = max(best.get(record.document.id, value), value)
    places = [
        -best[record.document.id] if called_for else 0.0 for record, called_for in zip(records, there, strict=True)
    ]
    return sorted(
        range(len(records)),
        key=lambda row: (not there[row], places[row], 0.0 if there[row] else -sums[row], records[row].number),
    )


def _folded_only(understood: Understood, found: Sequence[Unit], records: Sequence[PassageRecord]) -> list[bool]:
    """Which candidates have the question's words without their marks only: "đạt" for "đất"."""
    if understood.plan.language != "vi":
        return [False] * len(records)
    return [_only_folded(found, record) for record in records]


def _only_folded(found: Sequence[Unit], record: PassageRecord) -> bool:
    from_folded = False
    seen = see(record).text
    for unit in found:
        value, by = units.strength(unit, seen)
        # three syllables that agree but for their marks are the same words with a slip ("chuyên giao công nghệ")
        if value and (by is None or not by.folded or len(by.words) > 2):
            return False
        from_folded = from_folded or bool(value)
    return from_folded
