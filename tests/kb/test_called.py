"""What a question calls for by name: what ended a paper's force, a provision by its place."""

import pytest

from ingest.pipeline import ingest
from kb.library import Library
from kb.model import Filters, Results
from kb.question.intent import asks_force
from kb.search import search

OLD, NEW = "33/2021/QĐ-UBND", "21/2025/QĐ-UBND"
FARE = "Vé lượt {price} đồng đối với tuyến xe buýt dưới 15 km."


def decision(library: Library, symbol: str, year: int, *articles: str) -> str:
    """Puts a province's decision with these articles into the base and returns its id."""
    body = "\n".join(f"Điều {at}. {words}" for at, words in enumerate(articles, 1))
    text = (
        f"ỦY BAN NHÂN DÂN\nTỈNH TRƯỜNG LĨNH\nSố: {symbol}\nTrường Lĩnh, ngày 08 tháng 9 năm {year}\n\nQUYẾT ĐỊNH\n"
        f"Quy định giá vé xe buýt\n\nCăn cứ Luật Giá ngày 19 tháng 6 năm 2023;\n\n{body}\n"
    )
    document = ingest(text.encode(), f"{symbol.replace('/', '-')}.txt")
    library.put(document, text.encode())
    return document.id


@pytest.fixture
def fares(wordy: Library) -> Library:
    decision(wordy, OLD, 2021, FARE.format(price="6.000"), "Quyết định này có hiệu lực kể từ ngày 20 tháng 9 năm 2021.")
    decision(
        wordy,
        NEW,
        2025,
        "Giá vé\n1. "
        + FARE.format(price="8.000")
        + "\n2. Trẻ em dưới 6 tuổi được miễn tiền vé.\n3. Vé tháng bán tại bến.",
        f"Quyết định này thay thế Quyết định số {OLD} ngày 08 tháng 9 năm 2021 của Ủy ban nhân dân tỉnh Trường Lĩnh.",
    )
    return wordy


def first(found: Results) -> tuple[str | None, str]:
    record = found.hits[0].record
    return record.document.metadata.symbol, record.text


@pytest.mark.parametrize(
    "question",
    [
        f"Quyết định {OLD} còn hiệu lực không?",
        "quyet dinh 33/2021/QD-UBND con hieu luc khong",
        f"Quyết định {OLD} bị văn bản nào thay thế?",
        "Is Decision 33/2021/QD-UBND still in force?",
    ],
)
def test_what_replaced_a_paper_comes_first_when_its_force_is_asked(fares: Library, question: str) -> None:
    symbol, text = first(search(fares, question))
    assert symbol == NEW
    assert "thay thế" in text


def test_a_filter_holds_for_what_replaced_a_paper_too(fares: Library) -> None:
    found = search(fares, f"Quyết định {OLD} còn hiệu lực không?", filters=Filters(years=(2021,)))
    assert {hit.record.document.metadata.symbol for hit in found.hits} == {OLD}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Kế hoạch 86 còn hiệu lực không", True),
        ("ke hoach 86 con ap dung khong", True),
        ("Kế hoạch 86 đã bị sửa đổi chưa", True),
        ("Which decision replaced Plan 86?", True),
        ("Is Resolution 36 still valid?", True),
        ("Kế hoạch 86 giao việc gì cho Sở Y tế", False),
        ("What does Plan 86 say about fertilizers?", False),
        ("đề xuất sửa đổi quy chế", False),
    ],
)
def test_questions_of_force(question: str, asked: bool) -> None:
    assert asks_force(question) is asked


def test_what_holds_now_comes_before_what_no_longer_does(fares: Library) -> None:
    assert first(search(fares, "vé lượt xe buýt dưới 15 km hiện nay bao nhiêu tiền?"))[0] == NEW


def test_a_provision_asked_for_by_its_place_comes_point_after_point(fares: Library) -> None:
    found = search(fares, f"Điều 1 Quyết định {NEW}")
    places = [hit.record.passage.locator for hit in found.hits if hit.record.document.metadata.symbol == NEW]
    assert places[:3] == ["D1/k1", "D1/k2", "D1/k3"]
