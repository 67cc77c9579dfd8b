"""Search on small bases: marks, reasons, filters, phrases, folding of copies, words with and without marks."""

from datetime import date

import pytest

from ingest.document import Document, Reference
from kb import shapes
from kb.answer import answer, named
from kb.commands.output import results_lines
from kb.finding.highlight import marks
from kb.finding.units import Unit
from kb.library import Library
from kb.model import Filters, Results, Tier, Verdict
from kb.search import search
from tests.fakes import paper

NOISE = [f"Đoạn thứ {number} nói về việc khác, không dính dáng." for number in range(20)]


def put(library: Library, *lines: str, **more: object) -> Document:
    document, source = paper(*lines, **more)  # type: ignore[arg-type]
    library.put(document, source)
    return document


def texts(found: Results) -> list[str]:
    return [hit.record.text for hit in found.hits]


def test_a_word_with_marks_goes_before_its_look_alike(wordy: Library) -> None:
    put(wordy, "Chỉ tiêu đạt được trong năm, đạt và đạt.", "Quản lý đất và bờ bãi.", "Khu đạt chuẩn.", *NOISE)
    found = texts(search(wordy, "đất"))
    assert found[0] == "Quản lý đất và bờ bãi."


def test_without_marks_both_are_found(wordy: Library) -> None:
    put(wordy, "Chỉ tiêu đạt chuẩn.", "Quản lý đất bãi.", *NOISE)
    assert {"Chỉ tiêu đạt chuẩn.", "Quản lý đất bãi."} <= set(texts(search(wordy, "dat")))


def test_marks_are_the_very_characters(wordy: Library) -> None:
    document = put(wordy, "Sản xuất Phân bón vi sinh và bảo vệ đất.", *NOISE)
    hit = search(wordy, "phân bón sinh học").hits[0]
    assert [document.text[span.start : span.end] for span in hit.marks] == ["Phân bón vi sinh"]


def test_a_syllable_of_a_word_is_not_marked_alone(wordy: Library) -> None:
    put(wordy, "Đưa công nghệ sinh học vào câu lạc bộ khoa học của trường trung học.", *NOISE)
    record = search(wordy, "câu lạc bộ").hits[0].record
    unit = Unit("phân bón sinh học", 1.0, (), ("phân", "bón", "sinh", "học"))
    start = record.passage.start
    assert [record.text[s.start - start : s.end - start] for s in marks([unit], record)] == ["sinh học"]


MARKED = [
    ("việc của xã", "Phát triển kinh tế - xã hội ở hợp tác xã; xã báo cáo.", ["xã"]),
    ("giá đất", "Đánh giá giá trị của đất nước; giá đất.", ["giá đất"]),
    ("viec cua xa", "Phát triển kinh tế - xã hội ở hợp tác xã; xã báo cáo.", ["xã"]),
    ("tasks of the commune", "Phát triển kinh tế - xã hội ở hợp tác xã; xã báo cáo.", ["xã"]),
    ("hợp tác xã của xã", "Hợp tác xã ở xã hội; xã báo cáo.", ["Hợp tác xã", "xã"]),
    ("phương châm của ủy ban", "Phương châm ở địa phương; tiến độ ủy ban.", ["Phương châm", "ủy ban"]),
    ("phương châm của ủy ban", "Các địa phương; ủy ban.", ["ủy ban"]),
    ("phương châm gì", "Các địa phương.", ["phương"]),  # rather than nothing
    ("xã hội hóa ở xã", "Xã hội hóa ở hợp tác xã.", ["Xã hội hóa"]),
]


@pytest.mark.parametrize(("question", "line", "marked"), MARKED)
def test_a_syllable_is_not_marked_inside_a_longer_word(
    wordy: Library, question: str, line: str, marked: list[str]
) -> None:
    document = put(wordy, line, *NOISE)
    hit = next(one for one in search(wordy, question).hits if one.record.text == line)
    found = " ".join(document.text[span.start : span.end] for span in hit.marks)
    assert found == " ".join(marked)


def test_of_a_word_whose_marks_are_known_its_look_alike_is_not_marked(wordy: Library) -> None:
    document = put(wordy, "Nấm rơm trồng trong năm.", *(f"Trồng nấm rơm ở tổ {number}." for number in range(9)), *NOISE)
    hit = next(one for one in search(wordy, "trong nam rom").hits if one.record.text.startswith("Nấm"))
    assert "năm" not in [document.text[span.start : span.end] for span in hit.marks]
    assert hit.marks


def test_a_look_alike_is_not_marked_beside_the_words_themselves(wordy: Library) -> None:
    document = put(wordy, "Mở rộng diện tích trồng rau bằng chế phẩm vi sinh.", "Vùng chè Đồi Gianh.", *NOISE)
    hit = next(one for one in search(wordy, "diện tích trồng chè").hits if one.record.text.startswith("Mở rộng"))
    assert "chế" not in [document.text[span.start : span.end] for span in hit.marks]
    assert hit.marks


