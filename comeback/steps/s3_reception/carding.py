"""Line 3.2: the fault card is written with the customer, and signed. Versions are never changed, only followed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.messages import tell
from comeback.cases.models import Case, FaultCard, NatureChoice
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.models import Function
from comeback.registers.staff import people_in
from comeback.steps.s3_reception.card import tidy, unanswered, unreadable
from comeback.steps.s3_reception.models import CardSignature
from comeback.steps.s3_reception.prefill import is_dangerous, latest_card, nature_of

DRAWING = "data:image/png;base64,"
LARGEST_DRAWING = 200_000  # characters; a signature on a tablet has about 10 000


@line("3.2")
def fill_fault_card(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    answers: dict[str, list[str]],
    version: int = 0,
    signed_by: str = "",
    strokes: str = "",
) -> FaultCard:
    """Write a version of the card and, when `signed_by` is given, have it signed in the same breath. Method 3.2."""
    card = write_fault_card(case, actor=actor, now=now, answers=answers, version=version)
    if signed_by.strip():
        sign_fault_card(case, actor=actor, now=now, version=card.version, signed_by=signed_by, strokes=strokes)
        card.refresh_from_db()
    return card


@line("3.2", act="write")
def write_fault_card(
    case: Case, *, actor: Actor, now: datetime, answers: dict[str, list[str]], version: int = 0
) -> FaultCard:
    """Save a version of part 1 without a signature. Method 3.2.

    answers: codes of the questions and of what was answered; version: the one that was on the screen, 0 for none.
    A signed version stays as it is: what the customer adds later is the next version.
    """
    wrong = unreadable(answers)
    if wrong:
        raise bad_input("3.2", wrong, _("This answer is not one of the card's."))
    latest = latest_card(case)
    _refuse_overtaken(latest, version)
    card = FaultCard.objects.create(
        case=case,
        part=1,
        version=version + 1,
        answers=tidy(answers),
        written_at=now,
        written_by=actor.person,
    )
    if card.answers.get("danger") == ["yes"] and not is_dangerous(case):
        _raise_alarm(case, actor, now)
    return card


def _refuse_overtaken(latest: FaultCard | None, version: int) -> None:
    present = latest.version if latest else 0
    if version != present:
        text = _("The card has version %(version)s by now. Open it anew and add what is missing.") % {
            "version": present
        }
        raise Refused("3.2", Missing("3.2", text), kind="changed")


def _raise_alarm(case: Case, actor: Actor, now: datetime) -> None:
    """From now on every condition is a must; the experts are told at once. Decision 13."""
    nature = nature_of(case) or "SAFETY"
    NatureChoice.objects.create(request_id=case.request_id, nature=nature, danger=True, at=now, by=actor.person)
    _tell_experts(case, "card_danger", actor, now)


@line("3.2", act="sign")
def sign_fault_card(
    case: Case, *, actor: Actor, now: datetime, version: int, signed_by: str, strokes: str = ""
) -> CardSignature:
    """The customer signs the latest version; from then on it is frozen, and the experts are told. Method 3.2.

    signed_by: the name of who signs; strokes: the drawn signature as a PNG data address, where there is one.
    """
    card = latest_card(case)
    if card is None:
        raise refuse("3.2", _("Nothing is written on the card yet."), by=(Function.SERVICE_ADVISOR,))
    _refuse_overtaken(card, version)
    if card.signed_at:
        raise Refused("3.2", Missing("3.2", _("This version is signed already.")), kind="changed")
    lacking = unanswered(card.answers, nature_of(case))
    if lacking:
        items = [
            Missing(it.code, _("%(field)s: not answered yet") % {"field": it.label}, field=it.code) for it in lacking
        ]
        raise Refused("3.2", *items, kind="input")
    if not signed_by.strip():
        raise bad_input("3.2", "signed_by", _("Write the name of who signs."))
    if strokes and (not strokes.startswith(DRAWING) or len(strokes) > LARGEST_DRAWING):
        raise bad_input(
            "3.2", "strokes", _("The drawing of the signature cannot be read. Let the customer sign again.")
        )
    card.signed_at, card.signed_by = now, signed_by.strip()
    card.save(update_fields=["signed_at", "signed_by"])
    _tell_experts(case, "card_signed", actor, now)
    return CardSignature.objects.create(
        card=card, name=signed_by.strip(), strokes=strokes, at=now, by=actor.person, function=actor.function
    )


def _tell_experts(case: Case, code: str, actor: Actor, now: datetime) -> None:
    experts = people_in(case.site, now.astimezone(case.site.zoneinfo).date()).get(Function.TECHNICAL_EXPERT, [])
    tell(
        [person for person in experts if person != actor.person],
        site=case.site,
        case=case,
        line="3.2",
        code=code,
        now=now,
        sender=actor.person,
        function=actor.function,
        params={"case": str(case)},
    )
