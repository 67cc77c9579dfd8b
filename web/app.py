"""The application: `create_app()` reads top to bottom as what a request goes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from ingest.errors import ReadError
from kb.errors import KbError
from kb.library import Library
from kb.recognition import Background
from kb.search import search
from kb.settings import Settings
from web import api, assets, collection, documents, export, failures, pages, reading
from web.context import warm
from web.intake import uploads
from web.intake.desk import Desk
from web.intake.drawer import Drawer
from web.security import Guard


def create_app(settings: Settings | None = None, *, library: Library | None = None) -> FastAPI:
    """The site over the base at `settings.home`; a `library` handed over is used and left open (tests)."""
    settings = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.library = library or Library.open(settings, encoder="default")
        # The first visitor is not the one who waits for the model and the tables to load.
        search(app.state.library, "nhiệm vụ, giải pháp")
        warm()
        app.state.library.watch()
        app.state.desk = Desk(lambda: app.state.library, Drawer(settings.home))
        app.state.scans = Background(app.state.library)
        app.state.scans.start()
        try:
            yield
        finally:
            app.state.desk.close()
            app.state.scans.close()
            if library is None:
                app.state.library.close()

    app = FastAPI(
        title="Căn Cứ",
        description="Passages of Vietnamese policy documents that one can cite. Offsets count Unicode code points.",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(Guard)
    for kind in (KbError, ReadError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, failures.answer)
    for part in (pages, reading, documents, uploads, export, collection, api, assets):
        app.include_router(part.router)
    return app
