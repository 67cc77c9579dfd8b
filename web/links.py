"""Every address of the site is made here, so that none is spelled twice."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

Pairs = Sequence[tuple[str, str]]  # of a query: key, value


def short(document: str) -> str:
    """The part of a document id that addresses carry: 12 hex digits, as in passage ids."""
    return document[:12]


def anchor(locator: str) -> str:
    """The id of a passage in the reader: "III/2/g4" → "III-2-g4"."""
    return locator.replace("/", "-")


def locator_of(anchor_text: str) -> str:
    """The locator of an anchor; also takes a locator as it is."""
    return anchor_text.replace("-", "/")


def _with_query(path: str, pairs: Pairs, fragment: str = "") -> str:
    query = f"?{urlencode(pairs, safe='/')}" if pairs else ""
    return f"{path}{query}{'#' + quote(fragment) if fragment else ''}"


def reader(
    document: str, locator: str | None = None, *, asked: Pairs = (), fragment: str | None = None, **more: str
) -> str:
    """The reader, at a passage highlighted as the hit where a locator is given; `asked` is the list one comes from.

    It opens where that passage stands in the text unless `fragment` names another place.
    """
    pairs = [*asked]
    pairs += [("hit", locator)] if locator else []
    pairs += [(key, value) for key, value in more.items() if value]
    place = anchor(locator) if locator else ""
    return _with_query(f"/d/{short(document)}", pairs, place if fragment is None else fragment)


def passage(identifier: str) -> str:
    """The permalink of a passage."""
    return f"/p/{quote(identifier)}"


def page_image(document: str, number: int, *, fine: bool = False) -> str:
    """The image of a page of a paged document; a fine one is for enlarging."""
    return f"/d/{short(document)}/page/{number}.png{'?fine=1' if fine else ''}"


def source(document: str) -> str:
    """The original file."""
    return f"/d/{short(document)}/source"


def recognise(document: str) -> str:
    """Where one asks to have the unread pages of a scan tried again."""
    return f"/documents/{short(document)}/recognise"


def address(path: str, pairs: Pairs, fragment: str = "") -> str:
    """Any page with a query."""
    return _with_query(path, pairs, fragment)
