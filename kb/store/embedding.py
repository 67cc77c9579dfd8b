"""Passages to vectors: what is embedded, the cache in the catalog, and making what is missing."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.document import Document, Passage
from kb.catalog import Catalog, content_key
from kb.store.database import Database

if TYPE_CHECKING:
    from kb.embed import Encoder

_TITLE = 120  # characters of it
_CHARACTERS = 2_000  # beyond what the encoder reads
_BATCH = 256
Progress = Callable[[int, int], None]


def embedding_text(passage: Passage, text: str, title: str | None) -> str:
    """What stands for a passage of a document's `text`: its own words, its nearest heading and the paper's title.

    The title comes last, so that a long passage is read rather than its title. Measured on the sample questions: hit@3
    without marks .96 → 1.0, English .69 → .77, against the two nearest headings before the passage and no title.
    """
    own = text[passage.start : passage.end]
    return "\n".join((own[:_CHARACTERS], *passage.heading[-1:], (title or "")[:_TITLE])).rstrip()


def embedding_texts(document: Document) -> list[str | None]:
    """Of each passage, in order; None for what is not searched."""
    title = document.metadata.title
    return [embedding_text(each, document.text, title) if each.searchable else None for each in document.passages]


def embedding_keys(document: Document) -> list[bytes | None]:
    """The cache key of each passage, in order; None for what is not searched."""
    return [None if text is None else content_key(text) for text in embedding_texts(document)]


def encoder_number(database: Database, encoder: "Encoder") -> int:
    """The number under which the catalog keeps this encoder's vectors."""
    find = "SELECT number FROM encoders WHERE fingerprint = ?"
    found = database.connection.execute(find, (encoder.fingerprint,)).fetchone()
    if found is None:
        with database.write() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO encoders (fingerprint, name, dimensions) VALUES (?, ?, ?)",
                (encoder.fingerprint, encoder.name, encoder.dimensions),
            )
        found = database.connection.execute(find, (encoder.fingerprint,)).fetchone()
    return int(found[0])


def embed(database: Database, encoder: "Encoder", number: int, wanted: dict[bytes, str]) -> int:
    """Makes and caches the vectors of those texts, by key, that the cache lacks. Returns how many it made."""
    missing = [key for key in wanted if not _cached(database, number, key)]
    for start in range(0, len(missing), _BATCH):
        some = missing[start : start + _BATCH]
        _keep(database, number, some, encoder.passages([wanted[key] for key in some]))
    return len(missing)


def embed_missing(database: Database, encoder: "Encoder", number: int, progress: Progress | None = None) -> int:
    """Embeds every current passage that this encoder has not seen (after a change of encoder). Returns how many.

    The catalog's count of such rounds grows once all is done, so that the vector indexes are built again.
    """
    rows = database.connection.execute(
        "SELECT p.key, min(p.number) FROM passages p JOIN documents d ON d.number = p.document"
        " WHERE d.current AND p.searchable AND NOT EXISTS"
        " (SELECT 1 FROM embeddings e WHERE e.encoder = ? AND e.key = p.key) GROUP BY p.key ORDER BY 2",
        (number,),
    ).fetchall()
    if not rows:
        return 0
    for start in range(0, len(rows), _BATCH):
        some = rows[start : start + _BATCH]
        texts = _texts(database, [passage for _, passage in some])
        _keep(database, number, [key for key, _ in some], encoder.passages(texts))
        if progress:
            progress(min(start + _BATCH, len(rows)), len(rows))
    with database.write() as connection:
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'embedded'")
    return len(rows)


def _texts(database: Database, numbers: Sequence[int]) -> list[str]:
    catalog = Catalog(database)
    found = catalog.numbered(numbers)
    papers = {each.document for each in found.values()}
    texts = {paper: (catalog.text(paper), catalog.documents("number = ?", (paper,))[0]) for paper in papers}
    result = []
    for number in numbers:
        text, stored = texts[found[number].document]
        result.append(embedding_text(found[number].passage, text, stored.record.metadata.title))
    return result


def _cached(database: Database, number: int, key: bytes) -> bool:
    return (
        database.connection.execute("SELECT 1 FROM embeddings WHERE encoder = ? AND key = ?", (number, key)).fetchone()
        is not None
    )


def _keep(database: Database, number: int, keys: Sequence[bytes], rows: NDArray[np.float32]) -> None:
    with database.write() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO embeddings (encoder, key, vector) VALUES (?, ?, ?)",
            (
                (number, key, np.ascontiguousarray(row, np.float32).tobytes())
                for key, row in zip(keys, rows, strict=True)
            ),
        )
