import pytest

from ingest.symbols import canonical, find_symbols, symbol_key
from tests.ingest.papers import rows


@pytest.mark.parametrize("case", rows("sohieu_cases.jsonl"), ids=lambda case: case["text"][:40])
def test_number_cases_of_the_domain(case):
    found = [
        {"family": m.family, "num": m.num, "year": m.year, "type": m.type, "issuer": m.issuer}
        for m in find_symbols(case["text"])
    ]
    assert found == case["expected"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("30 / 2020 / NĐ – CP", "30/2020/NĐ-CP"),  # blanks and a long dash
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),  # without marks
        ("09/2022/QĐ-UBND", "09/2022/QĐ-UBND"),  # a leading zero is printed style
        ("445-KL/TƯ", "445-KL/TU"),  # Ư for U
        ("97-KH/ThU", "97-KH/ThU"),
        ("30-CTR/TU", "30-CTr/TU"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP"),
        ("72/2025/QH15", "72/2025/QH15"),
        ("92/2017/NĐCP", "92/2017/NĐ-CP"),  # the dash lost in conversion
        ("172/1998/TT/BTC", "172/1998/TT/BTC"),  # a slash before the ministry, as was common before 2002
        ("19/5/1998/tt/btc", None),
        ("ngày 30/01/2023", None),
    ],
)
def test_canonical_prints_one_form(printed, expected):
    assert canonical(printed) == expected


def test_spans_are_exact():
    text = "theo Quyết định số\n3268/QĐ-BKHCN và số31-QĐ/TW."
    assert [text[m.start : m.end] for m in find_symbols(text)] == ["3268/QĐ-BKHCN", "31-QĐ/TW"]


def test_equal_numbers_have_one_key():
    assert symbol_key("09/2022/QĐ-UBND") == symbol_key("9/2022/QD-UBND")
    assert symbol_key("40/2000/TT/BTC") == symbol_key("40/2000/TT-BTC")
