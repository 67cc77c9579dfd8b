"""The Library face: versions, names, filters, and indexes that follow whatever happened to the catalog."""

import shutil
import threading
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingest.document import Document, Role
from kb.errors import Busy, NotFound, UsageError
from kb.library import Library
from kb.model import Filters, OutcomeStatus, Tier
from kb.settings import Settings
from kb.terms import Clause, Field, WordsQuery, words
from tests.fakes import FakeEncoder, paper

EVERYTHING = Filters()


def put(library: Library, *lines: str, **more: object) -> Document:
    document, source = paper(*lines, **more)  # type: ignore[arg-type]
    library.put(document, source)
    return document


def by_words(library: Library, question: str, filters: Filters = EVERYTHING) -> list[str]:
    query = WordsQuery(tuple(Clause(Field.FOLDED, (word,)) for word in words(question).folded))
    hits = library.matching(query, library.allowed(filters), 10)
    return [record.text for record in library.records([number for number, _ in hits])]


def by_meaning(library: Library, question: str, filters: Filters = EVERYTHING) -> list[str]:
    assert library.encoder is not None
    hits = library.nearest(library.encoder.queries([question])[0], library.allowed(filters), 10)
    return [record.text for record in library.records([number for number, cosine in hits if cosine > 0.05])]


def chroma(library: Library) -> tuple[int, int] | None:
    return library.state().chroma


class TestPutting:
    def test_a_document_is_found_by_words_and_by_meaning(self, library: Library) -> None:
        put(library, "Phân bón vi sinh", "Đường cao tốc")
        assert by_words(library, "phan bon") == by_meaning(library, "phân bón") == ["Phân bón vi sinh"]

    def test_headings_are_kept_and_not_found(self, library: Library) -> None:
        document = put(library, "một", heading="I. PHÂN BÓN")
        assert by_words(library, "phân bón") == []
        assert by_meaning(library, "phân bón") == ["một"]  # its heading speaks for it, and is not found itself
        assert [record.passage.is_heading for record in library.passages(document.id)] == [True, False]

    def test_the_same_bytes_change_nothing(self, library: Library) -> None:
        document, source = paper("một")
        assert library.put(document, source).status is OutcomeStatus.ADDED
        generation = library.catalog.generation
        again = library.put(document, source)
        assert (again.status, again.reason, library.catalog.generation) == ("unchanged", None, generation)

    def test_equal_bytes_under_another_name_are_one_document(self, library: Library) -> None:
        document, source = paper("một", file="a.txt")
        library.put(document, source)
        outcome = library.known(document.id, "b.txt")
        assert outcome is not None
        assert (outcome.status, outcome.document) == ("unchanged", document.id)
        assert "a.txt" in (outcome.reason or "")

    def test_passage_ids_are_permalinks(self, library: Library) -> None:
        document = put(library, "một", "hai")
        record = library.passage(f"{document.id[:12]}-I-g2")
        assert (record.text, record.passage.locator) == ("hai", "I/g2")
        with pytest.raises(NotFound):
            library.passage(f"{document.id[:12]}-I-g9")


class TestVersions:
    def test_other_bytes_under_the_same_name_are_a_new_version(self, library: Library) -> None:
        old = put(library, "câu cũ", file="Kế hoạch.docx")
        document, source = paper("câu mới", file="KẾ HOẠCH.docx")
        outcome = library.put(document, source)
        assert outcome.status is OutcomeStatus.REPLACED
        assert "bản trước vẫn đọc được" in (outcome.reason or "")
        assert (by_words(library, "câu"), by_meaning(library, "câu")) == (["câu mới"], ["câu mới"])
        both = library.documents(current_only=False)
        assert [(each.version, each.current) for each in both] == [(1, False), (2, True)]
        assert library.passage(f"{old.id[:12]}-I-g1").text == "câu cũ"

    def test_an_older_version_that_comes_again_is_current_again(self, library: Library) -> None:
        first, source = paper("câu cũ")
        library.put(first, source)
        put(library, "câu mới")
        assert library.put(first, source).status is OutcomeStatus.REPLACED
        assert by_words(library, "câu") == ["câu cũ"]
        assert library.document(first.id).version == 3


