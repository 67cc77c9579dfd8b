"""Prints how well metadata is read from real papers: `python -m tests.measure_metadata [labels.jsonl]`."""

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

from ingest.document import Metadata
from ingest.errors import ReadError
from ingest.pipeline import ingest

PAPERS = Path(__file__).parents[2] / "shared" / "data" / "papers"
FIELDS = ("symbol", "kind", "issuer", "place", "date", "title", "signer_role")


def _key(value: object) -> str | None:
    """The form in which a value is compared: NFC, case-folded, blanks collapsed, quotation marks alike."""
    if value is None:
        return None
    text = unicodedata.normalize("NFC", str(value)).translate(str.maketrans("“”‘’–—", "\"\"''--")).casefold()
    return " ".join(text.split())


def _symbol(value: object) -> str | None:
    key = _key(value)
    return key.lstrip("0") if key else None


def wanted(label: dict[str, Any], field: str) -> set[str | None]:
    """Every value that counts as right for `field`."""
    make = _symbol if field == "symbol" else _key
    return {make(label[field]), *(make(other) for other in label.get(f"{field}_alt", []))}


def right(label: dict[str, Any], found: Metadata, field: str) -> bool:
    """Whether the field was read as the label has it."""
    make = _symbol if field == "symbol" else _key
    return make(getattr(found, field)) in wanted(label, field)


def measure(
    labels: list[dict[str, Any]],
) -> tuple[dict[str, list[int]], list[tuple[str, str, object, object]], list[str]]:
    """Hits and totals by field, what was wrong (file, field, wanted, found), and the files that could not be read."""
    table = {field: [0, 0] for field in FIELDS}
    wrong: list[tuple[str, str, object, object]] = []
    failed: list[str] = []
    for label in labels:
        path = PAPERS / label["file"]
        try:
            found = ingest(path.read_bytes(), path.name).metadata
        except ReadError as error:
            failed.append(f"{label['file']}: {error.code}")
            continue
        for field in FIELDS:
            table[field][1] += 1
            if right(label, found, field):
                table[field][0] += 1
            else:
                wrong.append((label["file"], field, label[field], getattr(found, field)))
    return table, wrong, failed


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAPERS / "meta.dev.jsonl"
    labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    table, wrong, failed = measure(labels)
    for row in wrong:
        print(*row, sep=" | ")  # noqa: T201
    print("could not be read:", failed)  # noqa: T201
    for field, (hits, total) in table.items():
        print(f"{field:12} {hits:3}/{total:3}  {hits / max(total, 1):.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
