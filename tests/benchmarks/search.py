"""Speed and scale of search, side by side with plainer ways: `python -m tests.benchmarks.search [SIZE …] [--home DIR]`.

For each size a base of so many law articles: articles a second taken in; what a new process pays until its first
answers (cold); milliseconds of a whole search (warm; by the clock and of a processor; without filters, in twenty
papers, in a tenth or half of them, in all by a filter); megabytes of memory; and in the same run plain top-10 of Chroma
with the same encoder, bm25s and, where it is installed, txtai's hybrid (`--alone` leaves these three out).
Passages get stand-in vectors (speed does not depend on them); questions go through the real encoder. Then quality on a
set small enough to embed for real. Needs the judged sets beside the repository.
"""

import argparse
import gzip
import importlib.util
import json
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import spoken_folded
from kb.embed import Encoder, load_encoder
from kb.evaluate import Question
from kb.library import Library
from kb.model import Filters
from kb.search import search
from kb.terms import pairs as neighbours
from tests.relevance import sets

QUESTIONS = 100
_PAPERS = 20
Find = Callable[[str], Sequence[str]]


class StandIn:
    """Real vectors for questions, made-up unit vectors for passages."""

    def __init__(self, real: Encoder) -> None:
        self._real = real
        self.name, self.dimensions = f"stand-in for {real.name}", real.dimensions
        self.fingerprint = f"stand-in-{real.fingerprint}"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same text always gets the same vector."""
        rows = np.stack(
            [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dimensions) for text in texts]
        )
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the real one."""
        return self._real.queries(texts)


def spent(work: Callable[[], object]) -> float:
    """Milliseconds one call takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def say(name: str, work: Callable[[str], object], asked: Sequence[str]) -> None:
    """A row: how long each question takes (median, 95th percentile), and how much of a processor (the same).

    A machine that does something else too says little by the first two, and more by the others.
    """
    walls, processors = [], []
    for one in asked:
        began = time.process_time()
        walls.append(spent(lambda one=one: work(one)))
        processors.append(1000 * (time.process_time() - began))
    cells = [f"{cell:9.1f}" for times in (walls, processors) for cell in _middle(times)]
    sys.stdout.write(f"   {name:34}{''.join(cells)}\n")
    sys.stdout.flush()


def _middle(times: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]


def spoken(text: str, pairs: bool) -> list[str]:
    """Folded syllables, and pairs of them, with which BM25 does best (DOMAIN §4.5)."""
    found = tuple(spoken_folded(text).split())
    return [*found, *(neighbours(found) if pairs else ())]


def okapi(texts: Iterable[str], *, pairs: bool) -> Callable[[str], list[int]]:
    """bm25s: the places of the best ten."""
    index = bm25s.BM25()
    index.index([spoken(text, pairs) for text in texts], show_progress=False)
    return lambda one: index.retrieve([spoken(one, pairs)], k=10, show_progress=False)[0][0].tolist()


def hybrid(encoder: Encoder, texts: Sequence[str]) -> Any:
    """A txtai hybrid index with the same encoder; None where txtai is not installed."""
    if importlib.util.find_spec("txtai") is None:
        return None
    from txtai import Embeddings

    ways = [encoder.passages]

    def embed(batch: Sequence[str]) -> NDArray[np.float32]:  # txtai takes one plain function for both
        return ways[-1](batch)

    index = Embeddings(method="external", transform=embed, hybrid=True)
    index.index(list(enumerate(texts)))
    ways.append(encoder.queries)
    return index


def asked_of_zalo() -> list[str]:
    """Real search questions; read by themselves, since a new process need not know the articles."""
    with gzip.open(sets.SHARED / "data" / "eval" / "zalo" / "queries.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines][:QUESTIONS]


def memory() -> int:
    """Megabytes that this process holds now."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def cold(home: Path, asked: Sequence[str]) -> None:
    """What a new process pays, as JSON: runs in one of its own."""
    real: list[Encoder | None] = []
    found: dict[str, float] = {"load the encoder": spent(lambda: real.append(load_encoder(None)))}
    assert real[0] is not None
    library: list[Library] = []
    stand_in = StandIn(real[0])
    found["open"] = spent(lambda: library.append(sets.open_base(home, stand_in)))
    found["first search"] = spent(lambda: search(library[0], asked[0]))
    found["second search"] = spent(lambda: search(library[0], asked[1]))
    found["MB then"] = memory()
    half = Filters(documents=tuple(one.id for one in library[0].documents()[::2]))
    found["first search with a filter"] = spent(lambda: search(library[0], asked[2], filters=half))
    for one in asked:
        search(library[0], one)
    found[f"MB after {len(asked)} searches"] = memory()
    library[0].close()
    sys.stdout.write(json.dumps(found))


