"""Sums of money: pure, in minor units, rounded half up once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

PAYERS = ("maker", "dealer", "supplier", "customer")
CENT = Decimal("0.01")
WHOLE = Decimal(1)


def amount_of(quantity: Decimal, unit: int) -> int:
    """Quantity times price of one, in minor units, rounded half up (away from zero, so that a reversal is exact)."""
    return int((quantity * unit).quantize(WHOLE, ROUND_HALF_UP))


def hours_of(seconds: int) -> Decimal:
    """Working time in hours with two decimals, rounded half up."""
    return (Decimal(seconds) / 3600).quantize(CENT, ROUND_HALF_UP)


def split(total: int, shares: Mapping[str, Decimal]) -> dict[str, int]:
    """What each payer bears of a total (minor units, not negative). shares: per cent by payer, 100 together.

    The customer's part is rounded half up, as he was told it; the others share the rest, to the last minor unit.
    """
    exact = {payer: shares.get(payer, Decimal(0)) * total / 100 for payer in PAYERS}
    parts = {payer: int(value.quantize(WHOLE, ROUND_DOWN)) for payer, value in exact.items()}
    parts["customer"] = int(exact["customer"].quantize(WHOLE, ROUND_HALF_UP))
    others = sorted(
        (payer for payer in PAYERS if payer != "customer" and exact[payer]),
        key=lambda payer: parts[payer] - exact[payer],
    )
    for payer in others[: total - sum(parts.values())]:
        parts[payer] += 1
    return parts
