"""Taking time for a reception: how long it is, who is needed, what was offered first. Method 1.3, 1.4, 1.5."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.deriving import progress_of
from comeback.cases.models import Case, CaseAppointment, NatureChoice, Request, Words
from comeback.diary.calendars import calendar_of
from comeback.diary.models import Appointment, Reservation, Resource
from comeback.diary.occupancy import LONGEST, Need, needs_of, occupancy_of
from comeback.diary.slots import Free, worth_offering
from comeback.method.calendar import Calendar, Span
from comeback.method.refusal import bad_input, refuse
from comeback.registers.models import Function, Person, Site
from comeback.registers.staff import people_in
from comeback.steps.s1_booking.models import DrivePlan, ExpertReservation, Offer

RECEPTION_MINUTES = 45
ORDINARY_MINUTES = 30
DRIVE_MINUTES = 30
NORM = Span(2, "working days")  # within which the first times are offered to a comeback
PREPARATION = timedelta(hours=3)  # lines 2.1 to 2.3 are due two hours before, and want an hour themselves
FORGOTTEN = timedelta(hours=1)  # so late one may still enter a reception that began already
COMEBACK_NEEDS = (Function.SERVICE_ADVISOR, Function.AFTER_SALES_MANAGER)


def reception_of(case: Case) -> Appointment | None:
    """The reception appointment that counts: the latest, unless it was cancelled."""
    row = CaseAppointment.objects.filter(
        case=case, kind="reception", appointment__replaced_by=None, appointment__cancellation=None
    )
    found = row.select_related("appointment").order_by("-pk").first()
    return found.appointment if found else None


def reserved_in(appointment: Appointment) -> list[Resource]:
    """Whom and what an appointment has reserved."""
    return list(Resource.objects.filter(reservations__appointment=appointment).distinct().order_by("pk"))


def can_be_driven(request: Request) -> bool:
    """Unless the latest nature says danger, or the customer that it does not go. Method 1.4."""
    choice = NatureChoice.objects.filter(request=request).order_by("-pk").first()
    said = [words.answers.get("drivable") for words in Words.objects.filter(request=request).order_by("-pk")]
    return not (choice and choice.danger) and next(filter(None, said), "yes") != "no"


def needs_for(site: Site, now: datetime, *, comeback: bool, expert: bool) -> list[Need]:
    """Who must be free at once: a bay, an advisor; for a comeback the manager, and the expert where he is needed."""
    functions = COMEBACK_NEEDS if comeback else COMEBACK_NEEDS[:1]
    wanted = (*functions, Function.TECHNICAL_EXPERT) if expert else functions
    return needs_of(site, now.astimezone(site.zoneinfo).date(), *wanted)


def first_times(site: Site, needs: Sequence[Need], minutes: int, since: datetime) -> list[Free]:
    """The first times to offer from a moment on."""
    occupancy = occupancy_of(site, needs, since, since + LONGEST)
    return worth_offering(occupancy.times(needs, minutes), site.zoneinfo)


def norm_until(calendar: Calendar, requested_at: datetime) -> datetime:
    """Until when the first times must be offered. Method 1.5."""
    try:
        return calendar.add(requested_at, NORM)
    except ValueError:
        raise refuse("1.5", _("The site has no opening hours yet: let the administrator enter them.")) from None


def resources_at(site: Site, ids: Iterable[int], starts_at: datetime) -> list[Resource]:
    """The resources of the site with these ids that are in use on that day. Raises Refused for any other."""
    wanted, day = set(ids), starts_at.astimezone(site.zoneinfo).date()
    in_use = Resource.objects.filter(Q(until=None) | Q(until__gte=day), site=site, since__lte=day, pk__in=wanted)
    found = list(in_use.order_by("pk"))
    if len(found) != len(wanted):
        raise bad_input("slot", "resources", _("Choose people, bays and cars of this site that are in use."))
    return found


def check_future(starts_at: datetime, now: datetime) -> None:
    """A reception is booked ahead, or as it begins."""
    if starts_at < now - FORGOTTEN:
        raise bad_input("slot", "starts_at", _("That time is past: choose a later one."))


def keep_offer(
    request: Request,
    appointment: Appointment,
    *,
    needs: Sequence[Need],
    actor: Actor,
    now: datetime,
    late_reason: str,
    times: Sequence[Free],
) -> Offer:
    """Keep what was offered first and what was taken. Refused: nothing within the norm, and no reason. Method 1.5."""
    calendar = calendar_of(request.site)
    norm = norm_until(calendar, request.requested_at)
    offered = sorted({appointment.starts_at, *(time.starts_at for time in times)})
    if needs and offered[0] > norm and not late_reason.strip():
        text = _("The first time lies beyond two working days: say why.")
        raise bad_input("1.5", "late_reason", text)
    return Offer.objects.create(
        request=request,
        appointment=appointment,
        offered=[moment.isoformat() for moment in offered],
        norm_until=norm,
        late_reason=late_reason.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )


def adopt_appointment(case: Case, *, actor: Actor, now: datetime) -> None:
    """The case takes over the time that was saved for its request while nobody knew."""
    offer = case.request.offers.filter(appointment__replaced_by=None, appointment__cancellation=None)
    saved = offer.select_related("appointment").order_by("-pk").first()
    if saved:
        link_reception(case, saved.appointment, actor=actor, now=now)


def link_reception(case: Case, appointment: Appointment, *, actor: Actor, now: datetime) -> CaseAppointment:
    """This is the reception of the case; an expert whose time it takes is reserved by that."""
    row = CaseAppointment.objects.create(
        case=case, appointment=appointment, kind="reception", at=now, by=actor.person, function=actor.function
    )
    for expert in experts_in(appointment, case.site):
        keep_expert(case, appointment, expert, actor=actor, now=now)
    return row


def keep_expert(
    case: Case, appointment: Appointment, expert: Person, *, actor: Actor, now: datetime
) -> ExpertReservation:
    """Evidence of 1.3."""
    return ExpertReservation.objects.create(
        case=case, appointment=appointment, expert=expert, at=now, by=actor.person, function=actor.function
    )


def experts_in(appointment: Appointment, site: Site) -> list[Person]:
    """Technical experts of the site whose time the appointment takes."""
    day = appointment.starts_at.astimezone(site.zoneinfo).date()
    taken = set(
        Reservation.objects.filter(appointment=appointment).values_list("resource__person", flat=True).distinct()
    )
    return [person for person in people_in(site, day).get(Function.TECHNICAL_EXPERT, ()) if person.pk in taken]


def reception_minutes(case: Case) -> int:
    """How long the reception takes: longer where a drive with the customer is planned. Method 1.4."""
    plan = DrivePlan.objects.filter(case=case).order_by("-pk").first()
    return RECEPTION_MINUTES + (plan.minutes if plan else 0)


def expert_wanted(case: Case, now: datetime) -> bool:
    """Whether 1.3 is needed: by the nature, or as decided."""
    return progress_of(case, now).lines["1.3"].need in ("must", "recommended")
