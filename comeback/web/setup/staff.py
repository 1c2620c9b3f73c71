"""Changes of staff: each in one transaction with its entry in the site's journal. Requirement RF.7, decision 18."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.desk.models import ApiToken
from comeback.desk.tokens import make_token, revoke_token
from comeback.diary.models import Resource
from comeback.method.refusal import bad_input
from comeback.registers.models import ADMINISTRATOR, Deputising, FunctionHeld, Person
from comeback.web.setup.keeping import kept, site_date
from comeback.web.setup.starting import diary_of, engage

DETAILS = ("name", "email", "extension", "language")
SYLLABLES = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def add_person(data: Mapping[str, Any], *, actor: Actor, now: datetime) -> tuple[Person, str]:
    """A person of the actor's site with functions from today, and the password, which is shown once."""
    password = new_secret()
    said = {name: data[name] for name in ("username", *DETAILS, "functions")}
    person = Person(username=data["username"], site=actor.site, **{name: data[name] for name in DETAILS})
    person.set_password(password)
    with kept(actor.site, "staff.add", actor=actor, now=now, said=said):
        person.save()
        engage(person, actor.site, data["functions"], now)
    return person, password


def change_details(person: Person, data: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Name, e-mail, extension, language."""
    said = {name: data[name] for name in DETAILS}
    with kept(actor.site, "staff.details", actor=actor, now=now, said=said, refs=_of(person)):
        for name, value in said.items():
            setattr(person, name, value)
        person.save(update_fields=list(DETAILS))
        Resource.objects.filter(person=person).update(name=person.name[:100])


def give_function(
    person: Person, *, function: str, since: date, until: date | None, actor: Actor, now: datetime
) -> FunctionHeld:
    """A function from one site date to another, inclusive. Refused when he holds it then already."""
    at_once = Q(until=None) | Q(until__gte=since)
    before_end = Q(since__lte=until) if until else Q()
    if FunctionHeld.objects.filter(at_once, before_end, person=person, site=actor.site, function=function).exists():
        raise bad_input("staff", "function", _("This person holds the function already in that time."))
    said = {"function": function, "since": since, "until": until}
    with kept(actor.site, "staff.function", actor=actor, now=now, said=said, refs=_of(person)):
        row = FunctionHeld.objects.create(person=person, site=actor.site, function=function, since=since, until=until)
        if function != ADMINISTRATOR:
            diary_of(person, actor.site, now)
    return row


def end_function(row: FunctionHeld, *, until: date, actor: Actor, now: datetime) -> None:
    """The last day of a function. Refused for the last administrator."""
    if row.function == ADMINISTRATOR:
        _check_another_administrator(actor, row.person, now)
    said = {"function": row.function, "until": until}
    with kept(actor.site, "staff.function_end", actor=actor, now=now, said=said, refs=_of(row.person)):
        row.until = until
        row.save(update_fields=["until"])


def deputise(
    deputy: Person, *, absent: Person, function: str, since: date, until: date, actor: Actor, now: datetime
) -> Deputising:
    """A person stands in for another in one of that one's functions, from–to."""
    if not FunctionHeld.objects.filter(person=absent, site=actor.site, function=function).exists():
        raise bad_input("staff", "function", _("The absent person does not hold this function."))
    said = {"absent": absent.pk, "function": function, "since": since, "until": until}
    with kept(actor.site, "staff.deputy", actor=actor, now=now, said=said, refs=_of(deputy)):
        if function != ADMINISTRATOR:
            diary_of(deputy, actor.site, now)
        return Deputising.objects.create(
            deputy=deputy, absent=absent, site=actor.site, function=function, since=since, until=until
        )


def end_deputising(row: Deputising, *, until: date, actor: Actor, now: datetime) -> None:
    """The last day of standing in."""
    said = {"function": row.function, "until": until}
    with kept(actor.site, "staff.deputy_end", actor=actor, now=now, said=said, refs=_of(row.deputy)):
        row.until = until
        row.save(update_fields=["until"])


def deactivate(person: Person, *, actor: Actor, now: datetime) -> None:
    """The person signs in no more, his tokens open nothing, the diary offers him no more. What he did stays."""
    if person == actor.person:
        raise bad_input("staff", "", _("You cannot shut yourself out: another administrator can."))
    with kept(actor.site, "staff.deactivate", actor=actor, now=now, said={}, refs=_of(person)):
        person.is_active = False
        person.save(update_fields=["is_active"])
        Resource.objects.filter(person=person, until=None).update(until=site_date(actor.site, now))


def activate(person: Person, *, actor: Actor, now: datetime) -> None:
    """The person is back, with the functions that he still holds."""
    with kept(actor.site, "staff.activate", actor=actor, now=now, said={}, refs=_of(person)):
        person.is_active = True
        person.save(update_fields=["is_active"])
        if FunctionHeld.objects.filter(person=person, site=actor.site).exclude(function=ADMINISTRATOR).exists():
            diary_of(person, actor.site, now)


def new_password(person: Person, *, actor: Actor, now: datetime) -> str:
    """A password that is shown once; whoever is signed in as this person is signed out."""
    if person == actor.person:
        raise bad_input("staff", "", _("Change your own password in the menu under your name."))
    password = new_secret()
    with kept(actor.site, "staff.password", actor=actor, now=now, said={}, refs=_of(person)):
        person.set_password(password)
        person.save(update_fields=["password"])
    return password


def give_token(person: Person, *, name: str, actor: Actor, now: datetime) -> str:
    """An API token, shown once."""
    with kept(actor.site, "staff.token", actor=actor, now=now, said={"name": name}, refs=_of(person)):
        return make_token(person, name=name, now=now)


def take_token(token: ApiToken, *, actor: Actor, now: datetime) -> None:
    """The token opens nothing from now on."""
    refs = _of(token.person) | {"token": token.pk}
    with kept(actor.site, "staff.token_end", actor=actor, now=now, said={"name": token.name}, refs=refs):
        revoke_token(token, now=now)


def new_secret() -> str:
    """Four groups of four: 79 bits, to be read out or typed from a screen once."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _letter in range(4)) for _group in range(4))


def _check_another_administrator(actor: Actor, person: Person, now: datetime) -> None:
    tomorrow = site_date(actor.site, now) + timedelta(days=1)
    others = FunctionHeld.objects.filter(
        Q(until=None) | Q(until__gte=tomorrow), site=actor.site, function=ADMINISTRATOR
    )
    if not others.filter(person__is_active=True, since__lte=tomorrow).exclude(person=person).exists():
        raise bad_input("staff", "until", _("This is the last administrator: name another one first."))


def _of(person: Person) -> dict[str, Any]:
    return {"person": person.pk}
