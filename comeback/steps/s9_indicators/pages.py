"""What the pages of step 9 show: a month, its signing, the control tables. Each a fixed number of queries, by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from comeback.cases.models import Case, Month
from comeback.cases.windows import facts_of
from comeback.desk.rows import who_can
from comeback.method import loading
from comeback.method.engine import Fact
from comeback.registers.models import Person, Site
from comeback.registers.staff import people_in
from comeback.steps.s9_indicators import charts, queries
from comeback.steps.s9_indicators.figures import behind, by_cause, figure, trend, window_for
from comeback.steps.s9_indicators.indicators import BY_CODE, HEADLINES, REGISTER, Figure, Indicator
from comeback.steps.s9_indicators.models import CaseRow, InspectionRow, Signature
from comeback.steps.s9_indicators.stays import month_end, months_before

MONTHS = 13  # on a trend: this month and the twelve before, so that the same month a year ago stands there
MOST = 500  # rows of one table on a page


@dataclass(frozen=True)
class Card:
    """A headline: the month's figure, the month before, the year before, the bars."""

    indicator: Indicator
    text: Any
    figure: Figure
    before: Figure
    year_ago: Figure
    bars: list[charts.Bar]


@dataclass(frozen=True)
class Listed:
    """A case behind a figure, with its days and costs in the month."""

    case: Case
    plate: str
    words: str
    received: date | None
    cause: str
    days: int
    cost: int
    part: int


@dataclass(frozen=True)
class Listing:
    """The cases behind one figure and what they come to together."""

    indicator: Indicator
    rows: list[Listed]
    days: int
    cost: int


def month_context(month: Month, now: datetime, *, of: str, held: frozenset[str]) -> dict[str, Any]:
    """A month's page: signed figures as they were signed, and what became of them since."""
    today = now.astimezone(month.site.zoneinfo).date()
    window = window_for(month.site, month.first, now)
    signatures = queries.signatures_of(month.site, months_before(month.first, MONTHS))
    signature = signatures.get(month.first)
    context: dict[str, Any] = {
        "month": month,
        "running": month.first <= today <= month_end(month.first),
        "signature": signature,
        "cards": [_card(indicator, month, now, signatures) for indicator in HEADLINES],
        "others": [(it, _signed_or_live(it, window, signature)) for it in REGISTER if not it.line],
        "listing": listed_cases(month, now, of=of),
        "causes": charts.pareto(by_cause(window)),
        "given_up": queries.given_up(month),
        "may_sign": bool(held.intersection(loading.load().acts["sign"].by)),
        "tz": month.site.zoneinfo,
        "now": now,
        **queries.neighbours(month.first),
    }
    context["note"] = {it.code: row for it, row in context["others"]}
    if signature:
        return context | {"changes": queries.changes(signature, now), "obstacles": []}
    return context | {"changes": [], "obstacles": named_obstacles(month, now)}


def named_obstacles(month: Month, now: datetime) -> list[tuple[queries.Obstacle, str]]:
    """What keeps the month from being signed, each with the names of those who can supply it."""
    people = people_in(month.site, now.astimezone(month.site.zoneinfo).date())
    return [(it, who_can(it.by, people)) for it in queries.obstacles(month, now)]


def _signed_or_live(indicator: Indicator, window: Any, signature: Signature | None) -> Figure:
    kept = queries.signed_figure(signature, indicator.code) if signature else None
    return kept or figure(indicator.code, window)


def _card(indicator: Indicator, month: Month, now: datetime, signatures: Mapping[date, Signature]) -> Card:
    live = trend(indicator.code, window_for(month.site, month.first, now, MONTHS))
    kept = {first: queries.signed_figure(row, indicator.code) for first, row in signatures.items()}
    shown = [kept.get(row.month) or row for row in live]
    text = loading.load().lines[indicator.line].short
    return Card(indicator, text, shown[-1], shown[-2], shown[0], charts.bars(shown, signatures))


