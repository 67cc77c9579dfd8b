"""Web pages saved as one file, under the names they go by."""

import base64
import quopri

import pytest

from ingest.errors import Unreadable
from ingest.pipeline import ingest
from ingest.readers import read

PAGE = (
    "<html><head><meta http-equiv=Content-Type content='text/html; charset=utf-8'></head><body>"
    "<p>ỦY BAN NHÂN DÂN XÃ TÂN MỘC</p><p>Số: 12/KH-UBND</p><p>Tân Mộc, ngày 03 tháng 3 năm 2024</p><p>KẾ HOẠCH</p>"
    "<p>Trồng rừng gỗ lớn</p><p>I. MỤC TIÊU</p><p>1. Trồng mới 1.500 ha.</p></body></html>"
).encode()


def packed(encoding: str, body: bytes) -> bytes:
    """The page as Word and browsers save it, a picture behind it."""
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Location: a.htm\r\n'
        + f'Content-Transfer-Encoding: {encoding}\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'.encode()
        + body
        + b"\r\n--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n"
    )


QUOTED = packed("quoted-printable", quopri.encodestring(PAGE))


@pytest.mark.parametrize("data", [QUOTED, packed("base64", base64.encodebytes(PAGE)), b"From: <Saved by>\r\n" + QUOTED])
@pytest.mark.parametrize("name", ["ke-hoach.mht", "ke-hoach.mhtml", "ke-hoach.doc", "ke-hoach"])
def test_the_page_is_read_whatever_the_file_is_called(data, name):
    paper = ingest(data, name)
    assert (paper.metadata.symbol, paper.metadata.kind, paper.format) == ("12/KH-UBND", "Kế hoạch", "mht")
    assert "I/1" in {passage.locator for passage in paper.passages}


def test_a_page_that_is_cut_off_is_refused_with_its_reason():
    with pytest.raises(Unreadable) as error:
        read(QUOTED[: QUOTED.index(b"text/html") + 9], "a.mht")
    assert error.value.code == "truncated"


def test_a_letter_in_plain_text_stays_one():
    assert read(b"From: Van phong\nSubject: Bao cao\n\nKinh gui: Uy ban nhan dan xa.", "a.txt").format == "txt"
