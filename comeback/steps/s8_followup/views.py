"""The call list, and the page of one call. Method 8.1."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comeback.cases.acting import Actor, functions_at
from comeback.cases.models import Case
from comeback.desk.acting import actor_of, sees_customers
from comeback.desk.formats import when
from comeback.desk.screens import screen
from comeback.method.refusal import Missing, Refused
from comeback.registers import clock
from comeback.steps.s8_followup.forms import AttemptForm, ContactForm, GiveUpForm
from comeback.steps.s8_followup.guide import guide
from comeback.steps.s8_followup.queries import attempts_of, calls_of, second_calls_of

READERS = ("after_sales_manager", "reception_lead", "service_advisor")  # the list has names and telephones


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """«Контакты 48 ч»: whom to call, the least time left first."""
    actor, now = actor_of(request), clock.now()
    if not functions_at(actor, actor.site, now) & set(READERS):
        raise Refused("8.1", Missing("8.1", _("The call list is not for your function."), by=READERS), kind="function")
    with timezone.override(actor.site.zoneinfo):
        context = {
            "calls": calls_of(actor.site),
            "second_calls": second_calls_of(actor.site),
            "site": actor.site,
            "tz": actor.site.zoneinfo,
            "now": now,
        }
        return render(request, "s8_followup/contacts.html", context)


def call(subject: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """How to reach the customer, the opening words, the tries so far."""
    personal = sees_customers(functions_at(actor, subject.site, now, subject))
    handed_over_at = subject.visit.handed_over_at if subject.visit else None
    day = when(handed_over_at, subject.site.zoneinfo) if handed_over_at else "…"
    opening = guide().opening
    words = {"dealer": subject.site.name, "caller": actor.person.name, "day": day}
    return {
        "personal": personal,
        "phones": [row.number for row in subject.customer.phones.all()] if personal and subject.customer else [],
        "opening": type(opening)(*(text.format(**words) for text in (opening.ru, opening.en, opening.fr))),
        "attempts": attempts_of(subject),
        "handed_over_at": handed_over_at,
    }


for _name, _form in {
    "8.1": ContactForm,
    "8.1/contact": ContactForm,
    "8.1/attempt": AttemptForm,
    "8.1/unreachable": GiveUpForm,
}.items():
    screen(_name, _form, template="s8_followup/call.html", context=call)
