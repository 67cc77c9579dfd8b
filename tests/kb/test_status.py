"""Relations resolved against the base, and the force that follows from them."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from ingest.document import Document, Reference
from ingest.pipeline import ingest
from kb.library import Library
from kb.model import Validity
from kb.store.status import symbol_key
from tests.fakes import paper

GOLD = Path(__file__).parents[1] / "gold" / "sample"
PLAN = "sửa đổi, bổ sung Kế hoạch số 86-KH/TU ngày 12/5/2023 của Ban Thường vụ Tỉnh ủy"


def mention(text: str, symbol: str, verb: str, **more: object) -> Reference:
    """A reference at the first place of `symbol` in a paper with the standard heading."""
    start = len("I. NHIỆM VỤ\n") + text.index(symbol)
    return Reference(start, start + len(symbol), symbol, None, more.pop("provision", None), verb, **more)  # type: ignore[arg-type]


def put(library: Library, text: str, file: str, symbol: str | None = None, **more: object) -> Document:
    document, source = paper(text, file=file, symbol=symbol, **more)  # type: ignore[arg-type]
    library.put(document, source, settle=False)
    return document


def validity(library: Library, document: Document) -> str:
    return library.document(document.id).status.validity.value


def targets(library: Library, document: Document) -> list[list[str]]:
    return [[each.file for each in relation.candidates] for relation in library.relations(document.id)]


@pytest.mark.parametrize(
    ("verb", "provision", "expected"),
    [
        ("amends", None, "amended"),
        ("amends", "III/2", "amended"),
        ("replaces", None, "replaced"),
        ("replaces", "KT/D9", "partly_expired"),
        ("repeals", None, "repealed"),
        ("repeals", "KT/D7/k3", "partly_expired"),
        ("implements", None, "unknown"),
        ("basis", None, "unknown"),
    ],
)
def test_what_an_act_makes_of_its_target(wordy: Library, verb: str, provision: str | None, expected: str) -> None:
    target = put(wordy, "một", "86.txt", "86-KH/TU")
    acting = put(wordy, PLAN, "131.txt", "131-KH/TU", references=[mention(PLAN, "86-KH/TU", verb, provision=provision)])
    assert validity(wordy, target) == expected
    if expected != "unknown":
        status = wordy.document(target.id).status
        assert (status.by_document, status.by_symbol, status.by_locator) == (acting.id, "131-KH/TU", "I/g1")


@pytest.mark.parametrize(
    ("kind", "issuer", "verb", "target_issuer", "expected"),
    [
        ("Báo cáo", None, "amends", None, "unknown"),  # "đề nghị … khi sửa đổi Hướng dẫn": no act of a report's own
        ("Quyết định", "Ủy ban nhân dân thành phố Hà Khê", "repeals", "Ủy ban nhân dân tỉnh Sơn Lĩnh", "unknown"),
        ("Quyết định", "Ủy ban nhân dân tỉnh Sơn Lĩnh", "amends", "Ủy ban nhân dân tỉnh Sơn Lĩnh", "amended"),
        ("Quyết định", "Ủy ban nhân dân tỉnh Sơn Lĩnh", "repeals", "Ủy ban nhân dân phường Đông Khê", "repealed"),
        ("Kế hoạch", "Ủy ban nhân dân phường Đông Khê", "amends", "Thành ủy Hà Khê", "issuer_dissolved"),
        ("Kế hoạch", "Ủy ban nhân dân phường Đông Khê", "replaces", "Thành ủy Hà Khê", "replaced"),  # its successor
        ("Quyết định", "Ủy ban nhân dân thành phố Hà Khê", "amends", "Ủy ban nhân dân Thành phố Hà Nội", "unknown"),
    ],
)
def test_who_may_act(
    wordy: Library, kind: str, issuer: str | None, verb: str, target_issuer: str | None, expected: str
) -> None:
    target = put(wordy, "một", "86.txt", "86-KH/TU", issuer=target_issuer)
    put(wordy, PLAN, "131.txt", "131", kind=kind, issuer=issuer, references=[mention(PLAN, "86-KH/TU", verb)])
    assert validity(wordy, target) == expected


def test_a_title_that_sums_up_named_provisions_takes_no_more_than_they_do(wordy: Library) -> None:
    target = put(wordy, "một", "24.txt", "86-KH/TU")
    acts = [mention(PLAN, "86-KH/TU", "repeals"), mention(PLAN, "86-KH/TU", "repeals", provision="khoản 3 Điều 7")]
    put(wordy, PLAN, "09.txt", "131-KH/TU", references=acts)
    assert validity(wordy, target) == "partly_expired"


def test_an_older_paper_that_comes_later_is_resolved(wordy: Library) -> None:
    acting = put(wordy, PLAN, "131.txt", "131-KH/TU", references=[mention(PLAN, "86-KH/TU", "amends")])
    assert targets(wordy, acting) == [[]]
    target = put(wordy, "một", "86.txt", "86-KH/TU")
    assert (targets(wordy, acting), validity(wordy, target)) == ([["86.txt"]], "amended")


def test_dropping_the_acting_paper_takes_the_act_back(wordy: Library) -> None:
    target = put(wordy, "một", "86.txt", "86-KH/TU")
    put(wordy, PLAN, "131.txt", "131-KH/TU", references=[mention(PLAN, "86-KH/TU", "replaces")])
    wordy.drop("131.txt")
    assert validity(wordy, target) == "unknown"


def test_a_new_version_of_the_acting_paper_decides(wordy: Library) -> None:
    target = put(wordy, "một", "86.txt", "86-KH/TU")
    put(wordy, PLAN, "131.txt", "131-KH/TU", references=[mention(PLAN, "86-KH/TU", "repeals")])
    put(wordy, "không còn nhắc tới", "131.txt", "131-KH/TU")
    assert validity(wordy, target) == "unknown"


def test_the_gravest_act_wins(wordy: Library) -> None:
    target = put(wordy, "một", "86.txt", "86-KH/TU")
    put(wordy, PLAN, "a.txt", "131-KH/TU", references=[mention(PLAN, "86-KH/TU", "replaces")])
    put(wordy, PLAN, "b.txt", "132-KH/TU", references=[mention(PLAN, "86-KH/TU", "amends")])
    assert validity(wordy, target) == "replaced"


def test_a_paper_may_report_what_another_did(wordy: Library) -> None:
    text = "Quyết định số 24/2018/QĐ-UBND được sửa đổi bởi Quyết định số 09/2022/QĐ-UBND"
    target = put(wordy, "một", "24.txt", "24/2018/QĐ-UBND")
    references = [
        mention(text, "24/2018/QĐ-UBND", "basis"),
        mention(text, "09/2022/QĐ-UBND", "amends", reverse=True),
    ]
    put(wordy, text, "1568.txt", "1568/QĐ-UBND", references=references)
    status = wordy.document(target.id).status
    assert (status.validity, status.by_document, status.by_symbol) == ("amended", None, "09/2022/QĐ-UBND")


class TestResolving:
    """Number 142/KH-UBND twice: of the province (25/7/2023) and of the city (30/10/2023)."""

    @pytest.fixture
    def filled(self, wordy: Library) -> Library:
        province = {"issuer": "Ủy ban nhân dân tỉnh Sơn Lĩnh", "authority": "Ủy ban nhân dân tỉnh"}
        city = {"issuer": "Ủy ban nhân dân thành phố Hà Khê", "authority": "Ủy ban nhân dân thành phố"}
        put(wordy, "tỉnh", "tinh.txt", "142/KH-UBND", dated=date(2023, 7, 25), **province)
        put(wordy, "thành phố", "thanh-pho.txt", "142/KH-UBND", dated=date(2023, 10, 30), **city)
        return wordy

    @pytest.mark.parametrize(
        ("text", "dated", "own", "expected", "reason"),
        [
            ("142/KH-UBND", date(2023, 7, 25), None, ["tinh.txt"], "the date decides"),
            ("142/KH-UBND của Ủy ban nhân dân thành phố Hà Khê", None, None, ["thanh-pho.txt"], "the issuer decides"),
            ("142/KH-UBND của Ủy ban nhân dân tỉnh", None, None, ["tinh.txt"], "the issuer without its name"),
            ("142/KH-UBND", None, None, ["tinh.txt", "thanh-pho.txt"], "in doubt both stay candidates"),
            ("142/KH-UBND", None, date(2023, 8, 1), ["tinh.txt"], "a later paper cannot be meant"),
            ("142/KH-UBND", date(2021, 3, 3), None, [], "numbers begin anew each year"),
            ("142/KH-UBND; Ủy ban nhân dân tỉnh giao", None, None, ["tinh.txt", "thanh-pho.txt"], "another clause"),
        ],
    )  # fmt: skip
    def test_which_paper_is_meant(
        self, filled: Library, text: str, dated: date | None, own: date | None, expected: list[str], reason: str
    ) -> None:
        reference = mention(text, "142/KH-UBND", "basis", date=dated)
        acting = put(filled, text, "x.txt", "1-KH/TU", dated=own, references=[reference])
        assert targets(filled, acting) == [expected], reason

    def test_a_slip_in_the_date_of_an_only_candidate_is_forgiven(self, wordy: Library) -> None:
        put(wordy, "một", "86.txt", "86-KH/TU", dated=date(2023, 5, 12))
        reference = mention("86-KH/TU", "86-KH/TU", "implements", date=date(2023, 5, 21))
        assert targets(wordy, put(wordy, "86-KH/TU", "x.txt", references=[reference])) == [["86.txt"]]

    @pytest.mark.parametrize(
        ("says", "meant"),
        [
            ("ngày 12 tháng 9 năm 2022 của Ủy\nban nhân dân tỉnh Hải Dương về cháy rừng", False),
            ("ngày 12/9/2022 của UBND thành phố Hải Phòng", False),
            ("ngày 12/9/2022 của Ủy ban nhân dân tỉnh Sơn Lĩnh", True),
            ("ngày 12/9/2022, Quyết định số 7/2020/QĐ-UBND ngày 05/02/2020 của UBND tỉnh Hải Dương", False),
            ("ngày 12/9/2022 của Ủy ban nhân dân tỉnh về chức năng của Ủy ban nhân dân phường Đông Khê", None),
            ("về chức năng của Ủy ban nhân dân phường Đông Khê", None),
            ("ngày 12/9/2022 của Ủy ban nhân dân tỉnh\nỦY BAN NHÂN DÂN TỈNH SƠN LĨNH", None),
            ("ngày 12/9/2022 của Ủy ban nhân dân tỉnh\nCăn cứ Luật Tổ chức chính quyền địa phương", None),
        ],
    )
    @pytest.mark.parametrize("place", ["Sơn Lĩnh", "Hải Phòng"])
    def test_a_paper_of_another_province_with_that_number_is_not_meant(
        self, wordy: Library, says: str, meant: bool | None, place: str
    ) -> None:
        """None: the place is not said, so it is that of the paper that says so."""
        put(wordy, "một", "9.txt", "09/2022/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh Sơn Lĩnh", dated=date(2022, 3, 15))
        text = f"Bãi bỏ Quyết định số 09/2022/QĐ-UBND {says}"
        acting = put(
            wordy, text, "x.txt", issuer=f"Ủy ban nhân dân tỉnh {place}", dated=date(2025, 11, 18),
            references=[mention(text, "09/2022/QĐ-UBND", "repeals", date=date(2022, 9, 12))],
        )  # fmt: skip
        right = place == "Sơn Lĩnh" if meant is None else meant
        assert targets(wordy, acting) == [["9.txt"] if right else []]

    def test_an_undated_mention_takes_the_date_of_the_dated_one(self, filled: Library) -> None:
        references = [
            mention("142/KH-UBND", "142/KH-UBND", "basis", date=date(2023, 10, 30)),
            mention("142/KH-UBND", "142/KH-UBND", "refers"),
        ]
        acting = put(filled, "142/KH-UBND", "x.txt", references=references)
        assert targets(filled, acting) == [["thanh-pho.txt"], ["thanh-pho.txt"]]


@pytest.mark.parametrize(
    ("issuer", "dated", "kind", "expected"),
    [
        ("Thành ủy Hà Khê", date(2023, 8, 18), "Kế hoạch", "issuer_dissolved"),
        ("Ủy ban nhân dân thành phố Hà Khê", date(2023, 8, 18), "Kế hoạch", "issuer_dissolved"),
        ("Ủy ban nhân dân huyện Ba Vì", None, "Quyết định", "issuer_dissolved"),
        ("Chủ tịch Ủy ban nhân dân huyện Ba Vì", None, "Quyết định", "issuer_dissolved"),
        ("Hội đồng nhân dân quận Cầu Giấy", date(2020, 1, 1), "Nghị quyết", "issuer_dissolved"),
        ("Thị ủy Sơn Tây", date(2020, 1, 1), "Nghị quyết", "issuer_dissolved"),
        ("Thành ủy Hà Nội", date(2020, 1, 1), "Nghị quyết", "unknown"),  # a city of the centre
        ("Ủy ban nhân dân Thành phố Hồ Chí Minh", date(2020, 1, 1), "Quyết định", "unknown"),
        ("Ủy ban nhân dân tỉnh Sơn Lĩnh", date(2020, 1, 1), "Quyết định", "unknown"),
        ("Ủy ban nhân dân phường Đông Khê", date(2026, 1, 15), "Kế hoạch", "unknown"),
        ("Ủy ban nhân dân xã Yên Sơn", date(2020, 1, 1), "Kế hoạch", "unknown"),
        ("Huyện ủy Nho Quan", date(2025, 8, 1), "Kế hoạch", "unknown"),  # dated after the reform: a slip, no verdict
        ("Ủy ban nhân dân huyện Ba Vì", date(2020, 1, 1), "Công văn", "not_applicable"),
        (None, None, "Thuyết minh", "not_applicable"),
        (None, None, None, "unknown"),
    ],
)
def test_force_without_any_act(
    wordy: Library, issuer: str | None, dated: date | None, kind: str | None, expected: str
) -> None:
    assert validity(wordy, put(wordy, "một", "x.txt", kind=kind, issuer=issuer, dated=dated)) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("09/2022/QĐ-UBND", "9/2022/qd-ubnd"), ("36 - NQ/TW", "36-NQ/TW"), ("97-KH/ThU", "97-KH/THU")]
)
def test_spellings_of_one_number(one: str, other: str) -> None:
    assert symbol_key(one) == symbol_key(other)


def sample(files: Iterable[Path], library: Library) -> None:
    for file in files:
        data = file.read_bytes()
        library.put(ingest(data, file.name), data, settle=False)


OWN = {  # the base knows nothing else of them; they say it themselves
    "02-ke-hoach-sua-doi-ke-hoach-86.txt": "in_force",
    "07-quyet-dinh-phe-duyet-nhiem-vu-khoa-hoc.txt": "in_force",
    "11-quyet-dinh-thay-the-bai-bo-mot-phan-quy-dinh.txt": "in_force",
    "16-ke-hoach-phuong-dong-khe-2026.txt": "in_period",
}


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_the_sample_papers_have_the_force_that_is_known_of_them(wordy: Library, backwards: bool) -> None:
    wordy.catalog.today = lambda: date(2026, 3, 1)
    sample(sorted(GOLD.glob("*.txt"), reverse=backwards), wordy)
    gold = [json.loads(line) for line in (GOLD / "documents.jsonl").read_text("utf-8").splitlines()]
    assert len(gold) == 18
    found = {row["file"]: wordy.document(row["file"]).status.validity for row in gold}
    assert {row["file"] for row in gold if row["status"] == "unknown"} >= set(OWN)
    assert found == {row["file"]: Validity(OWN.get(row["file"], row["status"])) for row in gold}
