"""The pages of step 6, in the browser's way: what is shown, what a form gives, what a refusal keeps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comeback.cases.models import CostLine
from comeback.registers.clock import frozen_at
from comeback.steps.s6_settlement.models import Agreement, PolicyDecision
from tests.steps.s6_settlement.stage import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, stage):
    """`visit("gromova", "6.1")` gets a page, with fields it posts them."""

    def go(who: str, name: str, fields: dict | None = None, query: str = ""):
        client.force_login(stage.cast.people[who])
        with frozen_at(NOW):
            address = f"/cases/{stage.case.number}/{name}/{query}"
            return client.get(address) if fields is None else client.post(address, {"key": name + who, **fields})

    return go


@pytest.mark.parametrize("name", ["6.1", "6.1/add", "6.1/correct", "post_costs", "6.2", "6.2/agree"])
@pytest.mark.parametrize("costs", [0, 2])
def test_every_page_of_step_6_opens(visit, stage, name, costs):
    for _cost in range(costs):
        given = {"kind": "parts", "description": "Втулка", "quantity": Decimal(1), "unit": 1050, "account": "quality"}
        stage.do("6.1/add", "gromova", **given)
    page = visit("gromova", name)
    assert page.status_code == 200
    assert ("Втулка" in page.content.decode()) == bool(costs)


def test_punched_time_is_proposed_and_charged_with_one_press(visit, stage):
    stage.punch(3.2)
    assert "6\u00a0080" in visit("sidorov", "6.1").content.decode()
    assert visit("sidorov", "6.1", {"labour_account": "quality"}).status_code == 302
    assert CostLine.objects.get().amount == 608_000


def test_a_price_is_typed_in_roubles(visit, stage):
    fields = {"kind": "parts", "description": "Рычаг", "quantity": "2", "unit": "3150.5", "account": "supplier"}
    assert visit("gromova", "6.1/add", fields).status_code == 302
    row = CostLine.objects.get()
    assert (row.unit, row.amount) == (315_050, 630_100)
    page = visit("gromova", "6.1/correct", query=f"?line_id={row.pk}")
    assert page.context["form"]["unit"].value() == Decimal("3150.5")
    more = fields | {"line_id": row.pk, "quantity": "1"}
    assert visit("gromova", "6.1/correct", more).status_code == 302
    assert CostLine.objects.get(replaced_by=None).amount == 315_050


def test_costs_are_posted_with_the_day_of_today(visit, stage):
    visit("gromova", "6.1/add", {"kind": "towing", "description": "x", "quantity": 1, "unit": 10, "account": "quality"})
    page = visit("gromova", "post_costs")
    assert page.context["form"]["posted_on"].value().isoformat() == "2025-06-04"
    assert visit("gromova", "post_costs", {"posted_on": "2025-06-04"}).status_code == 302


def test_a_wrong_sum_of_shares_keeps_what_was_typed(visit):
    fields = {"maker": 60, "dealer": 30, "supplier": 0, "customer": 5, "version": 0, "basis": "rule"}
    page = visit("romanova", "6.2", fields | {"reason": "По политике изготовителя"})
    assert page.status_code == 422
    assert "95" in page.content.decode()
    assert page.context["form"]["maker"].value() == "60"
    assert visit("romanova", "6.2", fields | {"key": "2", "customer": 10, "reason": "По политике"}).status_code == 302
    assert PolicyDecision.objects.get().customer == 10


def test_the_customers_answer_is_recorded_over_the_amount_shown(visit, stage):
    visit(
        "gromova", "6.1/add", {"kind": "parts", "description": "x", "quantity": 1, "unit": 10000, "account": "customer"}
    )
    fields = {"maker": 0, "dealer": 80, "supplier": 0, "customer": 20, "version": 0, "basis": "rule"}
    visit("romanova", "6.2", fields | {"reason": "Половина износа"})
    form = visit("belov", "6.2/agree").context["form"]
    assert form["amount"].value() == 200_000
    answer = {"version": 1, "amount": 200_000, "agreed": "yes", "how": "phone", "said_by": form["said_by"].value()}
    assert visit("belov", "6.2/agree", answer).status_code == 302
    assert Agreement.objects.get().said_by == "Иванова Мария Петровна"
