"""When to call, and when enough was tried. Pure: calendars and moments are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from comeback.method.calendar import Calendar

FIRST_TRY = timedelta(hours=24)  # after hand-over: the customer has driven, and there is time for two more tries
BEFORE_CLOSING = timedelta(minutes=30)
BETWEEN_TRIES = timedelta(hours=4)
TRIES, HALF_DAYS, TRIES_GO_ON = 3, 2, timedelta(days=7)


def plan_call(handed_over_at: datetime, due_at: datetime, calendar: Calendar) -> datetime | None:
    """When to call first: inside opening hours between hand-over and deadline, a day after hand-over if that is open.

    None when the site is closed from the hand-over to the deadline.
    """
    try:
        first = calendar.next_open(handed_over_at + FIRST_TRY)
    except ValueError:
        return None
    return first if first < due_at else _last_open(handed_over_at, due_at, calendar)


def next_try(
    planned: datetime | None, attempts: Sequence[datetime], call_back_at: datetime | None, calendar: Calendar
) -> datetime | None:
    """When to call next. call_back_at: when the customer asked to be called, if that was the last answer."""
    if call_back_at:
        return call_back_at
    if not attempts:
        return planned
    return calendar.next_open(max(attempts) + BETWEEN_TRIES)


def is_exhausted(attempts: Sequence[datetime], handed_over_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the protocol for a customer who cannot be reached is over: three tries on two half-days, seven days."""
    half_days = {(local.date(), local.hour < 12) for local in (at.astimezone(zone) for at in attempts)}
    return len(attempts) >= TRIES and len(half_days) >= HALF_DAYS and now >= handed_over_at + TRIES_GO_ON


def _last_open(since: datetime, until: datetime, calendar: Calendar) -> datetime | None:
    """Half an hour before the last closing that lies between two moments, or as near to it as they allow."""
    day = calendar.local(until).date()
    while day >= calendar.local(since).date():
        for opens, closes in reversed(calendar.hours(day)):
            begin, end = calendar.at(day, opens), calendar.at(day, closes)
            moment = max(min(end - BEFORE_CLOSING, until), begin, since)
            if moment < end and moment <= until:
                return moment
        day -= timedelta(days=1)
    return None
