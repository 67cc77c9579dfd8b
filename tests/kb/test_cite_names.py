"""How a citation names the issuer, in Vietnamese and English, and leads over to the subject line."""

from datetime import date

import pytest

from ingest.document import Metadata
from kb.cite import cite_document, issuer_en, issuer_name
from kb.model import DocumentRecord, Status


def cited(**fields: object) -> tuple[str, str]:
    """The citation of a decision of the province with the fields given instead of its own."""
    usual: dict[str, object] = {
        "symbol": "33/2021/QĐ-UBND",
        "kind": "Quyết định",
        "issuer": "Ủy ban nhân dân tỉnh Trường Lĩnh",
        "date": date(2021, 9, 8),
        "title": "Quy định giá vé xe buýt",
    }
    meta = Metadata(**(usual | fields))  # type: ignore[arg-type]
    found = cite_document(DocumentRecord("0" * 64, "a.txt", "txt", meta, Status(), 1, True, 1, None, None, True, ""))
    return found.vi, found.en


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("Quy định giá vé xe buýt", "tỉnh Trường Lĩnh quy định giá vé xe buýt"),
        ("Phê duyệt Đề án y tế số", "tỉnh Trường Lĩnh phê duyệt Đề án y tế số"),
        ("tăng cường công tác bình đẳng giới", "tỉnh Trường Lĩnh về tăng cường công tác bình đẳng giới"),
        ("Kết quả quản lý khoáng sản năm 2024", "tỉnh Trường Lĩnh về kết quả quản lý khoáng sản năm 2024"),
        ("về việc giao đất", "tỉnh Trường Lĩnh về việc giao đất"),
        ("VỀ VIỆC GIAO ĐẤT", "tỉnh Trường Lĩnh VỀ VIỆC GIAO ĐẤT"),
        ("QUY ĐỊNH GIÁ ĐẤT", "tỉnh Trường Lĩnh QUY ĐỊNH GIÁ ĐẤT"),
    ],
)
def test_the_subject_follows_the_issuer_as_officials_write_it(title: str, end: str) -> None:
    assert cited(title=title)[0].endswith(end)


def test_a_translation_is_cited_as_one() -> None:
    vi, en = cited(
        issuer="People's Committee of Truong Linh Province",
        authority="The People's Committee of Truong Linh Province",
        title="Providing for bus fares",
        language="en",
    )
    assert vi.endswith("của People's Committee of Truong Linh Province “providing for bus fares” (bản tiếng Anh)")
    assert en == (
        "Decision No. 33/2021/QD-UBND dated 08 September 2021 of the People's Committee of Truong Linh Province "
        "providing for bus fares"
    )


@pytest.mark.parametrize(
    ("issuer", "authority", "vi", "en"),
    [
        (
            "Huyện ủy Đá Trắng",
            "Ban Chấp hành Đảng bộ huyện",
            "Ban Chấp hành Đảng bộ huyện Đá Trắng",
            "the Executive Committee of the Da Trang District Party Organization",
        ),
        (
            "Thành ủy Hà Khê",
            "Ban Chấp hành Đảng bộ thành phố",
            "Ban Chấp hành Đảng bộ thành phố Hà Khê",
            "the Executive Committee of the Ha Khe City Party Organization",
        ),
        (
            "Ban Tổ chức Tỉnh ủy Trường Lĩnh",
            None,
            "Ban Tổ chức Tỉnh ủy Trường Lĩnh",
            "the Organization Commission of the Truong Linh Provincial Party Committee",
        ),
        (
            "Sở Y tế tỉnh Trường Lĩnh",
            None,
            "Sở Y tế tỉnh Trường Lĩnh",
            "the Truong Linh Provincial Department of Health",
        ),
        (
            "Bộ Văn hóa, Thể thao và Du lịch",
            "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
            "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
            "the Minister of Culture, Sports and Tourism",
        ),
    ],
)
def test_the_issuer_bears_its_whole_name(issuer: str, authority: str | None, vi: str, en: str) -> None:
    name = issuer_name(Metadata(issuer=issuer, authority=authority))
    assert name == vi
    assert issuer_en(vi) == en
