"""What a paper does to others: parts are no wholes, a title's verb is not the paper's, a task of another body none."""

from ingest.document import Reference
from ingest.pipeline import ingest

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\nSố: 21/2025/QĐ-UBND\nSơn Lĩnh, ngày 24 tháng 4 năm 2025\n\n"
    "QUYẾT ĐỊNH\nQuy định quản lý chợ\n\nCăn cứ Luật Giá ngày 19 tháng 6 năm 2023;\n\nĐiều 1. Phạm vi.\n\nĐiều 2. "
)


def cited(clause: str, symbol: str) -> Reference:
    found = ingest((HEAD + clause + "\n").encode(), "quyet-dinh.txt").references
    return next(each for each in found if each.symbol == symbol)


def test_some_rules_of_each_paper_of_a_list_are_parts_of_it() -> None:
    clause = (
        "Bãi bỏ các quy định về thu phí chợ tại Quyết định số 15/2021/QĐ-UBND ngày 04/5/2021 của Ủy ban nhân dân "
        "tỉnh và Quyết định số 16/2021/QĐ-UBND ngày 05/5/2021 của Ủy ban nhân dân tỉnh."
    )
    for symbol in ("15/2021/QĐ-UBND", "16/2021/QĐ-UBND"):
        found = cited(clause, symbol)
        assert (found.verb, found.provision) == ("repeals", "các quy định")


def test_the_rules_issued_with_a_paper_are_all_of_it() -> None:
    found = cited("Bãi bỏ Quy định quản lý chợ ban hành kèm theo Quyết định số 15/2021/QĐ-UBND.", "15/2021/QĐ-UBND")
    assert (found.verb, found.provision) == ("repeals", None)


def test_what_the_title_of_a_replaced_paper_carries_out_is_not_replaced() -> None:
    clause = (
        "Quyết định này thay thế Quyết định số 15/2021/QĐ-UBND ngày 04/5/2021 của Ủy ban nhân dân tỉnh Sơn Lĩnh "
        "sửa đổi Quyết định số 7/2019/QĐ-UBND."
    )
    found = cited(clause, "7/2019/QĐ-UBND")
    assert (found.verb, found.of) == ("amends", "15/2021/QĐ-UBND")


def test_a_paper_that_carries_out_one_and_replaces_another_replaces_it_itself() -> None:
    clause = "Quyết định này thực hiện Nghị quyết số 8/NQ-HĐND và thay thế Quyết định số 15/2021/QĐ-UBND."
    found = cited(clause, "15/2021/QĐ-UBND")
    assert (found.verb, found.of) == ("replaces", None)


def test_a_plan_adjusted_and_supplemented_by_another_is_changed_by_that_one() -> None:
    clause = "Theo Quyết định số 15/2021/QĐ-UBND (được điều chỉnh, bổ sung bởi Quyết định số 9/2022/QĐ-UBND)."
    found = cited(clause, "9/2022/QĐ-UBND")
    assert (found.verb, found.of, found.reverse) == ("amends", "15/2021/QĐ-UBND", True)


def test_the_recipients_point_into_the_paper_itself() -> None:
    clause = (
        "Bãi bỏ các Quyết định sau:\n\na) Quyết định số 15/2021/QĐ-UBND về chợ.\n\n"
        "| Nơi nhận: - Như khoản 4 Điều 6; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn An |"
    )
    found = ingest((HEAD + clause + "\n").encode(), "quyet-dinh.txt").references
    assert [each.provision for each in found if each.verb == "repeals"] == [None]
