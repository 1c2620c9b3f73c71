"""The person who signed in, as an actor at a site; and the subjects that he may know of."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comeback.cases.acting import Actor, functions_at
from comeback.cases.models import Case, Month, Request
from comeback.method.refusal import Missing, Refused
from comeback.registers import clock
from comeback.registers.models import Function, Person, Site
from comeback.registers.staff import sites_of

T = TypeVar("T", Case, Request)


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person at the site chosen in this session, else at his home site."""
    assert isinstance(request.user, Person)
    return actor_for(request.user, request.session.get("site", ""))


def actor_for(person: Person, code: str = "") -> Actor:
    """A person at the site with this code, else at his first. Raises Refused when he holds no function today."""
    sites = sites_of(person, clock.now())
    if not sites:
        text = _("You hold no function today. Ask the administrator.")
        raise Refused("staff", Missing("staff", text), kind="function")
    return Actor(person, next((site for site in sites if site.code == code), sites[0]))


def sees_customers(held: frozenset[str]) -> bool:
    """Whether these functions see who the customer is: not the mechanic (decision 19), nor who only keeps settings."""
    return bool(held - {Function.MECHANIC, Function.ADMINISTRATOR})


def case_of(number: str, actor: Actor, now: datetime) -> Case:
    """The case, if the actor may know of it: a function at its site, or lent to it. Raises Refused (unknown)."""
    case = Case.objects.select_related(
        "site__group", "vehicle", "customer", "visit", "request", "original_order"
    ).filter(number=number)
    return _known(case.first(), actor, now)


def request_of(pk: int, actor: Actor, now: datetime) -> Request:
    """The booking request, if the actor may know of it."""
    found = Request.objects.select_related("site__group", "vehicle", "customer").filter(pk=pk)
    return _known(found.first(), actor, now)


def month_of(code: str, first: date, actor: Actor, now: datetime) -> Month:
    """The month of a site, if the actor may know of it; its row is made when it is first asked for."""
    site = Site.objects.select_related("group").filter(code=code).first()
    if site is None or not functions_at(actor, site, now):
        raise _unknown()
    return Month.objects.select_related("site__group").get_or_create(site=site, first=first)[0]


def _known(subject: T | None, actor: Actor, now: datetime) -> T:
    if subject is None:
        raise _unknown()
    case = subject if isinstance(subject, Case) else None
    if not functions_at(actor, subject.site, now, case):
        raise _unknown()
    return subject


def _unknown() -> Refused:
    return Refused("unknown", Missing("unknown", _("Nothing is known here under that number.")), kind="unknown")
