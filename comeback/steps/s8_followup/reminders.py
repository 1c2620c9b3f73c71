"""The worker reminds the managers of contacts that are due: 24 hours left, 6 hours left, over. Method 8.1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from comeback.cases.messages import tell
from comeback.cases.models import Due
from comeback.registers.models import Person, Site
from comeback.registers.staff import people_in
from comeback.steps.s8_followup.models import Reminder

LINE = "8.1"
STAGES = (("over", timedelta(0)), ("6", timedelta(hours=6)), ("24", timedelta(hours=24)))
MOST = 1000  # contacts looked at in one run; what is left comes with the next


def remind(now: datetime) -> int:
    """Write to the managers once for each stage that a contact has reached; gives how many reminders were made."""
    made = 0
    people: dict[int, list[Person]] = {}
    for due, stage in _reached(now):
        with transaction.atomic():
            _row, fresh = Reminder.objects.get_or_create(case=due.case, stage=stage, defaults={"at": now})
            if not fresh:
                continue
            if due.site_id not in people:
                people[due.site_id] = _managers(due.site, now)
            _write(due, stage, people[due.site_id], now)
        made += 1
    return made


def stage_of(due_at: datetime, now: datetime) -> str:
    """The stage that has been reached: over, 6, 24, or nothing yet."""
    return next((stage for stage, left in STAGES if due_at - now <= left), "")


def _reached(now: datetime) -> Iterator[tuple[Due, str]]:
    rows = (
        Due.objects.filter(kind="case", line=LINE, due_at__lte=now + STAGES[-1][1])
        .exclude(case__reminders__stage="over")
        .select_related("site", "case")
        .order_by("due_at", "pk")[:MOST]
    )
    found = {(row.case_id, stage_of(row.due_at, now)): row for row in rows if row.due_at}
    done = set(Reminder.objects.filter(case_id__in=[case for case, _ in found]).values_list("case_id", "stage"))
    for (case_id, stage), row in found.items():
        if (case_id, stage) not in done:
            yield row, stage


def _managers(site: Site, now: datetime) -> list[Person]:
    return people_in(site, now.astimezone(site.zoneinfo).date()).get("after_sales_manager", [])


def _write(due: Due, stage: str, managers: list[Person], now: datetime) -> None:
    due_at = due.due_at
    assert due_at is not None
    local = due_at.astimezone(due.site.zoneinfo)
    params = {"case": str(due.case), "stage": stage, "due": f"{local:%d.%m %H:%M}"}
    code = "contact_overdue" if stage == "over" else "contact_reminder"
    tell(managers, site=due.site, code=code, now=now, case=due.case, line=LINE, params=params)
