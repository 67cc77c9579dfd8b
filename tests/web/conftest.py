"""The site over the shipped corpus, in the words tier: in-process for most tests, served for the browser's."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.middleware.gzip import GZipMiddleware

from kb.intake import add_paths
from kb.library import Library
from kb.settings import Settings
from tests.web.visit import NARROW, WIDE, Visit
from web.app import create_app

CORPUS = Path(__file__).parents[2] / "corpus"
SEED = "ke-hoach-tam-diep-nghi-quyet-36.txt"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    settings = Settings(home=tmp_path_factory.mktemp("base"), encoder="none", development=True)
    with Library.open(settings, encoder=None) as base:
        add_paths(base, sorted(p for p in CORPUS.iterdir() if p.suffix in {".txt", ".pdf", ".docx", ".html"}))
        yield base


def bare(settings: Settings, library: Library) -> FastAPI:
    """The application without packing: that middleware keeps the view model from the test client."""
    app = create_app(settings, library=library)
    app.user_middleware = [each for each in app.user_middleware if each.cls is not GZipMiddleware]
    return app


@pytest.fixture(scope="session")
def app(library: Library) -> FastAPI:
    return bare(library.settings, library)


@pytest.fixture
def site(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[TestClient]:
    """A base of its own, for tests that write."""
    settings = Settings(home=tmp_path, encoder="none")
    with (
        Library.open(settings, encoder=None) as base,
        TestClient(bare(settings, base), headers={"accept": "text/html"}) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def seed(library: Library) -> str:
    """The seed plan's id."""
    return library.document(SEED).id


@dataclass(frozen=True)
class Served:
    """A site that listens."""

    address: str


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address at which the application listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def served(library: Library) -> Iterator[Served]:
    with serving(create_app(library.settings, library=library)) as address:
        yield Served(address)


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        # Whoever could have installed it (CI does, as root) must not take silence for success.
        missing = pytest.fail if os.environ.get("CI") or os.geteuid() == 0 else pytest.skip
        missing("no Chromium: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        launched = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "390"])
def context(browser, request) -> Iterator:
    opened = browser.new_context(viewport=request.param)
    yield opened
    opened.close()


@pytest.fixture
def visit(context, served, request) -> Iterator[Visit]:
    """At both widths; leaves a screenshot of where the journey ended."""
    visit = Visit(context, served.address)
    yield visit
    visit.keep(request.node.name)


@pytest.fixture
def wide(browser, served) -> Iterator[Visit]:
    opened = browser.new_context(viewport=WIDE)
    yield Visit(opened, served.address)
    opened.close()


@pytest.fixture
def plain(browser, served) -> Iterator[Visit]:
    """Without JavaScript."""
    opened = browser.new_context(viewport=WIDE, java_script_enabled=False)
    yield Visit(opened, served.address)
    opened.close()


@pytest.fixture(scope="session")
def papers(library: Library, seed: str) -> dict[str, str]:
    """What the addresses of `visit.PAGES` leave open."""
    names = {"docx": "05-ke-hoach-ubnd-thanh-pho-nghi-quyet-36.docx", "pdf": "03-ke-hoach-ubnd-tinh-nghi-quyet-36.pdf"}
    return {"seed": seed[:12]} | {key: library.document(file).id[:12] for key, file in names.items()}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[str]:
    """The address of a site over an empty base of its own."""
    settings = Settings(home=tmp_path / "base", encoder="none")
    with Library.open(settings, encoder=None) as base, serving(create_app(settings, library=base)) as address:
        yield address
