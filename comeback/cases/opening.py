"""Opening a request and opening a case: functions that several rooms need (a call, a walk-in, a negative answer)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.editions import current_edition
from comeback.cases.models import Case, Request
from comeback.method.refusal import bad_input
from comeback.registers.models import Customer, Site, Vehicle
from comeback.registers.numbering import next_number
from comeback.visits.models import Concern, RepairOrder


def open_request(
    *,
    site: Site,
    actor: Actor,
    now: datetime,
    vehicle: Vehicle | None,
    customer: Customer | None,
    searched: str = "",
    odometer_km: int | None = None,
    claims_comeback: bool | None = None,
    channel: str = "phone",
) -> Request:
    """A customer asks for an appointment. It owes 1.1 and 1.2 from now on."""
    return Request.objects.create(
        site=site,
        vehicle=vehicle,
        customer=customer,
        requested_at=now,
        channel=channel,
        searched=searched,
        odometer_km=odometer_km,
        claims_comeback=claims_comeback,
        made_by=actor.person,
    )


def open_case(
    request: Request,
    *,
    actor: Actor,
    now: datetime,
    original_order: RepairOrder | None,
    original_concern: Concern | None = None,
    original_note: str = "",
) -> Case:
    """Open the case of a confirmed comeback under the edition in force. Method 1.1, decision 1.

    The level is one more than that of the case whose order came back; the request's evidence is adopted.
    """
    if request.vehicle is None:
        raise bad_input("1.1", "vehicle", _("Name the car first: without it no comeback can be opened."))
    previous = Case.objects.filter(visit__orders=original_order).order_by("-pk").first() if original_order else None
    year = now.astimezone(request.site.zoneinfo).year
    return Case.objects.create(
        number=f"{request.site.code}-{year}-{next_number(request.site, 'case', year):04d}",
        site=request.site,
        request=request,
        vehicle=request.vehicle,
        customer=request.customer,
        edition=current_edition(now),
        original_order=original_order,
        original_concern=original_concern,
        original_note=original_note,
        previous=previous,
        level=previous.level + 1 if previous else 1,
        opened_at=now,
        opened_by=actor.person,
    )
