"""What a search page shows, wholly in its address: share the link and the other person sees the same."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from kb.errors import UsageError
from kb.library import Library
from kb.model import Filters
from web import links

PAGE = 10
MOST = 200
VIEWS = ("answer", "passages")
# Address key → field. The first four are a promise to scripts (CONTRACT.md).
FACETS = {
    "kind": "kinds",
    "issuer": "issuers",
    "year": "years",
    "in": "documents",
    "role": "roles",
    "status": "validity",
    "legibility": "legibility",
}


@dataclass(frozen=True, slots=True)
class State:
    """The address of a search, understood. Defaults leave no trace in it."""

    q: str = ""
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    validity: tuple[str, ...] = ()
    legibility: tuple[str, ...] = ()
    as_of: str = ""
    without: tuple[str, ...] = ()
    view: str = ""
    k: int = PAGE
    open: str = ""
    also: tuple[str, ...] = ()  # documents of an answer whose passages beside the matter are unfolded

    @classmethod
    def of(cls, params: QueryParams) -> "State":
        """The state of an address. Unknown keys are left alone; a number that is none is a UsageError."""
        lists: dict[str, Any] = {field: _several(params, key) for key, field in FACETS.items()}
        view = params.get("view", "")
        return cls(
            q=" ".join(params.get("q", "").split()),
            as_of=params.get("as_of", ""),
            without=_several(params, "without"),
            view=view if view in VIEWS else "",
            k=min(max(_number(params.get("k") or str(PAGE), "k"), 1), MOST),
            open=params.get("open", ""),
            also=_several(params, "also"),
            **lists,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The query of the address, defaults left out."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(key, value) for key, field in FACETS.items() for value in getattr(self, field)]
        pairs += [("as_of", self.as_of)] if self.as_of else []
        pairs += [("without", key) for key in self.without]
        pairs += [("view", self.view)] if self.view else []
        pairs += [("k", str(self.k))] if self.k != PAGE else []
        pairs += [("open", self.open)] if self.open else []
        pairs += [("also", document) for document in self.also]
        return pairs

    @classmethod
    def listed(cls, params: QueryParams) -> "State":
        """The list that an address of the reader comes from; there `view` is another thing."""
        view = params.get("list", "")
        return replace(cls.of(params), view=view if view in VIEWS else "")

    def asked(self) -> list[tuple[str, str]]:
        """What an address of the reader keeps of the list that leads there."""
        pairs = replace(self, open="").pairs() if self.q else []
        return [("list" if key == "view" else key, value) for key, value in pairs]

    def url(self, path: str = "/", **changes: Any) -> str:
        """The address of this state with some fields changed."""
        return links.address(path, replace(self, **changes).pairs())

    def toggled(self, key: str, value: str) -> str:
        """The address with one value of a facet put on or taken off; back to the first page of hits."""
        field = FACETS[key]
        chosen: tuple[str, ...] = getattr(self, field)
        changed = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        changes: dict[str, Any] = {field: changed}
        return self.url(k=PAGE, open="", **changes)

    @property
    def filtered(self) -> bool:
        """Whether the person has limited the search."""
        return bool(self.as_of) or any(getattr(self, field) for field in FACETS.values())

    def filters(self, library: Library) -> Filters:
        """As the search takes them. A document is named as everywhere: id, prefix, file name or symbol."""
        return Filters(
            kinds=self.kinds,
            issuers=self.issuers,
            years=tuple(_number(year, "year") for year in self.years),
            documents=tuple(library.document(ref).id for ref in self.documents),
            as_of=_day(self.as_of) if self.as_of else None,
            roles=self.roles,
            validity=self.validity,
            legibility=self.legibility,
        )


def _several(params: QueryParams, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in params.getlist(key) if value.strip()))


def _number(text: str, key: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise UsageError(f"“{key}” phải là một số, không phải “{text}”.")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"Ngày phải viết dạng NĂM-THÁNG-NGÀY, không phải “{text}”.") from error