class TestDropping:
    def test_a_dropped_document_is_nowhere(self, library: Library) -> None:
        document = put(library, "phân bón")
        assert library.drop("ke-hoach.txt").id == document.id
        assert (by_words(library, "phân"), by_meaning(library, "phân"), library.documents()) == ([], [], [])
        assert chroma(library) == (library.catalog.generation, 0)

    def test_what_is_dropped_can_be_put_again_without_embedding(self, library: Library, encoder: FakeEncoder) -> None:
        document = put(library, "phân bón")
        made = encoder.made
        library.drop(document.id)
        put(library, "phân bón")
        assert (by_meaning(library, "phân"), encoder.made) == (["phân bón"], made)


class TestNames:
    @pytest.mark.parametrize(
        ("ref", "reason"),
        [
            ("{id}", "the whole id"),
            ("{prefix}", "a unique prefix"),
            ("kế-hoạch-86.docx", "the file"),
            ("thư-mục/kế-hoạch-86.docx", "the file with a folder"),
            ("ke\u0302\u0301-hoa\u0323ch-86.docx", "a name in NFD"),
            ("KẾ-HOẠCH-86", "the file without its ending, other case"),
            ("86-KH/TU", "its symbol"),
            ("86 - KH/TU", "its symbol as people space it"),
        ],
    )
    def test_a_document_answers_to(self, wordy: Library, ref: str, reason: str) -> None:
        document = put(wordy, "một", file="kế-hoạch-86.docx", symbol="86-KH/TU")
        put(wordy, "hai", file="khác.txt", symbol="87-KH/TU")
        assert wordy.document(ref.format(id=document.id, prefix=document.id[:8])).id == document.id, reason

    def test_an_ambiguous_symbol_lists_the_candidates(self, wordy: Library) -> None:
        put(wordy, "tỉnh", file="tinh.pdf", symbol="142/KH-UBND")
        put(wordy, "thành phố", file="thanh-pho.pdf", symbol="142/KH-UBND")
        with pytest.raises(UsageError, match=r"tinh\.pdf.*thanh-pho\.pdf") as caught:
            wordy.document("142/KH-UBND")
        assert caught.value.code == "ambiguous"

    @pytest.mark.parametrize("ref", ["", "không có", "abc", "%", "I/g1"])
    def test_an_unknown_name(self, wordy: Library, ref: str) -> None:
        put(wordy, "một")
        with pytest.raises(NotFound):
            wordy.document(ref)

    def test_the_current_version_goes_before_older_ones(self, wordy: Library) -> None:
        put(wordy, "cũ", symbol="1-KH/TU")
        newer = put(wordy, "mới", symbol="1-KH/TU")
        assert wordy.document("1-KH/TU").id == wordy.document("ke-hoach.txt").id == newer.id


