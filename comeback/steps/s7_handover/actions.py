"""The hand-over talk and the hand-over. Method 7.1 to 7.4, G9; decision 8. The answer on the cure is in `cure.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act, line
from comeback.cases.models import Case, StoredPrint
from comeback.cases.rounds import round_of
from comeback.cases.windows import facts_of
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.models import OdometerReading
from comeback.steps.s7_handover import cure, drives  # noqa: F401  registers 7.2 and the drive with the rest of the room
from comeback.steps.s7_handover.models import DocumentExplained, DriveOffer, Explanation, HandOver
from comeback.steps.s7_handover.prints import KIND, print_works
from comeback.steps.s7_handover.queries import concerns_of
from comeback.visits.models import RepairOrder


@line("7.1")
def explain_work(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    concern_ids: list[int],
    to_whom: str,
    old_parts_shown: bool,
    advice: str = "",
) -> Explanation:
    """Method 7.1: explain what was done. concern_ids: the concerns ticked; all of the visit are owed."""
    concerns = {row.pk: row for row in concerns_of(case)}
    left = [row for pk, row in concerns.items() if pk not in concern_ids]
    if left:
        text = _("Explain this concern too: %(words)s") % {"words": left[0].words}
        raise bad_input("7.1", "concern_ids", text)
    return Explanation.objects.create(
        case=case,
        concerns=sorted(concerns),
        to_whom=_named("7.1", "to_whom", to_whom),
        old_parts_shown=old_parts_shown,
        advice=advice.strip(),
        **_said(case, actor, now),
    )


@line("7.3")
def offer_drive(
    case: Case, *, actor: Actor, now: datetime, answer: Literal["accepted", "refused"], reason: str = ""
) -> DriveOffer:
    """Method 7.3: a drive was offered; the customer accepted it, or refused it and said why."""
    if answer == "refused" and not reason.strip():
        raise bad_input("7.3", "reason", _("Write down why the customer does not want to drive."))
    return DriveOffer.objects.create(
        case=case, accepted=answer == "accepted", reason=reason.strip(), **_said(case, actor, now)
    )


@line("7.4")
def explain_document(case: Case, *, actor: Actor, now: datetime, to_whom: str, number: str = "") -> DocumentExplained:
    """Method 7.4: explain the invoice (number), where the customer pays; else the list of works with the sum 0.

    A list without a number of its own is the one that Comeback prints; it is printed now unless it was (7.4/print).
    """
    policy = facts_of("case", [case.pk])[case.pk].get("policy_applied")
    if policy is None or policy.void:
        raise refuse(
            "7.4", _("First decide who pays and agree it with the customer."), by=("after_sales_manager",), need="6.2"
        )
    if policy.value and not number.strip():
        raise bad_input("7.4", "number", _("The customer pays: give the number of the invoice."))
    paper = StoredPrint.objects.filter(case=case, kind=KIND, replaced_by=None).first()
    if paper is None and not number.strip():
        paper = print_works(case, by=actor.person, at=now)
    return DocumentExplained.objects.create(
        case=case,
        paper=paper,
        kind="invoice" if policy.value else "list",
        number=number.strip(),
        amount=policy.value,
        to_whom=_named("7.4", "to_whom", to_whom),
        **_said(case, actor, now),
    )


@line("7.4", act="print")
def print_list_of_works(case: Case, *, actor: Actor, now: datetime) -> StoredPrint:
    """Method 7.4: print the list of works, in the customer's language; a print before it is replaced."""
    return print_works(case, by=actor.person, at=now)


@act("hand_over")
def hand_over(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    receiver: Literal["customer", "proxy", "courier", "key_box"],
    signed: bool,
    odometer_km: int,
    receiver_name: str = "",
    no_signature_reason: str = "",
) -> HandOver:
    """Hand the car over, once. From here the 48 hours of 8.1 run. Decision 8: proxy, courier, key box, no signature.

    Refused: a proxy or courier without a name; no signature without its reason (a key box is one); an odometer that
    went back.
    """
    if case.visit is None:
        raise refuse("G9", _("The vehicle was never received: there is no visit."), by=("service_advisor",))
    if HandOver.objects.filter(case=case).exists() or case.visit.handed_over_at:
        raise Refused("G9", Missing("G9", _("The vehicle is handed over already.")), kind="changed")
    if receiver in ("proxy", "courier"):
        receiver_name = _named("G9", "receiver_name", receiver_name)
    if not signed and receiver != "key_box" and not no_signature_reason.strip():
        raise bad_input("G9", "no_signature_reason", _("Write down why nobody signed."))
    if odometer_km < (case.visit.odometer_in or 0):
        raise bad_input(
            "G9",
            "odometer_km",
            _("The odometer showed more at the reception: %(km)s km.") % {"km": case.visit.odometer_in},
        )
    row = HandOver.objects.create(
        case=case,
        receiver=receiver,
        receiver_name=receiver_name.strip(),
        signed=signed,
        no_signature_reason=no_signature_reason.strip(),
        odometer_km=odometer_km,
        **_said(case, actor, now),
    )
    _close_visit(case, odometer_km, now)
    return row


def _close_visit(case: Case, odometer_km: int, now: datetime) -> None:
    visit = case.visit
    assert visit is not None
    visit.handed_over_at, visit.odometer_out = now, odometer_km
    visit.save(update_fields=["handed_over_at", "odometer_out"])
    RepairOrder.objects.filter(visit=visit, closed_at=None).update(closed_at=now)
    OdometerReading.objects.create(vehicle_id=case.vehicle_id, at=now, km=odometer_km, source="hand_over")


def _named(rule: str, field: str, name: str) -> str:
    if not name.strip():
        raise bad_input(rule, field, _("Write down the name."))
    return name.strip()


def _said(case: Case, actor: Actor, now: datetime) -> dict[str, object]:
    return {"round": round_of(case), "at": now, "by": actor.person, "function": actor.function}
