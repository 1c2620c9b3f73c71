"""Who acts: a person at a site in a function, and what the sheet allows him. Decision 18."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from comeback.cases.models import Case, Lent
from comeback.method.refusal import Missing, Refused
from comeback.registers.models import Person, Site
from comeback.registers.staff import functions_of


@dataclass(frozen=True)
class Actor:
    """A person who acts at a site; function: the one used, filled when a command is allowed."""

    person: Person
    site: Site
    function: str = ""

    def using(self, function: str) -> Actor:
        return replace(self, function=function)


def functions_at(actor: Actor, site: Site, now: datetime, case: Case | None = None) -> frozenset[str]:
    """Functions that the actor may use at a site today: held, deputised in, or lent to this case."""
    held = functions_of(actor.person, site, now.astimezone(site.zoneinfo).date())
    if case is None or not actor.person.is_active:
        return held
    lent = Lent.objects.filter(case=case, person=actor.person, since__lte=now).filter(Q(until=None) | Q(until__gt=now))
    return held | frozenset(lent.values_list("function", flat=True))


def allow(actor: Actor, name: str, allowed: tuple[str, ...], held: frozenset[str]) -> Actor:
    """The actor with the first fitting function of the line. Raises Refused: 404 for strangers, 403 for others."""
    if not held:
        raise Refused(name, Missing(name, _("Nothing is known here under that number.")), kind="unknown")
    for function in allowed:
        if function in held:
            return actor.using(function)
    raise Refused(name, Missing(name, _("This is not done in your function."), by=allowed), kind="function")
