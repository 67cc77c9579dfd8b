"""What a paper's own words and the acts of others make of its force on a given day."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from ingest.pipeline import ingest
from kb.library import Library
from kb.model import Filters, Status, Validity
from kb.search import search
from kb.settings import Settings

TODAY = date(2026, 6, 30)


@pytest.fixture
def base(settings: Settings) -> Iterator[Library]:
    """An empty base in the words tier on 30 June 2026."""
    with Library(settings, None, owner=True, today=lambda: TODAY) as opened:
        yield opened


def put(
    base: Library,
    number: str,
    *clauses: str,
    kind: str = "QUYẾT ĐỊNH",
    title: str = "Quy định quản lý chợ",
    signed: str = "20 tháng 5 năm 2024",
    place: str = "TỈNH SƠN LĨNH",
    above: str = "",
) -> str:
    """Puts a paper with these articles into the base and returns its id."""
    articles = "\n".join(f"Điều {at}. {clause}" for at, clause in enumerate(clauses or ("Phạm vi.",), 1))
    text = (
        f"{above}ỦY BAN NHÂN DÂN\n{place}\nSố: {number}\nSơn Lĩnh, ngày {signed}\n\n{kind}\n{title}\n\n"
        f"Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\n{articles}\n"
    )
    document = ingest(text.encode(), f"{number.replace('/', '-')} {title}.txt")
    base.put(document, text.encode())
    return document.id


def status(base: Library, document_id: str, day: date = TODAY) -> Status:
    base.catalog.today = lambda: day
    return base.document(document_id).status


@pytest.mark.parametrize(
    ("clause", "validity", "since", "until"),
    [
        ("có hiệu lực từ ngày 01/7/2025", "in_force", date(2025, 7, 1), None),
        ("có hiệu lực từ ngày 30/6/2026", "in_force", date(2026, 6, 30), None),
        ("có hiệu lực từ ngày 01/7/2026", "not_yet", date(2026, 7, 1), None),
        ("có hiệu lực từ ngày 01/7/2025 đến hết ngày 30/6/2026", "in_force", date(2025, 7, 1), date(2026, 6, 30)),
        ("có hiệu lực từ ngày 01/7/2025 đến hết ngày 29/6/2026", "expired", date(2025, 7, 1), date(2026, 6, 29)),
        ("thực hiện đến hết năm 2025", "period_over", None, date(2025, 12, 31)),
        ("thực hiện đến hết năm 2026", "in_period", None, date(2026, 12, 31)),
        ("có hiệu lực sau 15 ngày kể từ ngày đăng Công báo", "unknown", None, None),
    ],
)
def test_by_its_own_words(base, clause, validity, since, until):
    found = status(base, put(base, "15/2024/QĐ-UBND", "Phạm vi.", f"Quyết định này {clause}."))
    assert (found.validity, found.since, found.until) == (validity, since, until)


def test_the_evidence_is_the_passage_that_says_so(base):
    document = put(base, "15/2024/QĐ-UBND", "Phạm vi.", "Quyết định này có hiệu lực từ ngày 01/7/2025.")
    found = status(base, document)
    assert (found.by_document, found.by_symbol, found.by_locator) == (document, None, "D2")


def test_a_plan_says_its_time_in_its_title(base):
    plan = put(base, "9/KH-UBND", kind="KẾ HOẠCH", title="Phát triển chợ giai đoạn 2025 - 2030")
    found = status(base, plan)
    assert (found.validity, found.until, found.by_locator) == (Validity.IN_PERIOD, date(2030, 12, 31), "summary")
    assert status(base, plan, date(2031, 1, 1)).validity is Validity.PERIOD_OVER
    assert status(base, plan, date(2024, 6, 1)).validity is Validity.UNKNOWN  # its time has not begun


def test_a_draft_and_a_consolidated_text_claim_nothing(base):
    clause = "Quyết định này có hiệu lực từ ngày 01/7/2025."
    draft = put(base, "15/2024/QĐ-UBND", "Phạm vi.", clause, above="DỰ THẢO\n")
    merged = put(base, "3/VBHN-UBND", "Phạm vi.", clause, kind="VĂN BẢN HỢP NHẤT")
    assert base.document(draft).metadata.draft
    assert [status(base, each).validity for each in (draft, merged)] == [Validity.UNKNOWN] * 2


def test_a_plan_of_a_dissolved_body_whose_time_is_over_is_over(base):
    plan = {"kind": "KẾ HOẠCH", "place": "HUYỆN NAM KHÊ", "signed": "20 tháng 5 năm 2023"}
    over = put(base, "9/KH-UBND", title="Phát triển chợ giai đoạn 2023 - 2025", **plan)
    going_on = put(base, "10/KH-UBND", title="Phát triển chợ giai đoạn 2023 - 2030", **plan)
    assert [status(base, each).validity for each in (over, going_on)] == ["period_over", "issuer_dissolved"]


class TestActsOfOthers:
    OLD = ("Phạm vi.", "Quyết định này có hiệu lực từ ngày 01/6/2024.")
    REPLACES_NOW = "Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 15/2024/QĐ-UBND."
    REPLACES = "Quyết định này có hiệu lực từ ngày 01/8/2026 và thay thế Quyết định số 15/2024/QĐ-UBND."

    def test_they_go_before_its_own_words(self, base):
        old = put(base, "15/2024/QĐ-UBND", *self.OLD)
        new = put(base, "2/2025/QĐ-UBND", self.REPLACES_NOW, signed="02 tháng 3 năm 2025")
        found = status(base, old)
        assert (found.validity, found.by_document, found.since) == (Validity.REPLACED, new, date(2025, 3, 2))

    def test_they_hold_from_the_day_on_which_the_acting_paper_has_effect(self, base):
        old = put(base, "15/2024/QĐ-UBND", *self.OLD)
        new = put(base, "8/2026/QĐ-UBND", self.REPLACES, signed="15 tháng 6 năm 2026")
        found = status(base, old)
        assert (found.validity, found.by_document) == (Validity.IN_FORCE, old)
        assert found.coming is not None
        assert (found.coming.validity, found.coming.by_document, found.coming.by_locator, found.coming.since) == (
            Validity.REPLACED, new, "D1", date(2026, 8, 1),
        )  # fmt: skip
        later = status(base, old, date(2026, 8, 1))
        assert (later.validity, later.by_document, later.coming) == (Validity.REPLACED, new, None)

    def test_an_earlier_one_holds_until_a_graver_one_does(self, base):
        old = put(base, "15/2024/QĐ-UBND", *self.OLD)
        put(base, "2/2025/QĐ-UBND", "Sửa đổi, bổ sung Quyết định số 15/2024/QĐ-UBND như sau: bỏ Điều 1.",
            "Quyết định này có hiệu lực từ ngày ký.", signed="02 tháng 3 năm 2025")  # fmt: skip
        put(base, "8/2026/QĐ-UBND", self.REPLACES, signed="15 tháng 6 năm 2026")
        found = status(base, old)
        assert (found.validity, found.coming and found.coming.validity) == (Validity.AMENDED, Validity.REPLACED)

    def test_of_two_papers_of_one_number_none_is_said_to_be_in_force_when_one_was_replaced(self, base):
        old = put(base, "15/2024/QĐ-UBND", *self.OLD)
        namesake = put(base, "15/2024/QĐ-UBND", *self.OLD, title="Quy định quản lý bến xe")
        assert [status(base, each).validity for each in (old, namesake)] == [Validity.IN_FORCE] * 2
        put(base, "2/2025/QĐ-UBND", self.REPLACES_NOW, signed="02 tháng 3 năm 2025")
        assert [status(base, each).validity for each in (old, namesake)] == [Validity.UNKNOWN] * 2
        assert status(base, old).by_locator == "D2"  # where it speaks of its effect all the same

    def test_a_draft_does_nothing(self, base):
        old = put(base, "15/2024/QĐ-UBND", *self.OLD)
        put(base, "2/2025/QĐ-UBND", self.REPLACES_NOW, signed="02 tháng 3 năm 2025", above="DỰ THẢO\n")
        assert status(base, old).validity is Validity.IN_FORCE


def test_a_filter_and_a_search_follow_the_day(base):
    put(base, "15/2024/QĐ-UBND", "Phạm vi.", "Quyết định này có hiệu lực từ ngày 01/7/2026.")
    limits = Filters(validity=("in_force",))
    assert base.searched(limits).documents == 0
    base.catalog.today = lambda: date(2026, 7, 1)
    assert base.stale
    assert base.searched(limits).documents == 1


class TestAsOfADay:
    """`kb search --as-of`: the papers there were on a day, with the force they had then."""

    @pytest.fixture
    def replaced(self, base: Library) -> tuple[Library, str]:
        """A base in which a decision of 2024 was replaced in March 2025."""
        old = put(base, "15/2024/QĐ-UBND", *TestActsOfOthers.OLD)
        put(base, "2/2025/QĐ-UBND", TestActsOfOthers.REPLACES_NOW, signed="02 tháng 3 năm 2025")
        return base, old

    @pytest.mark.parametrize(
        ("day", "validity", "papers"),
        [
            (date(2024, 5, 25), "not_yet", 1),
            (date(2024, 6, 1), "in_force", 1),
            (date(2025, 3, 1), "in_force", 1),
            (date(2025, 3, 2), "replaced", 2),
            (None, "replaced", 2),
        ],
    )
    def test_a_search_shows_the_force_of_that_day(self, replaced, day, validity, papers):
        base, old = replaced
        limits = Filters(as_of=day)
        found = search(base, "phạm vi quản lý chợ", filters=limits)
        shown = {hit.record.document.id: hit.record.document.status for hit in found.hits}
        assert (shown[old].validity, len(shown), found.searched.documents) == (validity, papers, papers)

    def test_a_body_that_still_stood_is_not_said_to_be_dissolved(self, base):
        old = put(base, "15/2024/QĐ-UBND", *TestActsOfOthers.OLD, place="HUYỆN HÀ KHÊ")
        assert status(base, old, date(2025, 7, 1)).validity is Validity.ISSUER_DISSOLVED
        assert status(base, old, date(2025, 6, 30)).validity is Validity.IN_FORCE

    def test_what_was_to_come_is_told(self, replaced):
        base, old = replaced
        (then,) = [each for each in base.documents(day=date(2025, 1, 1)) if each.id == old]
        assert then.status.coming is not None
        assert (then.status.coming.validity, then.status.coming.since) == (Validity.REPLACED, date(2025, 3, 2))

    def test_a_filter_by_force_is_one_by_the_force_of_that_day(self, replaced):
        base, _ = replaced
        limits = Filters(validity=("in_force",), as_of=date(2025, 1, 1))
        assert base.searched(limits).documents == 1
        assert base.searched(Filters(validity=("replaced",), as_of=date(2025, 1, 1))).documents == 0


def test_a_base_of_older_rules_reads_its_texts_anew(settings: Settings):
    with Library(settings, None, owner=True, today=lambda: TODAY) as base:
        old = put(base, "15/2024/QĐ-UBND", "Phạm vi.", "Quyết định này có hiệu lực từ ngày 01/6/2024.")
        text = "Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 15/2024/QĐ-UBND."
        new = put(base, "2/2025/QĐ-UBND", text, signed="02 tháng 3 năm 2025")
        connection = base.database.connection
        connection.execute("DELETE FROM meta WHERE key = 'rules'")  # as the program before wrote it
        for number, card in connection.execute("SELECT number, card FROM documents").fetchall():
            told = json.loads(card)
            assert told["metadata"].pop("effect")
            status_then = {"validity": "replaced", "by_document": new} if number == 1 else {}
            connection.execute(
                "UPDATE documents SET card = ?, status = ? WHERE number = ?",
                (json.dumps(told), json.dumps(status_then), number),
            )
        generation = base.catalog.generation
    with Library(settings, None, owner=False, today=lambda: TODAY) as again:
        assert again.catalog.generation == generation
        assert (again.document(old).status.validity, again.document(new).status.validity) == ("replaced", "in_force")
        assert again.document(old).status.since == date(2025, 3, 2)


class TestWhoseActItIs:
    DECREE = (
        "CHÍNH PHỦ\n\nSố: 7/2023/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2023\n\nNGHỊ ĐỊNH\nQuản lý chợ\n\n"
        "Căn cứ Luật Giá ngày 19 tháng 6 năm 2023;\n\nĐiều 1. Phạm vi.\n"
    )

    def test_a_province_proposes_but_makes_no_change_to_a_decree(self, base):
        decree = ingest(self.DECREE.encode(), "7-2023-nd-cp.txt")
        base.put(decree, self.DECREE.encode())
        put(base, "15/2024/QĐ-UBND", "Kiến nghị.\nSửa đổi khoản 2 Điều 1 Nghị định số 7/2023/NĐ-CP của Chính phủ.")
        assert status(base, decree.id).validity is Validity.UNKNOWN

    def test_a_consolidated_text_repeats_what_another_paper_did(self, base):
        old = put(base, "15/2024/QĐ-UBND")
        put(base, "3/VBHN-UBND", TestActsOfOthers.REPLACES_NOW, kind="VĂN BẢN HỢP NHẤT", signed="02 tháng 3 năm 2025")
        assert status(base, old).validity is Validity.UNKNOWN

    def test_an_amendment_that_is_only_cited_is_that_of_the_cited_paper(self, base):
        old = put(base, "15/2024/QĐ-UBND")
        clause = "Thực hiện Quyết định số 8/2025/QĐ-UBND sửa đổi Quyết định số 15/2024/QĐ-UBND."
        put(base, "20/2025/QĐ-UBND", clause, signed="02 tháng 3 năm 2025")
        found = status(base, old)
        assert (found.validity, found.by_document, found.by_symbol) == (Validity.AMENDED, None, "8/2025/QĐ-UBND")
