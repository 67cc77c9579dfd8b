"""Words of several syllables in which a syllable does not mean what it means alone: "xã" asks for no "hợp tác xã"."""

from collections.abc import Set
from functools import lru_cache

from ingest.vietnamese import spoken, spoken_folded
from kb.finding.views import Run
from kb.tables import lines


@lru_cache(maxsize=2)
def compounds(*, folded: bool) -> tuple[Run, ...]:
    """All of them (`kb/data/compounds.txt`), the longest first; `folded` without their marks."""
    runs = [tuple((spoken_folded(line) if folded else spoken(line)).split()) for line in lines("compounds.txt")]
    return tuple(sorted(runs, key=len, reverse=True))


def around(syllables: Set[str], *, folded: bool) -> list[Run]:
    """Those that have some of these syllables, but not only these: who asks for "an" and "toàn" may mean both."""
    return [run for run in compounds(folded=folded) if not syllables.isdisjoint(run) and not syllables >= set(run)]
