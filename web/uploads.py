"""Putting files in from the browser: many at once, each with what became of it."""

from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import JSONResponse
from starlette.responses import Response

from kb import shapes
from kb.errors import UsageError
from kb.intake import add_bytes
from kb.library import Library
from kb.model import Outcome, OutcomeStatus
from kb.settings import Settings
from web.context import LibraryDep, SettingsDep, WordsDep, render
from web.documents import ListQuery, list_page
from web.failures import wants_json
from web.language import Words

router = APIRouter(tags=["documents"])


@router.post("/documents")
def upload(
    request: Request,
    base: LibraryDep,
    settings: SettingsDep,
    t: WordsDep,
    files: Annotated[list[UploadFile], File(description="The files; a ZIP stands for what is in it")],
) -> Response:
    """Takes files in, one after the other; a bad one disturbs nothing. JSON: a list of outcomes."""
    if not settings.allow_upload:
        raise UsageError(t("upload.off"))
    outcomes = tuple(outcome for file in files if file.filename for outcome in _take(base, settings, file, t))
    if wants_json(request):
        return JSONResponse([shapes.outcome(each) for each in outcomes])
    page = list_page(base, ListQuery(sort="added"), t, upload=True, limit=settings.max_file_mb, outcomes=outcomes)
    return render(request, "documents.html", t, page)


def _take(base: Library, settings: Settings, file: UploadFile, t: Words) -> list[Outcome]:
    name, limit = file.filename or "", settings.max_file_mb * 1024 * 1024
    if file.size is not None and file.size > limit:
        return [Outcome(name, OutcomeStatus.REFUSED, reason=t("upload.too_big", limit=settings.max_file_mb))]
    return add_bytes(base, file.file.read(), name)
