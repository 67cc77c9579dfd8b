"""Files that give no document: each a code and one sentence that says what to do."""

import io
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from ingest.document import Limits
from ingest.errors import ReadError, Refused, Unreadable
from ingest.pipeline import ingest
from ingest.readers import read, unpack

FILES = Path(__file__).parents[1] / "files"
CORPUS = Path(__file__).parents[2] / "corpus"
PDF = next(CORPUS.glob("03*.pdf")).read_bytes()
DOCX = next(CORPUS.glob("05*.docx")).read_bytes()


@pytest.mark.parametrize(
    ("data", "name", "kind", "code"),
    [
        pytest.param(b"", "trong.pdf", Unreadable, "empty", id="0 byte"),
        pytest.param(PDF[:3000], "cut.pdf", Unreadable, "truncated", id="PDF cut off"),
        pytest.param(DOCX[:9000], "cut.docx", Unreadable, "truncated", id="DOCX cut off"),
        pytest.param((FILES / "locked.pdf").read_bytes(), "a.pdf", Unreadable, "encrypted", id="password"),
        pytest.param((FILES / "renamed-photo.docx").read_bytes(), "a.docx", Unreadable, "not_what_it_says", id="photo"),
        pytest.param("chỉ là chữ".encode(), "a.pdf", Unreadable, "not_what_it_says", id="text named PDF"),
        pytest.param((FILES / "bomb.docx").read_bytes(), "a.docx", Refused, "bomb", id="bomb"),
        pytest.param(bytes(range(256)) * 20, "a.bin", Unreadable, "unknown_format", id="program"),
        pytest.param(b"<html><body><script>1</script></body></html>", "a.html", Unreadable, "empty", id="blank page"),
    ],
)
def test_each_is_named(data, name, kind, code):
    with pytest.raises(kind) as caught:
        read(data, name)
    assert caught.value.code == code
    assert caught.value.reason.endswith(".")


def test_a_text_of_200_megabytes_is_refused_by_its_size():
    with pytest.raises(Refused) as caught:
        read(b"a" * 200_000_000, "a.txt")
    assert caught.value.code == "too_large"


def test_a_pdf_of_too_many_pages_is_refused():
    with pytest.raises(Refused) as caught:
        read(PDF, "a.pdf", Limits(pages=3))
    assert caught.value.code == "too_many_pages"


def test_a_part_that_would_fill_the_memory_is_refused():
    with pytest.raises(Refused) as caught:
        read(DOCX, "a.docx", Limits(bytes=len(DOCX) + 1))  # its document.xml unpacks to more
    assert caught.value.code == "bomb"


def test_a_scan_of_too_many_pages_is_refused():
    with pytest.raises(Refused) as caught:
        read((FILES / "scan.tif").read_bytes(), "a.tif", Limits(pages=1))
    assert caught.value.code == "too_many_pages"


def test_a_damaged_picture_is_unreadable():
    with pytest.raises(Unreadable) as caught:
        read((FILES / "scan.png").read_bytes()[:4000], "a.png")
    assert caught.value.code == "truncated"


def test_a_picture_of_a_billion_dots_is_refused_unopened():
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0))
    with pytest.raises(Refused) as caught:
        read(head + _chunk(b"IDAT", zlib.compress(bytes(1000))), "a.png")
    assert caught.value.code == "too_large"


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_decomposed_file_name_is_stored_composed():
    name = unicodedata.normalize("NFD", "kế hoạch.txt")
    assert ingest("KẾ HOẠCH\nnăm 2024".encode(), name).file == "kế hoạch.txt"


def test_pure_noise_never_escapes_as_another_error():
    for cut in range(50, len(DOCX), 4000):
        with pytest.raises(ReadError) as caught:
            read(DOCX[:cut] + bytes(64), "a.docx")
        assert caught.value.code in {"truncated", "not_what_it_says", "bomb"}


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def test_a_zip_gives_its_files_without_system_ones():
    data = archive(**{"a/kế_hoạch": b"1", "__MACOSX/x": b"2"})
    assert unpack(data) == [("a/kế_hoạch", b"1")]


def test_a_zip_bomb_is_refused():
    with pytest.raises(Refused):
        unpack(archive(a=b" " * 30_000_000))
