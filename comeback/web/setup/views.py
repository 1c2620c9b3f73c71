"""The first page of a new installation, and the settings' own first page."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from comeback.cases.acting import Actor
from comeback.desk.acting import actor_of
from comeback.method.refusal import Missing, Refused
from comeback.registers import clock
from comeback.registers.models import ADMINISTRATOR, Person
from comeback.registers.staff import functions_of
from comeback.web.setup.forms import SetupForm, SiteForm
from comeback.web.setup.keeping import site_date
from comeback.web.setup.queries import open_points, people_of
from comeback.web.setup.starting import AlreadySetUp, open_site, set_up

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """The first administrator, the group and its site; gone (404) as soon as there is a person."""
    if Person.objects.exists():
        raise Http404
    language = (get_language() or "ru")[:2]
    form = SetupForm(request.POST or None, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        try:
            person = set_up(form.cleaned_data, form.week, language=language, now=clock.now())
        except AlreadySetUp:
            raise Http404 from None
        login(request, person, backend=BACKEND)
        return redirect("settings")
    return render(request, "web/setup/first.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """What is still open, who works here in which function."""
    actor, now = administrator_of(request), clock.now()
    today = site_date(actor.site, now)
    context = {
        "site": actor.site,
        "open_points": open_points(actor.site, today),
        "without_hours": not actor.site.opening_hours.exists(),
        "people": people_of(actor.site, today),
    }
    return render(request, "web/setup/settings.html", context)


@require_http_methods(["GET", "POST"])
def add_site(request: HttpRequest) -> HttpResponse:
    """Another dealership of the group; the administrator keeps it too."""
    actor, now = administrator_of(request), clock.now()
    form = SiteForm(request.POST or None, initial={"language": actor.site.language, "zone": actor.site.zone})
    if request.method == "POST" and form.is_valid():
        site = open_site(
            actor.site.group, form.cleaned_data, form.week, administrator=actor.person, functions=[], now=now
        )
        request.session["site"] = site.code
        return redirect("settings")
    return render(request, "web/setup/site_add.html", {"form": form}, status=422 if form.errors else 200)


def administrator_of(request: HttpRequest) -> Actor:
    """The signed-in person at his site, if he is an administrator there today. Raises Refused."""
    actor = actor_of(request)
    check_administrator(actor, clock.now())
    return actor


def check_administrator(actor: Actor, now: datetime) -> None:
    if ADMINISTRATOR not in functions_of(actor.person, actor.site, site_date(actor.site, now)):
        text = _("Settings are kept by an administrator.")
        raise Refused("settings", Missing("settings", text, by=(ADMINISTRATOR,)), kind="function")
