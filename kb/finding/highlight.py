"""Where a passage has what the question names, and in which words: marks to highlight and reasons to show."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import TypeAlias

from ingest.document import Span
from ingest.vietnamese import spoken, spoken_folded
from kb.finding.compounds import around, compounds
from kb.finding.features import Seen, see
from kb.finding.units import Unit, coverage, look, strength
from kb.finding.views import Recent, Run, View, occurrences
from kb.model import PassageRecord
from kb.tables import rows

_LISTED = 6
_MOST = 1_000  # marks of one passage
_USUAL = 0.2  # share from which a word's translation is a word too
_Range: TypeAlias = tuple[int, int]
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d_])|\n+")


class _Marker:
    """The units of a question made ready to be marked in many texts."""

    def __init__(self, found: Sequence[Unit], _: object) -> None:
        alone = {reading.words[0] for unit in found for reading in unit.readings if len(reading.words) == 1}
        exact, folded = around(alone, folded=False), around(alone, folded=True)
        self.look = look(found, exact, folded)
        self._longer = (
            [self.look.pattern(words, folded=False) for words in exact],
            [self.look.pattern(words, folded=True) for words in folded],
        )
        self._halves: dict[tuple[str, bool], list[tuple[int, str]]] = {}
        for left, right in _of_two(found):
            for folded_too in (False, True):
                pair = (left[folded_too], right[folded_too])
                for at, half in enumerate(pair):
                    whole = (at, self.look.pattern(pair, folded=folded_too))
                    self._halves.setdefault((half, folded_too), []).append(whole)
        nothing: tuple[str, frozenset[int]] = ("", frozenset())
        self._known = [nothing, nothing]  # of the lines looked at last

    def lines(self, view: View) -> tuple[str, str]:
        """The text in the question's letters, with marks and without."""
        return view.line(self.look, folded=False), view.line(self.look, folded=True)

    def runs(self, words: Run, folded: bool, lines: tuple[str, str], *, halves: bool = False) -> list[_Range]:
        """Where words stand together, as half-open ranges of the line's words; one word only where it is a word, and
        with its other half (or with `halves` without) where the question has it so."""
        if not words:
            return []
        size, line = len(words), lines[folded]
        firsts = occurrences(self.look.pattern(words, folded=folded), line, _MOST)
        if size == 1 and firsts and (inside := self._inside(line, folded)):
            firsts = [first for first in firsts if first not in inside]
        if size == 1 and firsts and not halves and (pairs := self._halves.get((words[0], folded))):
            whole = {begin + at for at, pattern in pairs for begin in occurrences(pattern, line, _MOST)}
            firsts = [first for first in firsts if first in whole]
        return [(first, first + size) for first in firsts]

    def _inside(self, line: str, folded: bool) -> frozenset[int]:
        """The places of a line that are part of a longer word; every single word of the question asks for them."""
        known = self._known[folded]
        if known[0] != line:
            found = [longer for longer in self._longer[folded] if longer in line]
            places = (range(at, at + len(longer)) for longer in found for at in occurrences(longer, line, _MOST))
            known = self._known[folded] = (line, frozenset(chain.from_iterable(places)))
        return known[1]


_marker = Recent(_Marker)


