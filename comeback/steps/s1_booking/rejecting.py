"""The case that turned out, before the reception, to be no comeback."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act
from comeback.cases.models import Case, Ending
from comeback.diary.appointments import cancel_appointment
from comeback.method.refusal import Missing, Refused, bad_input
from comeback.steps.s1_booking.actions import ReasonCode, keep_snapshot
from comeback.steps.s1_booking.models import Answer, Reason, Reply
from comeback.steps.s1_booking.taking import reception_of


@act("reject")
def reject_case(
    case: Case, *, actor: Actor, now: datetime, reason: ReasonCode, note: str = "", cancel: bool = False
) -> Ending:
    """Reject the case before the reception, with a reason; it no longer counts in K1. Method 1.1.

    cancel: the customer does not come; otherwise his appointment stays as an ordinary one. Refused after the reception.
    """
    if reason not in Reason.values:
        raise bad_input("reject", "reason", _("Say why it is not a comeback."))
    if case.visit and case.visit.received_at:
        text = _("The car has been received already: the manager may withdraw the case.")
        raise Refused("reject", Missing("withdraw", text, ("after_sales_manager",)))
    answer = Answer.objects.create(
        request=case.request,
        reply=Reply.NO,
        reason=reason,
        note=note.strip(),
        original_order=case.original_order,
        at=now,
        by=actor.person,
        function=actor.function,
    )
    keep_snapshot(answer, now)
    appointment = reception_of(case)
    if cancel and appointment:
        cancel_appointment(appointment, by=actor.person, now=now, reason=note.strip())
    words = ": ".join(part for part in (str(Reason(reason).label), note.strip()) if part)
    return Ending.objects.create(
        case=case, kind="rejected", reason=words, at=now, by=actor.person, function=actor.function
    )
