"""The mechanic's acts: punching in and out, and what became of each concern."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act
from comeback.cases.models import Case, Punch
from comeback.cases.rounds import round_of
from comeback.method.refusal import bad_input, refuse
from comeback.registers.models import Person
from comeback.steps.s4_repair.facts import case_facts
from comeback.steps.s4_repair.models import ConcernAnswer, WorkNote
from comeback.steps.s4_repair.queries import assignment_of, concerns_of, open_punch_of
from comeback.visits.models import Concern

Outcome = Literal["fixed", "not_reproduced", "temporary", "parts_awaited", "refused"]


@act("punch_in")
def punch_in(case: Case, *, actor: Actor, now: datetime) -> Punch:
    """The assigned mechanic begins or resumes the work; G5 has to be open. Counted as labour, also when unpaid.

    Refused: another one than the assigned mechanic; somebody who is punched in already; after hand-over.
    """
    number = round_of(case)
    assignment = assignment_of(case, number)
    if assignment is None:
        text = _("Nobody has this work yet: ask the foreman to assign it.")
        raise refuse("punch_in", text, by=("foreman",), need="4.1")
    if assignment.mechanic_id != actor.person.pk:
        text = _("The work is given to %(name)s: the foreman can change that.") % {"name": assignment.mechanic.name}
        raise refuse("punch_in", text, by=("foreman",), need="4.1")
    if case.visit and case.visit.handed_over_at:
        raise refuse("punch_in", _("The car was handed over: there is nothing to work on."))
    Person.objects.select_for_update(no_key=True).get(pk=actor.person.pk)  # two cars at the same moment
    _not_elsewhere(case, actor.person)
    return Punch.objects.create(case=case, round=number, mechanic=actor.person, started_at=now)


def _not_elsewhere(case: Case, mechanic: Person) -> None:
    elsewhere = open_punch_of(mechanic)
    if elsewhere is None:
        return
    if elsewhere.case_id == case.pk:
        raise refuse("punch_in", _("You are punched in on this car already."))
    where = {"case": str(elsewhere.case), "car": str(elsewhere.case.vehicle)}
    raise refuse("punch_in", _("You are punched in on %(case)s, %(car)s: punch out there first.") % where)


@act("punch_out")
def punch_out(case: Case, *, actor: Actor, now: datetime, at: datetime | None = None, reason: str = "") -> Punch:
    """The mechanic stops working. at: when he stopped, where he forgot to say so at once; then with a reason."""
    punch = Punch.objects.filter(case=case, mechanic=actor.person, ended_at=None).first()
    if punch is None:
        raise refuse("punch_out", _("You are not punched in on this car."))
    ended = at or now
    if not punch.started_at < ended <= now:
        raise bad_input("punch_out", "at", _("The work ends after its start and not in the future."))
    if at and not reason.strip():
        raise bad_input("punch_out", "reason", _("Say why you enter the end later."))
    punch.ended_at = ended
    punch.save(update_fields=["ended_at"])
    return punch


@act("answer_concern")
def answer_concern(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    concern_id: int,
    cause: str,
    correction: str,
    result: Outcome,
    assembly: str = "",
) -> ConcernAnswer:
    """What caused a concern, what was done, with which result. It stands on the concern itself from then on.

    assembly: a whole assembly that was replaced; refused without the expert's approval. Method 4.2.
    Refused: before the work began; by somebody who has not got this work.
    """
    number = round_of(case)
    concern = next((it for it in concerns_of(case, number) if it.pk == concern_id), None)
    if concern is None:
        raise bad_input("answer_concern", "concern_id", _("Choose a concern of this order."))
    _has_this_work(case, number, actor.person)
    for name, text in (("cause", cause), ("correction", correction)):
        if not text.strip():
            raise bad_input("answer_concern", name, _("Each concern has its cause and its correction: fill in both."))
    _approved(case, number, assembly)
    _write_onto(concern, cause.strip(), correction.strip(), result, actor.person, now)
    return ConcernAnswer.objects.create(
        case=case,
        round=number,
        concern=concern,
        cause=concern.cause,
        correction=concern.correction,
        result=result,
        assembly=assembly.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )


def _has_this_work(case: Case, number: int, person: Person) -> None:
    if "work_begun" not in case_facts([case.pk])[case.pk]:
        text = _("The work has not begun: punch in first.")
        raise refuse("answer_concern", text, by=("mechanic",), need="work_begun")
    assignment = assignment_of(case, number)
    assigned = bool(assignment and assignment.mechanic_id == person.pk)
    if not assigned and not Punch.objects.filter(case=case, round=number, mechanic=person).exists():
        raise refuse("answer_concern", _("Whoever did the work answers for it."), by=("mechanic",))


def _approved(case: Case, number: int, assembly: str) -> None:
    if assembly.strip() and not WorkNote.objects.filter(case=case, round=number).exclude(approves="").exists():
        text = _("The expert has not approved the replacement of an assembly.")
        raise refuse("4.2", text, by=("technical_expert",))


def _write_onto(concern: Concern, cause: str, correction: str, result: str, by: Person, now: datetime) -> None:
    concern.cause, concern.correction, concern.result = cause, correction, result
    concern.answered_by, concern.answered_at = by, now
    concern.save(update_fields=["cause", "correction", "result", "answered_by", "answered_at"])
