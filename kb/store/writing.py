"""Documents into the catalog and out of it: versions, equal bytes, and the statuses that others depend on."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING

from ingest.document import Document, Reference
from ingest.effect import VERSION, stated
from kb import catalog as rows
from kb.catalog import Catalog, Stored
from kb.errors import UsageError
from kb.model import DocumentRecord, Outcome, OutcomeStatus
from kb.store.embedding import embed, embedding_keys, embedding_texts
from kb.store.force import Known
from kb.store.indexes import Meaning
from kb.store.status import ACTING, Act, Relation, acts, derive, doubts, resolve, standing, symbol_key

if TYPE_CHECKING:
    from kb.embed import Encoder


class Writer:
    """Puts and drops. Every change is one transaction that leaves versions and statuses right."""

    def __init__(self, catalog: Catalog, encoder: "Encoder | None", meaning: Meaning | None) -> None:
        self._catalog = catalog
        self._encoder = encoder
        self._meaning = meaning

    def put(self, document: Document, source: bytes) -> Outcome:
        """See `Library.put`."""
        if unchanged := self.known(document.id, document.file):
            return unchanged
        keys = embedding_keys(document)
        self._embed(document, keys)
        with self._catalog.database.write() as connection:
            if unchanged := self.known(document.id, document.file):  # another process was quicker
                return unchanged
            known = self._catalog.documents("id = ?", (document.id,))
            family = self._catalog.documents("name = ?", (rows.name_key(document.file),))
            version = max((each.record.version for each in family), default=0) + 1
            older = [each for each in family if each.record.current]
            touched = [self._touched(each) for each in older]
            for each in older:
                rows.show(connection, each.number, current=False)
            if known:
                number = known[0].number
                rows.show(connection, number, current=True, version=version)
            else:
                number = rows.insert(connection, document, source, keys, version)
            self._settle(connection, number, touched)
        return _outcome(document, OutcomeStatus.REPLACED if older else OutcomeStatus.ADDED, older)

    def renew(self, document: Document) -> bool:
        """See `Library.renew`."""
        keys = embedding_keys(document)
        self._embed(document, keys)
        with self._catalog.database.write() as connection:
            found = self._catalog.documents("id = ?", (document.id,))
            if not found:
                return False
            stored = found[0]
            touched = self._touched(stored)
            rows.delete(connection, stored, original=False)
            number = rows.insert(connection, document, b"", keys, stored.record.version)
            connection.execute("UPDATE documents SET added = ? WHERE number = ?", (stored.record.added, number))
            if not stored.record.current:
                rows.show(connection, number, current=False)
            self._settle(connection, number, [touched])
        return True

    def known(self, document_id: str, file: str) -> Outcome | None:
        """See `Library.known`."""
        found = self._catalog.documents("id = ? AND current", (document_id,))
        return _unchanged(found[0].record, file) if found else None

    def drop(self, stored: Stored) -> None:
        """Takes a document out; the next older version of its name does not come back by itself."""
        with self._catalog.database.write() as connection:
            if not self._catalog.documents("number = ?", (stored.number,)):
                raise UsageError(f"Văn bản “{stored.record.file}” vừa được gỡ bởi một tiến trình khác.")
            touched = self._touched(stored)
            rows.delete(connection, stored)
            self._settle(connection, None, [touched])

    def relations(self, stored: Stored) -> list[Relation]:
        """The mentions of a document, resolved against what is current now."""
        references = self._catalog.mentions(stored.number)
        if not any(each.symbol for each in references):
            return [Relation(each, ()) for each in references]
        return resolve(stored.record, self._catalog.text(stored.number), references, self._named)

    def _named(self, key: str) -> Sequence[DocumentRecord]:
        return [each.record for each in self._catalog.documents("symbol = ? AND current", (key,))]

    def _embed(self, document: Document, keys: Sequence[bytes | None]) -> None:
        if self._encoder is None or self._meaning is None:
            return
        texts = zip(keys, embedding_texts(document), strict=True)
        wanted = {key: text for key, text in texts if key is not None and text is not None}
        embed(self._catalog.database, self._encoder, self._meaning.encoder, wanted)

    def _touched(self, stored: Stored) -> set[str]:
        """Symbol keys of the documents whose status may rest on this one."""
        return _acted_on(self._catalog.mentions(stored.number))

    def _settle(self, connection: Connection, number: int | None, touched: Iterable[set[str]]) -> None:
        """Derives anew the status of the document that came and of all that the changed ones act upon."""
        affected = {each.number: each for keys in touched for key in keys for each in self._current(key)}
        if number is not None:
            own = self._catalog.documents("number = ?", (number,))[0]
            keys = self._touched(own) | (
                {symbol_key(own.record.metadata.symbol)} if own.record.metadata.symbol else set()
            )
            affected |= {each.number: each for key in keys for each in self._current(key)}
            affected[own.number] = own
        for each in affected.values():
            rows.settle(connection, each.number, self._known(each))

    def _known(self, stored: Stored) -> Known:
        """What is to be kept of a document's force."""
        record = stored.record
        said = (record.metadata.effect, record.metadata.expiry)
        effect_at, expiry_at = (self._place(stored.number, term.start) if term else None for term in said)
        acting = [(source.record, self.relations(source)) for source in self._acting(record)]
        done = [act for source, found in acting for act in acts(source, found) if act.target.id == record.id]
        doubtful = any(doubts(source, found, record) for source, found in acting)
        return Known(derive(record, done, self._locate), standing(record), effect_at, expiry_at, doubtful)

    def read_anew(self) -> None:
        """Has the documents of a base that older rules read say of their force what the present rules make of them."""
        if self._catalog.rules == VERSION:
            return
        with self._catalog.database.write() as connection:
            if self._catalog.rules == VERSION:  # another process was quicker
                return
            for each in self._catalog.documents():
                passages = [found.passage for found in self._catalog.passages(each.number)]
                said = stated(self._catalog.text(each.number), passages, each.record.metadata)
                rows.say(connection, each.number, said)
            for each in self._catalog.documents():
                rows.settle(connection, each.number, self._known(each))
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('rules', ?)", (str(VERSION),))

    def _locate(self, act: Act) -> str | None:
        """The locator of the innermost passage of the acting paper in which it says so."""
        if act.by is None or act.at is None:
            return None
        return self._place(self._catalog.documents("id = ?", (act.by.id,))[0].number, act.at)

    def _place(self, number: int, at: int) -> str | None:
        """The locator of the innermost passage of a document around a place in its text."""
        within = [
            each.passage for each in self._catalog.passages(number) if each.passage.start <= at < each.passage.end
        ]
        return min(within, key=lambda passage: passage.end - passage.start).locator if within else None

    def _current(self, key: str) -> list[Stored]:
        return self._catalog.documents("symbol = ? AND current", (key,))

    def _acting(self, record: DocumentRecord) -> list[Stored]:
        """The current papers that name a document and state an act."""
        if not record.metadata.symbol:
            return []
        return self._catalog.documents(
            "current AND number IN (SELECT document FROM mentions WHERE symbol = ?)"
            " AND number IN (SELECT document FROM mentions WHERE verb IN ('amends', 'replaces', 'repeals'))",
            (symbol_key(record.metadata.symbol),),
        )


def _acted_on(references: Sequence[Reference]) -> set[str]:
    """Of a paper that states an act, every number it names: the acted-on one may stand beside the verb."""
    if not any(each.verb in ACTING for each in references):
        return set()
    return {symbol_key(each.symbol) for each in references if each.symbol}


def _outcome(document: Document, status: OutcomeStatus, older: Sequence[Stored]) -> Outcome:
    searchable = sum(passage.searchable for passage in document.passages)
    reasons = [*document.warnings]
    if older:
        reasons.insert(0, f"Thay bản trước của “{document.file}” ({older[0].record.id[:12]}); bản trước vẫn đọc được.")
    return Outcome(
        document.file,
        status,
        document.id,
        searchable,
        len(document.pages) or None,
        " ".join(reasons) or None,
        waiting=sum(page.waiting for page in document.pages),
    )


def _unchanged(record: DocumentRecord, file: str) -> Outcome:
    same = rows.name_key(record.file) == rows.name_key(file)
    reason = None if same else f"Nội dung trùng từng byte với “{record.file}” đã có."
    return Outcome(
        file, OutcomeStatus.UNCHANGED, record.id, record.passages, record.pages, reason, waiting=record.waiting
    )
