"""Who does the work, and whether a car with words of danger may be worked on."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act, line
from comeback.cases.messages import tell
from comeback.cases.models import Case, Punch
from comeback.cases.rounds import round_of
from comeback.method.refusal import bad_input, refuse
from comeback.registers.models import Person
from comeback.steps.s4_repair.models import Assignment, Release
from comeback.steps.s4_repair.queries import Original, is_dangerous, mechanics_for, original_mechanic

Deviating = Literal["", "absent", "left", "not_qualified", "customer_wish", "expert_decision", "busy"]


@line("4.1")
def assign_mechanic(
    case: Case, *, actor: Actor, now: datetime, mechanic_id: int, deviation: Deviating = "", reason: str = ""
) -> Assignment:
    """Method 4.1: give the work first of all to the mechanic who did the original work.

    deviation, reason: why it is another one. Refused: somebody who is no mechanic here today; a change while the work
    is punched in; another mechanic than the original one without deviation and reason.
    """
    mechanic = next((person for person in mechanics_for(case, now) if person.pk == mechanic_id), None)
    if mechanic is None:
        raise bad_input("4.1", "mechanic_id", _("Choose a mechanic who works here today."))
    _nobody_else_works(case, mechanic)
    original = original_mechanic(case)
    same = not original.known or original.person == mechanic
    if not same:
        _explain(original, deviation, reason)
    assignment = Assignment.objects.create(
        case=case,
        round=round_of(case),
        mechanic=mechanic,
        original=original.person,
        original_name=original.name,
        deviation="" if same else deviation,
        reason="" if same else reason.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )
    tell(
        [mechanic],
        site=case.site,
        case=case,
        line="4.1",
        sender=actor.person,
        function=actor.function,
        code="mechanic_assigned",
        params={"case": str(case), "car": str(case.vehicle)},
        now=now,
    )
    return assignment


def _nobody_else_works(case: Case, mechanic: Person) -> None:
    working = Punch.objects.filter(case=case, ended_at=None).exclude(mechanic=mechanic).select_related("mechanic")
    for punch in working:
        text = _("%(name)s is punched in on this car: he has to punch out first.") % {"name": punch.mechanic.name}
        raise refuse("4.1", text, by=("mechanic",), need="punch_out")


def _explain(original: Original, deviation: str, reason: str) -> None:
    if not deviation:
        text = _("%(name)s did the original work: say why it goes to another mechanic.") % {"name": original.name}
        raise bad_input("4.1", "deviation", text)
    if not reason.strip():
        raise bad_input("4.1", "reason", _("Say it in a few words: what is the reason?"))


@act("release")
def release(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    findings: str,
    maker_notice: Literal["told", "not_needed"],
    maker_reference: str = "",
) -> Release:
    """Release a car with words of danger for work; say whether the manufacturer was told, with the reference. G5."""
    if not is_dangerous(case):
        raise refuse("release", _("There are no words of danger: the car needs no release."))
    if not findings.strip():
        raise bad_input("release", "findings", _("Say what you found and how the car may be handled."))
    if maker_notice == "told" and not maker_reference.strip():
        raise bad_input("release", "maker_reference", _("Give the reference of the message to the manufacturer."))
    return Release.objects.create(
        case=case,
        round=round_of(case),
        findings=findings.strip(),
        maker_notice=maker_notice,
        maker_reference=maker_reference.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )
