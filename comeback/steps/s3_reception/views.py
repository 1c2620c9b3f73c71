"""Screens of step 3, and the small answer under the fault card: what is still owed, what does not go together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from comeback.cases.acting import Actor
from comeback.cases.models import Case
from comeback.desk.acting import actor_of, case_of
from comeback.desk.screens import screen
from comeback.registers import clock
from comeback.steps.s3_reception import forms, questions
from comeback.steps.s3_reception.actions import latest_reception, managers_of
from comeback.steps.s3_reception.card import contradictions, owed, unanswered
from comeback.steps.s3_reception.delivering import latest_delivery
from comeback.steps.s3_reception.prefill import known_answers, latest_card, nature_of
from comeback.steps.s3_reception.queries import free_starts, reception_appointment, versions_of

LEFT = (questions.SYMPTOM, questions.NOISE, questions.VIBRATION, questions.LAMP, questions.FREQUENCY, questions.FIRST)
MIDDLE = (questions.ENGINE, questions.GROWS)
RIGHT = (questions.SPEED, questions.MANOEUVRE, questions.WEATHER)
FURTHER = tuple(question for question in questions.QUESTIONS if question.more)
ZONES = ("front_left", "front_right", "cabin", "rear_left", "rear_right")


@require_POST
def card_check(request: HttpRequest, number: str) -> HttpResponse:
    """Judges the card as it stands on the screen, while it is being filled in. Saves nothing."""
    now, actor = clock.now(), actor_of(request)
    case = case_of(number, actor, now)
    with timezone.override(case.site.zoneinfo):
        form = forms.CardForm(request.POST, subject=case, actor=actor, now=now)
        return render(request, "s3_reception/card_check.html", judged(form.typed(), form.nature))


def judged(answers: dict[str, list[str]], nature: str) -> dict[str, Any]:
    """How many of the owed answers are there, which lack, what does not go together."""
    lacking = unanswered(answers, nature)
    needed = len(owed(answers, nature))
    return {
        "needed": needed,
        "answered": needed - len(lacking),
        "lacking": lacking,
        "contradictions": list(contradictions(answers)),
    }


def reception_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """When the customer was expected, and what is recorded already."""
    return {
        "appointment": reception_appointment(case),
        "reception": latest_reception(case),
        "words": list(case.request.words.order_by("pk").select_related("by")),
    }


def card_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The card's columns, its versions, and how it stands on record."""
    nature = nature_of(case)
    return {
        "left": [question.code for question in LEFT],
        "middle": [question.code for question in MIDDLE],
        "right": [question.code for question in RIGHT],
        "further": [question.code for question in FURTHER],
        "given": {question.code: question.given for question in questions.QUESTIONS if question.given},
        "zones": ZONES,
        "musts": [question.code for question in questions.QUESTIONS if nature in question.must],
        "versions": versions_of(case),
        **judged(known_answers(case), nature),
    }


def sign_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """What is being signed, in words."""
    card = latest_card(case)
    return {"card": card, "read": read_aloud(card.answers) if card else []}


def read_aloud(answers: dict[str, list[str]]) -> list[dict[str, str]]:
    """The answers of a card in words, for `facts.html`."""
    return [
        {
            "label": question.label,
            "value": ", ".join(str(question.options.get(code, code)) for code in answers[question.code]),
        }
        for question in questions.QUESTIONS
        if answers.get(question.code)
    ]


def drive_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The conditions on the fault card, and the drives before."""
    card = latest_card(case)
    drives = case.road_tests.filter(kind="with_customer").select_related("driver").order_by("-pk")
    return {
        "card": card,
        "read": read_aloud(card.answers) if card else [],
        "drives": list(drives[:5]),
        "under": [f"under_{question.code}" for question in forms.DRIVEN_UNDER],
    }


def delivery_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the customer agreed to and what was offered to him before; the manager's free times around it."""
    slot = latest_delivery(case)
    context: dict[str, Any] = {
        "slot": slot,
        "agreements": list(case.works_agreements.select_related("by").order_by("-pk")[:5]),
    }
    if slot:
        length = slot.appointment.ends_at - slot.appointment.starts_at
        context["free"] = [
            (person, free_starts(case, person, slot.appointment.starts_at, length=length))
            for person in managers_of(case, slot.appointment.starts_at)
        ]
    return context


screen("3.1", forms.ReceptionForm, template="s3_reception/reception.html", context=reception_context)
screen("confirm_presence", forms.PresenceForm, template="s3_reception/reception.html", context=reception_context)
screen("3.2", forms.CardForm, template="s3_reception/fault_card.html", context=card_context)
screen("3.2/sign", forms.SignForm, template="s3_reception/sign.html", context=sign_context)
screen("3.3", forms.DriveForm, template="s3_reception/drive.html", context=drive_context)
screen("3.4", forms.OfferForm, template="s3_reception/delivery.html", context=delivery_context)
screen("3.4/agree", forms.AgreementForm, template="s3_reception/delivery.html", context=delivery_context)
screen("3.5", forms.ReserveForm, template="s3_reception/delivery.html", context=delivery_context)
