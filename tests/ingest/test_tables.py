"""Tables as records, whatever a conversion did to their rows; what only looks like one is no record."""

from ingest.document import Document, Kind, Role
from tests.ingest.papers import of

PLAN = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nThực hiện\n\nI. NHIỆM VỤ\n\n"


def rows(document: Document) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(p.label, p.columns) for p in document.passages if p.kind is Kind.ROW and not p.is_heading]


def test_rows_of_unlike_width_are_one_table():
    found = of(
        PLAN
        + "| TT | Mã | Tên thủ tục | Cơ quan |\n| A | CẤP TỈNH |  |\n| 1 | 5.000119 | Công bố dịch hại | Ủy ban |\n"
        "| 2 | 5.000120 | Công bố hết dịch | Ủy ban |\n| B | CẤP XÃ |  |\n| 1 | 6.002288 | Ban hành kế hoạch | Xã |\n"
    )
    assert [label for label, _ in rows(found)] == ["1", "2", "1"]
    assert {columns for _, columns in rows(found)} == {("TT", "Mã", "Tên thủ tục", "Cơ quan")}
    assert [p.heading[-1] for p in found.passages if p.kind is Kind.ROW and not p.is_heading][-1] == "B CẤP XÃ"


def test_the_head_of_an_empty_table_is_no_record():
    found = of(PLAN + "| TT | Họ và tên | Ngày sinh | Ghi chú |\n\nII. KINH PHÍ\n\n1. Ngân sách tỉnh.\n")
    assert rows(found) == []


def test_short_words_over_figures_are_a_head():
    found = of(PLAN + "| Trạm | Lưu lượng | Mực nước |\n| Đồng Vạc | 12,5 | 3,20 |\n| Cầu Vông | 14,1 | 2,85 |\n")
    assert {columns for _, columns in rows(found)} == {("Trạm", "Lưu lượng", "Mực nước")}


def test_what_a_form_sets_side_by_side_is_not_searched():
    found = of(
        PLAN + "- Làm.\n\nPHỤ LỤC\nBIỂU MẪU\n\nMẫu số 01\n\n| UBND XÃ ... | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n\n"
        "GIẤY ĐỀ NGHỊ\n\n1. Họ và tên.\n\n| NGƯỜI LẬP (Ký, ghi rõ họ tên) | ......, ngày ... tháng ... năm ... |\n"
    )
    laid_out = [p for p in found.passages if p.kind is Kind.ROW]
    assert len(laid_out) == 2
    assert {p.role for p in laid_out} == {Role.FRAME}


def test_a_record_of_what_was_signed_is_searched():
    found = of(
        PLAN + "| TT | Công việc | Kết quả |\n| 1 | Hợp đồng thuê đất | Đã ký tháng 5 |\n| 2 | Quy hoạch | Đạt |\n"
    )
    assert len([p for p in found.passages if p.kind is Kind.ROW and p.searchable]) == 2


def test_rows_that_a_form_leaves_blank_are_no_answer_and_name_no_group():
    form = ("| STT | Họ tên | Năm sinh | Ghi chú |", "| 1 | | | |", "| … | | | |", "| 2 | Lê Văn Hà | 1980 | |")
    found = of(PLAN + "1. Danh sách:\n\n" + "\n".join(form) + "\n")
    made = [(found.slice(p), p.searchable) for p in found.passages if p.kind is Kind.ROW]
    assert [searchable for _, searchable in made] == [False, False, True]
    assert not [p for p in found.passages if p.kind is Kind.ROW and p.is_heading]
