"""The call list of a site, and what the page of one call shows. A fixed number of queries for any number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from comeback.cases.models import Case, Due
from comeback.diary.calendars import calendar_of
from comeback.method.calendar import Calendar
from comeback.registers.models import Site
from comeback.steps.s8_followup.models import Attempt, Contact
from comeback.steps.s8_followup.timing import next_try, plan_call

MOST = 200
SECOND_CALL = timedelta(days=7)
WITH = ("customer__phones", "vehicle__plates")


@dataclass(frozen=True, kw_only=True)
class Call:
    """A row of the call list. due_at: deadline; next_at: when to call next; second: the customer had not tried yet."""

    case: Case
    due_at: datetime
    next_at: datetime | None
    attempts: Sequence[Attempt]
    plate: str
    phone: str
    second: bool = False


def calls_of(site: Site) -> list[Call]:
    """Open contacts of a site, the least time left first; at most 200. Five queries and two for the calendar."""
    rows = list(
        Due.objects.filter(site=site, kind="case", line="8.1")
        .select_related("case__vehicle", "case__customer", "case__visit")
        .prefetch_related(*(f"case__{name}" for name in WITH))
        .order_by("due_at", "pk")[:MOST]
    )
    calendar = calendar_of(site)
    owed = [(row.case, row.due_at) for row in rows if row.case and row.due_at]
    tried = _attempts([case.pk for case, _ in owed])
    return [_call(case, due_at, tried[case.pk], calendar) for case, due_at in owed]


def second_calls_of(site: Site) -> list[Call]:
    """Customers who had not tried the car yet, seven days after they said so; at most 200. Three queries."""
    later = Contact.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    rows = (
        Contact.objects.filter(~Exists(later), outcome="not_tried", case__site=site, case__ending=None)
        .select_related("case__vehicle", "case__customer")
        .prefetch_related(*(f"case__{name}" for name in WITH))
        .order_by("at", "pk")[:MOST]
    )
    return [_second_call(row.case, row.at + SECOND_CALL) for row in rows]


def attempts_of(case: Case) -> list[Attempt]:
    """All tries of one case, the first first."""
    return list(Attempt.objects.filter(case=case).select_related("by").order_by("at", "pk"))


def _attempts(cases: Iterable[int]) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = defaultdict(list)
    for row in Attempt.objects.filter(case_id__in=list(cases)).order_by("at", "pk"):
        found[row.case_id].append(row)
    return found


def _call(case: Case, due_at: datetime, attempts: Sequence[Attempt], calendar: Calendar) -> Call:
    handed_over_at = case.visit.handed_over_at if case.visit else None
    planned = plan_call(handed_over_at, due_at, calendar) if handed_over_at else None
    asked = attempts[-1].call_back_at if attempts else None
    moment = next_try(planned, [row.at for row in attempts], asked, calendar)
    plate, phone = _reach(case)
    return Call(case=case, due_at=due_at, next_at=moment, attempts=attempts, plate=plate, phone=phone)


def _second_call(case: Case, at: datetime) -> Call:
    plate, phone = _reach(case)
    return Call(case=case, due_at=at, next_at=at, attempts=(), plate=plate, phone=phone, second=True)


def _reach(case: Case) -> tuple[str, str]:
    """The plate by which the car is known and the first telephone of the customer."""
    plates = sorted(case.vehicle.plates.all(), key=lambda row: (row.since is not None, row.since, row.pk))
    phones = list(case.customer.phones.all()) if case.customer else []
    return plates[-1].number if plates else "", phones[0].number if phones else ""
