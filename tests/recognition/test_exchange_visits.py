"""Orders to visits."""

# ruff: noqa: DTZ001 (the files hold times of the site, without a zone)

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from comeback.recognition.exchange import OrderHead, group_into_visits


def order(number: str, opened: int, closed: int, **more: object) -> OrderHead:
    days = {"opened_at": datetime(2025, 5, opened, 9), "closed_at": datetime(2025, 5, closed, 18)}
    return OrderHead(1, number, **{**days, "site": "msk", "plate": "A123BC77", **more})  # type: ignore[arg-type]


def numbers(*heads: OrderHead) -> list[list[str]]:
    return [[head.order_no for head in visit] for visit in group_into_visits(heads)]


def test_orders_that_overlap_are_one_visit() -> None:
    assert numbers(order("1", 2, 6), order("2", 4, 5), order("3", 6, 7)) == [["1", "2", "3"]]


def test_an_order_opened_on_the_day_of_hand_over_belongs_to_the_same_visit() -> None:
    assert numbers(order("1", 2, 3), order("2", 3, 3), order("3", 4, 4)) == [["1", "2"], ["3"]]


def test_visit_numbers_say_otherwise() -> None:
    assert numbers(order("1", 2, 3, visit_no="A"), order("2", 3, 3, visit_no="B")) == [["1"], ["2"]]
    assert numbers(order("1", 2, 3, visit_no="A"), order("2", 9, 9, visit_no="A")) == [["1", "2"]]


def test_two_sites_and_two_cars_are_two_visits() -> None:
    assert len(numbers(order("1", 2, 3), order("2", 2, 3, site="spb"))) == 2
    assert len(numbers(order("1", 2, 3), order("2", 2, 3, plate="B456EK77"))) == 2


def test_parts_over_the_counter_do_not_join_a_visit() -> None:
    assert len(numbers(order("1", 2, 3), order("2", 2, 3, visit_kind="parts_only"))) == 2


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 8)), max_size=12), st.randoms())
def test_every_order_is_in_one_visit_whatever_their_order(spans: list[tuple[int, int]], random: object) -> None:
    heads = [order(str(n), start, start + length) for n, (start, length) in enumerate(spans)]
    visits = numbers(*heads)
    assert sorted(n for visit in visits for n in visit) == sorted(head.order_no for head in heads)
    random.shuffle(heads)  # type: ignore[attr-defined]
    assert {frozenset(visit) for visit in numbers(*heads)} == {frozenset(visit) for visit in visits}
