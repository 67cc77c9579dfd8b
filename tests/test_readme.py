"""README stays true: it names every command and every setting, and its two commands are the Makefile's."""

import re
from pathlib import Path

import pytest
import typer

from kb.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "kb/settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(typer.main.get_command(app).commands))
def test_every_command_is_named(command):
    assert f"`kb {command}`" in README


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\b(?:KB_[A-Z_]+|HOST|PORT)\b", SETTINGS))))
def test_every_setting_is_named(name):
    assert f"`{name}" in README


@pytest.mark.parametrize("target", re.findall(r"(?:`|=… |    )make (\w[\w-]*)", README))
def test_every_make_target_exists(target):
    assert re.search(rf"^{re.escape(target)}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:kb|ingest|web|corpus)/[\w./]*)`", README))))
def test_every_place_exists(path):
    assert (ROOT / path).exists()
