"""Who and what is taken in a stretch of days, read at a flat number of queries however full the diary is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from comeback.diary.appointments import quarters_of
from comeback.diary.calendars import calendar_of
from comeback.diary.models import QUARTER, Absence, Reservation, Resource
from comeback.diary.slots import Free, common_times, moment_of, next_quarter, quarters_in
from comeback.method.calendar import Calendar
from comeback.registers.models import Site
from comeback.registers.staff import people_in

LONGEST = timedelta(days=21)  # nobody is offered a time further away, and nothing further away is read


@dataclass(frozen=True)
class Need:
    """What a time needs one of. name: "bay", or the function of a person; resources: the preferred one first."""

    name: str
    resources: tuple[Resource, ...]


@dataclass(frozen=True)
class Occupancy:
    """Openings and taken quarter-hours of some resources from one moment to another (UTC)."""

    calendar: Calendar
    since: datetime
    until: datetime
    busy: dict[int, set[int]]
    away: dict[int, list[Absence]]

    def times(self, needs: Sequence[Need], minutes: int, *, since: datetime | None = None) -> Iterator[Free]:
        """Common free times of this length, earliest first; `since` where only later ones are wanted."""
        groups = [[it.pk for it in need.resources] for need in needs]
        return common_times(self.openings(since or self.since), self.busy, groups, quarters_in(minutes))

    def openings(self, since: datetime) -> Iterator[range]:
        """The opening intervals in quarter-hours, the first one from `since` on."""
        last = int(self.until.timestamp()) // QUARTER
        for day in self.days(since):
            for opens, closes in self.calendar.hours(day):
                first = next_quarter(max(self.calendar.at(day, opens), since))
                end = min(int(self.calendar.at(day, closes).timestamp()) // QUARTER, last)
                if first < end:
                    yield range(first, end)

    def days(self, since: datetime) -> Iterator[date]:
        """Site dates from `since` to the end."""
        day = self.calendar.local(since).date()
        while self.calendar.at(day, datetime.min.time()) < self.until:
            yield day
            day += timedelta(days=1)

    def taken(self, resource: Resource, day: date) -> list[tuple[datetime, datetime]]:
        """From–to of what is taken of a resource on a site date, neighbours joined."""
        start = int(self.calendar.at(day, datetime.min.time()).timestamp()) // QUARTER
        quarters = sorted(it for it in self.busy.get(resource.pk, ()) if start <= it < start + 100)
        found: list[tuple[datetime, datetime]] = []
        for quarter in quarters:
            begin, end = moment_of(quarter), moment_of(quarter + 1)
            if found and found[-1][1] == begin:
                found[-1] = (found[-1][0], end)
            elif self.calendar.local(begin).date() == day:
                found.append((begin, end))
        return found


def occupancy_of(site: Site, needs: Iterable[Need], since: datetime, until: datetime) -> Occupancy:
    """Read reservations and absences of these resources. Four queries; nothing beyond three weeks is read."""
    until = min(until, since + LONGEST)
    resources = {it.pk: it for need in needs for it in need.resources}
    quarters = quarters_of(since, until)
    busy: dict[int, set[int]] = defaultdict(set)
    taken = Reservation.objects.filter(
        resource_id__in=resources, quarter__gte=quarters.start, quarter__lt=quarters.stop
    ).values_list("resource_id", "quarter")
    for resource_id, quarter in taken:
        busy[resource_id].add(quarter)
    away: dict[int, list[Absence]] = defaultdict(list)
    by_person = {it.person_id: it.pk for it in resources.values() if it.person_id}
    for absence in Absence.objects.filter(person_id__in=by_person, since__lt=until, until__gt=since):
        resource_id = by_person[absence.person_id]
        away[resource_id].append(absence)
        busy[resource_id].update(quarters_of(max(absence.since, since), min(absence.until, until)))
    return Occupancy(calendar_of(site), since, until, busy, away)


def needs_of(site: Site, on: date, *functions: str, bay: bool = True) -> list[Need]:
    """A bay and one person of each function, as far as the site has any in the diary. Three queries."""
    in_use = Resource.objects.filter(Q(until=None) | Q(until__gte=on), site=site, since__lte=on).order_by("name", "pk")
    rows = list(in_use)
    people = people_in(site, on)
    of_person = {row.person_id: row for row in rows if row.person_id}
    needs = [Need("bay", tuple(row for row in rows if row.kind == "bay"))] if bay else []
    for function in functions:
        fitting = (of_person.get(person.pk) for person in people.get(function, ()))
        needs.append(Need(function, tuple(row for row in fitting if row)))
    return [need for need in needs if need.resources]
