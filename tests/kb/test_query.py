"""Reading a question: names of papers, quotes, filters, language, what is wanted."""

import pytest

from ingest.vietnamese import fold
from kb.finding.routes import names
from kb.marks import Reading
from kb.model import Filters
from kb.query import understand
from kb.question.language import detect
from kb.question.naming import Directory
from kb.question.places import place, stands_at

BASE = Directory.of(
    ["36-NQ/TW", "86-KH/TU", "142/KH-UBND", "24/2018/QĐ-UBND", "30/2020/NĐ-CP", "97-KH/ThU", "57-NQ/TW"]
)


@pytest.mark.parametrize(
    ("question", "symbol"),
    [
        ("nq 36", "36-NQ/TW"),
        ("nghị quyết 36", "36-NQ/TW"),
        ("Nghị quyết số 36", "36-NQ/TW"),
        ("36-NQ/TW", "36-NQ/TW"),
        ("36-nq/tw nói gì", "36-NQ/TW"),
        ("36 - NQ/TW", "36-NQ/TW"),
        ("Resolution 36", "36-NQ/TW"),
        ("Decree 30/2020", "30/2020/NĐ-CP"),
        ("nghi dinh 30/2020", "30/2020/NĐ-CP"),
        ("Decree No. 30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("kế hoạch 86", "86-KH/TU"),
        ("quyết định 24/2018 có hiệu lực từ ngày nào", "24/2018/QĐ-UBND"),
        ("Kế hoạch 97-KH/ThU", "97-KH/ThU"),
    ],
)
def test_a_paper_is_known_in_any_spelling(question: str, symbol: str) -> None:
    assert understand(question, directory=BASE).plan.symbols == (symbol,)


@pytest.mark.parametrize(
    "question",
    ["đến năm 2030", "giảm 36% lượng rác", "36 hộ dân", "từ 5 - 7 ngày", "ngày 30/01/2023"],
)
def test_a_number_alone_names_no_paper(question: str) -> None:
    assert understand(question, directory=BASE).plan.symbols == ()


def test_a_short_name_that_the_base_does_not_know_stays_a_guess() -> None:
    understood = understand("nghị quyết 99", directory=BASE)
    assert "99-NQ/TW" in understood.plan.symbols
    assert not understood.known_symbols


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("nhiệm vụ nào về phân bón sinh học?", "vi"),
        ("nhiem vu nao ve phan bon sinh hoc", "vi-plain"),
        ("which tasks cover biological fertilizers?", "en"),
        ("UBND", "vi-plain"),
        ("CNSH", "vi-plain"),
        ("biotechnology", "en"),
        ("xe di lay rac thuc pham luc may gio", "vi-plain"),
        ("Why has the vegetable trial in Ben Lim ward not started?", "en"),
        ("bioeconomy in Ninh Binh", "en"),
        ("tasks on phân bón vi sinh", "vi"),
    ],
)
def test_the_language_is_told_by_words(question: str, language: str) -> None:
    assert detect(question) == language


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("các kế hoạch của UBND tỉnh năm 2023 về phân bón", Filters(issuers=("UBND tỉnh",), years=(2023,))),
        ("văn bản ban hành năm 2025", Filters(years=(2025,))),
        ("documents issued in 2024 on waste", Filters(years=(2024,))),
        ("phân bón sinh học trong các nghị quyết", Filters(kinds=("Nghị quyết",))),
        ("mục tiêu đến năm 2030", Filters()),  # of what the papers speak, not of the papers
        ("chi bao nhiêu cho phân loại rác năm 2024?", Filters()),
        ("khoản 3 Điều 7 của Quy định năm 2018 có còn áp dụng không?", Filters()),
    ],
)
def test_words_about_the_papers_become_filters(question: str, filters: Filters) -> None:
    assert understand(question, directory=BASE).plan.filters == filters


def test_a_filter_read_from_the_question_can_be_switched_off() -> None:
    question = "văn bản ban hành năm 2025 về rác"
    chips = [one.key for one in understand(question).plan.expansions if one.relation == "filter"]
    assert chips == ["year:2025"]
    assert understand(question, without=frozenset(chips)).plan.filters == Filters()


def test_given_filters_go_before_read_ones() -> None:
    assert understand("văn bản ban hành năm 2025", filters=Filters(years=(2023,))).plan.filters.years == (2023,)


@pytest.mark.parametrize(
    "question",
    [
        "nhiệm vụ nào về phân bón sinh học?",
        "Những đoạn nào nhắc đến chuyện đốt rơm?",
        "Liệt kê các chỉ tiêu về rừng",
        "truy xuất nguồn gốc được nhắc ở những đâu? Kể hết.",
        "nhung cho nao noi ve tiem phong",
        "which tasks cover biological fertilizers?",
        "Find everything about illegal dumping.",
        "Where is the water quality of the Khe River mentioned?",
        "What do the plans say about antibiotics? List all passages.",
    ],
)
def test_a_list_is_recognised(question: str) -> None:
    assert understand(question).plan.wants_list


