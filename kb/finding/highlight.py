"""Where a passage has what the question names, and in which words: marks to highlight and reasons to show."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.document import Span
from kb.finding.features import Seen, see
from kb.finding.units import Unit, coverage, look, strength
from kb.finding.views import Look, Run, View, occurrences
from kb.model import PassageRecord

_LISTED = 6
_MOST = 1_000  # marks of one passage
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d_])|\n+")


def marks(found: Sequence[Unit], record: PassageRecord) -> tuple[Span, ...]:
    """Exact offsets in the document's text of every word that speaks for the passage, in order, without overlaps.

    The first thousand: a passage with more is an annex of many pages, in which nobody looks at them all.
    """
    view, letters = see(record).text, look(found)
    lines = (view.line(letters, folded=False), view.line(letters, folded=True))
    runs: list[tuple[int, int]] = []
    doubtful: list[Run] = []  # one syllable with other marks than were typed: "chế phẩm" for "chè"
    coverage(found, view, view, view)  # known of a candidate: what it has nothing of need not be sought
    for unit in found:
        if not strength(unit, view)[0]:
            continue
        own: list[tuple[int, int]] = []
        for reading in unit.readings:
            if reading.folded and not unit.folded and len(reading.words) == 1:
                doubtful.append(reading.words)
            else:
                own += _runs(letters, reading.words, reading.folded, lines)
        if not own:  # a syllable alone is no word: of "phân bón sinh học" only what stands together speaks
            own = [run for pair in pairwise(unit.parts) for run in _runs(letters, pair, unit.folded, lines)]
        runs += own
    kept = _joined(runs or [run for one in doubtful for run in _runs(letters, one, True, lines)])[:_MOST]
    if not kept:
        return ()
    begins, ends = view.bounds(kept[-1][1])
    lefts = begins[[left for left, _ in kept]] + record.passage.start
    rights = ends[[right - 1 for _, right in kept]] + record.passage.start
    return tuple(map(Span, lefts.tolist(), rights.tolist()))


def _runs(letters: Look, words: Run, folded: bool, lines: tuple[str, str]) -> list[tuple[int, int]]:
    """Where words stand together, as half-open ranges of the line's words."""
    if not words:
        return []
    size = len(words)
    firsts = occurrences(letters.pattern(words, folded=folded), lines[folded], _MOST)
    return [(first, first + size) for first in firsts]


def _joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
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
    letters = look(found)
    lines = (seen.text.line(letters, folded=False), seen.text.line(letters, folded=True))
    for unit in sorted(found, key=lambda one: -one.rarity):
        value, by = strength(unit, seen.text)
        if by is None and value:
            line = lines[unit.folded]
            here = [part for part in unit.parts if letters.pattern((part,), folded=unit.folded) in line]
            (folded if unit.folded else exact).extend(here)
        elif by is None:
            if strength(unit, seen.heading)[0] >= 0.5:
                above.append(unit.source)
        elif by.relation:
            meant.append(f"{' '.join(by.words)} ({by.relation})")
        else:
            (folded if by.folded else exact).append(unit.source)
    return exact[:_LISTED], folded[:_LISTED], meant[:_LISTED], above[:_LISTED]
