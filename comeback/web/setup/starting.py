"""The first administrator, the group and a site, made in one transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from comeback.cases.acting import Actor
from comeback.cases.models import Job
from comeback.diary.models import Resource, ResourceKind
from comeback.registers.models import ADMINISTRATOR, FunctionHeld, Group, OpeningHours, Person, Site
from comeback.web.setup import keeping
from comeback.web.setup.hours import Intervals, written

SITE_FIELDS = ("code", "name", "zone", "country", "language", "currency", "labour_cost_rate", "labour_door_rate")
NAMES = {ResourceKind.BAY: {"ru": "Пост", "en": "Bay", "fr": "Poste"},
         ResourceKind.ROOM: {"ru": "Место приёмки", "en": "Reception", "fr": "Réception"}}  # fmt: skip


class AlreadySetUp(Exception):
    """Somebody else was quicker."""


def set_up(data: Mapping[str, Any], week: Mapping[int, Intervals], *, language: str, now: datetime) -> Person:
    """The first administrator with the group and its first site. Raises AlreadySetUp when there is a person."""
    with transaction.atomic():
        Job.objects.get_or_create(name="setup")
        Job.objects.select_for_update().get(name="setup")  # two visitors: the second one waits here
        if Person.objects.exists():
            raise AlreadySetUp
        person = Person(username=data["username"], name=data["person_name"], email=data["email"], language=language)
        person.set_password(data["password"])
        person.save()
        group = Group.objects.create(name=data["group"])
        site = open_site(group, data, week, administrator=person, functions=data["functions"], now=now)
        person.site = site
        person.save(update_fields=["site"])
    return person


def open_site(
    group: Group,
    data: Mapping[str, Any],
    week: Mapping[int, Intervals],
    *,
    administrator: Person,
    functions: list[str],
    now: datetime,
) -> Site:
    """A site with its hours, bays and places of reception; the administrator holds his function there from today."""
    with transaction.atomic():
        site = Site.objects.create(group=group, **{name: data[name] for name in SITE_FIELDS})
        said = {name: data[name] for name in SITE_FIELDS} | {"hours": {day: written(it) for day, it in week.items()}}
        with keeping.kept(site, "site.open", actor=Actor(administrator, site), now=now, said=said):
            keep_week(site, week)
            _furnish(site, ResourceKind.BAY, data["bays"], now)
            _furnish(site, ResourceKind.ROOM, data["rooms"], now)
            engage(administrator, site, [ADMINISTRATOR, *functions], now)
    return site


def engage(person: Person, site: Site, functions: list[str], now: datetime) -> None:
    """Functions of a person from today; whoever holds one of the method's can be booked in the diary."""
    today = keeping.site_date(site, now)
    FunctionHeld.objects.bulk_create(
        FunctionHeld(person=person, site=site, function=function, since=today) for function in functions
    )
    if set(functions) - {ADMINISTRATOR}:
        diary_of(person, site, now)


def diary_of(person: Person, site: Site, now: datetime) -> None:
    """The person can be booked at the site from today (again)."""
    resource, fresh = Resource.objects.get_or_create(
        site=site, person=person, defaults={"kind": ResourceKind.PERSON, "name": person.name[:100],
                                            "since": keeping.site_date(site, now)},
    )  # fmt: skip
    if not fresh and resource.until is not None:
        resource.until = None
        resource.save(update_fields=["until"])


def keep_week(site: Site, week: Mapping[int, Intervals]) -> None:
    """The opening hours of the week in place of those before."""
    site.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=day, opens=opens, closes=closes)
        for day, intervals in week.items()
        for opens, closes in intervals
    )


def _furnish(site: Site, kind: ResourceKind, count: int, now: datetime) -> None:
    word = NAMES[kind].get(site.language, NAMES[kind]["en"])
    Resource.objects.bulk_create(
        Resource(site=site, kind=kind, name=f"{word} {number}", since=keeping.site_date(site, now))
        for number in range(1, count + 1)
    )
