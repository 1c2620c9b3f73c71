"""The window of step 4: a fixed number of queries, and no fact of somebody else's case."""

from __future__ import annotations

import pytest

from comeback.steps.s4_repair.facts import case_facts
from tests.steps.s4_repair.stage import assigned, finished, received, worked

QUERIES = 11
EVERYTHING = {
    "concerns_answered", "manager_told_of_progress", "mechanic_assigned", "road_tested_after_work", "safety_cleared",
    "time_punched", "work_begun", "work_finished", "work_supervised",
}  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_facts_cost_the_same_for_one_case_and_for_three(cast, number, django_assert_num_queries):
    cases = [finished(received(cast), cast), *(received(cast, number=it) for it in range(1, number))]
    with django_assert_num_queries(QUERIES):
        found = case_facts([case.pk for case in cases])
    assert found[cases[0].pk].keys() == EVERYTHING


def test_each_case_has_its_own_facts(cast):
    first, second = received(cast), received(cast, number=1)
    worked(assigned(first, cast), cast)
    found = case_facts([first.pk, second.pk])
    assert "work_begun" in found[first.pk]
    assert found[second.pk].keys() == {"safety_cleared"}
