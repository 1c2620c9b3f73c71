"""Who looks at the shell's pages, and what there is to see: comebacks that were booked, worked on, handed over."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client

from comeback.cases.commands import Command
from comeback.cases.deriving import rewrite
from comeback.cases.models import Case, CaseAppointment, CostLine, Message, Words
from comeback.cases.perform import perform
from comeback.diary.models import Appointment
from comeback.visits.models import Concern, RepairOrder, Visit
from tests.cast import Cast, moscow

NOW = moscow(2, 12)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CUSTOMER, PHONE = "Иванова Мария Петровна", "9161234567"
REASON = "Эксперт в отпуске до пятницы"


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], backend=BACKEND)
    return client


def text_of(response: Any) -> str:
    """The words of a page, without its tags."""
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def said(case: Case, cast: Cast, text: str = "Опять скрипит спереди", **more: Any) -> Words:
    """One more thing that the customer said."""
    return Words.objects.create(request=case.request, text=text, at=NOW, by=cast.people["smirnova"], **more)


def decided(case: Case, cast: Cast, key: str = "k1", reason: str = REASON) -> None:
    """Somebody answers a condition: an entry of the journal, and rows that lists read."""
    command = Command("1.3/decision", case, {"needed": False, "reason": reason})
    perform(command, actor=cast.actor("smirnova"), now=NOW, key=key)


def booked(case: Case, cast: Cast, kind: str = "reception", hours: int = 3) -> CaseAppointment:
    """An appointment of the case, some hours from now."""
    starts = NOW + timedelta(hours=hours)
    appointment = Appointment.objects.create(
        site=cast.msk, kind=kind, starts_at=starts, ends_at=starts + timedelta(minutes=45), made_at=NOW
    )
    return CaseAppointment.objects.create(
        case=case, appointment=appointment, kind=kind, at=NOW, by=cast.people["smirnova"], function="reception_lead"
    )


def visited(case: Case, cast: Cast, number: int) -> Visit:
    """An earlier visit of the car with two concerns."""
    at = moscow(number, 9, month=3)
    visit = Visit.objects.create(
        site=cast.msk, vehicle=case.vehicle, received_at=at, ready_at=at, handed_over_at=at, odometer_in=80_000 + number
    )
    order = RepairOrder.objects.create(site=cast.msk, visit=visit, number=f"ЗН-{number}", opened_at=at)
    for position in (1, 2):
        Concern.objects.create(order=order, number=position, words="Стук", result="fixed")
    return visit


def cost(case: Case, cast: Cast) -> CostLine:
    return CostLine.objects.create(
        case=case, kind="labour", description="Диагностика", unit=100, amount=100, at=NOW, by=cast.people["gromova"]
    )


def told(case: Case, cast: Cast, who: str) -> Message:
    return Message.objects.create(
        site=cast.msk, case=case, to=cast.people[who], sender=cast.people["kuznetsov"], code="a word", text="Едут",
        written_at=NOW, sent_at=NOW,
    )  # fmt: skip


def derived(*cases: Case) -> None:
    rewrite(cases, NOW)
