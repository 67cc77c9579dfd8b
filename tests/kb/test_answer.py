"""Answers: exhaustive for a list, tasks before other passages, one sentence for a fact, nothing where there is none."""

from dataclasses import replace
from datetime import date

from ingest.document import Document, Metadata, Role
from kb.answer import answer, beside
from kb.library import Library
from kb.model import Citation, Hit, Plan, Verdict
from tests.fakes import paper

NOISE = [f"Đoạn thứ {number} nói về việc khác, không dính dáng." for number in range(20)]


def put(library: Library, *lines: str, **more: object) -> Document:
    document, source = paper(*lines, **more)  # type: ignore[arg-type]
    library.put(document, source)
    return document


def test_every_task_is_listed_by_document(wordy: Library) -> None:
    put(wordy, *NOISE, file="khac.txt")
    lines = [f"Hỗ trợ hợp tác xã số {number} sản xuất phân bón vi sinh." for number in range(14)]
    put(wordy, *lines, file="tinh.txt")
    put(wordy, "Tập huấn sử dụng phân bón hữu cơ vi sinh.", file="huyen.txt")
    found = answer(wordy, "nhiệm vụ nào về phân bón sinh học?")
    assert found.verdict is Verdict.ANSWERED
    assert (found.passages, found.documents) == (15, 2)
    group = next(group for group in found.groups if group.document.file == "tinh.txt")
    assert [hit.record.text for hit in group.hits] == lines


def test_targets_stand_apart_from_the_tasks_asked_for(wordy: Library) -> None:
    put(wordy, "Sản xuất phân bón sinh học tại chỗ.", *NOISE, file="viec.txt")
    put(wordy, "Diện tích dùng phân bón sinh học đạt 30%.", role=Role.TARGET, file="chi-tieu.txt")
    found = answer(wordy, "nhiệm vụ nào về phân bón sinh học?")
    assert [hit.record.text for group in found.groups for hit in group.hits] == ["Sản xuất phân bón sinh học tại chỗ."]
    assert [hit.record.text for group in found.groups for hit in group.also] == [
        "Diện tích dùng phân bón sinh học đạt 30%."
    ]


def test_the_sentence_that_answers_is_marked(wordy: Library) -> None:
    document = put(
        wordy, "Thành lập tổ công tác. Xe thu gom rác thực phẩm chạy từ 17 giờ. Các xã báo cáo hằng tháng.", *NOISE
    )
    hit = answer(wordy, "Xe thu gom rác thực phẩm chạy lúc mấy giờ?").groups[0].hits[0]
    assert hit.sentence is not None
    assert document.text[hit.sentence.start : hit.sentence.end] == "Xe thu gom rác thực phẩm chạy từ 17 giờ."


def test_nothing_is_said_where_there_is_nothing(wordy: Library) -> None:
    put(wordy, "Thu gom rác thải sinh hoạt.", *NOISE)
    found = answer(wordy, "năng lượng hạt nhân")
    assert (found.verdict, found.groups, found.passages) == (Verdict.NOTHING, (), 0)
    assert found.searched.documents == 1


def test_no_passage_answers_for_a_paper_that_the_base_does_not_know(wordy: Library) -> None:
    put(wordy, "Thu gom rác thải sinh hoạt.", *NOISE, symbol="58/KH-UBND")
    assert answer(wordy, "Kế hoạch 58 giao việc gì về thu gom rác thải?").verdict is Verdict.ANSWERED
    assert answer(wordy, "Kế hoạch 63 giao việc gì về thu gom rác thải?").verdict is Verdict.RELATED


def test_the_papers_a_question_names_come_with_what_is_known_of_their_force(wordy: Library) -> None:
    for meta, file in (
        (Metadata("86-KH/TU", "Kế hoạch", "Tỉnh ủy Mẫu", title="Trồng cây"), "ke-hoach.txt"),
        (Metadata("32/2018/QH14", "Luật", "Quốc hội", date=date(2018, 11, 19), title="CHĂN NUÔI"), "luat.txt"),
    ):
        document, source = paper("Nuôi gia súc xa khu dân cư.", file=file)
        wordy.put(replace(document, metadata=meta), source)
    named = {
        question: [record.file for record in answer(wordy, question).named]
        for question in ("86-KH/TU còn hiệu lực không?", "dieu 1 luat chan nuoi", "luật chăn", "chăn nuôi theo luật")
    }
    assert named == {
        "86-KH/TU còn hiệu lực không?": ["ke-hoach.txt"],
        "dieu 1 luat chan nuoi": ["luat.txt"],
        "luật chăn": [],
        "chăn nuôi theo luật": [],
    }


def test_a_paper_that_the_base_only_mentions_is_not_answered_for_by_others(wordy: Library) -> None:
    put(wordy, "Quán triệt Nghị quyết 36 đến toàn thể cán bộ.", "Điều 57 quy định như sau.", file="khac.txt")
    put(wordy, "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị.", *NOISE, file="nhac.txt")
    documents = {record.file: record for record in wordy.documents()}
    plan = Plan("nghị quyết 57-NQ/TW", "vi", "", symbols=("57-NQ/TW",))

    def hits(file: str) -> list[Hit]:
        own = [each for each in wordy.passages(documents[file].id) if each.passage.searchable]
        return [Hit(1, 1.0, each, (), (), Citation("", "")) for each in own]

    assert beside(wordy, plan, (), hits("khac.txt"))
    assert not beside(wordy, plan, (), [*hits("khac.txt"), *hits("nhac.txt")])
    assert not beside(wordy, replace(plan, symbols=()), (), hits("khac.txt"))
