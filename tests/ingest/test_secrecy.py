"""The state-secret gate on whole heads: stamped papers are refused, those that only speak of secrets are read."""

import pytest

from ingest.document import Line, Page, Reading
from ingest.errors import Refused
from ingest.secrecy import gate, stamp
from tests.ingest.papers import of

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DATE = "Sơn Lĩnh, ngày 02 tháng 3 năm 2024\n\n"
PLAN = "KẾ HOẠCH\nTuần tra bảo vệ rừng\n\nCăn cứ Luật Lâm nghiệp;\n\n1. Tuần tra hằng tuần.\n"
STATE = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LĨNH\n"
PARTY = "TỈNH ỦY SƠN LĨNH\n*\nSố 12-KH/TU\n"

STAMPED = {
    "under the number": f"{STATE}Số: 12/KH-UBND\n\nMẬT\n\n{MOTTO}{DATE}{PLAN}",
    "above the letterhead": f"TỐI MẬT\n\n{PARTY}ĐẢNG CỘNG SẢN VIỆT NAM\n{DATE}{PLAN}",
    "of a party paper": f"{PARTY}TUYỆT MẬT\n\n{DATE}{PLAN}",
    "letter by letter": f"{STATE}Số: 12/KH-UBND\nT U Y Ệ T  M Ậ T\n{MOTTO}{DATE}{PLAN}",
    "in a frame": f"{STATE}Số: 12/KH-UBND\n[ MẬT ]\n{MOTTO}{DATE}{PLAN}",
    "in bold": f"{STATE}**TỐI MẬT**\nSố: 12/KH-UBND\n{MOTTO}{DATE}{PLAN}",
    "by its degree": f"{STATE}Độ mật: Mật\nSố: 12/KH-UBND\n{MOTTO}{DATE}{PLAN}",
    "in a portal's table": f"Số ký hiệu | 12/KH-UBND\nĐộ mật | Mức độ mật: Tối mật\n\n{STATE}{MOTTO}{DATE}{PLAN}",
    "in a column of the head": f"{STATE}MẬT          {MOTTO}Số: 12/KH-UBND          {DATE}{PLAN}",
    "in a cell of the head": f"| UBND TỈNH SƠN LĨNH | MẬT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n\n{DATE}{PLAN}",
    "with urgency": f"{STATE}Số: 12/KH-UBND\nMẬT - HỎA TỐC\n{MOTTO}{DATE}{PLAN}",
    "with a copy's number": f"{STATE}Số: 12/KH-UBND\nTỐI MẬT  Bản số: 03\n{MOTTO}{DATE}{PLAN}",
    "glued to the motto": f"{STATE}Số: 12/KH-UBND\nMẬT{MOTTO}{DATE}{PLAN}",
    "one blank before the motto": f"{STATE}TỐI MẬT {MOTTO}Số: 12/KH-UBND\n{DATE}{PLAN}",
    "behind the number": f"{STATE}Số: 12/KH-UBND MẬT\n{MOTTO}{DATE}{PLAN}",
    "glued to the number": f"{STATE}Số: 12/KH-UBNDMẬT\n{MOTTO}{DATE}{PLAN}",
    "as a scan has it": f"{STATE}Số: 12/KH-UBND\nTUYÊT MÂT\n{MOTTO}{DATE}{PLAN}",
    "with an l for an I": f"{STATE}Số: 12/KH-UBND\nTỐl MẬT\n{MOTTO}{DATE}{PLAN}",
    "a lone misread one": f"{STATE}Số: 12/KH-UBND\nMÂT\n{MOTTO}{DATE}{PLAN}",
    "without marks": f"UY BAN NHAN DAN\nTINH SON LINH\nTOI MAT\nSo: 12/KH-UBND\n\n{PLAN}",
    "on a law about secrets": f"{STATE}TỐI MẬT\nSố: 9/BC-UBND\n{MOTTO}{DATE}BÁO CÁO\nVề bí mật nhà nước\n\n1. Một.\n",
    "of a letter": f"{STATE}Số: 12/UBND-NC\nMẬT\n{MOTTO}{DATE}Kính gửi: Các xã\n\nỦy ban nhân dân yêu cầu báo cáo.\n",
}
LAW = "QUỐC HỘI\nLuật số: 29/2018/QH14\n\nLUẬT\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\n\n"
OPEN = {
    "the law itself": LAW + "Điều 8. Phân loại\n\nBí mật nhà nước được phân loại thành 03 độ mật, bao gồm:\n\n"
    "1. Bí mật nhà nước độ Tuyệt mật;\n\n2. Bí mật nhà nước độ Tối mật;\n\n3. Bí mật nhà nước độ Mật.\n",
    "a definition": f"{LAW}1. Văn bản có độ mật: Tuyệt mật, Tối mật hoặc Mật được bảo quản riêng.\n",
    "a list of secrets, its title broken": f"{STATE}{MOTTO}{DATE}QUYẾT ĐỊNH\nDANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ\nTUYỆT MẬT\n"
    "THUỘC LĨNH VỰC Y TẾ\n\nĐiều 1. Ban hành danh mục.\n",
    "a word broken over lines": f"BAN CƠ YẾU\nCỤC BẢO VỆ BÍ\nMẬT\n\n{MOTTO}{DATE}{PLAN}",
    "the columns of a report form": f"{STATE}{MOTTO}{DATE}BÁO CÁO\nCông tác bảo vệ bí mật nhà nước\n\n1. Số liệu\n\n"
    "TT | TUYỆT MẬT | TỐI MẬT | MẬT\n1 | 0 | 2 | 15\n",
    "a heading on building density": f"{STATE}{MOTTO}{DATE}{PLAN}\nMẬT ĐỘ XÂY DỰNG\n\n2. Không quá 40%.\n",
    "a subject on honey": f"{STATE}{MOTTO}{DATE}KẾ HOẠCH\nMẬT ONG RỪNG TRÀM\n\n1. Nuôi ong lấy mật.\n",
    "data protection": f"{STATE}{MOTTO}{DATE}QUY CHẾ\nBẢO MẬT\n\n1. Mật khẩu dài ít nhất 12 ký tự.\n",
    "an urgent letter": f"{STATE}Số: 12/UBND-NC\nHỎA TỐC\n{MOTTO}{DATE}Kính gửi: Các xã\n\nYêu cầu báo cáo.\n",
    "rules for stamping": f"{STATE}{MOTTO}{DATE}HƯỚNG DẪN\nĐóng dấu chỉ độ mật\n\n1. Văn bản đóng dấu Mật, Tối mật "
    "hay Tuyệt mật được gửi riêng.\n",
    "cryptography": f"BAN CƠ YẾU CHÍNH PHỦ\nCƠ MẬT\n{MOTTO}{DATE}{PLAN}",
    "a degree left open": f"{STATE}Độ mật: ...........\nSố: 12/KH-UBND\n{MOTTO}{DATE}{PLAN}",
    "an open degree": f"{STATE}Độ mật: Thường\nSố: 12/KH-UBND\n{MOTTO}{DATE}{PLAN}",
    "a front": f"{STATE}MẶT TRẬN TỔ QUỐC\nSố: 12/KH-MTTQ\n{MOTTO}{DATE}{PLAN}",
}


