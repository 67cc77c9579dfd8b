"""The Library: documents in, passages out. The one face that searching, the command line and the web see."""

import gc
import logging
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from ingest.document import Document, Page
from kb import catalog as rows
from kb.catalog import Catalog, Stored, StoredPassage
from kb.errors import Busy, EncoderError, KbError, NotFound
from kb.model import DocumentRecord, Filters, Legibility, Outcome, PassageRecord, Searched, Tier
from kb.settings import Settings
from kb.store import names
from kb.store.database import NAME, Database
from kb.store.embedding import Progress, embed_missing, encoder_number
from kb.store.forward import Text
from kb.store.indexes import Indexes, Meaning, State
from kb.store.kept import Kept
from kb.store.owner import Ownership
from kb.store.shelf import Shelf, load
from kb.store.status import Relation
from kb.store.writing import Writer
from kb.terms import Field, WordsQuery

if TYPE_CHECKING:
    from kb.embed import Encoder

_POLL_SECONDS = 0.3
_PATIENCE_SECONDS = 3.0  # how long a reader waits for the owner to follow the catalog
_TEXT_BYTES = 128_000_000  # of texts of documents that are kept, and of texts of very long passages
_LONG_TEXT = 100_000  # characters from which a passage is very long
_FILTERS_KEPT = 32  # filters whose passages and counts are kept, so that a page and its search count once
log = logging.getLogger("kb")


