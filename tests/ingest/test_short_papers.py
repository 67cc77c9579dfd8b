"""Short papers with hard-wrapped lines, numbers in front of figures, and closing words that belong to no item."""

import textwrap

import pytest

from tests.ingest.papers import by_locator, of, words

WRAPPED = (
    "CÔNG ĐIỆN\nVề việc ứng phó bão số 3\n\n"
    "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
    "1. Cấm tàu thuyền ra khơi từ 12 giờ ngày 06/9/2024; kêu gọi 1.846 phương tiện vào nơi tránh\n"
    "trú trước 18 giờ.\n"
    "2. Sơ tán người dân tại các chòi canh nuôi trồng thủy sản, lồng bè và khu vực nguy cơ sạt lở\n"
    "trước 10 giờ ngày 07/9/2024.\n"
    "3. Chỉ đạo vận hành an toàn 142 hồ chứa trên địa bàn tỉnh; hạ mực nước của hồ chứa nước hồ\n"
    "Cửa Lấm xuống cao trình 31,5 m.\n"
    "4. Công an tỉnh bố trí 2.300 cán bộ, chiến sĩ và 85 phương tiện sẵn sàng cứu hộ, cứu nạn tại\n"
    "các huyện ven biển.\n"
)


def test_lines_of_a_short_wrapped_paper_are_joined_before_a_name_too():
    found = of(WRAPPED)
    assert words(found, "3").endswith("nước hồ Cửa Lấm xuống cao trình 31,5 m.")
    assert set(by_locator(found)) >= {"1", "2", "3", "4"}


def test_stray_breaks_do_not_make_a_paper_wrapped():
    found = of(
        "BÁO CÁO\nKết quả năm 2024\n\nI. KẾT QUẢ\n1. Đã cấp 12 giấy phép\nkhai thác đá\n"
        "Đất san lấp tăng\nso với năm 2023\nSản lượng cát giảm\nnhưng chưa nhiều\n"
        "2. Đã kiểm tra 24 cuộc tại các huyện, thị xã, thành phố trên địa bàn.\n"
    )
    assert words(found, "I/1") == "Đã cấp 12 giấy phép khai thác đá"


def test_a_number_of_three_parts_may_stand_before_a_figure():
    found = of(
        "ĐỀ ÁN\nPhát triển y tế số\n\nI. THỰC TRẠNG\n1. Hạ tầng\n1.1. Tuyến tỉnh\n1.1.1. 07/09 bệnh viện có phần mềm.\n"
        "1.2. Tuyến xã\n1.2.1. 100% trạm y tế xã có máy tính kết nối mạng.\n2. Nhân lực\n2.1. 64 cán bộ chuyên trách.\n"
    )
    assert words(found, "I/1/1.2/1.2.1") == "100% trạm y tế xã có máy tính kết nối mạng."
    assert words(found, "I/1/1.1/1.1.1").startswith("07/09 bệnh viện")
    assert words(found, "I/2/2.1").startswith("64 cán bộ")


def test_the_words_by_which_an_assembly_passed_a_paper_are_in_none_of_its_articles():
    found = of(
        "NGHỊ QUYẾT\nVề hỗ trợ du lịch\n\nĐiều 1. Hỗ trợ\n1. Hỗ trợ 50% chi phí.\nĐiều 2. Tổ chức thực hiện\n"
        "1. Giao Ủy ban nhân dân tỉnh.\n2. Thường trực Hội đồng nhân dân tỉnh giám sát.\n"
        "Nghị quyết này được Hội đồng nhân dân tỉnh khóa XVIII, kỳ họp thứ 20 thông qua ngày 11 tháng 7 năm 2024./.\n"
    )
    assert words(found, "p1").startswith("Nghị quyết này được Hội đồng nhân dân tỉnh")
    assert "D2/k2/p1" not in by_locator(found)


def test_the_last_words_of_a_directive_are_in_none_of_its_tasks():
    found = of(
        "CHỈ THỊ\nvề bình đẳng giới\n\n1. Nâng cao nhận thức\n- Đưa vào chương trình công tác.\n"
        "2. Tổ chức thực hiện\n- Đảng ủy Ủy ban nhân dân tỉnh xây dựng kế hoạch.\n- Văn phòng Tỉnh ủy theo dõi.\n"
        "Chỉ thị này được phổ biến đến chi bộ.\n"
    )
    assert words(found, "p1") == "Chỉ thị này được phổ biến đến chi bộ."


def wrapped(text: str, width: int) -> str:
    """`text` with every paragraph broken at the last word that fits."""
    return "\n".join(textwrap.fill(line, width, break_on_hyphens=False) if line else "" for line in text.split("\n"))


@pytest.mark.parametrize("width", [60, 72, 78, 90])
def test_a_paper_is_the_same_however_its_lines_are_wrapped(width):
    text = (
        "TỈNH ỦY TRƯỜNG LĨNH\nSố 1105-QĐ/TU\n\nQUY ĐỊNH\nvề luân chuyển cán bộ lãnh đạo, quản lý\n\n"
        "Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng\n"
        "1- Quy định này quy định về quan điểm, nguyên tắc, chức danh, tiêu chuẩn, thời gian và quy trình luân "
        "chuyển.\n"
        "2- Không áp dụng đối với cán bộ công tác trong lực lượng quân đội, công an; việc luân chuyển trong các lực "
        "lượng này thực hiện theo quy định của Quân ủy Trung ương và Đảng ủy Công an Trung ương.\n"
        "Điều 2. Nâng cao nhận thức, trách nhiệm của cấp ủy\n"
        "- Đưa nội dung luân chuyển vào nghị quyết, chương trình công tác hằng năm của cấp ủy; người đứng đầu chịu "
        "trách nhiệm khi để xảy ra vi phạm.\n"
        "- Mỗi chi bộ sinh hoạt chuyên đề ít nhất một lần trong năm.\n"
        "Điều 3. Quy định này thay thế Quy định số 876-QĐ/TU, ngày 14/5/2018 của Ban Thường vụ Tỉnh ủy về luân chuyển "
        "cán bộ thuộc diện quản lý.\n"
    )
    plain, broken = of(text), of(wrapped(text, width))
    outline = [locator for locator in by_locator(plain) if locator.startswith("D")]
    assert [locator for locator in by_locator(broken) if locator.startswith("D")] == outline
    assert [words(broken, locator) for locator in outline] == [words(plain, locator) for locator in outline]
