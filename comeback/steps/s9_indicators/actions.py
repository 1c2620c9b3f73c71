"""Signing a month, and restating it when what it rests on has changed. Method 9.1–9.3."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act
from comeback.cases.models import Case, Changed, Month
from comeback.method.refusal import Missing, Refused, bad_input
from comeback.steps.s9_indicators.indicators import EDITION
from comeback.steps.s9_indicators.models import Signature
from comeback.steps.s9_indicators.projecting import project_vehicles
from comeback.steps.s9_indicators.queries import changes, has_visits, last_seal, measure, obstacles, span_of

LONG_ENOUGH = 10  # characters of a reason that somebody else can understand


@act("sign")
def sign_month(
    month: Month,
    *,
    actor: Actor,
    now: datetime,
    visits: int | None = None,
    visits_source: str = "",
    turnover: int | None = None,
    turnover_source: str = "",
) -> Signature:
    """Freeze the month's figures with the cases behind each. Method 9.1–9.3, decision 23.

    visits: count of visits, only where none are imported; turnover: gross, in minor units; each with its source.
    Refused: before the month is over, while a comeback handed over in it is not posted, without visits.
    """
    if Signature.objects.filter(month=month).exists():
        raise Refused("9.1", Missing("month_signed", _("The month is signed already.")), kind="changed")
    missing = [Missing(it.need, it.said(), it.by) for it in obstacles(month, now)]
    if missing:
        raise Refused("9.1", *missing)
    given = _given(month, visits, visits_source, turnover, turnover_source)
    return _freeze(month, 1, given, "", actor, now)


@act("restate")
def restate_month(month: Month, *, actor: Actor, now: datetime, reason: str) -> Signature:
    """Record the figures as they are now beside the signed ones, with a reason. The signed ones stay as they are."""
    last = Signature.objects.filter(month=month).select_related("month__site").order_by("-version").first()
    if last is None:
        raise Refused("9.1", Missing("month_signed", _("Sign the month first."), ("after_sales_manager",)))
    if len(reason.strip()) < LONG_ENOUGH:
        raise bad_input("9.1", "reason", _("Say why in ten characters or more."))
    _project(month, now)
    if not changes(last, now):
        raise Refused("9.1", Missing("month", _("Nothing has changed since it was signed.")), kind="changed")
    return _freeze(month, last.version + 1, last.given, reason.strip(), actor, now)


def _given(
    month: Month, visits: int | None, visits_source: str, turnover: int | None, turnover_source: str
) -> dict[str, Any]:
    """What was entered, each with its source; a count of visits only where there are none to count."""
    given: dict[str, Any] = {}
    if has_visits(month):
        if visits is not None:
            raise bad_input("9.1", "visits", _("Visits are imported: their number is counted, not entered."))
    elif not visits:
        raise bad_input("9.1", "visits", _("No visits are known of this month: import them, or enter their number."))
    for name, value, source in (("visits", visits, visits_source), ("turnover", turnover, turnover_source)):
        if value is None:
            continue
        if value <= 0:
            raise bad_input("9.1", name, _("Enter a number above zero."))
        if not source.strip():
            raise bad_input("9.1", f"{name}_source", _("Say where this number comes from."))
        given |= {name: value, f"{name}_source": source.strip()}
    return given


def _freeze(month: Month, version: int, given: dict[str, Any], reason: str, actor: Actor, now: datetime) -> Signature:
    _project(month, now)
    row = Signature.objects.create(
        month=month,
        version=version,
        formulas=EDITION,
        figures=measure(month, now, given),
        given=given,
        seal=last_seal(month.site),
        reason=reason,
        at=now,
        by=actor.person,
        function=actor.function,
    )
    _derive_cases(row, now)
    return row


def _project(month: Month, now: datetime) -> None:
    """The cars that were in during the month, derived anew: what is signed rests on evidence, not on a stale row."""
    start, end = span_of(month)
    cases = Case.objects.filter(visit__site=month.site, visit__handed_over_at__gte=start, visit__received_at__lte=end)
    project_vehicles(cases.values_list("vehicle_id", flat=True), now)


def _derive_cases(signature: Signature, now: datetime) -> None:
    """Step 9 of the cases that count in the month turns green: the worker derives them."""
    numbers = {number for figure in signature.figures.values() for number in figure["cases"]}
    ids = Case.objects.filter(number__in=numbers, site=signature.month.site).values_list("pk", flat=True)
    Changed.objects.bulk_create(
        Changed(site=signature.month.site, kind="case", subject_id=pk, why="month signed", at=now) for pk in ids
    )
