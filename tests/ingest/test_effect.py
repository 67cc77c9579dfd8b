"""From when and until when a paper says that it has effect, and what must not be taken for that."""

from datetime import date
from pathlib import Path

import pytest

from ingest.document import Document
from tests.ingest.papers import SHARED, of, paper

PAPERS = SHARED / "papers"


def decision(*clauses: str, kind: str = "QUYẾT ĐỊNH", title: str = "Ban hành Quy định quản lý chợ") -> Document:
    """A decision of 20 May 2024 with these clauses."""
    return of(
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 15/2024/QĐ-UBND\nSơn Lĩnh, ngày 20 tháng 5 năm 2024\n\n"
        f"{kind}\n{title}\n\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\n"
        + "\n".join(clauses)
    )


def since(document: Document) -> date | None:
    effect = document.metadata.effect
    return effect.since if effect else None


def until(document: Document) -> date | None:
    expiry = document.metadata.expiry
    return expiry.until if expiry else None


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký.", date(2024, 5, 20)),
        ("Quyết định này có hiệu lực thi hành từ ngày ký ban hành và thay thế Quyết định số 7.", date(2024, 5, 20)),
        ("Quyết định có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2024.", date(2024, 7, 1)),
        ("Quyết định này có hiệu lực từ 01/7/2024; các quy định trái với Quyết định này bị bãi bỏ.", date(2024, 7, 1)),
        ("Quyết định này có hiệu lực\n   thi hành kể từ ngày  01\ntháng 7 năm 2024.", date(2024, 7, 1)),
        ("Quyết định này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký.", date(2024, 7, 4)),
        ("Quyết định này có hiệu lực sau mười lăm (15) ngày kể từ ngày ký ban hành.", date(2024, 6, 4)),
        ("Quyết định này có hiệu lực sau 06 tháng kể từ ngày ký.", date(2024, 11, 20)),
        ("Quyết định này thi hành kể từ ngày ký.", date(2024, 5, 20)),
        ("Quyết định này được áp dụng từ năm 2025.", date(2025, 1, 1)),
        ("Quyết định này thay thế Quyết định số 7/QĐ-UBND và có hiệu lực từ ngày 01/6/2024.", date(2024, 6, 1)),
    ],
)  # fmt: skip
def test_from_when(clause, expected):
    document = decision("Điều 1. Ban hành kèm theo Quyết định này Quy định quản lý chợ.", f"Điều 2. {clause}")
    assert since(document) == expected


def test_the_words_that_say_so_are_exact():
    document = decision(
        "Điều 1. Phạm vi.", "Điều 2. Hiệu lực thi hành", "1. Quyết định này có hiệu lực từ 01/7/2024, trừ Điều 5."
    )
    effect = document.metadata.effect
    assert effect is not None
    assert document.text[effect.start : effect.end] == "Quyết định này có hiệu lực từ 01/7/2024"


@pytest.mark.parametrize(
    ("kind", "clause", "expected"),
    [
        ("QUY ĐỊNH", "Quy định này có hiệu lực từ ngày ký, phổ biến đến chi bộ để thực hiện.", date(2024, 5, 20)),
        ("QUY ĐỊNH", "Quy định này thay thế Quy định số 54-QĐ/TU và có hiệu lực từ ngày ký.", date(2024, 5, 20)),
        ("HƯỚNG DẪN", "Hướng dẫn này có hiệu lực kể từ ngày ký, thay thế Hướng dẫn số 9-HD/TU.", date(2024, 5, 20)),
        ("NGHỊ QUYẾT LIÊN TỊCH", "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2024.", date(2024, 8, 1)),
        ("CHỈ THỊ", "Chỉ thị này có hiệu lực kể từ ngày ký ban hành.", date(2024, 5, 20)),
        ("KẾ HOẠCH", "Kế hoạch này có hiệu lực kể từ ngày ký./.", date(2024, 5, 20)),
    ],
)  # fmt: skip
def test_papers_of_every_kind_speak_so(kind, clause, expected):
    assert since(decision("Điều 1. Phạm vi.", f"Điều 2. {clause}", kind=kind)) == expected


