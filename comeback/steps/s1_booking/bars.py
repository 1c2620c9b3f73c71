"""The drawing of common free time: for each day offered, who is taken when, and a frame around each time offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from comeback.diary.models import Resource
from comeback.diary.occupancy import Occupancy
from comeback.diary.slots import Free

LEFT, WIDTH, LINE, GAP, TOP = 96, 316, 15, 22, 16
DAYS = 2


@dataclass(frozen=True)
class Box:
    """A rectangle: x and width in the units of the drawing."""

    x: float
    width: float
    best: bool = False


@dataclass(frozen=True)
class Row:
    """One person of one day, and when he is taken."""

    name: str
    y: int
    taken: list[Box]


@dataclass(frozen=True)
class Day:
    """One day: its title, the people, the times offered. y: of the title."""

    moment: datetime
    y: int
    rows: list[Row]
    frames: list[Box]
    opens: float
    width: float

    @property
    def frame_y(self) -> int:
        return self.rows[0].y - 2

    @property
    def frame_height(self) -> int:
        return LINE * len(self.rows) + 3


@dataclass(frozen=True)
class Drawing:
    """The whole drawing; hours: (x, hour) of the scale."""

    hours: list[tuple[float, int]]
    days: list[Day]
    height: int


def draw(occupancy: Occupancy, people: Sequence[Resource], times: Sequence[Free], best: Free | None) -> Drawing | None:
    """Of the first days on which something is offered; None when there is nothing to draw."""
    zone = occupancy.calendar.zone
    dates = list(dict.fromkeys(it.starts_at.astimezone(zone).date() for it in times))[:DAYS]
    if not dates or not people:
        return None
    first, last = _span(occupancy, dates)
    scale = _Scale(first, last)
    days = list(_days(occupancy, people, times, best, dates, scale))
    hours = [(scale.x(time(hour)), hour) for hour in range(first, last + 1) if hour < 24]
    return Drawing(hours, days, days[-1].frame_y + days[-1].frame_height + 4)


def _days(
    occupancy: Occupancy,
    people: Sequence[Resource],
    times: Sequence[Free],
    best: Free | None,
    dates: Sequence[date],
    scale: _Scale,
) -> Iterator[Day]:
    y, zone = TOP + 12, occupancy.calendar.zone
    for day in dates:
        rows = [
            Row(
                person.name,
                y + 6 + LINE * place,
                [scale.box(start, end, zone) for start, end in _taken(occupancy, person, day)],
            )
            for place, person in enumerate(people)
        ]
        offered = [it for it in times if it.starts_at.astimezone(zone).date() == day]
        frames = [scale.box(it.starts_at, it.ends_at, zone, best=it == best) for it in offered]
        opening = occupancy.calendar.hours(day)
        opens, closes = scale.x(opening[0][0]), scale.x(opening[-1][1])
        yield Day(occupancy.calendar.at(day, time(12)), y, rows, frames, opens, closes - opens)
        y += LINE * len(rows) + GAP + 4


def _taken(occupancy: Occupancy, person: Resource, day: date) -> list[tuple[datetime, datetime]]:
    hours = occupancy.calendar.hours(day)
    opens, closes = occupancy.calendar.at(day, hours[0][0]), occupancy.calendar.at(day, hours[-1][1])
    rows = ((max(start, opens), min(end, closes)) for start, end in occupancy.taken(person, day))
    return [(start, end) for start, end in rows if start < end]


def _span(occupancy: Occupancy, dates: Sequence[date]) -> tuple[int, int]:
    hours = [interval for day in dates for interval in occupancy.calendar.hours(day)]
    opens, closes = min(it[0] for it in hours), max(it[1] for it in hours)
    return opens.hour, closes.hour + bool(closes.minute)


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int

    def x(self, hour: time) -> float:
        passed = timedelta(hours=hour.hour - self.first, minutes=hour.minute)
        return round(LEFT + WIDTH * (passed / timedelta(hours=self.last - self.first)), 1)

    def box(self, start: datetime, end: datetime, zone: object, *, best: bool = False) -> Box:
        x, right = self.x(start.astimezone(zone).time()), self.x(end.astimezone(zone).time())  # type: ignore[arg-type]
        return Box(x, max(round(right - x, 1), 1), best)
