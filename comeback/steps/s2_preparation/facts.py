"""What is so of the preparation: manager told, dossier reviewed, parts checked, order stamped. Six queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F
from django.utils.translation import gettext as _

from comeback.cases.facts import evidence
from comeback.cases.models import CaseAppointment
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.steps.s2_preparation.models import ArrivalNotice, DossierReview, PartsCheck, PartState
from comeback.visits.models import OrderStamp

Found = Iterator[tuple[int, Fact]]


def case_facts(ids: Iterable[int]) -> FactsOf:
    """manager_informed, dossier_reviewed, parts_checked, order_stamped. Method 2.1–2.4."""
    wanted = list(ids)
    return latest([*_informed(wanted), *_reviewed(wanted), *_checked(wanted), *_stamped(wanted)])


def _informed(ids: list[int]) -> Found:
    booked = _receptions(ids)
    rows = ArrivalNotice.objects.filter(case_id__in=ids).order_by("pk").select_related("by")
    for row in rows.prefetch_related("messages__to"):
        void = (
            "" if booked.get(row.case_id) == row.appointment_id else _("The time was changed: tell the manager again")
        )
        yield row.case_id, evidence(row, "manager_informed", note=_told(row), void=void)


def _receptions(ids: list[int]) -> dict[int, int]:
    """The reception appointment that counts, by case."""
    rows = CaseAppointment.objects.filter(case_id__in=ids, kind="reception", appointment__cancellation=None)
    return dict(rows.order_by("pk").values_list("case_id", "appointment_id"))


def _told(notice: ArrivalNotice) -> str:
    if notice.in_person:
        return _("told in person")
    messages = list(notice.messages.all())
    names = ", ".join(message.to.name for message in messages)
    read = any(message.read_at for message in messages)
    return _("%(names)s: read") % {"names": names} if read else _("%(names)s: not read yet") % {"names": names}


def _reviewed(ids: list[int]) -> Found:
    for row in DossierReview.objects.filter(case_id__in=ids).order_by("pk").select_related("by"):
        yield row.case_id, evidence(row, "dossier_reviewed", note=row.instruction or row.findings)


def _checked(ids: list[int]) -> Found:
    rows = PartsCheck.objects.filter(case_id__in=ids).order_by("pk").select_related("by").prefetch_related("parts")
    for row in rows:
        yield row.case_id, evidence(row, "parts_checked", note=_parts(row))


def _parts(check: PartsCheck) -> str:
    if check.unknown:
        return _("parts not known before the diagnosis")
    parts = list(check.parts.all())
    ordered = [part.due_on for part in parts if part.state == PartState.ORDERED and part.due_on]
    if not ordered:
        return _("all parts in stock") if parts else _("no parts needed")
    return _("parts ordered, the last is due on %(date)s") % {"date": f"{max(ordered):%d.%m.%Y}"}


def _stamped(ids: list[int]) -> Found:
    stamps = OrderStamp.objects.annotate(case=F("order__visit__cases")).filter(case__in=ids)
    for stamp in stamps.order_by("pk").select_related("by", "order"):
        yield stamp.case, evidence(stamp, "order_stamped", value=stamp.order.number, note=stamp.order.number)
