"""Heads as offices and conversions leave them: letters, old fonts without capitals, titles of a gazette."""

import datetime

from ingest.document import Line, Reading
from ingest.metadata import metadata
from ingest.structure.outline import outline
from tests.ingest.papers import by_locator, of, words


def drawn(*lines: str):
    """The metadata of a paper whose lines that begin with "^" are typed small and drawn as capitals by their font."""
    plain = [line.lstrip("^") for line in lines]
    text, at, made = "\n".join(plain), 0, []
    for line, bare in zip(lines, plain, strict=True):
        made.append(Line(at, at + len(bare), caps=line.startswith("^")))
        at += len(bare) + 1
    reading = Reading(text, "docx", tuple(made))
    return metadata(reading, outline(reading).zoned)


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
OLD = (
    "Số: 109/2004/NĐ-CP",
    "Hà Nội, ngày 02 tháng 4 năm 2004",
    "{}",
    "Về đăng ký kinh doanh",
    "{}",
    "Căn cứ Luật Doanh nghiệp ngày 12 tháng 6 năm 1999;",
    "{}",
    "Điều 1. Phạm vi điều chỉnh",
    "Nghị định này quy định về đăng ký kinh doanh.",
)


def old(*capitals: str) -> list[str]:
    rest = iter(capitals)
    return ["^Chính phủ", *(line.format(next(rest)) if line == "{}" else line for line in OLD)]


def test_capitals_of_an_old_font_are_capitals():
    found = drawn(*old("^nghị định của chính phủ", "^Chính phủ", "^nghị định:"))
    assert (found.kind, found.issuer, found.title) == ("Nghị định", "Chính phủ", "Về đăng ký kinh doanh")


def test_capitals_without_capital_marks_are_capitals():
    found = drawn(*old("NGHị ĐịNH CủA CHíNH PHủ", "CHíNH PHủ", "NGHị ĐịNH :"))
    assert (found.kind, found.issuer, found.title) == ("Nghị định", "Chính phủ", "Về đăng ký kinh doanh")


def test_the_enacting_word_is_no_type_line():
    found = of(
        "CHÍNH PHỦ\nSố: 109/2004/NĐ-CP\n\nHà Nội, ngày 02 tháng 4 năm 2004\n\nVề đăng ký kinh doanh\n\n"
        "Căn cứ Luật Doanh nghiệp ngày 12 tháng 6 năm 1999;\n\nNGHỊ ĐỊNH:\n\nĐiều 1. Phạm vi\n\n1. Chữ.\n"
    )
    assert "Căn cứ" not in words(found, "head")


def test_the_title_of_a_gazette_holds_number_and_date():
    found = of(
        "NGHỊ ĐỊNH\n\nCỦA CHÍNH PHỦ SỐ 29/1998/NĐ-CP NGÀY 11 THÁNG 5 NĂM 1998\n\nVỀ VIỆC BAN HÀNH QUY CHẾ\n\n"
        "CHÍNH PHỦ\n\nCăn cứ Luật Tổ chức Chính phủ;\n\nNGHỊ ĐỊNH:\n\nĐiều 1. Ban hành Quy chế.\n"
    ).metadata
    assert (found.symbol, found.date) == ("29/1998/NĐ-CP", datetime.date(1998, 5, 11))
    assert (found.issuer, found.title) == ("Chính phủ", "VỀ VIỆC BAN HÀNH QUY CHẾ")


def test_a_gazette_title_may_hold_date_and_subject_in_one_line():
    found = of(
        "QUYẾT ĐỊNH\n\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 115/2004/QĐ-TTg\n\nNGÀY 25 THÁNG 6 NĂM 2004 VỀ VIỆC SỬA ĐỔI QUY CHẾ\n"
        "\nCăn cứ Luật Tổ chức Chính phủ;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Sửa đổi Quy chế.\n"
    ).metadata
    assert (found.symbol, str(found.date)) == ("115/2004/QĐ-TTg", "2004-06-25")
    assert found.title == "VỀ VIỆC SỬA ĐỔI QUY CHẾ"


def test_a_subject_that_names_a_number_of_articles_is_one():
    found = drawn(
        "^Nghị định",
        "^Sửa đổi, bổ sung một",
        "^số điều của Luật Thuế xuất khẩu",
        "^Chính phủ",
        "Căn cứ Luật Tổ chức Chính phủ;",
        "^Nghị định:",
        "Điều 1. Thuế suất.",
    )
    assert found.title == "Sửa đổi, bổ sung một số điều của Luật Thuế xuất khẩu"
    assert found.issuer == "Chính phủ"


def test_a_form_is_no_head_down_to_its_last_blank():
    found = of(
        f"{MOTTO}TỜ KHAI ĐĂNG KÝ KHAI SINH\n\nKính gửi: Ủy ban nhân dân\n\n"
        "Người yêu cầu đề nghị đăng ký khai sinh:\n\nI. THÔNG TIN\n\n1. Họ và tên.\n\n"
        "Sơn Lĩnh, ngày 02 tháng 3 năm 2024\n"
    )
    assert "Người yêu cầu" not in words(found, "head")
    assert "I/1" in by_locator(found)


def test_a_dash_item_about_a_number_is_no_number_line():
    found = of(
        f"{MOTTO}BÁO CÁO TỔNG KẾT ĐỀ TÀI\n\nI. KẾT QUẢ\n\n1. Khoa học:\n\n"
        "- Số lượng bài báo.\n\n2. Đào tạo:\n\n- Số lượng luận văn.\n"
    )
    assert {"I/1/g1", "I/2/g1"} <= set(by_locator(found))
