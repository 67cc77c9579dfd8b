"""`kb search`, `ask`, `batch`, `eval` and `embed`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Literal

import typer
from rich.text import Text

from kb import shapes
from kb.commands import options
from kb.commands.options import AsJson, base
from kb.commands.output import answer_lines, emit, notice, out, progress, results_lines
from kb.errors import EncoderError, UsageError

Question = Annotated[str, typer.Argument(help="Câu hỏi: tiếng Việt, không dấu, hoặc tiếng Anh")]
Questions = Annotated[Path, typer.Argument(help="Tệp JSONL, mỗi dòng có id và question")]


def register(app: typer.Typer) -> None:
    """Adds these commands to `kb`."""
    app.command(epilog='Ví dụ: kb search "nhiệm vụ nào về phân bón sinh học?" --kind "Kế hoạch" --year 2023')(search)
    app.command(epilog='Ví dụ: kb ask "which tasks cover biological fertilizers?"')(ask)
    app.command(epilog="Ví dụ: kb batch cau-hoi.jsonl -k 10 -o ket-qua.jsonl")(batch)
    app.command("eval", epilog="Ví dụ: kb eval cau-hoi.jsonl --json")(evaluate)
    app.command(epilog="Ví dụ: kb embed dong.txt -o dong.npy --as query")(embed)


def search(  # noqa: PLR0917 - typer names every one of them
    question: Question,
    k: options.Limit = 10,
    kind: options.Kinds = None,
    issuer: options.Issuers = None,
    year: options.Years = None,
    inside: options.Inside = None,
    as_of: options.AsOf = None,
    status: options.Statuses = None,
    explain: Annotated[bool, typer.Option("--explain", help="Câu hỏi được hiểu thế nào, vì sao có đoạn này")] = False,
    as_json: AsJson = False,
) -> None:
    """Các đoạn đúng nhất với câu hỏi, xếp hạng."""
    from kb.answer import named  # noqa: PLC0415 - their tables are loaded only by those who search
    from kb.search import search as find  # noqa: PLC0415

    _asked(question)
    with base() as library:
        limits = options.filters(library, kind, issuer, year, inside, as_of, status)
        found = find(library, question, k=k, filters=limits)
        if as_json:
            emit(shapes.results(found))
            return
        notice(library)
        if explain:
            out.print(Text(json.dumps(shapes.plan(found.plan), ensure_ascii=False, indent=2), style="cyan"))
        for line in results_lines(found, named(library, found.plan), explain=explain):
            out.print(line)


def ask(
    question: Question,
    kind: options.Kinds = None,
    issuer: options.Issuers = None,
    year: options.Years = None,
    inside: options.Inside = None,
    as_of: options.AsOf = None,
    status: options.Statuses = None,
    as_json: AsJson = False,
) -> None:
    """Câu trả lời đầy đủ: mọi đoạn khớp, theo từng văn bản, có đếm."""
    from kb.answer import answer  # noqa: PLC0415 - as above

    _asked(question)
    with base() as library:
        found = answer(library, question, filters=options.filters(library, kind, issuer, year, inside, as_of, status))
        if as_json:
            emit(shapes.answer(found))
            return
        notice(library)
        for line in answer_lines(found):
            out.print(line)


def _asked(question: str) -> None:
    if not question.strip():
        raise UsageError("Hãy viết câu hỏi.")


def batch(
    questions: Questions,
    k: options.Limit = 10,
    output: Annotated[Path | None, typer.Option("-o", help="Tệp kết quả JSONL (mặc định: màn hình)")] = None,
    as_json: AsJson = False,
) -> None:
    """Tìm cho nhiều câu hỏi trong một lượt; mỗi dòng ra có id và kết quả tìm."""
    from kb.search import search as find  # noqa: PLC0415 - as above

    asked = list(_questions(questions))
    with base() as library, _writing(output) as target, progress("Đang tìm", len(asked)) as bar:
        if not as_json:
            notice(library)
        for identifier, question in asked:
            found = shapes.results(find(library, question, k=k))
            target.write(json.dumps({"id": identifier} | found, ensure_ascii=False) + "\n")
            bar.advance(bar.task_ids[0])


def _questions(path: Path) -> Iterator[tuple[object, str]]:
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield row["id"], str(row["question"])
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"Dòng {number} của “{path}” không phải JSON có id và question.") from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Không đọc được “{path}” ({error}).") from error


@contextmanager
def _writing(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Không ghi được “{path}” ({error.strerror}).") from error
    with file:
        yield file


def evaluate(questions: Questions, as_json: AsJson = False) -> None:
    """Chất lượng tìm kiếm trên câu hỏi đã có đáp án, theo ngôn ngữ."""
    from kb.commands.report import as_json as figures  # noqa: PLC0415
    from kb.commands.report import table  # noqa: PLC0415
    from kb.evaluate import evaluate as judge  # noqa: PLC0415 - as above
    from kb.evaluate import read_questions  # noqa: PLC0415

    asked = read_questions(questions)
    with base() as library:
        report = judge(library, asked)
        if as_json:
            emit(figures(report))
            return
        notice(library)
        out.print(table(report))


def embed(
    lines: Annotated[Path, typer.Argument(help="Tệp văn bản, mỗi dòng một câu")],
    output: Annotated[Path, typer.Option("-o", help="Tệp .npy: mỗi dòng một vectơ float32 độ dài 1")],
    role: Annotated[Literal["query", "passage"], typer.Option("--as", help="Câu hỏi hay đoạn văn")] = "passage",
    as_json: AsJson = False,
) -> None:
    """Vectơ của từng dòng, theo bộ mã hóa đang dùng."""
    import numpy as np  # noqa: PLC0415 - the commands that need no vectors start faster without

    from kb.embed import load_encoder  # noqa: PLC0415
    from kb.settings import Settings  # noqa: PLC0415

    encoder = load_encoder(Settings.from_environment().encoder)
    if encoder is None:
        raise EncoderError("Đang tắt bộ mã hóa (KB_ENCODER=none); hãy bỏ biến đó rồi chạy lại.")
    texts = _lines(lines)
    rows = encoder.queries(texts) if role == "query" else encoder.passages(texts)
    try:
        with output.open("wb") as file:
            np.save(file, np.ascontiguousarray(rows, np.float32))
    except OSError as error:
        raise UsageError(f"Không ghi được “{output}” ({error.strerror}).") from error
    if as_json:
        emit({"rows": len(texts), "dimensions": encoder.dimensions, "encoder": encoder.name})
