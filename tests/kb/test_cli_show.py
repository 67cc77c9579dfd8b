"""What `kb show` says of a paper before its passages."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.cli import app

PLAN = (
    "{}\n\nỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\n\nSố:      /KH-UBND\n\nKẾ HOẠCH\nTuần tra rừng\n\n1. Tuần tra hằng tuần.\n"
)


@pytest.mark.parametrize(("words", "label"), [("DỰ THẢO", "! dự thảo"), ("Lưu hành nội bộ", "! lưu hành nội bộ")])
def test_drafts_and_internal_papers_are_labelled(
    words: str, label: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_ENCODER", "none")
    file = tmp_path / "plan.txt"
    file.write_text(PLAN.format(words), encoding="utf-8")
    run = CliRunner()
    assert run.invoke(app, ["--home", str(home), "add", str(file)]).exit_code == 0
    shown = run.invoke(app, ["--home", str(home), "show", "plan.txt"])
    assert shown.exit_code == 0, shown.output
    assert label in shown.output
