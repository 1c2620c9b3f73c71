"""Screens of step 2, and the printed repair order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from comeback.cases.acting import Actor, functions_at
from comeback.cases.models import Case, StoredPrint
from comeback.desk.acting import actor_of, case_of, sees_customers
from comeback.desk.screens import screen
from comeback.method.refusal import Missing, Refused
from comeback.registers import clock
from comeback.registers.models import Function
from comeback.steps.s2_preparation import forms, prints
from comeback.steps.s2_preparation.actions import holders
from comeback.steps.s2_preparation.ordering import stamped_order
from comeback.steps.s2_preparation.queries import dossier_of, reception_of


@require_GET
def order_print(request: HttpRequest, number: str) -> FileResponse:
    """The latest print of the case's repair order; `?edition=…` one of the earlier ones."""
    actor, now = actor_of(request), clock.now()
    case = case_of(number, actor, now)
    rows = StoredPrint.objects.filter(case=case, kind__startswith=prints.KIND).order_by("-pk")
    edition = request.GET.get("edition", "")
    stored = (rows.filter(pk=int(edition)) if edition.isdecimal() else rows).first()
    if stored is None or not sees_customers(functions_at(actor, case.site, now, case)):
        missing = Missing("2.4", _("This order is not printed yet."), by=(Function.SERVICE_ADVISOR,))
        raise Refused("2.4", missing, kind="unknown")
    name = f"{case.number}.pdf"
    return FileResponse(stored.file.open("rb"), content_type="application/pdf", filename=name)


def arrival_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Who will be told, and what he was told before."""
    notice = case.arrival_notices.select_related("appointment", "by").prefetch_related("messages__to")
    return {
        "appointment": reception_of(case),
        "managers": holders(case, Function.AFTER_SALES_MANAGER, now),
        "notice": notice.order_by("-pk").first(),
    }


def dossier_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The dossier, the customer's words and the reviews before."""
    reviews = case.dossier_reviews.select_related("by").order_by("-pk")
    return {
        "dossier": dossier_of(case, now),
        "words": list(case.request.words.order_by("pk").select_related("by")),
        "review": reviews.first(),
    }


def parts_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """When the customer comes, so that a part due later is seen."""
    check = case.parts_checks.select_related("by").order_by("-pk").first()
    return {"appointment": reception_of(case), "check": check}


def order_context(case: Case, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The order as it stands, and its prints."""
    rows = StoredPrint.objects.filter(case=case, kind__startswith=prints.KIND).select_related("by", "replaced_by")
    return {"order": stamped_order(case), "prints": list(rows.order_by("-pk")[:10])}


screen("2.1", forms.ArrivalForm, template="s2_preparation/arrival.html", context=arrival_context)
screen("2.2", forms.ReviewForm, template="s2_preparation/dossier.html", context=dossier_context)
screen("2.3", forms.PartsForm, template="s2_preparation/parts.html", context=parts_context)
screen("2.4", forms.OrderForm, template="s2_preparation/order.html", context=order_context)
screen("2.4/print", forms.PrintAgainForm, template="s2_preparation/order.html", context=order_context)
