"""The site over the shipped corpus, in the words tier: in-process for most tests, served for the browser's."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
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


@pytest.fixture(scope="session")
def served(library: Library) -> Iterator[Served]:
    app = create_app(library.settings, library=library)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Served(f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        launched = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()
