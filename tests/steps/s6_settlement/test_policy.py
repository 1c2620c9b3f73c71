"""Method 6.2: the manager decides who pays; the customer agrees before hand-over or pays nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comeback.cases.models import Message
from comeback.method.refusal import Refused
from comeback.steps.s6_settlement.facts import customer_amounts
from comeback.steps.s6_settlement.models import PolicyDecision
from tests.cast import moscow
from tests.steps.s6_settlement.stage import NOW, Stage

YES = {"how": "phone", "said_by": "Иванова М. П.", "agreed": True}


def add(stage: Stage, unit: int = 1_000_000):
    given = {"kind": "parts", "description": "Рычаг", "quantity": Decimal(1), "account": "quality"}
    return stage.do("6.1/add", "gromova", unit=unit, **given)


def decide(stage: Stage, maker=0, dealer=100, supplier=0, customer=0, *, who="romanova", **more):
    given = {"version": PolicyDecision.objects.count(), "basis": "rule", "reason": "По политике торговой точки"}
    shares = {"maker": maker, "dealer": dealer, "supplier": supplier, "customer": customer}
    return stage.do("6.2", who, **{name: Decimal(share) for name, share in shares.items()}, **(given | more))


def agree(stage: Stage, amount: int = 200_000, **more):
    given = {"version": PolicyDecision.objects.count()} | YES | more
    return stage.do("6.2/agree", "belov", amount=amount, **given)


def test_nothing_to_pay_needs_no_agreement(stage):
    add(stage)
    decide(stage, maker=70, dealer=30)
    assert stage.now_so()["policy_applied"].value == 0
    with pytest.raises(Refused):
        agree(stage, amount=0)


def test_shares_that_do_not_make_100_are_refused_with_their_sum(stage):
    with pytest.raises(Refused, match="95") as refused:
        decide(stage, maker=60, dealer=30, customer=5)
    assert refused.value.kind == "input"


@pytest.mark.parametrize("shares", [{"maker": -10, "dealer": 110}, {"maker": "0.005", "dealer": "99.995"}])
def test_a_share_below_zero_or_with_three_decimals_is_refused(stage, shares):
    with pytest.raises(Refused) as refused:
        decide(stage, **shares)
    assert refused.value.missing[0].field == "maker"


def test_the_reason_is_owed(stage):
    with pytest.raises(Refused) as refused:
        decide(stage, reason="так")
    assert refused.value.missing[0].field == "reason"


def test_the_advisor_agrees_but_does_not_decide(stage):
    with pytest.raises(Refused) as refused:
        decide(stage, who="belov")
    assert refused.value.kind == "function"


def test_a_part_for_the_customer_waits_for_his_agreement(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    assert "policy_applied" not in stage.now_so()
    agree(stage)
    fact = stage.now_so()["policy_applied"]
    assert (fact.value, fact.void, fact.who) == (200_000, "", "Белов К. С.")


def test_the_car_stays_until_the_customer_agreed(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    with pytest.raises(Refused) as refused:
        stage.do("7.1", "belov", concern_ids=[stage.concern.pk], to_whom="Иванова", old_parts_shown=True)
    assert refused.value.rule == "G8"
    assert {item.need for item in refused.value.missing} == {"6.2"}


def test_costs_that_change_the_customers_part_void_his_agreement(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    agree(stage)
    add(stage, unit=500_000)
    assert stage.now_so()["policy_applied"].void
    agree(stage, amount=300_000)
    assert not stage.now_so()["policy_applied"].void


def test_costs_that_leave_the_customers_part_leave_his_agreement(stage):
    add(stage)
    decide(stage, dealer=100)
    add(stage, unit=500_000)
    assert not stage.now_so()["policy_applied"].void


def test_the_customer_agrees_to_the_amount_of_today_only(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    with pytest.raises(Refused) as refused:
        agree(stage, amount=199_999)
    assert refused.value.kind == "changed"


def test_an_answer_to_an_earlier_decision_is_refused(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    decide(stage, dealer=70, customer=30)
    with pytest.raises(Refused) as refused:
        agree(stage, amount=300_000, version=1)
    assert refused.value.kind == "changed"


def test_of_two_managers_who_decide_at_once_the_second_sees_the_first(stage):
    decide(stage)
    with pytest.raises(Refused) as refused:
        decide(stage, version=0)
    assert refused.value.kind == "changed"


def test_a_no_goes_to_the_manager_and_keeps_the_line_open(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    agree(stage, agreed=False)
    assert "policy_applied" not in stage.now_so()
    message = Message.objects.get(code="share_declined")
    assert (message.to.username, message.params["amount"]) == ("romanova", 200_000)
    decide(stage)
    assert stage.now_so()["policy_applied"].value == 0


def test_without_a_decision_there_is_nothing_to_agree_to(stage):
    with pytest.raises(Refused) as refused:
        agree(stage)
    assert refused.value.missing[0].by == ("after_sales_manager",)


def test_who_agreed_is_owed(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    with pytest.raises(Refused) as refused:
        agree(stage, said_by=" ")
    assert refused.value.missing[0].field == "said_by"


@pytest.mark.parametrize("cause", ["D2", "I1", "P4", "O3"])
def test_the_customer_never_pays_for_our_own_work_under_guarantee(stage, cause):
    stage.so("case_registered", value=cause)
    with pytest.raises(Refused, match=r"guarantee|гаранти"):
        decide(stage, dealer=80, customer=20)
    decide(stage)


@pytest.mark.parametrize("cause", ["K1", "Z1", "N3"])
def test_other_causes_may_cost_the_customer_something(stage, cause):
    stage.so("case_registered", value=cause)
    decide(stage, dealer=80, customer=20)


def test_our_own_work_may_cost_something_once_the_guarantee_is_over(stage):
    stage.so("case_registered", value="I1")
    visit = stage.case.original_order.visit
    visit.handed_over_at = moscow(1, 12, year=2024)
    visit.save(update_fields=["handed_over_at"])
    decide(stage, dealer=80, customer=20)


def test_after_hand_over_nobody_raises_the_customers_part(stage):
    add(stage)
    decide(stage, dealer=80, customer=20)
    agree(stage)
    stage.case.visit.handed_over_at = NOW
    stage.case.visit.save(update_fields=["handed_over_at"])
    with pytest.raises(Refused):
        decide(stage, dealer=70, customer=30)
    decide(stage, dealer=90, customer=10)
    with pytest.raises(Refused):
        agree(stage, amount=100_000)


def test_the_customers_amount_is_told_to_later_rooms(stage):
    add(stage)
    assert customer_amounts([stage.case.pk]) == {}
    decide(stage, dealer=80, customer=20)
    assert customer_amounts([stage.case.pk]) == {stage.case.pk: 200_000}
