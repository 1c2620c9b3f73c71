"""The pages on which lines are done: parse, one command, render. All rooms' screens are served here alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from comeback.cases.acting import Actor, functions_at
from comeback.cases.commands import Command, Registered, Subject
from comeback.cases.deriving import progress_with_facts
from comeback.cases.editions import sheet_for
from comeback.cases.models import Case, Month, Request
from comeback.cases.naming import find, permitted
from comeback.cases.perform import perform
from comeback.desk.acting import actor_of, case_of, month_of, request_of, sees_customers
from comeback.desk.refusals import STATUS
from comeback.desk.screens import SCREENS, Screen
from comeback.method.refusal import Missing, Refused
from comeback.registers import clock


@require_http_methods(["GET", "POST"])
def case_line(request: HttpRequest, number: str, line: str, act: str = "") -> HttpResponse:
    """A line or an act of a case: /cases/MSK-2026-0042/4.4/."""
    actor = actor_of(request)
    return _serve(request, case_of(number, actor, clock.now()), _name(line, act), actor)


@require_http_methods(["GET", "POST"])
def request_line(request: HttpRequest, pk: int, line: str, act: str = "") -> HttpResponse:
    """A line of a booking request: /requests/17/1.1/."""
    actor = actor_of(request)
    return _serve(request, request_of(pk, actor, clock.now()), _name(line, act), actor)


@require_http_methods(["GET", "POST"])
def month_line(request: HttpRequest, code: str, year: str, month: str, act: str) -> HttpResponse:
    """An act of a site's month: /months/MSK/2026-11/sign/."""
    actor = actor_of(request)
    return _serve(request, month_of(code, date(int(year), int(month), 1), actor, clock.now()), act, actor)


def _name(line: str, act: str) -> str:
    return f"{line}/{act}" if act else line


def _serve(request: HttpRequest, subject: Subject, name: str, actor: Actor) -> HttpResponse:
    registered, screen = find(name, subject.KIND), _screen(name)
    allowed = permitted(sheet_for(subject), name, subject.KIND)
    now = clock.now()
    with timezone.override(subject.site.zoneinfo):
        asked = {name: value for name, value in request.GET.items() if name != "key"}
        typed = (request.POST, request.FILES) if request.method == "POST" else ()
        form = screen.form(*typed, initial=asked, subject=subject, actor=actor, now=now)
        if form.is_valid():
            try:
                perform(Command(name, subject, form.arguments()), actor=actor, now=now, key=form.cleaned_data["key"])
                return redirect(address_of(subject))
            except Refused as refusal:
                form.take_refusal(refusal)
        return _page(request, subject, registered, allowed, screen, form, actor)


def _screen(name: str) -> Screen:
    screen = SCREENS.get(name) or SCREENS.get(name.partition("/")[2])
    if screen is None:
        raise Refused(name, Missing(name, translation.gettext("There is no such line or act.")), kind="unknown")
    return screen


def _page(
    request: HttpRequest,
    subject: Subject,
    registered: Registered,
    allowed: tuple[str, ...],
    screen: Screen,
    form: Any,
    actor: Actor,
) -> HttpResponse:
    now = clock.now()
    sheet = sheet_for(subject)
    progress, facts = progress_with_facts(subject, now)
    case = subject if isinstance(subject, Case) else None
    context = {
        "subject": subject,
        "case": case,
        "name": registered.name,
        "line": sheet.lines.get(registered.rule),
        "act": sheet.acts.get(registered.rule) or sheet.gates.get(registered.rule),
        "progress": progress,
        "facts": facts,
        "missing": progress.blocked.get(registered.permit, ()),
        "allowed": allowed,
        "form": form,
        "refusal": form.refusal,
        "actor": actor,
        "personal": sees_customers(functions_at(actor, subject.site, now, case)),
        "now": now,
        "back": address_of(subject),
    }
    if screen.context:
        context |= screen.context(subject, actor=actor, now=now)
    status = STATUS[form.refusal.kind] if form.refusal else 422 if form.is_bound and form.errors else 200
    return render(request, screen.template, context, status=status)


def address_of(subject: Subject) -> str:
    """The page of a subject."""
    if isinstance(subject, Case):
        return f"/cases/{subject.number}/"
    if isinstance(subject, Month):
        return f"/months/{subject.site.code}/{subject.first:%Y-%m}/"
    assert isinstance(subject, Request)
    return f"/requests/{subject.pk}/"
