"""The filters beside the hits: only values that leave some passages, each with how many."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from kb.model import DocumentRecord, Filters, Hit, PassageRecord
from web.language import Words
from web.search.state import FACETS, State
from web.views import heading

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Option:
    """A value one can filter by."""

    words: str
    note: str  # issuer and date, of a document whose name alone says too little
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of values."""

    title: str
    key: str
    options: tuple[Option, ...]


def _value(record: PassageRecord, key: str) -> str | None:
    meta = record.document.metadata
    match key:
        case "kind":
            return meta.kind
        case "issuer":
            return meta.issuer
        case "year":
            return str(meta.date.year) if meta.date else None
        case "in":
            return record.document.id[:12]
        case "role":
            return str(record.passage.role)
        case "legibility":
            return str(record.document.legibility)
        case _:
            return str(record.document.status.validity)


def _named(documents: dict[str, DocumentRecord], t: Words) -> dict[str, tuple[str, str]]:
    """The name of each document; with issuer and date where another has the same name or the paper has no number."""
    lines = {value: heading(record, t) for value, record in documents.items()}
    borne = Counter(line.name for line in lines.values())
    return {
        value: (line.name, line.facts if borne[line.name] > 1 or not documents[value].metadata.symbol else "")
        for value, line in lines.items()
    }


def _options(key: str, hits: Iterable[Hit], state: State, t: Words) -> tuple[Option, ...]:
    counts: Counter[str] = Counter()
    documents: dict[str, DocumentRecord] = {}
    for hit in hits:
        value = _value(hit.record, key)
        if value is not None:
            counts[value] += 1
            documents.setdefault(value, hit.record.document)
    chosen = getattr(state, FACETS[key])
    for value in chosen:
        counts.setdefault(value, 0)
    shown = sorted(counts, reverse=True) if key == "year" else sorted(counts, key=lambda v: (-counts[v], v))
    shown = [value for value in shown[:_SHOWN] if counts[value] or value in chosen]
    if key == "in":
        names = _named({value: documents[value] for value in shown if value in documents}, t)
    else:
        names = {value: (t(f"{key}.{value}") if t.has(f"{key}.{value}") else value, "") for value in shown}
    return tuple(
        Option(*names.get(value, (value, "")), counts[value], state.toggled(key, value), value in chosen)
        for value in shown
    )


def facets(
    state: State,
    hits: tuple[Hit, ...],
    look: Callable[[Filters], tuple[Hit, ...]],
    filters: Filters,
    t: Words,
) -> tuple[Facet, ...]:
    """Every facet that would change something; each counted with the other filters on and its own off.

    `hits` are those with all `filters` on; `look` searches anew, which only a facet in use needs.
    """
    found = {filters: hits}
    shown: list[Facet] = []
    for key, field in FACETS.items():
        without: dict[str, Any] = {field: ()}
        others = replace(filters, **without)
        if others not in found:
            found[others] = look(others)
        options = _options(key, found[others], state, t)
        if len(options) > 1 or any(option.chosen for option in options):
            shown.append(Facet(t(f"facet.{key}"), key, options))
    return tuple(shown)
