"""The kind of thing a question expects."""

import pytest

from kb.finding.expected import measures

EFFECT = "Quyet dinh nay co hieu luc ke tu ngay 01 thang 7 nam 2025".lower()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Nghị định 30 có hiệu lực từ ngày nào?", True),
        ("quy dinh ve phi ap dung tu khi nao", True),
        ("Hiệu lực thi hành của Nghị định 30", True),
        ("Quyết định 33 còn hiệu lực không?", True),
        ("When does the decree take effect?", True),
        ("Sau khi sổ hộ khẩu hết hiệu lực thì chứng minh nơi thường trú bằng cách nào?", False),
        ("Hợp đồng không có hiệu lực nhưng thỏa thuận trọng tài vẫn có hiệu lực, đúng hay sai?", False),
    ],
)
def test_a_beginning_is_expected_only_where_one_is_asked_for(question: str, expected: bool) -> None:
    assert any(pattern.search(EFFECT) for pattern in measures(question)) is expected
