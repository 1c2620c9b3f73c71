"""Line 2.4: the repair order of this visit is opened, and «Повторное обращение» stands on it by itself."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.models import Case, StoredPrint
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.numbering import next_number
from comeback.steps.s2_preparation.prints import print_order
from comeback.steps.s2_preparation.queries import open_orders, reception_of
from comeback.visits.models import Concern, OrderStamp, RepairOrder, Visit

PREFIX = {"ru": "ЗН", "fr": "OR"}
LONGEST_NUMBER = 40


@line("2.4")
def open_order(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    number: str = "",
    order_id: int | None = None,
    complaints: list[str] | None = None,
) -> OrderStamp:
    """Open the repair order of this visit, or take the one already open, and stamp it as a comeback. Method 2.4.

    number: as the dealer's system gave it, else the next of the site's series; order_id: an open order of this car;
    complaints: one concern each, else the customer's words. The order is printed, an older print is marked replaced.
    """
    order = _taken(case, order_id) if order_id else _opened(case, number.strip(), actor, now)
    _add_concerns(case, order, complaints)
    stamp = OrderStamp.objects.create(
        order=order,
        case_number=case.number,
        level=case.level,
        original_number=case.original_order.number if case.original_order else "",
        at=now,
        by=actor.person,
    )
    if case.visit_id != order.visit_id:
        case.visit = order.visit
        case.save(update_fields=["visit"])
    print_order(case, order, by=actor.person, at=now)
    return stamp


def _taken(case: Case, order_id: int) -> RepairOrder:
    order = next((it for it in open_orders(case) if it.pk == order_id), None)
    if order is None:
        raise bad_input("2.4", "order_id", _("This is no open order of this car."))
    if OrderStamp.objects.filter(order=order).exists():
        raise Refused("2.4", Missing("2.4", _("This order carries the stamp already.")), kind="changed")
    if case.visit_id and order.visit_id != case.visit_id:
        raise bad_input("2.4", "order_id", _("This order belongs to another visit."))
    return order


def _opened(case: Case, number: str, actor: Actor, now: datetime) -> RepairOrder:
    visit = case.visit or _expected_visit(case)
    stamped = RepairOrder.objects.filter(visit=visit, stamp__isnull=False).first()
    if stamped and not number:
        text = _("The order %(number)s is open and stamped already.") % {"number": stamped.number}
        raise Refused("2.4", Missing("2.4", text), kind="changed")
    if len(number) > LONGEST_NUMBER:
        raise bad_input("2.4", "number", _("This number is too long."))
    if number and RepairOrder.objects.filter(site=case.site, number=number).exists():
        raise bad_input("2.4", "number", _("There is an order with this number already: choose it, or type another."))
    return RepairOrder.objects.create(
        site=case.site,
        visit=visit,
        number=number or _next_order_number(case, now),
        opened_at=now,
        opened_by=actor.person,
        odometer_km=visit.odometer_in,
        currency=case.site.currency,
    )


def _expected_visit(case: Case) -> Visit:
    appointment = reception_of(case)
    return Visit.objects.create(
        site=case.site,
        vehicle=case.vehicle,
        customer=case.customer,
        expected_at=appointment.starts_at if appointment else None,
    )


def _next_order_number(case: Case, now: datetime) -> str:
    """The next free number of the site; one that the dealer's system has used is passed over."""
    year = now.astimezone(case.site.zoneinfo).year
    prefix = PREFIX.get(case.site.language, "RO")
    while True:
        number = f"{prefix}-{case.site.code}-{year}-{next_number(case.site, 'order', year):04d}"
        if not RepairOrder.objects.filter(site=case.site, number=number).exists():
            return number


def _add_concerns(case: Case, order: RepairOrder, complaints: list[str] | None) -> None:
    wanted = [text.strip() for text in complaints or [] if text.strip()] or customer_words(case)
    present = list(order.concerns.values_list("words", flat=True))
    if not wanted and not present:
        raise bad_input("2.4", "complaints", _("Write what the customer complains of, in his words."))
    fresh = [text for text in wanted if text not in present]
    Concern.objects.bulk_create(
        Concern(order=order, number=len(present) + place, words=text) for place, text in enumerate(fresh, start=1)
    )


def customer_words(case: Case) -> list[str]:
    """What the customer said, each entry a complaint; a later entry of the same words is none of its own."""
    return list(
        dict.fromkeys(text.strip() for text in case.request.words.order_by("pk").values_list("text", flat=True))
    )


@line("2.4", act="print")
def print_again(case: Case, *, actor: Actor, now: datetime) -> StoredPrint:
    """Print the order as it stands now, stamped; the print before is kept and marked replaced. Method 2.4."""
    order = stamped_order(case)
    if order is None:
        raise refuse("2.4", _("The order is not opened and stamped yet."), by=("service_advisor", "reception_lead"))
    return print_order(case, order, by=actor.person, at=now)


def stamped_order(case: Case) -> RepairOrder | None:
    """The latest order of this visit that carries the stamp."""
    if case.visit_id is None:
        return None
    return RepairOrder.objects.filter(visit=case.visit_id, stamp__isnull=False).order_by("-pk").first()
