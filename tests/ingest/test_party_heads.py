"""Heads of Party papers, telegrams and translations: who issued them, in whose name, when, under which title."""

import datetime

import pytest

from ingest.document import Metadata
from ingest.legacy import convert
from ingest.letterhead import issuer_name
from ingest.names import sentence_case
from tests.ingest.papers import of, words


def party(title: str, opening: str, signing: str = "T/M BAN THƯỜNG VỤ") -> Metadata:
    """The metadata of a Party paper with the title and opening lines given."""
    return of(
        "TỈNH ỦY TRƯỜNG LĨNH\n*\nSố 27-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nCửa Hà, ngày 06 tháng 3 năm 2025\n\n"
        f"{title}\n\n{opening}\n\n1. Cấp ủy các cấp thực hiện.\n\n"
        f"Nơi nhận:\n- Các huyện ủy,\n- Lưu Văn phòng Tỉnh ủy.\n\n{signing}\nBÍ THƯ\n\nLê Thị A\n"
    ).metadata


def test_the_author_may_stand_in_the_title():
    found = party(
        "CHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề công tác bình đẳng giới",
        "Để khắc phục hạn chế, các cấp ủy cần:",
    )
    assert (found.authority, found.issuer) == ("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Trường Lĩnh")


def test_a_body_that_a_cited_paper_names_is_not_the_author():
    found = party(
        "HƯỚNG DẪN\nđánh giá tổ chức đảng",
        "Thực hiện Quy định số 124-QĐ/TW, ngày 04/10/2023 của Bộ Chính trị, Tỉnh ủy hướng dẫn như sau:",
        signing="T/M TỈNH ỦY",
    )
    assert found.authority != "Bộ Chính trị"


def test_a_signature_by_the_bare_name_of_the_board_means_that_of_the_committee():
    found = party("QUY ĐỊNH\nvề luân chuyển cán bộ", "Căn cứ Điều lệ Đảng;")
    assert found.authority == "Ban Thường vụ Tỉnh ủy"


def test_the_opening_sentence_below_a_title_is_none_of_it():
    paper = of(
        "TỈNH ỦY TRƯỜNG LĨNH\nSố 412-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nCửa Hà, ngày 17 tháng 9 năm 2024\n"
        "THÔNG BÁO\nkết luận của Ban Thường vụ Tỉnh ủy về công tác tôn giáo\n"
        "Tại phiên họp ngày 12/9/2024, sau khi nghe Ban Dân vận Tỉnh ủy báo cáo, Ban Thường vụ Tỉnh ủy kết luận như "
        "sau:\n1- Thống nhất đánh giá.\n2- Giao Ban Dân vận tham mưu.\n"
    )
    assert paper.metadata.title == "kết luận của Ban Thường vụ Tỉnh ủy về công tác tôn giáo"
    assert words(paper, "pre/p1").startswith("Tại phiên họp")


def test_a_title_goes_on_below_the_name_of_the_meeting():
    found = party(
        "NGHỊ QUYẾT\nHỘI NGHỊ LẦN THỨ HAI BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề phát triển kinh tế biển", "I- TÌNH HÌNH"
    )
    assert found.title == "HỘI NGHỊ LẦN THỨ HAI BAN CHẤP HÀNH ĐẢNG BỘ TỈNH về phát triển kinh tế biển"


def test_a_telegram_is_wired_by_its_author():
    found = of(
        "ỦY BAN NHÂN DÂN\nTỈNH TRƯỜNG LĨNH\nSố: 06/CĐ-UBND\n\nTrường Lĩnh, ngày 05 tháng 9 năm 2024\n\nCÔNG ĐIỆN\n"
        "Về việc ứng phó bão số 3\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH điện:\n\n"
        "- Chủ tịch Ủy ban nhân dân các huyện.\n\nChủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n1. Cấm tàu thuyền.\n"
    ).metadata
    assert found.authority == "Chủ tịch Ủy ban nhân dân tỉnh"


