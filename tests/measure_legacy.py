# ruff: noqa: T201
"""Old encodings on the real files beside the repository: `python -m tests.measure_legacy [--viparse] [PATTERN]`.

Prints, per file, the share of marked letters that come out right (METRIC.md of the set: both sides NFC, white space
collapsed, reduced to base letters and aligned; every marked letter of the truth counts), then median, mean, worst.
"""

import difflib
import statistics
import sys
import time
import unicodedata
from pathlib import Path

from ingest.errors import ReadError
from ingest.readers import read

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "papers" / "legacy"


def accuracy(text: str, truth: str) -> float:
    """`diacritic_accuracy` of METRIC.md."""
    got, want = (" ".join(unicodedata.normalize("NFC", side).split()) for side in (text, truth))
    got_bases, want_bases = "".join(map(_base, got)), "".join(map(_base, want))
    marked = [_base(char) != char for char in want]
    right = 0
    for a, b, size in _blocks(got_bases, want_bases):
        right += sum(marked[b + step] and got[a + step] == want[b + step] for step in range(size))
    return right / max(1, sum(marked))


def _base(char: str) -> str:
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    bare = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
    return bare[:1] or char


def _blocks(got: str, want: str) -> list[tuple[int, int, int]]:
    """Matching blocks; long texts are aligned by words first, which difflib can do in reasonable time."""
    if len(want) < 4000:
        return [
            tuple(block) for block in difflib.SequenceMatcher(None, got, want, autojunk=False).get_matching_blocks()
        ]
    a, b = _words(got), _words(want)
    matcher = difflib.SequenceMatcher(None, [got[s:e] for s, e in a], [want[s:e] for s, e in b], autojunk=False)
    blocks = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 == i2 or j1 == j2:
            continue
        (gs, ge), (ws, we) = (a[i1][0], a[i2 - 1][1]), (b[j1][0], b[j2 - 1][1])
        if tag == "equal":
            blocks.extend((a[i1 + k][0], b[j1 + k][0], a[i1 + k][1] - a[i1 + k][0]) for k in range(i2 - i1))
        else:
            inner = difflib.SequenceMatcher(None, got[gs:ge], want[ws:we], autojunk=False).get_matching_blocks()
            blocks.extend((gs + x, ws + y, size) for x, y, size in inner)
    return blocks


def _words(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for word in text.split(" "):
        spans.append((start, start + len(word)))
        start += len(word) + 1
    return spans


def main() -> None:
    """Prints the table."""
    patterns = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    compare = "--viparse" in sys.argv
    rows = []
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in (".txt", ".md") or (patterns and not any(pattern in path.name for pattern in patterns)):
            continue
        truth = (FOLDER / (path.name + ".truth.txt")).read_text(encoding="utf-8")
        started = time.perf_counter()
        try:
            reading = read(path.read_bytes(), path.name)
            ours, note = accuracy(reading.text, truth), "; ".join(reading.repairs)
        except ReadError as error:
            ours, note = 0.0, error.reason
        seconds = time.perf_counter() - started
        theirs, trouble = _viparse(path, truth) if compare else (float("nan"), "")
        rows.append((path.name, ours, theirs))
        print(f"{ours:.4f} {theirs:.4f} {seconds:6.1f}s {path.name}  {note}{trouble}", flush=True)
    real = [row for row in rows if not row[0].startswith("synthetic")]
    for name, column in (("ours", 1), ("viparse", 2)):
        values = [row[column] for row in real]
        print(
            f"{name}: {len(values)} real files, median {statistics.median(values):.4f}, "
            f"mean {statistics.mean(values):.4f}, worst {min(values):.4f}, under .90: {sum(v < 0.9 for v in values)}"
        )


def _viparse(path: Path, truth: str) -> tuple[float, str]:
    """Its accuracy, and why it could not open the file; for XLS and PDF it wants `viparse[office,pdf]`."""
    import viparse

    try:
        return accuracy("\n".join(part.text for part in viparse.load(str(path))), truth), ""
    except viparse.ViparseError as error:
        return 0.0, f" (viparse: {error})"


if __name__ == "__main__":
    main()
