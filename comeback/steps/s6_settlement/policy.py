"""Deciding who pays, and agreeing it with the customer. Method 6.2."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import line
from comeback.cases.messages import tell
from comeback.cases.models import Case
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.registers.staff import people_in
from comeback.steps.s6_settlement.accounts import is_workmanship
from comeback.steps.s6_settlement.facts import WORKS_GUARANTEE
from comeback.steps.s6_settlement.models import Agreement, PolicyDecision
from comeback.steps.s6_settlement.queries import amounts_of, current_lines, latest_policy, main_cause

MANAGER = "after_sales_manager"
LONG_ENOUGH = 10  # characters of a reason that somebody else can understand
HUNDRED = Decimal(100)


@line("6.2")
def decide_policy(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    version: int,
    maker: Decimal,
    dealer: Decimal,
    supplier: Decimal,
    customer: Decimal,
    basis: Literal["rule", "discretion"],
    reason: str,
    approval: str = "",
) -> PolicyDecision:
    """Method 6.2: the manager decides who bears the costs, in per cent, 100 together. version: of the decision he saw.

    Refused: a customer's part for the dealer's own workmanship within the guarantee on works.
    """
    if actor.function != MANAGER:
        raise Refused("6.2", Missing("6.2", _("The manager decides who pays."), by=(MANAGER,)), kind="function")
    before = latest_policy(case)
    _check_version(before, version)
    _check_shares({"maker": maker, "dealer": dealer, "supplier": supplier, "customer": customer})
    if len(reason.strip()) < LONG_ENOUGH:
        raise bad_input("6.2", "reason", _("Say why in ten characters or more."))
    if customer:
        _check_customer_may_pay(case, customer, before)
    return PolicyDecision.objects.create(
        case=case,
        version=version + 1,
        maker=maker,
        dealer=dealer,
        supplier=supplier,
        customer=customer,
        basis=basis,
        reason=reason.strip(),
        approval=approval.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )


@line("6.2", act="agree")
def agree_with_customer(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    version: int,
    amount: int,
    how: Literal["in_person", "phone", "message", "email"],
    said_by: str,
    agreed: bool = True,
) -> Agreement:
    """Method 6.2: what the customer says to his part. amount: in minor units, as he was told; a no goes to the manager.

    Refused: after hand-over; another amount than the decision gives today.
    """
    decision = latest_policy(case)
    if decision is None:
        raise refuse("6.2", _("The manager has not decided yet who pays."), by=(MANAGER,))
    _check_version(decision, version)
    if not decision.customer:
        raise refuse("6.2", _("The customer pays nothing: there is nothing to agree."))
    if case.visit and case.visit.handed_over_at:
        raise refuse(
            "6.2", _("The vehicle is handed over: the customer’s part had to be agreed before."), by=(MANAGER,)
        )
    if amount != amounts_of(decision, current_lines(case))["customer"]:
        raise Refused("6.2", Missing("amount", _("The costs changed meanwhile: name the new amount.")), kind="changed")
    if not said_by.strip():
        raise bad_input("6.2", "said_by", _("Say who answered."))
    answer = Agreement.objects.create(
        decision=decision,
        amount=amount,
        agreed=agreed,
        how=how,
        said_by=said_by.strip(),
        at=now,
        by=actor.person,
        function=actor.function,
    )
    if not agreed:
        _tell_managers(case, actor, now, amount)
    return answer


def _check_version(decision: PolicyDecision | None, version: int) -> None:
    if version != (decision.version if decision else 0):
        raise Refused(
            "6.2", Missing("version", _("It was decided anew meanwhile: open the page anew.")), kind="changed"
        )


def _check_shares(shares: dict[str, Decimal]) -> None:
    for payer, share in shares.items():
        if share < 0 or share != share.quantize(Decimal("0.01")):
            raise bad_input("6.2", payer, _("A share is a per cent from 0 to 100 with two decimals at most."))
    total = sum(shares.values(), Decimal(0))
    if total != HUNDRED:
        text = _("The shares make %(total)s %% together: they must make 100 %%.") % {"total": f"{total.normalize():f}"}
        raise bad_input("6.2", "customer", text)


def _check_customer_may_pay(case: Case, customer: Decimal, before: PolicyDecision | None) -> None:
    if is_workmanship(main_cause(case)) and _within_guarantee(case):
        raise refuse("6.2", _("The main cause is our own work and under guarantee: the customer pays nothing."))
    if case.visit and case.visit.handed_over_at and customer > (before.customer if before else 0):
        raise refuse("6.2", _("The vehicle is handed over: the customer’s part cannot be raised any more."))


def _within_guarantee(case: Case) -> bool:
    """Until the guarantee on works is known to be over, it holds."""
    original = case.original_order
    done = original.visit.handed_over_at if original else None
    received = case.visit.received_at if case.visit else None
    return not done or (received or case.opened_at) - done <= WORKS_GUARANTEE


def _tell_managers(case: Case, actor: Actor, now: datetime, amount: int) -> None:
    managers = people_in(case.site, now.astimezone(case.site.zoneinfo).date()).get(MANAGER, [])
    tell(
        managers,
        site=case.site,
        code="share_declined",
        now=now,
        case=case,
        line="6.2",
        sender=actor.person,
        function=actor.function,
        params={"case": str(case), "amount": amount},
    )
