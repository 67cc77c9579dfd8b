"""Keeps what is measured out of what is learnt from."""

import re
from collections.abc import Iterable, Iterator

from kb.encoder.pieces import normaliser

_RUN = 20  # consecutive words that no training text may share with an evaluation text
_SHORTEST = 6  # shorter evaluation texts ("Scope of regulation") are nobody's in particular
_GAP = re.compile(r"[\W_]+")


class HeldOut:
    """Knows every run of 20 words of the evaluation texts, and each of their lines that is shorter than that."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._normal = normaliser()
        self._runs = {run for text in texts for line in text.splitlines() for run in self._of(line)}

    def holds(self, text: str) -> bool:
        """Whether a line of `text` shares 20 consecutive words with an evaluation text, or is one that is shorter."""
        return any(run in self._runs for line in text.splitlines() for run in self._of(line))

    def _of(self, line: str) -> Iterator[int]:
        words = _GAP.sub(" ", self._normal.normalize_str(line)).split()
        if _SHORTEST <= len(words) < _RUN:
            yield hash(" ".join(words))
        for start in range(len(words) - _RUN + 1):
            yield hash(" ".join(words[start : start + _RUN]))
