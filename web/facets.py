"""The filters beside the hits: only values that leave some passages, each with how many."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

from kb.model import Filters, Hit, PassageRecord
from web.language import Words
from web.state import FACETS, State
from web.views import name

_SHOWN = 12
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Option:
    """A value one can filter by."""

    words: str
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
        case _:
            return str(record.document.status.validity)


def _words(key: str, value: str, names: dict[str, str], t: Words) -> str:
    if key == "in":
        return names.get(value, value)
    label = f"{key}.{value}"
    return t(label) if t.has(label) else value


def _long_name(record: PassageRecord, t: Words) -> str:
    """A document's name; papers without a number are told apart by their title."""
    meta = record.document.metadata
    if meta.symbol or not meta.title:
        return name(record.document, t)
    return f"{name(record.document, t)}: {shorten(meta.title, _TITLE, placeholder='…')}"


def _options(key: str, hits: Iterable[Hit], state: State, t: Words) -> tuple[Option, ...]:
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for hit in hits:
        value = _value(hit.record, key)
        if value is not None:
            counts[value] += 1
            names.setdefault(value, _long_name(hit.record, t))
    chosen = getattr(state, FACETS[key])
    for value in chosen:
        counts.setdefault(value, 0)
    shown = sorted(counts, reverse=True) if key == "year" else sorted(counts, key=lambda v: (-counts[v], v))
    return tuple(
        Option(_words(key, value, names, t), counts[value], state.toggled(key, value), value in chosen)
        for value in shown[:_SHOWN]
        if counts[value] or value in chosen
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
