"""Common free time, compared with the slow and obvious way of finding it."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from comeback.diary.slots import Free, common_times, moment_of, next_quarter, quarters_in, worth_offering
from tests.cast import moscow

MOSCOW = ZoneInfo("Europe/Moscow")
NINE = next_quarter(moscow(2, 9))

RESOURCES = (1, 2, 3, 4)
busy_quarters = st.dictionaries(st.sampled_from(RESOURCES), st.frozensets(st.integers(0, 30)))
openings = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 10)), max_size=2).map(
    lambda rows: [range(start + 15 * place, start + 15 * place + length) for place, (start, length) in enumerate(rows)]
)
needs = st.lists(st.lists(st.sampled_from(RESOURCES), max_size=3, unique=True), max_size=3)


@given(openings, busy_quarters, needs, st.integers(1, 5))
def test_a_time_is_offered_exactly_when_every_need_has_somebody_free_all_along(openings, busy, needs, length):
    def free(resource: int, first: int) -> bool:
        return not set(range(first, first + length)) & busy.get(resource, frozenset())

    expected = [
        first
        for opening in openings
        for first in opening
        if first + length <= opening.stop and all(any(free(it, first) for it in need) for need in needs)
    ]
    times = list(common_times(openings, busy, needs, length))
    assert [time.first for time in times] == expected
    for time in times:
        assert all(free(resource, time.first) for resource in time.resources)
        assert all(set(need) & set(time.resources) for need in needs)


@given(openings, busy_quarters, needs, st.integers(1, 5), st.integers(1, 4))
def test_offers_never_overlap_and_the_earliest_is_always_among_them(openings, busy, needs, length, most):
    times = list(common_times(openings, busy, needs, length))
    offers = worth_offering(times, MOSCOW, most=most)
    assert len(offers) <= most
    assert offers[:1] == times[:1]
    assert all(a.first + a.length <= b.first for a, b in pairwise(offers))


def test_the_preferred_resource_is_taken_while_it_is_free():
    times = list(common_times([range(0, 4)], {1: {0, 1}}, [[1, 2]], 1))
    assert [time.resources for time in times] == [(2,), (2,), (1,), (1,)]


def test_somebody_who_wears_two_hats_is_reserved_once():
    assert [time.resources for time in common_times([range(0, 1)], {}, [[7], [7, 8]], 1)] == [(7,)]


def test_at_most_two_times_of_a_day_are_offered():
    times = [Free(NINE + step, 2, ()) for step in range(0, 200)]
    days = [time.starts_at.astimezone(MOSCOW).day for time in worth_offering(times, MOSCOW, most=5)]
    assert days == [2, 2, 3, 3, 4]


@given(st.integers(1, 4_000_000))
def test_a_quarter_hour_is_found_again_from_the_moment_it_begins(quarter):
    assert next_quarter(moment_of(quarter)) == quarter


def test_a_begun_quarter_hour_counts_whole():
    assert (quarters_in(45), quarters_in(46), quarters_in(75)) == (3, 4, 5)
