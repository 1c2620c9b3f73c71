"""How costs and decisions are read: current lines, what waits to be posted, punched time not yet on a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from comeback.cases.models import Case, CostLine, Month, Punch
from comeback.cases.windows import facts_of
from comeback.registers.models import Site
from comeback.steps.s6_settlement.models import PolicyDecision
from comeback.steps.s6_settlement.sums import hours_of, split

NOTHING = Decimal(0)


def current_lines(case: Case) -> list[CostLine]:
    """The lines that count now: not replaced by another."""
    return list(CostLine.objects.filter(case=case, replaced_by=None).select_related("by").order_by("pk"))


def lines_to_post(case: Case) -> QuerySet[CostLine]:
    """Lines that still have to be posted: current ones, and reversals (quantity below zero) of posted ones."""
    return CostLine.objects.filter(case=case, posted_on=None).filter(Q(replaced_by=None) | Q(quantity__lt=0))


def total_of(lines: Iterable[CostLine]) -> int:
    """What they cost together, in minor units."""
    return sum(line.amount for line in lines)


def punched_hours(cases: Iterable[int]) -> dict[int, Decimal]:
    """Hours worked on each case, punches that are still open apart."""
    seconds: dict[int, int] = defaultdict(int)
    for punch in Punch.objects.filter(case_id__in=list(cases)):
        if punch.ended_at:
            seconds[punch.case_id] += int((punch.ended_at - punch.started_at).total_seconds())
    return {case_id: hours_of(count) for case_id, count in seconds.items()}


def hours_without_line(punched: Decimal, lines: Iterable[CostLine]) -> Decimal:
    """Punched hours that no labour line covers yet; never negative."""
    covered = sum((line.quantity for line in lines if line.kind == "labour"), NOTHING)
    return max(NOTHING, punched - covered)


def latest_policy(case: Case) -> PolicyDecision | None:
    """The decision in force."""
    return PolicyDecision.objects.filter(case=case).select_related("by").order_by("-version").first()


def amounts_of(policy: PolicyDecision, lines: Sequence[CostLine]) -> dict[str, int]:
    """What each payer bears of these lines, in minor units."""
    return split(total_of(lines), policy.shares)


def main_cause(case: Case) -> str:
    """Code of the main cause that 5.3 registered (`I1`); empty while nobody has named it."""
    fact = facts_of("case", [case.pk])[case.pk].get("case_registered")
    return str(fact.value or "") if fact and not fact.void else ""


def is_signed(site: Site, first: date) -> bool:
    """Whether the site's month is signed: nothing is posted into it any more."""
    month = Month.objects.filter(site=site, first=first).first()
    fact = facts_of("month", [month.pk])[month.pk].get("month_signed") if month else None
    return bool(fact and not fact.void)