@pytest.mark.parametrize("question", ["phan bon sinh hoc", "biological fertilizers", "phân bón sinh học"])
def test_three_kinds_of_typing_find_the_same(wordy: Library, question: str) -> None:
    put(wordy, "Hỗ trợ sản xuất phân bón hữu cơ vi sinh.", *NOISE)
    hit = search(wordy, question).hits[0]
    assert hit.record.text.startswith("Hỗ trợ sản xuất")
    assert any(reason.startswith("concept: phân bón hữu cơ vi sinh (narrower)") for reason in hit.why)


def test_a_switched_off_expansion_takes_its_hits_away(wordy: Library) -> None:
    put(wordy, "Hỗ trợ sản xuất phân bón hữu cơ vi sinh.", "Mua sắm phân bón sinh học.", *NOISE)
    off = frozenset({"narrower:phan-bon-sinh-hoc"})
    concept = [hit.why for hit in search(wordy, "phân bón sinh học", without=off).hits]
    assert not any("narrower" in reason for reasons in concept for reason in reasons)


def test_a_phrase_must_stand_in_the_passage(wordy: Library) -> None:
    put(wordy, "Nhãn hiệu Nấm Đồng Vạc được đăng ký.", "Trồng nấm ở xã Đồng Vạc.", *NOISE)
    assert texts(search(wordy, "“Nấm Đồng Vạc”")) == ["Nhãn hiệu Nấm Đồng Vạc được đăng ký."]


@pytest.mark.parametrize("question", ["“Nấm Đồng Vạc loại một”", "nhãn hiệu “Nấm Đồng Vạc loại một” ở đâu?"])
def test_of_a_phrase_that_stands_nowhere_the_words_are_found(wordy: Library, question: str) -> None:
    put(wordy, "Nhãn hiệu Nấm Đồng Vạc được đăng ký.", *NOISE)
    found = search(wordy, question)
    assert texts(found)[0] == "Nhãn hiệu Nấm Đồng Vạc được đăng ký."
    assert (found.plan.phrases, found.plan.missing) == ((), ("Nấm Đồng Vạc loại một",))
    assert found.verdict is Verdict.RELATED
    assert answer(wordy, question).verdict is Verdict.RELATED


def test_of_two_phrases_the_one_that_stands_somewhere_is_kept(wordy: Library) -> None:
    put(wordy, "Nhãn hiệu Nấm Đồng Vạc được đăng ký.", "Trồng chè loại một ở xã khác.", *NOISE)
    found = search(wordy, "“Nấm Đồng Vạc” “chè hạng nhất”")
    assert (found.plan.phrases, found.plan.missing) == (("Nấm Đồng Vạc",), ("chè hạng nhất",))
    assert texts(found) == ["Nhãn hiệu Nấm Đồng Vạc được đăng ký."]
    assert found.verdict is Verdict.RELATED


def test_a_phrase_without_marks_is_found_in_a_question_that_has_some(wordy: Library) -> None:
    put(wordy, "Nhãn hiệu Nấm Đồng Vạc được đăng ký.", *NOISE)
    assert texts(search(wordy, "nhãn hiệu “nam dong vac”")) == ["Nhãn hiệu Nấm Đồng Vạc được đăng ký."]


def test_filters_hold_in_every_route(library: Library) -> None:
    put(library, "Thu gom rác thải sinh hoạt.", file="a.txt", kind="Kế hoạch", dated=date(2023, 5, 1))
    put(library, "Thu gom rác thải sinh hoạt.", file="b.txt", kind="Quyết định", dated=date(2024, 5, 1))
    found = search(library, "thu gom rác thải", filters=Filters(years=(2024,)))
    assert {hit.record.document.file for hit in found.hits} == {"b.txt"}
    assert found.searched.documents == 1


def test_near_copies_fold_into_one_hit(wordy: Library) -> None:
    line = "Đẩy mạnh nghiên cứu, tiếp nhận và làm chủ công nghệ sản xuất phân bón từ nguồn nguyên liệu sẵn có tại chỗ."
    put(wordy, line, *NOISE, file="tinh.txt")
    put(wordy, line, file="huyen.txt")
    found = search(wordy, "làm chủ công nghệ sản xuất phân bón là gì?")
    assert [text for text in texts(found) if text == line] == [line]
    assert len(found.hits[0].also_in) == 1


def test_a_list_question_keeps_copies_apart(wordy: Library) -> None:
    line = "Đẩy mạnh nghiên cứu, tiếp nhận và làm chủ công nghệ sản xuất phân bón từ nguồn nguyên liệu sẵn có tại chỗ."
    put(wordy, line, *NOISE, file="tinh.txt")
    put(wordy, line, file="huyen.txt")
    assert texts(search(wordy, "những đoạn nào nói về công nghệ sản xuất phân bón?")).count(line) == 2


