# ruff: noqa: E501
"""The tricky cases of the domain (tests/gold/tricky_cases.jsonl), each as a paper that has it.

Not held here: TC18 (a letterhead glued into one line is not taken apart, so its number is lost); TC01 is
held by the gold of the seed plan; the cases of other rooms (numbers, tables, scans) by their own tests.
"""

import pytest

from ingest.pipeline import ingest
from ingest.symbols import find_symbols
from ingest.vietnamese import fold, key

HEAD = "TỈNH ỦY SƠN LĨNH\n*\nSố 86-KH/TU\n\nSơn Lĩnh, ngày 12 tháng 5 năm 2023\n\nKẾ HOẠCH\nthực hiện Nghị quyết số 36-NQ/TW\n\n"
DECREE = (
    "CHÍNH PHỦ\nSố: 30/2020/NĐ-CP\nHà Nội, ngày 05 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề công tác văn thư\n\n"
    "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\n\n"
)


def paper(body: str, head: str = HEAD):
    return ingest((head + body).encode(), "a.txt")


def places(document) -> set[str]:
    return {passage.locator for passage in document.passages}


def text_at(document, locator: str) -> str:
    passage = next(p for p in document.passages if p.locator == locator)
    return " ".join(document.text[span.start : span.end] for span in passage.spans or (passage,))


CASES = [
    ("TC02", "I. MỤC ĐÍCH\n\n- Quán triệt nghị quyết.\n\n- nêu cao trách nhiệm của cấp ủy.\n", {"I/g1", "I/g2"}),
    ("TC07", "I- MỤC ĐÍCH\n\n1- Văn bản của Đảng là tài liệu.\n\n2- Hệ thống văn bản gồm có.\n", {"I/1", "I/2"}),
    (
        "TC09",
        "I. NHIỆM VỤ\n\n1. Công việc sau:\n\n"
        + "\n\n".join(f"{letter}) Việc thứ {n}." for n, letter in enumerate("abcdđeghi", 1))
        + "\n",
        {"I/1/d", "I/1/đ", "I/1/e", "I/1/g"},
    ),
    (
        "TC39",
        "I. NHIỆM VỤ\n\n1. Chung\n\n1.1. Thể thức\n\n- Khổ giấy A4.\n\n1.2. Kỹ thuật\n\n- Phông chữ.\n",
        {"I/1/1.1/g1"},
    ),
    ("TC34", "I. NHIỆM VỤ\n\n- Việc lớn:\n\n+ Việc nhỏ thứ nhất.\n\n+ Việc nhỏ thứ hai.\n", {"I/g1", "I/g1/c2"}),
]


