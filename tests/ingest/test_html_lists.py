"""Lists of HTML pages: the labels that the browser prints stand before the words of their items."""

import pytest

from ingest.pipeline import ingest
from ingest.readers import read
from tests.ingest.papers import by_locator

PAGE = "<html><head><meta charset='utf-8'></head><body><p>KẾ HOẠCH</p>{}</body></html>"


def listed(html: str) -> list[str]:
    """The lines of a page below its first."""
    return read(PAGE.format(html).encode(), "a.html").text.split("\n")[1:]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol type='I'><li><p><b>MỤC TIÊU</b></p></li><li><p>NHIỆM VỤ</p></li></ol>", ["I. MỤC TIÊU", "II. NHIỆM VỤ"]),
        ("<ol type='a'><li><div>Hộ;</div></li><li><div>Hộ nghèo.</div></li></ol>", ["a) Hộ;", "b) Hộ nghèo."]),
        ("<ol start='3'><li>Ba</li><li>Bốn</li></ol>", ["3. Ba", "4. Bốn"]),
        ("<ol><li value='5'>Năm</li><li>Sáu</li></ol>", ["5. Năm", "6. Sáu"]),
        ("<ol style='list-style-type: lower-alpha'><li>Một</li><li>Hai</li></ol>", ["a) Một", "b) Hai"]),
        ("<ul><li><p>Một</p><p>Thêm</p></li><li></li><li>Hai</li></ul>", ["- Một", "Thêm", "- Hai"]),
        ("<ul><li>Một<ul><li>Con</li></ul></li></ul>", ["- Một", "- Con"]),
    ],
)  # fmt: skip
def test_an_item_bears_its_label(html, lines):
    assert listed(html) == lines


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ul style='list-style: none'><li>1. Một</li><li>2. Hai</li></ul>", ["1. Một", "2. Hai"]),
        ("<ul><li>- Một</li><li>+ Hai</li></ul>", ["- Một", "+ Hai"]),
        ("<ol><li>a) Một</li><li>Điều 2. Hai</li></ol>", ["a) Một", "Điều 2. Hai"]),
    ],
)
def test_a_label_that_the_page_prints_itself_is_not_doubled(html, lines):
    assert listed(html) == lines


def test_a_page_that_a_word_processor_wrote_keeps_its_outline():
    page = PAGE.format(
        "<ol type='I'><li><p>MỤC TIÊU</p><ol><li><p>Đến năm 2027</p></li></ol></li></ol>"
        "<ol type='a'><li value='1'><p>100% bệnh viện có bệnh án điện tử;</p></li>"
        "<li><p>80% thu phí không tiền mặt.</p></li></ol>"
        "<ol type='I' start='2'><li><p>NHIỆM VỤ</p></li></ol>"
    )
    assert set(by_locator(ingest(page.encode(), "a.html"))) >= {"I", "I/1", "I/1/a", "I/1/b", "II"}
