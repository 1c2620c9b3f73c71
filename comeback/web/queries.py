"""What the shell's pages read: each a fixed number of queries, each bounded, none that grows with the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Prefetch, QuerySet

from comeback.cases.models import Case, CaseAppointment, Due, JournalEntry, Message, Month, ProgressRow, Request
from comeback.desk.formats import month_title
from comeback.registers.models import Person, Plate, Site, Vehicle
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
    ids = {kind: [row.subject_id for row in rows if row.kind == kind] for kind in ("case", "request", "month")}
    cases = {case.pk: case for case in cases_with_cars().filter(pk__in=ids["case"])}
    requests = {it.pk: it for it in requests_with_cars().filter(pk__in=ids["request"])} if ids["request"] else {}
    months = Month.objects.select_related("site").in_bulk(ids["month"]) if ids["month"] else {}
    return [_owed(row, cases.get(row.subject_id), requests.get(row.subject_id), months) for row in rows]


def _owed(row: Due, case: Case | None, request: Request | None, months: Mapping[int, Month]) -> Owed:
    if row.kind == "case" and case:
        return Owed(row, plate_of(case.vehicle), words_of(case.request), f"/cases/{case.number}/")
    if row.kind == "request" and request:
        return Owed(row, plate_of(request.vehicle), words_of(request), f"/requests/{request.pk}/")
    month = months.get(row.subject_id)
    return (
        Owed(row, "", month_title(month.first), f"/months/{month.site.code}/{month.first:%Y-%m}/")
        if month
        else Owed(row, "", "", "/")
    )


def cases_with_cars() -> QuerySet[Case]:
    """Cases with what a list shows of them: car, plate, first words, original order, rail."""
    related = ("vehicle", "original_order", "progress_row", "site", "request")
    return Case.objects.select_related(*related).prefetch_related(CARS, "request__words")


def requests_with_cars() -> QuerySet[Request]:
    """Requests with the same: car, plate, first words."""
    return Request.objects.select_related("vehicle").prefetch_related(CARS, "words")


def plate_of(vehicle: Vehicle | None) -> str:
    """The latest plate of a car that was read with `CARS`."""
    plates = list(vehicle.plates.all()) if vehicle else []
    return plates[0].number if plates else ""


def words_of(request: Request) -> str:
    """The customer's first words."""
    return next((words.text for words in sorted(request.words.all(), key=lambda it: it.pk)), "")


def open_cases(site: Site, *, closed: bool = False, page: int = 1) -> tuple[list[Case], bool]:
    """Cases of a site, newest first, and whether there are more."""
    rows = cases_with_cars().filter(site=site, progress_row__closed=closed).order_by("-opened_at", "-pk")
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
    related = rows.select_related("appointment", "case__vehicle", "case__customer", "case__site", "case__request")
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


def journal_of(case: Case, *, page: int = 1, size: int = 8) -> tuple[list[JournalEntry], bool]:
    """A page of the entries of a case and of the request it came from, newest first, and whether there are more."""
    streams = [case.stream, case.request.stream]
    rows = JournalEntry.objects.filter(stream__in=streams).order_by("-recorded_at", "-pk")
    found = list(rows[(page - 1) * size : page * size + 1])
    return found[:size], len(found) > size


def delivery_of(case: Case) -> CaseAppointment | None:
    """The delivery that is agreed: the latest, unless it was moved or cancelled."""
    rows = CaseAppointment.objects.filter(
        case=case, kind="delivery", appointment__replaced_by=None, appointment__cancellation=None
    )
    return rows.select_related("appointment").order_by("pk").last()


def people_of(entries: Iterable[JournalEntry]) -> dict[int, Person]:
    """Who wrote these entries."""
    return Person.objects.in_bulk({entry.person_id for entry in entries if entry.person_id})


def past_visits(case: Case, limit: int = 6) -> list[Visit]:
    """The car's last visits with their orders and concerns; the dossier's page has all."""
    rows = Visit.objects.filter(vehicle=case.vehicle, cancelled_at=None).exclude(pk=case.visit_id or 0)
    found = rows.order_by(F("received_at").desc(nulls_last=True)).prefetch_related("orders__concerns")
    return list(found[:limit])
