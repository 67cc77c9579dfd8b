"""`kb`, the command line: documents in, out and shown. The other commands stand in kb/commands."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from typer.exceptions import TyperException

from kb import shapes
from kb.commands import asking, service
from kb.commands.options import AsJson, Doc, base
from kb.commands.output import (
    documents_table,
    emit,
    err,
    force_lines,
    labels,
    notice,
    out,
    outcome_line,
    progress,
    relations_lines,
)
from kb.errors import KbError, UsageError
from kb.model import Outcome, OutcomeStatus

app = typer.Typer(
    name="kb",
    help="Căn Cứ: kho văn bản và tìm kiếm theo đoạn trích dẫn được.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
asking.register(app)
service.register(app)
_BAD = (OutcomeStatus.FAILED, OutcomeStatus.REFUSED)


@app.callback()
def root(
    home: Annotated[Path | None, typer.Option(help="Nơi đặt kho văn bản (hoặc KB_HOME; mặc định ./var)")] = None,
) -> None:
    """Căn Cứ: kho văn bản và tìm kiếm theo đoạn trích dẫn được."""
    if home is not None:
        os.environ["KB_HOME"] = str(home)  # `kb serve` hands it on to the site by the environment


@app.command(epilog="Ví dụ: kb add corpus/ thu-muc/*.pdf ho-so.zip")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Tệp, thư mục hoặc ZIP")],
    as_json: AsJson = False,
) -> None:
    """Thêm văn bản; mỗi tệp một dòng kết quả. Mã thoát: 0 tốt cả, 1 có tệp không nhận được, 2 sai cách gọi."""
    from kb.intake import add_paths, sources  # noqa: PLC0415 - the readers of every format: 0.5 s

    with base(owner=True) as library:
        if not as_json:
            notice(library)
        total = sum(1 for path in paths for _ in sources(path, library.settings.home))
        with progress("Đang đọc", total) as bar:

            def report(outcome: Outcome) -> None:
                if as_json:
                    emit(shapes.outcome(outcome))
                else:
                    bar.console.print(outcome_line(outcome))
                bar.advance(bar.task_ids[0])

            def pages(file: str, done: int, of: int) -> None:
                bar.update(bar.task_ids[0], description=f"Nhận dạng chữ {file}", completed=done, total=of)

            outcomes = add_paths(library, paths, report, pages)
    if not as_json:
        out.print(summary(outcomes))
    if any(outcome.status in _BAD for outcome in outcomes):
        raise typer.Exit(1)


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line on a batch."""
    if not outcomes:
        return "Không có tệp văn bản nào ở đó."
    fresh = sum(outcome.status in (OutcomeStatus.ADDED, OutcomeStatus.REPLACED) for outcome in outcomes)
    same = sum(outcome.status is OutcomeStatus.UNCHANGED for outcome in outcomes)
    bad = sum(outcome.status in _BAD for outcome in outcomes)
    return f"{fresh} văn bản vào kho, {same} không đổi, {bad} không nhận được."


@app.command(epilog="Ví dụ: kb drop 86-KH/TU ke-hoach.docx")
def drop(docs: Annotated[list[str], typer.Argument(help="Mã, tên tệp, số ký hiệu")], as_json: AsJson = False) -> None:
    """Gỡ văn bản khỏi kho."""
    with base(encoder=False, owner=True) as library:
        for ref in docs:
            gone = library.drop(ref)
            if as_json:
                emit({"dropped": gone.id, "file": gone.file})
            else:
                out.print(Text(f"Đã gỡ {gone.file} ({gone.id[:12]})."))


@app.command("list", epilog="Ví dụ: kb list --json")
def list_documents(
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="Cả các bản cũ")] = False,
) -> None:
    """Liệt kê văn bản trong kho."""
    with base(encoder=False) as library:
        records = library.documents(current_only=not every)
        if as_json:
            emit({"documents": [shapes.document(record) for record in records]})
        elif records:
            out.print(documents_table(records))
        else:
            out.print("Kho chưa có văn bản nào; hãy chạy: kb add THƯ_MỤC")


@app.command(epilog="Ví dụ: kb show 86-KH/TU --json")
def show(
    doc: Doc,
    as_json: AsJson = False,
    text: Annotated[bool, typer.Option("--text", help="In đúng toàn văn đã lưu")] = False,
) -> None:
    """Siêu dữ liệu và các đoạn của một văn bản, theo thứ tự."""
    with base(encoder=False) as library:
        record = library.document(doc)
        if text:
            sys.stdout.write(library.text(record.id))
            return
        paper = library.full(record.id)
        if as_json:
            emit(shapes.show(record, paper, library.relations(record.id)))
            return
        out.print(documents_table([record]))
        for line in force_lines(record, paper):
            out.print(line)
        for warning in (*labels(record.metadata), *record.warnings, *paper.repairs):
            out.print(Text(f"! {warning}", style="yellow"))
        for passage in paper.passages:
            style = "bold" if passage.is_heading else "" if passage.searchable else "dim"
            line = Text("  " * passage.level)
            line.append(f"[{passage.locator}] ", "cyan")
            line.append(f"{passage.label + ' ' if passage.label else ''}{paper.slice(passage)}", style)
            out.print(line)


@app.command(epilog="Ví dụ: kb relations 142/KH-UBND --json")
def relations(doc: Doc, as_json: AsJson = False) -> None:
    """Những văn bản mà một văn bản nhắc tới, và chúng là văn bản nào trong kho."""
    with base(encoder=False) as library:
        record = library.document(doc)
        found = library.relations(record.id)
        if as_json:
            emit(shapes.relations(record, library.text(record.id), found))
            return
        for line in relations_lines(found):
            out.print(line)


def main() -> None:
    """The console script: a known error is one sentence on standard error, or JSON where that was asked for."""
    try:
        code = app(standalone_mode=False)
    except KbError as error:
        code = _fail(error, 2 if isinstance(error, UsageError) else 1)
    except typer.Abort:
        code = 130
    except TyperException as error:
        said = error.format_message() if hasattr(error, "format_message") else str(error)
        code = _fail(UsageError(f"Sai cách gọi: {said} Xem: kb --help"), 2)
    except BrokenPipeError:  # `kb list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _fail(error: KbError, code: int) -> int:
    if "--json" in sys.argv:
        emit(shapes.failure(error))
    else:
        err.print(Text(error.message, style="red"))
    return code
