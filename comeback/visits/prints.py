"""What stands on a printed repair order, typed and unformatted: the room that prints it puts it into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from comeback.visits.models import OrderStamp, RepairOrder


@dataclass(frozen=True)
class Job:
    """A job on the order; minutes: its time allowance, where one is set."""

    description: str
    minutes: int | None


@dataclass(frozen=True)
class Earlier:
    """The order whose work came back. done: jobs and parts, in its own words; handed_over_at: UTC."""

    number: str
    handed_over_at: datetime | None
    odometer_km: int | None
    complaint: str
    done: Sequence[str]
    mechanic: str


@dataclass(frozen=True, kw_only=True)
class OrderPaper:
    """One order as it is printed. Moments in UTC, odometers in km; km_since: since the original order, where known."""

    number: str
    opened_at: datetime
    opened_by: str
    site: str
    customer: str
    phone: str
    vehicle: str
    engine: str
    plate: str
    vin: str
    odometer_km: int | None
    km_since: int | None
    mechanic: str
    complaints: Sequence[str]
    jobs: Sequence[Job]
    earlier: Earlier | None
    stamp: OrderStamp | None


def order_paper(order: RepairOrder, original: RepairOrder | None) -> OrderPaper:
    """Read an order for printing, beside the order whose work came back. Method 2.4."""
    visit = order.visit
    customer, vehicle = visit.customer, visit.vehicle
    phone = customer.phones.order_by("pk").first() if customer else None
    plate = vehicle.plates.order_by("-since", "-pk").first()
    earlier = _earlier(original) if original else None
    odometer = visit.odometer_in or order.odometer_km
    return OrderPaper(
        number=order.number,
        opened_at=order.opened_at,
        opened_by=order.opened_by.name if order.opened_by else "",
        site=order.site.name,
        customer=customer.name if customer else "",
        phone=phone.number if phone else "",
        vehicle=vehicle.model,
        engine=vehicle.engine,
        plate=plate.number if plate else "",
        vin=vehicle.vin,
        odometer_km=odometer,
        km_since=_difference(odometer, earlier.odometer_km if earlier else None),
        mechanic=_mechanic(order),
        complaints=list(order.concerns.order_by("number").values_list("words", flat=True)),
        jobs=[Job(it.description, it.minutes) for it in order.lines.filter(kind="labour").order_by("number")],
        earlier=earlier,
        stamp=OrderStamp.objects.filter(order=order).first(),
    )


def _earlier(order: RepairOrder) -> Earlier:
    concern = order.concerns.order_by("number").first()
    return Earlier(
        number=order.number,
        handed_over_at=order.visit.handed_over_at,
        odometer_km=order.odometer_km or order.visit.odometer_in,
        complaint=concern.words if concern else "",
        done=list(order.lines.order_by("number").values_list("description", flat=True)),
        mechanic=_mechanic(order),
    )


def _mechanic(order: RepairOrder) -> str:
    return order.mechanic.name if order.mechanic else order.mechanic_name


def _difference(now: int | None, then: int | None) -> int | None:
    return now - then if now is not None and then is not None and now >= then else None
