"""The screens of step 5 and what stands beside their forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from comeback.cases.acting import Actor, functions_at
from comeback.cases.models import Case, Punch
from comeback.cases.rounds import round_of
from comeback.desk.acting import sees_customers
from comeback.desk.screens import screen
from comeback.steps.s5_quality import forms
from comeback.steps.s5_quality.causes import taxonomy
from comeback.steps.s5_quality.models import Inspection, RegisterEntry
from comeback.steps.s5_quality.queries import (
    cause_came_before,
    delivery_of,
    measures_of,
    register_entry_of,
    worked_here,
)
from comeback.visits.models import Concern


def _checking(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    drive = case.road_tests.filter(kind="after_work").select_related("driver").order_by("-pk").first()
    return {
        "concerns": _concerns(case),
        "drive": drive,
        "drove": bool(drive and drive.driver_id == actor.person.pk),
        "worked": worked_here(actor.person, case),
        "attempts": Inspection.objects.filter(case=case).select_related("by").order_by("-attempt"),
        "mechanics": {it.mechanic for it in Punch.objects.filter(case=case).select_related("mechanic")},
    }


def _confirming(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    personal = sees_customers(functions_at(actor, case.site, now, case))
    customer = case.customer if personal else None
    return {
        "delivery": delivery_of(case),
        "customer": customer,
        "phones": customer.phones.order_by("pk") if customer else [],
        "earlier": case.delivery_confirmations.select_related("by", "appointment").order_by("-pk"),
    }


def _registering(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    causes, entry = taxonomy().causes, register_entry_of(case)
    versions = RegisterEntry.objects.filter(case=case).select_related("by").order_by("-version")
    return {
        "concerns": _concerns(case),
        "entry": entry,
        "cause": causes.get(entry.cause) if entry else None,
        "versions": [(row, causes.get(row.cause)) for row in versions],
        "came_before": cause_came_before(case, now),
        "measures": measures_of(case),
        "round_number": round_of(case),
    }


def _concerns(case: Case) -> Any:
    rows = Concern.objects.filter(order__visit=case.visit_id) if case.visit_id else Concern.objects.none()
    return rows.select_related("order", "answered_by").order_by("order_id", "number")


ROOM = "s5_quality/"
screen("5.1", forms.InspectionForm, template=f"{ROOM}check.html", context=_checking)
screen("5.2", forms.DeliveryForm, template=f"{ROOM}confirm.html", context=_confirming)
screen("5.3", forms.RegisterForm, template=f"{ROOM}register.html", context=_registering)
screen("5.4", forms.MeasureForm, template=f"{ROOM}measure.html", context=_registering)
