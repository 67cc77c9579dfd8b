"""Levels that the papers themselves set: what an article sets out, and what comes after it."""

import time

from ingest.document import Document, Kind
from tests.ingest.papers import by_locator, of

DECISION = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 12/2024/QĐ-UBND\n\nSơn Lĩnh, ngày 05 tháng 3 năm 2024\n\nQUYẾT ĐỊNH\n"
    "Ban hành Quy chế làm việc\n\nCăn cứ Luật Tổ chức chính quyền địa phương;\n\n"
)


def decision(*paragraphs: str) -> Document:
    return of(DECISION + "\n\n".join(paragraphs) + "\n")


def heading(document: Document, locator: str) -> tuple[str, ...]:
    return by_locator(document)[locator].heading


def test_an_article_ends_the_plan_that_the_one_before_sets_out():
    found = decision(
        "Điều 1. Phê duyệt Đề án với nội dung sau:",
        "I. MỤC TIÊU",
        "1. Phát triển công nghệ sinh học.",
        "II. NHIỆM VỤ",
        "1. Hỗ trợ doanh nghiệp.",
        "Điều 2. Quyết định có hiệu lực từ ngày ký.",
    )
    assert heading(found, "D1/II/1") == ("Điều 1. Phê duyệt Đề án với nội dung sau:", "II. NHIỆM VỤ")
    assert heading(found, "D2") == ()


def test_two_articles_set_out_a_plan_each():
    found = decision(
        "Điều 1. Phê duyệt Đề án:", "I. MỤC TIÊU", "- Một.", "Điều 2. Phê duyệt Dự án:", "I. CHUNG", "- Hai."
    )
    assert heading(found, "D2/I/g1") == ("Điều 2. Phê duyệt Dự án:", "I. CHUNG")


def test_a_regulation_inside_an_article_counts_its_own_articles():
    found = decision(
        "Điều 1. Ban hành Quy chế như sau:",
        "Chương I\nQUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi",
        "Quy chế áp dụng cho cán bộ.",
        "Điều 2. Nguyên tắc",
        "Làm việc theo chế độ thủ trưởng.",
        "Chương II\nQUY ĐỊNH CỤ THỂ",
        "Điều 3. Giờ làm việc",
        "Theo giờ hành chính.",
        "Điều 2. Quyết định có hiệu lực từ ngày ký.",
        "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành.",
    )
    assert heading(found, "D1/D3") == ("Điều 1. Ban hành Quy chế như sau:", "Chương II QUY ĐỊNH CỤ THỂ")
    assert heading(found, "D2") == heading(found, "D3") == ()


def test_headings_without_a_number_inside_an_article():
    found = decision(
        "Điều 1. Phê duyệt Chương trình như sau:",
        "MỤC TIÊU CHUNG",
        "1. Một.",
        "NHIỆM VỤ",
        "1. Hai.",
        "Điều 2. Hiệu lực.",
    )
    assert heading(found, "D1/h2/1") == ("Điều 1. Phê duyệt Chương trình như sau:", "NHIỆM VỤ")
    assert heading(found, "D2") == ()


def test_a_lead_in_does_not_keep_a_chapter_in_its_article():
    found = decision("Chương I\nCHUNG", "Điều 1. Nguyên tắc:", "1. Một.", "Chương II\nRIÊNG", "Điều 2. Việc", "Hai.")
    assert heading(found, "D2") == ("Chương II RIÊNG",)


