"""Every judged set, one table: `make eval`, or

    python -m tests.relevance [SET …] [--encoder SETTING] [--home DIR]

Sets: seed, sample, demo, papers-dev, papers-test, alqac, enterprise, xquad; zalo only when named (100,000 articles take
long to embed).
The results are kept beside the base; the next run tells which questions moved up or down.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from kb.embed import Encoder, load_encoder
from kb.evaluate import METRICS, Question, Report, evaluate
from kb.library import Library
from tests.relevance import sets

_USUAL = ("seed", "sample", "demo", "papers-dev", "papers-test", "alqac", "enterprise", "xquad")
_MOVED = 12


def base(name: str, home: Path, encoder: Encoder | None) -> tuple[Library, list[Question]]:
    """The base a set is asked of, and its questions."""
    if name in ("sample", "demo"):
        return sets.corpus_base(home / "corpus", encoder), sets.own(name)
    if name == "seed":
        return sets.corpus_base(home / "seed", encoder, [sets.SEED]), sets.own(name)
    if name in sets.PAPER_SETS:
        return sets.papers_base(home / "papers", encoder), sets.papers(name)
    articles, questions = sets.LAW_SETS[name]()
    return sets.law_base(home / name, encoder, articles), [*questions, *sets.plain(questions)]


def table(name: str, report: Report) -> Iterable[str]:
    """The rows of a set."""
    yield f"\n{name}  answered {report.answered:.3f} of what can be, held back on {report.abstained:.3f} of what cannot"
    yield f"{'':28}{'n':>5}  " + "  ".join(f"{metric:>9}" for metric in METRICS)
    for row in report.rows:
        yield f"{row.name:28}{row.questions:5}  " + "  ".join(f"{figure:9.3f}" for figure in row.figures)


def moves(path: Path, report: Report) -> Iterable[str]:
    """What moved since the last run, worst first; keeps this run's ranks."""
    now = {one.question.id: one.first or 51 for one in report.judged if one.question.answerable}
    before: dict[str, int] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps(now), encoding="utf-8")
    changed = sorted((before[name] - rank, name, rank) for name, rank in now.items() if before.get(name, rank) != rank)
    for gain, name, rank in [*changed[:_MOVED], *changed[_MOVED:][-_MOVED:]]:
        yield f"   {'up  ' if gain > 0 else 'down'} {name}: {before[name]} → {rank}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sets", nargs="*", default=[])
    asked.add_argument("--encoder", default=None, help="as KB_ENCODER; 'none' measures the words tier")
    asked.add_argument("--home", type=Path, default=Path("var/relevance"))
    options = asked.parse_args()
    encoder = load_encoder(options.encoder)
    home = options.home / ("words" if encoder is None else encoder.fingerprint[:12])
    names = options.sets or [name for name in _USUAL if name in sets.OWN_SETS or sets.SHARED.is_dir()]
    for name in names:
        library, questions = base(name, home, encoder)
        with library:
            report = evaluate(library, questions)
        for line in (*table(name, report), *moves(home / f"{name}.ranks.json", report)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
