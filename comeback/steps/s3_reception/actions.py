"""The customer is received with the manager (3.1), who confirms it; the expert drives with the customer (3.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act, line
from comeback.cases.models import Case, RoadTest
from comeback.cases.rounds import round_of
from comeback.diary.calendars import calendar_of
from comeback.method.calendar import Span
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.models import Function, FunctionHeld, OdometerReading, Person
from comeback.registers.staff import people_in
from comeback.steps.s3_reception.models import Presence, PresenceConfirmation, Reception
from comeback.steps.s3_reception.prefill import is_dangerous
from comeback.visits.models import Visit

BACKDATING = Span(3, "working days")  # decision 15
LONG_ENOUGH = 5  # characters of a reason


@line("3.1")
def receive_customer(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    place: str,
    at: datetime,
    manager_id: int | None = None,
    reason: str = "",
    odometer: int | None = None,
) -> Reception:
    """The customer is received, in calm, with the manager. Nothing of step 2 keeps him waiting. Method 3.1, decision 3.

    at: when he arrived; manager_id: the manager or deputy who is there, nobody when left out; reason: why a deputy or
    nobody, or why it is entered on a later day; odometer in km. Recorded anew, it corrects what was recorded before.
    """
    manager = _manager(case, manager_id, now)
    presence = _presence(case, manager, now)
    if not place.strip():
        raise bad_input("3.1", "place", _("Where is the customer received?"))
    if presence != Presence.MANAGER and len(reason.strip()) < LONG_ENOUGH:
        raise bad_input("3.1", "reason", _("Say why the manager is not there himself."))
    _refuse_far_past(case, at, now, reason)
    if case.visit and case.visit.handed_over_at:
        raise Refused("3.1", Missing("3.1", _("The car is handed over already.")), kind="changed")
    _receive_car(case, at, odometer)
    reception = Reception.objects.create(
        case=case,
        place=place.strip(),
        presence=presence,
        manager=manager,
        reason=reason.strip(),
        odometer=odometer,
        at=at,
        recorded_at=now,
        by=actor.person,
        function=actor.function,
    )
    if manager == actor.person:
        PresenceConfirmation.objects.create(reception=reception, at=now, by=actor.person, function=actor.function)
    return reception


def _manager(case: Case, manager_id: int | None, now: datetime) -> Person | None:
    if manager_id is None:
        return None
    found = {person.pk: person for person in managers_of(case, now)}.get(manager_id)
    if found is None:
        raise bad_input("3.1", "manager_id", _("Only the after-sales manager or his deputy can be named here."))
    return found


def managers_of(case: Case, now: datetime) -> list[Person]:
    """The after-sales manager of the site, and who deputises today."""
    day = now.astimezone(case.site.zoneinfo).date()
    return people_in(case.site, day).get(Function.AFTER_SALES_MANAGER, [])


def _presence(case: Case, manager: Person | None, now: datetime) -> str:
    if manager is None:
        return Presence.NOBODY
    held = FunctionHeld.objects.filter(person=manager, site=case.site, function=Function.AFTER_SALES_MANAGER)
    return Presence.MANAGER if held.exists() else Presence.DEPUTY


def _refuse_far_past(case: Case, at: datetime, now: datetime, reason: str) -> None:
    zone = case.site.zoneinfo
    if at > now:
        raise bad_input("3.1", "at", _("This moment is still to come."))
    if at.astimezone(zone).date() == now.astimezone(zone).date():
        return
    if calendar_of(case.site).add(at, BACKDATING) < now:
        raise bad_input("3.1", "at", _("What is more than three working days past cannot be entered any more."))
    if len(reason.strip()) < LONG_ENOUGH:
        raise bad_input("3.1", "reason", _("Say why it is entered on a later day."))


def _receive_car(case: Case, at: datetime, odometer: int | None) -> None:
    """The visit begins; a walk-in gets his visit now, the order follows."""
    if case.visit is None:
        case.visit = Visit.objects.create(site=case.site, vehicle=case.vehicle, customer=case.customer)
        case.save(update_fields=["visit"])
    case.visit.received_at = at
    case.visit.odometer_in = odometer if odometer is not None else case.visit.odometer_in
    case.visit.save(update_fields=["received_at", "odometer_in"])
    if odometer is not None:
        OdometerReading.objects.create(vehicle=case.vehicle, at=at, km=odometer, source="reception")


@act("confirm_presence")
def confirm_presence(case: Case, *, actor: Actor, now: datetime, reason: str = "") -> PresenceConfirmation:
    """The manager himself confirms that he was at the reception: one tap, the same day. K7 counts only this.

    On a later day, within three working days, with a reason.
    """
    reception = latest_reception(case)
    if reception is None:
        raise refuse("3.1", _("The reception is not recorded yet."), by=(Function.SERVICE_ADVISOR,))
    if reception.manager_id != actor.person.pk:
        text = _("The reception names somebody else: have it corrected first, then confirm.")
        raise refuse("3.1", text, by=(Function.SERVICE_ADVISOR,))
    if reception.confirmations.exists():
        raise Refused("3.1", Missing("3.1", _("This is confirmed already.")), kind="changed")
    _refuse_far_past(case, reception.at, now, reason)
    return PresenceConfirmation.objects.create(
        reception=reception, reason=reason.strip(), at=now, by=actor.person, function=actor.function
    )


def latest_reception(case: Case) -> Reception | None:
    """The reception that counts."""
    return Reception.objects.filter(case=case).select_related("manager").order_by("-pk").first()


@line("3.3")
def drive_with_customer(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    started: datetime,
    ended: datetime,
    symptom: Literal["yes", "partly", "no"],
    odometer_out: int | None = None,
    odometer_in: int | None = None,
    conditions: dict[str, list[str]] | None = None,
    driven_by_customer: bool = False,
    static: bool = False,
    remarks: str = "",
) -> RoadTest:
    """The technical expert drives with the customer, under the conditions of the fault card. Method 3.3.

    symptom: whether the fault was there; "no" does not stop the case. odometers in km; static: the check at rest for a
    car that must not be driven. conditions: answers as on the fault card.
    """
    _refuse_times(case, started, ended, now)
    if is_dangerous(case) and not static:
        text = _("The car may be dangerous: do not drive it. Do the check at rest, with the customer beside you.")
        raise bad_input("3.3", "static", text)
    if not static:
        _refuse_odometers(case, odometer_out, odometer_in)
    test = RoadTest.objects.create(
        case=case,
        round=round_of(case),
        kind="with_customer",
        static=static,
        driver=actor.person,
        driven_by_customer=driven_by_customer and not static,
        started_at=started,
        ended_at=ended,
        odometer_out=odometer_out,
        odometer_in=odometer_in,
        conditions={code: given for code, given in (conditions or {}).items() if given},
        symptom=symptom,
        remarks=remarks.strip(),
        at=now,
        function=actor.function,
    )
    if odometer_in is not None:
        OdometerReading.objects.create(vehicle=case.vehicle, at=ended, km=odometer_in, source="road test")
    return test


def _refuse_times(case: Case, started: datetime, ended: datetime, now: datetime) -> None:
    if ended <= started:
        raise bad_input("3.3", "ended", _("The drive ends before it starts."))
    if ended > now:
        raise bad_input("3.3", "ended", _("This moment is still to come."))
    if case.visit and case.visit.received_at and started < case.visit.received_at:
        raise bad_input("3.3", "started", _("The drive starts before the customer arrived."))


def _refuse_odometers(case: Case, odometer_out: int | None, odometer_in: int | None) -> None:
    if odometer_out is None:
        raise bad_input("3.3", "odometer_out", _("What did the odometer show at the start?"))
    if odometer_in is None:
        raise bad_input("3.3", "odometer_in", _("What did the odometer show at the end?"))
    if odometer_in < odometer_out:
        raise bad_input("3.3", "odometer_in", _("The odometer cannot show less at the end than at the start."))
    if case.visit and case.visit.odometer_in and odometer_out < case.visit.odometer_in:
        raise bad_input("3.3", "odometer_out", _("The odometer showed more when the car was received."))
