"""How the preparation reads: the appointment, the dossier of the car, the parts of the original order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comeback.cases.models import Case
from comeback.diary.models import Appointment
from comeback.registers.models import Vehicle
from comeback.visits.models import Concern, OrderLine, RepairOrder, Result, Visit

SHOWN = 12  # visits on one page; the count of the others is shown


@dataclass(frozen=True)
class Dossier:
    """What the manager reads before the customer arrives. Technical history only: the whole group knows the car."""

    visits: Sequence[Visit]
    left_out: int
    comebacks: Sequence[Case]
    warnings: Sequence[str]


def dossier_of(case: Case, now: datetime) -> Dossier:
    """The car's latest visits, its earlier comebacks, and what strikes one in them. Ten queries at most."""
    visits = past_visits(case)
    total = len(visits) if len(visits) < SHOWN else _past(case).count()
    comebacks = list(
        Case.objects.filter(vehicle=case.vehicle).exclude(pk=case.pk).select_related("original_order", "site")
        .order_by("-opened_at")[:SHOWN]
    )  # fmt: skip
    return Dossier(visits, total - len(visits), comebacks, list(_warnings(case, visits, now)))


def past_visits(case: Case) -> list[Visit]:
    """The latest visits of the car before this one, newest first, with orders, concerns, jobs and parts."""
    orders = RepairOrder.objects.select_related("mechanic", "stamp").prefetch_related(
        Prefetch("concerns", Concern.objects.order_by("number")),
        Prefetch("lines", OrderLine.objects.order_by("number")),
    )
    rows = _past(case).select_related("site").prefetch_related(Prefetch("orders", orders.order_by("opened_at", "pk")))
    return list(rows.order_by("-received_at", "-pk")[:SHOWN])


def _past(case: Case):  # type: ignore[no-untyped-def]
    rows = Visit.objects.filter(vehicle=case.vehicle, received_at__isnull=False, cancelled_at=None)
    return rows.exclude(pk=case.visit_id) if case.visit_id else rows


def _warnings(case: Case, visits: Sequence[Visit], now: datetime):  # type: ignore[no-untyped-def]
    orders = [order for visit in visits for order in visit.orders.all()]
    if case.level > 1:
        yield _("This is return number %(level)s for the same concern") % {"level": case.level}
    if visits and any(
        it.result == Result.NOT_REPRODUCED for order in visits[0].orders.all() for it in order.concerns.all()
    ):
        yield _("At the last visit the fault was not reproduced")
    refused = [order.number for order in orders if order.refused_work]
    if refused:
        yield _("Advised work was refused: %(orders)s") % {"orders": ", ".join(refused)}
    parts = Counter(line.code for order in orders for line in order.lines.all() if line.kind == "part" and line.code)
    repeated = [code for code, times in parts.items() if times > 1]
    if repeated:
        yield _("The same part more than once: %(parts)s") % {"parts": ", ".join(repeated)}
    days = days_in_workshop(visits, case, now)
    if days > 1:
        yield ngettext("%(days)s day in the workshop", "%(days)s days in the workshop", days) % {"days": days}


def days_in_workshop(visits: Sequence[Visit], case: Case, now: datetime) -> int:
    """Days of the last twelve months that these visits touched, in site time; a day counts once."""
    zone = case.site.zoneinfo
    today = now.astimezone(zone).date().toordinal()
    touched: set[int] = set()
    for visit in visits:
        if visit.received_at:
            first = visit.received_at.astimezone(zone).date().toordinal()
            last = (visit.handed_over_at or now).astimezone(zone).date().toordinal()
            touched.update(range(max(first, today - 365), min(last, today) + 1))
    return len(touched)


def reception_of(case: Case) -> Appointment | None:
    """The reception appointment that counts: the latest one that is not cancelled."""
    rows = case.appointments.filter(kind="reception", appointment__cancellation=None)
    latest = rows.select_related("appointment").order_by("-pk").first()
    return latest.appointment if latest else None


def parts_of_original(case: Case) -> list[OrderLine]:
    """Parts of the original order, proposed for the check."""
    if case.original_order_id is None:
        return []
    return list(OrderLine.objects.filter(order=case.original_order_id, kind="part").order_by("number"))


def open_orders(case: Case) -> list[RepairOrder]:
    """Orders of this car at this site that are open, opened for this visit or already there. Method 2.4."""
    rows = RepairOrder.objects.filter(site=case.site, visit__vehicle=case.vehicle, closed_at=None)
    return list(
        rows.filter(visit__handed_over_at=None, visit__cancelled_at=None).exclude(pk=case.original_order_id or 0)
    )


def plate_of(vehicle: Vehicle) -> str:
    """The number plate that the car carries now."""
    plate = vehicle.plates.order_by("-since", "-pk").first()
    return plate.number if plate else vehicle.vin
