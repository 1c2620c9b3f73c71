"""What the plain tables must hold for some cars, read from visits, cases and the windows of all rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import models

from comeback.cases.models import Case, CostLine, GateOverride, Round
from comeback.cases.windows import facts_of
from comeback.method.engine import Fact
from comeback.steps.s9_indicators.stays import Stay, month_of, pieces
from comeback.steps.s9_indicators.tables import (
    CaseRow,
    ContactRow,
    CostRow,
    InspectionRow,
    OverrideRow,
    StayRow,
    VisitRow,
)
from comeback.visits.models import Visit, VisitKind

NOT_COUNTED = ("rejected", "withdrawn")
CONTACT_WITHIN = timedelta(hours=48)
FIRST_DAY = date(1970, 1, 1).toordinal()
Rows = Iterator[models.Model]


@dataclass(frozen=True)
class Counted:
    """A comeback that counts, with its facts; moments turned into dates of its site."""

    case: Case
    facts: Mapping[str, Fact]

    def so(self, name: str) -> Fact | None:
        fact = self.facts.get(name)
        return fact if fact and not fact.void else None

    def day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(self.case.site.zoneinfo).date() if moment else None

    def day_of(self, name: str) -> date | None:
        fact = self.so(name)
        return self.day(fact.at) if fact else None

    @cached_property
    def visit(self) -> Visit | None:
        """Its visit, once the car is in."""
        visit = self.case.visit
        return visit if visit and visit.received_at and not visit.cancelled_at else None

    @cached_property
    def received(self) -> date | None:
        return self.day(self.visit.received_at) if self.visit else None

    @cached_property
    def cause(self) -> str:
        fact = self.so("case_registered")
        return str(fact.value or "") if fact else ""


def rows_of(vehicles: Iterable[int]) -> Rows:
    """All rows of these cars. A fixed number of queries."""
    wanted = list(vehicles)
    counted = _counted(wanted)
    yield from _visits(wanted, counted)
    yield from _stays(counted)
    if not counted:
        return
    rounds = _failed_checks(counted)
    returns: dict[int | None, list[date]] = defaultdict(list)
    for it in counted:
        if it.received:
            returns[it.case.previous_id].append(it.received)
    yield from (_case(it, returns[it.case.pk], rounds[it.case.pk]) for it in counted)
    yield from _costs(counted)
    yield from (row for it in counted for row in _contact(it))
    yield from (row for it in counted for row in _inspections(it, rounds[it.case.pk]))
    yield from _overrides(counted)


def _counted(vehicles: list[int]) -> list[Counted]:
    related = ("site", "visit", "original_order__visit")
    cases = list(Case.objects.filter(vehicle_id__in=vehicles).select_related(*related).order_by("pk"))
    if not cases:
        return []
    facts = facts_of("case", [case.pk for case in cases])
    found = [Counted(case, facts[case.pk]) for case in cases]
    return [it for it in found if not _is_over(it)]


def _is_over(it: Counted) -> bool:
    end = it.facts.get("case_closed")
    return bool(end and end.value in NOT_COUNTED)


def _visits(vehicles: list[int], counted: list[Counted]) -> Rows:
    """One row a visit: the first of its comebacks gives the number, one visit with two concerns is one."""
    case_no: dict[int, str] = {}
    back: dict[int, list[date]] = defaultdict(list)
    for it in counted:
        if it.visit:
            case_no.setdefault(it.visit.pk, it.case.number)
        if it.received and it.case.original_order:
            back[it.case.original_order.visit_id].append(it.received)
    visits = Visit.objects.filter(vehicle_id__in=vehicles, kind=VisitKind.CLIENT, cancelled_at=None)
    for visit in visits.exclude(received_at=None).select_related("site").order_by("pk"):
        zone = visit.site.zoneinfo
        received = visit.received_at.astimezone(zone).date() if visit.received_at else date.min
        handed = visit.handed_over_at.astimezone(zone).date() if visit.handed_over_at else None
        yield VisitRow(
            visit_id=visit.pk,
            site_id=visit.site_id,
            vehicle_id=visit.vehicle_id,
            day=received,
            month=month_of(received),
            handed_day=handed,
            handed_month=month_of(handed) if handed else None,
            case_no=case_no.get(visit.pk, ""),
            back_days=_days_until(handed, back[visit.pk]),
        )


def _days_until(handed: date | None, returns: Iterable[date]) -> int | None:
    return min((max((day - handed).days, 0) for day in returns), default=None) if handed else None


def _stays(counted: list[Counted]) -> Rows:
    by_car: dict[tuple[int, int], list[Stay]] = defaultdict(list)
    for it in counted:
        if it.visit and it.received:
            last, ready = it.day(it.visit.handed_over_at), it.day(it.visit.ready_notified_at)
            by_car[it.case.site_id, it.case.vehicle_id].append(Stay(it.case.number, it.received, last, ready))
    for (site, vehicle), stays in by_car.items():
        for piece in pieces(stays):
            yield StayRow(
                site_id=site,
                vehicle_id=vehicle,
                month=month_of(piece.first),
                first=day_number(piece.first),
                last=day_number(piece.last) if piece.last else None,
                waiting=int(piece.waiting),
                case_no=piece.case_no,
            )


def day_number(day: date) -> int:
    """Days since 1970-01-01: what dates are subtracted as, alike in every database."""
    return day.toordinal() - FIRST_DAY


def _case(it: Counted, returns: list[date], failed: list[Round]) -> CaseRow:
    case, original = it.case, it.case.original_order
    handed, passed, assigned = it.facts.get("handed_over"), it.so("quality_passed"), it.so("mechanic_assigned")
    handed_day, started = it.day(handed.at) if handed else None, it.day_of("work_begun")
    nature = it.so("nature")
    return CaseRow(
        case_id=case.pk,
        case_no=case.number,
        site_id=case.site_id,
        caused_site_id=original.site_id if original else None,
        vehicle_id=case.vehicle_id,
        opened_month=month_of(it.day(case.opened_at) or date.min),
        received_day=it.received,
        received_month=month_of(it.received) if it.received else None,
        started_month=month_of(started) if started else None,
        handed_day=handed_day,
        handed_month=month_of(handed_day) if handed_day else None,
        level=case.level,
        nature=str(nature.value) if nature else "",
        cause=it.cause,
        manager_present=int(it.so("presence_confirmed") is not None),
        same_mechanic=int(bool(assigned and original and assigned.value and assigned.value == original.mechanic_id)),
        driven_after_work=int(it.so("road_tested_after_work") is not None),
        passed_before=int(bool(passed and handed and passed.at <= handed.at)),
        failed_checks=len(failed),
        back_days=_days_until(handed_day, returns),
    )


def _costs(counted: list[Counted]) -> Rows:
    by_case = {it.case.pk: it for it in counted}
    for line in CostLine.objects.filter(case_id__in=by_case, posted_on__isnull=False).order_by("pk"):
        it = by_case[line.case_id]
        assert line.posted_on
        yield CostRow(
            line_id=line.pk,
            case_no=it.case.number,
            site_id=it.case.site_id,
            vehicle_id=it.case.vehicle_id,
            day=line.posted_on,
            month=month_of(line.posted_on),
            kind=line.kind,
            account=line.account,
            cause=it.cause,
            amount=line.amount,
        )


def _contact(it: Counted) -> Rows:
    """A customer who objects is not counted; one who could not be reached was not contacted (§3.10)."""
    handed, found = it.facts.get("handed_over"), it.facts.get("customer_contacted")
    if not handed or (found and found.value == "objects"):
        return
    due = handed.at + CONTACT_WITHIN
    contacted = found if found and found.value != "unreachable" else None
    tried = [int(fact.at.timestamp()) for fact in (it.facts.get("contact_attempted"), contacted) if fact]
    yield ContactRow(
        case_no=it.case.number,
        site_id=it.case.site_id,
        vehicle_id=it.case.vehicle_id,
        due_second=int(due.timestamp()),
        due_month=month_of(it.day(due) or date.min),
        attempted_second=min(tried, default=None),
        contacted_second=int(contacted.at.timestamp()) if contacted else None,
    )


def _failed_checks(counted: list[Counted]) -> dict[int, list[Round]]:
    found: dict[int, list[Round]] = {it.case.pk: [] for it in counted}
    for row in Round.objects.filter(case_id__in=found, why="5.1").order_by("number"):
        found[row.case_id].append(row)
    return found


def _inspections(it: Counted, failed: list[Round]) -> Rows:
    """Failed checks opened a round of work; the one that passed is a fact."""
    checks = [(row.opened_at, 0, row.opened_by_id, row.note) for row in failed]
    passed = it.so("quality_passed")
    if passed:
        checks.append((passed.at, 1, passed.by, passed.note))
    for attempt, (at, good, person, note) in enumerate(checks, start=1):
        yield InspectionRow(
            case_no=it.case.number,
            site_id=it.case.site_id,
            vehicle_id=it.case.vehicle_id,
            second=int(at.timestamp()),
            month=month_of(it.day(at) or date.min),
            attempt=attempt,
            passed=good,
            person_id=person,
            note=note[:500],
        )


def _overrides(counted: list[Counted]) -> Rows:
    by_case = {it.case.pk: it for it in counted}
    for row in GateOverride.objects.filter(case_id__in=by_case).order_by("pk"):
        it = by_case[row.case_id]
        yield OverrideRow(
            case_no=it.case.number,
            site_id=it.case.site_id,
            vehicle_id=it.case.vehicle_id,
            month=month_of(it.day(row.at) or date.min),
            gate=row.gate,
        )
