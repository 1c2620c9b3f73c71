"""Days off the road: each date once, whatever overlaps; the months together are the whole stay."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comeback.steps.s9_indicators.stays import Piece, Stay, month_end, month_of, months_before, pieces

DAY = timedelta(days=1)


def dates(first: date, last: date) -> set[date]:
    return {first + DAY * number for number in range((last - first).days + 1)}


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    first = date(2025, 1, 1) + DAY * draw(st.integers(0, 120))
    last = first + DAY * draw(st.integers(0, 70))
    ready = draw(st.none() | st.integers(-2, 80).map(lambda days: first + DAY * days))
    return Stay(f"MSK-{draw(st.integers(1, 9))}", first, last, ready)


def covered(found: list[Piece], waiting: bool | None = None) -> list[date]:
    kept = [piece for piece in found if waiting is None or piece.waiting is waiting]
    return [day for piece in kept for day in dates(piece.first, piece.last or piece.first)]


@given(st.lists(stays(), max_size=5))
def test_the_months_together_are_the_whole_stay_and_no_date_counts_twice(told: list[Stay]) -> None:
    found = pieces(told)
    touched = set().union(*(dates(stay.first, stay.last or stay.first) for stay in told))
    assert sorted(covered(found)) == sorted(touched)


@given(st.lists(stays(), max_size=5))
def test_no_piece_crosses_the_end_of_a_month(told: list[Stay]) -> None:
    assert all(piece.last and month_of(piece.first) == month_of(piece.last) for piece in pieces(told))


@given(st.lists(stays(), max_size=4))
def test_a_date_awaits_the_customer_only_if_no_case_is_worked_on(told: list[Stay]) -> None:
    working = set()
    for stay in told:
        assert stay.last
        ready = min(max(stay.ready, stay.first), stay.last) if stay.ready else stay.last
        working |= dates(stay.first, ready)
    assert set(covered(pieces(told), waiting=False)) == working


@given(stays())
def test_a_stay_that_is_closed_has_the_pieces_that_its_open_one_would_have_given(stay: Stay) -> None:
    still_in = pieces([Stay(stay.case_no, stay.first, None, stay.ready)])
    assert still_in[-1].last is None
    assert sum(piece.last is None for piece in still_in) == 1
    assert still_in[0].first == pieces([stay])[0].first


def test_notified_on_the_first_of_june_the_second_is_the_customers() -> None:
    found = pieces([Stay("MSK-1", date(2025, 5, 28), date(2025, 6, 2), date(2025, 6, 1))])
    assert [(it.first.day, it.last and it.last.day, it.waiting) for it in found] == [
        (28, 31, False),
        (1, 1, False),
        (2, 2, True),
    ]


def test_a_hand_over_before_the_reception_is_a_stay_of_one_day() -> None:
    (piece,) = pieces([Stay("MSK-1", date(2025, 5, 28), date(2025, 5, 20))])
    assert (piece.first, piece.last) == (date(2025, 5, 28), date(2025, 5, 28))


def test_months_run_over_the_year() -> None:
    assert months_before(date(2025, 2, 1), 3) == (date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1))
    assert month_end(date(2024, 2, 10)) == date(2024, 2, 29)