def test_a_paper_named_by_number_comes_first(wordy: Library) -> None:
    put(wordy, "Tổng kinh phí là 5 tỷ đồng.", *NOISE, file="a.txt", symbol="58/KH-UBND")
    put(wordy, "Tổng kinh phí là 7 tỷ đồng.", file="b.txt", symbol="97-KH/ThU")
    hit = search(wordy, "kế hoạch 97 tổng kinh phí bao nhiêu?").hits[0]
    assert hit.record.document.file == "b.txt"
    assert "paper: 97-KH/ThU" in hit.why


@pytest.mark.parametrize("question", ["nghị quyết 57-NQ/TW", "nghi quyet 57 nq tw", "nghị quyết 57 nói gì"])
def test_of_a_paper_that_the_base_lacks_what_mentions_it_comes_first(library: Library, question: str) -> None:
    about = [f"Thực hiện nghị quyết của Đảng ủy về việc thứ {number}." for number in range(20)]
    mention = Reference(0, 1, "57-NQ/TW", "Nghị quyết", None, "refers")
    put(library, *about, "Triển khai Nghị quyết số 57-NQ/TW trong toàn ngành.", *NOISE, references=[mention])
    assert "57-NQ/TW" in texts(search(library, question))[0]


@pytest.mark.parametrize("question", ["97-KH/ThU", "Kế hoạch số 97-KH/ThU", "kế hoạch 97 nói gì"])
def test_a_number_alone_shows_what_stands_in_the_paper(wordy: Library, question: str) -> None:
    put(wordy, "Thực hiện Kế hoạch số 97-KH/ThU.", *NOISE, file="a.txt", symbol="58/KH-UBND")
    put(wordy, "Trồng rừng trên đất trống.", file="b.txt", symbol="97-KH/ThU")
    found = search(wordy, question)
    assert (found.verdict, found.hits[0].record.document.file) == (Verdict.ANSWERED, "b.txt")


def test_a_search_says_whether_the_base_has_the_paper_that_is_named(wordy: Library) -> None:
    put(wordy, "Trồng rừng trên đất trống.", *NOISE, file="b.txt", symbol="97-KH/ThU")
    for question, said in (
        ("kế hoạch 97", "Văn bản được nêu"),
        ("24 2018 qd ubnd", "chưa có văn bản nào mang số 24/2018"),
    ):
        found = search(wordy, question)
        assert said in " ".join(map(str, results_lines(found, named(wordy, found.plan), explain=False)))


def test_a_law_called_by_name_is_preferred(wordy: Library) -> None:
    line = "Tổ chức, cá nhân được cấp phép khi có đủ điều kiện về nhân lực và cơ sở vật chất."
    put(wordy, line, *NOISE, file="a.txt", kind="Luật", title="Chăn nuôi")
    put(wordy, line.replace("cá nhân", "hộ gia đình"), *NOISE, file="b.txt", kind="Luật", title="Trồng trọt")
    for name, file in (("Luật Chăn nuôi", "a.txt"), ("Luật Trồng trọt", "b.txt")):
        hit = search(wordy, f"điều kiện cấp phép theo {name}").hits[0]
        assert (hit.record.document.file, f"paper: {file}") == (file, next(w for w in hit.why if w.startswith("paper")))


def test_a_count_that_is_not_the_whole_is_told_to_be_the_least(wordy: Library) -> None:
    put(wordy, *(f"Thu gom rác thải ở tổ dân phố số {number}." for number in range(90)))
    first, more = search(wordy, "thu gom rác thải", k=5), search(wordy, "thu gom rác thải", k=80)
    assert first.least
    assert shapes.results(first)["total_at_least"] is True
    assert first.total < more.total
    assert "ít nhất" in str(next(results_lines(first, explain=False)))


def test_a_count_of_all_that_there_is_is_the_whole(wordy: Library) -> None:
    put(
        wordy, "Thu gom rác thải.", "Nhãn hiệu Nấm Đồng Vạc.", *(f"Việc thứ {number} khác hẳn." for number in range(90))
    )
    found = search(wordy, "“Nấm Đồng Vạc”")
    assert (found.total, found.least) == (1, False)
    few = search(wordy, "nhãn hiệu Nấm Đồng Vạc khác hẳn")  # all have some word of it, few are on the matter
    assert (few.total < 10, few.least) == (True, False)
    assert "ít nhất" not in str(next(results_lines(found, explain=False)))


def test_scores_are_chances_in_order(wordy: Library) -> None:
    put(wordy, "Thu gom rác.", "Thu gom và xử lý rác thải.", "Xử lý nước thải.", *NOISE)
    scores = [hit.score for hit in search(wordy, "xử lý rác thải").hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_an_empty_base_answers_nothing(wordy: Library) -> None:
    found = search(wordy, "rác thải")
    assert (found.verdict, found.total, found.hits, found.tier) == (Verdict.NOTHING, 0, (), Tier.WORDS)


@pytest.mark.parametrize("question", ["", "   ", "?", '""', "%%% ///", "a" * 5000, "phân " * 400])
def test_no_question_is_too_odd(wordy: Library, question: str) -> None:
    put(wordy, *NOISE)
    assert search(wordy, question).plan.question == " ".join(question.split())
