"""What is so of the reception. Eight queries, however many cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from comeback.cases.facts import evidence
from comeback.cases.models import CaseAppointment, RoadTest
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.steps.s3_reception.models import (
    CardSignature,
    ManagerReservation,
    Presence,
    PresenceConfirmation,
    Reception,
    WorksAgreement,
)

Found = Iterator[tuple[int, Fact]]


def case_facts(ids: Iterable[int]) -> FactsOf:
    """Facts of lines 3.1 to 3.5, the manager's confirmation and the customer's agreement to the work."""
    wanted = list(ids)
    deliveries = _deliveries(wanted)
    return latest(
        [
            *_received(wanted),
            *_cards(wanted),
            *_drives(wanted),
            *_agreements(wanted),
            *(_offered(slot) for slot in deliveries.values()),
            *_reserved(wanted, deliveries),
        ]
    )


def _received(ids: list[int]) -> Found:
    counts: dict[int, int] = {}
    rows = Reception.objects.filter(case_id__in=ids).order_by("pk").select_related("by", "manager")
    for row in rows:
        counts[row.case_id] = row.pk
        fact = evidence(
            row, "received_with_manager", value=row.at, recorded_at=row.recorded_at, note=_who_was_there(row)
        )
        yield row.case_id, fact
    confirmed = PresenceConfirmation.objects.filter(reception__case_id__in=ids).order_by("pk")
    for confirmation in confirmed.select_related("by", "reception"):
        if counts[confirmation.reception.case_id] == confirmation.reception_id:
            value = confirmation.reception.presence
            yield confirmation.reception.case_id, evidence(confirmation, "presence_confirmed", value=value)


def _who_was_there(reception: Reception) -> str:
    name = reception.manager.name if reception.manager else ""
    if reception.presence == Presence.MANAGER:
        return name
    if reception.presence == Presence.DEPUTY:
        return _("%(name)s as deputy: %(reason)s") % {"name": name, "reason": reception.reason}
    return _("without the manager: %(reason)s") % {"reason": reception.reason}


def _cards(ids: list[int]) -> Found:
    rows = CardSignature.objects.filter(card__case_id__in=ids).order_by("card__version").select_related("by", "card")
    for row in rows:
        note = _("version %(version)s, signed by %(name)s") % {"version": row.card.version, "name": row.name}
        yield row.card.case_id, evidence(row, "fault_card_signed", value=row.card.version, note=note)


def _drives(ids: list[int]) -> Found:
    rows = RoadTest.objects.filter(case_id__in=ids, kind="with_customer").order_by("pk").select_related("driver")
    for row in rows:
        fact = evidence(row, "driven_with_customer", by="driver", at="ended_at", value=row.symptom, note=_symptom(row))
        yield row.case_id, fact


def _symptom(test: RoadTest) -> str:
    words = {"yes": _("the fault was there"), "partly": _("the fault was there in part"), "no": _("not reproduced")}
    return " · ".join(filter(None, [_("check at rest") if test.static else "", words.get(test.symptom, "")]))


def _agreements(ids: list[int]) -> Found:
    for row in WorksAgreement.objects.filter(case_id__in=ids).order_by("pk").select_related("by"):
        yield (
            row.case_id,
            evidence(row, "works_agreed", value=row.how, note=f"{row.get_how_display()}: {'; '.join(row.works)}"),
        )


def _deliveries(ids: list[int]) -> dict[int, CaseAppointment]:
    """The delivery appointment that counts, by case."""
    rows = CaseAppointment.objects.filter(case_id__in=ids, kind="delivery", appointment__cancellation=None)
    return {row.case_id: row for row in rows.order_by("pk").select_related("by", "appointment", "offer")}


def _offered(slot: CaseAppointment) -> tuple[int, Fact]:
    offer = getattr(slot, "offer", None)
    note = _("the customer is still to say") if offer and offer.answer_by else ""
    return slot.case_id, evidence(slot, "delivery_offered", value=slot.appointment.starts_at, note=note)


def _reserved(ids: list[int], deliveries: dict[int, CaseAppointment]) -> Found:
    rows = ManagerReservation.objects.filter(case_id__in=ids).order_by("pk").select_related("by", "manager")
    for row in rows:
        slot = deliveries.get(row.case_id)
        void = "" if slot and slot.pk == row.slot_id else _("The delivery was moved: reserve the manager again")
        fact = evidence(row, "manager_reserved_for_delivery", value=row.manager_id, note=row.manager.name, void=void)
        yield row.case_id, fact
