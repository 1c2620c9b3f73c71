"""Who may do what today: functions held and deputies. Method: for whom; decision 18."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from comeback.registers.models import Deputising, FunctionHeld, Person, Site


def functions_of(person: Person, site: Site, on: date) -> frozenset[str]:
    """Functions that a person holds or deputises in at a site on a site date."""
    if not person.is_active:
        return frozenset()
    return frozenset(
        _on(FunctionHeld.objects.filter(person=person, site=site), on)
        .values_list("function", flat=True)
        .union(_on(Deputising.objects.filter(deputy=person, site=site), on).values_list("function", flat=True))
    )


def sites_of(person: Person, now: datetime) -> list[Site]:
    """Sites where a person holds or deputises in any function on the day that it is there, his home site first."""
    rows: list[FunctionHeld | Deputising] = [
        *FunctionHeld.objects.filter(person=person).select_related("site__group"),
        *Deputising.objects.filter(deputy=person).select_related("site__group"),
    ]
    days = {row.site: now.astimezone(row.site.zoneinfo).date() for row in rows}
    sites = {row.site for row in rows if row.since <= days[row.site] <= (row.until or date.max)}
    return sorted(sites, key=lambda site: (site.pk != person.site_id, site.code))


def people_in(site: Site, on: date) -> dict[str, list[Person]]:
    """Active people of a site by function, deputies after those who hold it."""
    found: dict[str, list[Person]] = defaultdict(list)
    for row in _on(FunctionHeld.objects.filter(site=site, person__is_active=True), on).select_related("person"):
        found[row.function].append(row.person)
    for row in _on(Deputising.objects.filter(site=site, deputy__is_active=True), on).select_related("deputy"):
        if row.deputy not in found[row.function]:
            found[row.function].append(row.deputy)
    return dict(found)


def _on(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
