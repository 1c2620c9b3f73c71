"""The site's page of the settings: details and rates, week, special days, bays and courtesy cars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comeback.cases.acting import Actor
from comeback.method.refusal import Refused
from comeback.registers import clock
from comeback.registers.models import SpecialDay
from comeback.web.setup import changing, places
from comeback.web.setup.keeping import site_date
from comeback.web.setup.queries import resources_of
from comeback.web.setup.views import administrator_of

Do = Callable[[Any, Actor, datetime], None]


def _details(form: changing.SiteDetailsForm, actor: Actor, now: datetime) -> None:
    places.change_details(form.cleaned_data, actor=actor, now=now)


def _week(form: changing.WeekForm, actor: Actor, now: datetime) -> None:
    places.change_week(form.week, actor=actor, now=now)


def _special_day(form: changing.SpecialDayForm, actor: Actor, now: datetime) -> None:
    data = form.cleaned_data
    places.keep_special_day(data["date"], data["hours"], data["note"], actor=actor, now=now)


def _special_day_end(form: changing.RowForm, actor: Actor, now: datetime) -> None:
    row = get_object_or_404(SpecialDay, pk=form.cleaned_data["row"], site=actor.site)
    places.drop_special_day(row, actor=actor, now=now)


def _holidays(form: changing.HolidaysForm, actor: Actor, now: datetime) -> None:
    places.keep_holidays(form.chosen(), actor=actor, now=now)


def _resource(form: changing.ResourceForm, actor: Actor, now: datetime) -> None:
    places.add_resource(**form.cleaned_data, actor=actor, now=now)


def _resource_end(form: changing.RowForm, actor: Actor, now: datetime) -> None:
    today = site_date(actor.site, now)
    row = get_object_or_404(resources_of(actor.site, today), pk=form.cleaned_data["row"])
    places.end_resource(row, actor=actor, now=now)


CHANGES: dict[str, tuple[type[changing.ChangeForm], Do]] = {
    "details": (changing.SiteDetailsForm, _details),
    "hours": (changing.WeekForm, _week),
    "special-day": (changing.SpecialDayForm, _special_day),
    "special-day-end": (changing.RowForm, _special_day_end),
    "holidays": (changing.HolidaysForm, _holidays),
    "resource": (changing.ResourceForm, _resource),
    "resource-end": (changing.RowForm, _resource_end),
}
SHOWN = ("details", "hours", "special-day", "holidays", "resource")


@require_GET
def site(request: HttpRequest) -> HttpResponse:
    """Everything that an administrator keeps of his site."""
    return _page(request, administrator_of(request), clock.now())


@require_POST
def change(request: HttpRequest, what: str) -> HttpResponse:
    """One change of the site."""
    actor, now = administrator_of(request), clock.now()
    if what not in CHANGES:
        raise Http404
    form_class, do = CHANGES[what]
    form = form_class(request.POST, site=actor.site, today=site_date(actor.site, now))
    if form.is_valid():
        try:
            do(form, actor, now)
        except Refused as refusal:
            form.take_refusal(refusal)
        else:
            messages.success(request, _("Saved and entered in the journal."))
            return redirect("settings_site")
    return _page(request, actor, now, **{what: form})


def _page(request: HttpRequest, actor: Actor, now: datetime, **bound: Any) -> HttpResponse:
    today = site_date(actor.site, now)
    forms = {
        what.replace("-", "_"): bound.get(what) or CHANGES[what][0](site=actor.site, today=today) for what in SHOWN
    }
    context = {
        "site": actor.site,
        "forms": forms,
        "special_days": actor.site.special_days.filter(date__gte=today).order_by("date"),
        "resources": resources_of(actor.site, today),
    }
    return render(request, "web/setup/site.html", context, status=422 if bound else 200)
