"""The list of works that the customer takes home, in his language, stamped, kept with its hash. Method 7.4, RF.1."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comeback.cases.models import Case, StoredPrint
from comeback.desk.formats import day, km, money, number, when
from comeback.desk.ordinals import level_words
from comeback.desk.plates import split_plate
from comeback.desk.typesetting import fingerprint, typeset
from comeback.registers.models import Person
from comeback.steps.s6_settlement.facts import WORKS_GUARANTEE, customer_amounts
from comeback.steps.s7_handover.queries import concerns_of
from comeback.visits.models import OrderLine

KIND = "works"
QUOTES = '«»“”„"'


def print_works(case: Case, *, by: Person, at: datetime) -> StoredPrint:
    """Typeset the list, keep the file with its hash, and mark the prints before it as replaced."""
    earlier = StoredPrint.objects.filter(case=case, kind=KIND)
    language = (case.customer.language if case.customer else "") or case.site.language
    edition = earlier.count() + 1
    with translation.override(language):
        content = works_content(case, by=by, edition=edition, at=at)
    pdf = typeset(KIND, content, language=language, at=at)
    stored = StoredPrint(case=case, kind=KIND, language=language, sha256=fingerprint(pdf), at=at, by=by)
    stored.file.save(f"{case.number}-{KIND}-{edition}.pdf", ContentFile(pdf), save=False)
    stored.save(force_insert=True)
    earlier.exclude(pk=stored.pk).filter(replaced_by=None).update(replaced_by=stored)
    return stored


def works_content(case: Case, *, by: Person, edition: int, at: datetime) -> dict[str, Any]:
    """All words and figures of the sheet, in the active language; the guarantee runs from today."""
    zone = case.site.zoneinfo
    amount = customer_amounts([case.pk]).get(case.pk, 0)
    until = day(at.astimezone(zone).date() + WORKS_GUARANTEE)
    orders = ", ".join(case.visit.orders.order_by("pk").values_list("number", flat=True)) if case.visit else ""
    customer = case.customer.name if case.customer else ""
    stamp = pgettext("stamp", "Comeback")
    return {
        "title": _("List of works"),
        "subtitle": _("Repair order %(orders)s · case %(case)s") % {"orders": orders, "case": case},
        "site": case.site.name,
        "edition": _("Print %(number)s · %(moment)s") % {"number": edition, "moment": when(at, zone)},
        "stamp": {"words": stamp, "below": _below_the_stamp(case)},
        "foot": [stamp.upper(), str(case), orders],
        "of": pgettext("page 1 of 2", "of"),
        "customer": [(_("Customer"), customer), (_("Date"), day(at, zone))],
        "vehicle": _vehicle(case),
        "concerns": _concerns(case),
        "works": _works(case, until),
        "sum": _("To pay: %(amount)s") % {"amount": money(amount, case.site.currency)},
        "promise": [
            _("“The quality of the work done is guaranteed to the customer.”"),
            _("Guarantee on the work of this visit until %(date)s.") % {"date": until},
        ],
        "signatures": [
            _("Received: %(name)s, date") % {"name": customer},
            _("Explained: %(name)s, date") % {"name": by.name},
        ],
    }


def _below_the_stamp(case: Case) -> str:
    words = level_words(case.level)
    if case.original_order is None:
        return words
    return f"{words} · " + _("original repair order %(number)s") % {"number": case.original_order.number}


def _vehicle(case: Case) -> list[tuple[str, str]]:
    plate = case.vehicle.plates.order_by("-since", "-pk").first()
    shown = split_plate(plate.number) if plate else None
    odometer = case.visit.odometer_in if case.visit else None
    rows = [
        (_("Vehicle"), str(case.vehicle)),
        (_("Number plate"), f"{shown.number} {shown.region}".strip() if shown else ""),
        ("VIN", case.vehicle.vin),
        (_("Odometer"), km(odometer) if odometer else ""),
    ]
    return [row for row in rows if row[1]]


def _concerns(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "words": _("“%(words)s”") % {"words": row.words.strip().strip(QUOTES)},
            "number": _("Concern %(number)s") % {"number": place},
            "answers": [
                (label, value)
                for label, value in [
                    (_("Cause"), row.cause),
                    (_("What was done"), row.correction),
                    (_("Result"), str(row.get_result_display()) if row.result else ""),
                ]
                if value
            ],
        }
        for place, row in enumerate(concerns_of(case), 1)
    ]


def _works(case: Case, until: str) -> dict[str, Any]:
    lines = OrderLine.objects.filter(order__visit=case.visit_id).order_by("order", "number")
    return {
        "head": [_("Work or part"), _("Quantity"), _("Guarantee until")],
        "rows": [[line.description, _quantity(line.quantity), until] for line in lines],
    }


def _quantity(value: Decimal) -> str:
    return number(value, max(0, -int(value.normalize().as_tuple().exponent)))
