"""What is taken away as a Word file: read as it was shown, and saying what it was limited to."""

import io

import docx
import pytest
from fastapi.testclient import TestClient

from kb.library import Library

BROKEN = """KẾ HOẠCH
Phân loại rác

I. NHIỆM VỤ
- Ủy ban nhân dân các xã tổ chức thu gom
chất thải rắn sinh hoạt đã phân loại tại
nguồn hằng tuần.
"""


def written(site: TestClient, address: str, **asked: str | list[str]) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(site.get(address, params=asked).content)).paragraphs]


def test_a_passage_of_several_lines_is_one_flow(empty_site: TestClient) -> None:
    empty_site.post("/documents", files={"files": ("a.txt", BROKEN.encode())})
    [one] = empty_site.get("/api/search", params={"q": "thu gom chất thải rắn sinh hoạt", "k": "1"}).json()["hits"]
    assert "\n" in one["text"]
    flow = " ".join(one["text"].split())
    assert flow in written(empty_site, "/collection.docx", p=one["passage"])
    page = empty_site.get(f"/collection?p={one['passage']}")
    assert page.context["page"].kept[0].quote == flow


def test_papers_of_the_same_name_stay_apart(site: TestClient, library: Library) -> None:
    same = [each for each in library.documents() if each.metadata.symbol == "142/KH-UBND"]
    chosen = [next(each.id for each in library.passages(paper.id) if each.passage.searchable) for paper in same]
    said = written(site, "/collection.docx", p=chosen)
    heads = [at for at, line in enumerate(said) if line == "Kế hoạch 142/KH-UBND"]
    assert {said[at + 1].split(" · ")[0] for at in heads} == {
        "Ủy ban nhân dân tỉnh Sơn Lĩnh",
        "Ủy ban nhân dân thành phố Hà Khê",
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "Quyết định", "role": "provision"}, "Chỉ trong: Quyết định; Quy định."),
        ({"as_of": "2021-06-30"}, "Tra cứu tại thời điểm 30/6/2021"),
        ({"in": "12-quyet-dinh-quy-dinh-nhiem-vu-khoa-hoc-2018.docx"}, "Chỉ trong: Quyết định 24/2018/QĐ-UBND."),
    ],
)
def test_a_limited_list_says_what_it_is_limited_to(site: TestClient, asked: dict[str, str], said: str) -> None:
    head = written(site, "/export.docx", q="quản lý nhiệm vụ khoa học", **asked)[2]
    assert said in head
    assert "Chỉ trong" not in written(site, "/export.docx", q="quản lý nhiệm vụ khoa học")[2]
