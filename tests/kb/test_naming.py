"""Papers named in a question: numbers as people type them, and laws by their names."""

import pytest

from ingest.document import Metadata
from kb.cite import law_name
from kb.query import understand
from kb.question.laws import Law, law
from kb.question.naming import Directory, mentions

SYMBOLS = ["57-NQ/TW", "86-KH/TU", "142/KH-UBND", "24/2018/QĐ-UBND", "30/2020/NĐ-CP", "01/2011/TT-BNV", "749/QĐ-TTg"]
BASE = Directory.of(SYMBOLS)
NO_BASE = Directory()


@pytest.mark.parametrize("base", [BASE, NO_BASE], ids=["known", "unknown"])
@pytest.mark.parametrize(
    ("question", "symbol"),
    [
        ("24 2018 QD-UBND", "24/2018/QĐ-UBND"),
        ("24/2018 QĐ-UBND", "24/2018/QĐ-UBND"),
        ("24.2018.qd.ubnd", "24/2018/QĐ-UBND"),
        ("24 2018 qd ubnd co hieu luc khi nao", "24/2018/QĐ-UBND"),
        ("QD-UBND 24/2018", "24/2018/QĐ-UBND"),
        ("nghi quyet 57 nq tw", "57-NQ/TW"),
        ("57 nq tw", "57-NQ/TW"),
        ("57NQ/TW", "57-NQ/TW"),
        ("NQ57-TW", "57-NQ/TW"),
        ("NQ 57-TW", "57-NQ/TW"),
        ("nq/tw 57", "57-NQ/TW"),
        ("86 KH TU", "86-KH/TU"),
        ("nghi dinh 30 2020 nd cp", "30/2020/NĐ-CP"),
        ("nd 30 2020", "30/2020/NĐ-CP"),
        ("nghị định 30/2020", "30/2020/NĐ-CP"),
        ("thông tư 01/2011/TT BNV", "01/2011/TT-BNV"),
        ("thong tu 01 2011 tt bnv", "01/2011/TT-BNV"),
        ("Quyết định số 749 /QĐ-TTg", "749/QĐ-TTg"),
        ("quyet dinh so 749 qd ttg", "749/QĐ-TTg"),
        ("QĐ749/TTg", "749/QĐ-TTg"),
        ("142 kh ubnd", "142/KH-UBND"),
        ("luật 41 2024 qh15", "41/2024/QH15"),
    ],
)
def test_a_number_is_read_as_people_type_it(question: str, symbol: str, base: Directory) -> None:
    assert understand(question, directory=base).plan.symbols == (symbol,)


@pytest.mark.parametrize(
    ("question", "symbol"),
    [("nq số 57", "57-NQ/TW"), ("nq-57", "57-NQ/TW"), ("kh 86 tu", "86-KH/TU"), ("Nghị quyết 57/NQ-TW", "57-NQ/TW")],
)
def test_what_is_left_out_or_misspelt_is_known_from_the_base(question: str, symbol: str) -> None:
    assert understand(question, directory=BASE).plan.symbols == (symbol,)


@pytest.mark.parametrize(
    "question",
    [
        "năm 2025 2030",
        "24 2018",
        "mục tiêu 30 2025",
        "từ 2021 2025",
        "57 tw",
        "30 kh tư",
        "20 tt huyen",
        "15 ct ubnd",
        "năm 2024 kh ubnd xã làm gì",
        "kế hoạch 2025",
        "nghị quyết 2025",
        "kế hoạch 5 năm 2021 2025",
        "kế hoạch 5 năm 2021-2025",
        "báo cáo 6 tháng",
        "thông báo 10 ngày",
        "quyết định 3 người",
        "a report of 6 months",
    ],
)
def test_what_only_looks_like_a_number_names_no_paper(question: str) -> None:
    assert understand(question, directory=BASE).plan.symbols == ()


@pytest.mark.parametrize("question", ["nghị quyết 57 năm 2024", "nghị quyết 57 ngày 22/12/2024", "kế hoạch 86 mục 2"])
def test_a_date_or_a_place_beside_a_number_leaves_it_one(question: str) -> None:
    assert understand(question, directory=BASE).plan.symbols != ()


@pytest.mark.parametrize(
    "question", ["Quyết định số 749/QĐ-TTg", "nội dung nghị quyết 57", "ke hoach 86 noi gi", "what does plan 86 say"]
)
def test_a_question_that_names_a_paper_and_no_more_has_no_other_words(question: str) -> None:
    assert understand(question, directory=BASE).content == ()


def test_only_numbers_that_can_be_are_guessed() -> None:
    assert understand("nghị định 30/2020", directory=NO_BASE).plan.symbols == ("30/2020/NĐ-CP",)
    assert understand("đề án 6", directory=NO_BASE).plan.symbols[0] == "06-ĐA/TW"


def test_a_paper_is_mentioned_in_full_and_in_short() -> None:
    assert {"57-nq/tw", "nghi quyet 57", "nghi quyet so 57"} <= set(mentions("57-NQ/TW"))


def _law(title: str, symbol: str) -> Law:
    meta = Metadata(kind="Bộ luật" if title.startswith("Bộ") else "Luật", title=title, symbol=symbol)
    return law(symbol, meta, law_name(meta) or title)


LAWS = (
    _law("Luật Trồng trọt", "31/2018/QH14"),
    _law("Luật Đất đai", "45/2013/QH13"),
    _law("Luật Đất đai", "31/2024/QH15"),
    _law("Bộ luật Lao động", "45/2019/QH14"),
)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("theo Luật Trồng trọt thì phân bón là gì?", {"31/2018/QH14"}),
        ("theo luat trong trot thi phan bon la gi", {"31/2018/QH14"}),
        ("fertilizers under the Law on Crop Production", {"31/2018/QH14"}),
        ("Luật Đất đai quy định thời hạn giao đất bao lâu?", {"45/2013/QH13", "31/2024/QH15"}),
        ("Luật Đất đai năm 2024 quy định gì về tách thửa?", {"31/2024/QH15"}),
        ("the 2013 Land Law", {"45/2013/QH13"}),
        ("Bộ luật Lao động 2019 quy định giờ làm thêm thế nào?", {"45/2019/QH14"}),
        ("overtime in the Labour Code", {"45/2019/QH14"}),
        ("Luật Đất đai 2003", set()),  # one that the base lacks
        ("pháp luật đất đai", set()),  # no one law
        ("quản lý đất đai", set()),
        ("luật sư là gì", set()),
    ],
)
def test_a_law_is_known_by_its_name(question: str, documents: set[str]) -> None:
    assert understand(question, directory=Directory.of((), LAWS)).papers == documents


def test_a_law_is_a_chip_that_can_be_taken_off() -> None:
    base, asked, key = Directory.of((), LAWS), "theo Luật Trồng trọt", "paper:luat-trong-trot"
    chips = {one.key: one.terms for one in understand(asked, directory=base).plan.expansions}
    assert chips[key] == ("Luật Trồng trọt",)
    without = understand(asked, directory=base, without=frozenset({key}))
    assert not without.papers
    assert key not in {one.key for one in without.plan.expansions}
