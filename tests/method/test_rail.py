"""The rail of nine cells above a case."""

from __future__ import annotations

import pytest

from tests.method.story import WHOLE, also, standing, until, void


def rail(facts, now="24 18:30"):
    return {item.step.id: item.state for item in standing(facts, now).steps}


def test_nine_cells_in_the_order_of_the_sheet():
    assert list(rail({})) == list(range(1, 10))


def test_at_the_beginning_only_the_first_step_is_due():
    assert rail(until("words_taken"), "23 09:30") == {
        1: "due", 2: "locked", 3: "locked", 4: "locked", 5: "locked", 6: "later", 7: "locked", 8: "locked", 9: "later",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("last", "step"),
    [("joint_drive_planned", 1), ("order_stamped", 2), ("works_agreed", 3), ("road_tested_after_work", 4)],
)
def test_a_cell_is_done_when_all_its_lines_are(last, step):
    assert rail(until(last))[step] == "done"


def test_a_cell_is_overdue_as_soon_as_one_of_its_lines_is():
    facts = until("reception_booked")
    assert rail(facts, "24 07:59")[2] == "due"
    assert rail(facts, "24 08:01")[2] == "overdue"


def test_a_cell_that_is_owed_again_is_due():
    assert rail(void(until("works_agreed"), "delivery_offered"), "24 11:00")[3] == "due"


def test_lines_that_are_not_needed_are_not_counted():
    facts = until("works_agreed", without=["driven_with_customer"]) | also("decided_3.3", value=False)
    step = standing(facts).steps[2]
    assert (step.state, step.done_count, step.count) == ("done", 4, 4)


def test_the_ninth_cell_is_done_when_the_month_is_signed_and_no_case_waits_for_it():
    told = standing(WHOLE, "30 12:30")
    assert told.steps[8].state == "later"
    assert told.gates["G10"].state == "open"
    assert rail(WHOLE | also("month_signed"), "30 12:30")[9] == "done"
