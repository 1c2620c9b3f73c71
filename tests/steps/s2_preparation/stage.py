"""A comeback that is booked: Ivanova's squeak of 2 June 2025, reception on 3 June at 9:00."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from comeback.cases.commands import Command
from comeback.cases.models import Case, CaseAppointment, NatureChoice, Words
from comeback.cases.opening import open_case, open_request
from comeback.cases.perform import Outcome, perform
from comeback.diary.appointments import make_appointment
from comeback.visits.models import RepairOrder
from tests.cast import Cast, ivanova_and_her_car, moscow, the_first_repair

CALLED = moscow(2, 10)
ARRIVAL = moscow(3, 9)
SAID = "Опять скрип спереди на лежачих полицейских, особенно утром"
KEYS = count(1)


def booked_case(cast: Cast, *, nature: str = "NVH", danger: bool = False, arrival: datetime = ARRIVAL) -> Case:
    """The case with words, nature, conditions 1.3 and 1.4 answered with "no", and a reception appointment."""
    customer, vehicle = ivanova_and_her_car(cast)
    order = the_first_repair(cast, customer, vehicle)
    lead = cast.actor("smirnova")
    request = open_request(site=cast.msk, actor=lead, now=CALLED, vehicle=vehicle, customer=customer)
    Words.objects.create(request=request, text=SAID, language="ru", at=CALLED, by=lead.person)
    NatureChoice.objects.create(request=request, nature=nature, danger=danger, at=CALLED, by=lead.person)
    case = open_case(request, actor=lead, now=CALLED, original_order=order)
    for line in ("1.3", "1.4"):
        do(
            case,
            f"{line}/decision",
            cast,
            "smirnova",
            CALLED,
            needed=False,
            reason="Клиент спешит, проверим на приёмке",
        )
    book(case, cast, arrival)
    return case


def book(case: Case, cast: Cast, arrival: datetime) -> CaseAppointment:
    """(Re)book the reception: a new appointment takes the place of the one before."""
    before = case.appointments.filter(kind="reception").order_by("-pk").first()
    appointment = make_appointment(
        cast.msk,
        kind="reception",
        starts_at=arrival,
        ends_at=arrival + timedelta(minutes=45),
        by=cast.people["smirnova"],
        now=CALLED,
        vehicle=case.vehicle,
        customer=case.customer,
        replaces=before.appointment if before else None,
    )
    return CaseAppointment.objects.create(
        case=case, appointment=appointment, kind="reception", at=CALLED, by=cast.people["smirnova"]
    )


def do(case: Case, name: str, cast: Cast, who: str, now: datetime, **arguments: Any) -> Outcome:
    """One command by one person, with a key of its own."""
    return perform(Command(name, case, arguments), actor=cast.actor(who), now=now, key=f"stage-{next(KEYS)}")


def original(case: Case) -> RepairOrder:
    assert case.original_order
    return case.original_order
