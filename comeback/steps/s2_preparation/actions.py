"""What is done to prepare the reception, lines 2.1 to 2.3. The order and its stamp (2.4) stand in `ordering.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.messages import mark_read, tell
from comeback.cases.models import Case, Message
from comeback.method.refusal import bad_input, refuse
from comeback.registers.models import Function, Person
from comeback.registers.staff import people_in
from comeback.steps.s2_preparation.models import ArrivalNotice, CheckedPart, DossierReview, PartsCheck, PartState
from comeback.steps.s2_preparation.queries import past_visits, plate_of, reception_of

STAMP = "%d.%m.%Y %H:%M"


class PartNeed(TypedDict, total=False):
    """One part of the coming work. state: in_stock, or ordered with the date on which it is due."""

    code: str
    name: str
    quantity: Decimal
    state: Literal["in_stock", "ordered"]
    purchase_no: str
    due_on: date | None


@line("2.1")
def inform_manager(
    case: Case, *, actor: Actor, now: datetime, in_person: bool = False, text: str = ""
) -> ArrivalNotice:
    """Tell the manager, and whoever deputises for him, when the customer arrives. Method 2.1.

    in_person: it was also said to him. Owed again when the appointment is changed afterwards.
    """
    appointment = reception_of(case)
    if appointment is None:
        raise refuse("2.1", _("No reception is booked: book it first."), by=(Function.RECEPTION_LEAD,))
    managers = holders(case, Function.AFTER_SALES_MANAGER, now)
    if not managers:
        raise refuse("2.1", _("Nobody is after-sales manager today: let the administrator enter a deputy."))
    earlier = ArrivalNotice.objects.filter(case=case).select_related("appointment").order_by("-pk").first()
    before = earlier.appointment.starts_at if earlier and earlier.appointment_id != appointment.pk else None
    messages = tell(
        managers,
        site=case.site,
        case=case,
        line="2.1",
        code="arrival_moved" if before else "arrival",
        now=now,
        sender=actor.person,
        function=actor.function,
        params={
            "plate": plate_of(case.vehicle),
            "arrives": _on_site(case, appointment.starts_at),
            "before": _on_site(case, before) if before else "",
        },
        text=text.strip(),
        told=in_person,
    )
    notice = ArrivalNotice.objects.create(
        case=case,
        appointment=appointment,
        before=before,
        in_person=in_person,
        at=now,
        by=actor.person,
        function=actor.function,
    )
    notice.messages.set(messages)
    return notice


@line("2.2")
def review_dossier(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    findings: str,
    hypothesis: str = "",
    instruction: str = "",
    original_read: int | None = None,
) -> DossierReview:
    """The manager has read the customer's file and the latest work, and says what he makes of it. Method 2.2.

    original_read: id of the original order that he opened. instruction: for the technical expert, who gets it at once.
    """
    if case.original_order_id != original_read:
        text = _("Open the original order and confirm that you have read it.")
        raise bad_input("2.2", "original_read", text)
    if not findings.strip():
        raise bad_input("2.2", "findings", _("Write in a sentence what you found in the file."))
    review = DossierReview.objects.create(
        case=case,
        original_id=original_read,
        visits_seen=[visit.pk for visit in past_visits(case)],
        findings=findings.strip(),
        hypothesis=hypothesis.strip(),
        instruction=instruction.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )
    for message in Message.objects.filter(case=case, line="2.1", to=actor.person, read_at=None):
        mark_read(message, now=now)
    if review.instruction:
        _instruct(case, review, actor, now)
    return review


def _instruct(case: Case, review: DossierReview, actor: Actor, now: datetime) -> None:
    tell(
        holders(case, Function.TECHNICAL_EXPERT, now),
        site=case.site,
        case=case,
        line="2.2",
        code="dossier_instruction",
        now=now,
        sender=actor.person,
        function=actor.function,
        params={"plate": plate_of(case.vehicle)},
        text=review.instruction,
    )


@line("2.3")
def check_parts(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    parts: list[PartNeed] | None = None,
    unknown: bool = False,
    reason: str = "",
) -> PartsCheck:
    """The advisor has checked the parts: each is in stock, or ordered and due on a date; or they are not known yet.

    unknown: not known before the diagnosis. No parts and not unknown: none are needed, `reason` says why. Method 2.3.
    """
    wanted = list(parts or [])
    if unknown and wanted:
        raise bad_input(
            "2.3", "unknown", _("Either name the parts, or say that they are not known before the diagnosis.")
        )
    if not unknown and not wanted and not reason.strip():
        raise bad_input("2.3", "reason", _("Name the parts, or say why none are needed."))
    _refuse_unsettled(wanted, now.astimezone(case.site.zoneinfo).date())
    check = PartsCheck.objects.create(
        case=case, unknown=unknown, reason=reason.strip(), at=now, by=actor.person, function=actor.function
    )
    CheckedPart.objects.bulk_create(
        CheckedPart(
            check_row=check,
            code=part.get("code", "").strip(),
            name=part.get("name", "").strip(),
            quantity=part.get("quantity", Decimal(1)),
            state=part["state"],
            purchase_no=part.get("purchase_no", "").strip(),
            due_on=part.get("due_on") if part["state"] == PartState.ORDERED else None,
        )
        for part in wanted
    )
    return check


def _refuse_unsettled(parts: Sequence[PartNeed], today: date) -> None:
    """A part that is neither in stock nor ordered with a date, and a part that is named twice."""
    seen: set[str] = set()
    for part in parts:
        label = part.get("code") or part.get("name") or ""
        if not label.strip():
            raise bad_input("2.3", "parts", _("A part has neither a number nor a name."))
        if part.get("state") not in PartState.values:
            text = _("%(part)s: neither in stock nor ordered. Order it, or take it off.") % {"part": label}
            raise bad_input("2.3", "parts", text)
        due_on = part.get("due_on")
        if part["state"] == PartState.ORDERED and (due_on is None or due_on < today):
            raise bad_input("2.3", "parts", _("%(part)s: on which day is it due?") % {"part": label})
        if label in seen:
            text = _("%(part)s is listed twice: order it once, with its quantity.") % {"part": label}
            raise bad_input("2.3", "parts", text)
        seen.add(label)


def holders(case: Case, function: str, now: datetime) -> list[Person]:
    """Who holds a function at the site of a case today, deputies included."""
    return people_in(case.site, now.astimezone(case.site.zoneinfo).date()).get(function, [])


def _on_site(case: Case, moment: datetime) -> str:
    return moment.astimezone(case.site.zoneinfo).strftime(STAMP)
