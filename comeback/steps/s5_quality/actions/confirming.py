"""The customer hears when his car will be ready."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.models import Case, CaseAppointment
from comeback.cases.rounds import round_of
from comeback.diary.appointments import make_appointment
from comeback.diary.models import Appointment, Resource
from comeback.method.refusal import bad_input, refuse
from comeback.registers.models import Person
from comeback.steps.s5_quality.models import DeliveryConfirmation, Inspection
from comeback.steps.s5_quality.queries import delivery_of, people_here

USUAL_LENGTH = timedelta(minutes=30)


@line("5.2")
def confirm_delivery(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    channel: Literal["phone", "message", "email", "in_person"],
    answer: Literal["agreed", "message_left", "moved"],
    starts_at: datetime | None = None,
    delegated_by_id: int | None = None,
) -> DeliveryConfirmation:
    """Method 5.2: the foreman confirms the delivery appointment to the customer; "as agreed, message left" counts.

    starts_at: the other time agreed on, with "moved"; the people reserved before are reserved again. delegated_by_id:
    the foreman who passed it on, where an advisor or the reception confirms. Refused before the quality check (G7).
    """
    delegated_by = _passed_on_by(case, actor, now, delegated_by_id)
    standing = delivery_of(case)
    if answer == "moved":
        appointment = _move(case, standing.appointment if standing else None, starts_at, actor, now)
    else:
        appointment = _as_agreed(standing, now)
    _ready(case, now)
    return DeliveryConfirmation.objects.create(
        case=case,
        round=round_of(case),
        appointment=appointment,
        channel=channel,
        answer=answer,
        delegated_by=delegated_by,
        at=now,
        by=actor.person,
        function=actor.function,
    )


def _passed_on_by(case: Case, actor: Actor, now: datetime, id_: int | None) -> Person | None:
    if actor.function == "foreman":
        return None
    foreman = next((it for it in people_here(case, now, "foreman") if it.pk == id_), None)
    if foreman is None:
        raise bad_input("5.2", "delegated_by_id", _("Say which foreman passed it on to you."))
    return foreman


def _as_agreed(standing: CaseAppointment | None, now: datetime) -> Appointment:
    if standing is None:
        raise bad_input("5.2", "answer", _("No delivery time is agreed: agree on one with the customer."))
    if standing.appointment.starts_at <= now:
        raise bad_input("5.2", "answer", _("The agreed time has passed: agree on another one."))
    return standing.appointment


def _move(
    case: Case, before: Appointment | None, starts_at: datetime | None, actor: Actor, now: datetime
) -> Appointment:
    if starts_at is None or starts_at <= now:
        raise bad_input("5.2", "starts_at", _("Which time was agreed on? It lies in the future."))
    length = before.ends_at - before.starts_at if before else USUAL_LENGTH
    reserved = list(Resource.objects.filter(reservations__appointment=before).distinct()) if before else []
    appointment = make_appointment(
        case.site,
        kind="delivery",
        starts_at=starts_at,
        ends_at=starts_at + length,
        by=actor.person,
        now=now,
        vehicle=case.vehicle,
        customer=case.customer,
        resources=reserved,
        replaces=before,
    )
    CaseAppointment.objects.create(
        case=case, appointment=appointment, kind="delivery", at=now, by=actor.person, function=actor.function
    )
    return appointment


def _ready(case: Case, now: datetime) -> None:
    """From here on the car waits for the customer (K3b)."""
    if case.visit is None:
        raise refuse("5.2", _("The car has not been received."), by=("service_advisor",), need="3.1")
    passed = Inspection.objects.filter(case=case, verdict="pass").order_by("-pk").first()
    case.visit.ready_at = passed.at if passed else now
    case.visit.ready_notified_at = now
    case.visit.save(update_fields=["ready_at", "ready_notified_at"])
