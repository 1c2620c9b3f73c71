"""What the customer says on the cure, and what follows a "no": another round, or a plan. Method 7.2."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.models import Case, Round
from comeback.cases.rounds import open_round, round_of, rounds_of
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.steps.s7_handover.models import CureAnswer, LeavePlan
from comeback.steps.s7_handover.queries import concerns_of, last_drives, not_cured

MANAGER = "after_sales_manager"
LONG_ENOUGH = 10  # characters of a plan that somebody else can follow

AnswerCode = Literal["fixed", "partly", "no", "will_check", "at_contact"]


@line("7.2")
def confirm_cure(
    case: Case, *, actor: Actor, now: datetime, answers: dict[int, AnswerCode], said_by: str
) -> CureAnswer:
    """Method 7.2: the customer's answer on each concern of the visit. answers: by id of the concern.

    Refused: "cured" while the last drive after the work still showed the symptom. A "no" leaves the line open until
    the work goes on (7.2/rework) or the manager decides on a plan (7.2/plan).
    """
    _refuse_after_hand_over(case)
    concerns = list(concerns_of(case))
    left = [row for row in concerns if row.pk not in answers]
    if left:
        text = _("Ask about this concern too: %(words)s") % {"words": left[0].words}
        raise bad_input("7.2", "answers", text)
    if not said_by.strip():
        raise bad_input("7.2", "said_by", _("Write down who answered."))
    drive = last_drives(rounds_of([case.pk])).get(case.pk)
    if "fixed" in answers.values() and drive and drive.symptom != "no":
        text = _("The last drive after the work still showed the symptom: it cannot be called cured.")
        raise refuse("7.2", text, by=("technical_expert",), need="4.4")
    rows = [
        CureAnswer(
            case=case,
            concern=concern,
            answer=answers[concern.pk],
            said_by=said_by.strip(),
            round=round_of(case),
            at=now,
            by=actor.person,
            function=actor.function,
        )
        for concern in concerns
    ]
    if not rows:
        raise refuse("7.2", _("The visit has no concern to ask about."), by=("service_advisor",))
    return _keep(rows, now)


@line("7.2", act="rework")
def work_again(case: Case, *, actor: Actor, now: datetime, note: str) -> Round:
    """Method 7.2: the customer said "no"; the car stays and the next round of work begins."""
    _check_not_cured(case)
    if not note.strip():
        raise bad_input("7.2", "note", _("Write down what the customer still notices."))
    return open_round(case, why="7.2", note=note.strip(), actor=actor, now=now)


@line("7.2", act="plan")
def leave_with_plan(case: Case, *, actor: Actor, now: datetime, text: str, comes_on: date) -> LeavePlan:
    """Method 7.2: the manager lets the customer leave although he said "no". comes_on: site date of the next visit."""
    if actor.function != MANAGER:
        by = Missing("7.2", _("The manager decides whether the customer leaves with a plan."), by=(MANAGER,))
        raise Refused("7.2", by, kind="function")
    _check_not_cured(case)
    if len(text.strip()) < LONG_ENOUGH:
        raise bad_input("7.2", "text", _("Write down the plan in ten characters or more."))
    if comes_on < now.astimezone(case.site.zoneinfo).date():
        raise bad_input("7.2", "comes_on", _("The date is past."))
    return LeavePlan.objects.create(
        case=case,
        text=text.strip(),
        comes_on=comes_on,
        round=round_of(case),
        at=now,
        by=actor.person,
        function=actor.function,
    )


def _keep(rows: list[CureAnswer], now: datetime) -> CureAnswer:
    """Write the answers, and keep each with its concern, where recognition reads it."""
    CureAnswer.objects.bulk_create(rows)
    for row in rows:
        row.concern.customer_answer, row.concern.customer_answer_at = row.answer, now
    type(rows[0].concern).objects.bulk_update([row.concern for row in rows], ["customer_answer", "customer_answer_at"])
    return rows[-1]


def _check_not_cured(case: Case) -> None:
    _refuse_after_hand_over(case)
    if not not_cured(case):
        raise refuse("7.2", _("This follows only when the customer says that it is not cured."))


def _refuse_after_hand_over(case: Case) -> None:
    if case.visit and case.visit.handed_over_at:
        text = _("The vehicle is handed over: what the customer says now belongs to the contact (8.1).")
        raise Refused("7.2", Missing("7.2", text), kind="changed")
