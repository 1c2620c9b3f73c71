"""How step 1 is read: the last visits of a car, and the diary of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comeback.cases.models import CaseAppointment
from comeback.desk import formats
from comeback.desk.views import address_of
from comeback.diary.models import Appointment, Reservation
from comeback.registers.models import Site
from comeback.registers.search import owners_of, plates_of
from comeback.visits.models import RepairOrder

SHOWN = 4  # visits on the booking page; the others are counted
SHORT = 120  # characters of a job list


def trail_of(orders: list[RepairOrder], hit: RepairOrder | None, now: datetime) -> list[dict[str, Any]]:
    """The last orders of a car as the history shows them, the one that is meant marked. No queries of its own."""
    shown = orders[:SHOWN]
    if hit is not None and hit not in shown:
        shown = [*shown[: SHOWN - 1], hit]
    return [_entry(order, order == hit, now) for order in shown]


def _entry(order: RepairOrder, hit: bool, now: datetime) -> dict[str, Any]:
    visit = order.visit
    ended = visit.handed_over_at or order.closed_at or order.opened_at
    km = visit.odometer_out or visit.odometer_in or order.odometer_km
    concerns = list(order.concerns.all())
    words = "; ".join(it.words for it in concerns if it.words)
    results = ", ".join(dict.fromkeys(it.get_result_display() for it in concerns if it.result))
    work = "; ".join(line.description for line in order.lines.all() if line.description)[:SHORT]
    said = " ".join(part for part in (f"«{words}»." if words else "", work) if part)
    mechanic = order.mechanic_name or (order.mechanic.name if order.mechanic else "")
    return {
        "title": " · ".join(part for part in (_ago(ended, now, order.site), formats.km(km) if km else "") if part),
        "number": order.number,
        "date": formats.day(ended, order.site.zoneinfo),
        "text": said,
        "note": " · ".join(part for part in (order.site.code, mechanic, results) if part),
        "hit": hit,
    }


def _ago(ended: datetime, now: datetime, site: Site) -> str:
    days = (now.astimezone(site.zoneinfo).date() - ended.astimezone(site.zoneinfo).date()).days
    if days < 1:
        return _("today")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


@dataclass(frozen=True)
class Entry:
    """An appointment of the day. case: the comeback it belongs to, if any; who: whom and what it takes."""

    appointment: Appointment
    plate: str
    customer: str
    case: Any
    who: str

    @property
    def address(self) -> str:
        """The page of the case."""
        return address_of(self.case) if self.case else ""


def diary_of(site: Site, day: date) -> list[Entry]:
    """All appointments that begin on a site date, in order; moved and cancelled ones left out. Five queries."""
    starts = datetime.combine(day, time(), site.zoneinfo)
    rows = list(
        Appointment.objects.filter(
            site=site,
            starts_at__gte=starts,
            starts_at__lt=datetime.combine(day + timedelta(days=1), time(), site.zoneinfo),
            replaced_by=None,
            cancellation=None,
        )
        .select_related("vehicle", "customer")
        .order_by("starts_at", "pk")
    )
    vehicles = [row.vehicle_id for row in rows if row.vehicle_id]
    plates, owners = plates_of(vehicles), owners_of(vehicles, site=site, on=day)
    cases = _cases_of(rows)
    who = _reserved(rows)
    found = []
    for row in rows:
        owner = owners.get(row.vehicle_id) if row.vehicle_id else None
        customer = row.customer or (owner.customer if owner else None)
        name = customer.name if customer else ""
        found.append(Entry(row, plates.get(row.vehicle_id or 0, ""), name, cases.get(row.pk), ", ".join(who[row.pk])))
    return found


def _cases_of(rows: Iterable[Appointment]) -> dict[int, Any]:
    links = CaseAppointment.objects.filter(appointment__in=list(rows)).select_related("case__original_order")
    return {link.appointment_id: link.case for link in links}


def _reserved(rows: Iterable[Appointment]) -> dict[int, list[str]]:
    pairs = Reservation.objects.filter(appointment__in=list(rows)).values_list("appointment_id", "resource__name")
    names: dict[int, list[str]] = defaultdict(list)
    for appointment_id, name in pairs.distinct().order_by("appointment_id", "resource__name"):
        names[appointment_id].append(name)
    return names