def test_a_resolution_counts_from_the_day_that_it_was_passed():
    text = (
        "Nghị quyết này đã được Hội đồng nhân dân tỉnh Khóa XV, Kỳ họp thứ 2 thông qua ngày 12 tháng 7 năm 2024 và có "
        "hiệu lực sau mười ngày kể từ ngày thông qua."
    )
    assert since(decision("Điều 1. Quy định mức hỗ trợ.", f"Điều 2. {text}", kind="NGHỊ QUYẾT")) == date(2024, 7, 22)


@pytest.mark.parametrize(
    "clause",
    [
        "Quyết định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.",
        "Quyết định này có hiệu lực kể từ ngày Luật Đất đai số 31/2024/QH15 có hiệu lực thi hành.",
        "Quyết định này có hiệu lực kể từ ngày … tháng … năm 2024.",
    ],
)
def test_a_day_that_cannot_be_reckoned_is_none(clause):
    document = decision("Điều 1. Phạm vi.", f"Điều 2. {clause}")
    effect = document.metadata.effect
    assert effect is not None
    assert (effect.since, document.text[effect.start : effect.end]) == (None, clause.rstrip("."))


@pytest.mark.parametrize(
    "clause",
    [
        "Khoản 3 Điều 5 của Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2025.",  # of one provision
        "Quyết định số 7/QĐ-UBND ngày 02/3/2019 có hiệu lực từ ngày 05/3/2019.",  # of another paper
        "Quyết định này bãi bỏ Quyết định số 7/QĐ-UBND có hiệu lực từ ngày 05/3/2019.",
        "Hồ sơ đã nộp trước ngày Quyết định này có hiệu lực thì giải quyết đến hết ngày 31/12/2024.",
        "Quyết định số 7/QĐ-UBND hết hiệu lực kể từ ngày 01/7/2024.",
        "Giấy phép này có hiệu lực từ ngày ký đến ngày 31/12/2026.",
        "Sửa đổi Điều 6 như sau:\n“Điều 6. Hiệu lực\nQuyết định này có hiệu lực từ ngày 01 tháng 01 năm 2020.”",
    ],
)
def test_what_is_said_of_others(clause):
    found = decision("Điều 1. Phạm vi.", f"Điều 2. {clause}").metadata
    assert (found.effect, found.expiry) == (None, None)


def test_a_form_in_an_annex_speaks_of_another_paper():
    document = decision(
        "Điều 1. Ban hành mẫu quyết định tại Phụ lục.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn An", "",
        "PHỤ LỤC", "MẪU QUYẾT ĐỊNH", "(Kèm theo Quyết định số 15/2024/QĐ-UBND ngày 20/5/2024)", "",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
    )  # fmt: skip
    assert document.metadata.effect is None


