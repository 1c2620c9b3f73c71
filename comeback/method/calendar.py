"""Working calendar of a site: opening hours, holidays, spans of elapsed and of working time.

Moments are aware datetimes, in and out in UTC; days and months are the site's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Hours = tuple[tuple[time, time], ...]
Unit = Literal["hours", "working hours", "working days", "days"]
LONGEST_SEARCH = 3660  # days; a calendar with no opening hours must end in an error, not in a loop


@dataclass(frozen=True)
class Span:
    """A length of time as the sheet writes it: `48 hours`, `2 working hours`, `5 working days`, `7 days`."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Span:
        """Raises ValueError when the text is not a span."""
        found = re.fullmatch(r"(\d+) (working )?(hour|day)s?", text.strip())
        if not found:
            raise ValueError(f"not a span of time: {text!r} (write '48 hours', '2 working hours', '5 working days')")
        unit = f"{found[2] or ''}{found[3]}s"
        return cls(int(found[1]), unit)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Calendar:
    """weekly: opening intervals by weekday (Monday 0), site time; special: dates that differ, () for closed."""

    zone: ZoneInfo
    weekly: Mapping[int, Hours]
    special: Mapping[date, Hours] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        """Opening intervals of one day, site time; empty when closed."""
        return self.special.get(day, self.weekly.get(day.weekday(), ()))

    def local(self, moment: datetime) -> datetime:
        """The moment in site time."""
        return moment.astimezone(self.zone)

    def at(self, day: date, hour: time) -> datetime:
        """Site day and clock time as a moment in UTC (the earlier one where the clock is turned back)."""
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def is_open(self, moment: datetime) -> bool:
        """Whether the site works at that moment."""
        return any(start <= moment < end for start, end in self._intervals(self.local(moment).date()))

    def month(self, moment: datetime) -> date:
        """First day of the site's month in which the moment lies."""
        return self.local(moment).date().replace(day=1)

    def month_bounds(self, first: date) -> tuple[datetime, datetime]:
        """Start and end (exclusive) of the site's month, in UTC."""
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return self.at(first, time()), self.at(following, time())

    def add(self, start: datetime, span: Span) -> datetime:
        """The moment a span after start, in UTC. Working days end at that day's closing time."""
        match span.unit:
            case "hours":
                return start.astimezone(UTC) + timedelta(hours=span.amount)
            case "days":
                day = self.local(start).date() + timedelta(days=span.amount)
                return self.at(day, self.local(start).time())
            case "working days":
                return self._closing(start, span.amount)
            case "working hours":
                return self._add_working(start, timedelta(hours=span.amount))

    def subtract(self, end: datetime, span: Span) -> datetime:
        """The moment a span of elapsed hours or days before end (working spans are never counted backwards)."""
        if span.unit not in ("hours", "days"):
            raise ValueError(f"cannot count {span.unit} backwards")
        hours = span.amount * (24 if span.unit == "days" else 1)
        return end.astimezone(UTC) - timedelta(hours=hours)

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when the site works then, else the next opening."""
        for start, end in self._from(moment):
            if moment < end:
                return max(start, moment.astimezone(UTC))
        raise ValueError("the calendar has no opening hours")

    def _closing(self, start: datetime, days: int) -> datetime:
        """Closing time of the n-th working day after the day of start (n = 0: the first day still open)."""
        day = self.local(start).date()
        left = days
        for _ in range(LONGEST_SEARCH):
            intervals = self._intervals(day)
            if intervals and day > self.local(start).date():
                left -= 1
            if intervals and left <= 0 and intervals[-1][1] > start:
                return intervals[-1][1]
            day += timedelta(days=1)
        raise ValueError("the calendar has no opening hours")

    def _add_working(self, start: datetime, left: timedelta) -> datetime:
        for opening, closing in self._from(start):
            begin = max(opening, start.astimezone(UTC))
            if begin >= closing:
                continue
            if begin + left <= closing:
                return begin + left
            left -= closing - begin
        raise ValueError("the calendar has no opening hours")

    def _from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = self.local(moment).date()
        for _ in range(LONGEST_SEARCH):
            yield from self._intervals(day)
            day += timedelta(days=1)

    def _intervals(self, day: date) -> list[tuple[datetime, datetime]]:
        return [(self.at(day, start), self.at(day, end)) for start, end in self.hours(day)]
