"""The repair order of a comeback on paper: in the customer's language, stamped, kept with its hash. Method 2.4."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comeback.cases.models import Case, FaultCard, StoredPrint
from comeback.desk.formats import day, in_zone, km, number, weekday
from comeback.desk.ordinals import level_words
from comeback.desk.plates import split_plate
from comeback.desk.typesetting import fingerprint, typeset
from comeback.registers.models import Person
from comeback.visits.models import RepairOrder
from comeback.visits.prints import Earlier, OrderPaper, order_paper

KIND = "repair_order"


def print_order(case: Case, order: RepairOrder, *, by: Person | None, at: datetime) -> StoredPrint:
    """Typeset the order, keep the file with its hash, and mark the prints before it as replaced."""
    earlier = StoredPrint.objects.filter(case=case, kind=f"{KIND}.{order.pk}")
    edition = earlier.count() + 1
    language = language_of(case)
    with translation.override(language):
        content = order_content(case, order, edition=edition, at=at)
    pdf = typeset(KIND, content, language=language, at=at)
    stored = StoredPrint(case=case, kind=f"{KIND}.{order.pk}", language=language, sha256=fingerprint(pdf), at=at, by=by)
    stored.file.save(f"{case.number}-{edition}.pdf", ContentFile(pdf), save=False)
    stored.save(force_insert=True)
    earlier.exclude(pk=stored.pk).filter(replaced_by=None).update(replaced_by=stored)
    return stored


def language_of(case: Case) -> str:
    """The language in which the customer reads, else that of the site."""
    return (case.customer.language if case.customer else "") or case.site.language


def order_content(case: Case, order: RepairOrder, *, edition: int, at: datetime) -> dict[str, Any]:
    """All words and figures of the sheet, in the active language, moments in site time."""
    zone = case.site.zoneinfo
    paper = order_paper(order, case.original_order)
    stamp = pgettext("stamp", "Comeback")
    return {
        "title": _("Repair order No. %(number)s") % {"number": paper.number},
        "subtitle": _("of %(date)s · case %(case)s") % {"date": day(paper.opened_at, zone), "case": case},
        "priority": _("Priority: first in the queue at reception, in the workshop, at the quality check"),
        "site": paper.site,
        "edition": _edition(edition, at, zone),
        "stamp": {"words": stamp, "below": _below_the_stamp(case, paper, zone)},
        "foot": [stamp.upper(), str(case), paper.number],
        "of": pgettext("page 1 of 2", "of"),
        "customer": _customer(paper),
        "vehicle": _vehicle(paper),
        "words": _words(case, zone),
        "comparison": _comparison(paper, paper.earlier, zone),
        "works": _works(paper),
        "choices": [
            {"text": _("If another fault is found:"), "options": [_("call me and agree"), _("do not look for it")]},
            {"text": _("Replaced parts:"), "options": [_("show me"), _("dispose of them")]},
        ],
        "appointments": _appointments(case, zone),
        "promise": [
            _("“The quality of the work done is guaranteed to the customer.”"),
            _("The guarantee on work and parts is given in the list of works at hand-over."),
        ],
        "signatures": [
            _("Customer: %(name)s, date") % {"name": paper.customer},
            _("Service advisor: %(name)s, date") % {"name": paper.opened_by},
        ],
    }


def _edition(edition: int, at: datetime, zone: tzinfo) -> str:
    words = _("Print %(number)s · %(moment)s") % {"number": edition, "moment": _moment(at, zone)}
    return words if edition == 1 else f"{words} · " + _("replaces print %(number)s") % {"number": edition - 1}


def _below_the_stamp(case: Case, paper: OrderPaper, zone: tzinfo) -> str:
    words = level_words(case.level)
    if paper.earlier is None:
        return f"{words} · {case.original_note}" if case.original_note else words
    number_and_date = {"number": paper.earlier.number, "date": _day(paper.earlier.handed_over_at, zone)}
    return f"{words} · " + _("original repair order %(number)s of %(date)s") % number_and_date


def _day(moment: datetime | None, zone: tzinfo) -> str:
    return day(moment, zone) if moment else "—"


def _moment(moment: datetime, zone: tzinfo) -> str:
    """With its year, which a sheet that is kept cannot do without."""
    local = in_zone(moment, zone)
    return f"{weekday(local)} {day(moment, zone)}, {local:%H:%M}"


def _customer(paper: OrderPaper) -> list[tuple[str, str]]:
    rows = [(_("Customer"), paper.customer), (_("Phone"), paper.phone), (_("Order opened by"), paper.opened_by)]
    return [row for row in rows if row[1]]


def _vehicle(paper: OrderPaper) -> list[tuple[str, str]]:
    odometer = km(paper.odometer_km) if paper.odometer_km is not None else ""
    if odometer and paper.km_since is not None:
        odometer += ", " + _("+%(km)s since the repair") % {"km": km(paper.km_since)}
    plate = split_plate(paper.plate)
    rows = [
        (_("Vehicle"), " ".join(filter(None, [paper.vehicle, paper.engine]))),
        (_("Number plate"), f"{plate.number} {plate.region}".strip()),
        ("VIN", paper.vin),
        (_("Odometer"), odometer),
    ]
    return [row for row in rows if row[1]]


def _words(case: Case, zone: tzinfo) -> list[dict[str, str]]:
    card = FaultCard.objects.filter(case=case, part=1).exclude(signed_at=None).order_by("-version").first()
    attached = _("fault card, version %(version)s, attached") % {"version": card.version} if card else ""
    return [
        {
            "text": _("“%(words)s”") % {"words": entry.text.strip().strip('«»“”"')},
            "by": " · ".join(
                filter(
                    None, [_("Customer's words"), _moment(entry.at, zone), entry.by.name if entry.by else "", attached]
                )
            ),
        }
        for entry in case.request.words.order_by("pk").select_related("by")
    ]


def _comparison(paper: OrderPaper, earlier: Earlier | None, zone: tzinfo) -> dict[str, Any]:
    head = ["", _("Original repair"), pgettext("column", "Now")]
    if earlier is None:
        return {"head": head, "rows": []}
    handed_over = _("%(number)s, handed over %(date)s") % {
        "number": earlier.number,
        "date": _day(earlier.handed_over_at, zone),
    }
    rows = [
        [_("Repair order"), handed_over, paper.number],
        [_("Complaint"), earlier.complaint or "—", "\n".join(paper.complaints) or "—"],
        [pgettext("row", "Work"), ", ".join(earlier.done) or "—", _("by the result of the diagnosis")],
        [_("Mechanic"), earlier.mechanic or "—", paper.mechanic or _("the same, if possible")],
    ]
    return {"head": head, "rows": rows}


def _works(paper: OrderPaper) -> dict[str, Any]:
    jobs = [(job.description, _hours(job.minutes)) for job in paper.jobs]
    return {
        "head": [_("No."), _("Agreed work"), _("Allowance, h")],
        "rows": [
            [str(place), *job] for place, job in enumerate(jobs or [(_("By the result of the diagnosis"), "—")], 1)
        ],
    }


def _hours(minutes: int | None) -> str:
    return number(minutes / 60, 1) if minutes else "—"


def _appointments(case: Case, zone: tzinfo) -> list[dict[str, str]]:
    latest = case.appointments.filter(kind="delivery", appointment__cancellation=None).order_by("-pk")
    delivery = latest.select_related("appointment").first()
    contact = {
        "title": _("Contact after the hand-over"),
        "text": _("The after-sales manager calls you within 48 hours."),
    }
    if delivery is None:
        return [contact]
    moment = _moment(delivery.appointment.starts_at, zone)
    return [{"title": _("Delivery: %(moment)s") % {"moment": moment}, "text": _("We offer a road test.")}, contact]
