"""The network being trained: a BERT with mean pooling, kept on disk as an ordinary sentence-transformers model."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from kb.encoder.pieces import SPECIAL

LONGEST = 256  # tokens read of a text: some 380 syllables
_POOLING = {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True}
_MODULES = [
    ("0", "", "sentence_transformers.models.Transformer"),
    ("1", "1_Pooling", "sentence_transformers.models.Pooling"),
    ("2", "2_Normalize", "sentence_transformers.models.Normalize"),
]


class Student(nn.Module):
    """Token ids → unit vectors."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`ids` and `mask` are (texts, tokens); the result (texts, 384), each row of length 1."""
        state = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        visible = mask.unsqueeze(-1).to(state.dtype)
        mean = (state * visible).sum(1) / visible.sum(1).clamp(min=1)
        return nn.functional.normalize(mean.float(), dim=-1)


def in_halves(device: str) -> bool:
    """Whether bfloat16 pays: on a GPU and on a processor with tiles (AMX). Elsewhere it takes half as long again as
    float32, even where the processor knows the type (measured with AVX-512)."""
    return device != "cpu" or bool(torch.cpu.get_capabilities().get("amx_bf16"))


def from_teacher(teacher: Path, rows: NDArray[np.float16] | None, device: str, dropout: float = 0.0) -> Student:
    """The teacher's network on `device`; with `rows` as its word table where they are given."""
    settings = json.loads((teacher / "config.json").read_text(encoding="utf-8"))
    weights = load_file(teacher / "model.safetensors")
    weights = {name: value.float() for name, value in weights.items() if value.is_floating_point()}
    if rows is not None:
        weights["embeddings.word_embeddings.weight"] = torch.from_numpy(rows.astype(np.float32))
    settings["vocab_size"] = len(weights["embeddings.word_embeddings.weight"])
    settings |= {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": dropout}
    config = BertConfig(**{key: value for key, value in settings.items() if not key.startswith("_")})
    # With bfloat16, plain attention trains two to four times as fast on processors with tiles as the fused one does.
    config._attn_implementation = "eager" if device == "cpu" and in_halves(device) else "sdpa"
    student = Student(config)
    missing, _ = student.bert.load_state_dict(weights, strict=False)
    if missing:
        raise ValueError(f"the teacher lacks {missing}")
    return student.to(device)


def save(weights: Mapping[str, Tensor], teacher: Path, tokenizer: Path, directory: Path) -> None:
    """Writes a directory that `SentenceTransformer(directory)` and our own runtime both read; weights as float16."""
    directory.mkdir(parents=True, exist_ok=True)
    half = {name: value.detach().to("cpu", torch.float16).contiguous() for name, value in weights.items()}
    # sentence-transformers builds the network with BERT's pooler; unused, it is stored so that nothing is missing.
    pooler = {
        name: value.half() for name, value in load_file(teacher / "model.safetensors").items() if "pooler" in name
    }
    save_file(half | pooler, directory / "model.safetensors", metadata={"format": "pt"})
    (directory / "model.safetensors").chmod(0o644)  # safetensors writes for its owner alone
    settings = json.loads((teacher / "config.json").read_text(encoding="utf-8"))
    settings = {key: value for key, value in settings.items() if not key.startswith("_")}
    settings |= {"vocab_size": len(half["embeddings.word_embeddings.weight"]), "dtype": "float32"}
    modules = [{"idx": int(name), "name": name, "path": path, "type": kind} for name, path, kind in _MODULES]
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token"), SPECIAL, strict=True))
    _write(directory / "config.json", settings)
    _write(directory / "modules.json", modules)
    _write(directory / "1_Pooling" / "config.json", _POOLING)
    (directory / "2_Normalize").mkdir(exist_ok=True)
    _write(directory / "2_Normalize" / "config.json", {})
    _write(directory / "sentence_bert_config.json", {"max_seq_length": LONGEST, "do_lower_case": False})
    _write(
        directory / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": LONGEST, **names},
    )
    shutil.copyfile(tokenizer, directory / "tokenizer.json")


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def padded(ids: Sequence[Sequence[int]], longest: int, device: str) -> tuple[Tensor, Tensor]:
    """(ids, mask), both (texts, tokens), cut at `longest`."""
    width = min(longest, max(map(len, ids)))
    table = np.zeros((len(ids), width), np.int64)
    mask = np.zeros((len(ids), width), np.int64)
    for row, tokens in enumerate(ids):
        cut = tokens[:width]
        table[row, : len(cut)] = cut
        mask[row, : len(cut)] = 1
    return torch.from_numpy(table).to(device), torch.from_numpy(mask).to(device)


@torch.no_grad()
def vectors(model: Student, tokenizer: Tokenizer, texts: Sequence[str], device: str, batch: int = 256) -> Tensor:
    """(texts, 384) on the CPU, float32; for the teacher's targets and for measuring while training."""
    ids = [
        encoding.ids[: LONGEST - 1] + encoding.ids[-1:] if len(encoding.ids) > LONGEST else encoding.ids
        for encoding in tokenizer.encode_batch_fast(list(texts))
    ]
    order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
    result = torch.zeros(len(ids), 384)
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        with torch.autocast(device, torch.bfloat16, enabled=in_halves(device)):
            result[chosen] = model(*padded([ids[i] for i in chosen], LONGEST, device)).cpu()
    return result
