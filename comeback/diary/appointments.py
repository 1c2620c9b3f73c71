"""Making, moving and cancelling an appointment. The database refuses a quarter-hour that is taken already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comeback.diary.models import QUARTER, Absence, Appointment, Cancellation, Reservation, Resource
from comeback.method.refusal import Missing, Refused, bad_input
from comeback.registers.models import Customer, Person, Site, Vehicle


def make_appointment(
    site: Site,
    *,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Person | None,
    now: datetime,
    vehicle: Vehicle | None = None,
    customer: Customer | None = None,
    resources: Iterable[Resource] = (),
    replaces: Appointment | None = None,
    planned_return: bool = False,
    note: str = "",
) -> Appointment:
    """Agree on a time and reserve its resources; call inside a transaction. Method 1.3, 3.4, 3.5, 5.2.

    Raises Refused (rule "slot") when a resource is taken in that time, naming it.
    """
    if ends_at <= starts_at:
        raise bad_input("slot", "ends_at", _("The appointment ends before it starts: choose a later end."))
    if replaces is not None:
        free_resources(replaces)
    appointment = Appointment.objects.create(
        site=site,
        kind=kind,
        vehicle=vehicle,
        customer=customer,
        starts_at=starts_at,
        ends_at=ends_at,
        replaces=replaces,
        planned_return=planned_return,
        note=note,
        made_at=now,
        made_by=by,
    )
    reserve(appointment, resources)
    return appointment


def reserve(appointment: Appointment, resources: Iterable[Resource]) -> None:
    """Reserve every quarter-hour of the appointment for each resource, in a fixed order (so that no two deadlock).

    Raises Refused naming those already taken, or away.
    """
    wanted = sorted(resources, key=lambda it: it.pk)
    _refuse_absent(appointment, wanted)
    quarters = quarters_of(appointment.starts_at, appointment.ends_at)
    rows = [Reservation(resource=it, quarter=number, appointment=appointment) for it in wanted for number in quarters]
    try:
        with transaction.atomic():
            Reservation.objects.bulk_create(rows)
    except IntegrityError:
        taken = Resource.objects.filter(pk__in=[it.pk for it in wanted], reservations__quarter__in=quarters).exclude(
            reservations__appointment=appointment
        )
        names = ", ".join(taken.distinct().order_by("name").values_list("name", flat=True))
        raise _not_free(names) from None


def _refuse_absent(appointment: Appointment, wanted: Iterable[Resource]) -> None:
    away = Absence.objects.filter(
        person_id__in=[it.person_id for it in wanted if it.person_id],
        since__lt=appointment.ends_at,
        until__gt=appointment.starts_at,
    )
    names = ", ".join(away.order_by("person__name").values_list("person__name", flat=True).distinct())
    if names:
        raise _not_free(names)


def _not_free(names: str) -> Refused:
    text = _("%(names)s: taken at that time. Choose another time or somebody else.") % {"names": names}
    return Refused("slot", Missing("resources", text, field="resources"))


def cancel_appointment(appointment: Appointment, *, by: Person | None, now: datetime, reason: str = "") -> None:
    """Cancel and free what it had reserved."""
    free_resources(appointment)
    Cancellation.objects.create(appointment=appointment, at=now, by=by, reason=reason)


def free_resources(appointment: Appointment) -> None:
    """Give the reserved quarter-hours back."""
    appointment.reservations.all().delete()


def quarters_of(starts_at: datetime, ends_at: datetime) -> range:
    """The quarter-hours that a time touches: from the one in which it starts to the one in which it ends."""
    first = int(starts_at.timestamp()) // QUARTER
    last = int((ends_at - timedelta(microseconds=1)).timestamp()) // QUARTER
    return range(first, last + 1)
