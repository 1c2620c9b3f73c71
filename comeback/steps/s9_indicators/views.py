"""The month with its figures and the cases behind them, its signature, and the two control tables."""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from comeback.cases.acting import Actor, functions_at
from comeback.cases.models import Month
from comeback.desk.acting import actor_of, month_of
from comeback.desk.screens import screen
from comeback.registers import clock
from comeback.steps.s9_indicators import forms
from comeback.steps.s9_indicators.pages import control_context, listed_cases, month_context, sign_context
from comeback.steps.s9_indicators.prints import print_month
from comeback.steps.s9_indicators.stays import CENTURY


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """The running month of the reader's site."""
    actor, now = actor_of(request), clock.now()
    first = now.astimezone(actor.site.zoneinfo).date().replace(day=1)
    return _page(request, month_of(actor.site.code, first, actor, now), actor, now)


@require_GET
def month_page(request: HttpRequest, code: str, year: str, number: str) -> HttpResponse:
    """A month of a site: /months/MSK/2026-10/."""
    actor, now = actor_of(request), clock.now()
    return _page(request, month_of(code, date(int(year), int(number), 1), actor, now), actor, now)


def _page(request: HttpRequest, month: Month, actor: Actor, now: datetime) -> HttpResponse:
    held = functions_at(actor, month.site, now)
    with timezone.override(month.site.zoneinfo):
        context = month_context(month, now, of=request.GET.get("of", ""), held=held)
        return render(request, "s9_indicators/month.html", context)


@require_GET
def month_cases(request: HttpRequest, code: str, year: str, number: str) -> HttpResponse:
    """The cases behind a figure as CSV."""
    actor, now = actor_of(request), clock.now()
    month = month_of(code, date(int(year), int(number), 1), actor, now)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{month.site.code}-{month.first:%Y-%m}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(["case", "received", "plate", "words", "cause", "days", "cost", "currency"])
    for row in listed_cases(month, now, of=request.GET.get("of", "")).rows:
        writer.writerow([row.case.number, row.received or "", row.plate, _safe(row.words), row.cause, row.days,
                         f"{row.cost / 100:.2f}", month.site.currency])  # fmt: skip
    return response


@require_GET
def month_sheet(request: HttpRequest, code: str, year: str, number: str) -> HttpResponse:
    """The month on paper."""
    actor, now = actor_of(request), clock.now()
    month = month_of(code, date(int(year), int(number), 1), actor, now)
    response = HttpResponse(print_month(month, now), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{month.site.code}-{month.first:%Y-%m}.pdf"'
    return response


def _safe(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@require_GET
def control_table(request: HttpRequest) -> HttpResponse:
    """The checks of a month and its comebacks, the two control tables of the sheet: /control/?month=2026-10."""
    actor, now = actor_of(request), clock.now()
    today = now.astimezone(actor.site.zoneinfo).date()
    with timezone.override(actor.site.zoneinfo):
        context = control_context(actor.site, _month_asked(request.GET.get("month", ""), today), now)
        return render(request, "s9_indicators/control.html", context)


def _month_asked(text: str, today: date) -> date:
    try:
        asked = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a date, no moment
    except ValueError:
        return today.replace(day=1)
    return asked if asked.year in CENTURY else today.replace(day=1)


def _signing(subject: Any, *, actor: Actor, now: datetime) -> dict[str, Any]:
    return sign_context(subject, now)


TEMPLATE = "s9_indicators/sign.html"
screen("sign", forms.SignForm, template=TEMPLATE, context=_signing)
screen("restate", forms.RestateForm, template=TEMPLATE, context=_signing)
