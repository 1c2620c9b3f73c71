"""Orders of an exchange file into rows: which car, which customer, which visit; new, changed or the same."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from comeback.recognition.exchange import Order, OrderHead
from comeback.registers.keys import register_customer, register_owner, register_vehicle
from comeback.registers.models import Customer, CustomerPhone, OdometerReading, Person, Site, Vehicle
from comeback.visits.models import Concern, ImportRun, OrderLine, RepairOrder, Visit, VisitKind


@dataclass
class Counts:
    """Orders by what became of them."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass
class _Known:
    """What is there already of a batch: orders by site and number, staff by site and name."""

    orders: dict[tuple[int, str], RepairOrder]
    staff: dict[tuple[int, str], Person] = field(default_factory=dict)


def store(batch: list[tuple[Site, Order]], *, run: ImportRun, counts: Counts, seen: set[tuple[int, str]]) -> set[int]:
    """Load orders inside the caller's transaction; gives the ids of the vehicles that were touched.

    seen: orders that this run has met already, whose further rows stand apart in the file: they add lines.
    """
    known = _known(batch)
    touched: set[int] = set()
    for site, order in batch:
        key = (site.pk, order.head.order_no)
        row = known.orders.get(key)
        if row and key in seen:
            _add_lines(row, order)
        elif row and row.digest == digest_of(order):
            counts.same += 1
        else:
            touched.add(_store_order(site, order, row, known, run).pk)
            counts.changed, counts.new = counts.changed + bool(row), counts.new + (not row)
        seen.add(key)
    return touched


def _known(batch: list[tuple[Site, Order]]) -> _Known:
    sites = {site.pk for site, _ in batch}
    rows = RepairOrder.objects.filter(site__in=sites, number__in=[order.head.order_no for _, order in batch])
    people = Person.objects.filter(site__in=sites)
    return _Known(
        {(row.site_id, row.number): row for row in rows.select_related("visit")},
        {(person.site_id or 0, person.name): person for person in people},
    )


def _store_order(site: Site, order: Order, row: RepairOrder | None, known: _Known, run: ImportRun) -> Vehicle:
    head = order.head
    vehicle, customer = _whose(site, head)
    visit = _visit(site, head, vehicle, customer, row, run)
    mechanic = next((line.mechanic for line in order.lines if line.mechanic), "")
    values: dict[str, Any] = {
        "visit": visit,
        "opened_at": _moment(site, head.opened_at or head.starts()),
        "closed_at": _moment(site, head.closed_at),
        "mechanic": known.staff.get((site.pk, mechanic)),
        "mechanic_name": mechanic,
        "odometer_km": head.odometer_km,
        "currency": head.currency or site.currency,
        "planned_return": head.planned_return,
        "refused_work": head.refused_work[:500],
        "digest": digest_of(order),
    }
    kept, _made = RepairOrder.objects.update_or_create(site=site, number=head.order_no, defaults=values)
    known.orders[(site.pk, head.order_no)] = kept
    _store_content(kept, order)
    if head.odometer_km is not None:
        OdometerReading.objects.get_or_create(
            vehicle=vehicle, at=kept.opened_at, source=f"order {kept.pk}", defaults={"km": head.odometer_km}
        )
    return vehicle


def _whose(site: Site, head: OrderHead) -> tuple[Vehicle, Customer | None]:
    """The car and its customer. Without VIN and plate a phone that leads to one car is that car."""
    on = head.starts().date()
    customer = register_customer(site, name=head.customer, phone=head.phone) if head.customer or head.phone else None
    vehicle = None
    if not head.vin and not head.plate:
        phones = CustomerPhone.objects.filter(customer__site=site, number=head.phone)
        cars = Vehicle.objects.filter(ownerships__customer__phones__in=phones).distinct()[:2]
        vehicle = cars[0] if len(cars) == 1 else None
    if vehicle is None:
        vehicle = register_vehicle(site.group, on=on, vin=head.vin, plate=head.plate)
    if customer:
        register_owner(vehicle, customer, on=on)
    return vehicle, customer


