"""What is so in step 9: month_signed, of a month, and of a case once every month in which it counts is signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo

from comeback.cases.facts import evidence
from comeback.cases.models import Case, CostLine
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.steps.s9_indicators.models import Signature
from comeback.steps.s9_indicators.stays import DAY, month_end, month_of

CONTACT_WITHIN = timedelta(hours=48)


def month_facts(ids: Iterable[int]) -> FactsOf:
    """month_signed of months: the first signature; restatements do not un-sign. One query."""
    rows = Signature.objects.filter(month_id__in=list(ids), version=1).select_related("by")
    return latest((row.month_id, evidence(row, "month_signed", where="sign/")) for row in rows)


def case_facts(ids: Iterable[int]) -> FactsOf:
    """month_signed of cases that are handed over, once all months are signed in which they count. Three queries."""
    cases = Case.objects.filter(pk__in=list(ids), visit__handed_over_at__isnull=False).select_related("site", "visit")
    months = {case.pk: months_of(case) for case in cases}
    sites = {case.pk: case.site_id for case in cases}
    posted = CostLine.objects.filter(case_id__in=months, posted_on__isnull=False).values_list("case_id", "posted_on")
    for case_id, day in posted:
        months[case_id] |= {month_of(day)} if day else set()
    signed = _signed(set(sites.values()), set().union(*months.values()))
    return latest(_all_signed(months, sites, signed))


def months_of(case: Case) -> set[date]:
    """Months in which a case that was handed over counts by its stay (K1, K3, K4) and its contact (K5)."""
    visit, zone = case.visit, case.site.zoneinfo
    if not visit or not visit.received_at or not visit.handed_over_at:
        return set()
    first = _first(visit.received_at, zone)
    last = _first(visit.handed_over_at, zone)
    found = {first, last, _first(visit.handed_over_at + CONTACT_WITHIN, zone)}
    while first < last:
        first = month_end(first) + DAY
        found.add(first)
    return found


def _first(moment: datetime, zone: tzinfo) -> date:
    return month_of(moment.astimezone(zone).date())


def _signed(sites: set[int], months: set[date]) -> dict[tuple[int, date], Signature]:
    if not sites:
        return {}
    rows = Signature.objects.filter(month__site__in=sites, month__first__in=months, version=1)
    return {(row.month.site_id, row.month.first): row for row in rows.select_related("month", "by")}


def _all_signed(
    months: dict[int, set[date]], sites: dict[int, int], signed: dict[tuple[int, date], Signature]
) -> Iterator[tuple[int, Fact]]:
    for case_id, firsts in months.items():
        rows = [signed.get((sites[case_id], first)) for first in firsts]
        found = [row for row in rows if row]
        if found and len(found) == len(rows):
            yield case_id, evidence(max(found, key=lambda row: row.at), "month_signed")
