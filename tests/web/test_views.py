"""How papers are called on the site."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.document import Metadata
from kb.library import Library
from web.language import words
from web.views import heading, why


@pytest.mark.parametrize(
    ("meta", "name", "title"),
    [
        (
            Metadata("32/2018/QH14", "Luật", "Quốc hội", date=date(2018, 11, 19), title="CHĂN NUÔI"),
            "Luật Chăn nuôi 32/2018/QH14",
            "",
        ),
        (Metadata("7/KH-UBND", "Kế hoạch", title="Về trồng cây"), "Kế hoạch 7/KH-UBND", "Về trồng cây"),
        (Metadata(None, "Kế hoạch", title="Về trồng cây"), "Kế hoạch", "Về trồng cây"),
        (Metadata(None, None), "ke-hoach-tam-diep-nghi-quyet-36.txt", ""),
    ],
)
def test_a_paper_is_called_what_officials_call_it(
    library: Library, seed: str, meta: Metadata, name: str, title: str
) -> None:
    shown = heading(replace(library.document(seed), metadata=meta), words("vi"))
    assert (shown.name, shown.title) == (name, title)


def test_a_reason_is_said_as_the_language_writes_it() -> None:
    reasons = ("exact words: phân bón", "meaning: 0.53", "concept: phân bón vi sinh (narrower)")
    assert why(reasons, words("vi")) == ("đúng từ: phân bón", "ý nghĩa gần: 0,53", "khái niệm: phân bón vi sinh")
    assert why(reasons, words("en"))[1] == "close in meaning: 0.53"
