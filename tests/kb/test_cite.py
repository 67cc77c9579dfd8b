"""Citations: the table of DOMAIN §2.4, and nothing that the stored file does not say."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.document import Metadata
from kb.cite import cite, cite_document, date_vi, locator_words
from kb.model import DocumentRecord, PassageRecord, Status
from tests.fakes import paper

LOCATORS = [
    ("III", "Mục III", "Section III"),
    ("III/2", "khoản 2 Mục III", "Clause 2, Section III"),
    ("III/2/2.1", "điểm 2.1 khoản 2 Mục III", "Point 2.1, Clause 2, Section III"),
    ("III/2/a", "điểm a khoản 2 Mục III", "Point a, Clause 2, Section III"),
    ("III/2/g4", "gạch đầu dòng thứ tư khoản 2 Mục III", "4th dash item, Clause 2, Section III"),
    ("III/2/g11", "gạch đầu dòng thứ 11 khoản 2 Mục III", "11th dash item, Clause 2, Section III"),
    (
        "III/2/g4/c2",
        "dấu cộng thứ hai, gạch đầu dòng thứ tư khoản 2 Mục III",
        "2nd plus item, 4th dash item, Clause 2, Section III",
    ),
    ("III/5/p1", "đoạn thứ nhất khoản 5 Mục III", "1st paragraph, Clause 5, Section III"),
    ("P1/C2/M3/TM1", "Tiểu mục 1 Mục 3 Chương II Phần I", "Sub-section 1, Section 3, Chapter II, Part I"),
    ("C2/D5/k2/a", "điểm a khoản 2 Điều 5", "Point a, Clause 2, Article 5"),
    ("D5/k2/đ", "điểm đ khoản 2 Điều 5", "Point đ, Clause 2, Article 5"),
    ("D4a", "Điều 4a", "Article 4a"),
    ("D/1/t1/r2", "dòng số 2 Bảng 1 khoản 1 Mục D", "row 2, Table 1, Clause 1, Section D"),
    ("PL2/III", "Mục III Phụ lục II", "Section III, Appendix II"),
    ("pre/p2", "đoạn thứ hai phần căn cứ", "2nd paragraph, preamble"),
    ("summary", "trích yếu", "subject line"),
    ("D9/b~2", "điểm b Điều 9", "Point b, Article 9"),
    ("PL1/t1/n3", "dòng không đánh số thứ ba Bảng 1 Phụ lục I", "3rd unnumbered row, Table 1, Appendix I"),
    ("n1", "ghi chú thứ nhất", "1st note"),
]


@pytest.mark.parametrize(("locator", "vi", "en"), LOCATORS)
def test_locators_are_cited_from_small_to_large(locator: str, vi: str, en: str) -> None:
    assert locator_words(locator) == (vi, en)


def test_an_unnumbered_heading_is_cited_by_its_words() -> None:
    assert locator_words("h1/g2", ("CÁC NHIỆM VỤ TRỌNG TÂM",))[0] == (
        "gạch đầu dòng thứ hai mục “CÁC NHIỆM VỤ TRỌNG TÂM”"
    )


def test_an_appendix_without_a_number_gets_none() -> None:
    assert locator_words("PL1/t1/r3", ("PHỤ LỤC",))[0] == "dòng số 3 Bảng 1 Phụ lục"


def test_an_attached_regulation_names_its_type() -> None:
    assert locator_words("KT/D2", ("QUY CHẾ Quản lý nhiệm vụ",)) == ("Điều 2 Quy chế", "Article 2, Regulation")


def test_a_heading_in_an_attached_plan_is_not_the_plans_title() -> None:
    assert locator_words("KT/h1/1", ("KẾ HOẠCH Phát triển", "NHIỆM VỤ"))[0] == "khoản 1 mục “NHIỆM VỤ” Kế hoạch"


def record(meta: Metadata, file: str = "a.txt") -> DocumentRecord:
    return DocumentRecord("0" * 64, file, "txt", meta, Status(), 1, True, 1, None, None, True, "")


DECREE = Metadata("30/2020/NĐ-CP", "Nghị định", "Chính phủ", date=date(2020, 3, 5), title="về công tác văn thư")
SEED = Metadata(
    kind="Kế hoạch",
    issuer="Thành ủy Tam Điệp",
    authority="Ban Thường vụ Thành ủy",
    title="Thực hiện Nghị quyết số 36-NQ/TW, ngày 30/01/2023 của Bộ Chính trị về phát triển và ứng dụng công nghệ sinh "
    "học phục vụ phát triển bền vững đất nước trong tình hình mới",
)


def test_a_document_is_cited_in_the_official_form() -> None:
    found = cite_document(record(DECREE))
    assert found.vi == "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"
    assert found.en == "Decree No. 30/2020/ND-CP dated 05 March 2020 of the Government"


def test_missing_number_and_date_are_said_to_be_missing() -> None:
    assert cite_document(record(SEED)).vi == (
        "Kế hoạch của Ban Thường vụ Thành ủy Tam Điệp thực hiện Nghị quyết số 36-NQ/TW ngày 30/01/2023 của Bộ Chính trị"
        " (bản lưu trong kho: không có số, ngày)"
    )


def test_a_draft_is_cited_as_one() -> None:
    found = cite_document(record(replace(SEED, draft=True)))
    assert found.vi.startswith("Dự thảo Kế hoạch của Ban Thường vụ Thành ủy Tam Điệp")
    assert found.en.startswith("Draft Plan of")


def test_what_was_inferred_is_marked() -> None:
    meta = Metadata("12/KH-UBND", "Kế hoạch", "UBND phường Đông Khê", inferred=frozenset({"symbol", "issuer"}))
    found = cite_document(record(meta))
    assert found.vi.count("(suy luận)") == 2
    assert found.en.count("(inferred)") == 2


def test_a_law_is_cited_by_name_and_year() -> None:
    law = Metadata("72/2020/QH14", "Luật", "Quốc hội", date=date(2020, 11, 17), title="Luật Bảo vệ môi trường")
    assert cite_document(record(law)).vi == "Luật Bảo vệ môi trường năm 2020"


@pytest.mark.parametrize(
    ("kind", "title", "name"),
    [
        ("LUẬT", "CHĂN NUÔI", "Luật Chăn nuôi"),
        ("Luật", "LUẬT BẢO VỆ MÔI TRƯỜNG", "Luật Bảo vệ môi trường"),
        ("Bộ luật", "DÂN SỰ", "Bộ luật Dân sự"),
        ("Luật", "QUỐC TỊCH VIỆT NAM", "Luật Quốc tịch Việt Nam"),
        ("Luật", "NGÂN SÁCH NHÀ NƯỚC", "Luật Ngân sách nhà nước"),
        ("Luật", "Chăn nuôi", "Luật Chăn nuôi"),
    ],
)
def test_the_name_of_a_law_is_written_as_officials_write_it(kind: str, title: str, name: str) -> None:
    law = Metadata("1/2020/QH14", kind, "Quốc hội", date=date(2020, 11, 17), title=title)
    assert cite_document(record(law)).vi == f"{name} năm 2020"


def test_a_passage_is_cited_with_its_document() -> None:
    document, _ = paper(
        "Ứng dụng chế phẩm sinh học.", symbol="86-KH/TU", issuer="Tỉnh ủy Sơn Lĩnh", dated=date(2023, 5, 12)
    )
    passage = document.passages[1]
    found = cite(PassageRecord("0-I-g1", 1, record(document.metadata), passage, document.slice(passage)))
    assert found.vi == "gạch đầu dòng thứ nhất Mục I Kế hoạch số 86-KH/TU ngày 12/5/2023 của Tỉnh ủy Sơn Lĩnh"
    assert found.en == (
        "1st dash item, Section I, Plan No. 86-KH/TU dated 12 May 2023 of the Son Linh Provincial Party Committee"
    )


@pytest.mark.parametrize(
    ("day", "printed"),
    [(date(2020, 3, 5), "05/3/2020"), (date(2023, 1, 30), "30/01/2023"), (date(2024, 10, 4), "04/10/2024")],
)
def test_days_and_the_first_two_months_are_padded(day: date, printed: str) -> None:
    assert date_vi(day) == printed
