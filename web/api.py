"""The same as JSON, for scripts: the shapes of `kb --json` (kb/shapes.py)."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from kb import shapes
from kb.answer import answer
from kb.errors import UsageError
from kb.model import Filters
from kb.search import search
from web.context import LibraryDep, WordsDep, render
from web.search.state import State
from web.search.suggest import suggestions

router = APIRouter()
Json = dict[str, Any]
_FILTERS = {
    "kind": "Only these kinds of document: Kế hoạch, Quyết định …",
    "issuer": "Only what these bodies issued; part of the name is enough",
    "year": "Only documents of these years",
    "in": "Only these documents: id, unique prefix, file name or symbol",
    "role": "Only passages of these roles: task, target, responsibility …",
    "status": "Only documents of this status: in_force, in_period, not_yet, amended, partly_expired, replaced, "
    "repealed, expired, period_over, issuer_dissolved, not_applicable, unknown",
    "as_of": "Only documents dated on or before this day, YYYY-MM-DD, with the status they had on it",
    "without": "Concepts the question must not be widened by",
}
_PARAMETERS: dict[str, Any] = {
    "parameters": [
        {
            "name": key,
            "in": "query",
            "required": False,
            "description": text,
            "schema": {"type": "string"} if key == "as_of" else {"type": "array", "items": {"type": "string"}},
        }
        for key, text in _FILTERS.items()
    ]
}


def _asked(request: Request, q: str) -> State:
    state = State.of(request.query_params)
    if not q.strip():
        raise UsageError("Hãy viết câu hỏi: ?q=…")
    return state


@router.get("/api/search", tags=["search"], openapi_extra=_PARAMETERS)
def api_search(
    request: Request,
    base: LibraryDep,
    q: Annotated[str, Query(description="The question: Vietnamese, Vietnamese without marks, or English")] = "",
    k: Annotated[int, Query(ge=1, le=1000, description="How many passages")] = 10,
) -> Json:
    """Ranked passages."""
    state = _asked(request, q)
    results = search(base, state.q, k=k, filters=state.filters(base), without=frozenset(state.without))
    return shapes.results(results)


@router.get("/api/ask", tags=["search"], openapi_extra=_PARAMETERS)
def api_ask(
    request: Request,
    base: LibraryDep,
    q: Annotated[str, Query(description="The question, as for /api/search")] = "",
) -> Json:
    """Everything that matches, grouped by document."""
    state = _asked(request, q)
    return shapes.answer(answer(base, state.q, filters=state.filters(base), without=frozenset(state.without)))


@router.get("/api/suggest", tags=["search"])
def api_suggest(
    base: LibraryDep, t: WordsDep, q: Annotated[str, Query(description="What has been typed so far")] = ""
) -> list[dict[str, str]]:
    """Symbols, titles and terms that begin like what is typed, with or without marks."""
    return [
        {"text": s.text, "kind": s.kind, "label": t(f"suggest.{s.kind}"), "note": s.note}
        for s in suggestions(base, q, t)
    ]


@router.get("/api/documents", tags=["documents"])
def api_documents(base: LibraryDep) -> Json:
    """Every current document."""
    return {"documents": [shapes.document(record) for record in base.documents()]}


@router.get("/api/documents/{document}", tags=["documents"])
def api_document(document: str, base: LibraryDep) -> Json:
    """A document: metadata, passages in order, relations, warnings."""
    record = base.document(document)
    return shapes.show(record, base.full(record.id), base.relations(record.id))


@router.get("/api/passages/{passage}", tags=["documents"])
def api_passage(passage: str, base: LibraryDep) -> Json:
    """A passage with its citation in both languages."""
    return shapes.passage(base.passage(passage))


@router.get("/healthz", tags=["service"])
def healthz(base: LibraryDep) -> JSONResponse:
    """200 when questions can be answered, with the tier they are answered in."""
    searched = base.searched(Filters())
    return JSONResponse(
        {"status": "ok", "tier": base.tier, "documents": searched.documents, "passages": searched.passages}
    )


@router.get("/docs", include_in_schema=False)
def api_pages(request: Request, t: WordsDep) -> Any:
    """The API on one page, from the same description as /openapi.json."""
    return render(request, "api.html", t, request.app.openapi())
