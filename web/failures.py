"""One exit for everything that goes wrong: a page for people, `{"error": …}` for scripts."""

from dataclasses import dataclass, field

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ingest.errors import ReadError
from kb.errors import KbError
from web.context import render, speech
from web.language import DEFAULT
from web.search.state import State


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, in the searcher's words."""

    status: int
    code: str
    message: str
    state: State = field(default_factory=State)  # of the search box
    detail: str = ""  # the base's own sentence, for those who do not read the site in its language


def wants_json(request: Request) -> bool:
    """Scripts get JSON: everything under /api, and whoever does not ask for HTML."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("application/json" in accepted and "text/html" not in accepted)


def _read(error: Exception) -> tuple[int, str, str | None]:
    """Status, code and sentence; None for the sentence where the page's own words for the status will do."""
    if isinstance(error, KbError):
        return error.status, error.code, error.message
    if isinstance(error, ReadError):
        return 422, error.code, error.reason
    if isinstance(error, RequestValidationError):
        places = ", ".join(str(each["loc"][-1]) for each in error.errors())
        return 400, "usage", f"Tham số không dùng được: {places}."
    if isinstance(error, HTTPException):
        return error.status_code, "not_found" if error.status_code == 404 else "http", None
    return 500, "error", None


async def answer(request: Request, error: Exception) -> Response:
    """The exception as a page or as JSON."""
    status, code, message = _read(error)
    said = speech(request)
    if message is None:
        key = f"error.{status}"
        message = said(key) if said.has(key) else said("error.other", status=status)
    if wants_json(request):
        return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)
    general = f"error.{status}"
    if said.language != DEFAULT and _read(error)[2] and said.has(general):
        page = ErrorPage(status, code, said(general), detail=message)
    else:
        page = ErrorPage(status, code, message)
    return render(request, "error.html", said, page, status)
