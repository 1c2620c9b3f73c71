"""The working calendar of a site, from its rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time

from comeback.method.calendar import Calendar, Hours
from comeback.registers.models import Site


def calendar_of(site: Site) -> Calendar:
    """Opening hours and special days of a site; Monday to Friday, 9 to 18, until hours are set. Two queries."""
    weekly: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for row in site.opening_hours.order_by("weekday", "opens"):
        weekly[row.weekday].append((row.opens, row.closes))
    special: dict[date, Hours] = {
        row.date: ((row.opens, row.closes),) if row.opens and row.closes else () for row in site.special_days.all()
    }
    if not weekly:  # set-up asks for hours; until they are there deadlines must not break the pages
        weekly.update({day: [(time(9), time(18))] for day in range(5)})
    return Calendar(site.zoneinfo, {day: tuple(hours) for day, hours in weekly.items()}, special)
