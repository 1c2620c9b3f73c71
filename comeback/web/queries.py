"""What the shell's pages read: each a fixed number of queries, each bounded, none that grows with the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Prefetch, QuerySet

from comeback.cases.models import Case, CaseAppointment, Due, JournalEntry, Message, ProgressRow
from comeback.registers.models import Person, Plate, Site
from comeback.visits.models import Visit

PAGE = 50
CARS = Prefetch("vehicle__plates", queryset=Plate.objects.order_by("-since", "-pk"))


@dataclass(frozen=True)
class Owed:
    """A line that somebody at this site owes, with the car it is about."""

    due: Due
    plate: str
    words: str
    address: str


def owed_by(functions: Iterable[str], site: Site, now: datetime) -> list[Owed]:
    """Lines that these functions owe at the site, nearest deadline first, each line once."""
    rows = Due.objects.filter(site=site, function__in=list(functions)).order_by(F("due_at").asc(nulls_last=True), "pk")
    return _with_cars(_once(rows.select_related("case")[: PAGE * 2]))


def waiting_for_others(functions: Iterable[str], site: Site, now: datetime) -> list[Owed]:
    """Lines that others owe, late ones first: who can move what stands."""
    mine = set(functions)
    rows = Due.objects.filter(site=site, kind="case", due_at__lte=now + timedelta(hours=12)).order_by("due_at", "pk")
    own = {(row.subject_id, row.line) for row in Due.objects.filter(site=site, function__in=mine)[: PAGE * 4]}
    others = [row for row in rows.select_related("case")[: PAGE * 3] if (row.subject_id, row.line) not in own]
    return _with_cars(_once(others)[:12])


def _once(rows: Iterable[Due]) -> list[Due]:
    return list({(row.kind, row.subject_id, row.line): row for row in reversed(list(rows))}.values())[::-1][:PAGE]


def _with_cars(rows: list[Due]) -> list[Owed]:
    from_cases = {case.pk: case for case in cases_with_cars().filter(pk__in=[it.case_id for it in rows if it.case_id])}
    return [_owed(row, from_cases.get(row.case_id or 0)) for row in rows]


def _owed(row: Due, case: Case | None) -> Owed:
    if case is None:
        return Owed(row, "", "", f"/requests/{row.subject_id}/" if row.kind == "request" else "/")
    return Owed(row, plate_of(case), words_of(case), f"/cases/{case.number}/")


def cases_with_cars() -> QuerySet[Case]:
    """Cases with what a list shows of them: car, plate, customer, first words, original order, rail."""
    related = ("vehicle", "customer", "original_order", "progress_row", "site")
    return Case.objects.select_related(*related).prefetch_related(CARS, "request__words")


def plate_of(case: Case) -> str:
    plates = list(case.vehicle.plates.all())
    return plates[0].number if plates else ""


def words_of(case: Case) -> str:
    """The customer's first words."""
    return next((words.text for words in sorted(case.request.words.all(), key=lambda it: it.pk)), "")


def open_cases(site: Site, *, closed: bool = False, page: int = 1) -> tuple[list[Case], bool]:
    """Cases of a site, newest first, and whether there are more."""
    rows = cases_with_cars().filter(site=site, progress_row__closed=closed).order_by("-opened_at")
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def arrivals(site: Site, now: datetime) -> list[CaseAppointment]:
    """Comebacks that arrive from now to the end of tomorrow, and those of today not received yet."""
    local = now.astimezone(site.zoneinfo)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = CaseAppointment.objects.filter(
        case__site=site,
        kind="reception",
        appointment__cancellation=None,
        appointment__replaced_by=None,
        appointment__starts_at__range=(start, start + timedelta(days=2)),
    )
    plates = Prefetch("case__vehicle__plates", queryset=Plate.objects.order_by("-since", "-pk"))
    related = rows.select_related("appointment", "case__vehicle", "case__customer", "case__site")
    return list(related.prefetch_related(plates, "case__request__words").order_by("appointment__starts_at")[:12])


def calls_left(site: Site) -> list[Owed]:
    """Contacts after hand-over that are still owed, least time first. Method 8.1."""
    rows = Due.objects.filter(site=site, line="8.1").order_by(F("due_at").asc(nulls_last=True))
    return _with_cars(_once(rows.select_related("case")[:12]))


def unread(person: Person) -> list[Message]:
    """Messages that the person has not read, newest first."""
    rows = Message.objects.filter(to=person, read_at=None).select_related("case", "sender")
    return list(rows.order_by("-written_at")[:12])


def counts(site: Site) -> int:
    """Open comebacks of the site."""
    return ProgressRow.objects.filter(site=site, kind="case", closed=False).count()


def journal_of(case: Case, limit: int = 8) -> list[JournalEntry]:
    """The last entries of a case, newest first; more pages on the journal's own page."""
    streams = [case.stream, case.request.stream]
    rows = JournalEntry.objects.filter(stream__in=streams).select_related("detail").order_by("-recorded_at", "-pk")
    return list(rows[:limit])


def people_of(entries: Iterable[JournalEntry]) -> dict[int, Person]:
    """Who wrote these entries."""
    return Person.objects.in_bulk({entry.person_id for entry in entries if entry.person_id})


def past_visits(case: Case, limit: int = 6) -> list[Visit]:
    """The car's last visits with their orders and concerns; the dossier's page has all."""
    rows = Visit.objects.filter(vehicle=case.vehicle, cancelled_at=None).exclude(pk=case.visit_id or 0)
    found = rows.order_by(F("received_at").desc(nulls_last=True)).prefetch_related("orders__concerns")
    return list(found[:limit])
