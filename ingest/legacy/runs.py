"""Repair of a paragraph made of runs, each with its own font (a document may mix old fonts and Unicode)."""

from itertools import groupby

from ingest.legacy.detect import is_unicode, of_font, of_text, share_valid
from ingest.legacy.tables import TCVN3_NAME, VNI_NAME, convert
from ingest.vietnamese import nfc


class Runs:
    """Runs of one paragraph in order. Neighbours of one encoding are converted together: VNI writes two signs a letter.

    Letters keep the case they were typed in; a font that draws them as capitals is told by `caps`.
    """

    def __init__(self, usual: str | None = None) -> None:
        """`usual` is the encoding of the rest of the document, for words too few to tell their own."""
        self._usual = usual
        self._runs: list[tuple[str, tuple[str, bool] | None]] = []

    def add(self, text: str, font: str | None) -> None:
        """Text in a font whose name may tell its encoding."""
        if text:
            self._runs.append((text, of_font(font)))

    @property
    def caps(self) -> bool:
        """Whether every word is set in a font that draws capitals for small letters."""
        words = [encoding for text, encoding in self._runs if any(map(str.isalpha, text))]
        return bool(words) and all(encoding is not None and encoding[1] for encoding in words)

    def mended(self) -> tuple[str, frozenset[str]]:
        """The paragraph in Unicode NFC, and the names of the encodings that were repaired in it."""
        parts: list[str] = []
        used: set[str] = set()
        for encoding, group in groupby(self._runs, key=lambda run: run[1] and run[1][0]):
            text = "".join(piece for piece, _ in group)
            name = encoding or of_text(text) or (self._usual if _would_read(text, self._usual) else None)
            # Some files keep the old font's name on text that was already converted.
            if name is None or not _looks_legacy(text):
                parts.append(nfc(text))
                continue
            name = _checked(text, name)
            parts.append(convert(text, name))
            used.add(name)
        return nfc("".join(parts)), frozenset(used)


def _looks_legacy(text: str) -> bool:
    return any("\u0080" <= char <= "\u00ff" or char in "\u2212\u2219\u03bc" for char in text) and not is_unicode(text)


def _would_read(text: str, encoding: str | None) -> bool:
    """Whether `encoding` turns every marked word of a few into a syllable."""
    return (
        encoding is not None
        and not is_unicode(text)
        and share_valid(convert(text, encoding)) > max(0.6, share_valid(text))
    )


def _checked(text: str, name: str) -> str:
    """The encoding the words speak for where the font's name is wrong (sections pasted under another font)."""
    if share_valid(convert(text, name)) >= 0.7:
        return name
    other = VNI_NAME if name == TCVN3_NAME else TCVN3_NAME
    return other if share_valid(convert(text, other)) >= 0.9 else name