class TestFilters:
    @pytest.fixture
    def filled(self, library: Library) -> Library:
        put(
            library, "phân tỉnh", file="a", kind="Kế hoạch", issuer="Ủy ban nhân dân tỉnh Sơn Lĩnh",
            symbol="142/KH-UBND", dated=date(2023, 7, 25),
        )  # fmt: skip
        put(
            library, "phân thành", file="b", kind="Nghị quyết", issuer="Thành ủy Hà Khê",
            symbol="11-NQ/ThU", dated=date(2025, 1, 20), role=Role.TARGET,
        )  # fmt: skip
        put(library, "phân không ngày", file="c", kind=None)
        return library

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            (Filters(kinds=("ke hoach",)), {"phân tỉnh"}),
            (Filters(issuers=("UBND tỉnh",)), {"phân tỉnh"}),
            (Filters(issuers=("thanh uy",)), {"phân thành"}),
            (Filters(issuers=("ThU",)), {"phân thành"}),
            (Filters(years=(2023, 2025)), {"phân tỉnh", "phân thành"}),
            (Filters(as_of=date(2024, 1, 1)), {"phân tỉnh"}),
            (Filters(roles=("target",)), {"phân thành"}),
            (Filters(validity=("issuer_dissolved",)), {"phân thành"}),
            (Filters(kinds=("Kế hoạch",), years=(2025,)), set()),
            (Filters(), {"phân tỉnh", "phân thành", "phân không ngày"}),
        ],
        ids=str,
    )
    def test_every_route_obeys(self, filled: Library, filters: Filters, expected: set[str]) -> None:
        assert set(by_words(filled, "phân", filters)) == expected
        assert set(by_meaning(filled, "phân", filters)) == expected
        assert filled.searched(filters).passages == len(expected)

    def test_inside_one_document(self, filled: Library) -> None:
        wanted = filled.document("11-NQ/ThU").id
        assert by_words(filled, "phân", Filters(documents=(wanted,))) == ["phân thành"]


class TestFollowing:
    def test_lost_indexes_come_back_without_embedding(
        self, library: Library, settings: Settings, encoder: FakeEncoder
    ) -> None:
        put(library, "phân bón")
        library.close()
        made = encoder.made
        for directory in (*settings.home.glob("words-*"), *settings.home.glob("chroma-*")):
            shutil.rmtree(directory)
        with Library.open(settings, encoder=encoder) as again:
            assert (by_words(again, "phân"), by_meaning(again, "phân")) == (["phân bón"], ["phân bón"])
            assert chroma(again) == (1, 1)
        assert encoder.made == made

    def test_rebuilding_embeds_nothing(self, library: Library, encoder: FakeEncoder) -> None:
        put(library, "phân bón")
        made = encoder.made
        library.rebuild()
        assert (by_words(library, "phân"), chroma(library), encoder.made) == (["phân bón"], (1, 1), made)

    def test_another_process_may_add_while_one_owns_the_base(
        self, library: Library, settings: Settings, encoder: FakeEncoder
    ) -> None:
        library.watch()
        with Library.open(settings, encoder=encoder) as other:
            assert (library.owner, other.owner) == (True, False)
            document, source = paper("phân bón")
            other.put(document, source, settle=False)
        end = time.monotonic() + 1.0
        while time.monotonic() < end and not by_words(library, "phân"):
            time.sleep(0.02)
        assert by_words(library, "phân") == by_meaning(library, "phân") == ["phân bón"]

    def test_a_reader_brings_the_words_up_to_date_where_nobody_owns_the_base(
        self, wordy: Library, settings: Settings
    ) -> None:
        document, source = paper("phân bón")
        wordy.put(document, source, settle=False)
        wordy.close()
        with Library.open(settings, encoder=None, owner=False) as reader:
            assert by_words(reader, "phân") == ["phân bón"]

    def test_only_the_owner_rebuilds(self, wordy: Library, settings: Settings) -> None:
        with Library.open(settings, encoder=None) as other, pytest.raises(Busy):
            other.rebuild()

    def test_another_encoder_never_mixes_with_the_first(self, library: Library, settings: Settings) -> None:
        put(library, "phân bón", "đường sá")
        library.close()
        other = FakeEncoder("fake-2", dimensions=32)
        with Library.open(settings, encoder=other) as again:
            assert by_meaning(again, "phân") == []
            assert again.embed_missing() == 2
            assert by_meaning(again, "phân") == ["phân bón"]
            assert chroma(again) == (again.catalog.generation, 2)
            assert again.embed_missing() == 0

    def test_a_base_filled_in_the_words_tier_gets_its_vectors_later(self, wordy: Library, settings: Settings) -> None:
        put(wordy, "phân bón")
        assert wordy.tier is Tier.WORDS
        assert wordy.nearest(np.zeros(64, np.float32), None, 5) == []
        wordy.close()
        with Library.open(settings, encoder=FakeEncoder()) as again:
            again.embed_missing()
            assert (again.tier, by_meaning(again, "phân")) == (Tier.MEANING, ["phân bón"])

    def test_an_encoder_that_cannot_be_loaded_leaves_the_words(self, home: Path) -> None:
        with Library.open(Settings(home=home, encoder="/no/such/model")) as opened:
            assert opened.tier is Tier.WORDS
            assert "/no/such/model" in (opened.notice or "")


