"""What the site says of a paper's force: in its label, its reason and the link to the passage that says so."""

from datetime import date

import pytest
from fastapi.testclient import TestClient
from lxml import html

from kb.library import Library
from kb.model import Change, Status, Validity
from web.language import words
from web.views import pill

OWN, NEW = "a" * 64, "b" * 64
SINCE, UNTIL = date(2025, 7, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("status", "vi", "en", "tone"),
    [
        (Status(), "Chưa rõ hiệu lực", "Status unknown", "quiet"),
        (
            Status(Validity.IN_FORCE, OWN, None, "D2", SINCE),
            "Có hiệu lực từ 01/7/2025 theo văn bản", "In force from 01 July 2025 by its own terms", "quiet",
        ),
        (
            Status(Validity.NOT_YET, OWN, None, "D2", SINCE),
            "Chưa có hiệu lực (từ 01/7/2025)", "Not yet in force (from 01 July 2025)", "notice",
        ),
        (
            Status(Validity.EXPIRED, OWN, None, "D2", SINCE, UNTIL),
            "Hết hiệu lực theo văn bản (đến 31/12/2026)", "Expired by its own terms (to 31 December 2026)", "danger",
        ),
        (
            Status(Validity.PERIOD_OVER, OWN, None, "summary", None, UNTIL),
            "Đã qua thời gian thực hiện (đến 31/12/2026)", "Period over (to 31 December 2026)", "warning",
        ),
        (
            Status(Validity.IN_FORCE, OWN, None, "D2", SINCE,
                   coming=Change(Validity.REPLACED, NEW, "8/2026/QĐ-UBND", "D1", date(2026, 8, 1))),
            "Có hiệu lực từ 01/7/2025 theo văn bản; sẽ bị thay thế từ 01/8/2026",
            "In force from 01 July 2025 by its own terms; to be replaced from 01 August 2026", "notice",
        ),
    ],
)  # fmt: skip
def test_labels(status: Status, vi: str, en: str, tone: str) -> None:
    assert (pill(status, words("vi")).words, pill(status, words("en")).words) == (vi, en)
    assert pill(status, words("vi")).tone == tone


@pytest.mark.parametrize("validity", Validity)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_status_has_its_words_and_its_reason(validity: Validity, language: str) -> None:
    made = pill(Status(validity, OWN, None, "D2", SINCE, UNTIL), words(language))
    assert "{" not in made.words + made.reason


def test_the_reason_says_no_more_than_is_known_and_leads_to_the_passage() -> None:
    made = pill(Status(Validity.IN_FORCE, OWN, None, "D2", SINCE, UNTIL), words("vi"))
    assert made.reason.startswith("Văn bản ghi có hiệu lực từ ngày 01/7/2025; chưa thấy văn bản nào trong kho")
    assert made.reason.endswith("Văn bản ghi thời hạn đến hết ngày 31/12/2026.")
    assert (made.url, made.see) == (f"/d/{OWN[:12]}?hit=D2#D2", "Xem đoạn đó")


@pytest.mark.parametrize(
    ("status", "vi", "en"),
    [
        (
            Status(Validity.PARTLY_EXPIRED, NEW, "09/2022/QĐ-UBND", "D1", date(2022, 4, 1)),
            "Một phần bị thay thế hoặc bãi bỏ bởi 09/2022/QĐ-UBND từ ngày 01/4/2022.",
            "Partly replaced or repealed by 09/2022/QĐ-UBND with effect from 01 April 2022.",
        ),
        (Status(Validity.REPLACED, NEW, "8/2026/QĐ-UBND"), "Bị thay thế bởi 8/2026/QĐ-UBND.",
         "Replaced by 8/2026/QĐ-UBND."),
        (
            Status(Validity.ISSUER_DISSOLVED, since=SINCE),
            "Cơ quan ban hành không còn hoạt động từ ngày 01/7/2025; xem văn bản của cơ quan kế thừa.",
            "The body that issued it ceased to exist with effect from 01 July 2025; look to its successor.",
        ),
    ],
)  # fmt: skip
def test_the_reason_and_its_day_are_one_sentence(status: Status, vi: str, en: str) -> None:
    assert (pill(status, words("vi")).reason, pill(status, words("en")).reason) == (vi, en)


def test_the_reader_shows_the_passage_that_says_so(site: TestClient, library: Library) -> None:
    paper = library.document("07-quyet-dinh-phe-duyet-nhiem-vu-khoa-hoc.pdf")
    page = html.fromstring(site.get(f"/d/{paper.id[:12]}").text)
    [link] = page.xpath("//section[@class='facts']//a[contains(@class,'pill')]/@href")
    there = html.fromstring(site.get(link.partition("#")[0]).text)
    [hit] = there.xpath("//article//*[contains(@class,'has-hit')]")
    assert "Quyết định này có hiệu lực kể từ ngày ký" in hit.text_content()


def test_the_list_of_documents_filters_by_what_they_say_themselves(site: TestClient) -> None:
    lines = site.get("/documents?status=in_force").context["page"].lines
    assert {line.file[:2] for line in lines} == {"02", "07", "11"}


def test_a_search_filters_by_it_too(site: TestClient) -> None:
    found = site.get("/api/search?q=nhiệm vụ khoa học&status=in_force&k=50").json()
    assert {hit["status"] for hit in found["hits"]} == {"in_force"}
    assert found["hits"][0]["status_since"]
    assert found["hits"][0]["status_by"]["document"] == found["hits"][0]["document"]


def test_a_question_after_what_is_in_force_says_what_it_leaves_out(site: TestClient) -> None:
    for language, said in (("vi", "trừ văn bản đã hết hiệu lực"), ("en", "without what has ended")):
        page = site.get(f"/?q=các quyết định về nhiệm vụ khoa học còn hiệu lực&lang={language}").context["page"]
        [chip] = [chip for chip in page.found.chips if chip.words == "còn hiệu lực"]
        assert chip.detail.startswith(said)
        assert chip.url
        assert "status%3Aliving" in chip.url


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("văn bản nào còn hiệu lực?", {"in_force", "in_period", "amended", "partly_expired"}),
        ("văn bản nào đã hết hiệu lực?", {"partly_expired"}),
        ("văn bản nào đã được sửa đổi?", {"amended", "partly_expired", "issuer_dissolved"}),
        ("which documents are no longer in force?", {"partly_expired"}),
    ],
)
def test_a_question_after_papers_of_a_state_leads_to_their_lists(
    site: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch, question: str, listed: set[str]
) -> None:
    monkeypatch.setattr(library.catalog, "today", lambda: date(2026, 6, 30))
    leads = site.get("/", params={"q": question}).context["page"].found.leads
    assert {link.url.partition("status=")[2] for link in leads} == listed
