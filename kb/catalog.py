"""The catalog: documents, versions, passages, mentions and originals in SQLite, and the shapes of their rows."""

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from sqlite3 import Connection, Row

from ingest.document import Alias, Box, Document, Metadata, Page, Passage, Reference
from ingest.vietnamese import nfc
from kb.model import DocumentRecord
from kb.store import codec
from kb.store.database import Database
from kb.store.force import Known, on
from kb.store.status import symbol_key

_CARD = "number, id, file, version, current, added, passages, card, status"
_MANY = 500  # bound variables in one statement


@dataclass(frozen=True, slots=True)
class Card:
    """What a list of documents shows, beside the columns it is searched by."""

    format: str
    metadata: Metadata
    pages: int | None = None
    quality: float | None = None
    searchable: bool = True
    warnings: tuple[str, ...] = ()
    waiting: int = 0
    recognised: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """What only `full` needs."""

    pages: tuple[Page, ...] = ()
    aliases: tuple[Alias, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A document's row: its number (the key of everything else), its record, and what its status rests on."""

    number: int
    record: DocumentRecord
    known: Known  # of its force, from which the record's status of the day follows


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage's row."""

    number: int
    document: int
    passage: Passage


class Catalog:
    """Reads of the truth. Writes go through a `Connection` inside `Database.write`: see the functions below."""

    def __init__(self, database: Database, today: Callable[[], date] = date.today) -> None:
        """`today` gives the day on which statuses are to be right."""
        self.database = database
        self.today = today

    @property
    def generation(self) -> int:
        """Grows by one whenever a document becomes visible or goes."""
        return int(self._one("SELECT value FROM meta WHERE key = 'generation'", ())[0])

    @property
    def embedded(self) -> int:
        """Grows by one whenever documents that were already visible got vectors."""
        return int(self._one("SELECT value FROM meta WHERE key = 'embedded'", ())[0])

    @property
    def rules(self) -> int:
        """Which version of the rules on a paper's force has read the documents (`ingest.effect.VERSION`)."""
        found = self._one("SELECT max(value) FROM meta WHERE key = 'rules'", ())[0]
        return int(found or 0)

    def documents(self, where: str = "1", values: Sequence[object] = (), day: date | None = None) -> list[Stored]:
        """Documents in the order they came, with their statuses of `day`, or today's; `where` is SQL over the table's
        columns.
        """
        rows = self.database.connection.execute(
            f"SELECT {_CARD} FROM documents WHERE {where} ORDER BY number", tuple(values)
        )
        day = day or self.today()
        return [_stored(row, day) for row in rows]

    def text(self, number: int) -> str:
        """The stored text of a document."""
        return zlib.decompress(self._one("SELECT text FROM documents WHERE number = ?", (number,))[0]).decode()

    def pages(self, number: int) -> tuple[Page, ...]:
        """The pages of a document; none for a format without."""
        return codec.unpack(Rest, self._one("SELECT rest FROM documents WHERE number = ?", (number,))[0]).pages

    def source(self, document_id: str) -> bytes:
        """The original file."""
        return zlib.decompress(self._one("SELECT packed FROM sources WHERE id = ?", (document_id,))[0])

    def passages(self, document: int) -> list[StoredPassage]:
        """All of a document's passages in document order, headings and frame included."""
        rows = self.database.connection.execute(
            "SELECT number, document, body FROM passages WHERE document = ? ORDER BY number", (document,)
        )
        return [_passage(row) for row in rows]

    def passage(self, document: int, anchor: str) -> StoredPassage | None:
        """The passage of a document with that locator (written with - for /), if there is one."""
        row = self.database.connection.execute(
            "SELECT number, document, body FROM passages WHERE document = ? AND anchor = ?", (document, anchor)
        ).fetchone()
        return None if row is None else _passage(row)

    def points(self, number: int, above: str) -> int:
        """How many passages of the document of passage `number` stand directly under the locator `above`."""
        first = f"{anchor(above)}-"
        rows = self.database.connection.execute(
            "SELECT anchor FROM passages WHERE document = (SELECT document FROM passages WHERE number = ?)"
            " AND anchor >= ? AND anchor < ? AND searchable",
            (number, first, f"{first[:-1]}."),
        )
        return sum("-" not in found[len(first) :] for (found,) in rows)

    def numbered(self, numbers: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages with these numbers, by number; a number that is gone is absent."""
        found: dict[int, StoredPassage] = {}
        for some in _chunks(numbers):
            marks = ",".join("?" * len(some))
            rows = self.database.connection.execute(
                f"SELECT number, document, body FROM passages WHERE number IN ({marks})", some
            )
            found.update((row[0], _passage(row)) for row in rows)
        return found

    def symbols(self) -> list[str]:
        """The distinct symbols that current documents mention, as printed."""
        rows = self.database.connection.execute(
            "SELECT DISTINCT json_extract(m.body, '$.symbol') AS printed FROM mentions m"
            " JOIN documents d ON d.number = m.document WHERE d.current AND m.symbol IS NOT NULL"
        )
        return [str(row[0]) for row in rows if row[0]]

    def mentions(self, document: int) -> tuple[Reference, ...]:
        """The references of a document, in its order."""
        rows = self.database.connection.execute(
            "SELECT body FROM mentions WHERE document = ? ORDER BY rowid", (document,)
        )
        return tuple(codec.loads(Reference, body) for (body,) in rows)

    def full(self, stored: Stored) -> Document:
        """Everything that ingest produced, equal to what was put in."""
        rest, boxes = self._one("SELECT rest, boxes FROM documents WHERE number = ?", (stored.number,))
        more = codec.unpack(Rest, rest)
        record = stored.record
        return Document(
            id=record.id,
            file=record.file,
            format=record.format,
            text=self.text(stored.number),
            metadata=record.metadata,
            passages=tuple(found.passage for found in self.passages(stored.number)),
            pages=more.pages,
            boxes=() if boxes is None else codec.unpack(tuple[Box, ...], boxes),
            references=self.mentions(stored.number),
            aliases=more.aliases,
            repairs=more.repairs,
            warnings=record.warnings,
            quality=record.quality,
        )

    def _one(self, statement: str, values: tuple[object, ...]) -> Row | tuple[bytes, ...]:
        found: tuple[bytes, ...] = self.database.connection.execute(statement, values).fetchone()
        return found


def name_key(file: str) -> str:
    """The base name as versions compare it: Unicode form and letter case do not make another file."""
    return nfc(file).casefold()


def anchor(locator: str) -> str:
    """A locator as it stands in a permalink."""
    return locator.replace("/", "-")


def bump(connection: Connection) -> int:
    """The next generation."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    return int(connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])


def insert(
    connection: Connection, document: Document, source: bytes, keys: Sequence[bytes | None], version: int
) -> int:
    """Writes a new, current document with its passages; `keys` are its passages' embedding keys. Returns its number."""
    connection.execute(
        "INSERT OR IGNORE INTO sources (id, size, packed) VALUES (?, ?, ?)",
        (document.id, len(source), zlib.compress(source, 6)),
    )
    searchable = sum(passage.searchable for passage in document.passages)
    cursor = connection.execute(
        "INSERT INTO documents"
        " (id, file, name, symbol, version, current, changed, added, passages, card, rest, boxes, text)"
        " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            document.file,
            name_key(document.file),
            symbol_key(document.metadata.symbol) if document.metadata.symbol else None,
            version,
            bump(connection),
            datetime.now(UTC).isoformat(timespec="seconds"),
            searchable,
            codec.dumps(_card(document, searchable)),
            codec.pack(Rest(document.pages, document.aliases, document.repairs)),
            codec.pack(document.boxes) if document.boxes else None,
            zlib.compress(document.text.encode()),
        ),
    )
    number = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO passages (document, anchor, role, searchable, key, body) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, anchor(each.locator), each.role.value, each.searchable, key, codec.dumps(each))
            for each, key in zip(document.passages, keys, strict=True)
        ),
    )
    connection.executemany(
        "INSERT INTO mentions (document, symbol, verb, body) VALUES (?, ?, ?, ?)",
        (
            (number, symbol_key(each.symbol) if each.symbol else None, each.verb, codec.dumps(each))
            for each in document.references
        ),
    )
    return number


