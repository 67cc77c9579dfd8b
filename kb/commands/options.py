"""What the commands share: common arguments, and opening the base the environment names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer

from kb.errors import UsageError
from kb.library import Library
from kb.model import Filters, Validity
from kb.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON, cho chương trình khác")]
Doc = Annotated[str, typer.Argument(help="Mã văn bản (hoặc phần đầu), tên tệp, hoặc số ký hiệu")]
Limit = Annotated[int, typer.Option("-k", min=1, max=1000, help="Số đoạn")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Loại văn bản, ví dụ “Kế hoạch”")]
Issuers = Annotated[list[str] | None, typer.Option("--issuer", help="Cơ quan ban hành, ví dụ “UBND tỉnh”")]
Years = Annotated[list[int] | None, typer.Option("--year", help="Năm ban hành")]
Inside = Annotated[list[str] | None, typer.Option("--in", help="Chỉ trong văn bản này")]
Statuses = Annotated[
    list[Validity] | None, typer.Option("--status", help="Chỉ văn bản có tình trạng này, ví dụ in_force, replaced")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="NGÀY", help="Văn bản ban hành đến hết ngày này, hiệu lực như khi đó: 2025-06-30"),
]


@contextmanager
def base(*, encoder: bool = True, owner: bool = False) -> Iterator[Library]:
    """The base that `--home` or KB_HOME names. `owner` asks to keep its indexes; `encoder=False` saves loading one."""
    with Library.open(Settings.from_environment(), encoder="default" if encoder else None, owner=owner) as library:
        yield library


def filters(
    library: Library,
    kinds: list[str] | None,
    issuers: list[str] | None,
    years: list[int] | None,
    inside: list[str] | None,
    as_of: str | None,
    status: list[Validity] | None,
) -> Filters:
    """The limits of a search. Raises `UsageError` for a date that is none, `NotFound` for an unknown document."""
    return Filters(
        kinds=tuple(kinds or ()),
        issuers=tuple(issuers or ()),
        years=tuple(years or ()),
        documents=tuple(library.document(ref).id for ref in inside or ()),
        as_of=_day(as_of) if as_of else None,
        validity=tuple(each.value for each in status or ()),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{text}” không phải là ngày; hãy viết như 2025-06-30.") from error
