"""The JSON that scripts rely on, and what every answer carries."""

import gzip
import re

import pytest
from fastapi.testclient import TestClient
from lxml import html

from kb.library import Library
from kb.settings import Settings
from tests.web import visit
from web.app import create_app
from web.assets import SHEETS, STATIC

HIT_KEYS = {
    "rank", "score", "passage", "document", "file", "symbol", "kind", "issuer", "date", "title", "status", "locator",
    "heading", "text", "start", "end", "pages", "marks", "why", "citation", "url",
}  # fmt: skip
PAGES = (*visit.PAGES, "/nowhere")


def test_search_has_the_promised_shape_and_its_texts_are_slices(site: TestClient, library: Library) -> None:
    body = site.get("/api/search", params={"q": "phân bón sinh học", "k": 5}).json()
    assert {"query", "verdict", "total", "tier", "searched", "hits"} <= body.keys()
    assert len(body["hits"]) == 5
    for hit in body["hits"]:
        assert hit.keys() >= HIT_KEYS
        text = library.text(hit["document"])
        assert text[hit["start"] : hit["end"]] == hit["text"]
        assert all(hit["start"] <= a < b <= hit["end"] for a, b in hit["marks"])


def test_a_hits_address_opens_at_its_anchor(site: TestClient) -> None:
    for hit in site.get("/api/search", params={"q": "phân bón sinh học"}).json()["hits"]:
        path, _, anchor = hit["url"].partition("#")
        assert html.fromstring(site.get(path).text).get_element_by_id(anchor) is not None


def test_filters_of_the_page_are_filters_of_the_api(site: TestClient, seed: str) -> None:
    body = site.get("/api/search", params={"q": "phân bón sinh học", "in": seed[:12]}).json()
    assert {hit["document"] for hit in body["hits"]} == {seed}
    years = site.get("/api/search?q=phân bón&year=2024").json()["hits"]
    assert {hit["date"][:4] for hit in years} == {"2024"}


def test_ask_groups_by_document(site: TestClient) -> None:
    body = site.get("/api/ask", params={"q": "nhiệm vụ nào về phân bón sinh học?"}).json()
    assert body["documents"] == sum(bool(group["hits"]) for group in body["groups"])
    assert all(hit["document"] == group["document"] for group in body["groups"] for hit in group["hits"])


def test_a_document_and_a_passage(site: TestClient, seed: str) -> None:
    shown = site.get(f"/api/documents/{seed[:12]}").json()
    assert "III/2/g4" in [each["locator"] for each in shown["passages"]]
    passage = site.get(f"/api/passages/{seed[:12]}-III-2-g4").json()
    assert passage["text"].startswith(
        "Ứng dụng và phát triển công nghệ sinh học phục vụ sản xuất, như: Phân bón vi sinh"
    )
    assert "Mục III" in passage["citation"]["vi"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/search", 400, "usage"),
        ("/api/search?q=x&k=0", 400, "usage"),
        ("/api/documents/ffff", 404, "not_found"),
        ("/api/passages/ffff-I", 404, "not_found"),
        ("/api/nothing", 404, "not_found"),
    ],
)
def test_errors_are_json_with_a_code_and_a_sentence(site: TestClient, path: str, status: int, code: str) -> None:
    response = site.get(path)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert len(response.json()["error"]["message"]) > 10


def test_health_names_the_tier(site: TestClient) -> None:
    body = site.get("/healthz").json()
    assert body["status"] == "ok"
    assert body["tier"] == "words"


def test_the_docs_describe_every_promised_path_without_outside_assets(site: TestClient) -> None:
    paths = site.get("/openapi.json").json()["paths"]
    promised = ("/api/search", "/api/ask", "/api/documents", "/api/documents/{document}", "/api/passages/{passage}")
    assert all(path in paths for path in promised)
    text = site.get("/docs").text
    assert all(path in text for path in promised)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_carries_inline_script_or_style_or_an_outside_address(
    site: TestClient, papers: dict[str, str], path: str
) -> None:
    response = site.get(path.format(**papers))
    tree = html.fromstring(response.text)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert not tree.xpath("//script[not(@src)]|//style|//@style|//@onclick|//@onload")
    addresses = tree.xpath("//@src|//link/@href|//a/@href|//form/@action|//img/@srcset")
    assert [each for each in addresses if re.match(r"(?:[a-z]+:)?//", each)] == []


def test_assets_are_named_by_content_and_kept_for_ever(site: TestClient) -> None:
    tree = html.fromstring(site.get("/").text)
    for address in tree.xpath("//link[@rel='stylesheet']/@href|//script/@src|//link[@rel='icon']/@href"):
        response = site.get(address)
        assert re.search(r"\.[0-9a-f]{10}\.\w+$", address)
        assert "immutable" in response.headers["cache-control"]
    assert site.get("/static/site.css").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_page_weighs_less_than_100_kilobytes_with_its_assets(
    site: TestClient, papers: dict[str, str], path: str
) -> None:
    page = site.get(path.format(**papers))
    tree = html.fromstring(page.text)
    assets = tree.xpath("//link[@rel='stylesheet']/@href|//script/@src|//link[@rel='icon']/@href")
    sent = [gzip.compress(each.content, 5) for each in (page, *map(site.get, assets))]
    assert sum(map(len, sent)) <= 100_000


def test_a_read_only_site_takes_nothing_and_shows_no_style_guide(library: Library) -> None:
    settings = Settings(home=library.settings.home, allow_upload=False)
    with TestClient(create_app(settings, library=library), headers={"accept": "text/html"}) as site:
        assert site.post("/documents", files=[("files", ("a.txt", b"x"))]).status_code == 400
        assert 'id="drop"' not in site.get("/documents").text
        assert site.get("/styleguide").status_code == 404


def test_the_parts_of_the_stylesheet_arrive_as_one_file(site: TestClient) -> None:
    [address] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', site.get("/").text)
    sent = site.get(address).text
    parts = sorted(path.stem for path in (STATIC / "css").iterdir())
    assert parts == sorted(SHEETS)
    assert all((STATIC / "css" / f"{part}.css").read_text("utf-8") in sent for part in parts)
