"""Scans: which pages wait, what recognition makes of them, and that one bad page never loses the file."""

import io
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document
from PIL import Image, ImageDraw

from ingest.document import Reading
from ingest.errors import Unreadable
from ingest.readers import read
from ingest.readers.ocr import APT, Recogniser, Stopped, is_installed
from ingest.readers.page_image import page_image
from ingest.readers.strokes import ruled
from ingest.vietnamese import fold
from tests.fakes import tesseract
from tests.files.make_scans import BODY, SECOND, TABLE

FILES = Path(__file__).parents[1] / "files"
needs_tesseract = pytest.mark.skipif(not is_installed(), reason=APT)


class Shelf(dict[str, str]):
    """A cache in memory."""

    def put(self, key: str, found: str) -> None:
        self[key] = found


def scan(name: str, recogniser: Recogniser | None = None) -> Reading:
    return read((FILES / name).read_bytes(), name, recogniser=recogniser)


def words(text: str) -> list[str]:
    return fold(text).split()


@pytest.mark.parametrize(("name", "pages"), [("scan.png", 1), ("scan.tif", 2), ("scan.pdf", 2)])
def test_without_a_recogniser_the_pages_wait(name, pages):
    reading = scan(name)
    assert [(page.origin, page.waiting) for page in reading.pages] == [("image", True)] * pages
    assert reading.text == ""
    assert "ảnh quét" in reading.warnings[0]


def test_a_machine_without_tesseract_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert scan("scan.png").warnings[0].endswith(APT)


def test_scans_pasted_into_word_are_its_pages():
    document, buffer = Document(), io.BytesIO()
    for _ in range(2):
        document.add_picture(str(FILES / "scan.png"))
    document.save(buffer)
    reading = read(buffer.getvalue(), "a.docx")
    assert reading.format == "docx"
    assert [(page.origin, page.waiting) for page in reading.pages] == [("image", True)]  # one file, used twice


def test_an_emblem_in_an_empty_word_file_is_no_page():
    emblem, document, buffer = io.BytesIO(), Document(), io.BytesIO()
    Image.new("L", (200, 200)).save(emblem, "PNG")
    document.add_picture(emblem)
    document.save(buffer)
    with pytest.raises(Unreadable):
        read(buffer.getvalue(), "a.docx")


def test_a_layer_of_private_use_characters_is_not_trusted():
    page = scan("private-use.pdf").pages[0]
    assert (page.waiting, page.quality) == (True, 0.0)


def test_the_layer_of_a_page_image_is_readable_at_once_and_said_to_be_recognised():
    reading = scan("scan-with-layer.pdf")
    assert (reading.pages[0].origin, reading.pages[0].waiting) == ("ocr", True)
    assert reading.text.startswith("Điêu 1.")


@pytest.mark.parametrize("name", ["10", "14"])
def test_a_born_digital_page_does_not_wait(name):
    path = next((FILES.parents[1] / "corpus").glob(f"{name}*.pdf"))
    assert not any(page.waiting for page in read(path.read_bytes(), path.name).pages)


@needs_tesseract
@pytest.mark.parametrize("name", ["scan.png", "scan.tif", "scan.pdf", "scan-with-layer.pdf"])
def test_tesseract_reads_each_kind_of_scan(name):
    reading = scan(name, Recogniser(workers=2))
    expected = words(" ".join(BODY + (SECOND if len(reading.pages) == 2 else ())))
    found = words(reading.text)
    assert sum(word in found for word in expected) > 0.95 * len(expected)
    assert {(page.origin, page.waiting) for page in reading.pages} == {("ocr", False)}
    assert all(page.quality is not None and page.quality > 0.85 for page in reading.pages)


@needs_tesseract
def test_a_table_drawn_in_pixels_is_read_as_rows():
    reading = scan("scan-table.png", Recogniser())
    rows = [[reading.text[s:e] for s, e in line.cells] for line in reading.lines if line.cells]
    assert [[fold(cell) for cell in row] for row in rows] == [[fold(cell) for cell in row] for row in TABLE]


