"""The indicators, each case of §3.10, on the database at hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from comeback.steps.s9_indicators.figures import behind, by_cause, trend, window_for
from comeback.steps.s9_indicators.indicators import REGISTER, Figure
from tests.cast import moscow
from tests.steps.s9_indicators.story import Story

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def test_nine_comebacks_of_214_visits_are_4_2_per_cent(story: Story) -> None:
    story.visits(205, moscow(12, 9, month=5))
    for day in range(1, 10):
        story.came_back(moscow(day, 10, month=5))
    rejected, awaited = story.comeback(None), story.comeback(None)
    story.ends(rejected, "rejected", moscow(20, 9, month=5))
    row = story.figure("K1", MAY)
    assert (row.top, row.bottom, row.value) == (9, 214, Decimal("4.2"))
    assert len(behind("K1", window_for(story.cast.msk, MAY, moscow(1, 9)))) == 9
    assert awaited.visit is None


def test_a_withdrawal_after_the_reception_makes_8_of_214(story: Story) -> None:
    story.visits(205, moscow(12, 9, month=5))
    cases = [story.came_back(moscow(day, 10, month=5)) for day in range(1, 10)]
    story.ends(cases[0], "withdrawn", moscow(3, 9))
    row = story.figure("K1", MAY)
    assert (row.top, row.bottom, str(row)) == (8, 214, "3.7")


def test_without_visits_there_is_no_percentage(story: Story) -> None:
    row = story.figure("K1", MAY)
    assert (row.top, row.bottom, row.value) == (0, 0, None)


@pytest.mark.parametrize(
    ("top", "bottom", "value"), [(9, 214, "4.2"), (1, 2000, "0.1"), (1, 2001, "0.0"), (3, 8, "37.5"), (7, 7, "100.0")]
)
def test_shares_are_rounded_half_up_to_one_decimal(top: int, bottom: int, value: str) -> None:
    assert str(Figure("K1", "percent", MAY, top, bottom)) == value


def test_one_visit_with_two_concerns_is_one_comeback(story: Story) -> None:
    visit = story.visit(moscow(5, 9, month=5))
    first, _second = story.comeback(visit), story.comeback(visit)
    row = story.figure("K1", MAY)
    assert (row.top, row.bottom) == (1, 1)
    assert behind("K1", window_for(story.cast.msk, MAY, moscow(1, 9))) == {first.number: 1}


def test_cancelled_visits_sales_of_parts_and_own_cars_are_no_visits(story: Story) -> None:
    at = moscow(5, 9, month=5)
    story.visit(at, cancelled_at=at)
    story.visit(at, kind="parts_only")
    story.visit(at, kind="own")
    story.visit(None, expected_at=at)
    assert story.figure("K1", MAY).bottom == 0


def test_a_visit_counts_on_the_date_of_its_site(story: Story) -> None:
    story.visit(moscow(1, 0, 30))  # 31 May, 21:30 UTC
    assert (story.figure("K1", MAY).bottom, story.figure("K1", JUNE).bottom) == (0, 1)


def test_a_comeback_of_a_comeback_counts_again(story: Story) -> None:
    car = story.car()
    first = story.comeback(story.visit(moscow(5, 9, month=5), moscow(6, 9, month=5), vehicle=car))
    story.comeback(story.visit(moscow(20, 9, month=5), vehicle=car), previous=first, level=2)
    assert story.figure("K1", MAY).top == 2


def test_a_comeback_to_the_sisters_work_counts_where_it_is_received_and_is_shown_where_it_was_caused(
    story: Story,
) -> None:
    car = story.car()
    before = story.visit(moscow(2, 9, month=5), moscow(2, 19, month=5), vehicle=car, site=story.cast.spb)
    visit = story.visit(moscow(20, 9, month=5), vehicle=car)
    story.comeback(visit, original_order=story.order(before, story.cast.spb))
    assert story.figure("K1", MAY).top == 1
    assert story.figure("K1", MAY, site=story.cast.spb).top == 0
    assert story.figure("K1c", MAY, site=story.cast.spb).top == 1
    assert story.figure("K1c", MAY).top == 0


def test_costs_count_in_the_month_of_their_posting_and_a_reversal_in_its_own(story: Story) -> None:
    case = story.came_back(moscow(5, 9, month=5), moscow(6, 9, month=5))
    story.costs(case, 1_338_000, date(2025, 5, 31))
    story.costs(case, 99_900, None)
    story.costs(case, -1_338_000, date(2025, 6, 2))
    story.costs(case, 700_000, date(2025, 6, 2), account="customer")
    assert (story.figure("K2", MAY).value, story.figure("K2", JUNE).value) == (1_338_000, -638_000)
    assert story.figure("K2b", JUNE).value == -1_338_000


def test_the_dealer_bears_his_own_accounts_only(story: Story) -> None:
    case = story.came_back(moscow(5, 9, month=5))
    for amount, account in enumerate(["quality", "goodwill_dealer", "warranty_maker", "supplier", "customer"], start=1):
        story.costs(case, 10**amount, date(2025, 5, 10), account)
    assert (story.figure("K2", MAY).value, story.figure("K2b", MAY).value) == (111_110, 110)


def test_costs_of_a_withdrawn_comeback_are_none_of_poor_quality(story: Story) -> None:
    case = story.came_back(moscow(5, 9, month=5))
    story.costs(case, 500_000, date(2025, 5, 10))
    story.ends(case, "withdrawn", moscow(12, 9, month=5))
    assert story.figure("K2", MAY).value == 0


def test_sums_beyond_four_billion_stay_whole(story: Story) -> None:
    case = story.came_back(moscow(5, 9, month=5))
    for _ in range(3):
        story.costs(case, 4_000_000_001, date(2025, 5, 10))
    value = story.figure("K2", MAY).value
    assert (value, type(value)) == (12_000_000_003, int)


def test_a_stay_over_the_end_of_the_month_is_split_by_dates(story: Story) -> None:
    visit = {"ready_notified_at": moscow(1, 17)}
    story.came_back(moscow(28, 16, month=5), moscow(2, 11), **visit)
    assert (story.figure("K3", MAY).value, story.figure("K3", JUNE).value) == (4, 2)
    assert (story.figure("K3a", JUNE).value, story.figure("K3b", JUNE).value) == (1, 1)


def test_a_car_that_is_still_in_counts_up_to_today_and_to_the_end_of_months_past(story: Story) -> None:
    case = story.came_back(moscow(28, 16, month=5))
    today = moscow(3, 12, month=7)
    days = [story.figure("K3", date(2025, number, 1), today).value for number in (4, 5, 6, 7, 8)]
    assert days == [0, 4, 30, 3, 0]
    assert behind("K3", window_for(story.cast.msk, JUNE, today)) == {case.number: 30}


def test_two_cases_of_one_car_count_each_date_once(story: Story) -> None:
    car = story.car()
    story.came_back(moscow(5, 9, month=5), moscow(8, 9, month=5), vehicle=car)
    story.came_back(moscow(7, 9, month=5), moscow(9, 9, month=5), vehicle=car)
    assert story.figure("K3", MAY).value == 5


def test_same_day_is_one_day(story: Story) -> None:
    story.came_back(moscow(5, 9, month=5), moscow(5, 10, month=5))
    assert story.figure("K3", MAY).value == 1


def test_a_check_after_the_hand_over_or_none_is_no_coverage(story: Story) -> None:
    handed = moscow(6, 9, month=5)
    story.came_back(moscow(5, 9, month=5), handed)
    late = story.came_back(moscow(5, 9, month=5), handed)
    story.says(late, "quality_passed", handed + timedelta(seconds=1))
    void = story.came_back(moscow(5, 9, month=5), handed)
    story.says(void, "quality_passed", handed, void="Work went on after the check")
    row = story.figure("K4", MAY)
    assert (row.top, row.bottom, str(row)) == (1, 3, "33.3")


def test_a_contact_after_exactly_48_hours_is_in_time_one_second_more_is_late(story: Story) -> None:
    handed = moscow(6, 18, 30)
    for seconds in (0, 1):
        case = story.came_back(moscow(5, 9), handed)
        story.says(case, "customer_contacted", handed + timedelta(hours=48, seconds=seconds), value="satisfied")
    row = story.figure("K5b", JUNE)
    assert (row.top, row.bottom) == (1, 2)


def test_a_contact_counts_in_the_month_in_which_it_falls_due(story: Story) -> None:
    story.came_back(moscow(28, 9, month=5), moscow(31, 9, month=5))
    assert (story.figure("K5b", MAY).bottom, story.figure("K5b", JUNE).bottom) == (0, 1)


def test_a_contact_due_later_today_is_not_counted_yet(story: Story) -> None:
    story.came_back(moscow(5, 9), moscow(6, 18, 30))
    assert story.figure("K5b", JUNE, moscow(8, 18, 29)).bottom == 0
    assert story.figure("K5b", JUNE, moscow(8, 18, 30)).bottom == 1


def test_who_objects_is_not_counted_who_was_not_reached_was_not_contacted(story: Story) -> None:
    handed = moscow(6, 18, 30)
    for outcome in ("objects", "unreachable"):
        case = story.came_back(moscow(5, 9), handed)
        story.says(case, "customer_contacted", handed + timedelta(hours=4), value=outcome)
    row = story.figure("K5b", JUNE)
    assert (row.top, row.bottom) == (0, 1)


def test_fixed_first_visit_waits_until_the_window_is_over(story: Story) -> None:
    car = story.car()
    first = story.visit(moscow(5, 9, month=5), moscow(5, 19, month=5), vehicle=car)
    story.visit(moscow(7, 9, month=5), moscow(7, 19, month=5))
    story.comeback(story.visit(moscow(3, 9), vehicle=car), original_order=story.order(first))
    assert story.figure("K1b", MAY, moscow(4, 12)).bottom == 1
    row = story.figure("K1b", MAY, moscow(6, 12))
    assert (row.top, row.bottom) == (1, 2)


def test_a_comeback_that_came_back_within_thirty_days_was_not_solved(story: Story) -> None:
    car = story.car()
    first = story.came_back(moscow(5, 9, month=5), moscow(6, 9, month=5), vehicle=car)
    story.comeback(story.visit(moscow(3, 9), vehicle=car), previous=first, level=2)
    story.came_back(moscow(5, 9, month=5), moscow(6, 9, month=5))
    row = story.figure("K12", MAY)
    assert (row.top, row.bottom) == (1, 2)


def test_the_original_mechanic_is_seen_from_the_assignment(story: Story) -> None:
    before = story.visit(moscow(2, 9, month=5), moscow(2, 19, month=5))
    for who in ("orlov", "petrov"):
        case = story.comeback(story.visit(moscow(5, 9, month=5)), original_order=story.order(before))
        story.says(case, "mechanic_assigned", moscow(5, 10, month=5), value=story.cast.people[who].pk)
        story.says(case, "work_begun", moscow(5, 11, month=5))
    row = story.figure("K6", MAY)
    assert (row.top, row.bottom) == (1, 2)


def test_costs_are_grouped_by_main_cause_the_most_expensive_first(story: Story) -> None:
    for cause, amount in [("I1", 100), ("D2", 700), ("I1", 200)]:
        case = story.came_back(moscow(5, 9, month=5))
        story.says(case, "case_registered", moscow(6, 9, month=5), value=cause)
        story.costs(case, amount, date(2025, 5, 10))
    story.derive()
    assert by_cause(window_for(story.cast.msk, MAY, moscow(1, 9))) == [("D2", 700, 1), ("I1", 300, 2)]


def test_a_trend_names_every_month_also_the_empty_ones(story: Story) -> None:
    story.came_back(moscow(5, 9, month=5), moscow(6, 9, month=5))
    story.derive()
    for indicator in REGISTER:
        rows = trend(indicator.code, window_for(story.cast.msk, JUNE, moscow(10, 9, month=7), 13))
        assert [row.month for row in rows][0::12] == [date(2024, 6, 1), JUNE], indicator.code