def show(connection: Connection, number: int, *, current: bool, version: int | None = None) -> None:
    """Makes a stored document the current one of its name, or an older one."""
    connection.execute(
        "UPDATE documents SET current = ?, changed = ?, version = coalesce(?, version) WHERE number = ?",
        (current, bump(connection), version, number),
    )


def settle(connection: Connection, number: int, known: Known) -> None:
    """Keeps what is known of a document's force."""
    connection.execute("UPDATE documents SET status = ? WHERE number = ?", (codec.dumps(known), number))


def say(connection: Connection, number: int, metadata: Metadata) -> None:
    """Puts what a document says of itself, read anew, in the place of what is kept."""
    card = connection.execute("SELECT card FROM documents WHERE number = ?", (number,)).fetchone()[0]
    changed = replace(codec.loads(Card, card), metadata=metadata)
    connection.execute("UPDATE documents SET card = ? WHERE number = ?", (codec.dumps(changed), number))


def delete(connection: Connection, stored: Stored, *, original: bool = True) -> None:
    """Takes a document and, unless another reading of it follows, its original out; embeddings stay cached."""
    connection.execute(
        "INSERT INTO gone (number, changed, first, last)"
        " SELECT ?, ?, coalesce(min(number), 1), coalesce(max(number), 0) FROM passages WHERE document = ?",
        (stored.number, bump(connection), stored.number),
    )
    connection.execute("DELETE FROM documents WHERE number = ?", (stored.number,))
    if original:
        connection.execute("DELETE FROM sources WHERE id = ?", (stored.record.id,))


def content_key(text: str) -> bytes:
    """The embedding cache's key for a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _card(document: Document, searchable: int) -> Card:
    return Card(
        format=document.format,
        metadata=document.metadata,
        pages=len(document.pages) or None,
        quality=document.quality,
        searchable=searchable > 0,
        warnings=document.warnings,
        waiting=sum(page.waiting for page in document.pages),
        recognised=sum(page.origin == "ocr" for page in document.pages),
        unread=sum(page.origin == "image" for page in document.pages),
    )


def _stored(row: tuple[int, str, str, int, int, str, int, str, str], day: date) -> Stored:
    number, document_id, file, version, current, added, passages, packed, status = row
    card, known = codec.loads(Card, packed), codec.loads(Known, status)
    record = DocumentRecord(
        id=document_id,
        file=file,
        format=card.format,
        metadata=card.metadata,
        status=on(day, document_id, card.metadata, known),
        version=version,
        current=bool(current),
        passages=passages,
        pages=card.pages,
        quality=card.quality,
        searchable=card.searchable,
        added=added,
        warnings=card.warnings,
        waiting=card.waiting,
        recognised=card.recognised,
        unread=card.unread,
    )
    return Stored(number, record, known)


def _passage(row: tuple[int, int, str]) -> StoredPassage:
    return StoredPassage(row[0], row[1], codec.loads(Passage, row[2]))


def _chunks(numbers: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _MANY):
        yield [int(number) for number in numbers[start : start + _MANY]]
