"""A change that somebody is told to prepare is none yet: only a paper that makes it acts on the other."""

import pytest

from ingest.document import Reference
from ingest.pipeline import ingest

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 21/KH-UBND\nSơn Lĩnh, ngày 24 tháng 4 năm 2025\n\n"
    "KẾ HOẠCH\nPhát triển chợ\n\nI. NHIỆM VỤ\n1. "
)


def last(sentence: str) -> Reference:
    return ingest((HEAD + sentence + "\n").encode(), "ke-hoach.txt").references[-1]


@pytest.mark.parametrize(
    "task",
    [
        "Sở Công Thương tham mưu sửa đổi, bổ sung Quyết định số 15/2021/QĐ-UBND theo hướng nâng mức hỗ trợ.",
        "Sở Công Thương tham mưu Ủy ban nhân dân tỉnh thay thế Quyết định số 15/2021/QĐ-UBND.",
        "Rà soát, sửa đổi Quyết định số 15/2021/QĐ-UBND.",
        "Nghiên cứu, đề xuất bãi bỏ Quyết định số 15/2021/QĐ-UBND trước ngày 31/12/2025.",
        "Xây dựng Quyết định thay thế Quyết định số 15/2021/QĐ-UBND.",
        "Trình Ủy ban nhân dân tỉnh bãi bỏ Quyết định số 15/2021/QĐ-UBND.",
    ],
)
def test_a_task_to_prepare_a_change_changes_nothing(task: str) -> None:
    found = last(task)
    assert (found.symbol, found.verb) == ("15/2021/QĐ-UBND", "refers")


@pytest.mark.parametrize(
    ("act", "verb"),
    [
        ("Kế hoạch này thay thế Quyết định số 15/2021/QĐ-UBND.", "replaces"),
        ("Bãi bỏ Quyết định số 15/2021/QĐ-UBND về đầu tư xây dựng chợ.", "repeals"),
        ("Sửa đổi, bổ sung khoản 2 Điều 5 Quyết định số 15/2021/QĐ-UBND.", "amends"),
        ("Chương trình này thay thế Quyết định số 15/2021/QĐ-UBND.", "replaces"),
        ("Quy định về đầu tư xây dựng chợ thay thế Quyết định số 15/2021/QĐ-UBND.", "replaces"),
        ("Sở Công Thương rà soát các chợ. Bãi bỏ Quyết định số 15/2021/QĐ-UBND.", "repeals"),
    ],
)
def test_an_act_stays_one(act: str, verb: str) -> None:
    assert last(act).verb == verb
