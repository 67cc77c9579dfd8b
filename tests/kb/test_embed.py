"""The shipped encoder: its runtime agrees with sentence-transformers, it reads both languages, it needs no network."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb import embed
from kb.embed import SHIPPED, Encoder, ReferenceEncoder, load_encoder, self_test
from kb.encoder import runtime
from kb.errors import EncoderError
from tests.fakes import FakeEncoder

QUESTIONS = Path(__file__).parents[1] / "relevance" / "questions" / "sample.jsonl"
TEXTS = (
    "Điều 1. Phạm vi điều chỉnh",
    "health insurance for the elderly",
    "bao hiem y te cho nguoi cao tuoi",
    "",
    "phát triển công nghệ sinh học " * 100,  # longer than what is read of a text
)


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    encoder = load_encoder(None)
    assert encoder is not None
    return encoder


def test_the_runtime_gives_what_sentence_transformers_gives(shipped):
    reference = ReferenceEncoder(str(SHIPPED))
    same = (shipped.passages(TEXTS) * reference.passages(TEXTS)).sum(axis=1)
    assert same.min() >= 0.999


@pytest.mark.parametrize("features", [frozenset(), frozenset({"avx512_vnni"})])
def test_either_arithmetic_gives_what_sentence_transformers_gives(monkeypatch, features):
    monkeypatch.setattr(runtime, "_processor", lambda: features)
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    reference = ReferenceEncoder(str(SHIPPED))
    same = (runtime.CompactEncoder(SHIPPED).queries(questions) * reference.queries(questions)).sum(axis=1)
    assert same.min() >= 0.999


def test_vectors_are_unit_float32_rows_whatever_the_batch(shipped):
    together = shipped.passages(TEXTS)
    alone = np.concatenate([shipped.passages([text]) for text in TEXTS])
    assert (together.shape, together.dtype) == ((len(TEXTS), shipped.dimensions), np.float32)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    assert (together * alone).sum(axis=1).min() > 0.999
    assert shipped.passages([]).shape == (0, shipped.dimensions)


def test_it_passes_the_self_test_that_a_blind_encoder_fails(shipped):
    assert self_test(shipped).passed
    assert not self_test(FakeEncoder()).passed


def test_a_question_without_marks_lands_by_its_passage(shipped):
    passages = shipped.passages([vi for vi, _ in embed._PAIRS])
    asked = shipped.queries(["bao hiem y te cho nguoi cao tuoi", "xay dung duong cao toc"])
    assert (asked @ passages.T).argmax(axis=1).tolist() == [1, 5]


def test_it_opens_without_a_network_and_without_torch():
    code = (
        "import socket, sys, json\n"
        "def refuse(*a, **k): raise OSError('no network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from kb.embed import load_encoder\n"
        "shape = load_encoder(None).queries(['thẩm quyền ban hành']).shape\n"
        "print(json.dumps([list(shape), 'torch' in sys.modules]))\n"
    )
    root = Path(embed.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[1, 384], False]


def test_a_setting_names_no_encoder_or_an_unknown_one(tmp_path):
    assert load_encoder("none") is None
    with pytest.raises(EncoderError, match="Không nạp được"):
        load_encoder(str(tmp_path / "absent"))