@pytest.mark.parametrize(("body", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_labels(body, wanted):
    assert wanted <= places(paper(body))


def test_tc03_a_long_numbered_sentence_is_a_paragraph():
    document = paper(
        "IV. TỔ CHỨC THỰC HIỆN\n\n1. Ủy ban nhân dân thành phố xây dựng kế hoạch thực hiện; chỉ đạo các cơ quan, đơn vị rà "
        "soát, bổ sung chương trình; huy động nguồn lực đầu tư phát triển và ứng dụng công nghệ sinh học.\n\n"
        "2. Ban Tuyên giáo hướng dẫn tuyên truyền.\n"
    )
    assert not next(p for p in document.passages if p.locator.endswith("/1")).is_heading


def test_tc04_a_quantity_is_no_label():
    document = paper(
        "I. MỤC TIÊU\n\n1. Đến năm 2030\n\n- Hỗ trợ\n01 doanh nghiệp được hỗ trợ\n\n2. Tầm nhìn\n\n- Xa hơn.\n"
    )
    assert {"I/1", "I/2"} <= places(document)
    assert "I/01" not in places(document)


def test_tc05_a_year_is_no_label():
    document = paper("II. MỤC TIÊU\n\n1. Phấn đấu đạt trước năm\n2030. Đến năm 2045 đứng đầu.\n\n2. Tầm nhìn xa.\n")
    assert not [place for place in places(document) if "2030" in place]


@pytest.mark.parametrize("heading", ["l. MỤC ĐÍCH", "I . MỤC ĐÍCH", "I- MỤC ĐÍCH", "I) MỤC ĐÍCH"])
def test_tc06_a_roman_one_in_disguise(heading):
    document = paper(f"{heading}\n\n- Quán triệt nghị quyết.\n\nII. NHIỆM VỤ\n\n- Làm việc.\n")
    assert {"I/g1", "II/g1"} <= places(document)


def test_tc08_roman_above_articles():
    document = paper(
        "I- QUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n\n1- Văn bản của Đảng.\n\nII- CỤ THỂ\n\nĐiều 2. Thể thức\n\n1- Quốc hiệu.\n"
    )
    assert any(place.startswith("I/D1") or place == "D1/k1" for place in places(document))


def test_tc10_a_second_d_is_restored():
    document = paper("I. NHIỆM VỤ\n\n1. Gồm:\n\na) Một.\n\nb) Hai.\n\nc) Ba.\n\nd) Bốn.\n\nd) Năm.\n\ne) Sáu.\n")
    assert {"I/1/d", "I/1/đ", "I/1/e"} <= places(document)


def test_tc11_inserted_articles():
    document = paper("Điều 4. Một\n\n1. Chữ.\n\nĐiều 4a. Hai\n\n1. Chữ khác.\n\nĐiều 5. Ba\n\n1. Chữ nữa.\n", DECREE)
    assert {"D4/k1", "D4a/k1", "D5/k1"} <= places(document)


def test_tc12_quoted_articles_stay_in_the_amending_clause():
    document = paper(
        "Điều 1. Sửa đổi, bổ sung Điều 4 như sau:\n\n“Điều 4. Hệ thống văn bản\n\n1. Luật.”\n\nĐiều 2. Hiệu lực\n\n1. Từ nay.\n",
        DECREE,
    )
    assert not [place for place in places(document) if place.split("/")[0] == "D4"]
    assert any(place.startswith("D2") for place in places(document))


def test_tc13_a_wrapped_reference_is_no_article():
    document = paper(
        "Điều 1. Phạm vi\n\n1. Thực hiện theo quy định tại\nĐiều 5 Nghị định này.\n\nĐiều 2. Đối tượng\n\n1. Cơ quan.\n",
        DECREE,
    )
    assert not [place for place in places(document) if place.startswith("D5")]


def test_tc14_an_article_may_have_no_title():
    document = paper(
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của cơ quan.\n\nĐiều 2. Có hiệu lực từ ngày ký.\n",
        DECREE,
    )
    assert any(place.startswith("D1") for place in places(document))
    assert any(p.searchable for p in document.passages if p.locator.startswith("D1"))


def test_tc19_a_number_over_a_line_end():
    assert [m.canonical for m in find_symbols("Nghị quyết số\n36-NQ/TW")] == ["36-NQ/TW"]


def test_tc21_a_blank_number_is_unknown():
    assert paper("I. MỤC ĐÍCH\n\n- Một.\n", HEAD.replace("Số 86-KH/TU", "Số:      -KH/TU")).metadata.symbol is None


def test_tc24_a_plan_still_to_come_is_expected():
    document = paper("I. TỔ CHỨC\n\n- Ủy ban nhân dân tỉnh xây dựng kế hoạch thực hiện Nghị quyết 36.\n")
    assert "expected" in {reference.verb for reference in document.references}


def test_tc23_this_plan_is_itself():
    document = paper("I. TỔ CHỨC\n\n- Các cấp ủy thực hiện nghiêm Kế hoạch này.\n")
    assert "self" in {reference.verb for reference in document.references}


def test_tc26_a_slip_stays_as_printed():
    document = paper("I. NHIỆM VỤ\n\n- Chọn giống thích ghi với khí hậu.\n")
    assert "thích ghi" in text_at(document, "I/g1")


def test_tc27_tone_placements_meet_in_the_index():
    assert key("hàng hoá") == key("hàng hóa")


SIGNED = "I. NHIỆM VỤ\n\n- Thực hiện theo quy định./.\n\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng.\n\n"


def test_tc31_recipients_are_no_tasks():
    document = paper(SIGNED + "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\n\nVũ Thành Tôn\n")
    assert not [p for p in document.passages if p.searchable and "Như trên" in document.text[p.start : p.end]]


@pytest.mark.parametrize(
    "marker", ["T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "**T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ**", "KT. BÍ THƯ\nPHÓ BÍ THƯ"]
)
def test_tc32_tc33_the_post_is_the_signers(marker):
    found = paper(SIGNED + marker + "\n(đã ký)\n\nVũ Thành Tôn\n").metadata
    assert found.signer == "Vũ Thành Tôn"
    assert fold(found.signer_role or "") == "pho bi thu"


def test_tc37_an_annex_starts_anew():
    document = paper(
        "I. NHIỆM VỤ\n\n- Làm.\n\nPHỤ LỤC I\n(Kèm theo Kế hoạch số 86-KH/TU)\n\n1. Việc một.\n\n2. Việc hai.\n"
    )
    assert {"PL1/1", "PL1/2"} <= places(document)


def test_tc45_old_fonts_become_unicode():
    body = "§iÒu 1. Uû ban nh©n d©n c¸c cÊp cã tr¸ch nhiÖm tæ chøc thùc hiÖn NghÞ ®Þnh nµy.\n\n§iÒu 2. CÊp ñy ®¶ng l·nh ®¹o.\n"
    document = ingest(body.encode("latin-1"), "a.txt")
    assert "Điều 1. Uỷ ban nhân dân" in document.text or "Điều 1. Ủy ban nhân dân" in document.text