def test_many_threads_read_while_one_writes(library: Library) -> None:
    put(library, "phân bón 0", file="0.txt")
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                assert by_words(library, "phân bón")
                assert by_meaning(library, "phân bón")
            except BaseException as error:  # noqa: BLE001
                failures.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, 9):
        put(library, f"phân bón {number}", file=f"{number}.txt")
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(by_words(library, "phân bón")) == 9


@pytest.mark.parametrize("passing", [2, 3, 5])
def test_a_filter_finds_the_nearest_that_pass(library: Library, passing: int) -> None:
    for number in range(6):
        put(library, f"phân bón {number}", f"cao tốc {number}", file=f"{number}.txt")
    chosen = [record.id for record in library.documents()][:passing]  # a third, half, nearly all
    assert library.encoder is not None
    vector = library.encoder.queries(["phân bón"])[0]
    allowed = library.allowed(Filters(documents=tuple(chosen)))
    assert allowed is not None
    exact = {number: float(cosine) for number, cosine in zip(allowed, library.vectors(allowed) @ vector, strict=True)}
    hits = library.nearest(vector, allowed, passing)
    assert [number for number, _ in hits] == sorted(exact, key=lambda number: (-exact[number], number))[:passing]
    assert [cosine for _, cosine in hits] == pytest.approx([exact[number] for number, _ in hits], abs=1e-5)


def test_a_filter_follows_what_comes_in(library: Library) -> None:
    put(library, "phân bón", file="a.txt", dated=date(2023, 5, 1))
    put(library, "cao tốc", file="b.txt", dated=date(2024, 5, 1))
    early = Filters(years=(2023,))
    assert by_meaning(library, "phân bón", early) == ["phân bón"]
    put(library, "phân bón vi sinh", file="c.txt", dated=date(2023, 6, 1))
    assert sorted(by_meaning(library, "phân bón", early)) == ["phân bón", "phân bón vi sinh"]


def test_vectors_of_a_few_are_those_of_all(library: Library) -> None:
    document = put(library, "một", "hai", "ba", "bốn", "năm", heading="I. PHÂN BÓN")
    numbers = [record.number for record in library.passages(document.id)]
    asked = [numbers[2], 999, numbers[0], numbers[1], numbers[2]]
    few = library.vectors(asked)
    for _ in range(len(asked) + 1):  # ever new filters: in the end all are read
        assert library.nearest(few[0], np.array([numbers[2]]), 1)[0][0] == numbers[2]
    assert np.array_equal(library.vectors(asked), few)
    assert (np.abs(few).sum(axis=1) > 0).tolist() == [True, False, False, True, True]  # a heading has none


def test_a_filter_that_lets_all_pass_is_none(library: Library) -> None:
    put(library, "một", file="a.txt", dated=date(2023, 5, 1))
    number = library.documents()[0]
    assert library.allowed(Filters(years=(2023,))) is None
    assert library.allowed(Filters(documents=(number.id,))) is None
    put(library, "hai", file="b.txt", dated=date(2024, 5, 1))
    allowed = library.allowed(Filters(years=(2023,)))
    assert allowed is not None
    assert [record.text for record in library.records(allowed.tolist())] == ["một"]
