"""A search page's address says everything it shows, and nothing more."""

import pytest
from starlette.datastructures import QueryParams

from kb.errors import UsageError
from web.search.state import State


def state(query: str) -> State:
    return State.of(QueryParams(query))


@pytest.mark.parametrize(
    "query",
    [
        "q=ph%C3%A2n+b%C3%B3n",
        "q=x&kind=K%E1%BA%BF+ho%E1%BA%A1ch&kind=Quy%E1%BA%BFt+%C4%91%E1%BB%8Bnh&year=2023",
        "q=x&in=86-KH/TU&role=task&status=amended&as_of=2024-01-31&without=a&without=b&view=passages&k=30",
        "q=x&open=72e085f8ae3f-III-2-g4",
    ],
)
def test_an_address_survives_being_read_and_written(query: str) -> None:
    assert state(query).url() == f"/?{query}"


def test_defaults_leave_no_trace() -> None:
    assert state("q=x&k=10&view=&kind=").url() == "/?q=x"


def test_a_filter_is_put_on_and_taken_off() -> None:
    on = state("q=x&k=40&open=p").toggled("kind", "Kế hoạch")
    assert on == "/?q=x&kind=K%E1%BA%BF+ho%E1%BA%A1ch"
    assert state(on.removeprefix("/?")).toggled("kind", "Kế hoạch") == "/?q=x"


@pytest.mark.parametrize("query", ["q=x&k=nhiều", "q=x&k=-1", "q=x&k=9999999"])
def test_a_number_that_is_none_is_refused(query: str) -> None:
    with pytest.raises(UsageError):
        state(query)


def test_more_than_the_most_is_the_most() -> None:
    assert state("q=x&k=5000").k == 200
