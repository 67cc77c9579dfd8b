"""Documents in and out by the browser, and the list."""

import io
import zipfile

from fastapi.testclient import TestClient

PAPER = (
    "ỦY BAN NHÂN DÂN\nPHƯỜNG MẪU\n\nSố: 7/KH-UBND\n\nKẾ HOẠCH\nVề trồng cây\n\n"
    "I. NHIỆM VỤ\n\n1. Trồng cây xanh dọc đường Hùng Vương trước ngày 19/5/2026.\n"
)


def put(site: TestClient, *files: tuple[str, bytes], **headers: str):
    return site.post("/documents", files=[("files", (name, data)) for name, data in files], headers=headers)


def test_many_files_each_with_its_outcome(empty_site: TestClient) -> None:
    response = put(empty_site, ("a.txt", PAPER.encode()), ("trống.pdf", b""), ("hỏng.docx", b"\xff\xd8\xff\xe0JFIF"))
    assert [each.status for each in response.context["page"].outcomes] == ["added", "failed", "failed"]
    assert all(each.reason for each in response.context["page"].outcomes[1:])
    assert len(response.context["page"].lines) == 1


def test_the_same_as_json(empty_site: TestClient) -> None:
    put(empty_site, ("a.txt", PAPER.encode()))
    [outcome] = put(empty_site, ("a.txt", PAPER.encode()), accept="application/json").json()
    assert outcome["status"] == "unchanged"
    assert outcome["path"] == "a.txt"


def test_a_zip_stands_for_its_files(empty_site: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("một.txt", PAPER)
        archive.writestr("hai.txt", PAPER.replace("7/KH", "8/KH"))
    response = put(empty_site, ("gói.zip", packed.getvalue()), accept="application/json")
    assert [each["status"] for each in response.json()] == ["added", "added"]


def test_a_changed_file_is_a_new_version_and_the_old_link_still_opens(empty_site: TestClient) -> None:
    put(empty_site, ("a.txt", PAPER.encode()))
    [old] = empty_site.get("/api/documents").json()["documents"]
    put(empty_site, ("a.txt", PAPER.replace("Hùng Vương", "Trần Phú").encode()))
    page = empty_site.get(f"/p/{old['document'][:12]}-I-1")
    assert "Hùng Vương" in page.text
    assert any(notice.tone == "danger" for notice in page.context["page"].notices)


def test_taking_out_asks_first(empty_site: TestClient) -> None:
    put(empty_site, ("a.txt", PAPER.encode()))
    [record] = empty_site.get("/api/documents").json()["documents"]
    address = f"/documents/{record['document'][:12]}/remove"
    assert "Giữ lại" in empty_site.get(address).text
    assert len(empty_site.get("/api/documents").json()["documents"]) == 1
    assert "Đã xóa a.txt" in empty_site.post(address).text
    assert empty_site.get("/api/documents").json()["documents"] == []


def test_another_site_cannot_write(empty_site: TestClient) -> None:
    assert put(empty_site, ("a.txt", PAPER.encode()), origin="https://elsewhere.example").status_code == 403
    assert put(empty_site, ("a.txt", PAPER.encode()), **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert empty_site.get("/api/documents").json()["documents"] == []


def test_the_list_is_filtered_found_in_and_sorted(site: TestClient) -> None:
    plans = site.get("/documents", params={"kind": "Kế hoạch"}).context["page"]
    assert plans.lines
    assert all(line.document.name.startswith("Kế hoạch") for line in plans.lines)
    [one] = site.get("/documents", params={"find": "chuyen doi so thanh uy"}).context["page"].lines
    assert one.document.name == "Nghị quyết 11-NQ/ThU"
    newest = site.get("/documents").context["page"].lines
    oldest = site.get("/documents", params={"sort": "oldest"}).context["page"].lines
    assert newest[0].document.name == "Kế hoạch 12/KH-UBND"
    assert oldest[0].document.name == "Quyết định 24/2018/QĐ-UBND"
