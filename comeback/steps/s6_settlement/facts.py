"""What is so in step 6: costs_assigned, costs_posted, policy_applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from comeback.cases.facts import evidence
from comeback.cases.models import CostLine
from comeback.cases.windows import FactsOf, latest
from comeback.method.engine import Fact
from comeback.steps.s6_settlement.models import Agreement, PolicyDecision
from comeback.steps.s6_settlement.queries import amounts_of, hours_without_line, punched_hours, total_of

NOTHING = Decimal(0)
WORKS_GUARANTEE = timedelta(days=365)  # on work, from its hand-over


def case_facts(ids: Iterable[int]) -> FactsOf:
    """Costs and policy of cases. Values: costs_assigned the total, policy_applied the customer's part (minor units)."""
    wanted = list(ids)
    ledger, punched = _ledger(wanted), punched_hours(wanted)
    costs = (
        fact for case_id, lines in ledger.items() for fact in _costs(case_id, lines, punched.get(case_id, NOTHING))
    )
    return latest([*costs, *_policies(wanted, ledger)])


def customer_amounts(ids: Iterable[int]) -> dict[int, int]:
    """The customer's part of the costs by case, in minor units; without a decision a case is left out."""
    wanted = list(ids)
    ledger = _ledger(wanted)
    return {
        case_id: amounts_of(policy, _current(ledger.get(case_id, [])))["customer"]
        for case_id, policy in _latest_policies(wanted).items()
    }


def _ledger(ids: list[int]) -> dict[int, list[CostLine]]:
    ledger: dict[int, list[CostLine]] = defaultdict(list)
    for row in CostLine.objects.filter(case_id__in=ids).select_related("by", "posted_by").order_by("pk"):
        ledger[row.case_id].append(row)
    return ledger


def _current(lines: Iterable[CostLine]) -> list[CostLine]:
    return [line for line in lines if line.replaced_by_id is None]


def _costs(case_id: int, lines: list[CostLine], punched: Decimal) -> Iterator[tuple[int, Fact]]:
    current = _current(lines)
    if not current or not all(line.account for line in current):
        return
    uncovered = hours_without_line(punched, current)
    void = _("Working time was punched that stands on no line yet.") if uncovered else ""
    yield case_id, evidence(current[-1], "costs_assigned", value=total_of(current), where="6.1/", void=void)
    posted = [line for line in lines if line.posted_at]
    if posted:
        last = max(posted, key=lambda line: (line.posted_at, line.pk))
        waits = any(line.posted_at is None and (line.replaced_by_id is None or line.quantity < 0) for line in lines)
        void = _("Lines were added or changed after posting.") if waits else void
        yield case_id, evidence(last, "costs_posted", by="posted_by", at="posted_at", where="post_costs/", void=void)


def _policies(ids: list[int], ledger: Mapping[int, list[CostLine]]) -> Iterator[tuple[int, Fact]]:
    answers = _latest_answers(ids)
    for case_id, policy in _latest_policies(ids).items():
        amount = amounts_of(policy, _current(ledger.get(case_id, [])))["customer"]
        answer = answers.get(policy.pk)
        if not policy.customer:
            yield case_id, evidence(policy, "policy_applied", value=0, note=policy.reason, where="6.2/")
        elif answer and answer.agreed:
            void = _("The customer agreed to another amount: ask him anew.") if answer.amount != amount else ""
            yield case_id, evidence(answer, "policy_applied", value=amount, note=policy.reason, where="6.2/", void=void)


def _latest_policies(ids: list[int]) -> dict[int, PolicyDecision]:
    rows = PolicyDecision.objects.filter(case_id__in=ids).select_related("by").order_by("version")
    return {row.case_id: row for row in rows}


def _latest_answers(ids: list[int]) -> dict[int, Agreement]:
    rows = Agreement.objects.filter(decision__case_id__in=ids).select_related("by").order_by("pk")
    return {row.decision_id: row for row in rows}