@pytest.mark.parametrize("text", STAMPED.values(), ids=STAMPED.keys())
def test_a_stamped_paper_is_refused(text):
    with pytest.raises(Refused) as refused:
        of(text)
    assert refused.value.code == "state_secret"


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN.keys())
def test_an_open_paper_is_read(text):
    assert of(text).passages


def pages(*texts: str, caps: tuple[int, ...] = ()) -> Reading:
    """A reading of pages, those lines drawn as capitals whose numbers stand in `caps`."""
    text = "\n".join(texts)
    lines, at = [], 0
    for number, line in enumerate(text.split("\n")):
        lines.append(Line(at, at + len(line), caps=number in caps))
        at += len(line) + 1
    starts = [sum(len(each) + 1 for each in texts[:number]) for number in range(len(texts))]
    found = tuple(
        Page(n, start, start + len(each)) for n, (start, each) in enumerate(zip(starts, texts, strict=True), 1)
    )
    return Reading(text, "pdf", tuple(lines), found)


def test_a_stamp_at_the_head_of_a_later_page():
    with pytest.raises(Refused):
        gate(pages(STATE + MOTTO + PLAN, "TỐI MẬT\n2\n2. Tuần tra đêm."))


def test_the_sample_stamps_of_a_circular_are_none():
    circular = "BỘ CÔNG AN\nSố: 24/2020/TT-BCA\nTHÔNG TƯ\nBan hành biểu mẫu về bảo vệ bí mật nhà nước\nĐiều 1. Mẫu dấu."
    assert stamp(pages(circular, "Mẫu số 01\nTUYỆT MẬT", "MẬT\nMẫu số 03")) is None


def test_a_stamp_that_an_old_font_draws_in_capitals():
    assert stamp(pages("Ủy ban nhân dân tỉnh\ntối mật\n" + PLAN, caps=(0, 1))) == "TỐI MẬT"
    assert stamp(pages("Ủy ban nhân dân tỉnh\ntối mật\n" + PLAN)) is None


@pytest.mark.parametrize("words", ["DỰ THẢO", "Dự thảo lần 2", "(Dự thảo ngày 02/3/2024)", "Bản dự thảo", "DỰTHẢO"])
def test_a_draft_is_labelled(words):
    assert of(f"{words}\n\n{STATE}Số:      /KH-UBND\n{MOTTO}{DATE}{PLAN}").metadata.draft


def test_a_letter_about_a_draft_is_none():
    letter = (
        f"{STATE}Số: 12/UBND-NC\nV/v góp ý\ndự thảo Nghị quyết\n{MOTTO}{DATE}Kính gửi: Các xã\n\nDự thảo kèm theo.\n"
    )
    assert not of(letter).metadata.draft


@pytest.mark.parametrize("place", ["head", "foot"])
def test_an_internal_paper_is_labelled(place):
    words = "LƯU HÀNH NỘI BỘ"
    text = f"{STATE}{words}\n{MOTTO}{DATE}{PLAN}" if place == "head" else f"{STATE}{MOTTO}{DATE}{PLAN}\n({words})\n"
    assert of(text).metadata.internal
    assert not of(text.replace(words, "")).metadata.internal
