"""What is done when somebody calls, lines 1.1 and 1.2. Appointments stand in `appointing.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.editions import sheet_for
from comeback.cases.messages import tell
from comeback.cases.models import Case, NatureChoice, Request, Words
from comeback.cases.opening import open_case
from comeback.method.refusal import Missing, Refused, bad_input
from comeback.registers.models import Function, Vehicle
from comeback.registers.search import plates_of
from comeback.registers.staff import people_in
from comeback.steps.s1_booking.history import judge_request
from comeback.steps.s1_booking.models import Answer, Reason, Snapshot
from comeback.steps.s1_booking.taking import adopt_appointment
from comeback.visits.models import Concern, RepairOrder

ReasonCode = Literal["", "planned_visit", "unrelated", "accident", "refused_work", "search_error", "duplicate"]


@line("1.2")
def take_words(
    subject: Request | Case,
    *,
    actor: Actor,
    now: datetime,
    text: str,
    source: Literal["phone", "visit", "form", "messenger"] = "phone",
    said_by: str = "",
    language: Literal["", "ru", "en", "fr"] = "",
    answers: dict[str, str] | None = None,
) -> Words:
    """Take down what the customer says, as he says it. A further call adds an entry. Method 1.2.

    answers: codes of the guide's questions and of what was answered to them; "unknown" is a complete answer.
    """
    if not text.strip():
        raise bad_input("1.2", "text", _("Write down what the customer says, in his own words."))
    return Words.objects.create(
        request=_request_of(subject, "1.2"),
        text=text.strip(),
        source=source,
        said_by=said_by.strip(),
        language=language,
        answers=answers or {},
        at=now,
        by=actor.person,
    )


@line("1.2", act="nature")
def choose_nature(
    subject: Request | Case, *, actor: Actor, now: datetime, nature: str, danger: bool = False
) -> NatureChoice:
    """Choose the nature («характер») of the request: it drives every condition of the sheet. Method 1.2.

    danger: the car is not to be driven; the expert and the manager are told at once.
    """
    request = _request_of(subject, "1.2/nature")
    if nature not in sheet_for(subject).natures:
        raise bad_input("1.2/nature", "nature", _("Choose one of the natures of the sheet."))
    choice = NatureChoice.objects.create(
        request=request,
        nature=nature,
        proposed=judge_request(request, now=now).recognition.nature,
        danger=danger,
        at=now,
        by=actor.person,
    )
    if danger:
        _warn(request, subject if isinstance(subject, Case) else None, actor, now)
    return choice


@line("1.1")
def decide_comeback(
    subject: Request | Case,
    *,
    actor: Actor,
    now: datetime,
    reply: Literal["yes", "no", "unknown"],
    reason: ReasonCode = "",
    note: str = "",
    original_order_id: int | None = None,
    original_concern_id: int | None = None,
    original_note: str = "",
) -> Case | Answer:
    """Answer whether it is a comeback; "yes" opens the case, and gives it back. Method 1.1, gate G1.

    reason: why not, for "no". original_order_id: the earlier order of this car; original_note in its place where the
    work was another dealer's, or done before there were records here. What recognition said is kept with the answer.
    """
    request = _request_of(subject, "1.1", decided_case=True)
    order = _original(request, original_order_id)
    concern = _concern(order, original_concern_id)
    if reply == "yes":
        _check_confirmed(request, order, original_note)
    elif isinstance(subject, Case):
        raise Refused("1.1", Missing("1.1", _("The case is open: reject it, or withdraw it, with a reason.")))
    if reply == "no" and reason not in Reason.values:
        raise bad_input("1.1", "reason", _("Say why it is not a comeback."))
    answer = Answer.objects.create(
        request=request,
        reply=reply,
        reason=reason if reply == "no" else "",
        note=note.strip(),
        original_order=order,
        original_concern=concern,
        original_note=original_note.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )
    keep_snapshot(answer, now)
    return _confirmed(subject, answer, actor, now) if reply == "yes" else answer


def _confirmed(subject: Request | Case, answer: Answer, actor: Actor, now: datetime) -> Case:
    linked: dict[str, Any] = {
        "original_order": answer.original_order,
        "original_concern": answer.original_concern,
        "original_note": answer.original_note,
    }
    if isinstance(subject, Case):  # received as a comeback before anybody had decided
        for name, value in linked.items():
            setattr(subject, name, value)
        subject.save(update_fields=list(linked))
        return subject
    case = open_case(subject, actor=actor, now=now, **linked)
    adopt_appointment(case, actor=actor, now=now)
    return case


def _check_confirmed(request: Request, order: RepairOrder | None, original_note: str) -> None:
    if request.vehicle is None:
        raise bad_input("1.1", "vehicle", _("Find or enter the car first: a comeback is of a car."))
    if order is None and not original_note.strip():
        text = _("Choose the earlier order, or write whose work it was or that it was done before these records.")
        raise Refused("G1", Missing("original_linked", text, (Function.RECEPTION_LEAD,), field="original_order_id"))


def _request_of(subject: Request | Case, rule: str, *, decided_case: bool = False) -> Request:
    """The request itself. What became a case goes on under its number; a decided case is not decided again."""
    if isinstance(subject, Case):
        if decided_case and Answer.objects.filter(request_id=subject.request_id, reply="yes").exists():
            raise Refused(rule, Missing(rule, _("It is confirmed as a comeback already.")), kind="changed")
        return subject.request
    case = Case.objects.filter(request=subject).first()
    if case:
        text = _("This request has become %(case)s: go on there.") % {"case": case}
        raise Refused(rule, Missing(rule, text), kind="changed")
    return subject


def _original(request: Request, order_id: int | None) -> RepairOrder | None:
    if order_id is None:
        return None
    vehicle = request.vehicle
    order = RepairOrder.objects.filter(pk=order_id, visit__vehicle=vehicle).first() if vehicle else None
    if order is None:
        raise bad_input("1.1", "original_order_id", _("Choose an order of this car."))
    return order


def _concern(order: RepairOrder | None, concern_id: int | None) -> Concern | None:
    if order is None:
        return None
    concerns = list(order.concerns.order_by("number"))
    if concern_id is None:
        return concerns[0] if len(concerns) == 1 else None
    for concern in concerns:
        if concern.pk == concern_id:
            return concern
    raise bad_input("1.1", "original_concern_id", _("Choose a concern of this order."))


def keep_snapshot(answer: Answer, now: datetime) -> Snapshot:
    """What recognition says of the request at the moment of an answer."""
    judged = judge_request(answer.request, now=now)
    said = judged.recognition
    return Snapshot.objects.create(
        answer=answer,
        score=said.score,
        verdict=said.verdict,
        order=judged.order,
        reasons=[{"code": it.code, "points": it.points, "params": dict(it.params)} for it in said.reasons],
        edition=said.edition,
        at=now,
    )


def _warn(request: Request, case: Case | None, actor: Actor, now: datetime) -> None:
    people = people_in(request.site, now.astimezone(request.site.zoneinfo).date())
    said = request.words.order_by("-pk").first()
    tell(
        {*people.get(Function.TECHNICAL_EXPERT, ()), *people.get(Function.AFTER_SALES_MANAGER, ())} - {actor.person},
        site=request.site,
        case=case,
        line="1.2",
        code="danger",
        now=now,
        sender=actor.person,
        function=actor.function,
        params={"plate": _plate_of(request.vehicle)},
        text=said.text if said else "",
    )


def _plate_of(vehicle: Vehicle | None) -> str:
    return plates_of([vehicle.pk]).get(vehicle.pk, str(vehicle)) if vehicle else "?"
