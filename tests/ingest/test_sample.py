"""The 18 sample papers against their gold: outline, head, and the same outline from every office format."""

from dataclasses import replace

import pytest

from ingest.document import Kind, Role
from tests.ingest.papers import CORPUS, by_locator, paper, rows, sample, words

PASSAGES = rows("sample/passages.jsonl")
DOCUMENTS = rows("sample/documents.jsonl")
OFFICE = sorted(path for path in CORPUS.glob("[0-9]*") if path.suffix in {".docx", ".pdf", ".html"})


@pytest.mark.parametrize("file", sorted({row["file"] for row in PASSAGES}))
def test_every_gold_passage(file):
    document = sample(file)
    found = by_locator(document)
    for row in (row for row in PASSAGES if row["file"] == file):
        passage = found[row["locator"]]
        mine = (passage.kind, passage.is_heading, passage.label, passage.start, passage.end)
        assert mine == (row["kind"], row["is_heading"], row["label"], row["start"], row["end"]), row["locator"]
        assert document.slice(passage).startswith(row["quote_start"])
        assert document.slice(passage).endswith(row["quote_end"])


@pytest.mark.parametrize("file", sorted({row["file"] for row in PASSAGES}))
def test_no_passage_beyond_the_gold(file):
    gold = {row["locator"] for row in PASSAGES if row["file"] == file}
    outside = (Kind.NOTE, Kind.PREAMBLE, Kind.HEAD, Kind.TITLE, Kind.SUMMARY, Kind.RECIPIENTS, Kind.SIGNATURE)
    assert {p.locator for p in sample(file).passages if p.kind not in outside} == gold


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: row["file"][:2])
def test_metadata(row):
    found = sample(row["file"]).metadata
    assert found.symbol == row["symbol"]
    assert found.kind == row["kind"]
    assert found.issuer == row["issuer"]
    assert found.place == row["place"]
    assert str(found.date) == row["date"]
    assert found.title == row["title"]
    assert found.signer_role == row["signer_role"].split(" (")[0]
    # 06: the name of the body is printed in the enacting words without its place
    assert (found.authority or "").startswith(row["authority"])


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.name)
def test_an_office_file_gives_the_outline_of_its_text(path):
    plain, office = sample(path.stem + ".txt"), paper(path)
    found = by_locator(office)
    for passage in plain.passages:
        if passage.role is Role.FRAME and not passage.is_heading:
            continue
        assert passage.locator in found
        assert words(office, passage.locator) == words(plain, passage.locator)
        assert found[passage.locator].heading == passage.heading
    assert _placeless(office) == _placeless(plain)


def _placeless(document):
    """The metadata with the words that say so in place of where they stand, which each format has elsewhere."""
    terms = [document.metadata.effect, document.metadata.expiry]
    said = [each and (" ".join(document.slice(each).split()), each.since, each.until, each.work) for each in terms]
    return replace(document.metadata, effect=None, expiry=None), said


def test_a_row_knows_its_columns_and_keeps_a_ditto_cell():
    document = sample("05")
    row = by_locator(document)["PL1/t1/r5"]
    cells = dict(zip(row.columns, (document.slice(cell) for cell in row.cells), strict=True))
    assert cells["Đơn vị chủ trì"] == "-nt-"
    assert cells["Thời gian hoàn thành"] == "Quý II/2025"


def test_rows_of_a_task_table_are_tasks():
    roles = [p.role for p in sample("16").passages if p.kind is Kind.ROW]
    assert roles == [Role.TASK] * 6