@pytest.mark.parametrize(
    "question",
    ["Thùng màu vàng để bỏ loại rác gì?", "xe di lay rac luc may gio", "What colour is the bin for leftovers?"],
)
def test_a_single_fact_is_no_list(question: str) -> None:
    assert not understand(question).plan.wants_list


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Văn bản này giao gì cho UBND xã?", "UBND xã"),
        ("Ủy ban nhân dân thành phố được giao những việc gì?", "Ủy ban nhân dân thành phố"),
        ("ubnd tp phai lam gi", "ubnd tp"),
        ("trách nhiệm của Sở Tài chính là gì?", "Sở Tài chính"),
        ("What must the commune do?", "commune"),
        ("What is expected of Party members?", "Party members"),
    ],
)
def test_an_obligation_has_a_subject(question: str, subject: str) -> None:
    plan = understand(question).plan
    assert (plan.subject, plan.wants_role) == (subject, "responsibility")


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Máy đảo trộn phải lắp xong khi nào?", "deadline"),
        ("hoi dong gom may nguoi", "number"),
        ("Who leads the vaccination of poultry?", "responsibility"),
        ("Kế hoạch này mang số bao nhiêu?", "frame"),
        ("Who signed the plan?", "frame"),
    ],
)
def test_the_kind_of_answer_is_recognised(question: str, role: str) -> None:
    assert understand(question).plan.wants_role == role


def test_a_filter_is_shown_as_it_is_printed() -> None:
    plan = understand("phân bón trong các kế hoạch").plan
    assert [(one.source, one.terms) for one in plan.expansions if one.relation == "filter"] == [
        ("trong các kế hoạch", ("Kế hoạch",))
    ]
    assert understand("phan bon trong cac ke hoach").plan.filters.kinds == ("Kế hoạch",)


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("what does CNSH mean", {"CNSH"}),
        ("tasks in Dong Khe ward", {"tasks", "ward"}),  # "Dong" is no currency
        ("HTX in Dong Vac", {"HTX"}),
    ],
)
def test_vietnamese_words_of_an_english_question_are_known(question: str, sources: set[str]) -> None:
    assert {one.source for one in understand(question).plan.expansions} == sources


def test_quoted_words_are_a_phrase() -> None:
    assert understand("nhãn hiệu “Nấm Đồng Vạc” ở đâu?").plan.phrases == ("Nấm Đồng Vạc",)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Nhiệm vụ nào về phân bón sinh học?", "phân bón sinh học"),
        ("Đống phân ủ bị bốc mùi khai thì phải làm sao?", "Đống phân ủ bốc mùi khai"),
        ("là gì?", "là gì"),  # nothing would be left
        ("CNSH nghĩa là gì?", "CNSH"),
        ("xã phải làm gì?", "xã"),
        ("tôi muốn biết phường Đông Khê có từ bao giờ", "phường Đông Khê"),
        ("which tasks cover biological fertilizers?", "biological fertilizers"),
    ],
)
def test_words_of_asking_are_left_out(question: str, words: str) -> None:
    assert understand(question).plan.words == words


def test_a_restored_reading_keeps_the_offsets() -> None:
    def restore(text: str) -> Reading:
        return {"phan bon vi sinh": Reading("phân bón vi sinh", "phân bón vi sinh")}[text]

    plan = understand("phan bon vi sinh", restore=restore).plan
    assert plan.restored is not None
    assert (plan.language, fold(plan.restored), plan.words) == ("vi-plain", "phan bon vi sinh", "phân bón vi sinh")


@pytest.mark.parametrize(
    ("question", "locator", "stands"),
    [
        ("khoản 3 Điều 7 Quy định 2018", "KT/D7/k3", True),
        ("khoản 3 Điều 7", "KT/D7/k4", False),
        ("khoan 2 muc III", "III/2/g4", True),
        ("Clause 2, Article 5", "D5/k2/a", True),
        ("Article 9", "D9", True),
        ("Điều 9", "D19", False),
    ],
)
def test_a_provision_named_is_found_by_its_locator(question: str, locator: str, stands: bool) -> None:
    assert stands_at(locator, place(question)) is stands


def test_a_section_alone_names_no_provision() -> None:
    assert place("mục tiêu và nhiệm vụ ở Mục III") == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what does decision 24/2018/QD-UBND say of 2045", ["2045"]),
        ("Plan No. 86-KH/TU in Ben Lim ward", ["Ben Lim"]),
        ("targets for 2030 in Ben Lim", ["2030", "Ben Lim"]),
    ],
)
def test_the_parts_of_a_number_are_no_names(question: str, expected: list[str]) -> None:
    assert names(understand(question).plan) == expected
