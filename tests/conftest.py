"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.library import Library
from kb.settings import Settings
from tests.fakes import FakeEncoder

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
CORPUS = ROOT / "corpus"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a test's base lives."""
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home, encoder="none", max_file_mb=1)


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def library(settings: Settings, encoder: FakeEncoder) -> Iterator[Library]:
    """An empty base with the fake encoder."""
    with Library.open(settings, encoder=encoder) as opened:
        yield opened


@pytest.fixture
def wordy(settings: Settings) -> Iterator[Library]:
    """An empty base in the words tier, quicker to open."""
    with Library.open(settings, encoder=None) as opened:
        yield opened
