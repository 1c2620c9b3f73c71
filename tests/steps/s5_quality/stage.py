"""A car whose work is finished and driven, and the check that it passes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from comeback.cases.models import Case, CaseAppointment
from comeback.diary.appointments import make_appointment
from comeback.diary.models import Appointment
from comeback.registers.models import Person
from comeback.steps.s5_quality.checklist import current_edition
from comeback.steps.s5_quality.queries import checklist_of
from tests.cast import Cast, moscow
from tests.steps.s4_repair.stage import do

CHECKED = moscow(2, 15)
DELIVERY = moscow(3, 10)


def sheet(case: Case, **more: Any) -> dict[str, Any]:
    """Arguments of a check in which everything that is a must is in order."""
    items = [item for item in checklist_of(case).items.values() if item.must]
    return {
        "edition": current_edition(),
        "results": {item.id: "ok" for item in items},
        "values": {item.id: "ключ 7, 90 Н·м" for item in items if item.value},
        "verdict": "pass",
    } | more


def passed(case: Case, cast: Cast, at: datetime = CHECKED) -> Case:
    """Laptev checks the car and passes it."""
    do(case, cast, "5.1", "laptev", at, **sheet(case))
    return case


def failed(case: Case, cast: Cast, at: datetime = CHECKED, reason: str = "Момент не записан") -> Case:
    """Laptev sends the car back."""
    do(case, cast, "5.1", "laptev", at, **sheet(case, verdict="fail", return_reason=reason))
    return case


def delivery_offered(case: Case, by: Person, starts_at: datetime = DELIVERY) -> Appointment:
    """The reception and the customer agreed on a delivery time."""
    appointment = make_appointment(
        case.site, kind="delivery", starts_at=starts_at, ends_at=moscow(3, 18), by=by, now=moscow(2, 10)
    )
    CaseAppointment.objects.create(case=case, appointment=appointment, kind="delivery", at=moscow(2, 10), by=by)
    return appointment
