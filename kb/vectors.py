"""The vector index: Chroma, derived from the catalog. The only module that knows Chroma.

Chroma answers unfiltered questions; it is many times slower with a filter, so filtered ones are scored exactly
elsewhere (kb/store/shelf.py). Its files are not trusted: a build that was cut short is thrown away and done again
from the embeddings in SQLite, which takes no encoder.
"""

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

_LAYOUT = 1
_NAME = "passages"
_BATCH = 5_000  # Chroma takes at most 5,461
_BUILDING = -1


class VectorIndex:
    """Passage vectors in Chroma. One process, any thread: a single lock stands around every call."""

    def __init__(self, home: Path, fingerprint: str) -> None:
        """Opens or makes the index under `home` for that encoder; another encoder's is discarded."""
        self._directory = home / f"chroma-{_LAYOUT}"
        self._fingerprint = fingerprint
        self._lock = threading.Lock()
        self._client, self._collection = self._open()
        if self.fingerprint != fingerprint or self.generation == _BUILDING:
            self.clear()

    def _open(self) -> tuple[ClientAPI, Collection]:
        try:
            return self._connected()
        except (
            ChromaError,
            ValueError,
            OSError,
            KeyError,
            RuntimeError,
            TypeError,
        ):  # damaged files surface as any of these
            self._forget()
            return self._connected()

    def _connected(self) -> tuple[ClientAPI, Collection]:
        settings = ChromaSettings(anonymized_telemetry=False, allow_reset=False)
        client = chromadb.PersistentClient(path=str(self._directory), settings=settings)
        metadata = {"generation": 0, "fingerprint": self._fingerprint}
        collection = client.get_or_create_collection(
            _NAME, embedding_function=None, metadata=metadata, configuration={"hnsw": {"space": "cosine"}}
        )
        collection.count()
        return client, collection

    def _forget(self) -> None:
        SharedSystemClient.clear_system_cache()  # Chroma keeps one open client for each path
        shutil.rmtree(self._directory, ignore_errors=True)

    @property
    def fingerprint(self) -> str:
        """Whose vectors the index holds."""
        return str((self._collection.metadata or {}).get("fingerprint"))

    @property
    def generation(self) -> int:
        """The catalog generation the index was built to; 0 for an empty one."""
        return int((self._collection.metadata or {}).get("generation", 0))

    def _mark(self, generation: int) -> None:
        self._collection.modify(metadata={"generation": generation, "fingerprint": self._fingerprint})

    def apply(
        self, generation: int, gone: Iterable[Sequence[int]], fresh: Iterable[tuple[Sequence[int], NDArray[np.float32]]]
    ) -> None:
        """Takes out the passages `gone`, puts (numbers, rows) in, and marks the index as built to `generation`."""
        with self._lock:
            self._mark(_BUILDING)
            for numbers in gone:
                for start in range(0, len(numbers), _BATCH):
                    self._collection.delete(ids=[str(number) for number in numbers[start : start + _BATCH]])
            for numbers, rows in _by_batch(fresh):
                self._collection.upsert(ids=[str(number) for number in numbers], embeddings=rows)
            self._mark(generation)

    def clear(self, fingerprint: str | None = None) -> None:
        """Throws the index away and begins again at generation 0, for another encoder if one is named."""
        with self._lock:
            self._fingerprint = fingerprint or self._fingerprint
            self._forget()
            self._client, self._collection = self._connected()

    def count(self) -> int:
        """How many vectors the index holds."""
        with self._lock:
            return int(self._collection.count())

    def search(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """(passage number, cosine) best first."""
        with self._lock:
            found = self._collection.query(
                query_embeddings=np.asarray(vector, np.float32)[None], n_results=limit, include=["distances"]
            )
        distances = found["distances"] or [[]]
        return [(int(name), 1.0 - float(far)) for name, far in zip(found["ids"][0], distances[0], strict=True)]

    def close(self) -> None:
        """Lets go of the files."""
        with self._lock:
            SharedSystemClient.clear_system_cache()


def _by_batch(
    fresh: Iterable[tuple[Sequence[int], NDArray[np.float32]]],
) -> Iterator[tuple[Sequence[int], NDArray[np.float32]]]:
    for numbers, rows in fresh:
        for start in range(0, len(numbers), _BATCH):
            yield numbers[start : start + _BATCH], rows[start : start + _BATCH]
