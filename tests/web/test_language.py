"""Both languages say everything, with the same blanks to fill."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from ingest.document import Role
from ingest.pipeline import ingest
from kb.library import Library
from kb.model import OutcomeStatus, Tier, Validity
from web.language import words
from web.record import notices

WEB = Path(__file__).parents[2] / "web"
TABLES = {code: json.loads((WEB / "locales" / f"{code}.json").read_text("utf-8")) for code in ("vi", "en")}
BLANK = re.compile(r"\{(\w+)\}")


def test_both_languages_have_the_same_keys() -> None:
    assert TABLES["vi"].keys() == TABLES["en"].keys()


@pytest.mark.parametrize("key", sorted(TABLES["vi"]))
def test_both_languages_fill_the_same_blanks(key: str) -> None:
    assert set(BLANK.findall(TABLES["vi"][key])) == set(BLANK.findall(TABLES["en"][key]))
    assert TABLES["vi"][key].strip()


def test_every_key_that_pages_spell_out_is_there() -> None:
    sources = [*WEB.rglob("*.py"), *WEB.glob("templates/*.html")]
    spelled = {
        key for path in sources for key in re.findall(r"\bt(?:\.count)?\(\"([\w.?/-]+)\"[,)]", path.read_text("utf-8"))
    }
    known = TABLES["vi"].keys() | {key.rsplit(".", 1)[0] for key in TABLES["vi"] if key.endswith(".one")}
    assert spelled - known == set()


@pytest.mark.parametrize(
    ("prefix", "values"),
    [("role", Role), ("status", Validity), ("tier", Tier), ("outcome", OutcomeStatus)],
    ids=["roles", "statuses", "tiers", "outcomes"],
)
def test_every_value_of_the_nouns_has_words(prefix: str, values: type) -> None:
    assert [value for value in values if f"{prefix}.{value}" not in TABLES["vi"]] == []


def test_numbers_and_dates_are_written_as_the_language_does() -> None:
    assert words("vi").count("passages", 1204) == "1.204 đoạn"
    assert words("en").count("passages", 1204) == "1,204 passages"
    assert words("en").count("passages", 1) == "1 passage"
    assert words("vi").date(date(2023, 1, 5)) == "05/01/2023"


def test_an_unknown_language_is_vietnamese() -> None:
    assert words("de").language == "vi"


def test_every_reason_for_a_file_not_taken_has_an_english_sentence() -> None:
    raising = re.compile(r"(?:ReadError|Refused|Unreadable)\(\s*\"([a-z_]+)\",")
    sources = [path for room in ("ingest", "kb") for path in (WEB.parent / room).rglob("*.py")]
    raised = {code for path in sources for code in raising.findall(path.read_text("utf-8"))}
    assert {"truncated", "state_secret"} <= raised
    assert raised <= json.loads((WEB / "locales" / "reasons.en.json").read_text("utf-8")).keys()


@pytest.mark.parametrize(("language", "said"), [("vi", "Số thứ tự không liên tục"), ("en", "Article 2 → Article 5")])
def test_what_a_reader_is_warned_of_is_in_the_language_of_the_page(wordy: Library, language: str, said: str) -> None:
    source = "QUYẾT ĐỊNH\n\nĐiều 1. Một hai\n\nĐiều 2. Hai ba\n\nĐiều 5. Năm sáu\n".encode()
    document = ingest(source, "a.txt")
    wordy.put(document, source)
    shown = [each.words for each in notices(wordy.document(document.id), document, words(language))]
    assert any(said in each for each in shown)
