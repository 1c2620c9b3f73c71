"""Trying to reach the customer, and what he answers. Method 8.1."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.messages import tell
from comeback.cases.models import Case
from comeback.diary.calendars import calendar_of
from comeback.method.calendar import Span
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.staff import people_in
from comeback.steps.s7_handover.facts import case_facts as hand_over_facts
from comeback.steps.s8_followup.guide import faults, guide, outcome_of
from comeback.steps.s8_followup.models import Attempt, Contact, Unreachable
from comeback.steps.s8_followup.recovery import open_recovery
from comeback.steps.s8_followup.timing import is_exhausted
from comeback.visits.models import Concern

MANAGER = "after_sales_manager"
AT_ONCE = timedelta(hours=1)
LATEST = Span(3, "working days")

ChannelCode = Literal["phone", "messenger", "email", "in_person", "link"]
ResultCode = Literal["reached", "no_answer", "wrong_number", "call_back", "objects"]


@line("8.1", act="attempt")
def record_attempt(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    at: datetime,
    channel: ChannelCode,
    result: ResultCode,
    call_back_at: datetime | None = None,
    note: str = "",
) -> Attempt:
    """Method 8.1: a try to reach the customer. at: when it was made; call_back_at: when he wants to be called.

    Refused: before hand-over, in the future, by whoever handed the car over, after the customer asked not to be called.
    """
    _check_may_ask(case)
    if result == "call_back" and (call_back_at is None or call_back_at <= at):
        raise bad_input("8.1", "call_back_at", _("Write down when the customer wants to be called."))
    row = _attempt(case, actor, now, at, channel, result, note, call_back_at=call_back_at)
    if result == "objects":
        _keep_follow_up(case, "objects", at)
    if result == "wrong_number":
        _tell_of_wrong_number(case, actor, now)
    return row


@line("8.1")
@line("8.1", act="contact")
def record_contact(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    at: datetime,
    channel: ChannelCode,
    answers: dict[str, str | int],
    note: str = "",
) -> Contact:
    """Method 8.1: the customer was reached and answered the guide. answers: by question, "q1" to "q11".

    A negative answer opens a new request at once, and the manager owes a recovery call within 24 hours. Refused: as an
    attempt; a second questionnaire, unless the customer had not tried the car yet.
    """
    _check_may_ask(case)
    wrong = faults(answers)
    if wrong:
        raise bad_input("8.1", wrong[0], _("Question %(number)s: choose an answer.") % {"number": wrong[0][1:]})
    attempt = _attempt(case, actor, now, at, channel, "reached", note)
    contact = Contact(
        case=case,
        attempt=attempt,
        answers=answers,
        outcome=outcome_of(answers),
        guide_version=guide().version,
        at=at,
        by=actor.person,
        function=actor.function,
    )
    if contact.outcome == "dissatisfied":
        contact.request = open_recovery(case, answers, actor=actor, now=now)
    contact.save(force_insert=True)
    _keep_follow_up(case, contact.outcome, at)
    return contact


@line("8.1", act="unreachable")
def give_up(case: Case, *, actor: Actor, now: datetime) -> Unreachable:
    """Method 8.1: the customer could not be reached: three tries on two half-days, and seven days since hand-over."""
    _check_may_ask(case)
    handed_over_at = _handed_over_at(case)
    attempts = list(Attempt.objects.filter(case=case).values_list("at", flat=True))
    if not is_exhausted(attempts, handed_over_at, now, case.site.zoneinfo):
        text = _("Try on: three attempts on two different half-days are owed, and tries go on for seven days.")
        raise refuse("8.1", text, by=(MANAGER,))
    if Unreachable.objects.filter(case=case).exists() or Contact.objects.filter(case=case).exists():
        raise Refused("8.1", Missing("8.1", _("This contact is settled already.")), kind="changed")
    _keep_follow_up(case, "unreachable", now)
    return Unreachable.objects.create(case=case, at=now, by=actor.person, function=actor.function)


def _attempt(
    case: Case, actor: Actor, now: datetime, at: datetime, channel: str, result: str, note: str, **more: object
) -> Attempt:
    _check_time(case, now, at, note)
    return Attempt.objects.create(
        case=case,
        channel=channel,
        result=result,
        note=note.strip(),
        own_service=_is_own_service(case, actor, now),
        at=at,
        recorded_at=now,
        by=actor.person,
        function=actor.function,
        **more,
    )


def _check_time(case: Case, now: datetime, at: datetime, note: str) -> None:
    """Decision 15: what is entered later needs a reason, and is entered within three working days."""
    if at > now:
        raise bad_input("8.1", "at", _("This time lies in the future."))
    if at < _handed_over_at(case):
        raise bad_input("8.1", "at", _("The vehicle was not handed over yet at that time."))
    if at < now - AT_ONCE and not note.strip():
        raise bad_input("8.1", "note", _("Write down why this is entered later."))
    if calendar_of(case.site).add(at, LATEST) < now:
        raise bad_input("8.1", "at", _("This is too long ago: it is entered within three working days."))


def _handed_over_at(case: Case) -> datetime:
    moment = case.visit.handed_over_at if case.visit else None
    if moment is None:
        raise refuse("8.1", _("The vehicle is not handed over yet."), by=("service_advisor",))
    return moment


def _is_own_service(case: Case, actor: Actor, now: datetime) -> bool:
    """Whether the only manager asks about his own hand-over. Anybody else who handed the car over does not ask."""
    fact = hand_over_facts([case.pk]).get(case.pk, {}).get("handed_over")
    if fact is None or fact.by != actor.person.pk:
        return False
    managers = people_in(case.site, now.astimezone(case.site.zoneinfo).date()).get(MANAGER, [])
    if any(person != actor.person for person in managers):
        text = _("Whoever handed the vehicle over does not ask about it: another manager calls.")
        raise refuse("8.1", text, by=(MANAGER,))
    return True


def _check_may_ask(case: Case) -> None:
    if Attempt.objects.filter(case=case, result="objects").exists():
        raise refuse("8.1", _("The customer asked not to be called."))
    last = Contact.objects.filter(case=case).order_by("pk").last()
    if last and last.outcome != "not_tried":
        text = _("The customer has answered already: he is not asked twice about one visit.")
        raise Refused("8.1", Missing("8.1", text), kind="changed")


def _keep_follow_up(case: Case, outcome: str, at: datetime) -> None:
    """Recognition reads it with the concern at the next booking."""
    if case.visit_id:
        Concern.objects.filter(order__visit=case.visit_id).update(follow_up=outcome, follow_up_at=at)


def _tell_of_wrong_number(case: Case, actor: Actor, now: datetime) -> None:
    people = people_in(case.site, now.astimezone(case.site.zoneinfo).date()).get("reception_lead", [])
    tell(
        people,
        site=case.site,
        code="wrong_number",
        now=now,
        case=case,
        line="8.1",
        sender=actor.person,
        function=actor.function,
        params={"case": str(case)},
    )