def test_ruled_lines_of_a_page_that_is_askew_are_set_straight():
    image = Image.new("L", (1654, 2339), 255)
    pen = ImageDraw.Draw(image)
    for y in (400, 600, 900):
        pen.line((200, y, 1400, y), fill=0, width=3)
    for x in (200, 700, 1400):
        pen.line((x, 400, x, 900), fill=0, width=3)
    pen.text((300, 500), "IIIIIIIIIIIIIIII", fill=0)
    for degrees in (0.0, 0.6, -0.6):
        rules = ruled(image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255), 200)
        across = sorted(rule.y0 for rule in rules if rule.y0 == rule.y1)
        down = sorted(rule.x0 for rule in rules if rule.x0 == rule.x1)
        assert len(across) == len(down) == 3
        assert [b - a for a, b in pairwise(across)] == pytest.approx([72, 108], abs=2)
        assert [b - a for a, b in pairwise(down)] == pytest.approx([180, 252], abs=2)


@needs_tesseract
def test_every_recognised_word_has_its_place_on_the_page_as_shown():
    reading = scan("sideways.png", Recogniser())
    page = reading.pages[0]
    assert (page.turn, page.width < page.height) == (90, True)
    boxed = {at for box in reading.boxes for at in range(box.start, box.end)}
    assert {at for at, char in enumerate(reading.text) if not char.isspace()} <= boxed
    for box in reading.boxes:
        assert 0 <= box.edges[0] < box.edges[-1] <= page.width
        assert 0 <= box.top < box.bottom <= page.height
        assert all(a <= b + 0.01 for a, b in pairwise(box.edges))


@needs_tesseract
@pytest.mark.parametrize("degrees", [180, 270])
def test_a_page_put_in_any_way_round_is_turned(degrees):
    buffer = io.BytesIO()
    Image.open(FILES / "scan.png").rotate(degrees, expand=True).save(buffer, "PNG")
    reading = read(buffer.getvalue(), "a.png", recogniser=Recogniser())
    assert reading.pages[0].turn == degrees
    assert fold(reading.text).startswith("uy ban nhan dan\ntinh son linh\n")


def test_the_image_of_a_turned_page_stands_upright():
    data = (FILES / "sideways.png").read_bytes()
    lying, upright = page_image(data, "png", 1, 0, 0.2), page_image(data, "png", 1, 90, 0.2)
    size = [tuple(int.from_bytes(png[at : at + 4], "big") for at in (16, 20)) for png in (lying, upright)]
    assert size[0] == size[1][::-1]


def test_a_page_that_claims_to_be_metres_wide_is_drawn_small():
    canvas = io.BytesIO()
    document = pdfium.PdfDocument.new()
    document.new_page(14_400, 14_400)
    document.save(canvas)
    png = page_image(canvas.getvalue(), "pdf", 1)
    assert int.from_bytes(png[16:20], "big") * int.from_bytes(png[20:24], "big") < 50_000_000


HOCR = """<html><body><div><span class='ocr_line' title='bbox 100 100 900 150; baseline 0 -10; x_size 40'>
<span class='ocrx_word' title='bbox 100 100 300 150; x_wconf 90'>Nghị</span>
<span class='ocrx_word' title='bbox 320 100 600 150; x_wconf 70'>định</span>
<span class='ocrx_word' title='bbox 620 100 630 150; x_wconf 20'>~</span>
<span class='ocrx_word' title='bbox 640 100 900 150; x_wconf 5'>BM1I</span></span></div></body></html>"""


def test_dirt_is_left_out_and_confidence_is_the_mean_of_the_letters(monkeypatch, tmp_path):
    tesseract(monkeypatch, tmp_path, HOCR)
    reading = scan("scan.png", Recogniser())
    assert reading.text == "Nghị định"
    assert reading.pages[0].quality == 0.8


def test_a_page_that_takes_too_long_is_given_up_and_the_file_kept(monkeypatch, tmp_path):
    tesseract(monkeypatch, tmp_path, HOCR, seconds=30)
    reading = scan("scan.tif", Recogniser(seconds=0.2, workers=2))
    assert [(page.origin, page.waiting) for page in reading.pages] == [("image", False)] * 2
    assert reading.warnings[0].startswith("Trang 1-2 không nhận dạng được chữ")


def test_a_stop_keeps_the_pages_that_are_done(monkeypatch, tmp_path):
    tesseract(monkeypatch, tmp_path, HOCR)
    shelf = Shelf()
    with pytest.raises(Stopped):
        scan("scan.tif", Recogniser(shelf, stopped=lambda: bool(shelf)))
    assert len(shelf) == 1
    done = []
    scan("scan.tif", Recogniser(shelf, progress=lambda at, of: done.append((at, of))))
    assert done == [(1, 2), (2, 2)]
    assert (tmp_path / "calls").read_text().count("hocr") == 2
