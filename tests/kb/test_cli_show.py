"""What `kb show` says of a paper before its passages."""

import json
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


def test_ask_says_what_is_known_of_the_force_of_a_paper_it_names(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_ENCODER", "none")
    head = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\n\nSố: {}\n\nSơn Lĩnh, ngày {}\n\nQUYẾT ĐỊNH\n{}\n\nĐiều 1. {}\n"
    old = head.format("15/2020/QĐ-UBND", "02 tháng 3 năm 2020", "Quy định về chợ", "Chợ mở cửa lúc 5 giờ.")
    new = head.format(
        "20/2024/QĐ-UBND", "05 tháng 4 năm 2024", "Quy định về chợ",
        "Quyết định này thay thế Quyết định số 15/2020/QĐ-UBND ngày 02/3/2020 của Ủy ban nhân dân tỉnh Sơn Lĩnh.",
    )  # fmt: skip
    for name, text in (("cu.txt", old), ("moi.txt", new)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = CliRunner()
    run.invoke(app, ["--home", str(home), "add", str(tmp_path / "cu.txt"), str(tmp_path / "moi.txt")])
    asked = ["--home", str(home), "ask", "15/2020/QĐ-UBND còn hiệu lực không?"]
    said = run.invoke(app, asked).output
    assert "Văn bản được nêu: Quyết định số 15/2020/QĐ-UBND" in said
    assert "cu.txt — bị thay thế bởi 20/2024/QĐ-UBND" in said
    [named] = json.loads(run.invoke(app, [*asked, "--json"]).output)["named"]
    assert (named["status"], named["status_by"]["symbol"]) == ("replaced", "20/2024/QĐ-UBND")


def test_relations_are_told_once_each_in_words(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_ENCODER", "none")
    (tmp_path / "a.txt").write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU\n\nSố: 9/KH-UBND\n\nKẾ HOẠCH\nThực hiện Nghị quyết số 36-NQ/TW\n\n"
        "Thực hiện Nghị quyết số 36-NQ/TW ngày 30/01/2023 của Bộ Chính trị, Ủy ban ban hành Kế hoạch này.\n\n"
        "1. Trồng cây theo Kế hoạch này.\n",
        encoding="utf-8",
    )
    run = CliRunner()
    run.invoke(app, ["--home", str(home), "add", str(tmp_path / "a.txt")])
    said = run.invoke(app, ["--home", str(home), "relations", "a.txt"]).output
    assert said.splitlines() == ["thực hiện            Nghị quyết 36-NQ/TW  chưa có trong kho, 2 lần"]


def test_a_question_without_words_is_asked_for_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_ENCODER", "none")
    run = CliRunner().invoke(app, ["--home", str(home), "search", "  "])
    assert (str(run.exception), run.exit_code) == ("Hãy viết câu hỏi.", 1)
