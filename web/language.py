"""The two languages of the interface. What a paper says is never translated; only what we say about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kb.cite import date_en, date_vi

DEFAULT = "vi"
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The interface in one language. `words("key", n=3)` fills the sentence of that key."""

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence; a missing key is a programming error and raises KeyError (a test walks all of them)."""
        text = self.table[key]
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self.table

    def count(self, key: str, number: int) -> str:
        """ "1 passage", "12 passages", "1.204 đoạn": the number and the thing counted."""
        form = "one" if number == 1 else "other"
        return self.table[f"{key}.{form}"].format(n=self.number(number))

    def number(self, value: int) -> str:
        """Thousands as the language writes them."""
        grouped = f"{value:,}"
        return grouped.replace(",", ".") if self.language == "vi" else grouped

    def date(self, value: date) -> str:
        """A date as officials of that language write it."""
        return date_vi(value) if self.language == "vi" else date_en(value)


@cache
def words(language: str) -> Words:
    """The words of `language`, or of the default one where we do not speak it."""
    known = language if language in LANGUAGES else DEFAULT
    path = Path(__file__).parent / "locales" / f"{known}.json"
    return Words(known, json.loads(path.read_text("utf-8")))