def listed_cases(month: Month, now: datetime, *, of: str) -> Listing:
    """The cases behind a figure (K1 unless another is asked for), by reception."""
    indicator = BY_CODE.get(of) or HEADLINES[0]
    indicator = indicator if indicator.definition else BY_CODE["K2b"]
    window = window_for(month.site, month.first, now)
    parts = behind(indicator.code, window)
    if indicator.code == "K1":
        parts = {number: part for number, part in parts.items() if part}
    days, costs = behind("K3", window), behind("K2", window)
    cases = list(queries.cases_of(parts)[:MOST])
    causes = dict(CaseRow.objects.filter(case_no__in=parts).values_list("case_no", "cause"))
    rows = [_listed(case, parts, days, costs, causes) for case in cases]
    return Listing(indicator, rows, sum(row.days for row in rows), sum(row.cost for row in rows))


def _listed(
    case: Case, parts: Mapping[str, int], days: Mapping[str, int], costs: Mapping[str, int], causes: Mapping[str, str]
) -> Listed:
    received = case.visit.received_at if case.visit else None
    return Listed(
        case=case,
        plate=queries.plate_of(case),
        words=queries.words_of(case),
        received=received.astimezone(case.site.zoneinfo).date() if received else None,
        cause=causes.get(case.number, ""),
        days=days.get(case.number, 0),
        cost=costs.get(case.number, 0),
        part=parts[case.number],
    )


def sign_context(month: Month, now: datetime) -> dict[str, Any]:
    """What is signed: the three headlines, what is missing, and what changed since."""
    window = window_for(month.site, month.first, now)
    signature = queries.signatures_of(month.site, [month.first]).get(month.first)
    return {
        "month": month,
        "signature": signature,
        "missing": [] if signature else [_missing(it, who) for it, who in named_obstacles(month, now)],
        "changes": queries.changes(signature, now) if signature else [],
        "headlines": [(it, loading.load().lines[it.line].short, figure(it.code, window)) for it in HEADLINES],
        "tz": month.site.zoneinfo,
    }


def _missing(obstacle: queries.Obstacle, who: str) -> dict[str, str]:
    return {"need": obstacle.need, "text": obstacle.said(), "who": who}


@dataclass(frozen=True)
class Registered:
    """A row of the control table of comebacks: the case and what has become of it."""

    listed: Listed
    facts: Mapping[str, Fact]


def control_context(site: Site, first: date, now: datetime) -> dict[str, Any]:
    """The checks of a month and the comebacks received in it; what is confirmed and not received yet apart."""
    window = window_for(site, first, now)
    checks = list(InspectionRow.objects.filter(site_id=site.pk, month=first).order_by("second")[:MOST])
    rows = CaseRow.objects.filter(site_id=site.pk).order_by("pk")
    received = dict(rows.filter(received_month=first).values_list("case_no", "cause")[:MOST])
    awaited = dict(rows.filter(opened_month=first, received_month=None).values_list("case_no", "cause")[:MOST])
    cases = {case.number: case for case in queries.cases_of([*received, *awaited, *(row.case_no for row in checks)])}
    facts = facts_of("case", [case.pk for case in cases.values()])
    days, costs = behind("K3", window), behind("K2", window)
    people = Person.objects.in_bulk({row.person_id for row in checks if row.person_id})
    parts = dict.fromkeys(cases, 1)

    def registered(case: Case) -> Registered:
        return Registered(_listed(case, parts, days, costs, received | awaited), facts[case.pk])

    return {
        "site": site,
        "first": first,
        "checks": [
            {"row": row, "case": cases[row.case_no], "plate": queries.plate_of(cases[row.case_no]),
             "at": datetime.fromtimestamp(row.second, UTC), "who": people.get(row.person_id)}
            for row in checks
        ],
        "passed": sum(row.passed for row in checks),
        "register": [registered(case) for number, case in cases.items() if number in received],
        "awaited": [registered(case) for number, case in cases.items() if number in awaited],
        "coverage": figure("K4", window),
        "tz": site.zoneinfo,
        "now": now,
        **queries.neighbours(first),
    }  # fmt: skip
