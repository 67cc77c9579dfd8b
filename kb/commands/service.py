"""`kb serve`, `run`, `doctor`, `backup` and `restore`."""

import os
import socket
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from kb import shapes
from kb.commands.options import AsJson, base
from kb.commands.output import TIER, emit, notice, out, outcome_line, progress
from kb.errors import Busy, UsageError
from kb.library import Library
from kb.model import Outcome, OutcomeStatus
from kb.settings import Settings
from kb.store.snapshot import backup as write_backup
from kb.store.snapshot import restore as read_backup

EXAMPLE = "nhiệm vụ nào về phân bón sinh học?"
Host = Annotated[str | None, typer.Option(help="Địa chỉ nghe; 0.0.0.0 cho cả cơ quan (hoặc HOST)")]
Port = Annotated[int | None, typer.Option(help="Cổng (hoặc PORT)", min=1, max=65535)]


def register(app: typer.Typer) -> None:
    """Adds these commands to `kb`."""
    app.command(epilog="Ví dụ: kb serve --host 0.0.0.0 --port 8080")(serve)
    app.command(epilog="Ví dụ: kb run corpus")(run)
    app.command(epilog="Ví dụ: kb ocr")(ocr)
    app.command(epilog="Ví dụ: kb doctor --rebuild")(doctor)
    app.command(epilog="Ví dụ: kb backup kho-2026-01.kb")(backup)
    app.command(epilog="Ví dụ: kb --home /srv/kho restore kho-2026-01.kb")(restore)


def serve(host: Host = None, port: Port = None) -> None:
    """Mở trang web."""
    settings = _settings(host, port)
    _free(settings)
    _serve(settings, EXAMPLE)


def run(
    folder: Annotated[Path, typer.Argument(help="Thư mục văn bản")] = Path("corpus"),
    host: Host = None,
    port: Port = None,
) -> None:
    """Thêm một thư mục (chỉ những gì mới) rồi mở trang web: đây là `make run`."""
    from kb.intake import add_paths, sources  # noqa: PLC0415 - the readers of every format, needed here alone

    settings = _settings(host, port)
    _free(settings)
    bad: list[Outcome] = []
    with base(owner=True) as library:
        if not library.owner:
            raise _busy()
        notice(library)
        with progress("Đang đọc văn bản", sum(1 for _ in sources(folder, settings.home))) as bar:

            def report(outcome: Outcome) -> None:
                bar.advance(bar.task_ids[0])
                if outcome.status is not OutcomeStatus.UNCHANGED:
                    bar.console.print(outcome_line(outcome))
                if outcome.status in (OutcomeStatus.FAILED, OutcomeStatus.REFUSED):
                    bad.append(outcome)

            add_paths(library, [folder], report)
        _embed(library)
        kept = len(library.documents())
    out.print(f"{kept} văn bản trong kho, {len(bad)} tệp không nhận được.")
    _serve(settings, EXAMPLE)


def ocr(
    docs: Annotated[
        list[str] | None, typer.Argument(help="Đọc lại các văn bản này; bỏ trống: những gì đang chờ")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Nhận dạng chữ trên các trang quét; trang đã đọc được giữ lại, dừng giữa chừng không mất."""
    from kb.recognition import Foreground  # noqa: PLC0415 - the readers of every format, needed here alone

    with base(owner=True) as library, progress("Nhận dạng chữ", 0) as bar:

        def report(file: str, done: int, of: int) -> None:
            bar.update(bar.task_ids[0], description=f"Nhận dạng chữ {file}", completed=done, total=of)

        records = [library.document(ref) for ref in docs] if docs else library.waiting()
        scans = Foreground(library, report)
        try:
            if records and not scans.taken:
                raise scans.refusal
            for record in records:
                outcome = scans.read(record.id)
                if as_json:
                    emit(shapes.outcome(outcome))
                else:
                    bar.console.print(outcome_line(outcome))
        finally:
            scans.close()
            library.catch_up()
    if not as_json and not records:
        out.print("Không có trang quét nào chờ nhận dạng chữ.")


def doctor(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Dựng lại chỉ mục từ dữ liệu gốc")] = False,
    as_json: AsJson = False,
) -> None:
    """Kiểm tra kho, chỉ mục, bộ mã hóa và công cụ; cho biết đang tìm ở mức nào."""
    from kb.commands.doctor import examine  # noqa: PLC0415 - keeps `kb list` quick

    with base(owner=True) as library:
        if rebuild:
            library.rebuild()
            _embed(library)
        found = examine(library)
    if as_json:
        emit(shapes.diagnosis(found))
    else:
        for check in found.checks:
            sign, style = ("✓", "green") if check.ok else ("✗", "red") if check.needed else ("–", "yellow")
            out.print(Text.assemble((f"{sign} {check.name:<14}", style), check.message))
        out.print(f"Tìm kiếm: {TIER[found.tier]}.")
    if not found.healthy:
        raise typer.Exit(1)


def backup(file: Annotated[Path, typer.Argument(help="Tệp sao lưu sẽ ghi")], as_json: AsJson = False) -> None:
    """Sao lưu cả kho vào một tệp."""
    size = write_backup(Settings.from_environment(), file)
    if as_json:
        emit({"file": str(file), "bytes": size})
    else:
        out.print(Text(f"Đã sao lưu vào {file} ({size / 1_048_576:.1f} MB)."))


def restore(file: Annotated[Path, typer.Argument(help="Tệp sao lưu")], as_json: AsJson = False) -> None:
    """Khôi phục kho từ một tệp sao lưu; kho đang có (nếu có văn bản) được giữ lại thành một tệp bên cạnh."""
    kept = read_backup(Settings.from_environment(), file)
    with base(owner=True) as library:
        count = len(library.documents())
    if as_json:
        emit({"documents": count, "kept": str(kept) if kept else None})
        return
    out.print(Text(f"Đã khôi phục {count} văn bản."))
    if kept:
        out.print(Text(f"Kho trước đó được giữ ở {kept}."))


def _settings(host: str | None, port: int | None) -> Settings:
    """The site reads its settings from the environment, so options go there first."""
    if host:
        os.environ["HOST"] = host
    if port:
        os.environ["PORT"] = str(port)
    return Settings.from_environment()


def _free(settings: Settings) -> None:
    """Raises `UsageError` where the address is taken, before any work is done."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise UsageError(
                f"Không mở được {settings.host}:{settings.port} ({error.strerror});"
                " hãy chọn cổng khác, ví dụ PORT=8080."
            ) from error


def _embed(library: Library) -> None:
    """Embeds what the encoder in use has not seen, with a bar."""
    missing = library.state().missing
    if missing and library.encoder is not None:
        with progress("Đang tính vectơ", missing) as bar:
            library.embed_missing(lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total))


def _busy() -> Busy:
    return Busy("Một tiến trình khác đang giữ kho này; hãy dừng nó trước (hoặc chọn KB_HOME khác).")


def _serve(settings: Settings, example: str) -> None:
    from kb.commands.server import serve_forever  # noqa: PLC0415 - uvicorn

    serve_forever(settings, example)
