"""Repair of a paragraph made of runs, each with its own font (a document may mix old fonts and Unicode)."""

from itertools import groupby

from ingest.legacy.detect import of_font, of_text
from ingest.legacy.tables import convert
from ingest.vietnamese import nfc


class Runs:
    """Runs of one paragraph in order; neighbours of one encoding are converted together, since VNI writes two signs a letter."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, tuple[str, bool] | None]] = []

    def add(self, text: str, font: str | None) -> None:
        """Text in a font whose name may tell its encoding."""
        if text:
            self._runs.append((text, of_font(font)))

    def mended(self) -> tuple[str, frozenset[str]]:
        """The paragraph in Unicode NFC, and the names of the encodings that were repaired in it."""
        parts: list[str] = []
        used: set[str] = set()
        for encoding, group in groupby(self._runs, key=lambda run: run[1]):
            text = "".join(piece for piece, _ in group)
            name, upper = encoding or (of_text(text), False)
            # Some files keep the old font's name on text that was already converted.
            if name is None or not _looks_legacy(text):
                parts.append(nfc(text).upper() if upper and _looks_plain(text) else nfc(text))
                continue
            parts.append(convert(text, name, upper=upper))
            used.add(name)
        return nfc("".join(parts)), frozenset(used)


def _looks_legacy(text: str) -> bool:
    return any("\u0080" <= char <= "\u00ff" or char in "\u2212\u2219\u03bc" for char in text) and not any(
        "\u1ea0" <= char <= "\u1ef9" or char in "ăĂđĐơƠưƯ" for char in text
    )


def _looks_plain(text: str) -> bool:
    return text.isascii()
