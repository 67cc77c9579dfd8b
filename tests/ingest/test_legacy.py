"""Old encodings: repaired where they are, and nothing else touched."""

import shutil
from pathlib import Path

import pytest

from ingest.legacy import Runs, convert, decode, of_font, of_text
from ingest.readers import read
from tests.ingest.papers import SHARED
from tests.measure_legacy import FOLDER, accuracy

FILES = Path(__file__).parents[1] / "files"
SENTENCE = "Ủy ban nhân dân thành phố quyết định hỗ trợ sản xuất phân bón hữu cơ vi sinh từ phụ phẩm nông nghiệp."


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI", "Windows-1258"])
def test_a_text_file_in_an_old_encoding(encoding):
    decoded = decode((FILES / f"{encoding.lower()}.txt").read_bytes())
    assert decoded.text.lower() == SENTENCE.lower()  # TCVN3 has no capital Ủ
    assert decoded.repairs == (f"{encoding} → Unicode: toàn tệp",)


def test_viqr_of_old_mail():
    assert decode((FILES / "viqr.txt").read_bytes()).text.startswith("Ủy ban nhân dân thành phố quyết định hỗ trợ")


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", ("TCVN3", False)),
        (".VnTimeH", ("TCVN3", True)),
        ("FBHPEL+VnTimeHBold", ("TCVN3", True)),  # how a PDF names a subset
        ("VNI-Times", ("VNI", False)),
        ("Times New Roman", None),
        ("Vnu Sans", None),
        (None, None),
    ],
)
def test_fonts_tell_their_encoding(font, expected):
    assert of_font(font) == expected


@pytest.mark.parametrize(
    "text",
    [
        "HCM1 | 10°19’19,00” | 107°04’49,00”",  # co-ordinates
        "Nhiệt độ 55 - 65°C, ± 2%, § 4",
        "Le Président de la République française a signé",
        "El niño comió piña en la mañana del sábado",
        "Điều 5. Quy định chung",
        "",
    ],
)
def test_what_is_not_old_vietnamese_is_left_alone(text):
    assert of_text(text) is None


def test_words_overrule_the_name_of_the_font():
    runs = Runs()
    runs.add("Maùy löu ñieän", ".VnTime")  # VNI pasted under a TCVN3 font
    assert runs.mended() == ("Máy lưu điện", frozenset({"VNI"}))


def test_a_shouted_word_has_no_small_last_letter():
    assert convert("NGHÞ §ÞNH", "TCVN3") == "NGHỊ ĐỊNH"


def test_a_minus_between_figures_stays_one():
    assert convert("5 \u2212 3; n\u2212íc", "TCVN3") == "5 \u2212 3; nước"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="apt-get install libreoffice-writer-nogui")
def test_rtf_in_an_old_font():
    text = read((FILES / "tcvn3.rtf").read_bytes(), "a.rtf").text
    assert text == "Căn cứ Luật Tổ chức Chính phủ; theo đề nghị của Bộ trưởng Bộ Tài chính"


@pytest.mark.shared
@pytest.mark.skipif(not FOLDER.exists(), reason="the real papers are not beside the repository")
@pytest.mark.parametrize("name", ["2006-16EZE_TT01.06GopvonDNNVV.pdf", "2009-Van-ban-phap-quy-2-_10-02-09.ppt"])
def test_real_papers_in_old_fonts(name):
    truth = (FOLDER / f"{name}.truth.txt").read_text("utf-8")
    assert accuracy(read((FOLDER / name).read_bytes(), name).text, truth) > 0.97


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the real papers are not beside the repository")
def test_nothing_changes_in_clean_papers():
    papers = [*sorted((SHARED / "papers" / "txt").glob("*.txt")), *sorted((SHARED / "papers" / "html").glob("*.html"))]
    assert len(papers) > 100
    for path in papers:
        reading = read(path.read_bytes(), path.name)
        assert reading.repairs == ()
        assert [line for line in reading.text.split("\n") if of_text(line)] == []
