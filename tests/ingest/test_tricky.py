# ruff: noqa: E501
"""The tricky cases of the domain (tests/gold/tricky_cases.jsonl), each as a paper that has it; those that show only
in search and on pages stand in tests/kb/test_tricky_search.py. A test is named by its case, so that the cases can be counted.
"""

import io
import json
import re
from pathlib import Path

import pytest
from docx import Document as WordDocument

from ingest.dates import find_dates
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


GLUED = [
    "CHÍNH PHỦCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúcSố: 30/2020/NĐ-CPHà Nội, ngày 05 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề công tác văn thư",
    "CHÍNH PHỦ\n-------CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc---------Số: 30/2020/NĐ-CPHà Nội, ngày 05 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề công tác văn thư",
    "CHÍNH PHỦSố:30/2020/NĐ-CPCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúcHà Nội,ngày05tháng3năm2020NGHỊ ĐỊNHVề công tác văn thư",
    "CHÍNH PHỦ\nCỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM\nĐộclập-Tựdo-Hạnhphúc\nSố:30/2020/NĐ-CP\nHà Nội,ngày05tháng3năm2020\n\nNGHỊĐỊNH\nVề công tác văn thư",
]


@pytest.mark.parametrize("head", GLUED)
def test_tc18_a_head_glued_together(head):
    found = paper("Điều 1. Phạm vi\n\n1. Chữ.\n", head + "\n\n").metadata
    assert (found.symbol, found.kind, found.issuer) == ("30/2020/NĐ-CP", "Nghị định", "Chính phủ")
    assert (found.place, str(found.date), found.title) == ("Hà Nội", "2020-03-05", "Về công tác văn thư")


def test_tc18_a_party_head_glued_together():
    head = "BAN CHẤP HÀNH TRUNG ƯƠNG*số31-QĐ/TWĐẢNG CỘNG SẢN VIỆT NAMHà Nội, ngày 05 tháng 3 năm 2020\n\nQUY ĐỊNHvề thể loại\n\n"
    found = paper("Điều 1. Phạm vi\n\n1. Chữ.\n", head).metadata
    assert (found.symbol, found.kind, found.issuer) == ("31-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương")
    assert found.title == "về thể loại"


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


DECISION = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 12/2024/QĐ-UBND\n\nSơn Lĩnh, ngày 05 tháng 3 năm 2024\n\nQUYẾT ĐỊNH\nBan hành Quy chế làm "
    "việc\n\nCăn cứ Luật Tổ chức chính quyền địa phương;\n\n"
)


def test_tc15_a_regulation_behind_its_decision_is_a_part_of_its_own():
    document = paper(
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.\n\nĐiều 2. Quyết định có hiệu lực từ ngày ký./.\n\nNơi nhận:\n"
        "- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nLê Văn An\n\nQUY CHẾ\nLàm việc\n(Ban hành kèm theo Quyết định số "
        "12/2024/QĐ-UBND)\n\nĐiều 1. Phạm vi\n\n1. Chữ.\n\nĐiều 2. Đối tượng\n\n1. Chữ.\n",
        DECISION,
    )
    assert {"D1", "D2", "KT/D1/k1", "KT/D2/k1"} <= places(document)


def test_tc16_a_plan_inside_an_article():
    document = paper(
        "Điều 1. Phê duyệt Đề án với nội dung sau:\n\nI. MỤC TIÊU\n\n1. Chung\n\n- Đứng đầu.\n\nII. NHIỆM VỤ\n\n1. Việc\n\n- Làm.\n\n"
        "Điều 2. Hiệu lực từ ngày ký.\n",
        DECISION,
    )
    assert {"D1/I/1/g1", "D1/II/1/g1", "D2"} <= places(document)


def test_tc17_a_head_in_two_columns():
    head = (
        "TỈNH ỦY NINH BÌNH             ĐẢNG CỘNG SẢN VIỆT NAM\nTHÀNH ỦY TAM ĐIỆP\n*\n"
        "Số 45-KH/ThU        Tam Điệp, ngày 12 tháng 5 năm 2023\n\nKẾ HOẠCH\nthực hiện\n\n"
    )
    assert paper("I. MỤC ĐÍCH\n\n- Một.\n", head).metadata.symbol == "45-KH/ThU"


