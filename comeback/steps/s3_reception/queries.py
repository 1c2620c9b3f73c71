"""How the reception reads: who is waited for, versions of the card, free times of the manager."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from comeback.cases.models import Case, FaultCard
from comeback.diary.appointments import quarters_of
from comeback.diary.calendars import calendar_of
from comeback.diary.models import Absence, Appointment, Reservation
from comeback.registers.models import Person

STEP = timedelta(minutes=30)


def versions_of(case: Case) -> Sequence[FaultCard]:
    """All versions of part 1 of the card, newest first, each with its signature."""
    rows = FaultCard.objects.filter(case=case, part=1).select_related("written_by", "signature")
    return list(rows.order_by("-version")[:20])


def reception_appointment(case: Case) -> Appointment | None:
    """When the customer was expected."""
    rows = case.appointments.filter(kind="reception", appointment__cancellation=None).select_related("appointment")
    latest = rows.order_by("-pk").first()
    return latest.appointment if latest else None


def free_starts(case: Case, manager: Person, after: datetime, *, length: timedelta, wanted: int = 4) -> list[datetime]:
    """The next half-hours of the same day at which the manager is free for this long, in opening hours. Method 3.5."""
    calendar = calendar_of(case.site)
    day_end = after + timedelta(hours=12)
    busy = set(
        Reservation.objects.filter(
            resource__person=manager, resource__site=case.site, quarter__in=quarters_of(after, day_end + length)
        ).values_list("quarter", flat=True)
    )
    away = list(
        Absence.objects.filter(person=manager, since__lt=day_end, until__gt=after).values_list("since", "until")
    )
    found: list[datetime] = []
    start = after
    while start < day_end and len(found) < wanted and calendar.local(start).date() == calendar.local(after).date():
        end = start + length
        free = not busy.intersection(quarters_of(start, end)) and not any(s < end and u > start for s, u in away)
        if free and calendar.is_open(start) and calendar.is_open(end - STEP):
            found.append(start)
        start += STEP
    return found
