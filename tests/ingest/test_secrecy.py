import pytest

from ingest.errors import Refused
from tests.ingest.papers import of

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\n\n{}\n\nSố: 12/KH-UBND\n\nSơn Lĩnh, ngày 02 tháng 3 năm 2024\n\n"
    "KẾ HOẠCH\nTuần tra bảo vệ rừng\n\n1. Tuần tra {}.\n"
)

STAMPED = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "M Ậ T",  # letter-spaced
    "T Ố I  M Ậ T",
    "[MẬT]",
    "(TUYỆT MẬT)",
    "**TỐI MẬT**",
    "Độ mật: Mật",
    "Mức độ mật: Tối mật",
    "ĐỘ MẬT: TUYỆT MẬT",
    "MẬT          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",  # in a column of the head
]
OPEN = [
    "Bảo mật thông tin",
    "mật độ dân số",
    "mật ong rừng",
    "BẢO MẬT",
    "MẬT ĐỘ XÂY DỰNG",
    "Luật Bảo vệ bí mật nhà nước",
    "đóng dấu chỉ độ mật theo quy định",
    "văn bản đóng dấu Mật, Tối mật, Tuyệt mật được gửi riêng",
    "HỎA TỐC",
    "rỉ mật, mật mía",
    "mật khẩu",
    "Cơ yếu, mật mã",
]


@pytest.mark.parametrize("words", STAMPED)
def test_a_stamped_paper_is_refused(words):
    with pytest.raises(Refused) as refused:
        of(HEAD.format(words, "hằng tuần"))
    assert refused.value.code == "state_secret"


@pytest.mark.parametrize("words", OPEN)
def test_an_open_paper_is_read(words):
    assert of(HEAD.format(words, words)).passages


def test_drafts_and_internal_papers_are_labelled():
    assert of(HEAD.format("DỰ THẢO", "hằng tuần")).metadata.draft
    assert of(HEAD.format("Lưu hành nội bộ", "hằng tuần")).metadata.internal
    assert not of(HEAD.format("", "hằng tuần")).metadata.draft
