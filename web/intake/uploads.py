"""Putting files in from the browser: many at once, each with what becomes of it, followed live or by reloading."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.responses import RedirectResponse, Response

from kb import shapes
from kb.errors import UsageError
from kb.settings import Settings
from web.context import LibraryDep, SettingsDep, WordsDep, fragment
from web.failures import wants_json
from web.intake.desk import Desk, Job
from web.intake.incoming import incoming
from web.language import Words

router = APIRouter(tags=["documents"])
_PATIENCE = 2.0  # seconds that a browser without scripts waits for the outcomes before it is shown what is going on
_LOOK = 0.25  # seconds between two looks at the desk while somebody follows it
_AFTERWARDS = 2.0  # seconds in which a scan that has come in may be taken in hand


def desk(request: Request) -> Desk:
    """The desk of this server."""
    found: Desk = request.app.state.desk
    return found


DeskDep = Annotated[Desk, Depends(desk)]


@router.post("/documents")
def upload(
    request: Request,
    desk: DeskDep,
    settings: SettingsDep,
    t: WordsDep,
    files: Annotated[list[UploadFile], File(description="The files; a ZIP stands for what is in it")],
) -> Response:
    """Takes files in, one after the other; a bad one disturbs nothing.

    JSON: a list of outcomes, once all are done; with "Prefer: respond-async" at once, without any.
    """
    _allowed(settings, t)
    jobs = [_take(desk, settings, file, t) for file in files if file.filename]
    if request.headers.get("prefer") == "respond-async":
        return JSONResponse([job.number for job in jobs], status_code=202)
    desk.settle(jobs, None if wants_json(request) else _PATIENCE)
    if wants_json(request):
        return JSONResponse([shapes.outcome(each) for job in jobs for each in job.outcomes])
    return RedirectResponse("/documents?sort=added#incoming", status_code=303)


def _take(desk: Desk, settings: Settings, file: UploadFile, t: Words) -> Job:
    name, limit = file.filename or "", settings.max_file_mb * 1024 * 1024
    if file.size is not None and file.size > limit:
        return desk.turn_away(name, t("upload.too_big", limit=settings.max_file_mb))
    return desk.take(file.file, name)


def _allowed(settings: Settings, t: Words) -> None:
    if not settings.allow_upload:
        raise UsageError(t("upload.off"))


@router.get("/documents/progress", include_in_schema=False)
def progress(request: Request, desk: DeskDep, base: LibraryDep, t: WordsDep) -> StreamingResponse:
    """What becomes of the files, as server-sent events: "state" with the list as HTML, then "done"."""

    async def events() -> AsyncIterator[str]:
        shown, idle = "", 0.0
        while True:
            coming = incoming(desk, base, request.app.state.scans, t)
            now = fragment("_incoming.html", t, coming)
            if now != shown:
                shown = now
                yield "event: state\n" + "".join(f"data: {line}\n" for line in now.splitlines()) + "\n"
            idle = 0.0 if coming.busy else idle + _LOOK
            if idle and (idle > _AFTERWARDS or not base.waiting()):
                yield "event: done\ndata:\n\n"
                return
            if await request.is_disconnected():
                return
            await asyncio.sleep(_LOOK)

    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.post("/documents/incoming/{number}/retry", include_in_schema=False)
def retry(number: int, desk: DeskDep, settings: SettingsDep, t: WordsDep) -> Response:
    """Tries a failed file again."""
    _allowed(settings, t)
    desk.settle([desk.retry(number)], _PATIENCE)
    return RedirectResponse("/documents?sort=added#incoming", status_code=303)


@router.post("/documents/{document}/recognise", include_in_schema=False)
def recognise(request: Request, document: str, base: LibraryDep, settings: SettingsDep, t: WordsDep) -> Response:
    """Has the pages of a scan that could not be read tried again, with more patience."""
    _allowed(settings, t)
    record = base.document(document)
    if record.unread:
        request.app.state.scans.again(record.id)
    return RedirectResponse("/documents?sort=added#incoming", status_code=303)


@router.post("/documents/incoming/clear", include_in_schema=False)
def clear(desk: DeskDep, settings: SettingsDep, t: WordsDep) -> Response:
    """Clears the list of what is done."""
    _allowed(settings, t)
    desk.clear()
    return RedirectResponse("/documents", status_code=303)
