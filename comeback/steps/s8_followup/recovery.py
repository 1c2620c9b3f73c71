"""After a negative answer: a new request at once, and a recovery call within 24 hours. Method 8.1."""

from __future__ import annotations

from datetime import datetime, timedelta

from comeback.cases import journal
from comeback.cases.acting import Actor
from comeback.cases.deriving import rewrite
from comeback.cases.messages import tell
from comeback.cases.models import Case, NatureChoice, Request, Words
from comeback.cases.opening import open_request
from comeback.registers.staff import people_in
from comeback.steps.s8_followup.guide import Answers, guide

WITHIN = timedelta(hours=24)
CHANNEL = "follow_up"


def open_recovery(case: Case, answers: Answers, *, actor: Actor, now: datetime) -> Request:
    """A request for the same car and customer, who says that it came back; the managers owe a call within 24 hours.

    Confirmed, it becomes a case of the next level: its original order is that of this comeback.
    """
    request = open_request(
        site=case.site,
        actor=actor,
        now=now,
        vehicle=case.vehicle,
        customer=case.customer,
        searched=case.number,
        claims_comeback=True,
        channel=CHANNEL,
    )
    Words.objects.create(
        request=request,
        text=_said(case, answers),
        language=case.site.language,
        source=CHANNEL,
        said_by=case.customer.name if case.customer else "",
        at=now,
        by=actor.person,
    )
    _adopt_nature(case, request, actor, now)
    journal.append(
        request.stream,
        command="8.1/contact",
        at=now,
        now=now,
        site=case.site,
        actor=actor,
        refs={"model": "cases.case", "id": case.pk},
    )
    rewrite([request], now)
    _tell_managers(case, request, actor, now)
    return request


def _said(case: Case, answers: Answers) -> str:
    """His own words; else the answers that were negative, in the site's language."""
    words = str(answers.get("q10", "")).strip()
    if words:
        return words
    asked = {it.id: it for it in guide().questions}
    language = case.site.language
    lines = [
        f"{asked[id_].text.in_language(language)} {asked[id_].choices[str(answers[id_])].in_language(language)}"
        for id_ in ("q1", "q3")
        if id_ in answers
    ]
    return "\n".join(lines)


def _adopt_nature(case: Case, request: Request, actor: Actor, now: datetime) -> None:
    before = NatureChoice.objects.filter(request=case.request_id).order_by("pk").last()
    if before:
        NatureChoice.objects.create(
            request=request,
            nature=before.nature,
            proposed=before.nature,
            danger=before.danger,
            at=now,
            by=actor.person,
        )


def _tell_managers(case: Case, request: Request, actor: Actor, now: datetime) -> None:
    local = now.astimezone(case.site.zoneinfo)
    managers = people_in(case.site, local.date()).get("after_sales_manager", [])
    due = (now + WITHIN).astimezone(case.site.zoneinfo)
    tell(
        managers,
        site=case.site,
        code="recovery_owed",
        now=now,
        case=case,
        line="8.1",
        sender=actor.person,
        function=actor.function,
        params={"case": str(case), "request": request.pk, "due": f"{due:%d.%m %H:%M}", "due_at": due.isoformat()},
    )
