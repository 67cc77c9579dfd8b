"""Which language a question is typed in, of short and mixed questions too."""

import pytest

from kb.query import understand
from kb.question.language import detect

# Language → questions, one a line. A mixed question is Vietnamese if what it asks about is.
TYPED = {
    "vi": """
        KPI là gì
        startup nào
        IUU fishing ở tỉnh
        what is nông thôn mới
        tasks on phân bón vi sinh
        logistics là gì
        dịch vụ công online
        ứng dụng AI trong quản lý
        big data là gì
        smart city ở Hà Nội
        chuyển đổi số digital transformation
        tăng trưởng GDP
        rác
        deadline nộp báo cáo
        tiêm vaccine ở đâu
        camera giám sát
        drone phun thuốc
        xe buýt
        marketing nông sản
        list of phân bón
        which đơn vị is in charge of phân loại rác
    """,
    "vi-plain": """
        startup nao duoc ho tro
        OCOP
        UBND
        IUU fishing o tinh
        what is nong thon moi
        phat trien logistics
        dich vu cong online
        AI
        AI nao phu trach
        ai phu trach
        digital transformation o xa
        GDP
        GRDP 2030
        FDI
        tang truong GDP
        rac
        deadline nop bao cao
        bao gio nop bao cao
        gia dat
        gia dat Ha Noi
        ke hoach 86
        nghi dinh 30/2020
        36-NQ/TW
        san pham OCOP Ninh Binh
        nam
        nam rom
        to dan pho
        ban do
        can bo
        me
        the
        the can cuoc
        dang vien
        tiem vaccine covid o dau
        camera giam sat
        wifi cong cong
        o nhiem song Khe
        son la
        hai san
        xe bus
        marketing nong san
        van ban nao thay the quyet dinh 24/2018
        du an ba thai nam do ai tai tro
        vay von
        lai suat
        men
        ten
        an
        tuyen duong sat
        cuoc thi
        nghiep vu ke toan
        phat trien nong nghiep
    """,
    "en": """
        logistics
        e-commerce
        online
        smart city
        smart city Hanoi
        digital transformation
        GDP growth
        FDI attraction targets
        waste
        waste sorting
        garbage pickup time
        deadline
        commune tasks
        who signs
        who is in charge
        how much does it cost
        can I burn straw
        may I build a house
        where to pay the fee
        land price
        Ha Noi land price
        plan 86
        Decree 30/2020
        36-NQ/TW tasks
        OCOP products in Ninh Binh
        mushroom
        to do list
        the ban on burning
        Party members
        COVID-19 vaccine
        vaccine covid
        sim card
        internet
        wifi
        drone
        biotech
        biotech park
        startups
        Ben Lim ward
        Khe River pollution
        Son La province
        bus
        what documents replace Decision 24/2018/QD-UBND
        who funds the mushroom waste project
        loan
        loan interest
        too hot
        pan fertilizer
        Dien Bien Phu airport
        Nguyen Trai street market
    """,
}
ASKED = [(question.strip(), language) for language, lines in TYPED.items() for question in lines.strip().splitlines()]


@pytest.mark.parametrize(("question", "language"), ASKED)
def test_the_language_of_a_question_is_told(question: str, language: str) -> None:
    assert detect(question) == language


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(ASKED) >= 100
    assert len(dict(ASKED)) == len(ASKED)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what is nông thôn mới", "nông thôn mới"),
        ("what is nong thon moi", "nong thon moi"),
        ("list of phân bón", "phân bón"),  # Telex for "lít ò"
        ("taats car phaan bons", "phân bón"),  # "car" is Telex too
    ],
)
def test_english_words_of_asking_are_left_out_of_a_vietnamese_question(question: str, words: str) -> None:
    assert understand(question).plan.words == words


@pytest.mark.parametrize(
    ("question", "source", "meant"),
    [
        ("deadline nộp báo cáo", "deadline", "thời hạn"),
        ("deadline nop bao cao", "deadline", "thời hạn"),
        ("startup nào được hỗ trợ", "startup", "khởi nghiệp sáng tạo"),
        ("smart city ở Hà Nội", "smart city", "đô thị thông minh"),
    ],
)
def test_english_words_of_a_vietnamese_question_are_translated(question: str, source: str, meant: str) -> None:
    found = [one for one in understand(question).plan.expansions if one.source == source]
    assert meant in [term for one in found for term in one.terms]