def test_a_translation_has_date_title_issuer_and_signer():
    found = of(
        "PEOPLE'S COMMITTEE\nOF TRUONG LINH PROVINCE\nNo. 21/2025/QD-UBND\n\nSOCIALIST REPUBLIC OF VIET NAM\n"
        "Independence - Freedom - Happiness\nTruong Linh, April 24, 2025\n\nDECISION\n"
        "Providing for bus fares in Truong Linh Province\n\nTHE PEOPLE'S COMMITTEE OF TRUONG LINH PROVINCE\n\n"
        "Pursuant to the Road Law dated June 27, 2024;\n\n"
        "The People's Committee of Truong Linh Province hereby promulgates the Decision providing for bus fares.\n\n"
        "Article 1. Scope of regulation\n\nThis Decision provides for bus fares and for support to enterprises.\n\n"
        "Article 2. Effect\n\nThis Decision takes effect from May 5, 2025./.\n\nRecipients:\n- As in Article 2;\n\n"
        "ON BEHALF OF THE PEOPLE'S COMMITTEE\nFOR THE CHAIRPERSON\nVICE CHAIRPERSON\n(signed)\nHoang Van Thinh\n"
    ).metadata
    assert (found.date, found.place) == (datetime.date(2025, 4, 24), "Truong Linh")
    assert found.title == "Providing for bus fares in Truong Linh Province"
    assert found.issuer == "People's Committee of Truong Linh Province"
    assert (found.signer_role, found.signer) == ("Vice Chairperson", "Hoang Van Thinh")


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("BAN THƯỜNG VỤ HUYỆN ỦY ĐÁ TRẮNG", "Ban Thường vụ Huyện ủy Đá Trắng"),
        ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH", "Ban Chấp hành Đảng bộ tỉnh"),
        ("ỦY BAN KIỂM TRA TỈNH ỦY", "Ủy ban Kiểm tra Tỉnh ủy"),
        ("HUYỆN ĐOÀN ĐÁ TRẮNG", "Huyện đoàn Đá Trắng"),
        ("ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH", "Đảng ủy Ủy ban nhân dân tỉnh"),
        ("BẢO HIỂM XÃ HỘI TỈNH TRƯỜNG LĨNH", "Bảo hiểm xã hội tỉnh Trường Lĩnh"),
        ("ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH", "Ủy ban nhân dân tỉnh Hà Tĩnh"),
        ("MINISTRY OF HEALTH", "Ministry of Health"),
    ],
)
def test_names_out_of_capitals(printed, written):
    assert sentence_case(printed) == written


@pytest.mark.parametrize(
    ("names", "issuer"),
    [
        (["ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH", "THANH TRA TỈNH"], "Thanh tra tỉnh Trường Lĩnh"),
        (["ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH", "SỞ Y TẾ"], "Sở Y tế tỉnh Trường Lĩnh"),
        (["ỦY BAN NHÂN DÂN TỈNH", "TRƯỜNG LĨNH", "THANH TRA TỈNH"], "Thanh tra tỉnh Trường Lĩnh"),
        (["ĐẢNG BỘ TỈNH TRƯỜNG LĨNH", "BAN CHẤP HÀNH"], "Ban Chấp hành Đảng bộ tỉnh Trường Lĩnh"),
        (["BỘ GIÁO DỤC VÀ ĐÀO TẠO -", "BỘ Y TẾ"], "Bộ Giáo dục và Đào tạo - Bộ Y tế"),
        (["BỘ GIÁO DỤC VÀ ĐÀO TẠO - BỘ Y TẾ"], "Bộ Giáo dục và Đào tạo - Bộ Y tế"),
        (["BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"], "Bộ Lao động - Thương binh và Xã hội"),
    ],
)
def test_issuers_out_of_a_letterhead(names, issuer):
    assert issuer_name(names, None) == issuer


def test_a_congress_signs_by_its_presidium():
    found = of(
        "ĐẢNG BỘ TỈNH TRƯỜNG LĨNH\nĐẢNG BỘ HUYỆN BẾN SẬY\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Bến Sậy, ngày 12 tháng 8 năm 2020\nNGHỊ QUYẾT\nĐại hội đại biểu Đảng bộ huyện Bến Sậy lần thứ XXV\n"
        "Đại hội đại biểu Đảng bộ huyện Bến Sậy lần thứ XXV, sau khi thảo luận các văn kiện,\nQUYẾT NGHỊ\n"
        "A- TÁN THÀNH BÁO CÁO CHÍNH TRỊ\nI- KẾT QUẢ\nThu nhập đạt 36,5 triệu đồng.\n"
        "B- TỔ CHỨC THỰC HIỆN\nGiao Ban Chấp hành thực hiện.\nT/M ĐOÀN CHỦ TỊCH\n(đã ký)\nHà Văn N\n"
    ).metadata
    assert found.title == "Đại hội đại biểu Đảng bộ huyện Bến Sậy lần thứ XXV"
    assert (found.signer_role, found.signer, found.authority) == (None, "Hà Văn N", "Đảng bộ huyện Bến Sậy")


