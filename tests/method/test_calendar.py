"""The working calendar: hours over nights and weekends, holidays, the turning of the clock, months of a site."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comeback.method.calendar import Calendar, Span

PARIS, MOSCOW = ZoneInfo("Europe/Paris"), ZoneInfo("Europe/Moscow")
DAY = ((time(9), time(18)),)
SPLIT = ((time(8, 30), time(12)), (time(13), time(17, 30)))
OFFICE = Calendar(MOSCOW, dict.fromkeys(range(5), DAY), {date(2026, 11, 4): ()})  # 4 November: Unity Day
GARAGE = Calendar(PARIS, dict.fromkeys(range(5), SPLIT) | {5: ((time(9), time(12)),)})
ROUND_THE_CLOCK = Calendar(PARIS, {day: ((time(0), time(23, 59)),) for day in range(7)})
NEVER = Calendar(PARIS, {})


def moscow(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


def paris(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


# --- spans


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("48 hours", Span(48, "hours")),
        ("1 hour", Span(1, "hours")),
        ("2 working hours", Span(2, "working hours")),
        ("1 working day", Span(1, "working days")),
        (" 7 days ", Span(7, "days")),
        ("0 hours", Span(0, "hours")),
    ],
)
def test_a_span_is_read_as_the_sheet_writes_it(words, span):
    assert Span.parse(words) == span


@pytest.mark.parametrize("words", ["", "two hours", "2", "2 weeks", "-1 hours", "2.5 hours", "2 workinghours"])
def test_what_is_no_span_is_refused_with_examples(words):
    with pytest.raises(ValueError, match=r"not a span of time: .*write '48 hours'"):
        Span.parse(words)


# --- working hours


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (moscow(24, 10), 2, moscow(24, 12)),
        (moscow(24, 16), 2, moscow(24, 18)),  # exactly at closing
        (moscow(24, 17), 2, moscow(25, 10)),  # over a night
        (moscow(27, 17), 2, moscow(30, 10)),  # over a weekend
        (moscow(24, 7), 2, moscow(24, 11)),  # before opening
        (moscow(24, 18), 1, moscow(25, 10)),  # at closing nothing is left of the day
        (moscow(28, 12), 1, moscow(30, 10)),  # on a Saturday
        (moscow(3, 17), 2, moscow(5, 10)),  # over a holiday
        (moscow(24, 10), 20, moscow(26, 12)),
        (moscow(24, 10), 0, moscow(24, 10)),
    ],
)
def test_working_hours_pass_only_while_the_site_works(start, hours, end):
    assert OFFICE.add(start, Span(hours, "working hours")) == end


def test_working_hours_stop_at_lunch():
    assert GARAGE.add(paris(24, 11), Span(2, "working hours")) == paris(24, 14)


def test_a_half_saturday_counts_as_far_as_it_goes():
    assert GARAGE.add(paris(28, 11), Span(2, "working hours")) == paris(30, 9, 30)


def test_a_special_day_can_be_open_on_a_sunday():
    open_sunday = Calendar(PARIS, {}, {date(2026, 11, 29): DAY})
    assert open_sunday.add(paris(24, 11), Span(2, "working hours")) == paris(29, 11)


# --- working days, days, hours


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (moscow(24, 10), 1, moscow(25, 18)),
        (moscow(27, 10), 1, moscow(30, 18)),  # Friday to Monday
        (moscow(28, 10), 1, moscow(30, 18)),  # Saturday: Monday is the first working day after it
        (moscow(3, 10), 1, moscow(5, 18)),  # over a holiday
        (moscow(24, 10), 5, moscow(1, 18, month=12)),
        (moscow(24, 10), 0, moscow(24, 18)),  # by the end of the day
        (moscow(24, 19), 0, moscow(25, 18)),  # the day is over already
    ],
)
def test_working_days_end_at_closing_time(start, days, end):
    assert OFFICE.add(start, Span(days, "working days")) == end


def test_48_hours_run_through_nights_weekends_and_holidays():
    assert OFFICE.add(moscow(27, 18, 30), Span(48, "hours")) == moscow(29, 18, 30)


def test_hours_are_counted_backwards_too():
    assert OFFICE.subtract(moscow(24, 10), Span(2, "hours")) == moscow(24, 8)
    assert OFFICE.subtract(moscow(24, 10), Span(1, "days")) == moscow(23, 10)


def test_working_time_is_never_counted_backwards():
    with pytest.raises(ValueError, match="cannot count working hours backwards"):
        OFFICE.subtract(moscow(24, 10), Span(2, "working hours"))


# --- the clock is turned


def test_48_hours_stay_48_hours_when_the_clock_is_turned_back():
    end = GARAGE.add(paris(24, 12, month=10), Span(48, "hours"))
    assert end == paris(26, 11, month=10)
    assert end - paris(24, 12, month=10).astimezone(UTC) == timedelta(hours=48)


def test_days_keep_the_hour_of_the_clock_when_it_is_turned():
    assert GARAGE.add(paris(24, 12, month=10), Span(2, "days")) == paris(26, 12, month=10)
    assert GARAGE.add(paris(28, 12, month=3), Span(1, "days")) == paris(29, 12, month=3)


def test_a_working_night_is_an_hour_longer_when_the_clock_is_turned_back():
    opening, closing = datetime(2026, 10, 25, 0, 0, tzinfo=PARIS), datetime(2026, 10, 25, 23, 59, tzinfo=PARIS)
    worked = closing.astimezone(UTC) - opening.astimezone(UTC)
    assert worked == timedelta(hours=24, minutes=59)
    assert ROUND_THE_CLOCK.add(opening, Span(24, "working hours")) == paris(25, 23, month=10)


def test_an_hour_that_the_clock_skips_is_the_moment_after_the_change():
    assert GARAGE.at(date(2026, 3, 29), time(2, 30)) == paris(29, 3, 30, month=3)


def test_an_hour_that_comes_twice_is_the_earlier_one():
    assert GARAGE.at(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_moscow_does_not_turn_its_clock():
    noon = moscow(24, 12, month=10)
    assert OFFICE.add(noon, Span(2, "days")) == OFFICE.add(noon, Span(48, "hours"))


# --- open, next opening


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (paris(24, 8, 29), False),
        (paris(24, 8, 30), True),
        (paris(24, 12), False),
        (paris(24, 13), True),
        (paris(24, 17, 30), False),
        (paris(29, 10), False),
    ],
)
def test_the_site_works_from_opening_to_just_before_closing(moment, works):
    assert GARAGE.is_open(moment) is works


def test_the_next_opening_is_now_while_the_site_works():
    assert GARAGE.next_open(paris(24, 9)) == paris(24, 9)
    assert GARAGE.next_open(paris(24, 12, 15)) == paris(24, 13)
    assert GARAGE.next_open(paris(28, 15)) == paris(30, 8, 30)


@pytest.mark.parametrize("span", [Span(1, "working hours"), Span(1, "working days")])
def test_a_site_without_opening_hours_ends_in_an_error_and_not_in_a_loop(span):
    with pytest.raises(ValueError, match="no opening hours"):
        NEVER.add(paris(24, 9), span)
    with pytest.raises(ValueError, match="no opening hours"):
        NEVER.next_open(paris(24, 9))


# --- months


def test_the_month_is_that_of_the_site_and_not_of_utc():
    last_evening_in_utc = datetime(2026, 10, 31, 21, 30, tzinfo=UTC)
    assert OFFICE.month(last_evening_in_utc) == date(2026, 11, 1)
    assert GARAGE.month(last_evening_in_utc) == date(2026, 10, 1)


def test_a_month_begins_and_ends_at_midnight_of_the_site():
    assert OFFICE.month_bounds(date(2026, 12, 1)) == (
        moscow(1, 0, month=12),
        datetime(2027, 1, 1, tzinfo=MOSCOW),
    )


def test_the_month_in_which_the_clock_is_turned_back_is_an_hour_longer():
    start, end = GARAGE.month_bounds(date(2026, 10, 1))
    assert end - start == timedelta(days=31, hours=1)


# --- whatever the moment

CALENDARS = st.sampled_from([OFFICE, GARAGE, ROUND_THE_CLOCK])
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 3600).map(lambda seconds: BEGINNING + timedelta(seconds=seconds))
HOURS = st.integers(0, 60)


@given(calendar=CALENDARS, start=MOMENTS, hours=HOURS)
def test_working_time_never_ends_before_it_begins_and_never_outside_working_hours(calendar, start, hours):
    end = calendar.add(start, Span(hours, "working hours"))
    assert end >= start + timedelta(hours=hours)
    assert calendar.is_open(end) or calendar.is_open(end - timedelta(seconds=1))


@given(calendar=CALENDARS, start=MOMENTS, one=HOURS, two=HOURS)
def test_working_hours_add_up(calendar, start, one, two):
    halfway = calendar.add(start, Span(one, "working hours"))
    at_once = calendar.add(start, Span(one + two, "working hours"))
    stepwise = calendar.add(halfway, Span(two, "working hours"))
    assert stepwise == at_once or (two == 0 and stepwise == calendar.next_open(halfway))


@given(calendar=CALENDARS, start=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=9)), days=st.integers(0, 9))
def test_who_begins_later_is_never_due_earlier(calendar, start, later, days):
    for span in (Span(days, "working days"), Span(days, "working hours"), Span(days, "hours")):
        assert calendar.add(start + later, span) >= calendar.add(start, span)


@given(calendar=CALENDARS, moment=MOMENTS)
def test_every_moment_lies_in_exactly_one_month(calendar, moment):
    start, end = calendar.month_bounds(calendar.month(moment))
    assert start <= moment < end
    assert calendar.month(end) > calendar.month(start)


@given(calendar=CALENDARS, moment=MOMENTS)
def test_the_site_works_at_its_next_opening(calendar, moment):
    assert calendar.is_open(calendar.next_open(moment))
    assert calendar.next_open(moment) >= moment
