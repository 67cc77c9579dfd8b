"""The seed plan: every gold node with its exact span, locator and heading path."""

import json

import pytest

from ingest.document import Kind, Role, Span
from tests.ingest.papers import GOLD, by_locator, paper

FILE = GOLD / "seed" / "ke-hoach-tam-diep-nghi-quyet-36.txt"
STRUCTURE = json.loads((GOLD / "seed" / "structure.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def passages():
    return by_locator(paper(FILE))


@pytest.mark.parametrize("node", STRUCTURE["nodes"], ids=lambda node: node["id"])
def test_gold_node(passages, node):
    locator = "pre/p1" if node["id"] == "preamble" else node["id"].replace(".", "/")
    found = passages[locator]
    if node["heading"]:
        assert found.is_heading
        assert (found.start, found.end) == (node["heading"]["start"], node["heading"]["end"])
        assert found.extent == (node["start"], node["end"])
    else:
        assert (found.start, found.end) == (node["start"], node["end"])
        assert [list(span) for span in found.spans] == node["spans"]
        assert list(found.heading) == node.get("heading_path", [])


def test_a_page_break_leaves_two_spans(passages):
    assert passages["III/5/p1"].spans == (Span(7538, 7772), Span(7774, 7880))


def test_all_fifteen_tasks_have_the_role(passages):
    tasks = {task["node"].replace(".", "/") for task in STRUCTURE["tasks"]}
    assert {p.locator for p in passages.values() if p.role is Role.TASK and not p.is_heading} == tasks


def test_responsibilities_and_targets(passages):
    assert [passages[f"IV/{n}"].role for n in (1, 2, 3)] == [Role.RESPONSIBILITY] * 3
    assert [passages[f"II/2/g{n}"].role for n in (1, 2, 3)] == [Role.TARGET] * 3
    assert passages["II/1/p1"].role is Role.OBJECTIVE


def test_the_foot_is_no_answer(passages):
    assert passages["nn"].kind is Kind.RECIPIENTS
    assert not passages["nn"].searchable
    assert not passages["ky"].searchable


def test_what_the_paper_does_not_say_stays_none():
    metadata = paper(FILE).metadata
    assert (metadata.symbol, metadata.date, metadata.place, metadata.issuer) == (None, None, None, None)
    assert metadata.kind == "Kế hoạch"
    assert metadata.authority == "Ban Thường vụ Thành ủy"
    assert (metadata.signer_role, metadata.signer) == ("Phó Bí thư", "Vũ Thành Tôn")
    assert metadata.title == STRUCTURE["metadata"]["title_vi"]
