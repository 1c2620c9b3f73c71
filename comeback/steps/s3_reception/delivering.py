"""Lines 3.4 and 3.5: the customer agrees to the work, a delivery is offered, the manager's time for it is reserved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.models import Case, CaseAppointment
from comeback.diary.appointments import make_appointment, reserve
from comeback.diary.calendars import calendar_of
from comeback.diary.models import Absence, Resource
from comeback.method.calendar import Calendar, Span
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.models import Function, Person
from comeback.steps.s3_reception.actions import managers_of
from comeback.steps.s3_reception.models import DeliveryOffer, ManagerReservation, WorksAgreement
from comeback.visits.models import OrderLine, RepairOrder

AFTER_WORK = Span(2, "working hours")  # drive after the work, quality check, settlement
LENGTH = timedelta(minutes=30)


@line("3.4", act="agree")
def agree_works(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    how: Literal["signed", "spoken", "phone", "message"],
    works: list[str],
    agreed_by: str = "",
) -> WorksAgreement:
    """The customer agrees to the work, which goes onto the repair order. Again for every further work. Gate G4.

    works: one job each; agreed_by: who agreed, when it was not the customer himself.
    """
    wanted = [text.strip() for text in works if text.strip()]
    if not wanted:
        raise bad_input("3.4", "works", _("Name the work that the customer agreed to."))
    _add_jobs(case, wanted)
    return WorksAgreement.objects.create(
        case=case, how=how, works=wanted, agreed_by=agreed_by.strip(), at=now, by=actor.person, function=actor.function
    )


def _add_jobs(case: Case, works: list[str]) -> None:
    """Onto the order, if it is opened already; it can follow for somebody who came without an appointment."""
    order = RepairOrder.objects.filter(visit=case.visit_id, stamp__isnull=False).order_by("-pk").first()
    if order is None:
        return
    present = {line.description: line.number for line in order.lines.all()}
    fresh = [text for text in works if text not in present]
    OrderLine.objects.bulk_create(
        OrderLine(order=order, number=place, kind="labour", description=text[:500])
        for place, text in enumerate(fresh, start=max(present.values(), default=0) + 1)
    )


@line("3.4")
def offer_delivery(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    starts_at: datetime,
    work_ends_at: datetime,
    answer_by: datetime | None = None,
    mobility: Literal["", "none", "courtesy_car", "taxi", "lift", "refused"] = "",
    how: Literal["", "signed", "spoken", "phone", "message"] = "",
    works: list[str] | None = None,
) -> CaseAppointment:
    """Offer the customer a time for the delivery. Offered anew, it takes the place of the offer before. Method 3.4.

    starts_at: not before the planned end of the work and the time for drive, quality check and settlement;
    answer_by: the customer does not fix it yet, we call by then. how, works: he agrees to the work at the same time.
    """
    calendar = calendar_of(case.site)
    _refuse_too_early(calendar, starts_at, work_ends_at, now)
    if answer_by is not None and not now < answer_by <= starts_at:
        raise bad_input("3.4", "answer_by", _("The call has to come before the delivery."))
    if how:
        agree_works(case, actor=actor, now=now, how=how, works=works or [])
    before = latest_delivery(case)
    appointment = make_appointment(
        case.site,
        kind="delivery",
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        by=actor.person,
        now=now,
        vehicle=case.vehicle,
        customer=case.customer,
        replaces=before.appointment if before else None,
    )
    slot = CaseAppointment.objects.create(
        case=case, appointment=appointment, kind="delivery", at=now, by=actor.person, function=actor.function
    )
    DeliveryOffer.objects.create(slot=slot, work_ends_at=work_ends_at, mobility=mobility, answer_by=answer_by)
    return slot


def _refuse_too_early(calendar: Calendar, starts_at: datetime, work_ends_at: datetime, now: datetime) -> None:
    if work_ends_at <= now:
        raise bad_input("3.4", "work_ends_at", _("The planned end of the work is past."))
    earliest = earliest_delivery(calendar, work_ends_at)
    if starts_at < earliest:
        text = _("Too early: after the work there are drive, quality check and settlement. Earliest: %(moment)s.")
        raise bad_input("3.4", "starts_at", text % {"moment": f"{calendar.local(earliest):%d.%m, %H:%M}"})
    if not calendar.is_open(starts_at):
        raise bad_input("3.4", "starts_at", _("We are closed at that time."))


def earliest_delivery(calendar: Calendar, work_ends_at: datetime) -> datetime:
    """The first half-hour at which the car can be ready when the work ends as planned, in UTC."""
    ready = calendar.next_open(calendar.add(work_ends_at, AFTER_WORK))
    beyond = ready.timestamp() % LENGTH.total_seconds()
    rounded = ready + (LENGTH - timedelta(seconds=beyond) if beyond else timedelta())
    return calendar.next_open(rounded)


def latest_delivery(case: Case) -> CaseAppointment | None:
    """The delivery appointment that counts."""
    rows = CaseAppointment.objects.filter(case=case, kind="delivery", appointment__cancellation=None)
    return rows.select_related("appointment").order_by("-pk").first()


@line("3.5")
def reserve_manager(case: Case, *, actor: Actor, now: datetime, manager_id: int) -> ManagerReservation:
    """Reserve the manager's time, or his deputy's, in the delivery appointment. Method 3.5.

    Refused when he is taken or away at that time: choose another time (3.4) or somebody else.
    """
    slot = latest_delivery(case)
    if slot is None:
        raise refuse("3.5", _("Offer a delivery first."), by=(Function.RECEPTION_LEAD, Function.SERVICE_ADVISOR))
    manager = {person.pk: person for person in managers_of(case, slot.appointment.starts_at)}.get(manager_id)
    if manager is None:
        raise bad_input("3.5", "manager_id", _("Choose the after-sales manager or his deputy."))
    _refuse_twice(slot, manager)
    resource = Resource.objects.filter(site=case.site, person=manager).first()
    if resource is None:
        raise bad_input("3.5", "manager_id", _("He is not in the diary: let the administrator add him."))
    if is_away(manager, slot.appointment.starts_at, slot.appointment.ends_at):
        raise bad_input("3.5", "manager_id", _("He is away at that time."))
    try:
        reserve(slot.appointment, [resource])
    except Refused as taken:
        raise bad_input("3.5", "manager_id", taken.missing[0].text) from None
    return ManagerReservation.objects.create(
        case=case, slot=slot, manager=manager, at=now, by=actor.person, function=actor.function
    )


def _refuse_twice(slot: CaseAppointment, manager: Person) -> None:
    if ManagerReservation.objects.filter(slot=slot, manager=manager).exists():
        raise Refused("3.5", Missing("3.5", _("His time is reserved already.")), kind="changed")


def is_away(person: Person, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the person is absent in that time."""
    return Absence.objects.filter(person=person, since__lt=ends_at, until__gt=starts_at).exists()
