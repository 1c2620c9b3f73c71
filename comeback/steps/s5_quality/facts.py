"""What is so of the quality in the current round of each case: passed, confirmed, registered, measures defined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comeback.cases.facts import evidence
from comeback.cases.models import CaseAppointment, Punch
from comeback.cases.rounds import rounds_of
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.method.sheet import Text
from comeback.steps.s5_quality.causes import taxonomy
from comeback.steps.s5_quality.models import (
    DeliveryConfirmation,
    Inspection,
    Measure,
    MeasureKind,
    RegisterEntry,
    Verdict,
)
from comeback.visits.models import Concern

Found = Iterator[tuple[int, Fact]]


def case_facts(ids: Iterable[int]) -> FactsOf:
    """Facts of step 5 of cases, in the current round. Eight queries, however many cases."""
    rounds = rounds_of(ids)
    return latest([*_passes(rounds), *_confirmations(rounds), *_entries(rounds), *_measures(rounds)])


def _current(rows: Any, rounds: dict[int, int]) -> Iterator[Any]:
    for row in rows.filter(case_id__in=rounds).order_by("pk"):
        if row.round == rounds[row.case_id]:
            yield row


def _passes(rounds: dict[int, int]) -> Found:
    punches: dict[int, list[Punch]] = defaultdict(list)
    for punch in _current(Punch.objects.all(), rounds):
        punches[punch.case_id].append(punch)
    answered = Concern.objects.filter(order__visit__cases__in=rounds).values("order__visit__cases")
    latest_answer = dict(answered.values_list("order__visit__cases").annotate(Max("answered_at")))
    for row in _current(Inspection.objects.select_related("by"), rounds):
        if row.verdict == Verdict.PASS:
            void = _no_longer(row.at, punches[row.case_id], latest_answer.get(row.case_id))
            yield row.case_id, evidence(row, "quality_passed", value=row.attempt, void=void)


def _no_longer(passed_at: datetime, punches: list[Punch], answered_at: datetime | None) -> str:
    if any(punch.ended_at is None or punch.ended_at > passed_at for punch in punches):
        return _("Work went on after the check: check again.")
    if answered_at and answered_at > passed_at:
        return _("An answer to a concern was changed after the check: check again.")
    return ""


def _confirmations(rounds: dict[int, int]) -> Found:
    standing = CaseAppointment.objects.filter(case_id__in=rounds, kind="delivery", appointment__cancellation=None)
    agreed = dict(standing.order_by("pk").values_list("case_id", "appointment_id"))
    for row in _current(DeliveryConfirmation.objects.select_related("by", "appointment"), rounds):
        changed = agreed.get(row.case_id) != row.appointment_id
        void = _("The delivery time was changed after it: confirm again.") if changed else ""
        fact = {"value": row.appointment.starts_at, "note": row.get_answer_display(), "void": void}
        yield row.case_id, evidence(row, "delivery_confirmed", **fact)


def _entries(rounds: dict[int, int]) -> Found:
    last = {row.case_id: row for row in _current(RegisterEntry.objects.select_related("by"), rounds)}
    for id_, row in last.items():
        yield id_, evidence(row, "case_registered", value=row.cause, note=cause_in_words(row.cause))
        if row.escape:
            yield id_, evidence(row, "escape_cause_named", value=row.escape)


def cause_in_words(code: str) -> str:
    """A cause («Неверный диагноз») in the reader’s language, for later rooms; an unknown code as it is."""
    return _said(taxonomy().causes.get(code), code)


def cause_group_in_words(letter: str) -> str:
    """A group of causes («Диагностика»), by the first letter of their codes."""
    return _said(taxonomy().groups.get(letter), letter)


def _said(text: Text | None, code: str) -> str:
    return text.in_language(get_language() or "ru") if text else code


def _measures(rounds: dict[int, int]) -> Found:
    by_case: dict[int, list[Measure]] = defaultdict(list)
    rows = Measure.objects.filter(case_id__in=rounds, replaced_by=None).select_related("by").order_by("pk")
    for row in rows:
        by_case[row.case_id].append(row)
    for id_, measures in by_case.items():
        now = [row for row in measures if row.round == rounds[id_]]
        if not now:
            continue
        yield id_, evidence(now[-1], "measures_defined", note=now[-1].text)
        counted = measures if any(row.kind == MeasureKind.STANDS for row in now) else now
        if all(row.kind in (MeasureKind.NONE, MeasureKind.STANDS) or row.check_on for row in counted):
            yield id_, evidence(now[-1], "criteria_set")
