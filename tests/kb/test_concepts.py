"""Concepts: synonyms, families, abbreviations and translations, each of them visible and removable."""

import pytest

from ingest.vietnamese import fold, key, spoken
from kb.query import understand
from kb.question import concepts
from kb.tables import rows


def terms(question: str, relation: str | None = None) -> set[str]:
    return {
        term for one in understand(question).plan.expansions if relation in (None, one.relation) for term in one.terms
    }


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("phân bón sinh học", "phân bón vi sinh"),
        ("phân bón sinh học", "phân bón hữu cơ vi sinh"),
        ("phan bon sinh hoc", "phân hữu cơ vi sinh"),
        ("biological fertilizers", "phân bón sinh học"),
        ("biological fertiliser", "phân bón vi sinh"),  # British, singular
        ("UBND xã", "Ủy ban nhân dân"),
        ("Ủy ban nhân dân xã", "UBND"),
        ("nội dung CNSH", "công nghệ sinh học"),
        ("công nghệ sinh học", "CNSH"),
        ("KT-XH", "kinh tế - xã hội"),
        ("KTXH", "kinh tế - xã hội"),
        ("làm lại cccd", "căn cước công dân"),
        ("kcn ở tỉnh", "khu công nghiệp"),
        ("gcn qsdd", "quyền sử dụng đất"),
        ("người lao động", "NLĐ"),
        ("kinh tế - xã hội", "KTXH"),
        ("vắc-xin cho gia cầm", "vacxin"),
        ("vacxin", "vắc xin"),
        ("hằng năm", "hàng năm"),
        ("rác bếp", "chất thải thực phẩm"),
        ("digital transformation", "chuyển đổi số"),
        ("programmes", "chương trình"),
        ("dán công khai danh sách", "niêm yết công khai"),
        ("thi hoa hậu", "thi người đẹp người mẫu"),
        ("mua xe điện", "phương tiện giao thông sử dụng điện"),
        ("lam giay phep con", "điều kiện kinh doanh"),
        ("bắt đầu áp dụng từ ngày nào", "có hiệu lực kể từ ngày"),
        ("người dân tphcm", "Thành phố Hồ Chí Minh"),
        ("ở Bình Phước", "Đồng Nai"),  # merged in 2025
        ("tickets to the old town of Hoi An", "Hội An"),
        ("who chases up complaints", "đôn đốc"),  # inflected
        ("petrol stations in the province", "cửa hàng bán lẻ xăng dầu"),
        ("contesting the mark of an essay", "phúc khảo"),
        ("an honorary citizen", "công dân danh dự"),
        ("people who dump rubbish", "đổ trộm rác"),
    ],
)
def test_a_question_reaches_other_words_for_the_same(question: str, term: str) -> None:
    assert term in terms(question)


def test_organic_is_not_biological() -> None:
    assert "phân bón hữu cơ" not in terms("phân bón sinh học")
    assert "phân bón sinh học" not in terms("phân bón hữu cơ", "same")


def test_narrower_terms_are_told_from_synonyms() -> None:
    assert "phân bón hữu cơ vi sinh" in terms("phân bón sinh học", "narrower")
    assert "phân bón hữu cơ vi sinh" not in terms("phân bón sinh học", "same")


def test_the_longest_concept_wins() -> None:
    found = concepts.find("phân bón hữu cơ vi sinh", "vi")
    assert [one.source for one in found] == ["phân bón hữu cơ vi sinh"]


@pytest.mark.parametrize(("question", "other"), [("niêm yết công khai", "dán công khai"), ("cấp lại", "làm lại")])
def test_an_official_word_does_not_look_for_everyday_ones(question: str, other: str) -> None:
    assert other not in terms(question)


def test_a_concept_does_not_cut_a_longer_one() -> None:
    found = concepts.find("người dân tộc thiểu số", "vi")
    assert [one.source for one in found] == ["dân tộc thiểu số"]


@pytest.mark.parametrize("question", ["thông tư còn hiệu lực", "nộp tối đa", "trạm thu ảnh", "ĐI THU TIỀN"])
def test_a_word_is_no_short_form(question: str) -> None:
    assert not terms(question, "abbreviation")


