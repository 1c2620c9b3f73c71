"""Method 6.1: every cost on a line, every line on an account, posted once, corrected by reversal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from comeback.cases import windows
from comeback.cases.models import CostLine, Month
from comeback.method.engine import Fact
from comeback.method.refusal import Refused
from tests.cast import moscow
from tests.steps.s6_settlement.stage import NOW, Stage


def add(stage: Stage, who: str = "gromova", **more):
    given = {"kind": "parts", "description": "Втулка", "quantity": Decimal(1), "unit": 430_000, "account": "quality"}
    return stage.do("6.1/add", who, **(given | more)).results[0]


def correct(stage: Stage, row: CostLine, who: str = "gromova", **changes):
    names = ("kind", "description", "quantity", "unit", "account")
    given = {name: getattr(row, name) for name in names} | changes
    return stage.do("6.1/correct", who, line_id=row.pk, **given).results[0]


def post(stage: Stage, **more):
    return stage.do("post_costs", "gromova", **more).results[0]


def test_the_sunny_day_makes_13_380_in_two_accounts(stage):
    stage.punch(3.2)
    add(stage, account="warranty_part")
    add(stage, kind="mobility", description="Подменный, 2 дня", quantity=Decimal(2), unit=150_000)
    current = {row.pk: row.account for row in CostLine.objects.all()}
    stage.do("6.1", "sidorov", accounts=current, labour_account="quality")
    labour = CostLine.objects.get(kind="labour")
    assert (labour.quantity, labour.unit, labour.amount) == (Decimal("3.2"), 190_000, 608_000)
    assert stage.now_so()["costs_assigned"].value == 1_338_000
    by_account = {}
    for row in CostLine.objects.all():
        by_account[row.account] = by_account.get(row.account, 0) + row.amount
    assert by_account == {"warranty_part": 430_000, "quality": 908_000}


def test_punched_time_without_an_account_is_refused(stage):
    stage.punch(1.5)
    with pytest.raises(Refused) as refused:
        stage.do("6.1", "gromova", accounts={})
    assert refused.value.missing[0].field == "labour_account"


def test_nothing_at_all_is_no_settlement(stage):
    with pytest.raises(Refused, match=r"6\.1"):
        stage.do("6.1", "gromova", accounts={})
    assert "costs_assigned" not in stage.now_so()


def test_a_line_without_an_account_keeps_the_costs_unassigned(stage):
    row = CostLine.objects.create(
        case=stage.case,
        kind="gesture",
        description="Такси",
        unit=50_000,
        amount=50_000,
        at=NOW,
        by=stage.case.opened_by,
    )
    assert "costs_assigned" not in stage.now_so()
    with pytest.raises(Refused) as refused:
        stage.do("6.1", "gromova", accounts={})
    assert refused.value.missing[0].field == "accounts"
    stage.do("6.1", "gromova", accounts={row.pk: "goodwill_dealer"})
    assert stage.now_so()["costs_assigned"].value == 50_000


def test_time_punched_after_the_costs_were_charged_owes_them_again(stage):
    add(stage)
    assert not stage.now_so()["costs_assigned"].void
    stage.punch(0.5)
    assert stage.now_so()["costs_assigned"].void
    with pytest.raises(Refused):
        post(stage)


def test_a_change_of_account_keeps_the_old_entry(stage):
    row = add(stage)
    stage.do("6.1", "gromova", accounts={row.pk: "warranty_part"})
    row.refresh_from_db()
    assert (row.account, row.replaced_by.account, row.replaced_by.amount) == ("quality", "warranty_part", 430_000)
    assert stage.now_so()["costs_assigned"].value == 430_000


def test_charging_a_line_to_the_account_it_has_changes_nothing(stage):
    row = add(stage)
    stage.do("6.1", "gromova", accounts={row.pk: "quality"})
    assert list(CostLine.objects.all()) == [row]


def test_a_line_that_was_corrected_meanwhile_is_not_corrected_again(stage):
    row = add(stage)
    correct(stage, row, unit=400_000)
    with pytest.raises(Refused) as refused:
        correct(stage, row, unit=300_000)
    assert refused.value.kind == "changed"
    with pytest.raises(Refused) as refused:
        stage.do("6.1", "gromova", accounts={row.pk: "quality"})
    assert refused.value.kind == "changed"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("quantity", Decimal(0)), ("quantity", Decimal("0.005")), ("unit", -1), ("description", "  ")],
)
def test_a_cost_that_is_none_is_refused(stage, field, wrong):
    with pytest.raises(Refused) as refused:
        add(stage, **{field: wrong})
    assert refused.value.missing[0].field == field


def test_quantity_zero_strikes_a_line_out_and_below_zero_is_refused(stage):
    row = add(stage)
    with pytest.raises(Refused) as refused:
        correct(stage, row, quantity=Decimal(-1))
    assert refused.value.missing[0].field == "quantity"
    correct(stage, row, quantity=Decimal(0))
    assert stage.now_so()["costs_assigned"].value == 0


def test_a_claim_on_the_maker_for_our_own_work_needs_the_managers_decision(stage):
    stage.so("case_registered", value="I1")
    with pytest.raises(Refused) as refused:
        add(stage, account="warranty_maker")
    assert refused.value.missing[0].by == ("after_sales_manager",)
    decide = {"dealer": Decimal(40), "supplier": Decimal(0), "customer": Decimal(0)}
    stage.do(
        "6.2", "romanova", version=0, maker=Decimal(60), **decide, basis="discretion", reason="Согласовано с Citroën"
    )
    assert add(stage, account="warranty_maker").account == "warranty_maker"


def test_a_part_that_failed_may_be_claimed_at_once(stage):
    stage.so("case_registered", value="Z1")
    assert add(stage, account="warranty_maker").account == "warranty_maker"


def test_posting_takes_the_sites_day(stage):
    add(stage)
    late_evening = datetime(2025, 6, 4, 22, 30, tzinfo=UTC)  # 5 June in Moscow
    row = post(stage, now=late_evening)
    row.refresh_from_db()
    assert row.posted_on == date(2025, 6, 5)
    assert stage.now_so()["costs_posted"].who == "Громова Л. И."
    stage.concern.refresh_from_db()
    assert stage.concern.total_cost == 430_000


def test_only_the_billing_clerk_posts(stage):
    add(stage)
    with pytest.raises(Refused) as refused:
        stage.do("post_costs", "sidorov")
    assert refused.value.kind == "function"


def test_costs_are_posted_once(stage):
    add(stage)
    post(stage)
    with pytest.raises(Refused) as refused:
        post(stage)
    assert refused.value.kind == "changed"


@pytest.mark.parametrize("day", [date(2025, 6, 5), date(2025, 5, 31)])
def test_costs_are_not_posted_in_the_future_nor_before_the_case(stage, day):
    add(stage)
    with pytest.raises(Refused) as refused:
        post(stage, posted_on=day)
    assert refused.value.missing[0].field == "posted_on"


def test_a_signed_month_takes_no_postings(stage, monkeypatch):
    add(stage)
    june = Month.objects.create(site=stage.cast.msk, first=date(2025, 6, 1))
    signed = {june.pk: {"month_signed": Fact(name="month_signed", at=moscow(2, 9, month=7))}}
    monkeypatch.setitem(windows.WINDOWS, "month", [lambda ids: signed])
    with pytest.raises(Refused) as refused:
        post(stage, posted_on=date(2025, 6, 30), now=moscow(3, 9, month=7))
    assert refused.value.missing[0].field == "posted_on"
    row = post(stage, now=moscow(3, 9, month=7))
    row.refresh_from_db()
    assert row.posted_on == date(2025, 7, 3)


def test_a_correction_after_posting_is_a_reversal_and_a_new_line(stage):
    row = add(stage)
    post(stage)
    new = correct(stage, row, account="supplier", unit=400_000)
    row.refresh_from_db()
    reversal = row.replaced_by
    assert (reversal.quantity, reversal.amount, reversal.account) == (Decimal(-1), -430_000, "quality")
    assert reversal.replaced_by == new
    assert stage.now_so()["costs_assigned"].value == 400_000
    assert stage.now_so()["costs_posted"].void
    post(stage, now=moscow(5, 10))
    assert not stage.now_so()["costs_posted"].void
    posted = CostLine.objects.exclude(posted_on=None)
    assert sum(line.amount for line in posted) == 400_000
    assert posted.count() == 3


def test_a_reversal_needs_no_second_one(stage):
    row = add(stage)
    post(stage)
    new = correct(stage, row, unit=400_000)
    correct(stage, new, unit=300_000)
    post(stage, now=moscow(5, 10))
    assert sum(line.amount for line in CostLine.objects.exclude(posted_on=None)) == 300_000


@pytest.mark.parametrize("cases", [1, 3])
def test_facts_of_step_6_take_four_queries(stage, django_assert_num_queries, cases):
    from comeback.steps.s6_settlement.facts import case_facts

    add(stage)
    stage.punch(1)
    ids = [stage.case.pk, *(stage.another_case().pk for _ in range(cases - 1))]
    with django_assert_num_queries(4):
        case_facts(ids)
