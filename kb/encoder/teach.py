"""Trains the student; the same code on a processor or a GPU, resumable from its last checkpoint."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from kb.encoder.batches import Parallel, Retrieval, Supply
from kb.encoder.prepare import Texts, read_texts
from kb.encoder.student import Student, from_teacher, in_halves, padded, vectors

_SEED = 36
_SHARP = 0.05  # temperature of the contrastive losses
_LONGEST = 192  # tokens of a text in training
_GROUPS = 4
_SAVE_EVERY = 300.0  # seconds between checkpoints


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that was tuned. Sizes are texts per step, windows tokens."""

    steps: int = 1500
    layers_rate: float = 3e-5
    rows_rate: float = 3e-4
    parallel: int = 384
    titles: int = 128
    bilingual: int = 64
    asked: int = 48
    cloze: int = 64
    window: int = 128
    distil: float = 6.0
    retain: float = 3.0
    contrast: float = 0.5
    retrieve: float = 0.5
    warm_up: float = 0.08
    dropout: float = 0.1


PROCESSOR = Recipe(steps=900, parallel=96, titles=32, bilingual=16, asked=16, cloze=16, window=96)
"""Two cores do this in about two hours."""


def teach(work: Path, teacher: Path, recipe: Recipe, device: str, name: str = "student") -> Path:
    """Trains from `work`'s prepared rows and returns the file of trained weights (a state dict of `BertModel`)."""
    done = work / f"{name}.pt"
    if done.is_file():
        return done
    texts, tokenizer = read_texts(work), _tokenizer(work / "tokenizer.json")
    supply = Supply(texts, tokenizer, Targets(texts, teacher, work, device).of, _SEED)
    return train(supply, work, teacher, recipe, device, name)


def train(supply: Supply, work: Path, teacher: Path, recipe: Recipe, device: str, name: str) -> Path:
    """The loop alone, over a `Supply` made before (several recipes can share one)."""
    torch.manual_seed(_SEED)
    student = from_teacher(teacher, np.load(work / "rows.npy"), device, recipe.dropout)
    optimiser = _optimiser(student, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, recipe))
    half_done = work / f"{name}.checkpoint.pt"
    first = _resume(half_done, student, optimiser, schedule, device)
    student.train()
    saved = began = time.monotonic()
    for step in range(first, recipe.steps):
        optimiser.zero_grad(set_to_none=True)
        report = _step(student, supply, recipe, device)
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 50 == 0:
            spent = time.monotonic() - began
            print(
                f"{name} {step}/{recipe.steps} {spent:.0f} s "
                + " ".join(f"{k} {float(v):.3f}" for k, v in report.items()),
                flush=True,
            )
        if time.monotonic() - saved > _SAVE_EVERY:
            saved = time.monotonic()
            state = (step + 1, student.state_dict(), optimiser.state_dict(), schedule.state_dict())
            torch.save(state, half_done.with_suffix(".new"))
            half_done.with_suffix(".new").replace(half_done)
    torch.save({key: value.cpu() for key, value in student.bert.state_dict().items()}, work / f"{name}.pt")
    half_done.unlink(missing_ok=True)
    return work / f"{name}.pt"


class Targets:
    """The teacher's vectors of the English texts, worked out once and kept in `work`."""

    def __init__(self, texts: Texts, teacher: Path, work: Path, device: str) -> None:
        groups = (texts.clauses, texts.everyday, texts.sentences, texts.terms, texts.passages)
        english = sorted({en for pairs in groups for _, en in pairs})
        self._place = {text: row for row, text in enumerate(english)}
        kept = work / "targets.npy"
        if not kept.is_file():
            model = from_teacher(teacher, None, device).eval()
            tokenizer = _tokenizer(teacher / "tokenizer.json")
            np.save(kept, vectors(model, tokenizer, english, device).numpy().astype(np.float16))
        self._vectors = torch.from_numpy(np.load(kept))

    def of(self, texts: Sequence[str]) -> Tensor:
        """(texts, 384) float16."""
        return self._vectors[[self._place[text] for text in texts]]


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _optimiser(student: Student, recipe: Recipe) -> torch.optim.Optimizer:
    """Word rows learn faster than the layers: the rows are new, the layers are what we came for."""
    rows = [value for key, value in student.named_parameters() if "word_embeddings" in key]
    rest = [value for key, value in student.named_parameters() if "word_embeddings" not in key]
    groups = [{"params": rest, "lr": recipe.layers_rate}, {"params": rows, "lr": recipe.rows_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.0)


def _rate(step: int, recipe: Recipe) -> float:
    warm = max(1, int(recipe.warm_up * recipe.steps))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, recipe.steps - warm)))