@pytest.mark.parametrize(("question", "meanings"), [("gv", {"giáo viên", "giảng viên"}), ("hs", {"hồ sơ", "học sinh"})])
def test_a_short_form_of_several_meanings_offers_them(question: str, meanings: set[str]) -> None:
    [found] = concepts.find(question, "vi")
    assert meanings <= {link.term for link in found.links}
    assert all(link.weight < 1 for link in found.links)


def test_a_short_form_is_known_in_capitals() -> None:
    assert "Thành ủy" in terms("của VPTU và ThU", "abbreviation")
    assert "đề án" in {term.lower() for term in terms("lập ĐA mới", "abbreviation")}


def test_two_everyday_syllables_without_marks_are_not_taken_for_others() -> None:
    assert [one.source for one in concepts.find("cong dong cua xa", "vi-plain")] == []  # cộng đồng, not đóng cửa


def test_an_everyday_question_names_a_province_whole() -> None:
    assert [one.source for one in concepts.find("nghề ở Nghệ An", "vi")] == ["Nghệ An"]


def test_one_syllable_without_marks_is_no_concept() -> None:
    assert concepts.find("cho", "vi-plain") == []


def test_an_english_word_outside_the_glossary_is_aligned() -> None:
    assert "gia cầm" in terms("poultry flocks")


def test_an_english_term_counts_by_its_best_source() -> None:
    [found] = [one for one in concepts.find("about biological fertilizers", "en") if "biological" in one.source]
    weights = {link.term: link.weight for link in found.links}
    assert weights["phân bón sinh học"] == weights["phân bón vi sinh"] == 1.0


def test_an_english_word_of_two_meanings_offers_both() -> None:
    assert {"nhãn hiệu", "điểm"} <= terms("the mark of a product or of an exam")


@pytest.mark.parametrize("table", ["everyday.csv", "formulas.csv", "everyday-english.csv"])
def test_what_people_say_stands_once_and_means_something_else(table: str) -> None:
    said = [fold(row[0]) if table != "everyday.csv" else key(row[0]) for row in rows(table)]
    assert len(said) == len(set(said))
    for row in rows(table):
        assert any(meant.strip() not in ("", row[0]) for meant in row[1].split(";")), row


def test_an_official_word_that_has_the_everyday_one_in_it_needs_no_entry() -> None:
    """A passage that says "tạm trú" at length has it already; the entry would only show a chip that finds nothing."""
    for said, meant, related in rows("everyday.csv"):
        for term in f"{meant};{related}".split(";"):
            assert f" {spoken(said)} " not in f" {spoken(term)} ", (said, term)


@pytest.mark.parametrize(
    "question", ["điều kiện của công ty", "thay đổi giấy đăng ký số 5", "điểm thi đua", "bị bắt buộc", "xây nhà máy"]
)
def test_no_everyday_word_is_seen_across_others(question: str) -> None:
    everyday = {key(row[0]) for row in rows("everyday.csv")}
    assert not [one.source for one in concepts.find(question, "vi") if key(one.source) in everyday]


def test_a_word_of_several_syllables_holds_together() -> None:
    assert [one.source for one in concepts.find("công chức bị xác nhận", "vi")] == ["công chức", "xác nhận"]
    assert terms("xác nhận") == set()


def test_no_word_alone_is_taken_for_an_everyday_one_without_reason() -> None:
    """One syllable means too many things; those that are taken stand here to be thought about."""
    alone = {row[0] for row in rows("everyday.csv") if len(row[0].split()) == 1}
    assert len(alone) <= 25, sorted(alone)


@pytest.mark.parametrize("word", ["able", "violence", "according"])
def test_the_lexicon_has_no_scraps_of_sentences(word: str) -> None:
    assert not any(term.split()[0] in ("bị", "các", "những", "và", "của") for term in terms(f"the {word} clause"))


def test_an_expansion_can_be_switched_off() -> None:
    key = "narrower:phan-bon-sinh-hoc"
    assert any(one.key == key for one in understand("phân bón sinh học").plan.expansions)
    kept = understand("phân bón sinh học", without=frozenset({key})).plan.expansions
    assert all(one.key != key for one in kept)


@pytest.mark.parametrize("language", ["vi", "vi-plain", "en"])
def test_spans_lie_in_the_question(language: str) -> None:
    question = {"vi": "rác thải ở UBND", "vi-plain": "rac thai o UBND", "en": "waste in the People's Committee"}[
        language
    ]
    for one in concepts.find(question, language):
        assert question[one.start : one.end] == one.source
