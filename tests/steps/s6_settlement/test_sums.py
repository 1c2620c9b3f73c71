"""Money: rounded half up once, and split so that nothing is lost."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from comeback.steps.s6_settlement.sums import PAYERS, amount_of, hours_of, split

quantities = st.decimals(min_value=0, max_value=99_999, places=2)
units = st.integers(min_value=0, max_value=10**10)


@given(quantities, units)
def test_an_amount_is_the_exact_product_rounded_half_up_once(quantity, unit):
    exact = Fraction(quantity) * unit
    assert amount_of(quantity, unit) == (2 * exact + 1) // 2


@given(quantities, units)
def test_a_reversal_takes_back_exactly_what_was_posted(quantity, unit):
    assert amount_of(-quantity, unit) == -amount_of(quantity, unit)


@given(st.integers(min_value=0, max_value=10**7))
def test_hours_have_two_decimals_rounded_half_up(seconds):
    assert Fraction(hours_of(seconds)) * 100 == (2 * Fraction(seconds, 36) + 1) // 2


@st.composite
def shares(draw):
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=3, max_size=3)))
    parts = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 10_000 - cuts[2]]
    order = draw(st.permutations(PAYERS))
    return {payer: Decimal(part) / 100 for payer, part in zip(order, parts, strict=True)}


@given(st.integers(min_value=0, max_value=10**12), shares())
def test_the_parts_of_a_split_make_the_total_to_the_last_minor_unit(total, shares):
    parts = split(total, shares)
    assert sum(parts.values()) == total
    assert parts["customer"] == (2 * Fraction(shares["customer"]) * total / 100 + 1) // 2
    for payer, part in parts.items():
        assert part >= 0
        assert abs(part - Fraction(shares[payer]) * total / 100) <= 1
        if not shares[payer]:
            assert part == 0


def test_three_thirds_lose_nothing():
    third = Decimal("33.33")
    assert split(10_000, {"maker": third, "dealer": Decimal("33.34"), "supplier": third}) == {
        "maker": 3333,
        "dealer": 3334,
        "supplier": 3333,
        "customer": 0,
    }