def _visit(
    site: Site, head: OrderHead, vehicle: Vehicle, customer: Customer | None, row: RepairOrder | None, run: ImportRun
) -> Visit:
    """The visit that this order belongs to: of its number, else one that touches the same days; widened to hold it."""
    start, end = _moment(site, head.starts()), _moment(site, head.handed_over_at or head.closed_at)
    same = Visit.objects.filter(site=site, vehicle=vehicle, kind=_kind(head))
    if row and row.visit.vehicle_id == vehicle.pk:
        visit: Visit | None = row.visit
    elif head.visit_no:
        visit = same.filter(number=head.visit_no).first()
    else:
        visit = _touching(site, list(same.filter(number="").order_by("received_at")), head)
    if visit is None:
        visit = Visit(site=site, vehicle=vehicle, kind=_kind(head), number=head.visit_no, imported=run)
        visit.received_at, visit.handed_over_at = start, end
    visit.customer = visit.customer or customer
    visit.received_at = _earlier(visit.received_at, start)
    visit.handed_over_at = _later(visit.handed_over_at, end)
    visit.ready_at = _moment(site, head.ready_at) or visit.ready_at
    visit.odometer_in = visit.odometer_in or head.odometer_km
    visit.cancelled_at = start if head.cancelled else None
    visit.save()
    return visit


def _touching(site: Site, visits: list[Visit], head: OrderHead) -> Visit | None:
    """The visit that shares a day with this order. Several that it joins together become the first one."""
    first, last = head.starts().date(), head.ends().date()
    touching = [it for it in visits if _first_day(site, it) <= last and _last_day(site, it) >= first]
    for other in touching[1:]:
        other.orders.update(visit=touching[0])
        touching[0].received_at = _earlier(touching[0].received_at, other.received_at)
        touching[0].handed_over_at = _later(touching[0].handed_over_at, other.handed_over_at)
        other.delete()
    return touching[0] if touching else None


def _first_day(site: Site, visit: Visit) -> date:
    assert visit.received_at
    return visit.received_at.astimezone(site.zoneinfo).date()


def _last_day(site: Site, visit: Visit) -> date:
    last = visit.handed_over_at or visit.received_at
    assert last
    return last.astimezone(site.zoneinfo).date()


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _kind(head: OrderHead) -> str:
    return head.visit_kind if head.visit_kind in VisitKind.values else VisitKind.CLIENT


def _store_content(row: RepairOrder, order: Order) -> None:
    """Concern and lines of an order as the file has them now. A concern keeps what was recorded in the meantime."""
    head = order.head
    outcome = {
        "words": head.complaint,
        "dtc": " ".join(head.dtc)[:200],
        "cause": head.cause,
        "correction": head.correction,
        "result": head.result,
    }
    Concern.objects.update_or_create(order=row, number=1, defaults=outcome)
    row.lines.all().delete()
    OrderLine.objects.bulk_create(_lines(row, order, start=1))


def _add_lines(row: RepairOrder, order: Order) -> None:
    """Further lines of an order, without those that it has already."""
    there = list(row.lines.all())
    known = [_content(line) for line in there]
    fresh = [line for line in _lines(row, order, start=len(there) + 1) if _content(line) not in known]
    OrderLine.objects.bulk_create(fresh)


def _lines(row: RepairOrder, order: Order, start: int) -> list[OrderLine]:
    return [
        OrderLine(
            order=row,
            number=number,
            kind=line.kind or "labour",
            code=line.code[:60],
            description=line.description[:500],
            quantity=line.quantity if line.quantity is not None else Decimal(1),
            unit_price=line.unit_price or 0,
            minutes=line.labour_minutes,
            account=line.account,
        )
        for number, line in enumerate((line for line in order.lines if not line.is_blank()), start=start)
    ]


def _content(line: OrderLine) -> tuple[object, ...]:
    return line.kind, line.code, line.description, line.quantity, line.unit_price, line.account


def _moment(site: Site, naive: datetime | None) -> datetime | None:
    return naive.replace(tzinfo=site.zoneinfo) if naive else None


def digest_of(order: Order) -> str:
    """Digest of what an order says, whatever rows of the file it stood in."""
    content = asdict(order)
    content["head"].pop("row_number")
    for line in content["lines"]:
        line.pop("row_number")
    return hashlib.sha256(repr(content).encode()).hexdigest()
