"""Runs the shipped encoder with OpenVINO and `tokenizers` alone.

Same vectors as sentence-transformers give for the same directory (a test holds them to cosine ≥ 0.999).
"""

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from kb.encoder import graph

_FILES = ("model.safetensors", "tokenizer.json", "config.json", "1_Pooling/config.json")
_WHOLE_NUMBERS = frozenset({"avx512_vnni", "avx_vnni"})  # features that multiply int8 in one step
_BATCH_TOKENS = 512  # padded tokens in one run: enough to fill two cores, small enough to stay in cache


class CompactEncoder:
    """The `kb.embed.Encoder` that ships with the product; no prompts: questions and passages are read alike."""

    def __init__(self, directory: Path) -> None:
        config = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        limits = json.loads((directory / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self.name = f"Căn Cứ encoder 1 ({config['hidden_size']})"
        self.dimensions = int(config["hidden_size"])
        self.fingerprint = _fingerprint(directory)
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(limits["max_seq_length"]))
        features = _processor()
        # Tiles (AMX) multiply bfloat16 fastest; then VNNI whole numbers; without either float32 is fastest, although
        # OpenVINO itself would take bfloat16 where it is merely known (110 to 160 texts a second measured).
        tiles = "amx_bf16" in features
        network = graph.build(directory, whole_numbers=not tiles and bool(features & _WHOLE_NUMBERS))
        hints = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "bf16" if tiles else "f32",
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": graph.GROUP,
        }
        self._model = ov.Core().compile_model(network, "CPU", hints)
        self._request = self._model.create_infer_request()
        self._lock = threading.Lock()

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row per text, shape (n, dimensions)."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        encoded: list[Encoding] = self._tokenizer.encode_batch_fast(list(texts))
        by_length = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids), reverse=True)
        start = 0
        while start < len(by_length):
            longest = len(encoded[by_length[start]].ids)
            batch = by_length[start : start + max(1, _BATCH_TOKENS // longest)]
            rows[batch] = self._run([encoded[i].ids for i in batch], longest)
            start += len(batch)
        return rows

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same as `passages`: this encoder was trained without prompts."""
        return self.passages(texts)

    def _run(self, ids: list[list[int]], longest: int) -> NDArray[np.float32]:
        table = np.zeros((len(ids), longest), np.int32)
        mask = np.zeros_like(table)
        for row, tokens in enumerate(ids):
            table[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        with self._lock:
            result = self._request.infer([table, mask])
            return np.array(result[0], np.float32)


def _processor() -> frozenset[str]:
    """The processor's features as Linux names them; none where it does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    return frozenset(next((line for line in lines if line.startswith("flags")), "").split())


def _fingerprint(directory: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for name in _FILES:
        digest.update((directory / name).read_bytes())
    return digest.hexdigest()