@pytest.mark.parametrize("name", ["Đại tá Lê Khắc M", "PGS.TS. Lê Khắc M", "Lê Khắc M"])
def test_ranks_and_degrees_are_no_part_of_a_name(name):
    found = of(
        "CÔNG AN TỈNH TRƯỜNG LĨNH\nSố: 77/KH-CAT\n\nTrường Lĩnh, ngày 11 tháng 02 năm 2025\n\nKẾ HOẠCH\n"
        "Kiểm tra nhà trọ\n\n"
        f"I. MỤC ĐÍCH\n1. Đánh giá đúng thực trạng./.\n\nNơi nhận:\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n{name}\n"
    ).metadata
    assert (found.signer_role, found.signer) == ("Phó Giám đốc", "Lê Khắc M")


def test_a_markdown_head_breaks_lines_in_its_cells():
    found = of(
        "| ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH<br>SỞ Y TẾ<br>Số: 18/KL-SYT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>"
        "Độc lập - Tự do - Hạnh phúc<br>Trường Lĩnh, ngày 21 tháng 11 năm 2024 |\n|---|---|\n\n**KẾT LUẬN**\n\n"
        "**Về tiêm chủng**\n\n1. Đạt.\n"
    ).metadata
    assert (found.issuer, found.symbol, found.place) == ("Sở Y tế tỉnh Trường Lĩnh", "18/KL-SYT", "Trường Lĩnh")


def test_an_organ_of_a_committee_bears_its_name():
    assert issuer_name(["TỈNH ỦY TRƯỜNG LĨNH", "BAN TỔ CHỨC"], "Cửa Hà") == "Ban Tổ chức Tỉnh ủy Trường Lĩnh"


def test_a_line_in_capitals_has_no_small_letters_of_an_old_font():
    # TCVN3 has one code for "ủ" and "Ủ", "ổ" and "Ổ"
    assert convert("TØNH ñY TR¦êNG LÜNH\nBAN Tæ CHøC", "TCVN3") == "TỈNH ỦY TRƯỜNG LĨNH\nBAN TỔ CHỨC"
    assert convert("UBND tØnh", "TCVN3") == "UBND tỉnh"


def test_the_stars_of_markdown_are_none_of_the_words():
    paper = of(
        "**PHƯƠNG ÁN**\n\n**Sắp xếp trường, lớp**\n\n**Phần I**\n\n**THỰC TRẠNG**\n\n**1. Quy mô**\n\nCó 09 trường.\n"
    )
    assert words(paper, "P1/1") == "Quy mô"
    assert words(paper, "P1") == "THỰC TRẠNG"


def test_head_and_foot_that_blanks_part():
    """As typed in a plain-text editor, number and day left to be filled in by hand."""
    found = of(
        "ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "  XÃ TÂN MỘC                          Độc lập - Tự do - Hạnh phúc\n"
        "Số:      /TB-UBND                   Tân Mộc, ngày      tháng 9 năm 2025\n\n"
        "                               THÔNG BÁO\n              Về việc hỗ trợ nhà ở cho hộ nghèo\n\n"
        "      1. Mức hỗ trợ: xây mới 60 triệu đồng/hộ.\n      2. Nộp hồ sơ đến hết ngày 30/9/2025./.\n\n"
        "  Nơi nhận:                                   TM. ỦY BAN NHÂN DÂN\n"
        "  - Đảng ủy xã;                                  KT. CHỦ TỊCH\n"
        "  - Lưu: VT.                                    PHÓ CHỦ TỊCH\n\n"
        "                                              Lương Thị M\n"
    ).metadata
    assert (found.symbol, found.date, found.place) == (None, None, "Tân Mộc")
    assert found.issuer == "Ủy ban nhân dân xã Tân Mộc"
    assert (found.signer_role, found.signer) == ("Phó Chủ tịch", "Lương Thị M")


def test_an_english_law_names_its_assembly_and_closes_under_no_article():
    paper = of(
        "THE NATIONAL ASSEMBLY\n-------\nNo. 46/2027/QH16\n\nTHE SOCIALIST REPUBLIC OF VIETNAM\n"
        "Independence - Freedom - Happiness\n---------------\nHanoi, November 21, 2027\n\nLAW\nON DIGITAL LIBRARIES\n\n"
        "Pursuant to the Constitution of the Socialist Republic of Vietnam;\n"
        "The National Assembly promulgates the Law on Digital Libraries.\n\n"
        "Article 1. Effect\n1. This Law takes effect on July 1, 2028.\n2. The Law on Libraries is repealed.\n\n"
        "This Law was passed on November 21, 2027, by the XVIth National Assembly at its 4th session.\n"
    )
    assert paper.metadata.issuer == "The National Assembly"
    assert words(paper, "pre/p2").startswith("The National Assembly promulgates")
    assert words(paper, "p1").startswith("This Law was passed")
