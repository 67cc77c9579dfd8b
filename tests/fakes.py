"""Stand-ins that tests hand over: an encoder without a model, papers without a file, a Tesseract that reads nothing."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.document import Document, Kind, Metadata, Passage, Reference, Role, Span
from ingest.vietnamese import tokens


class FakeEncoder:
    """Unit vectors from hashed folded syllables: texts that share words are near, the same everywhere and always."""

    def __init__(self, fingerprint: str = "fake-1", dimensions: int = 64) -> None:
        self.name = "fake"
        self.fingerprint = fingerprint
        self.dimensions = dimensions
        self.made = 0
        """How many texts it has embedded."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.made += len(texts)
        return self._rows(texts)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._rows(texts)

    def _rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for token in tokens(text):
                digest = hashlib.blake2b(f"{self.fingerprint}{token.folded}".encode(), digest_size=4).digest()
                row[int.from_bytes(digest, "big") % self.dimensions] += 1
            row[0] += 0.01  # a text without words has a direction too
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def tesseract(patch: pytest.MonkeyPatch, folder: Path, hocr: str, *, seconds: float = 0.0) -> None:
    """A program of that name, alone on the path, that answers every image with `hocr` after a while. It writes how it
    was called to `folder`/calls.
    """
    (folder / "answer").write_text(hocr, "utf-8")
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        f'echo "$@" >> "{folder}/calls"\n'
        'if [ "$1" = --list-langs ]; then echo vie; exit; fi\n'
        f"/bin/cat > /dev/null; {f'exec /bin/sleep {seconds}' if seconds else ''}\n"
        f'exec /bin/cat "{folder}/answer"\n'
    )
    program.chmod(0o755)
    patch.setenv("PATH", str(folder))


def paper(
    *lines: str,
    file: str = "ke-hoach.txt",
    symbol: str | None = None,
    kind: str | None = "Kế hoạch",
    title: str | None = None,
    issuer: str | None = None,
    authority: str | None = None,
    dated: date | None = None,
    references: Sequence[Reference] = (),
    role: Role = Role.TASK,
    heading: str = "I. NHIỆM VỤ",
) -> tuple[Document, bytes]:
    """A document with one heading and a dash passage for each line, and its source bytes."""
    text = "\n".join((heading, *lines)) + "\n"
    source = f"{file}\0{symbol}\0{text}".encode()
    passages = [
        Passage("I", Kind.SECTION, Role.OTHER, "I.", 3, len(heading), Span(0, len(text)), 0, None, is_heading=True)
    ]
    start = len(heading) + 1
    for number, line in enumerate(lines, 1):
        end = start + len(line)
        passages.append(
            Passage(
                f"I/g{number}", Kind.DASH, role, "-", start, end, Span(start, end), 1, "I",
                heading=(heading,), spans=(Span(start, end),),
            )
        )  # fmt: skip
        start = end + 1
    metadata = Metadata(symbol=symbol, kind=kind, issuer=issuer, authority=authority, date=dated, title=title)
    identity = hashlib.sha256(source).hexdigest()
    return (
        Document(identity, file, "txt", text, metadata, tuple(passages), references=tuple(references)),
        source,
    )
