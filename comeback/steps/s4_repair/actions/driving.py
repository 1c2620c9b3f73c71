"""The road test after the work, or the static check of a car that cannot be driven."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.models import Case, RoadTest
from comeback.cases.rounds import open_round, round_of
from comeback.method.refusal import bad_input, refuse
from comeback.registers.models import OdometerReading
from comeback.steps.s4_repair.facts import case_facts
from comeback.steps.s4_repair.queries import STANDING_NATURES, last_odometer, nature_of, punched_on


@line("4.4")
def road_test_after_work(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    started: datetime,
    ended: datetime,
    symptom: Literal["no", "partly", "yes"],
    odometer_out: int | None = None,
    odometer_in: int | None = None,
    same_conditions: bool = True,
    difference: str = "",
    codes: str = "",
    static: bool = False,
    undrivable: str = "",
    remarks: str = "",
) -> RoadTest:
    """Method 4.4: the technical expert drives the car after the work, under the conditions of the fault card.

    started, ended: aware datetimes; odometers in km; symptom: whether the fault is still there; codes: trouble codes
    read afterwards; difference: how the conditions differed; static: looked at, not driven (BODY, DOC, or undrivable
    with the reason). Refused: before the last work punch, by somebody who worked on the car. A symptom that is still
    there sends the car back: the next round of work begins.
    """
    _by_another(case, actor)
    _after_the_work(case, started, ended, now)
    if static:
        _may_stand(case, undrivable)
        odometer_out = odometer_in = None
    else:
        _odometer_is_plausible(case, odometer_out, odometer_in)
    if not same_conditions and not difference.strip():
        raise bad_input("4.4", "difference", _("Say how the conditions differed from those of the fault card."))
    test = RoadTest.objects.create(
        case=case,
        round=round_of(case),
        kind="after_work",
        static=static,
        driver=actor.person,
        started_at=started,
        ended_at=ended,
        odometer_out=odometer_out,
        odometer_in=odometer_in,
        conditions={"same": same_conditions, "difference": difference, "codes": codes, "undrivable": undrivable},
        symptom=symptom,
        remarks=remarks.strip(),
        at=now,
        function=actor.function,
    )
    if odometer_in is not None:
        OdometerReading.objects.create(vehicle_id=case.vehicle_id, at=ended, km=odometer_in, source="road test")
    if symptom != "no":
        open_round(case, why="4.4", note=remarks.strip()[:500], actor=actor, now=now)
    return test


def _by_another(case: Case, actor: Actor) -> None:
    if punched_on(actor.person, case):
        text = _("You worked on this car yourself: another expert or your deputy drives it.")
        raise refuse("4.4", text, by=("technical_expert",))


def _after_the_work(case: Case, started: datetime, ended: datetime, now: datetime) -> None:
    finished = case_facts([case.pk])[case.pk]["work_finished"]
    if started < finished.at:
        raise bad_input("4.4", "started", _("Work went on until after that: drive when the work is finished."))
    if ended <= started:
        raise bad_input("4.4", "ended", _("The drive ends after its start."))
    if ended > now:
        raise bad_input("4.4", "ended", _("The drive ends in the future: enter it when it is over."))


def _may_stand(case: Case, undrivable: str) -> None:
    if nature_of(case) not in STANDING_NATURES and not undrivable.strip():
        raise bad_input("4.4", "undrivable", _("This nature of comeback is driven. Say why the car cannot be driven."))


def _odometer_is_plausible(case: Case, out: int | None, back: int | None) -> None:
    for name, km in (("odometer_out", out), ("odometer_in", back)):
        if km is None:
            raise bad_input("4.4", name, _("Read the odometer before and after the drive."))
    assert out is not None
    assert back is not None
    if back < out:
        raise bad_input("4.4", "odometer_in", _("The odometer shows less than before the drive."))
    known = last_odometer(case)
    if known is not None and out < known:
        text = _("The odometer showed %(km)s km already: read it again.") % {"km": known}
        raise bad_input("4.4", "odometer_out", text)