def test_tc20_dates_in_every_form():
    text = "ngày 30/01/2023; 30-01-2023; 11/4/2023; ngày 05 tháng 3 năm 2020; 03 tháng bốn năm 2018; ngày     tháng 4 năm 2023"
    assert [(found.year, found.month, found.day) for found in find_dates(text)] == [
        (2023, 1, 30),
        (2023, 1, 30),
        (2023, 4, 11),
        (2020, 3, 5),
        (2018, 4, 3),
        (2023, 4, None),
    ]


def test_tc22_a_short_name_resolves():
    document = paper(
        "I. MỤC ĐÍCH\n\n- Thực hiện Nghị quyết số 36-NQ/TW của Bộ Chính trị (sau đây gọi tắt là Nghị quyết 36).\n\n"
        "- Quán triệt Nghị quyết 36.\n"
    )
    assert [(alias.short, alias.symbol) for alias in document.aliases] == [("Nghị quyết 36", "36-NQ/TW")]
    assert document.references[-1].symbol == "36-NQ/TW"


def test_tc30_a_bullet_carries_its_heading():
    document = paper(
        "I. MỤC TIÊU\n\n1. Mục tiêu chung\n\n- Đứng đầu.\n\n2. Mục tiêu cụ thể đến năm 2030\n\n- Hỗ trợ 02 doanh nghiệp.\n"
    )
    bullet = next(p for p in document.passages if p.locator == "I/2/g1")
    assert bullet.heading[-1] == "2. Mục tiêu cụ thể đến năm 2030"


def test_tc38_a_heading_without_a_label():
    document = paper("CÁC NHIỆM VỤ TRỌNG TÂM\n\n1. Việc một.\n\n2. Việc hai.\n")
    assert next(p for p in document.passages if p.locator == "h1/1").heading == ("CÁC NHIỆM VỤ TRỌNG TÂM",)


def test_tc41_the_title_line_outranks_the_code():
    head = "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 66-QĐ/TW\n\nHà Nội, ngày 06 tháng 02 năm 2017\n\nQUY ĐỊNH\nvề thể loại văn bản\n\n"
    assert paper("Điều 1. Phạm vi\n\n1- Chữ.\n", head).metadata.kind == "Quy định"


def test_tc42_landmarks_as_ocr_reads_them():
    head = "TỈNH ỦY SƠN LĨNH\n*\nSố 445-KL/TƯ\n\nSơn Lĩnh, ngày 12 tháng 5 năm 2023\n\nK ÉT LUẬN\nvề công tác\n\n"
    found = paper("I. MỤC ĐÍCH\n\n- Một.\n", head).metadata
    assert (found.kind, found.symbol) == ("Kết luận", "445-KL/TU")


def test_tc01_a_page_break_does_not_end_a_paragraph():
    document = paper(
        "I. NHIỆM VỤ\n\n1. Ưu tiên nguồn lực cho chương trình khoa\n\nhọc và công nghệ về nghiên cứu.\n\n2. Hai.\n"
    )
    passage = next(p for p in document.passages if p.locator == "I/1")
    assert len(passage.spans) == 2
    assert text_at(document, "I/1") == "Ưu tiên nguồn lực cho chương trình khoa học và công nghệ về nghiên cứu."


RANGES = [
    "Hỗ trợ 1 - 2 doanh nghiệp",
    "Xây dựng 01 đến 02 mô hình",
    "Tăng trưởng từ 5-7% mỗi năm",
    "Tốc độ 10 - 15%/năm",
    "Tỷ lệ trên 70%",
    "Thành lập ít nhất 03 hợp tác xã",
    "Sai số không quá 5 cơ sở",
    "Đào tạo tối thiểu 20 kỹ thuật viên",
    "Năng suất gấp 1,5 - 2 lần",
    "Diện tích đạt 1.234,5 ha",
]