def test_sections_of_roman_numbers_own_articles():
    found = decision("I- QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "1- Một.", "II- CỤ THỂ", "Điều 2. Thể thức", "1- Hai.")
    assert heading(found, "D2/k1") == ("II- CỤ THỂ", "Điều 2. Thể thức")


REGULATION = (
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.",
    "Điều 2. Quyết định có hiệu lực từ ngày ký./.",
    "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    "Lê Văn An",
    "QUY CHẾ\nLàm việc của cơ quan\n(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND ngày 05/3/2024)",
    "Chương I\nQUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi",
    "1. Quy chế áp dụng cho cán bộ.",
    "PHỤ LỤC I\nDANH MỤC BIỂU MẪU\n(Kèm theo Quy chế)",
    "1. Biểu một.",
)


def test_every_path_in_an_attached_text_begins_with_its_title():
    found = decision(*REGULATION)
    assert heading(found, "KT/D1/k1") == ("QUY CHẾ Làm việc của cơ quan", "Chương I QUY ĐỊNH CHUNG", "Điều 1. Phạm vi")
    assert heading(found, "PL1/1") == ("PHỤ LỤC I DANH MỤC BIỂU MẪU",)
    assert heading(found, "D2") == ()


FORMS = (
    "PHỤ LỤC\nBIỂU MẪU",
    "Mẫu số 01",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "HỢP ĐỒNG THUÊ ĐẤT",
    "Điều 1. Bên cho thuê giao đất.",
    "Điều 2. Bên thuê trả tiền.",
    "KT.BỘ TRƯỞNG\nTHỨ TRƯỞNG",
    "Mẫu số 02",
    "GIẤY ĐỀ NGHỊ",
    "Điều 1. Đề nghị xem xét.",
    "Nơi nhận kết quả: tại bộ phận một cửa.",
)


def test_each_form_counts_its_own_articles():
    places = by_locator(decision(*FORMS))
    assert {"PL1/h1/D1", "PL1/h1/D2", "PL1/h2/D1"} <= set(places)
    assert not [place for place in places if "~" in place]


def test_the_motto_of_a_form_heads_nothing():
    found = decision(*FORMS)
    assert not [p for p in found.passages if any("CỘNG HÒA" in item for item in p.heading)]
    assert not [p for p in found.passages if p.searchable and "CỘNG HÒA" in found.slice(p)]


def test_where_results_are_handed_out_is_no_list_of_recipients():
    found = decision(*FORMS)
    assert any(p.searchable and found.slice(p).startswith("Nơi nhận kết quả") for p in found.passages)


def test_a_post_glued_to_its_mark_signs():
    found = decision("Điều 1. Một.", "Điều 2. Hiệu lực./.", "KT.BỘ TRƯỞNG\nTHỨ TRƯỞNG", "Lê Văn An")
    assert found.metadata.signer_role == "Thứ trưởng"
    assert found.metadata.signer == "Lê Văn An"


def test_a_paragraph_does_not_end_the_list_around_it():
    found = decision(
        "Điều 1. Phạm vi",
        "1. Cơ quan đăng ký:",
        "a) Tiếp nhận hồ sơ.",
        "Trường hợp có ý kiến khác nhau thì trao đổi lại.",
        "b) Lấy ý kiến.",
        "c) Trình duyệt.",
        "Quy định này áp dụng từ ngày ký.",
        "2. Cơ quan phối hợp.",
    )
    assert {"D1/k1/a", "D1/k1/b", "D1/k1/c", "D1/k2"} <= set(by_locator(found))


def test_a_label_printed_twice_is_two_items():
    found = decision("Điều 1. Phạm vi", "1. Gồm:", "a) Một.", "b) Hai.", "b) Ba.", "c) Bốn.")
    assert {"D1/k1/b", "D1/k1/b~2", "D1/k1/c"} <= set(by_locator(found))


def test_sections_whose_first_a_copy_lost():
    found = decision("II. MỤC ĐÍCH", "1. Một.", "III. NHIỆM VỤ", "1. Hai.")
    assert {"II/1", "III/1"} <= set(by_locator(found))


def test_the_sentence_that_issues_is_no_part_of_the_body():
    found = decision("Bộ trưởng Bộ Tư pháp ban hành Quyết định sửa đổi một số điều.", "Điều 1. Sửa đổi.", "1. Một.")
    assert {"pre/p2", "D1/k1"} <= set(by_locator(found))
    assert "p1" not in by_locator(found)


def test_wording_that_an_article_heading_announces_is_quoted():
    found = decision(
        "Điều 4. Sửa đổi Điều 1 của Thông tư số 07/2022/TT-BTP",
        "“Điều 1. Phạm vi điều chỉnh",
        "Thông tư này quy định tiêu chí.”",
        "Điều 5. Hiệu lực",
        "Từ ngày ký.",
    )
    assert [p.kind.value for p in found.passages if p.parent == "D4"] == ["quoted", "quoted"]


def test_a_long_paper_takes_its_length_in_time():
    """Four times the paper in well under ten times the time: no step looks through all that came before."""

    def seconds(articles: int) -> float:
        body = [line for n in range(1, articles) for line in (f"Điều {n}. Tên điều", "1. Chữ.", "Đoạn.", "2. Chữ nữa.")]
        start = time.process_time()
        decision(*body)
        return time.process_time() - start

    assert seconds(400) < 10 * max(seconds(100), 0.02)


CONSOLIDATED = (
    "VĂN PHÒNG QUỐC HỘI\nSố: 33/VBHN-VPQH\n\nLUẬT\nQUY HOẠCH ĐÔ THỊ\n\n"
    "Luật Quy hoạch đô thị số 47/2024/QH15 của Quốc hội được sửa đổi, bổ sung bởi:\n\n1. Luật số 71/2025/QH15.\n\n"
    "2. Luật số 144/2025/QH15.\n\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n\n"
    "Quốc hội ban hành Luật Quy hoạch đô thị.[1]\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1.[2] Giải thích từ ngữ\n\n"
    "1.[3] Đô thị là nơi dân cư tập trung.\n\n2.[4] Đô thị mới là đô thị dự kiến.\n\n3. Nông thôn là nơi còn lại:\n\n"
    "a)[5] Xã;\n\nb)[6] Thôn.\n"
)


def test_footnote_marks_do_not_hide_the_labels_of_a_consolidated_text():
    found = of(CONSOLIDATED)
    places = by_locator(found)
    assert {"C1", "D1/k1", "D1/k2", "D1/k3", "D1/k3/a", "D1/k3/b"} <= set(places)
    assert (places["D1/k1"].label, places["D1"].label) == ("1.", "Điều 1.")
    assert found.slice(places["D1/k1"]).startswith("Đô thị là")


def test_what_amended_a_consolidated_text_is_preamble():
    places = by_locator(of(CONSOLIDATED))
    assert {"pre/p2", "pre/p3", "pre/p4", "pre/p5"} <= set(places)
    assert "1" not in places
    assert places["pre/p4"].role.value == "basis"


def test_a_list_does_not_go_on_across_an_article():
    found = decision(
        "1. Một.", "2. Hai.", "Điều 1. Giải thích", "Trong Quyết định này:", "3. Nông thôn là nơi còn lại."
    )
    assert "3" not in by_locator(found)


def test_an_english_translation_numbers_a_point_by_dd():
    points = ("a/ Plan;", "b/ Pay;", "c/ Train staff;", "d/ Inspect;", "dd/ Issue rules;", "e/ Report.")
    found = of("DECREE\nOn statistics\n\nArticle 1.\nDuties\n\n1. Ministries shall:\n\n" + "\n\n".join(points) + "\n")
    assert [p.locator[-1] for p in found.passages if p.kind is Kind.POINT] == ["a", "b", "c", "d", "đ", "e"]
