"""How step 4 is read: the original mechanic, who may get the work, who worked on the car, what its odometer showed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from comeback.cases.editions import sheet_for
from comeback.cases.models import Case, FaultCard, Lent, NatureChoice, Punch, RoadTest
from comeback.cases.rounds import rounds_of
from comeback.diary.models import Absence
from comeback.registers.models import OdometerReading, Person
from comeback.registers.staff import people_in
from comeback.steps.s4_repair.models import Assignment, ConcernAnswer
from comeback.visits.models import Concern

DOC = "DOC"
MOST_IN_HAND = 30  # assignments looked at for one mechanic's day
STANDING_NATURES = ("BODY", DOC)  # decision 5: a static check is their own variant of 4.4


@dataclass(frozen=True)
class Original:
    """The mechanic of the original work. person: None where only his name came with the history, if that."""

    person: Person | None = None
    name: str = ""

    @property
    def known(self) -> bool:
        return bool(self.person or self.name)


def original_mechanic(case: Case) -> Original:
    """Who did the original work: most time punched on it, else the mechanic of the original order. Method 4.1."""
    order = case.original_order
    if order is None:
        return Original()
    worked: dict[Person, timedelta] = defaultdict(timedelta)
    closed = Punch.objects.filter(case__visit__orders=order, ended_at__isnull=False).exclude(case=case)
    for punch in closed.select_related("mechanic").order_by("pk"):
        assert punch.ended_at
        worked[punch.mechanic] += punch.ended_at - punch.started_at
    person = max(worked, key=lambda it: worked[it]) if worked else order.mechanic
    return Original(person, person.name if person else order.mechanic_name)


def mechanics_for(case: Case, now: datetime) -> list[Person]:
    """People who may get the work: mechanics of the site today and lent ones, the original first.

    A document (DOC) is redone by its author: whoever the sheet lets answer for a concern. Decision 14.
    """
    here = people_in(case.site, now.astimezone(case.site.zoneinfo).date())
    functions = sheet_for(case).allowed("answer_concern") if nature_of(case) == DOC else ("mechanic",)
    groups = [here.get(function, []) for function in functions]
    lent = Lent.objects.filter(case=case, function="mechanic", since__lte=now).filter(Q(until=None) | Q(until__gt=now))
    people = [*(person for group in groups for person in group), *(row.person for row in lent.select_related("person"))]
    original = original_mechanic(case).person
    return sorted(dict.fromkeys(people), key=lambda person: (person != original, person.name))


def absences_of(people: list[Person], now: datetime) -> dict[int, datetime]:
    """Who is away at this moment, and until when."""
    rows = Absence.objects.filter(person__in=people, since__lte=now, until__gt=now)
    return dict(rows.values_list("person", "until"))


def assignment_of(case: Case, number: int) -> Assignment | None:
    """Who has the work in a round; the latest assignment counts."""
    return Assignment.objects.filter(case=case, round=number).select_related("mechanic", "by").order_by("-pk").first()


def work_in_hand(person: Person) -> list[int]:
    """Ids of the cases whose work a mechanic has in the current round, newest first, until the hand-over."""
    rows = Assignment.objects.filter(mechanic=person, case__ending=None, case__visit__handed_over_at=None)
    ids = list(dict.fromkeys(rows.order_by("-pk").values_list("case_id", flat=True)[:MOST_IN_HAND]))
    rounds = rounds_of(ids)
    latest = {row.case_id: row for row in Assignment.objects.filter(case_id__in=ids).order_by("pk")}
    return [id_ for id_ in ids if latest[id_].round == rounds[id_] and latest[id_].mechanic_id == person.pk]


def punched_on(person: Person, case: Case) -> bool:
    """Whether the person punched work on this case, in any round."""
    return Punch.objects.filter(case=case, mechanic=person).exists()


def open_punch_of(person: Person) -> Punch | None:
    """Where a mechanic is punched in now."""
    return Punch.objects.filter(mechanic=person, ended_at=None).select_related("case__vehicle").first()


def nature_of(case: Case) -> str:
    """The nature («характер») chosen last for the request."""
    chosen = NatureChoice.objects.filter(request=case.request_id).order_by("-pk").values_list("nature", flat=True)
    return chosen.first() or ""


def is_dangerous(case: Case) -> bool:
    """Whether the customer's words were words of danger; once said, an expert has to release the car."""
    return NatureChoice.objects.filter(request=case.request_id, danger=True).exists()


def concerns_of(case: Case, number: int) -> list[Any]:
    """Concerns of the orders of the case's visit; each has `answered`: whether it was answered in this round."""
    answered = ConcernAnswer.objects.filter(case=case, round=number, concern=OuterRef("pk"))
    rows = Concern.objects.filter(order__visit=case.visit_id) if case.visit_id else Concern.objects.none()
    return list(rows.select_related("order").annotate(answered=Exists(answered)).order_by("order_id", "number"))


def last_odometer(case: Case) -> int | None:
    """What the odometer showed last, km: by the register, at this reception, or after a drive of this case."""
    read = OdometerReading.objects.filter(vehicle=case.vehicle_id).order_by("-at", "-pk").values_list("km", flat=True)
    driven = RoadTest.objects.filter(case=case, odometer_in__isnull=False).order_by("-pk")
    received = case.visit.odometer_in if case.visit else None
    known = (read.first(), driven.values_list("odometer_in", flat=True).first(), received)
    return max((km for km in known if km is not None), default=None)


def customer_card(case: Case) -> FaultCard | None:
    """Part 1 of the fault card, latest version: the conditions under which the fault shows."""
    return FaultCard.objects.filter(case=case, part=1).order_by("-version").first()
