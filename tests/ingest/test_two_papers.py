"""Two papers in one file: a letter and the plan it sends, a decision and what it issues. One source, two roots."""

import pytest

from ingest.document import Kind, Role
from tests.ingest.papers import by_locator, of, words

LETTER = (
    "ỦY BAN NHÂN DÂN TỈNH SƠN LĨNH\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 693/SKHCN-QLCN\nV/v gửi Kế hoạch năm 2024\n\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSơn Lĩnh, ngày 05 tháng 3 năm 2024\n\n"
    "Kính gửi: Ủy ban nhân dân các xã, phường\n\n"
    "Sở Khoa học và Công nghệ gửi kèm theo Kế hoạch phát triển công nghệ sinh học và đề nghị như sau:\n\n"
    "1. Các địa phương triển khai Kế hoạch.\n\n2. Báo cáo trước ngày 15/12/2024./.\n\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\n(đã ký)\n\nNguyễn Văn An\n\n"
)
LETTERHEAD = (
    "ỦY BAN NHÂN DÂN TỈNH SƠN LĨNH\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 45/KH-SKHCN\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\nSơn Lĩnh, ngày 01 tháng 3 năm 2024\n\n"
)
TYPE = "KẾ HOẠCH\nPhát triển công nghệ sinh học năm 2024\n"
ISSUED = "(Kèm theo Công văn số 693/SKHCN-QLCN ngày 05/3/2024)\n"
PLAN = (
    "\nCăn cứ Nghị quyết số 36-NQ/TW;\n\nI. MỤC TIÊU\n\n1. Hỗ trợ ít nhất 02 doanh nghiệp.\n\nII. NHIỆM VỤ\n\n"
    "1. Sản xuất phân bón vi sinh.\n\nNơi nhận:\n- Sở Tài chính;\n- Lưu: VT.\n\n"
    "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Thị Bình\n"
)
SENT = {"with its letterhead": LETTERHEAD + TYPE, "as an annex": TYPE + ISSUED, "bare": TYPE}


@pytest.mark.parametrize("head", SENT.values(), ids=SENT.keys())
def test_a_plan_behind_its_letter(head):
    found = of(LETTER + head + PLAN)
    places = by_locator(found)
    assert {"1", "2", "nn", "ky", "KT", "KT/I/1", "KT/II/1", "KT/nn", "KT/ky"} <= set(places)
    assert words(found, "KT").startswith("KẾ HOẠCH Phát triển công nghệ sinh học năm 2024")
    assert places["KT/II/1"].heading == ("KẾ HOẠCH Phát triển công nghệ sinh học năm 2024", "II. NHIỆM VỤ")
    assert places["KT/II/1"].role is Role.TASK
    assert places["KT/pre/p1"].role is Role.BASIS


@pytest.mark.parametrize("head", SENT.values(), ids=SENT.keys())
def test_the_file_bears_the_number_of_its_first_paper(head):
    found = of(LETTER + head + PLAN).metadata
    assert (found.symbol, found.kind, found.signer) == ("693/SKHCN-QLCN", "Công văn", "Nguyễn Văn An")
    assert found.issuer == "Sở Khoa học và Công nghệ tỉnh Sơn Lĩnh"
    assert found.title == "V/v gửi Kế hoạch năm 2024"


def test_the_body_of_a_letter_is_no_head():
    head = [p for p in of(LETTER + LETTERHEAD + TYPE + PLAN).passages if p.kind is Kind.HEAD]
    assert not [p for p in head if "Báo cáo trước ngày" in LETTER[p.start : p.end]]


def test_the_blank_letterhead_of_a_form_begins_no_paper():
    form = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n....., ngày ... tháng ... năm ...\n\n"
    found = of(LETTER + form + "BÁO CÁO\n\nKết quả thực hiện\n\nI. KẾT QUẢ\n\n1. Số liệu.\n")
    assert "KT" not in by_locator(found)


DECISION = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 1779/QĐ-UBND\n\nSơn Lĩnh, ngày 19 tháng 11 năm 2025\n\nQUYẾT ĐỊNH\n"
    "Công bố danh mục\n\nCăn cứ Luật Tổ chức chính quyền địa phương;\n\n"
    "Điều 1. Công bố, phê duyệt kèm theo Quyết định này:\n\n"
    "1. Danh mục thủ tục.\n\n2. Quy trình nội bộ.\n\nĐiều 2. Quyết định có hiệu lực từ ngày ký./.\n\n"
    "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An\n\n"
)
LISTS = (
    "DANH MỤC THỦ TỤC HÀNH CHÍNH LĨNH VỰC KHOÁNG SẢN\n\n(Kèm theo Quyết định số 1779/QĐ-UBND ngày 19/11/2025)\n\n"
    "I. CÁCH THỨC THỰC HIỆN\n\n- Nộp trực tiếp.\n\n"
    "QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC\n\n(Kèm theo Quyết định số 1779/QĐ-UBND ngày 19/11/2025)\n\n"
    "1. Tiếp nhận hồ sơ.\n\n2. Thẩm định.\n"
)


def test_every_list_that_a_decision_issues_is_a_root():
    found = of(DECISION + LISTS)
    places = by_locator(found)
    assert {"D1/k2", "D2", "KT/I/g1", "KT2/1", "KT2/2"} <= set(places)
    assert places["KT2/1"].heading == ("QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC",)


def test_an_annex_keeps_the_tables_that_say_they_were_issued():
    found = of(DECISION + "PHỤ LỤC I\nCÁC BẢNG\n\n1. Bảng thứ nhất.\n\n" + LISTS)
    assert "KT" not in by_locator(found)
