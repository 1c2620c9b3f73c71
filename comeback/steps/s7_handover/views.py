"""Pages of step 7, and what they show besides their forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from comeback.cases.acting import Actor, functions_at
from comeback.cases.models import Case, StoredPrint
from comeback.cases.rounds import rounds_of
from comeback.desk.acting import actor_of, case_of, sees_customers
from comeback.desk.screens import screen
from comeback.method.refusal import Missing, Refused
from comeback.registers import clock
from comeback.steps.s6_settlement.facts import customer_amounts
from comeback.steps.s7_handover import forms
from comeback.steps.s7_handover.prints import KIND
from comeback.steps.s7_handover.queries import concerns_of, last_drives, not_cured

TEMPLATE = "s7_handover/talk.html"


@require_GET
def works_print(request: HttpRequest, number: str) -> FileResponse:
    """The list of works as it was last printed. It names the customer: not for a mechanic (decision 19)."""
    actor, now = actor_of(request), clock.now()
    case = case_of(number, actor, now)
    stored = StoredPrint.objects.filter(case=case, kind=KIND, replaced_by=None).first()
    if stored is None or not sees_customers(functions_at(actor, case.site, now, case)):
        missing = Missing("7.4", _("The list of works is not printed yet."), by=("service_advisor",))
        raise Refused("7.4", missing, kind="unknown")
    return FileResponse(stored.file.open("rb"), content_type="application/pdf", filename=f"{case.number}-{KIND}.pdf")


def talk(subject: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The concerns with what was done, the last drive, what the customer pays, an open "no", the print."""
    return {
        "concerns": list(concerns_of(subject).select_related("order")),
        "drive": last_drives(rounds_of([subject.pk])).get(subject.pk),
        "amount": customer_amounts([subject.pk]).get(subject.pk),
        "not_cured": not_cured(subject),
        "paper": StoredPrint.objects.filter(case=subject, kind=KIND, replaced_by=None).select_related("by").first(),
    }


for _name, _form in {
    "7.1": forms.ExplainForm,
    "7.2": forms.CureForm,
    "7.2/rework": forms.ReworkForm,
    "7.2/plan": forms.PlanForm,
    "7.3": forms.OfferForm,
    "7.3/drive": forms.DriveForm,
    "7.4": forms.DocumentForm,
    "7.4/print": forms.PrintForm,
    "hand_over": forms.HandOverForm,
}.items():
    screen(_name, _form, template=TEMPLATE, context=talk)
