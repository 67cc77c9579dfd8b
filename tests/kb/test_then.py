"""Questions after what was in force on a day."""

from datetime import date

import pytest

from ingest.vietnamese import fold
from kb.query import understand
from kb.question.then import then

DAY = date(2023, 6, 1)


@pytest.mark.parametrize(
    ("question", "taken"),
    [
        ("quyết định nào về phí chợ còn hiệu lực tại thời điểm 01/6/2023?", "tại thời điểm 01/6/2023"),
        ("các quyết định về phí chợ còn hiệu lực vào ngày 01 tháng 6 năm 2023", "vào ngày 01 tháng 6 năm 2023"),
        ("quy định về phí chợ có hiệu lực tại thời điểm ngày 01/06/2023", "tại thời điểm ngày 01/06/2023"),
        ("Tính đến ngày 01/6/2023, quyết định nào về phí chợ đang có hiệu lực?", "Tính đến ngày 01/6/2023"),
        ("tai thoi diem 1/6/2023 quy dinh nao ve phi cho con hieu luc", "tai thoi diem 1/6/2023"),
        ("which decisions on market fees were in force on 1 June 2023?", "on 1 June 2023"),
        ("as of 1 June 2023, which decisions on market fees were in force?", "as of 1 June 2023"),
    ],
)
def test_the_day_as_of_which_it_asks(question: str, taken: str) -> None:
    found = then(question)
    assert found is not None
    assert (found.day, question[found.start : found.end]) == (DAY, taken)
    plan = understand(question).plan
    assert plan.filters.as_of == DAY
    assert not {"2023", "diem"} & set(fold(plan.words).split())


@pytest.mark.parametrize(
    "question",
    [
        "tính đến ngày 01/6/2023 có bao nhiêu xã đạt chuẩn?",
        "văn bản có hiệu lực vào ngày 01/6/2023",
        "quyết định nào có hiệu lực từ ngày 01/6/2023?",
        "Quyết định này có hiệu lực kể từ ngày 01/6/2023",
        "giấy phép còn hiệu lực đến ngày 01/6/2023",
        "văn bản hết hiệu lực vào ngày 01/6/2023",
        "Bản án được tuyên vào ngày 01/6/2023, cho nên đã có hiệu lực, đúng hay sai?",
        "tính đến ngày 01/6/2023 bản án đã có hiệu lực pháp luật chưa?",
        "vào ngày 01/6/2023 văn bản nào có hiệu lực từ trước?",
        "which decision came into force on 1 June 2023?",
        "kế hoạch ban hành ngày 01/6/2023 còn hiệu lực không?",
    ],
)
def test_other_days_are_none(question: str) -> None:
    assert then(question) is None


def test_a_question_after_what_was_in_force_is_limited_to_that() -> None:
    question = "quyết định nào về phí chợ còn hiệu lực tại thời điểm 01/6/2023?"
    plan = understand(question).plan
    assert "in_force" in plan.filters.validity
    assert [each.key for each in plan.expansions if each.relation == "filter"] == ["as-of:2023-06-01", "status:living"]


def test_it_can_be_switched_off() -> None:
    question = "quyết định nào về phí chợ còn hiệu lực tại thời điểm 01/6/2023?"
    plan = understand(question, without=frozenset({"as-of:2023-06-01"})).plan
    assert plan.filters.as_of is None