def _of_two(found: Sequence[Unit]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Neighbours among the question's single words that are one word of two syllables, each with and without marks:
    of "phương châm" no half is sought in "địa phương"."""
    for left, right in pairwise(found):
        if (left.source, right.source) in _words_of_two():
            yield (left.source, spoken_folded(left.source)), (right.source, spoken_folded(right.source))


@lru_cache(maxsize=1)
def _words_of_two() -> frozenset[tuple[str, ...]]:
    """Words of two syllables: those of ours, and what single English words usually are in Vietnamese."""
    usual = (reading.rpartition("=") for _, readings in rows("lexicon.csv") for reading in readings.split("; "))
    told = (tuple(spoken(vi).split()) for vi, _, share in usual if float(share) >= _USUAL)
    return frozenset(words for words in (*told, *compounds(folded=False)) if len(words) == 2)


def marks(found: Sequence[Unit], record: PassageRecord) -> tuple[Span, ...]:
    """Exact offsets in the document's text of every word that speaks for the passage, in order, without overlaps.

    The first thousand: a passage with more is an annex of many pages, in which nobody looks at them all.
    """
    view, marker = see(record).text, _marker.of(found)
    texts = marker.lines(view)
    runs: list[_Range] = []
    doubtful: list[Run] = []  # one syllable with other marks than were typed: "chế phẩm" for "chè"
    coverage(found, view, view, view)  # known of a candidate: what it has nothing of need not be sought
    for unit in found:
        if not strength(unit, view)[0]:
            continue
        own: list[_Range] = []
        sure = any(not one.folded and not one.relation for one in unit.readings)  # its marks are known
        for reading in unit.readings:
            if reading.folded and len(reading.words) == 1 and (not unit.folded or sure):
                doubtful.append(reading.words)
            else:
                own += marker.runs(reading.words, reading.folded, texts)
        if not own:  # a syllable alone is no word: of "phân bón sinh học" only what stands together speaks
            own = [run for pair in pairwise(unit.parts) for run in marker.runs(pair, unit.folded, texts)]
        runs += own
    runs = runs or [run for one in doubtful for run in marker.runs(one, True, texts)]
    if not runs:
        single = [one for unit in found for one in unit.readings if len(one.words) == 1]
        runs = [run for one in single for run in marker.runs(one.words, one.folded, texts, halves=True)]
    kept = _joined(runs)[:_MOST]
    if not kept:
        return ()
    begins, ends = view.bounds(kept[-1][1])
    lefts = begins[[left for left, _ in kept]] + record.passage.start
    rights = ends[[right - 1 for _, right in kept]] + record.passage.start
    return tuple(map(Span, lefts.tolist(), rights.tolist()))


def _joined(runs: Iterable[_Range]) -> list[_Range]:
    result: list[_Range] = []
    begin, end = -1, -1
    for left, right in sorted(runs):
        if left >= end:
            if end > 0:
                result.append((begin, end))
            begin, end = left, right
        elif right > end:
            end = right
    return [*result, (begin, end)] if end > 0 else result


def sentence(found: Sequence[Unit], record: PassageRecord) -> Span | None:
    """The sentence of the passage that has most of the question; None where the passage is one sentence."""
    bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(record.text)), len(record.text)]
    pieces = [(left, right) for left, right in pairwise(bounds) if record.text[left:right].strip()]
    if len(pieces) < 2:
        return None
    nothing = View("")
    left, right = max(
        pieces, key=lambda piece: coverage(found, View(record.text[piece[0] : piece[1]]), nothing, nothing)[0]
    )
    stripped = record.text[left:right].rstrip()
    return Span(record.passage.start + left, record.passage.start + left + len(stripped))


def why(
    found: Sequence[Unit], record: PassageRecord, cosine: float | None, extra: Sequence[str] = ()
) -> tuple[str, ...]:
    """Reasons as "route: detail": exact words, folded words, concept, heading, meaning, and what the search adds."""
    seen = see(record)
    exact, folded, meant, above = _sorted_by_route(found, seen)
    reasons = [
        f"{route}: {', '.join(dict.fromkeys(words))}"
        for route, words in (("exact words", exact), ("folded words", folded), ("concept", meant), ("heading", above))
        if words
    ]
    reasons += extra
    if cosine is not None and cosine > 0:
        reasons.append(f"meaning: {cosine:.2f}")
    return tuple(reasons)


def _sorted_by_route(found: Sequence[Unit], seen: Seen) -> tuple[list[str], list[str], list[str], list[str]]:
    exact: list[str] = []
    folded: list[str] = []
    meant: list[str] = []
    above: list[str] = []
    marker = _marker.of(found)
    texts = marker.lines(seen.text)
    for unit in sorted(found, key=lambda one: -one.rarity):
        value, by = strength(unit, seen.text)
        if by is not None and len(by.words) == 1 and not marker.runs(by.words, by.folded, texts):
            continue  # only as a syllable of another word
        if by is None and value:
            here = [part for part in unit.parts if marker.runs((part,), unit.folded, texts)]
            (folded if unit.folded else exact).extend(here)
        elif by is None:
            if strength(unit, seen.heading)[0] >= 0.5:
                above.append(unit.source)
        elif by.relation:
            meant.append(f"{' '.join(by.words)} ({by.relation})")
        else:
            (folded if by.folded else exact).append(unit.source)
    return exact[:_LISTED], folded[:_LISTED], meant[:_LISTED], above[:_LISTED]
