# ruff: noqa: T201
"""Recognition on the real papers beside the repository: `python -m tests.measure_ocr`.

Character error rate (edits / characters of the truth; NFC, white space collapsed), with marks and without, the share
of words missed, and pages per second. Two kinds of truth: the transcripts of papers that are page images (they carry
damage of their own, so that a perfect reading would not agree with them either), and the text of born-digital pages
that are drawn, blurred, turned a little and saved as a scanner does.
"""

import io
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from ingest.readers import read
from ingest.readers.ocr import Recogniser
from ingest.vietnamese import fold, nfc

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "papers" / "pdf"
SCANNED = ("44-2026-qd-ubnd-main", "2944-2026-qd-ubnd")
DRAWN = (
    ("226-2025-nd-cp", 3),
    ("226-2025-nd-cp", 9),
    ("50-2026-nd-cp", 2),
    ("50-2026-nd-cp", 7),
    ("71-2024-nd-cp", 5),
    ("99-2022-nd-cp-part-1", 4),
)


def error_rate(found: str, truth: str) -> float:
    """Levenshtein distance over the length of the truth."""
    found, truth = " ".join(nfc(found).split()), " ".join(nfc(truth).split())
    codes = np.array([ord(char) for char in truth])
    before = np.arange(len(truth) + 1)
    steps = np.arange(len(truth) + 1)
    for row, char in enumerate(found, start=1):
        best = np.minimum(before[:-1] + (codes != ord(char)), before[1:] + 1)
        # A run of insertions: the least of what stands to the left, one more for each step.
        before = np.minimum.accumulate(np.concatenate([[row], best]) - steps) + steps
    return float(before[-1] / max(1, len(truth)))


def missed(found: str, truth: str) -> float:
    """Share of the truth's words that were not found anywhere: blind to the order, in which tables are read."""
    wanted = Counter(truth.split())
    return 1 - (wanted & Counter(found.split())).total() / max(1, wanted.total())


def scanned() -> Iterator[tuple[str, bytes, str, str]]:
    """Name, file, its suffix, truth of each page image that has a transcript."""
    for name in SCANNED:
        truth = re.sub(r"\[\[SOURCE[^\]]*\]\]", " ", (FOLDER / f"{name}.transcript.txt").read_text("utf-8"))
        yield name, (FOLDER / f"{name}.pdf").read_bytes(), "pdf", truth


def drawn(dpi: int = 200) -> Iterator[tuple[str, bytes, str, str]]:
    """The same of born-digital pages, made to look scanned; the truth is their text layer, running heads and all."""
    chance = np.random.default_rng(1)
    for name, index in DRAWN:
        data = (FOLDER / f"{name}.pdf").read_bytes()
        page = pdfium.PdfDocument(data)[index]
        image = page.render(scale=dpi / 72, grayscale=True).to_pil()
        image = image.rotate(chance.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)), float)
        grey = grey * 0.8 + 30 + chance.normal(0, 14, grey.shape)
        buffer = io.BytesIO()
        Image.fromarray(np.clip(grey, 0, 255).astype("uint8")).save(buffer, "JPEG", quality=60, dpi=(dpi, dpi))
        yield f"{name} page {index + 1}, drawn", buffer.getvalue(), "jpg", page.get_textpage().get_text_range()


def main() -> None:
    """Prints the table."""
    for kind in (scanned, drawn):
        rates = []
        for name, data, suffix, truth in kind():
            started = time.perf_counter()
            reading = read(data, f"a.{suffix}", recogniser=Recogniser())
            seconds = time.perf_counter() - started
            found, truth = nfc(reading.text), nfc(truth)  # noqa: PLW2901
            rates.append((error_rate(found, truth), error_rate(fold(found), fold(truth)), missed(found, truth)))
            quality = [page.quality for page in reading.pages if page.quality is not None]
            print(
                "{:.4f}  without marks {:.4f}  words missed {:.4f}  ".format(*rates[-1])
                + f"{len(reading.pages) / seconds:.2f} pages/s  "
                f"quality {np.mean(quality):.3f}  {name}",
                flush=True,
            )
        print(f"{kind.__name__}: mean {np.mean(rates, axis=0).round(4).tolist()}")


if __name__ == "__main__":
    main()
