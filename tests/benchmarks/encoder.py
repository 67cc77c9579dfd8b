"""The shipped encoder's speed beside sentence-transformers on the same weights: `python -m tests.benchmarks.encoder`.

Passages of 64 tokens a second, milliseconds a question, seconds from process start to the first vector, and what
fewer dimensions would cost; medians, the two runtimes in turn.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from kb.embed import SHIPPED, Encoder, ReferenceEncoder, load_encoder
from kb.encoder import judged
from kb.encoder.measure import measure

ROUNDS = 5
PASSAGES = 512
QUESTIONS = (
    "nhiệm vụ nào về phân bón sinh học",
    "nhiem vu nao ve phan bon sinh hoc",
    "which tasks cover biological fertilizers?",
)
_FIRST = {
    "ours": "from kb.embed import load_encoder; load_encoder(None).queries(['phân bón'])",
    "sentence-transformers": (
        "from kb.embed import SHIPPED, ReferenceEncoder; ReferenceEncoder(str(SHIPPED)).queries(['phân bón'])"
    ),
}


def texts() -> list[str]:
    """`PASSAGES` texts of 64 tokens, cut from the sources of the encoder's own authored passages."""
    from kb.encoder.sources import questions

    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    tokenizer.no_truncation()
    words = " ".join(row.passage for row in questions()).split()
    made, at = [], 0
    while len(made) < PASSAGES:
        length = 40
        while len(tokenizer.encode(" ".join(words[at : at + length])).ids) < 64:
            length += 1
        made.append(" ".join(words[at : at + length]))
        at = (at + length) % (len(words) - 200)
    return made


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def speeds() -> None:
    """Prints the table of the two runtimes."""
    ours = load_encoder(None)
    assert ours is not None
    encoders: dict[str, Encoder] = {"ours": ours, "sentence-transformers": ReferenceEncoder(str(SHIPPED))}
    batch = texts()
    passages: dict[str, list[float]] = {name: [] for name in encoders}
    queries: dict[str, list[float]] = {name: [] for name in encoders}
    starts: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(ROUNDS):
        for name, encoder in encoders.items():
            passages[name].append(PASSAGES / timed(lambda encoder=encoder: encoder.passages(batch)))
            queries[name] += [timed(lambda e=encoder, q=q: e.queries([q])) * 1000 for q in QUESTIONS for _ in range(10)]
            starts[name].append(
                timed(lambda name=name: subprocess.run([sys.executable, "-c", _FIRST[name]], check=True))
            )
    print("| runtime | passages/s (64 tokens) | ms a question | s to the first vector |\n|---|---|---|---|")
    for name in encoders:
        row = (statistics.median(column[name]) for column in (passages, queries, starts))
        print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in row) + " |")


def dimensions(data: Path) -> None:
    """Prints hit@1 / hit@10 when only the strongest directions are kept."""
    encoder = load_encoder(None)
    assert encoder is not None
    for one in judged.load(data, large=False):
        if one.name not in ("XQuAD", "seed", "sample") or one.unmarked:
            continue
        rows, asked = encoder.passages(one.passages), encoder.queries(one.questions)
        # The directions in which the passages differ most: what a Matryoshka training would put first.
        axes = np.linalg.eigh(rows.T @ rows)[1][:, ::-1]
        cells = []
        for kept in (384, 256, 192, 128):
            left, right = asked @ axes[:, :kept], rows @ axes[:, :kept]
            left /= np.linalg.norm(left, axis=1, keepdims=True)
            right /= np.linalg.norm(right, axis=1, keepdims=True)
            cells.append(f"{kept}: {measure(left @ right.T, one.right)}")
        print(one.name, one.language, " · ".join(cells), flush=True)


if __name__ == "__main__":
    speeds()
    if len(sys.argv) > 1:
        dimensions(Path(sys.argv[1]))
