"""Charging the costs to accounts and posting them. Method 6.1. Who pays is decided in `policy.py`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.commands import act, line
from comeback.cases.models import Case, CostLine
from comeback.method.refusal import Missing, Refused, bad_input, refuse
from comeback.steps.s6_settlement import policy  # noqa: F401  registers 6.2 with the rest of the room
from comeback.steps.s6_settlement.accounts import NO_CLAIM, AccountCode, KindCode
from comeback.steps.s6_settlement.queries import (
    current_lines,
    hours_without_line,
    is_signed,
    latest_policy,
    lines_to_post,
    main_cause,
    punched_hours,
    total_of,
)
from comeback.steps.s6_settlement.sums import amount_of
from comeback.visits.models import Concern

NOTHING = Decimal(0)


@line("6.1")
def assign_costs(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    accounts: dict[int, AccountCode],
    labour_account: AccountCode | None = None,
) -> CostLine:
    """Method 6.1: give every cost line its account. A line whose account changes is replaced; the old one is kept.

    accounts: account by id of the current line; labour_account: for the punched time that stands on no line yet.
    """
    lines = {row.pk: row for row in current_lines(case)}
    uncovered = hours_without_line(punched_hours([case.pk]).get(case.pk, NOTHING), lines.values())
    if unknown := accounts.keys() - lines.keys():
        raise _changed(unknown.pop())
    if not lines and not uncovered:
        raise refuse(
            "6.1", _("There is no cost yet: punch the time or add a cost line."), by=("billing_clerk", "foreman")
        )
    if any(not (accounts.get(pk) or row.account) for pk, row in lines.items()):
        raise bad_input("6.1", "accounts", _("A line has no account: choose one."))
    if uncovered and labour_account is None:
        raise bad_input("6.1", "labour_account", _("The punched time has no account: choose one."))
    _check_claims(case, [*accounts.values(), labour_account])
    written = [
        _replace(lines[pk], actor=actor, now=now, account=account)
        for pk, account in accounts.items()
        if lines[pk].account != account
    ]
    if uncovered and labour_account:
        written.append(_labour_line(case, uncovered, labour_account, actor, now))
    return (written or list(lines.values()))[-1]


@line("6.1", act="add")
def add_cost(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    kind: KindCode,
    description: str,
    quantity: Decimal,
    unit: int,
    account: AccountCode,
    claim_number: str = "",
) -> CostLine:
    """Method 6.1: add a cost. unit: price of one in minor units; the amount is rounded half up, once."""
    if quantity <= 0:
        raise bad_input("6.1", "quantity", _("The quantity is more than zero."))
    _check_line(case, description, quantity, unit, account)
    return CostLine.objects.create(
        case=case,
        kind=kind,
        description=description.strip(),
        quantity=quantity,
        unit=unit,
        amount=amount_of(quantity, unit),
        account=account,
        claim_number=claim_number.strip(),
        at=now,
        by=actor.person,
    )


@line("6.1", act="correct")
def correct_cost(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    line_id: int,
    kind: KindCode,
    description: str,
    quantity: Decimal,
    unit: int,
    account: AccountCode,
    claim_number: str = "",
) -> CostLine:
    """Method 6.1: replace a line; the old one is kept. Quantity 0 strikes it out. What was posted is reversed."""
    row = CostLine.objects.filter(case=case, pk=line_id, replaced_by=None).first()
    if row is None:
        raise _changed(line_id)
    if quantity < 0:
        raise bad_input("6.1", "quantity", _("The quantity is not below zero: 0 strikes the line out."))
    _check_line(case, description, quantity, unit, account)
    return _replace(
        row,
        actor=actor,
        now=now,
        kind=kind,
        description=description.strip(),
        quantity=quantity,
        unit=unit,
        account=account,
        claim_number=claim_number.strip(),
    )


@act("post_costs")
def post_costs(case: Case, *, actor: Actor, now: datetime, posted_on: date | None = None) -> CostLine:
    """Post what is not posted yet. posted_on: site date (today), never in the future nor in a signed month."""
    _check_complete(case)
    waiting = lines_to_post(case).order_by("-pk")
    last = waiting.first()
    if last is None:
        raise Refused("6.1", Missing("6.1", _("Everything is posted already.")), kind="changed")
    day = posted_on or now.astimezone(case.site.zoneinfo).date()
    _check_posting_date(case, day, now)
    waiting.update(posted_on=day, posted_at=now, posted_by=actor.person)
    _record_total(case)
    return last


def _check_line(case: Case, description: str, quantity: Decimal, unit: int, account: AccountCode) -> None:
    if not description.strip():
        raise bad_input("6.1", "description", _("Say what the cost is for."))
    if unit < 0:
        raise bad_input("6.1", "unit", _("The price is not below zero."))
    if quantity != quantity.quantize(Decimal("0.01")):
        raise bad_input("6.1", "quantity", _("Two decimals at most."))
    _check_claims(case, [account])


def _check_claims(case: Case, accounts: list[AccountCode | None]) -> None:
    """The manufacturer charges back what was the dealer's own diagnosis or execution, unless the manager agreed it."""
    cause = main_cause(case)
    if "warranty_maker" not in accounts or not cause or cause[0] not in NO_CLAIM:
        return
    decision = latest_policy(case)
    if decision is None or not decision.maker:
        text = _("Our own work is charged back by the manufacturer: the manager decides first (6.2).")
        raise refuse("6.1", text, by=("after_sales_manager",), need="6.2")


