"""What a person may call a document: its id, a prefix of it, its file's base name, or its symbol."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.vietnamese import nfc
from kb.catalog import Catalog, Stored, name_key
from kb.errors import NotFound, UsageError
from kb.store.status import symbol_key

_PREFIX = re.compile(r"[0-9a-f]{4,64}")


def find(catalog: Catalog, ref: str) -> Stored:
    """The document meant. Raises `NotFound`, or `UsageError` (code "ambiguous") listing the candidates."""
    wanted = nfc(ref).strip()
    for found in (
        with_prefix(catalog, wanted),
        _preferred(catalog.documents("name = ?", (name_key(PurePosixPath(wanted).name),))),
        _preferred(catalog.documents("symbol = ?", (symbol_key(wanted),))) if wanted else [],
        _preferred(_by_stem(catalog, wanted)) if wanted else [],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(_choice(wanted, found), "ambiguous")
    raise NotFound(f"Không có văn bản nào tên, số ký hiệu hoặc mã “{wanted}” trong kho.")


def with_prefix(catalog: Catalog, prefix: str) -> list[Stored]:
    """The documents, older versions included, whose id begins so (at least four hexadecimal digits)."""
    wanted = prefix.lower()
    if not _PREFIX.fullmatch(wanted):
        return []
    return catalog.documents("id >= ? AND id < ?", (wanted, wanted + "g"))


def _by_stem(catalog: Catalog, wanted: str) -> list[Stored]:
    """By file name without its ending, for those who leave it out."""
    escaped = re.sub(r"([\\%_])", r"\\\1", name_key(wanted))
    found = catalog.documents("name LIKE ? ESCAPE '\\'", (escaped + ".%",))
    return [each for each in found if name_key(PurePosixPath(each.record.file).stem) == name_key(wanted)]


def _preferred(found: Sequence[Stored]) -> list[Stored]:
    """The current ones; older versions only where there is no current one."""
    current = [each for each in found if each.record.current]
    return current or list(found)


def _choice(wanted: str, found: Sequence[Stored]) -> str:
    lines = "; ".join(
        f"{each.record.id[:12]} {each.record.file} ({each.record.metadata.symbol or 'không số'}, "
        f"{each.record.metadata.date or 'không ngày'})"
        for each in found
    )
    return f"“{wanted}” có thể là nhiều văn bản, hãy dùng mã: {lines}."
