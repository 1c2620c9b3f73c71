"""What the settings pages read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from comeback.diary.models import Resource, ResourceKind
from comeback.method import loading
from comeback.method.sheet import Text
from comeback.registers.models import Deputising, Function, FunctionHeld, Person, Site
from comeback.registers.staff import people_in


@dataclass(frozen=True)
class OpenPoint:
    """A function that nobody holds today; the lines and acts of the method that nobody can do because of it."""

    function: str
    lines: tuple[str, ...]
    acts: tuple[Text, ...] = ()
    stops: str = ""


def open_points(site: Site, today: date) -> list[OpenPoint]:
    """Functions that nobody holds at the site. Requirement RF.7: without a quality controller cases stop at G7."""
    held = {function for function, people in people_in(site, today).items() if people}
    sheet = loading.load()
    return [
        OpenPoint(
            str(label),
            tuple(it.id for it in sheet.lines.values() if code in it.by and not held.intersection(it.by)),
            tuple(it.text for it in sheet.acts.values() if code in it.by and not held.intersection(it.by)),
            "G7" if code == Function.QUALITY_CONTROLLER else "",
        )
        for code, label in Function.choices
        if code not in held
    ]


def people_of(site: Site, today: date) -> list[Person]:
    """Everybody who is at home at the site or holds a function there, active ones first; `now_held` on each."""
    held = FunctionHeld.objects.filter(_on(today), site=site).order_by("pk")
    stands_in = Deputising.objects.filter(_on(today), site=site).select_related("absent").order_by("pk")
    rows = Person.objects.filter(Q(site=site) | Q(functions__site=site)).distinct()
    found = rows.prefetch_related(
        Prefetch("functions", held, to_attr="now_held"), Prefetch("deputising", stands_in, to_attr="now_deputising")
    )
    return list(found.order_by("-is_active", "name", "pk"))


def resources_of(site: Site, today: date) -> QuerySet[Resource]:
    """Bays, places of reception and courtesy cars in use."""
    in_use = Q(until=None) | Q(until__gt=today)
    return Resource.objects.filter(in_use, site=site).exclude(kind=ResourceKind.PERSON).order_by("kind", "pk")


def _on(today: date) -> Q:
    return Q(Q(until=None) | Q(until__gte=today), since__lte=today)
