"""The drive with the customer at hand-over. Method 7.3."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.evidence import RoadTestKind
from comeback.cases.models import Case, RoadTest
from comeback.cases.rounds import round_of
from comeback.method.refusal import bad_input, refuse
from comeback.steps.s7_handover.models import DriveOffer


@line("7.3", act="drive")
def drive_with_customer(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    started: datetime,
    ended: datetime,
    symptom: Literal["yes", "partly", "no"],
    driven_by_customer: bool = False,
    odometer_out: int | None = None,
    odometer_in: int | None = None,
    remarks: str = "",
) -> RoadTest:
    """Method 7.3: the drive that the customer accepted. started, ended: aware; odometers in km.

    Refused: without an accepted offer in this round; an end before the start or in the future; an odometer that fell.
    """
    offer = DriveOffer.objects.filter(case=case, round=round_of(case)).order_by("pk").last()
    if offer is None or not offer.accepted:
        raise refuse("7.3", _("First offer the drive: the customer has not accepted one."), by=("service_advisor",))
    if ended <= started:
        raise bad_input("7.3", "ended", _("The drive ends before it starts."))
    if ended > now:
        raise bad_input("7.3", "ended", _("The drive ends in the future."))
    if odometer_out and odometer_in and odometer_in < odometer_out:
        raise bad_input("7.3", "odometer_in", _("The odometer went back."))
    return RoadTest.objects.create(
        case=case,
        round=round_of(case),
        kind=RoadTestKind.DELIVERY,
        driver=actor.person,
        driven_by_customer=driven_by_customer,
        started_at=started,
        ended_at=ended,
        odometer_out=odometer_out,
        odometer_in=odometer_in,
        symptom=symptom,
        remarks=remarks.strip(),
        at=now,
        function=actor.function,
    )