@pytest.mark.parametrize(
    ("clause", "expected", "work"),
    [
        ("Quyết định này có hiệu lực từ ngày 01/6/2024 đến hết ngày 31/12/2025.", date(2025, 12, 31), False),
        ("Quyết định này có hiệu lực từ ngày ký và được thực hiện trong 05 năm.", date(2029, 5, 19), False),
        ("Quyết định này có hiệu lực từ ngày ký đến hết năm 2026.", date(2026, 12, 31), False),
        ("Quyết định này hết hiệu lực kể từ ngày 01 tháng 3 năm 2027.", date(2027, 2, 28), False),
        ("Quyết định này được thực hiện đến hết ngày 31/12/2025.", date(2025, 12, 31), True),
        ("Quyết định này áp dụng trong năm 2026 và có hiệu lực kể từ ngày ký.", date(2026, 12, 31), True),
        ("Quyết định này áp dụng cho năm học 2024 - 2025.", date(2025, 8, 31), True),
        ("Quyết định này có hiệu lực từ ngày ký, thay thế Quyết định số 7 thực hiện đến hết năm 2025.", None, None),
    ],
)  # fmt: skip
def test_until_when(clause, expected, work):
    expiry = decision("Điều 1. Phạm vi.", f"Điều 2. {clause}").metadata.expiry
    assert (expiry.until if expiry else None, expiry.work if expiry else None) == (expected, work)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Phát triển kinh tế số giai đoạn 2024 - 2028", date(2028, 12, 31)),
        ("Phát triển kinh tế số\ntừ năm 2024 đến năm 2028", date(2028, 12, 31)),
        ("Phòng, chống ma túy đến năm 2030, tầm nhìn đến năm 2045", date(2030, 12, 31)),
        ("Cải cách hành chính năm 2024", date(2024, 12, 31)),
        ("Tổng kết công tác năm 2024, triển khai nhiệm vụ năm 2025", date(2025, 12, 31)),
        ("Thực hiện Chương trình giảm nghèo giai đoạn 2021 - 2025 trong năm 2024", date(2024, 12, 31)),
        ("Tổ chức các hoạt động năm học 2024 - 2025", date(2025, 8, 31)),
        ("Thi hành Luật Đất đai năm 2024", None),
        ("Tổng kết Chương trình giảm nghèo giai đoạn 2016 - 2020", None),
        ("Kiểm kê tài sản công thời điểm 0 giờ ngày 01 tháng 01 năm 2025", None),
        ("Thực hiện Nghị quyết số 36-NQ/TW", None),
    ],
)
def test_the_time_that_the_title_of_a_plan_names(title, expected):
    document = decision("I. MỤC ĐÍCH", "1. Nâng cao nhận thức.", kind="KẾ HOẠCH", title=title)
    assert until(document) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Về việc ban hành Kế hoạch cải cách hành chính năm 2024", date(2024, 12, 31)),
        ("Phê duyệt Đề án phát triển chợ giai đoạn 2024-2028", date(2028, 12, 31)),
        ("Về việc thông qua phương án đơn giản hóa thủ tục hành chính năm 2024", None),
        ("Bãi bỏ Kế hoạch phát triển chợ giai đoạn 2021-2025", None),
        ("Thành lập Ban Chỉ đạo Chương trình giảm nghèo giai đoạn 2021-2025", None),
    ],
)
def test_a_decision_has_the_time_of_the_plan_that_it_issues(title, expected):
    assert until(decision("Điều 1. Nội dung.", title=title)) == expected


REAL = {  # read by eye
    "txt/p005.txt": (date(2025, 12, 4), None),
    "txt/p017.txt": (date(2025, 12, 1), None),  # quotes “Điều 11. Hiệu lực thi hành”
    "txt/p023.txt": (date(2025, 11, 26), None),  # with forms of decisions
    "txt/p045.txt": (date(2025, 6, 16), None),  # "từ ngày được thông qua"
    "txt/p053.txt": (None, date(2030, 12, 31)),
    "txt/p058.txt": (date(2025, 11, 27), date(2026, 12, 31)),
    "txt/p071.txt": (date(2025, 11, 18), date(2025, 12, 31)),
    "txt/p078.txt": (None, None),  # "nhiệm kỳ 2026 - 2031" is that of those who are elected
    "html/doc_000200.html": (date(2025, 10, 31), None),  # one clause takes effect later
    "html/doc_000700.html": (None, None),  # the portal says "Hết hiệu lực một phần"
    "html/vbpl-823.html": (date(2016, 7, 1), None),  # English
    "html/vbpl-935.html": (None, None),  # "15 days after its publication"
    "legacy/2003-A06.rtf": (date(2001, 2, 2), None),
}


@pytest.mark.skipif(not PAPERS.is_dir(), reason="the real papers are not part of the product")
@pytest.mark.parametrize("name", REAL)
def test_real_papers(name: str):
    document = paper(Path(PAPERS / name))
    assert (since(document), until(document)) == REAL[name]
