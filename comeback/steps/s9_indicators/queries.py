"""How a month is read: what keeps it from being signed, what signing freezes, what changed since, its cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from comeback.cases.models import Case, Ending, JournalEntry, Month
from comeback.cases.seals import SEAL, stream_of
from comeback.cases.windows import facts_of
from comeback.desk.formats import day
from comeback.registers.models import Plate, Site
from comeback.steps.s9_indicators.figures import behind, figure, window_for
from comeback.steps.s9_indicators.indicators import BY_CODE, FROZEN, Figure
from comeback.steps.s9_indicators.models import Signature
from comeback.steps.s9_indicators.sources import NOT_COUNTED
from comeback.steps.s9_indicators.stays import CENTURY, DAY, month_end, months_before
from comeback.visits.models import Visit, VisitKind

Span = tuple[datetime, datetime]
Frozen = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Obstacle:
    """One thing that keeps a month from being signed, the case it is about, and the functions that can supply it."""

    need: str
    text: str
    by: tuple[str, ...] = ()
    case: Case | None = None

    def said(self) -> str:
        """As a sentence of its own."""
        return f"{self.case}: {self.text}" if self.case else self.text[:1].upper() + self.text[1:]


def obstacles(month: Month, now: datetime) -> list[Obstacle]:
    """What is missing before the month can be signed. Rests on evidence, not on projections. Decision 23."""
    found = []
    if now.astimezone(month.site.zoneinfo).date() <= month_end(month.first):
        found.append(Obstacle("month", _("the month ends on %(day)s") % {"day": day(month_end(month.first))}))
    found += [
        Obstacle("costs_posted", _("costs are not posted"), ("billing_clerk",), case) for case in not_posted(month)
    ]
    return found


def not_posted(month: Month) -> list[Case]:
    """Comebacks handed over in the month whose costs are not all posted."""
    handed = Case.objects.filter(visit__site=month.site, visit__handed_over_at__range=span_of(month)).order_by("pk")
    cases = {case.pk: case for case in handed}
    return [cases[pk] for pk, facts in facts_of("case", cases).items() if not _settled(facts)]


def _settled(facts: Any) -> bool:
    end, posted = facts.get("case_closed"), facts.get("costs_posted")
    return bool((end and end.value in NOT_COUNTED) or (posted and not posted.void))


def span_of(month: Month) -> Span:
    """First and last moment of the month in site time (for `range`)."""
    zone = month.site.zoneinfo
    return (
        datetime.combine(month.first, time.min, tzinfo=zone),
        datetime.combine(month_end(month.first), time.max, tzinfo=zone),
    )


def has_visits(month: Month) -> bool:
    """Whether visits other than comebacks are known of the month; else their count has to be given with its source."""
    ordinary = Visit.objects.filter(site=month.site, kind=VisitKind.CLIENT, cancelled_at=None, cases=None)
    return ordinary.filter(received_at__range=span_of(month)).exists()


def measure(month: Month, now: datetime, given: dict[str, Any]) -> Frozen:
    """All figures of the month with the cases behind each, as a signature freezes them. Two queries an indicator."""
    window = window_for(month.site, month.first, now)
    found: Frozen = {}
    for indicator in FROZEN:
        row = _with_given(figure(indicator.code, window), given)
        found[indicator.code] = {"top": row.top, "bottom": row.bottom, "value": str(row)}
        found[indicator.code]["cases"] = behind(indicator.code, window)
    if given.get("turnover"):
        share = Figure("K17", "percent", month.first, found["K2b"]["top"], given["turnover"])
        found["K17"] = {"top": share.top, "bottom": share.bottom, "value": str(share), "cases": found["K2b"]["cases"]}
    return found


def _with_given(row: Figure, given: dict[str, Any]) -> Figure:
    """K1 on the count of visits that was entered with its source, where no visits are imported."""
    if row.code == "K1" and given.get("visits"):
        return Figure("K1", row.kind, row.month, row.top, given["visits"])
    return row


@dataclass(frozen=True)
class Change:
    """An indicator that has another value now than when the month was signed."""

    name: Any
    signed: Figure
    now: Figure


def changes(signature: Signature, now: datetime) -> list[Change]:
    """What became of the signed figures since: shown beside them as restated. One query an indicator."""
    month = signature.month
    window = window_for(month.site, month.first, now)
    found = []
    for indicator in FROZEN:
        then = signed_figure(signature, indicator.code)
        live = _with_given(figure(indicator.code, window), signature.given)
        if then and (then.top, then.bottom or 0) != (live.top, live.bottom or 0):
            found.append(Change(indicator.name, then, live))
    return found


def signed_figure(signature: Signature, code: str) -> Figure | None:
    """A figure as it was frozen."""
    kept = signature.figures.get(code)
    if kept is None:
        return None
    return Figure(code, BY_CODE[code].kind, signature.month.first, kept["top"], kept["bottom"])


def signatures_of(site: Site, months: Iterable[date]) -> dict[date, Signature]:
    """The signatures in force of these months: the last version of each. One query."""
    rows = Signature.objects.filter(month__site=site, month__first__in=list(months)).order_by("version")
    return {row.month.first: row for row in rows.select_related("month__site", "by")}


def last_seal(site: Site) -> dict[str, Any]:
    """Number and hash of the last seal in the site's journal."""
    entry = JournalEntry.objects.filter(stream=stream_of(site), command=SEAL).order_by("-number").first()
    return {"stream": entry.stream, "number": entry.number, "hash": entry.hash} if entry else {}


def given_up(month: Month) -> dict[str, int]:
    """How many comebacks that were confirmed in the month were rejected or withdrawn since."""
    rows = Ending.objects.filter(case__site=month.site, case__opened_at__range=span_of(month), kind__in=NOT_COUNTED)
    found = dict.fromkeys(NOT_COUNTED, 0)
    for kind in rows.values_list("kind", flat=True):
        found[kind] += 1
    return found


def cases_of(numbers: Iterable[str]) -> QuerySet[Case]:
    """These cases with what a table shows of them. Fixed number of queries."""
    plates = Prefetch("vehicle__plates", queryset=Plate.objects.order_by("-since", "-pk"))
    related = Case.objects.filter(number__in=list(numbers)).select_related("vehicle", "visit", "original_order", "site")
    return related.prefetch_related(plates, "request__words").order_by("visit__received_at", "pk")


def plate_of(case: Case) -> str:
    """The car's latest plate."""
    plates = list(case.vehicle.plates.all())
    return plates[0].number if plates else ""


def words_of(case: Case) -> str:
    """The customer's first words."""
    return next((words.text for words in sorted(case.request.words.all(), key=lambda it: it.pk)), "")


def neighbours(first: date) -> dict[str, date | None]:
    """The months before and after, as far as there are pages for them."""
    around = {"previous": months_before(first, 2)[0], "next": month_end(first) + DAY}
    return {name: day if day.year in CENTURY else None for name, day in around.items()}