class Library:
    """A knowledge base under one home. Use it from any thread; close it, or use it as a context manager."""

    def __init__(
        self,
        settings: Settings,
        encoder: "Encoder | None",
        *,
        owner: bool,
        notice: str | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.settings = settings
        self.encoder = encoder
        self.notice = notice  # why there is no encoder, in one sentence, where one was expected
        self.database = Database(settings.home / NAME)
        self.catalog = Catalog(self.database, today)
        self._ownership = Ownership(settings.home)
        self.owner = owner and self._ownership.take()
        self._indexes = Indexes(self.catalog, settings.home, self._meaning())
        self._writer = Writer(self.catalog, encoder, self._indexes.meaning)
        self._writer.read_anew()
        self._shelf: Shelf | None = None
        self._lock = threading.RLock()
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None
        self._searched: dict[Filters, tuple[Shelf, Searched]] = {}
        self._allowed: dict[Filters, tuple[Shelf, NDArray[np.int64] | None]] = {}
        self._text: Kept[str] = Kept(_TEXT_BYTES)
        self._long: Kept[Text] = Kept(_TEXT_BYTES)

    @classmethod
    def open(
        cls, settings: Settings, *, encoder: 'Encoder | Literal["default"] | None' = "default", owner: bool = True
    ) -> "Library":
        """Opens the base under `settings.home`, and makes it where there is none.

        `owner` asks to be the one process that keeps the derived indexes (`Library.owner` says whether it is).
        An encoder that cannot be loaded leaves the base in the words tier, with `notice` saying why.
        Raises `StoreError` when the base cannot be opened.
        """
        notice = None
        if encoder == "default":
            from kb.embed import load_encoder  # noqa: PLC0415 - 0.3 s, which `kb list` must not pay

            try:
                encoder = load_encoder(settings.encoder)
            except EncoderError as error:
                encoder, notice = None, error.message
        library = cls(settings, encoder, owner=owner, notice=notice)
        if library.owner:
            library.catch_up()
        return library

    def _meaning(self) -> Meaning | None:
        if self.encoder is None:
            return None
        number = encoder_number(self.database, self.encoder)
        return Meaning(number, self.encoder.fingerprint, self.encoder.dimensions)

    # Documents in and out

    def put(self, document: Document, source: bytes, *, settle: bool = True) -> Outcome:
        """Keeps a document and its original file; visible all at once. The same bytes again change nothing.

        `settle=False` leaves the indexes behind for a batch: call `catch_up` after it.
        """
        outcome = self._writer.put(document, source)
        if settle:
            self.catch_up()
        return outcome

    def renew(self, document: Document) -> bool:
        """Puts a better reading of a file that the base has (`Document.id`) in the place of the one it keeps.

        False where the file is not in the base any more. The indexes are left behind: call `catch_up`.
        """
        return self._writer.renew(document)

    def drop(self, ref: str) -> DocumentRecord:
        """Takes a document out (`ref` as in `document`) and returns what it was."""
        stored = names.find(self.catalog, ref)
        self._writer.drop(stored)
        self.catch_up()
        return stored.record

    def known(self, document_id: str, file: str) -> Outcome | None:
        """What `put` would say of a file with this id (the SHA-256 of its bytes), if it would change nothing."""
        return self._writer.known(document_id, file)

    # Reading

    def document(self, ref: str) -> DocumentRecord:
        """By id, unique prefix, file base name or symbol. Raises `NotFound`, or `UsageError` with the candidates."""
        return names.find(self.catalog, ref).record

    def documents(self, current_only: bool = True, day: date | None = None) -> list[DocumentRecord]:
        """Documents in the order they came in, with their statuses of `day`, or today's."""
        where = "current" if current_only else "1"
        return [stored.record for stored in self.catalog.documents(where, day=day)]

    def waiting(self) -> list[DocumentRecord]:
        """Current documents with pages that are still to be recognised."""
        return [stored.record for stored in self.catalog.documents("current AND json_extract(card, '$.waiting') > 0")]

    def text(self, document_id: str) -> str:
        """The stored text."""
        return self._whole(self._stored(document_id).number)

    def _whole(self, number: int) -> str:
        return self._text.of(number, lambda: self.catalog.text(number), sys.getsizeof)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """Its pages; none for a format without."""
        return self.catalog.pages(self._stored(document_id).number)

    def full(self, document_id: str) -> Document:
        """Everything that ingest produced."""
        return self.catalog.full(self._stored(document_id))

    def source(self, document_id: str) -> bytes:
        """The original file, byte for byte."""
        return self.catalog.source(self._stored(document_id).record.id)

    def relations(self, document_id: str) -> list[Relation]:
        """Every mention in a document with the documents of the base that it may mean."""
        return self._writer.relations(self._stored(document_id))

    def passage(self, passage_id: str) -> PassageRecord:
        """By permalink key, "<12 hex of the document>-<locator with ->"; older versions too. Raises `NotFound`."""
        prefix, _, place = passage_id.partition("-")
        for stored in names.with_prefix(self.catalog, prefix) if place else []:
            found = self.catalog.passage(stored.number, place)
            if found is not None:
                return self._record(found, stored.record)
        raise NotFound(f"Không có đoạn nào mang mã “{passage_id}” trong kho.")

    def passages(self, document_id: str) -> list[PassageRecord]:
        """All passages of a document in its order, headings and frame included."""
        stored = self._stored(document_id)
        return [self._record(found, stored.record) for found in self.catalog.passages(stored.number)]

    def records(self, numbers: Sequence[int], day: date | None = None) -> list[PassageRecord]:
        """The passages with these numbers, in this order; those gone since are left out. The papers' statuses are those
        of `day`, or today's.
        """
        documents = self._current().on(day)
        found = self.catalog.numbered(numbers)
        known = (found[number] for number in numbers if number in found)
        kept = [each for each in known if each.document in documents]
        texts = self._texts([each.number for each in kept])
        return [self._record(each, documents[each.document], texts.get(each.number)) for each in kept]

    def _texts(self, numbers: Sequence[int]) -> dict[int, Text]:
        """Of these passages as the forward index has them; very long ones are kept for the next search."""
        long = {number: text for number in numbers if (text := self._long.get(number)) is not None}
        found = self._indexes.forward(owner=False).read([number for number in numbers if number not in long])
        for number, text in found.items():
            if len(text) > _LONG_TEXT:
                self._long.put(number, text, sys.getsizeof(text) + text.words.nbytes)
        return found | long

    def _record(self, found: StoredPassage, document: DocumentRecord, text: str | None = None) -> PassageRecord:
        passage = found.passage
        if text is None:
            text = self._whole(found.document)[passage.start : passage.end]
        return PassageRecord(
            f"{document.id[:12]}-{rows.anchor(passage.locator)}", found.number, document, passage, text
        )

    def _stored(self, document_id: str) -> Stored:
        found = self.catalog.documents("id = ?", (document_id,))
        return found[0] if found else names.find(self.catalog, document_id)

    # Finding

    def allowed(self, filters: Filters) -> NDArray[np.int64] | None:
        """Numbers of the searchable passages that pass, sorted; None where all do."""
        shelf = self._current()
        known = self._allowed.get(filters)
        if known is None or known[0] is not shelf:
            if len(self._allowed) >= _FILTERS_KEPT:
                self._allowed.clear()
            known = self._allowed[filters] = (shelf, shelf.allowed(filters))
        return known[1]

    def matching(self, query: WordsQuery, allowed: NDArray[np.int64] | None, limit: int) -> list[tuple[int, float]]:
        """(passage number, BM25 score) by words, best first."""
        shelf = self._current()
        owners = None if allowed is None else shelf.owners_of(allowed)
        return shelf.still_there(self._indexes.words(owner=False).search(query, allowed, limit, owners))

    def frequency(self, field: Field, word: str) -> int:
        """How many passages have a word, for weighing it."""
        return self._indexes.words(owner=False).frequency(field, word)

    def symbols(self) -> list[str]:
        """Every document symbol that the base's papers bear or mention, as printed."""
        borne = [record.metadata.symbol for record in self._current().records.values() if record.current]
        return list(dict.fromkeys([symbol for symbol in borne if symbol] + self.catalog.symbols()))

    def nearest(
        self, vector: NDArray[np.float32], allowed: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[int, float]]:
        """(passage number, cosine) by meaning, best first; nothing in the words tier."""
        return self._indexes.nearest(vector, self._current(), allowed, limit)

    def vectors(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """The passages' vectors, one row each in this order; zeros where there is none."""
        return self._indexes.vectors(numbers)

    @property
    def tier(self) -> Tier:
        """Words alone, or words and meaning."""
        return Tier.WORDS if self.encoder is None else Tier.MEANING

    def searched(self, filters: Filters) -> Searched:
        """How much a search with these filters looks through."""
        shelf = self._current()
        known = self._searched.get(filters)
        if known is not None and known[0] is shelf:
            return known[1]
        found = self._look_through(shelf, filters)
        if len(self._searched) >= _FILTERS_KEPT:
            self._searched.clear()
        self._searched[filters] = (shelf, found)
        return found

    def _look_through(self, shelf: Shelf, filters: Filters) -> Searched:
        inside = [shelf.records[number] for number in shelf.passing(filters)]
        allowed = self.allowed(filters)
        return Searched(
            documents=len(inside),
            passages=len(shelf.numbers if allowed is None else allowed),
            unsearchable=sum(not record.searchable for record in inside),
            unread=sum(record.unread for record in inside if record.searchable),
            poor=sum(record.legibility is Legibility.POOR for record in inside),
        )

    @property
    def size(self) -> int:
        """How many passages a search without filters looks through."""
        return len(self._current().numbers)

    # Following the catalog

    @property
    def stale(self) -> bool:
        """Whether the catalog or the day, on which statuses rest, has changed since this library last looked."""
        seen = self._shelf
        return seen is None or (seen.generation, seen.day) != (self.catalog.generation, self.catalog.today())

    def catch_up(self) -> None:
        """Brings the indexes (if this process owns the base) and the view in memory to the catalog's generation."""
        with self._lock:
            if self.owner:
                self._indexes.follow_words()
                self._indexes.follow_forward()
                self._indexes.follow_vectors()
            elif self._behind():
                self._borrow()
            with self.database.read():
                generation, day = self.catalog.generation, self.catalog.today()
                stored = self.catalog.documents()
                records, known = (
                    {each.number: each.record for each in stored},
                    {each.number: each.known for each in stored},
                )
                self._shelf = load(self.database, generation, records, known, day)

    def _behind(self) -> bool:
        """Whether an index of words that a reader uses is not at the catalog's generation."""
        now, indexes = self.catalog.generation, self._indexes
        return indexes.words(owner=False).generation != now or indexes.forward(owner=False).generation != now

    def _borrow(self) -> None:
        """A reader meets an index that is behind: waits for the owner to follow, or does it where there is none."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            if self._ownership.take():
                try:
                    self._indexes.follow_words()
                    self._indexes.follow_forward()
                finally:
                    self._ownership.release()
                return
            if self._indexes.words(owner=False).generation >= self.catalog.generation:
                return
            time.sleep(0.05)

    def _current(self) -> Shelf:
        if self._shelf is None or (self._watcher is None and self.stale):
            self.catch_up()
        assert self._shelf is not None
        return self._shelf

    def embed_missing(self, progress: Progress | None = None) -> int:
        """Embeds what the encoder in use has not seen yet; `progress(done, all)`. Returns how many passages."""
        meaning = self._indexes.meaning
        if self.encoder is None or meaning is None:
            return 0
        made = embed_missing(self.database, self.encoder, meaning.encoder, progress)
        if made:
            self.catch_up()
        return made

    def state(self) -> State:
        """How far the derived indexes are."""
        return self._indexes.state()

    def rebuild(self) -> None:
        """Builds the derived indexes anew from the catalog, embedding nothing again. Raises `Busy` for a non-owner."""
        if not self.owner:
            raise Busy(f"Tiến trình {self._ownership.holder() or 'khác'} đang giữ kho; hãy dừng nó rồi chạy lại.")
        with self._lock:
            self._indexes.rebuild()
            self.catch_up()

    def watch(self) -> None:
        """Follows the catalog from now on in the background: what another process adds is found within a second."""
        if self._watcher is None:
            self._current()
            gc.collect()
            gc.freeze()  # what is held by now stays: looking through it for garbage held up every twentieth search
            self._watcher = threading.Thread(target=self._watch, name="kb-watch", daemon=True)
            self._watcher.start()

    def _watch(self) -> None:
        while not self._stop.wait(_POLL_SECONDS):
            try:
                if self.stale:
                    self.catch_up()
            except (KbError, sqlite3.Error, OSError, ValueError) as error:  # the next round tries again
                log.warning("the indexes could not follow the catalog: %s", error)

    def close(self) -> None:
        """Stops watching and lets go of every file."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join()
        self._indexes.close()
        self._ownership.release()
        self.database.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
