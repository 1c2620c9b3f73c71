"""What the page frame shows of the person and of the sections. `{% load shell %}`."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.utils import timezone

from comeback.registers import clock
from comeback.registers.models import Function, Person
from comeback.registers.staff import functions_of
from comeback.web.navigation import Shown, shown_sections

register = template.Library()


class PersonShown(NamedTuple):
    """The person at the top of the page: functions held today, in the order of the sheet."""

    name: str
    site: str
    functions: list[str]
    codes: frozenset[str]

    @property
    def first_function(self) -> str:
        return self.functions[0] if self.functions else ""


@register.simple_tag(takes_context=True)
def person_shown(context: template.Context) -> PersonShown | None:
    """`{% person_shown as person %}`: who is signed in, or nobody."""
    request = context.get("request")
    if request is None:
        return None
    if not hasattr(request, "person_shown"):
        user = getattr(request, "user", None)
        request.person_shown = _shown(user) if isinstance(user, Person) else None
    shown: PersonShown | None = request.person_shown
    return shown


@register.simple_tag(takes_context=True)
def sections(context: template.Context) -> list[Shown]:
    """`{% sections as shell_sections %}`: the sections of the bar, the current one marked; none for a stranger."""
    person = person_shown(context)
    if person is None:
        return []
    return shown_sections(context["request"].path, administrator=Function.ADMINISTRATOR in person.codes)


def _shown(person: Person) -> PersonShown:
    site = person.site
    codes = functions_of(person, site, timezone.localdate(clock.now(), site.zoneinfo)) if site else frozenset()
    names = [str(label) for code, label in Function.choices if code in codes]
    return PersonShown(person.name, site.name if site else "", names, codes)
