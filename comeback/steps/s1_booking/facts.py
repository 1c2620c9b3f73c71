"""What is so of step 1: decided, expert reserved, drive planned, offered in time. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from comeback.cases.facts import evidence
from comeback.cases.models import Case, CaseAppointment
from comeback.cases.windows import FactsOf, latest
from comeback.diary.models import Absence, Appointment, Reservation
from comeback.method.engine import Fact
from comeback.steps.s1_booking.models import Answer, DrivePlan, ExpertReservation, Offer, Reply


def request_facts(ids: Iterable[int]) -> FactsOf:
    """comeback_decided of requests. Method 1.1."""
    return latest(_answers({id_: id_ for id_ in ids}))


def case_facts(ids: Iterable[int]) -> FactsOf:
    """The same of each case's request; expert_reserved, joint_drive_planned, offered_in_time. Method 1.3–1.5."""
    cases = dict(Case.objects.filter(pk__in=list(ids)).values_list("pk", "request_id"))
    by_request = {request_id: pk for pk, request_id in cases.items()}
    receptions = _receptions(cases)
    return latest(
        [
            *_answers(by_request),
            *_experts(cases, receptions),
            *_drives(cases, receptions),
            *_offers(by_request),
        ]
    )


def _answers(subject_of: dict[int, int]) -> Iterator[tuple[int, Fact]]:
    """The latest answer, unless it is that nobody knows."""
    rows = Answer.objects.filter(request_id__in=subject_of).order_by("pk").select_related("by")
    for row in {row.request_id: row for row in rows}.values():
        if row.reply != Reply.UNKNOWN:
            yield subject_of[row.request_id], evidence(row, "comeback_decided", value=row.reply, note=row.note)


def _receptions(cases: Iterable[int]) -> dict[int, Appointment]:
    rows = CaseAppointment.objects.filter(
        case_id__in=cases, kind="reception", appointment__replaced_by=None, appointment__cancellation=None
    )
    return {row.case_id: row.appointment for row in rows.order_by("pk").select_related("appointment")}


def _experts(cases: Iterable[int], receptions: dict[int, Appointment]) -> Iterator[tuple[int, Fact]]:
    rows = list(ExpertReservation.objects.filter(case_id__in=cases).order_by("pk").select_related("by", "expert"))
    taken = set(
        Reservation.objects.filter(appointment__in=receptions.values())
        .values_list("appointment_id", "resource__person_id")
        .distinct()
    )
    away = list(Absence.objects.filter(person_id__in={row.expert_id for row in rows}))
    for row in rows:
        appointment = receptions.get(row.case_id)
        if appointment is None or (appointment.pk, row.expert_id) not in taken:
            void = str(_("The expert's time is no longer reserved."))
        else:
            void = str(_("The expert is away at that time.")) if _is_away(row.expert_id, appointment, away) else ""
        yield row.case_id, evidence(row, "expert_reserved", value=row.expert_id, note=row.expert.name, void=void)


def _is_away(person_id: int, appointment: Appointment, away: Iterable[Absence]) -> bool:
    return any(
        it.person_id == person_id and it.since < appointment.ends_at and it.until > appointment.starts_at for it in away
    )


def _drives(cases: Iterable[int], receptions: dict[int, Appointment]) -> Iterator[tuple[int, Fact]]:
    for row in DrivePlan.objects.filter(case_id__in=cases).order_by("pk").select_related("by"):
        appointment = receptions.get(row.case_id)
        short = (
            appointment is not None and (appointment.ends_at - appointment.starts_at).total_seconds() < row.minutes * 60
        )
        void = str(_("The reception was moved to a time too short for the drive.")) if short else ""
        yield row.case_id, evidence(row, "joint_drive_planned", value=row.minutes, note=row.note, void=void)


def _offers(subject_of: dict[int, int]) -> Iterator[tuple[int, Fact]]:
    """The first offer counts; value: whether its first time lay within two working days."""
    rows = Offer.objects.filter(request_id__in=subject_of).order_by("-pk").select_related("by")
    for row in rows:
        in_time = bool(row.offered) and datetime.fromisoformat(row.offered[0]) <= row.norm_until
        yield subject_of[row.request_id], evidence(row, "offered_in_time", value=in_time, note=row.late_reason)
