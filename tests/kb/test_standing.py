"""Questions after papers that are in force, that are so no more, or that are not yet so."""

import pytest

from ingest.vietnamese import fold
from kb.query import understand
from kb.question.standing import standing


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("văn bản nào còn hiệu lực về phân bón?", "status:living"),
        ("van ban nao con hieu luc ve phan bon", "status:living"),
        ("các quyết định về phí đang có hiệu lực", "status:living"),
        ("các kế hoạch về chuyển đổi số còn hiệu lực", "status:living"),
        ("những văn bản quy định mức chi hội nghị vẫn còn hiệu lực thi hành", "status:living"),
        ("which decisions on fees are still in force?", "status:living"),
        ("documents about waste that are in force", "status:living"),
        ("chỉ tìm văn bản còn hiệu lực về phân bón", "status:in-force"),
        ("only documents in force about fertilizer", "status:in-force"),
        ("các chỉ thị về rác thải còn hiệu lực", "status:living"),  # "chỉ thị" is no "chỉ"
        ("văn bản nào về phí đã hết hiệu lực?", "status:ended"),
        ("các nghị quyết về học phí không còn hiệu lực", "status:ended"),
        ("which plans on waste have expired?", "status:ended"),
        ("expired decisions on land prices", "status:ended"),
        ("quyết định nào về giá đất chưa có hiệu lực?", "status:early"),
        ("which circulars on tax are not yet in force?", "status:early"),
    ],
)
def test_what_a_question_is_limited_to(question, expected):
    found = standing(fold(question))
    assert found is not None
    assert found.key == expected


@pytest.mark.parametrize(
    "question",
    [
        "giấy phép còn hiệu lực trong bao lâu?",
        "bản án, quyết định có hiệu lực pháp luật được thi hành thế nào?",
        "các quyết định đã có hiệu lực pháp luật của tòa án",
        "văn bản này còn hiệu lực không?",
        "các quyết định về phí còn hiệu lực không?",
        "văn bản quy phạm pháp luật hết hiệu lực trong trường hợp nào?",
        "văn bản hết hiệu lực khi nào?",
        "are the decisions on fees still in force?",
        "documents in force when the licence was granted",
        "nâng cao hiệu lực, hiệu quả quản lý nhà nước",
        "văn bản nào còn hiệu lực?",  # nothing else is left to search
        "which documents are in force?",
        "quyết định của tỉnh làm văn bản nào của huyện hết hiệu lực?",
        "luật nào thay thế Luật Đất đai năm 2013?",
    ],
)
def test_questions_without_such_a_limit(question):
    assert standing(fold(question)) is None


def test_what_is_not_known_stays_unless_the_question_is_strict():
    loose = understand("văn bản nào còn hiệu lực về phân bón?").plan.filters.validity
    strict = understand("chỉ tìm văn bản còn hiệu lực về phân bón").plan.filters.validity
    assert {"unknown", "issuer_dissolved", "in_force", "amended"} <= set(loose)
    assert not {"replaced", "repealed", "expired", "period_over", "not_yet"} & set(loose)
    assert "unknown" not in strict


def test_the_words_become_a_chip_that_can_be_taken_off():
    question = "các quyết định về phân bón còn hiệu lực"
    plan = understand(question).plan
    [chip] = [each for each in plan.expansions if each.relation == "filter"]
    assert (chip.key, chip.source) == ("status:living", "còn hiệu lực")
    assert "hiệu" not in plan.words
    off = understand(question, without=frozenset({chip.key})).plan
    assert off.filters.validity == ()
    assert "hiệu lực" in off.words


def test_a_question_after_one_paper_is_not_limited():
    assert understand("văn bản 36-NQ/TW về công nghệ sinh học còn hiệu lực thi hành").plan.filters.validity == ()


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("chỉ tìm văn bản còn hiệu lực về phân bón", "phân bón"),
        ("văn bản nào còn hiệu lực về phân bón?", "phân bón"),
        ("documents about waste that are still in force", "waste"),
    ],
)
def test_what_is_left_to_search(question, left):
    assert understand(question).plan.words == left
