"""One person's page: details, functions from–to, deputies, password, tokens. Each change is a form of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comeback.cases.acting import Actor
from comeback.method.refusal import Refused
from comeback.registers import clock
from comeback.registers.models import Deputising, FunctionHeld, Person
from comeback.web.setup import changing, staff
from comeback.web.setup.keeping import site_date
from comeback.web.setup.views import administrator_of

Do = Callable[[Person, Any, Actor, datetime], str | None]


@dataclass(frozen=True)
class Change:
    """form: what is typed; do: the change, which may give a secret to show once; own_site: for people at home here.

    secret: what the secret is called.
    """

    form: type[changing.ChangeForm]
    do: Do
    own_site: bool = False
    secret: Any = ""


def _details(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    staff.change_details(person, data, actor=actor, now=now)


def _function(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    staff.give_function(person, **data, actor=actor, now=now)


def _end_function(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    row = get_object_or_404(FunctionHeld, pk=data["row"], person=person, site=actor.site)
    staff.end_function(row, until=data["until"], actor=actor, now=now)


def _deputy(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    absent = get_object_or_404(Person, pk=data["absent"])
    staff.deputise(person, **(data | {"absent": absent}), actor=actor, now=now)


def _end_deputy(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    row = get_object_or_404(Deputising, pk=data["row"], deputy=person, site=actor.site)
    staff.end_deputising(row, until=data["until"], actor=actor, now=now)


def _deactivate(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    staff.deactivate(person, actor=actor, now=now)


def _activate(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    staff.activate(person, actor=actor, now=now)


def _password(person: Person, data: Any, actor: Actor, now: datetime) -> str:
    return staff.new_password(person, actor=actor, now=now)


def _token(person: Person, data: Any, actor: Actor, now: datetime) -> str:
    return staff.give_token(person, **data, actor=actor, now=now)


def _end_token(person: Person, data: Any, actor: Actor, now: datetime) -> None:
    staff.take_token(get_object_or_404(person.tokens, pk=data["row"], revoked_at=None), actor=actor, now=now)


CHANGES = {
    "details": Change(changing.DetailsForm, _details, own_site=True),
    "function": Change(changing.FunctionForm, _function),
    "function-end": Change(changing.EndForm, _end_function),
    "deputy": Change(changing.DeputyForm, _deputy),
    "deputy-end": Change(changing.EndForm, _end_deputy),
    "deactivate": Change(changing.ChangeForm, _deactivate, own_site=True),
    "activate": Change(changing.ChangeForm, _activate, own_site=True),
    "password": Change(changing.ChangeForm, _password, own_site=True, secret=gettext_lazy("New password")),
    "token": Change(changing.TokenForm, _token, own_site=True, secret=gettext_lazy("API token")),
    "token-end": Change(changing.RowForm, _end_token, own_site=True),
}


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new person of this site; the password is shown once."""
    actor, now = administrator_of(request), clock.now()
    form = changing.PersonForm(request.POST or None, site=actor.site, today=site_date(actor.site, now))
    if request.method == "POST" and form.is_valid():
        person, password = staff.add_person(form.cleaned_data, actor=actor, now=now)
        return _shown_once(request, person, _("Password"), password)
    return render(request, "web/setup/person_add.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that an administrator keeps of one person."""
    actor, now = administrator_of(request), clock.now()
    return _page(request, actor, now, _person_of(actor, pk))


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One change of one person."""
    actor, now = administrator_of(request), clock.now()
    found, wanted = _person_of(actor, pk), CHANGES.get(what)
    if wanted is None or (wanted.own_site and found.site_id != actor.site.pk):
        raise Http404
    form = wanted.form(request.POST, site=actor.site, today=site_date(actor.site, now), person=found)
    if form.is_valid():
        try:
            secret = wanted.do(found, form.cleaned_data, actor, now)
        except Refused as refusal:
            form.take_refusal(refusal)
        else:
            if secret:
                return _shown_once(request, found, wanted.secret, secret)
            messages.success(request, _("Saved and entered in the journal."))
            return redirect("settings_person", pk=found.pk)
    return _page(request, actor, now, found, **{what: form})


def _person_of(actor: Actor, pk: int) -> Person:
    rows = Person.objects.filter(Q(site=actor.site) | Q(functions__site=actor.site)).distinct()
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, actor: Actor, now: datetime, found: Person, **bound: Any) -> HttpResponse:
    today = site_date(actor.site, now)
    shown = {
        what: bound.get(what) or CHANGES[what].form(site=actor.site, today=today, person=found)
        for what in ("details", "function", "deputy", "token")
    }
    context = {
        "person": found,
        "at_home": found.site_id == actor.site.pk,
        "is_self": found == actor.person,
        "today": today,
        "tz": actor.site.zoneinfo,
        "forms": shown,
        "refused": [form for what, form in bound.items() if what not in shown],
        "functions": found.functions.filter(site=actor.site).order_by("-since", "pk"),
        "deputising": found.deputising.filter(site=actor.site).select_related("absent").order_by("-since", "pk"),
        "tokens": found.tokens.order_by("-pk"),
    }
    return render(request, "web/setup/person.html", context, status=422 if bound else 200)


def _shown_once(request: HttpRequest, found: Person, title: Any, secret: str) -> HttpResponse:
    response = render(request, "web/setup/shown_once.html", {"person": found, "title": title, "secret": secret})
    response.headers["Cache-Control"] = "no-store"
    return response
