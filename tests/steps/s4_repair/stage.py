"""A comeback that stands in the workshop: received, its order open, the gates before the work opened with a reason."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from comeback.cases.commands import Command
from comeback.cases.models import Case, GateOverride, NatureChoice, Words
from comeback.cases.opening import open_case, open_request
from comeback.cases.perform import perform
from comeback.cases.rounds import round_of
from comeback.cases.windows import facts_of
from comeback.method.engine import Fact
from comeback.visits.models import Concern, OrderLine, RepairOrder, Visit
from tests.cast import Cast, ivanova_and_her_car, moscow, the_first_repair

RECEIVED = moscow(2, 10)
NOON, AFTER_WORK = moscow(2, 12), moscow(2, 13, 5)
KEYS = count()


def received(cast: Cast, *, nature: str = "NVH", danger: bool = False, concerns: int = 1, number: int = 0) -> Case:
    """Ivanova's car is back and received on Monday, 2 June; G4 and G5 are open. number: tells several cars apart."""
    customer, vehicle = ivanova_and_her_car(cast) if number == 0 else (None, _another_car(cast, number))
    original = the_first_repair(cast, customer, vehicle) if number == 0 else None
    reception = cast.actor("smirnova")
    request = open_request(site=cast.msk, actor=reception, now=RECEIVED, vehicle=vehicle, customer=customer)
    Words.objects.create(request=request, text="Опять скрипит спереди", at=RECEIVED, by=reception.person)
    NatureChoice.objects.create(request=request, nature=nature, danger=danger, at=RECEIVED, by=reception.person)
    note = "" if original else "Работа другого дилера"
    case = open_case(request, actor=reception, now=RECEIVED, original_order=original, original_note=note)
    case.visit = _visit(cast, case, concerns)
    case.save(update_fields=["visit"])
    for gate in ("G4", "G5"):
        open_gate(case, cast, gate)
    return Case.objects.get(pk=case.pk)


def _another_car(cast: Cast, number: int) -> Any:
    from comeback.registers.models import Vehicle

    vin = f"VF7LCRFJF7432{number:04d}"
    return Vehicle.objects.create(group=cast.group, vin=vin, vin_key=vin, vin_tail=vin[::-1], model=f"C3 №{number}")


def _visit(cast: Cast, case: Case, concerns: int) -> Visit:
    visit = Visit.objects.create(
        site=cast.msk, vehicle=case.vehicle, customer=case.customer, received_at=RECEIVED, odometer_in=88_430
    )
    order = RepairOrder.objects.create(site=cast.msk, visit=visit, number=f"ЗН-{case.number}", opened_at=RECEIVED)
    OrderLine.objects.create(order=order, number=1, kind="labour", description="Диагностика подвески", minutes=60)
    for number in range(1, concerns + 1):
        Concern.objects.create(order=order, number=number, words="Опять скрипит спереди")
    return visit


def open_gate(case: Case, cast: Cast, gate: str) -> None:
    """The manager opens a gate with a reason, in the current round."""
    manager = cast.people["romanova"]
    GateOverride.objects.create(
        case=case, round=round_of(case), gate=gate, reason="Готовим этап", at=RECEIVED, by=manager,
        function="after_sales_manager",
    )  # fmt: skip


def do(case: Case, cast: Cast, name: str, who: str, moment: datetime, /, **arguments: Any) -> Any:
    """One command by somebody at a moment; gives the evidence row."""
    command = Command(name, case, arguments)
    return perform(command, actor=cast.actor(who), now=moment, key=f"k{next(KEYS)}").results[0]


def fact(case: Case, name: str) -> Fact | None:
    """A fact of the case while it holds."""
    found = facts_of("case", [case.pk])[case.pk].get(name)
    return found if found and not found.void else None


def assigned(case: Case, cast: Cast, who: str = "orlov", at: datetime = RECEIVED) -> Case:
    """The foreman gives the work to Orlov, who did the original work (or to somebody else, with a reason)."""
    reason = {} if who == "orlov" or not case.original_order_id else {"deviation": "absent", "reason": "В отпуске"}
    do(case, cast, "4.1", "sidorov", at, mechanic_id=cast.people[who].pk, **reason)
    return case


def worked(case: Case, cast: Cast, who: str = "orlov", day: int = 2, begin: int = 11, end: int = 13) -> Case:
    """Work is punched from one hour to another (Moscow time)."""
    do(case, cast, "punch_in", who, moscow(day, begin))
    do(case, cast, "punch_out", who, moscow(day, end))
    return case


def answered(case: Case, cast: Cast, who: str = "orlov", at: datetime = AFTER_WORK) -> Case:
    """Every concern has its cause, correction and result."""
    for concern in Concern.objects.filter(order__visit=case.visit_id):
        do(case, cast, "answer_concern", who, at, concern_id=concern.pk, **ANSWER)
    return case


ANSWER = {"cause": "Люфт втулки рычага", "correction": "Втулка заменена", "result": "fixed"}


def supervised(case: Case, cast: Cast, at: datetime = NOON) -> Case:
    """The expert wrote a note on the work and told the manager; at: while the work went on."""
    do(case, cast, "4.2", "kuznetsov", at, text="Втулка рычага с люфтом, замена согласована")
    do(case, cast, "4.3", "kuznetsov", at, status="found", text="Втулка рычага, к 18:00 успеваем")
    return case


def drive(**more: Any) -> dict[str, Any]:
    """Arguments of a drive after the work from 13:30 to 14:00 that found nothing."""
    return {
        "started": moscow(2, 13, 30),
        "ended": moscow(2, 14),
        "odometer_out": 88_430,
        "odometer_in": 88_442,
        "symptom": "no",
        "remarks": "Тихо на неровностях",
    } | more


def finished(case: Case, cast: Cast) -> Case:
    """Assigned, worked from 11 to 13, supervised, answered for, driven at 14."""
    assigned(case, cast)
    do(case, cast, "punch_in", "orlov", moscow(2, 11))
    supervised(case, cast)
    do(case, cast, "punch_out", "orlov", moscow(2, 13))
    answered(case, cast)
    do(case, cast, "4.4", "kuznetsov", moscow(2, 14, 5), **drive())
    return case
