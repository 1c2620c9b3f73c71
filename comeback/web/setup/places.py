"""Changes of a site: its week, special days, rates, bays. What deadlines rest on leaves a row for the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import holidays
from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.diary.calendars import calendar_of
from comeback.diary.models import Resource
from comeback.method.refusal import bad_input
from comeback.registers.models import Site, SpecialDay
from comeback.web.setup.hours import Intervals, written
from comeback.web.setup.keeping import derive_anew, kept, site_date
from comeback.web.setup.starting import keep_week

DETAILS = ("name", "zone", "language", "labour_cost_rate", "labour_door_rate")


def change_details(data: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Name, time zone, language and rates of the actor's site; rates in minor units an hour."""
    site = actor.site
    moved = site.zone != data["zone"]
    with kept(site, "site.details", actor=actor, now=now, said={name: data[name] for name in DETAILS}):
        for name in DETAILS:
            setattr(site, name, data[name])
        site.save(update_fields=list(DETAILS))
        if moved:
            derive_anew(site, "zone", now)


def change_week(week: Mapping[int, Intervals], *, actor: Actor, now: datetime) -> None:
    """The opening hours; deadlines of all open comebacks are counted anew."""
    said = {"hours": {str(day): written(intervals) for day, intervals in week.items()}}
    with kept(actor.site, "site.hours", actor=actor, now=now, said=said):
        keep_week(actor.site, week)
        derive_anew(actor.site, "hours", now)


def keep_special_day(day: date, hours: Intervals, note: str, *, actor: Actor, now: datetime) -> None:
    """A date with other hours, or closed."""
    opens, closes = hours[0] if hours else (None, None)
    said = {"date": day, "hours": written(hours), "note": note}
    with kept(actor.site, "site.special_day", actor=actor, now=now, said=said):
        SpecialDay.objects.update_or_create(
            site=actor.site, date=day, defaults={"opens": opens, "closes": closes, "note": note}
        )
        derive_anew(actor.site, "special day", now)


def drop_special_day(row: SpecialDay, *, actor: Actor, now: datetime) -> None:
    """The date is an ordinary one again."""
    with kept(actor.site, "site.special_day_end", actor=actor, now=now, said={"date": row.date}):
        row.delete()
        derive_anew(actor.site, "special day", now)


def keep_holidays(days: Iterable[tuple[date, str]], *, actor: Actor, now: datetime) -> None:
    """National holidays as closed days; a date that is kept already stays as it is."""
    rows = [SpecialDay(site=actor.site, date=day, note=note[:200]) for day, note in days]
    said = {"dates": [row.date for row in rows]}
    with kept(actor.site, "site.holidays", actor=actor, now=now, said=said):
        SpecialDay.objects.bulk_create(rows, ignore_conflicts=True)
        derive_anew(actor.site, "holidays", now)


def proposed_holidays(site: Site, today: date) -> list[tuple[date, str]]:
    """National holidays of this year and the next on which the site would be open; those kept already left out."""
    try:
        found = holidays.country_holidays(site.country, years=[today.year, today.year + 1], language=_language(site))
    except NotImplementedError:  # the package does not know this country
        return []
    known = set(SpecialDay.objects.filter(site=site, date__gte=today).values_list("date", flat=True))
    weekly = calendar_of(site).weekly
    return [
        (day, name)
        for day, name in sorted(found.items())
        if day >= today and day not in known and weekly.get(day.weekday())
    ]


def add_resource(*, kind: str, name: str, actor: Actor, now: datetime) -> None:
    """A bay, a place of reception or a courtesy car, from today."""
    if Resource.objects.filter(site=actor.site, kind=kind, name=name, until=None).exists():
        raise bad_input("site", "name", _("One of this name is there already."))
    with kept(actor.site, "site.resource", actor=actor, now=now, said={"kind": kind, "name": name}):
        Resource.objects.create(site=actor.site, kind=kind, name=name, since=site_date(actor.site, now))


def end_resource(row: Resource, *, actor: Actor, now: datetime) -> None:
    """Out of use after today; what is booked on it stays."""
    said = {"kind": row.kind, "name": row.name}
    with kept(actor.site, "site.resource_end", actor=actor, now=now, said=said, refs={"resource": row.pk}):
        row.until = site_date(actor.site, now)
        row.save(update_fields=["until"])


def _language(site: Site) -> str | None:
    known = holidays.country_holidays(site.country).supported_languages
    wanted = {"en": "en_US"}.get(site.language, site.language)
    return wanted if wanted in known else None
