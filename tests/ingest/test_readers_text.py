"""Text, HTML and spreadsheets of cells: what stays as it is and what a reader takes away."""

import pytest

from ingest.document import Limits
from ingest.errors import Refused
from ingest.readers import read


def lines(data: bytes, name: str) -> list[str]:
    reading = read(data, name)
    return [reading.text[line.start : line.end] for line in reading.lines]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Kế hoạch\nsố 5".encode(), id="UTF-8"),
        pytest.param("\ufeffKế hoạch\nsố 5".encode(), id="UTF-8 with its mark"),
        pytest.param("Kế hoạch\r\nsố 5".encode(), id="line ends of Windows"),
        pytest.param("Kế hoạch\nsố 5".encode("utf-16"), id="UTF-16 with its mark"),
        pytest.param("Ke\u0302\u0301 hoa\u0323ch\nsố 5".encode(), id="decomposed letters"),
    ],
)
def test_one_text_in_many_encodings(data):
    assert read(data, "a.txt").text == "Kế hoạch\nsố 5"


def test_text_keeps_blank_lines_and_indents_so_that_offsets_hold():
    text = "I. MỤC TIÊU\n\n   - một;\n\n\n  **T/M BAN THƯỜNG VỤ**\n"
    reading = read(text.encode(), "a.md")
    assert reading.text == text
    assert reading.lines[1].start == text.index("- một")
    assert reading.lines[2].bold


def test_neighbouring_lines_with_bars_are_a_table():
    reading = read("| TT | Nhiệm vụ |\n|---|---|\n| 1 | Khảo nghiệm |\nsau".encode(), "a.md")
    head, row, after = reading.lines
    assert [reading.text[s:e] for s, e in row.cells] == ["1", "Khảo nghiệm"]
    assert (head.header, head.table, row.table, after.table) == (True, 1, 1, None)


def test_a_bar_in_one_line_is_no_table():
    assert not read("Quyết định | Nghị định\nmột dòng khác".encode(), "a.txt").lines[0].cells


PAGE = """<html><head><title>Kế hoạch 5</title><script>var x = "không phải văn bản";</script></head><body>
<nav><a href="/">Trang chủ</a></nav>
<div><div class="doc"><table><tr><td>UBND TỈNH A<br>-------</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>
<p align="center"><b>KẾ HOẠCH</b></p><p>Ủy ban nhân dân tỉnh ban hành <i>kế
hoạch</i> như sau:</p><ol type="I"><li>MỤC TIÊU</li><li>NHIỆM VỤ</li></ol>
<table border="1"><tr><th>TT</th><th>Việc</th><th>Chủ trì</th></tr>
<tr><td>1</td><td>Tập huấn</td><td rowspan="2">Sở Y tế</td></tr>
<tr><td>2</td><td>Khảo sát</td></tr></table></div></div><footer class="footer">Bản quyền</footer></body></html>"""


def test_a_portal_page_gives_the_paper_alone():
    assert lines(PAGE.encode(), "a.html") == [
        "UBND TỈNH A",
        "-------",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH",
        "Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:",
        "I. MỤC TIÊU",
        "II. NHIỆM VỤ",
        "TT | Việc | Chủ trì",
        "1 | Tập huấn | Sở Y tế",
        "2 | Khảo sát | Sở Y tế",
    ]


def test_html_is_known_by_its_content_not_its_name():
    assert read(PAGE.encode(), "trang.txt").format == "html"


def test_too_many_characters_are_refused():
    with pytest.raises(Refused) as caught:
        read(b"a" * 2000, "a.txt", Limits(characters=1000))
    assert caught.value.code == "too_large"