def _check_complete(case: Case) -> None:
    lines = current_lines(case)
    uncovered = hours_without_line(punched_hours([case.pk]).get(case.pk, NOTHING), lines)
    if not lines or uncovered or not all(row.account for row in lines):
        text = _("Charge all costs and the punched time to accounts first.")
        raise refuse("6.1", text, by=("billing_clerk", "foreman", "service_advisor"))


def _check_posting_date(case: Case, day: date, now: datetime) -> None:
    zone = case.site.zoneinfo
    if day > now.astimezone(zone).date():
        raise bad_input("6.1", "posted_on", _("The posting date lies in the future."))
    if day < case.opened_at.astimezone(zone).date():
        raise bad_input("6.1", "posted_on", _("The posting date is before the case was opened."))
    if is_signed(case.site, day.replace(day=1)):
        raise bad_input("6.1", "posted_on", _("That month is signed: post into a later one."))


def _labour_line(case: Case, hours: Decimal, account: AccountCode, actor: Actor, now: datetime) -> CostLine:
    rate = case.site.labour_cost_rate
    with translation.override(case.site.language):
        description = _("Labour by the punched time")
    return CostLine.objects.create(
        case=case,
        kind="labour",
        description=description,
        quantity=hours,
        unit=rate,
        amount=amount_of(hours, rate),
        account=account,
        at=now,
        by=actor.person,
    )


def _replace(row: CostLine, *, actor: Actor, now: datetime, **changes: object) -> CostLine:
    """A new line in place of this one; between a posted line and its successor stands its reversal."""
    if row.posted_on is not None:
        row = _succeed(row, actor, now, quantity=-row.quantity)
        return _succeed(row, actor, now, **({"quantity": -row.quantity} | changes))
    return _succeed(row, actor, now, **changes)


def _succeed(row: CostLine, actor: Actor, now: datetime, **changes: object) -> CostLine:
    kept = ("kind", "description", "quantity", "unit", "account", "claim_number")
    values = {name: getattr(row, name) for name in kept} | changes
    amount = amount_of(values["quantity"], values["unit"])
    new = CostLine.objects.create(case=row.case, amount=amount, at=now, by=actor.person, **values)
    row.replaced_by = new
    row.save(update_fields=["replaced_by"])
    return new


def _record_total(case: Case) -> None:
    """The total belongs to the first concern of the visit, where recognition and the dossier read it."""
    first = Concern.objects.filter(order__visit=case.visit_id).order_by("order", "number").first()
    if first:
        first.total_cost = total_of(current_lines(case))
        first.save(update_fields=["total_cost"])


def _changed(line_id: int) -> Refused:
    text = _("Line %(number)s was corrected meanwhile: open the page anew.") % {"number": line_id}
    return Refused("6.1", Missing("line_id", text), kind="changed")
