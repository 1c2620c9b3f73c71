"""The expert supervises the work and tells the manager how it is going."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.messages import tell
from comeback.cases.models import Case
from comeback.cases.rounds import round_of
from comeback.method.refusal import bad_input, refuse
from comeback.registers.staff import people_in
from comeback.steps.s4_repair.facts import case_facts
from comeback.steps.s4_repair.models import ProgressReport, WorkNote
from comeback.steps.s4_repair.queries import punched_on


@line("4.2")
def note_on_work(
    case: Case, *, actor: Actor, now: datetime, text: str, approves: str = "", at: datetime | None = None
) -> WorkNote:
    """Method 4.2: the technical expert supervises the work.

    approves: an assembly whose replacement he approves; at: when he looked, where he writes it down later.
    Refused: before the work began (by the sheet) or after it was finished; by somebody who punched on the car.
    """
    if punched_on(actor.person, case):
        text_ = _("You worked on this car yourself: another expert or your deputy supervises it.")
        raise refuse("4.2", text_, by=("technical_expert",))
    if not text.strip():
        raise bad_input("4.2", "text", _("Say what you saw or agreed."))
    _while_they_worked(case, at or now, now)
    return WorkNote.objects.create(
        case=case,
        round=round_of(case),
        text=text.strip(),
        approves=approves.strip(),
        at=at or now,
        recorded_at=now,
        by=actor.person,
        function=actor.function,
    )


def _while_they_worked(case: Case, looked_at: datetime, now: datetime) -> None:
    facts = case_facts([case.pk])[case.pk]
    begun, finished = facts["work_begun"], facts.get("work_finished")
    if not begun.at <= looked_at <= now:
        raise bad_input("4.2", "at", _("Work is supervised while it goes on: after its start and not in the future."))
    if finished and looked_at > finished.at:
        raise bad_input("4.2", "at", _("The work is finished: say when you looked at it before that."))


@line("4.3")
def tell_manager(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    status: Literal["found", "delayed", "extra_work", "not_reproduced", "done"],
    text: str,
    expected_at: datetime | None = None,
) -> ProgressReport:
    """Method 4.3: the technical expert keeps the aftersales manager informed; sent counts, decision 5.

    expected_at: when the car will be ready; owed with "delayed". Refused: "done" before the work is finished.
    """
    if not text.strip():
        raise bad_input("4.3", "text", _("Tell the manager in a few words."))
    if status == "delayed" and (expected_at is None or expected_at <= now):
        raise bad_input("4.3", "expected_at", _("A delay has a new time: when will the car be ready?"))
    if status == "done" and "work_finished" not in case_facts([case.pk])[case.pk]:
        raise refuse("4.3", _("The work is not finished yet."), by=("mechanic",), need="work_finished")
    managers = people_in(case.site, now.astimezone(case.site.zoneinfo).date()).get("after_sales_manager", [])
    if not managers:
        raise refuse("4.3", _("Nobody is the aftersales manager today: ask the administrator to name a deputy."))
    tell(
        managers,
        site=case.site,
        case=case,
        line="4.3",
        sender=actor.person,
        function=actor.function,
        code=f"work_{status}",
        params={"case": str(case), "car": str(case.vehicle), "expected": _in_site_time(case, expected_at)},
        text=text.strip(),
        now=now,
    )
    return ProgressReport.objects.create(
        case=case,
        round=round_of(case),
        status=status,
        text=text.strip(),
        expected_at=expected_at,
        at=now,
        by=actor.person,
        function=actor.function,
    )


def _in_site_time(case: Case, moment: datetime | None) -> str:
    return moment.astimezone(case.site.zoneinfo).strftime("%d.%m, %H:%M") if moment else ""
