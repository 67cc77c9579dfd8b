"""Text in, unit vectors out: the one door to whatever encoder is in use.

The shipped encoder runs without torch (kb/encoder/runtime.py). Any other model is loaded through
sentence-transformers, from a directory or by its hub name; nothing is ever downloaded unless the person
has said so with `HF_HUB_OFFLINE=0`.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.encoder.runtime import CompactEncoder
from kb.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED = Path(__file__).parent / "encoder" / "model"
_BATCH = 32
# A pair's two readings must be closer to each other than to any other pair's: chance is 1 in 8.
_PAIRS = (
    ("phát triển công nghệ sinh học trong nông nghiệp", "developing biotechnology in agriculture"),
    ("bảo hiểm y tế cho người cao tuổi", "health insurance for elderly people"),
    ("dự toán ngân sách nhà nước hằng năm", "annual state budget estimate"),
    ("thu gom và xử lý rác thải sinh hoạt", "collecting and treating household waste"),
    ("tuyển sinh vào trường đại học", "university admission"),
    ("xây dựng đường cao tốc", "building an expressway"),
    ("kết nạp đảng viên mới", "admitting new Party members"),
    ("phòng cháy và chữa cháy rừng", "forest fire prevention and fighting"),
)
_ENOUGH = 0.75


class Encoder(Protocol):
    """Turns passages and questions into comparable unit vectors."""

    name: str
    fingerprint: str
    """Changes whenever a vector would: the embedding cache's key."""
    dimensions: int

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row per text, shape (n, dimensions)."""
        ...

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row per question, shape (n, dimensions)."""
        ...


@dataclass(frozen=True, slots=True)
class SelfTest:
    """How many of the built-in Vietnamese–English pairs the encoder matched, both ways."""

    matched: int
    asked: int

    @property
    def passed(self) -> bool:
        """Whether the encoder understands Vietnamese well enough to be used."""
        return self.matched >= _ENOUGH * self.asked


def load_encoder(setting: str | None) -> Encoder | None:
    """The encoder a setting names.

    `None` or `""` is the shipped one, `"none"` is no encoder (search by words only), anything else is a
    sentence-transformers directory or hub name. Raises `EncoderError` with a sentence for the person.
    """
    if setting == "none":
        return None
    if setting:
        return ReferenceEncoder(setting)
    if not (SHIPPED / "model.safetensors").is_file():
        raise EncoderError(
            "Thiếu bộ mã hóa đi kèm: hãy chạy `make encoder`, hoặc chọn một bộ mã hóa khác trong phần cài đặt."
        )
    return CompactEncoder(SHIPPED)


def self_test(encoder: Encoder) -> SelfTest:
    """Matches built-in bilingual pairs; a model blind to Vietnamese fails (`passed` is false)."""
    vietnamese = encoder.passages([vi for vi, _ in _PAIRS])
    scores = encoder.queries([en for _, en in _PAIRS]) @ vietnamese.T
    right = np.arange(len(_PAIRS))
    matched = int((scores.argmax(axis=1) == right).sum() + (scores.argmax(axis=0) == right).sum())
    return SelfTest(matched=matched, asked=2 * len(_PAIRS))


class ReferenceEncoder:
    """Any sentence-transformers model, with its own prompts or those its family is known to need."""

    def __init__(self, source: str) -> None:
        self._model = _load_reference(source)
        self._query, self._passage = _prompts(self._model, source)
        self._lock = threading.Lock()
        self.name = Path(source).name
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.fingerprint = _fingerprint(self._model, self._query, self._passage)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder`."""
        return self._encode(texts, self._passage)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder`."""
        return self._encode(texts, self._query)

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock:
            rows = self._model.encode(
                list(texts), prompt=prompt, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(rows, np.float32)


def _load_reference(source: str) -> "SentenceTransformer":
    offline = os.environ.setdefault("HF_HUB_OFFLINE", "1") != "0"
    # Imported here because torch takes 4–6 s, which the shipped encoder's users must not pay.
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    try:
        return SentenceTransformer(source, device="cpu", local_files_only=offline)
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(
            f"Không nạp được bộ mã hóa “{source}”: hãy chỉ một thư mục mô hình sentence-transformers có trên máy này."
        ) from error


def _prompts(model: "SentenceTransformer", source: str) -> tuple[str, str]:
    """(query prompt, passage prompt): the model's own, else what e5 models were trained with."""
    own: dict[str, str] = {name: text or "" for name, text in model.prompts.items()}
    query = own.get("query", "")
    passage = own.get("passage") or own.get("document") or own.get("corpus") or ""
    if query or passage or "e5" not in source.lower():
        return query, passage
    if "instruct" in source.lower():
        task = "Given a web search query, retrieve relevant passages that answer the query"
        return f"Instruct: {task}\nQuery: ", ""
    return "query: ", "passage: "


def _fingerprint(model: "SentenceTransformer", query: str, passage: str) -> str:
    digest = hashlib.blake2b(f"{model}\0{query}\0{passage}".encode(), digest_size=16)
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.float().numpy().tobytes())
    return digest.hexdigest()
