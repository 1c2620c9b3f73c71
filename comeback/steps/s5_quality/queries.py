"""How step 5 is read: who may not check, the list for the car, the delivery time, the register, the measures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from comeback.cases.models import Case, CaseAppointment, NatureChoice, Punch
from comeback.registers.models import Person
from comeback.registers.staff import people_in
from comeback.steps.s5_quality.checklist import Checklist, checklist_for
from comeback.steps.s5_quality.models import Measure, MeasureKind, RegisterEntry
from comeback.visits.models import Concern, OrderLine

REPEATED_WITHIN = timedelta(days=180)
ANSWERS_ONLY = (MeasureKind.NONE, MeasureKind.STANDS)


def worked_here(person: Person, case: Case) -> bool:
    """Whether the person worked on this order or on the original one: such a person never checks it. Decision 6."""
    original = case.original_order
    if original and (original.mechanic_id == person.pk or original.mechanic_name == person.name):
        return True
    own = Q(case=case) | (Q(case__visit__orders=original) if original else Q())
    if Punch.objects.filter(own, mechanic=person).exists():
        return True
    return bool(case.visit_id) and Concern.objects.filter(order__visit=case.visit_id, answered_by=person).exists()


def checklist_of(case: Case) -> Checklist:
    """The list in use for this car: nature, lines of the visit's orders, the car's name."""
    chosen = NatureChoice.objects.filter(request=case.request_id).order_by("-pk").values_list("nature", flat=True)
    lines = OrderLine.objects.filter(order__visit=case.visit_id) if case.visit_id else OrderLine.objects.none()
    car = [case.vehicle.model, case.vehicle.engine]
    return checklist_for(chosen.first() or "", [*lines.values_list("description", flat=True), *car])


def delivery_of(case: Case) -> CaseAppointment | None:
    """The delivery appointment that stands."""
    rows = CaseAppointment.objects.filter(case=case, kind="delivery", appointment__cancellation=None)
    return rows.select_related("appointment").order_by("-pk").first()


def people_here(case: Case, now: datetime, *functions: str) -> list[Person]:
    """People who hold a function (one of these, if named) at the case's site today, by name."""
    found = people_in(case.site, today(case, now))
    people = [person for code, group in found.items() if not functions or code in functions for person in group]
    return sorted(dict.fromkeys(people), key=lambda person: person.name)


def today(case: Case, now: datetime) -> date:
    """The site's date."""
    return now.astimezone(case.site.zoneinfo).date()


def register_entry_of(case: Case) -> RegisterEntry | None:
    """The register row as it stands: its latest version."""
    return RegisterEntry.objects.filter(case=case).select_related("owner", "by").order_by("-version").first()


def measures_of(case: Case) -> QuerySet[Measure]:
    """Measures of the case that were not replaced by a later wording, of all rounds."""
    return Measure.objects.filter(case=case, replaced_by=None).select_related("owner", "by").order_by("pk")


def cause_came_before(case: Case, now: datetime) -> bool:
    """Whether the main cause of this case stood in the register of the site for another case within 180 days."""
    entry = register_entry_of(case)
    if entry is None:
        return False
    recent = RegisterEntry.objects.filter(case__site=case.site_id, cause=entry.cause, at__gt=now - REPEATED_WITHIN)
    return recent.exclude(case=case).exists()


def real(measures: Iterable[Measure]) -> list[Measure]:
    """Measures that somebody has to carry out."""
    return [row for row in measures if row.kind not in ANSWERS_ONLY]
