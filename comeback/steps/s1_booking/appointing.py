"""Appointments of step 1: the reception of a case, its expert and its drive; a time for any other request."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act, line
from comeback.cases.models import Case, CaseAppointment, Request
from comeback.diary.appointments import make_appointment, reserve
from comeback.diary.models import Appointment, AppointmentKind
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.models import Function, Person
from comeback.registers.staff import people_in
from comeback.steps.s1_booking import taking
from comeback.steps.s1_booking.models import Answer, DrivePlan, ExpertReservation, Reason

BOOKERS = (Function.RECEPTION_LEAD, Function.SERVICE_ADVISOR)
LONGEST_DRIVE = 180


@act("book")
def book_reception(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    starts_at: datetime,
    resources: list[int],
    minutes: int | None = None,
    late_reason: str = "",
) -> CaseAppointment:
    """Book the reception: people and bay are reserved together. Method 1.3, 1.5; gate G2.

    resources: ids of the diary's people, bays and cars. minutes: 45, and the drive where one is planned, unless given.
    late_reason: why even the first free time lies beyond two working days. Refused while one of them is taken or away.
    """
    if taking.reception_of(case):
        raise Refused("book", Missing("book", _("A reception is booked already: move it.")), kind="changed")
    length = minutes or taking.reception_minutes(case)
    needs = taking.needs_for(case.site, now, comeback=True, expert=taking.expert_wanted(case, now))
    times = taking.first_times(case.site, needs, length, now)
    appointment = _appoint(case, starts_at, resources, length, actor, now)
    taking.keep_offer(
        case.request, appointment, needs=needs, actor=actor, now=now, late_reason=late_reason, times=times
    )
    return taking.link_reception(case, appointment, actor=actor, now=now)


@act("rebook")
def rebook_reception(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    starts_at: datetime,
    resources: list[int] | None = None,
    minutes: int | None = None,
    reason: str = "",
) -> CaseAppointment:
    """Move the reception; the same people and bay unless others are named. The manager is owed a new notice (2.1)."""
    old = taking.reception_of(case)
    if old is None:
        raise refuse("rebook", _("No reception is booked: book it first."), by=BOOKERS, need="reception_booked")
    _check_not_received(case)
    ids = [it.pk for it in taking.reserved_in(old)] if resources is None else resources
    length = minutes or taking.reception_minutes(case)
    appointment = _appoint(case, starts_at, ids, length, actor, now, replaces=old, note=reason)
    return taking.link_reception(case, appointment, actor=actor, now=now)


@line("1.3")
def reserve_expert(case: Case, *, actor: Actor, now: datetime, expert_id: int) -> ExpertReservation:
    """Reserve the technical expert for the reception. Method 1.3. Refused while he is taken or away."""
    appointment = taking.reception_of(case)
    if appointment is None:
        raise refuse("1.3", _("Book the reception first: the expert is reserved for it."), by=BOOKERS, need="book")
    expert = _expert(case, expert_id, appointment)
    if expert not in taking.experts_in(appointment, case.site):
        resource = expert.resources.filter(site=case.site).first()
        if resource is None:
            raise bad_input("1.3", "expert_id", _("The expert is not in the diary: let the administrator enter him."))
        reserve(appointment, [resource])
    return taking.keep_expert(case, appointment, expert, actor=actor, now=now)


@line("1.4")
def plan_joint_drive(
    case: Case, *, actor: Actor, now: datetime, minutes: int = taking.DRIVE_MINUTES, note: str = ""
) -> DrivePlan:
    """Plan the expert's drive with the customer: the reception gets longer by it. Method 1.4.

    note: the route, who comes along. Refused for a car that is not to be driven: there the static check replaces it.
    """
    if not 0 < minutes <= LONGEST_DRIVE:
        raise bad_input("1.4", "minutes", _("Plan between 1 and 180 minutes."))
    if not taking.can_be_driven(case.request):
        raise refuse(
            "1.4", _("The car is not to be driven: decide that no drive is needed, a static check replaces it.")
        )
    plan = DrivePlan.objects.create(
        case=case, minutes=minutes, note=note.strip(), at=now, by=actor.person, function=actor.function
    )
    appointment = taking.reception_of(case)
    length = taking.reception_minutes(case)
    if appointment and appointment.ends_at - appointment.starts_at < timedelta(minutes=length):
        _check_not_received(case)
        ids = [it.pk for it in taking.reserved_in(appointment)]
        longer = _appoint(case, appointment.starts_at, ids, length, actor, now, replaces=appointment)
        taking.link_reception(case, longer, actor=actor, now=now)
    return plan


@line("1.1", act="appoint")
def appoint_request(
    request: Request,
    *,
    actor: Actor,
    now: datetime,
    starts_at: datetime,
    resources: list[int],
    minutes: int = taking.ORDINARY_MINUTES,
    late_reason: str = "",
    note: str = "",
) -> Appointment:
    """Give a request a time that is no comeback, or of which nobody knows yet: the slot is saved, the case may follow.

    Undecided it has the priority of a comeback (method 1.5): `late_reason` where the first time is beyond the norm.
    """
    if Case.objects.filter(request=request).exists():
        raise Refused("1.1", Missing("book", _("This request has become a case: book its reception.")), kind="changed")
    if request.offers.filter(appointment__replaced_by=None, appointment__cancellation=None).exists():
        raise Refused("1.1", Missing("book", _("This request has an appointment already.")), kind="changed")
    answer = Answer.objects.filter(request=request).order_by("-pk").first()
    ordinary = bool(answer and answer.reply == "no")
    needs = [] if ordinary else taking.needs_for(request.site, now, comeback=True, expert=False)
    times = [] if ordinary else taking.first_times(request.site, needs, minutes, now)
    planned = bool(answer and answer.reason == Reason.PLANNED)
    appointment = _appoint(request, starts_at, resources, minutes, actor, now, note=note, planned_return=planned)
    taking.keep_offer(request, appointment, needs=needs, actor=actor, now=now, late_reason=late_reason, times=times)
    return appointment


def _appoint(
    subject: Case | Request,
    starts_at: datetime,
    resources: list[int],
    minutes: int,
    actor: Actor,
    now: datetime,
    *,
    replaces: Appointment | None = None,
    note: str = "",
    planned_return: bool = False,
) -> Appointment:
    if replaces is None or replaces.starts_at != starts_at:
        taking.check_future(starts_at, now)
    return make_appointment(
        subject.site,
        kind=AppointmentKind.RECEPTION,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        by=actor.person,
        now=now,
        vehicle=subject.vehicle,
        customer=subject.customer,
        resources=taking.resources_at(subject.site, resources, starts_at),
        replaces=replaces,
        planned_return=planned_return,
        note=note.strip(),
    )


def _check_not_received(case: Case) -> None:
    if case.visit and case.visit.received_at:
        raise Refused("rebook", Missing("rebook", _("The car has been received already.")), kind="changed")


def _expert(case: Case, expert_id: int, appointment: Appointment) -> Person:
    day = appointment.starts_at.astimezone(case.site.zoneinfo).date()
    for person in people_in(case.site, day).get(Function.TECHNICAL_EXPERT, ()):
        if person.pk == expert_id:
            return person
    raise bad_input("1.3", "expert_id", _("Choose a technical expert of this site."))
