"""When to call: inside opening hours and before the deadline, whatever the calendar and the clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comeback.method.calendar import Calendar, Span
from comeback.steps.s8_followup.timing import is_exhausted, next_try, plan_call
from tests.cast import MOSCOW, moscow

PARIS = ZoneInfo("Europe/Paris")
SIX_DAYS = {day: ((time(9), time(19)),) for day in range(6)}
FIVE_DAYS = {day: ((time(9), time(12)), (time(14), time(18))) for day in range(5)}
HOURS_48 = Span(48, "hours")
QUARTER = timedelta(minutes=15)


def plan(handed_over_at: datetime, calendar: Calendar) -> datetime | None:
    return plan_call(handed_over_at, calendar.add(handed_over_at, HOURS_48), calendar)


def test_a_car_handed_over_on_friday_evening_is_asked_about_on_saturday():
    calendar = Calendar(MOSCOW, SIX_DAYS)
    friday = moscow(6, 18, 30)
    assert calendar.add(friday, HOURS_48) == moscow(8, 18, 30)
    assert plan(friday, calendar) == moscow(7, 18, 30)


def test_a_car_handed_over_on_saturday_is_asked_about_on_monday_morning():
    assert plan(moscow(7, 18, 30), Calendar(MOSCOW, SIX_DAYS)) == moscow(9, 9)


def test_before_a_free_weekend_the_call_is_made_on_friday():
    paris_friday = datetime(2025, 6, 6, 11, 0, tzinfo=PARIS)
    assert plan(paris_friday, Calendar(PARIS, FIVE_DAYS)) == datetime(2025, 6, 6, 17, 30, tzinfo=PARIS)


def test_handed_over_at_the_last_minute_before_a_free_weekend_there_is_no_opening_hour_left():
    assert plan(datetime(2025, 6, 6, 18, 0, tzinfo=PARIS), Calendar(PARIS, FIVE_DAYS)) is None


def test_a_holiday_is_no_time_to_call():
    calendar = Calendar(MOSCOW, SIX_DAYS, {date(2025, 6, 12): (), date(2025, 6, 13): ()})
    assert plan(moscow(11, 12), calendar) == moscow(11, 18, 30)


def test_a_site_without_opening_hours_has_no_time_to_call():
    assert plan(moscow(4, 12), Calendar(MOSCOW, {})) is None


@pytest.mark.parametrize(
    ("handed_over", "hour_after"),
    [(datetime(2025, 3, 29, 16, tzinfo=PARIS), 17), (datetime(2025, 10, 25, 16, tzinfo=PARIS), 15)],
)
def test_48_hours_stay_48_hours_when_the_clock_changes_in_paris(handed_over, hour_after):
    calendar = Calendar(PARIS, SIX_DAYS)
    due = calendar.add(handed_over, HOURS_48)
    assert due.astimezone(UTC) - handed_over.astimezone(UTC) == timedelta(hours=48)
    assert calendar.local(due).hour == hour_after
    planned = plan(handed_over, calendar)
    assert planned is not None
    assert calendar.is_open(planned)


quarters = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
intervals = st.tuples(quarters, quarters).filter(lambda pair: pair[0] < pair[1])
weeks = st.dictionaries(st.integers(0, 6), intervals.map(lambda pair: (pair,)), max_size=7)
moments = st.integers(0, 2 * 365 * 96).map(lambda number: datetime(2025, 1, 1, tzinfo=UTC) + number * QUARTER)


@settings(max_examples=60, deadline=None)
@given(weeks.filter(bool), moments, st.sampled_from([MOSCOW, PARIS]))
def test_the_planned_call_lies_inside_opening_hours_and_before_the_deadline(week, handed_over, zone):
    calendar = Calendar(zone, week)
    due = calendar.add(handed_over, HOURS_48)
    planned = plan(handed_over, calendar)
    open_quarters = [number for number in range(193) if calendar.is_open(handed_over + number * QUARTER)]
    if planned is None:
        assert not open_quarters
    else:
        assert handed_over <= planned <= due
        assert calendar.is_open(planned)


def test_after_a_try_the_next_one_comes_four_hours_later_inside_opening_hours():
    calendar = Calendar(MOSCOW, SIX_DAYS)
    assert next_try(moscow(5, 15), [], None, calendar) == moscow(5, 15)
    assert next_try(moscow(5, 15), [moscow(5, 10)], None, calendar) == moscow(5, 14)
    assert next_try(moscow(5, 15), [moscow(5, 10), moscow(5, 16)], None, calendar) == moscow(6, 9)
    assert next_try(moscow(5, 15), [moscow(5, 10)], moscow(5, 20), calendar) == moscow(5, 20)


HANDED_OVER = moscow(4, 15)
WEEK_OVER = moscow(11, 15)
ENOUGH = [moscow(5, 10), moscow(5, 11), moscow(5, 16)]


@pytest.mark.parametrize(
    ("attempts", "now", "exhausted"),
    [
        (ENOUGH, WEEK_OVER, True),
        (ENOUGH, WEEK_OVER - timedelta(minutes=1), False),
        (ENOUGH[:2], WEEK_OVER, False),
        ([moscow(5, 9), moscow(5, 10), moscow(5, 11)], WEEK_OVER, False),
        ([moscow(5, 10), moscow(6, 10), moscow(6, 11)], WEEK_OVER, True),
    ],
)
def test_enough_was_tried_after_three_tries_on_two_half_days_and_seven_days(attempts, now, exhausted):
    assert is_exhausted(attempts, HANDED_OVER, now, MOSCOW) is exhausted