def speed(
    size: int, home: Path, encoder: Encoder, articles: Sequence[sets.Article], asked: Sequence[str], *, alone: bool
) -> None:
    """The rows of one size."""
    chosen, place = articles[:size], home / f"zalo-{size}"
    fresh = not place.exists()
    began = time.perf_counter()
    sets.law_base(place, encoder, chosen).close()
    taken = time.perf_counter() - began
    rate = f"taken in and indexed {len(chosen) / taken:.0f}/s" if fresh else "kept from before"
    sys.stdout.write(f"\n{len(chosen)} passages: {rate}\n")
    command = [sys.executable, "-m", "tests.benchmarks.search", "--cold", str(place)]
    first = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    sys.stdout.write("   a new process, ms: " + ", ".join(f"{name} {value:.0f}" for name, value in first.items()))
    heads = "".join(f"{head:>9}" for head in ("median", "p95", "cpu", "cpu p95"))
    sys.stdout.write(f"\n   {'warm, milliseconds':34}{heads}\n")
    base = sets.open_base(place, encoder)
    search(base, asked[0])
    base.watch()  # as the site does
    papers = [one.id for one in base.documents()]
    filters = {
        "whole search": Filters(),
        f"in {_PAPERS} papers": Filters(documents=tuple(papers[:_PAPERS])),
        "in a tenth of the papers": Filters(documents=tuple(papers[::10])),
        "in half of the papers": Filters(documents=tuple(papers[::2])),
        "in all papers, by a filter": Filters(kinds=("Luật",)),
    }
    for name, chosen_by in filters.items():
        search(base, asked[0], filters=chosen_by)
        say(name, lambda one, by=chosen_by: search(base, one, filters=by), asked)
    say("of which the encoder", lambda one: encoder.queries([one]), asked)
    say("plain Chroma top 10, same encoder", lambda one: base.nearest(encoder.queries([one])[0], None, 10), asked)
    base.close()
    if not alone:
        beside(encoder, [one.text for one in chosen], asked)


def beside(encoder: Encoder, texts: Sequence[str], asked: Sequence[str]) -> None:
    """The rows of plainer ways."""
    plain = okapi(texts, pairs=False)
    say("bm25s top 10, syllables", plain, asked)
    if (mixed := hybrid(encoder, texts)) is not None:
        say("txtai hybrid top 10", lambda one: mixed.search(one, 10), asked)


def quality(home: Path, encoder: Encoder) -> None:
    """hit@1 and hit@10 on the law articles of an exam, real vectors."""
    articles, questions = sets.alqac()
    texts = [one.text.strip() for one in articles]
    with sets.law_base(home / "alqac", encoder, articles) as base:
        index, mixed = okapi(texts, pairs=True), hybrid(encoder, texts)
        ways: dict[str, Find] = {
            "whole search": lambda one: [hit.record.text for hit in search(base, one).hits],
            "plain Chroma top 10, same encoder": lambda one: _texts(base, one, encoder),
            "bm25s top 10, syllables and pairs": lambda one: [texts[at] for at in index(one)],
        }
        if mixed is not None:
            ways["txtai hybrid top 10"] = lambda one: [texts[at] for at, _ in mixed.search(one, 10)]
        vietnamese = [one for one in questions if one.language == "vi"][::4]
        groups = {
            "vi": vietnamese,
            "vi-plain": sets.plain(vietnamese),
            "en": [one for one in questions if one.language == "en"],
        }
        sys.stdout.write(f"\nQuality, {len(articles)} law articles, hit@1 / hit@10\n")
        for name, find in ways.items():
            cells = "   ".join(f"{language} {_hits(find, asked)}" for language, asked in groups.items())
            sys.stdout.write(f"   {name:34}{cells}\n")
            sys.stdout.flush()


def _texts(base: Library, question: str, encoder: Encoder) -> list[str]:
    found = base.nearest(encoder.queries([question])[0], None, 10)
    return [record.text for record in base.records([number for number, _ in found])]


def _hits(find: Find, asked: Sequence[Question]) -> str:
    first = ten = 0
    for one in asked:
        gold = {each.quote for each in one.gold}
        found = [text.strip() in gold for text in find(one.question)]
        first, ten = first + any(found[:1]), ten + any(found[:10])
    return f"{first / len(asked):.3f} / {ten / len(asked):.3f}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sizes", nargs="*", type=int, default=[])
    asked.add_argument("--home", type=Path, default=Path("var/benchmark"))
    asked.add_argument("--alone", action="store_true", help="no bm25s, no txtai, no quality")
    asked.add_argument("--cold", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    real = None if options.cold else load_encoder(None)
    if not sets.SHARED.is_dir() or not (real or options.cold):
        sys.exit("The benchmark needs the shipped encoder and the judged sets beside the repository.")
    if options.cold:
        cold(options.cold, asked_of_zalo())
        return
    assert real is not None
    articles, _ = sets.zalo()
    sizes: list[int] = options.sizes or [1_000, 10_000, len(articles)]
    for size in sizes:
        speed(size, options.home, StandIn(real), articles, asked_of_zalo(), alone=options.alone)
    if not options.alone:
        quality(options.home, real)


if __name__ == "__main__":
    main()
