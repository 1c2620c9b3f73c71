"""2.3: the parts of the coming work."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comeback.cases.deriving import progress_of
from comeback.method.refusal import Refused
from comeback.steps.s2_preparation.queries import parts_of_original
from tests.cast import moscow
from tests.steps.s2_preparation.stage import do

NOW = moscow(2, 12)
LINK = {"code": "508797", "name": "Стойка стабилизатора", "quantity": Decimal(2)}


def check(case, cast, who="belov", **arguments):
    return do(case, "2.3", cast, who, NOW, **arguments)


def note(case):
    line = progress_of(case, NOW).lines["2.3"]
    assert line.state == "done"
    return line.fact.note


def test_parts_of_the_original_order_are_proposed(case):
    assert [line.code for line in parts_of_original(case)] == ["508797"]


def test_all_parts_in_stock(case, cast):
    check(case, cast, parts=[LINK | {"state": "in_stock"}])
    assert note(case) == "все детали на складе"


def test_an_ordered_part_says_when_it_is_due(case, cast):
    check(case, cast, parts=[LINK | {"state": "ordered", "due_on": date(2025, 6, 5), "purchase_no": "З-77"}])
    assert note(case) == "детали заказаны, последняя ожидается 05.06.2025"


@pytest.mark.parametrize("due_on", [None, date(2025, 6, 1)])
def test_an_ordered_part_without_a_day_to_come_is_refused(case, cast, due_on):
    with pytest.raises(Refused) as refused:
        check(case, cast, parts=[LINK | {"state": "ordered", "due_on": due_on}])
    assert refused.value.missing[0].field == "parts"


def test_a_part_neither_in_stock_nor_ordered_is_refused(case, cast):
    with pytest.raises(Refused):
        check(case, cast, parts=[LINK])


def test_the_same_part_is_not_ordered_twice(case, cast):
    with pytest.raises(Refused):
        check(case, cast, parts=[LINK | {"state": "in_stock"}, LINK | {"state": "in_stock"}])


def test_parts_may_be_unknown_before_the_diagnosis(case, cast):
    check(case, cast, unknown=True)
    assert note(case) == "детали не определены до диагностики"


def test_an_empty_check_without_a_reason_is_refused(case, cast):
    with pytest.raises(Refused):
        check(case, cast)
    check(case, cast, reason="Документы, деталей не нужно")
    assert note(case) == "детали не нужны"


def test_the_latest_check_counts(case, cast):
    check(case, cast, unknown=True)
    check(case, cast, parts=[LINK | {"state": "in_stock"}])
    assert note(case) == "все детали на складе"


def test_the_reception_lead_does_not_check_parts(case, cast):
    with pytest.raises(Refused) as refused:
        check(case, cast, who="smirnova", unknown=True)
    assert refused.value.kind == "function"
