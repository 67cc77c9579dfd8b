"""The catalog: what goes in comes out, and one transaction is one change."""

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.document import (
    Alias,
    Box,
    Document,
    Kind,
    Metadata,
    Page,
    Passage,
    Reference,
    Role,
    Span,
)
from kb import catalog
from kb.catalog import Catalog
from kb.errors import Busy, StoreError
from kb.model import Status, Validity
from kb.store import codec
from kb.store.database import Database
from tests.fakes import paper


@pytest.fixture
def store(home: Path):
    database = Database(home / "catalog.sqlite")
    yield Catalog(database)
    database.close()


def put(store: Catalog, document: Document, source: bytes = b"bytes") -> None:
    with store.database.write() as connection:
        catalog.insert(connection, document, source, [None] * len(document.passages), 1)


def rich_document() -> Document:
    """A document with something in every field."""
    row = Passage(
        "PL1/t1/r3", Kind.ROW, Role.TASK, "3", 4, 9, Span(2, 9), 2, "PL1/t1",
        heading=("Phụ lục", "Bảng 1"), spans=(Span(4, 6), Span(7, 9)), pages=(1, 2), cells=(Span(4, 6), Span(7, 9)),
        columns=("Nhiệm vụ", "Thời hạn"), flags=frozenset({"ocr", "low-quality"}),
    )  # fmt: skip
    return Document(
        id="ab" * 32,
        file="Kế hoạch.pdf",
        format="pdf",
        text="a\n3 đường 𝒳\n",
        metadata=Metadata(symbol="09/2022/QĐ-UBND", date=date(2022, 3, 15), draft=True, inferred=frozenset({"place"})),
        passages=(row,),
        pages=(Page(1, 0, 5, "i", 595.0, 842.0, "ocr", 0.75), Page(2, 5, 11)),
        boxes=(Box(0, 1, 1, 10.5, 20.25, (1.0, 2.5)),),
        references=(Reference(2, 5, "36-NQ/TW", "Nghị quyết", None, "basis", date(2023, 1, 30), reverse=True),),
        aliases=(Alias("Kế hoạch 86", 0, 4, "86-KH/TU", None),),
        repairs=("TCVN3 → Unicode: 14 đoạn",),
        warnings=("Trang 2 không đọc được.",),
        quality=0.5,
    )


def test_a_document_comes_back_equal(store: Catalog) -> None:
    put(store, rich_document())
    assert store.full(store.documents()[0]) == rich_document()


def test_the_original_file_comes_back_byte_for_byte(store: Catalog) -> None:
    source = bytes(range(256)) * 50
    put(store, rich_document(), source)
    assert store.source("ab" * 32) == source


def test_rows_written_before_a_field_was_added_still_read() -> None:
    assert codec.loads(Status, '{"validity":"amended"}') == Status(Validity.AMENDED)


def test_fields_of_a_later_version_are_ignored() -> None:
    assert codec.loads(Status, '{"validity":"amended","colour":"blue"}') == Status(Validity.AMENDED)


def test_a_failed_transaction_leaves_nothing(store: Catalog) -> None:
    document, _ = paper("một", "hai")
    doubled = replace(document, passages=(*document.passages, document.passages[1]))  # the same locator twice
    with pytest.raises(sqlite3.IntegrityError):
        put(store, doubled)
    assert (store.documents(), store.generation) == ([], 0)
    assert store.database.connection.execute("SELECT count(*) FROM sources").fetchone() == (0,)


def test_numbers_are_never_given_twice(store: Catalog) -> None:
    first, second = paper("một")[0], paper("hai", file="b.txt")[0]
    put(store, first)
    numbers = {each.number for each in store.passages(store.documents()[0].number)}
    with store.database.write() as connection:
        catalog.delete(connection, store.documents()[0])
    put(store, second)
    assert numbers.isdisjoint(each.number for each in store.passages(store.documents()[0].number))


def test_each_visible_change_is_one_generation(store: Catalog) -> None:
    put(store, paper("một")[0])
    assert store.generation == 1
    with store.database.write() as connection:
        catalog.delete(connection, store.documents()[0])
    assert store.generation == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kế hoạch.docx", "KẾ HOẠCH.docx"),  # letter case
        ("Ke\u0302\u0301 hoạch.docx", "Kế hoạch.docx"),  # NFD, as a Mac writes file names
    ],
)
def test_spellings_of_one_file_name(one: str, other: str) -> None:
    assert catalog.name_key(one) == catalog.name_key(other)


def test_a_base_of_another_version_is_refused(home: Path) -> None:
    home.mkdir()
    with sqlite3.connect(home / "catalog.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="phiên bản 99"):
        Database(home / "catalog.sqlite")


def test_a_file_that_is_no_base_is_refused(home: Path) -> None:
    home.mkdir()
    (home / "catalog.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="Không mở được"):
        Database(home / "catalog.sqlite")


def test_a_writer_that_never_gets_its_turn_says_so(store: Catalog) -> None:
    other = sqlite3.connect(store.database.path)
    other.execute("BEGIN IMMEDIATE")
    store.database.connection.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(Busy), store.database.write():
        pass
    other.close()