def _resume(
    path: Path,
    student: Student,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    device: str,
) -> int:
    if not path.is_file():
        return 0
    step, weights, moments, rates = torch.load(path, map_location=device, weights_only=False)
    student.load_state_dict(weights)
    optimiser.load_state_dict(moments)
    schedule.load_state_dict(rates)
    return int(step)


def _step(student: Student, supply: Supply, recipe: Recipe, device: str) -> dict[str, Tensor]:
    """Back-propagates one batch of every task; each task alone, so that memory holds one at a time."""
    report: dict[str, Tensor] = {}
    tasks: list[tuple[str, Parallel | Retrieval]] = [("parallel", supply.parallel(recipe.parallel))]
    if recipe.titles:
        tasks.append(("titles", supply.titles(recipe.titles, recipe.window)))
    if recipe.bilingual:
        tasks.append(("bilingual", supply.bilingual_titles(recipe.bilingual, recipe.window)))
    if recipe.asked:
        tasks.append(("asked", supply.asked(recipe.asked)))
    if recipe.cloze:
        tasks.append(("cloze", supply.inverse_cloze(recipe.cloze, recipe.window)))
    for name, batch in tasks:
        with torch.autocast(device, torch.bfloat16, enabled=in_halves(device)):
            loss = (
                _distilled(student, batch, recipe, device)
                if isinstance(batch, Parallel)
                else recipe.retrieve * _retrieved(student, batch, device)
            )
        torch.autograd.backward(loss)
        report[name] = loss.detach()
    return report


def _distilled(student: Student, batch: Parallel, recipe: Recipe, device: str) -> Tensor:
    """Both languages must land where the teacher puts the English, and nearer to it than to its neighbours."""
    target = batch.target.to(device)
    vi = _embedded(student, batch.vi, device)
    en = _embedded(student, batch.en, device)
    near = recipe.distil * (1 - (vi * target).sum(1).mean()) + recipe.retain * (1 - (en * target).sum(1).mean())
    # Equal targets (`the bank` twice in a batch) are not wrong answers to each other.
    same = target @ target.T > 0.95
    return near + recipe.contrast * (_contrast(vi, target, same) + _contrast(vi, en, same))


def _retrieved(student: Student, batch: Retrieval, device: str) -> Tensor:
    questions = _embedded(student, batch.questions, device)
    passages = _embedded(student, batch.passages, device)
    groups = batch.groups.to(device)
    same = groups[:, None] == groups[None, :]
    if len(passages) > len(questions):  # decoys stand behind
        same = nn.functional.pad(same, (0, len(passages) - len(questions)))
    return _contrast(questions, passages, same)


def _embedded(student: Student, ids: Sequence[Sequence[int]], device: str) -> Tensor:
    """Vectors in the order given, computed in groups of like length: terms are not padded to the length of passages."""
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    size = math.ceil(len(ids) / _GROUPS)
    parts = [
        student(*padded([ids[i] for i in order[at : at + size]], _LONGEST, device)) for at in range(0, len(ids), size)
    ]
    back = torch.empty(len(ids), dtype=torch.long)
    back[order] = torch.arange(len(ids))
    return torch.cat(parts)[back.to(device)]


def _contrast(left: Tensor, right: Tensor, same: Tensor) -> Tensor:
    """In-batch softmax, both ways where the batch is square; couples of `same` off the diagonal do not count."""
    count = len(left)
    scores = (left @ right.T).float() / _SHARP
    own = nn.functional.pad(torch.eye(count, dtype=torch.bool, device=left.device), (0, scores.shape[1] - count))
    scores = scores.masked_fill(same & ~own, -1e4)
    answer = torch.arange(count, device=left.device)
    loss = nn.functional.cross_entropy(scores, answer)
    if scores.shape[1] == count:
        loss = (loss + nn.functional.cross_entropy(scores.T, answer)) / 2
    return loss