@pytest.mark.parametrize("words", RANGES)
def test_tc29_ranges_and_comparators_make_a_target(words):
    document = paper(f"I. MỤC TIÊU\n\n- {words}.\n\n- Nâng cao nhận thức của cán bộ.\n")
    roles = {p.locator: p.role for p in document.passages}
    assert (roles["I/g1"], roles["I/g2"]) == ("target", "objective")


def test_tc35_word_counts_its_paragraphs():
    word = WordDocument()
    for style, words in (("List Number", "Việc một."), ("List Number", "Việc hai."), ("List Bullet", "Việc ba.")):
        word.add_paragraph(words, style=style)
    buffer = io.BytesIO()
    word.save(buffer)
    labels = [p.label for p in ingest(buffer.getvalue(), "a.docx").passages if p.searchable]
    assert labels[:2] == ["1.", "2."]
    assert labels[2] is not None


TABLE = (
    "I. NHIỆM VỤ\n\nTT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành\nI | Công nghệ | | \n1 | Khảo nghiệm giống | Sở "
    "Nông nghiệp | Quý II/2025\n2 | Tập huấn | -nt- | Quý III/2025\nTT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn "
    "thành\n3 | Nhân rộng | Sở Công Thương | 2026\n"
)


def test_tc36_a_task_table_is_records():
    rows = [p for p in paper(TABLE).passages if p.kind == "row" and not p.is_heading]
    assert [row.label for row in rows] == ["1", "2", "3"]
    assert {row.role for row in rows} == {"task"}
    assert {row.columns[2] for row in rows} == {"Đơn vị chủ trì"}
    assert all("Công nghệ" in row.heading[-1] for row in rows)


DAMAGED = (
    "Trong q trình cơng tác, khơng cịn đơ thị nào chưa lập quy hoạch; kế tốn trưởng hồn thành báo cáo. Ủy ban nhân dân "
    "tỉnh giao các cơ quan, đơn vị phối hợp triển khai thực hiện kế hoạch; cơng chức khơng được từ chối hồ sơ hợp lệ."
)
SCRAMBLED = (
    "Nghị qùỵết củâ Qùốc hộì về phát trìển kình tế - xã hộì củâ đất nước trông nẳm tớì; các cợ qụan thực hịện nghịêm "
    "tùc các nhìệm vụ đựợc gìâo và bâô cáô kết qụả hằng qùý thêô qùỵ định."
)


@pytest.mark.parametrize("words", [DAMAGED], ids=["123doc"])
def test_tc43_a_converters_damage_is_flagged(words):
    document = paper(f"I. NHIỆM VỤ\n\n1. {words}\n")
    assert all("low-quality" in p.flags for p in document.passages if p.searchable)
    sound = words.replace("cơng", "công").replace("khơng", "không").replace("cịn", "còn").replace("đơ", "đô")
    sound = sound.replace("kế tốn", "kế toán").replace("hồn thành", "hoàn thành").replace("Trong q", "Trong quá")
    assert not [p for p in paper(f"I. NHIỆM VỤ\n\n1. {sound}\n").passages if "low-quality" in p.flags]


def test_tc44_a_scrambled_copy_is_flagged_and_folds_to_the_same():
    document = paper(f"I. NHIỆM VỤ\n\n1. {SCRAMBLED}\n")
    assert all("low-quality" in p.flags for p in document.passages if p.searchable)
    assert "nghi quyet cua quoc hoi ve phat trien" in fold(text_at(document, "I/1"))


def test_the_cases_that_have_a_test():
    """Which of the 45 cases a test is named after, here and in tests/kb."""
    tests = Path(__file__).parents[1]
    found = "".join(path.read_text("utf-8") for path in (*tests.glob("ingest/test_*.py"), *tests.glob("kb/test_*.py")))
    names = "".join(re.findall(r"def (test_\w+)", found))
    held = {f"TC{number}" for number in re.findall(r"tc(\d\d)_", names)} | {case[0] for case in CASES}
    lines = (tests / "gold" / "tricky_cases.jsonl").read_text("utf-8").splitlines()
    wanted = {json.loads(line)["id"] for line in lines}
    print(f"{len(held & wanted)} of {len(wanted)} tricky cases have a test; missing: {sorted(wanted - held)}")  # noqa: T201
    assert wanted <= held
