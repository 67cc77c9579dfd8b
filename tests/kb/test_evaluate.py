"""The measuring itself: what counts as found, and the figures."""

import json
from pathlib import Path

import pytest

from kb.commands.report import as_json
from kb.errors import UsageError
from kb.evaluate import METRICS, Gold, Question, evaluate, is_gold, moved, read_questions
from kb.library import Library
from tests.fakes import paper

LINE = "Thu gom, vận chuyển và xử lý rác thải sinh hoạt trên địa bàn thành phố."


def test_the_matching_rule(wordy: Library) -> None:
    document, source = paper(LINE, file="ke-hoach.pdf")
    wordy.put(document, source)
    record = wordy.passages(document.id)[1]
    assert is_gold(record, Gold("ke-hoach.txt", LINE))  # another format of the same paper
    assert is_gold(record, Gold("ke-hoach.txt", LINE.upper().replace(" ", "\n")))  # case and white space
    assert is_gold(record, Gold("ke-hoach.txt", f"Năm 2024: {LINE} Hết."))  # the hit lies inside the quote
    assert is_gold(record, Gold("ke-hoach.txt", f"{LINE[:50]} và nhiều thứ khác nữa"))  # 60 % as one block
    assert not is_gold(record, Gold("ke-hoach.txt", f"{LINE[:20]} nhưng phần lớn câu này nói điều khác hẳn đi"))
    assert not is_gold(record, Gold("quyet-dinh.txt", LINE))  # another paper


def test_table_bars_do_not_matter(wordy: Library) -> None:
    document, source = paper("Lắp 16 ca-mê-ra | Công an thành phố | Quý II/2024", file="a.docx")
    wordy.put(document, source)
    assert is_gold(wordy.passages(document.id)[1], Gold("a.txt", "Lắp 16 ca-mê-ra\tCông an thành phố\tQuý II/2024"))


def test_figures_by_language(wordy: Library) -> None:
    document, source = paper(LINE, "Chăm sóc cây xanh.", file="a.txt")
    wordy.put(document, source)
    gold = (Gold("a.txt", LINE),)
    report = evaluate(
        wordy,
        [
            Question("1", "vi", "fact", "xử lý rác thải sinh hoạt", gold, True),
            Question("2", "en", "fact", "volcano eruptions", gold, True),
            Question("3", "vi", "unanswerable", "núi lửa phun trào", (), False),
        ],
    )
    rows = {row.name: row.figures for row in report.rows}
    assert rows["vi"] == (1.0,) * 7
    assert rows["en"] == (0.0,) * 7
    assert rows["all"][0] == 0.5
    assert report.abstained == 1.0


def test_moved_questions_are_told(wordy: Library) -> None:
    asked = [Question("1", "vi", "fact", "xử lý rác thải", (Gold("a.txt", LINE),), True)]
    before = evaluate(wordy, asked)
    document, source = paper(LINE, file="a.txt")
    wordy.put(document, source)
    assert moved(before.judged, evaluate(wordy, asked).judged) == ["1  51 → 1  xử lý rác thải"]


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "1"}', '{"question": "a", "gold": [{"file": "x"}]}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"id": "1", "question": "a"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="Dòng 2"):
        read_questions(path)


def test_a_report_is_json_that_every_reader_takes(wordy: Library) -> None:
    document, source = paper(LINE, file="a.txt")
    wordy.put(document, source)
    report = evaluate(wordy, [Question("1", "vi", "fact", "xử lý rác thải sinh hoạt", (Gold("a.txt", LINE),), True)])
    told = json.loads(json.dumps(as_json(report), allow_nan=False))
    assert told["groups"]["vi"] == {"questions": 1} | dict.fromkeys(METRICS, 1.0)
    assert told["abstained"] is None  # no question there to hold back on
    assert told["judged"][0]["first"] == 1
