"""The house's rules that a linter does not know: sizes, the one broad except, and a README that is true."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for name in ("ingest", "kb", "web") for path in (ROOT / name).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_import_contracts_hold() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_keep_their_budget(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
    long = [
        f"{f.name} ({f.end_lineno - f.lineno + 1})"
        for f in functions(path)
        if f.end_lineno and f.end_lineno - f.lineno >= 60
    ]
    assert long == []


def test_only_the_intake_catches_everything() -> None:
    broad = re.compile(r"except( Exception| BaseException)?( as \w+)?:")
    places = [path.relative_to(ROOT).as_posix() for path in SOURCES for _ in broad.finditer(path.read_text("utf-8"))]
    assert places == ["kb/intake.py"]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path)
        for path in SOURCES
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_request_leaves_the_machine_on_its_own() -> None:
    """No module names a remote address, and Chroma's network client is never used."""
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    assert not re.search(r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org|schemas\.|purl\.|\{|\")", text)
    assert "HttpClient" not in text
