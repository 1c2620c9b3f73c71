"""Pages of step 7, and what they show besides their forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from comeback.cases.acting import Actor
from comeback.cases.models import Case
from comeback.cases.rounds import rounds_of
from comeback.desk.screens import screen
from comeback.steps.s6_settlement.facts import customer_amounts
from comeback.steps.s7_handover import forms
from comeback.steps.s7_handover.queries import concerns_of, last_drives, not_cured

TEMPLATE = "s7_handover/talk.html"


def talk(subject: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The concerns with what was done, the last drive, what the customer pays, a "no" that waits for a decision."""
    return {
        "concerns": list(concerns_of(subject).select_related("order")),
        "drive": last_drives(rounds_of([subject.pk])).get(subject.pk),
        "amount": customer_amounts([subject.pk]).get(subject.pk),
        "not_cured": not_cured(subject),
    }


for _name, _form in {
    "7.1": forms.ExplainForm,
    "7.2": forms.CureForm,
    "7.2/rework": forms.ReworkForm,
    "7.2/plan": forms.PlanForm,
    "7.3": forms.OfferForm,
    "7.3/drive": forms.DriveForm,
    "7.4": forms.DocumentForm,
    "hand_over": forms.HandOverForm,
}.items():
    screen(_name, _form, template=TEMPLATE, context=talk)
