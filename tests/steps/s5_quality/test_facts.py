"""The window of step 5: a fixed number of queries."""

from __future__ import annotations

import pytest

from comeback.steps.s5_quality.facts import case_facts
from tests.cast import moscow
from tests.steps.s4_repair.stage import do, finished, received
from tests.steps.s5_quality.stage import delivery_offered, passed

QUERIES = 8


@pytest.mark.parametrize("number", [1, 3])
def test_facts_cost_the_same_for_one_case_and_for_three(cast, number, django_assert_num_queries):
    cases = [finished(received(cast), cast), *(received(cast, number=it) for it in range(1, number))]
    delivery_offered(cases[0], cast.people["smirnova"])
    passed(cases[0], cast)
    at, owner = moscow(2, 16), cast.people["sidorov"].pk
    do(cases[0], cast, "5.2", "sidorov", at, channel="phone", answer="agreed")
    entry = {"cause": "I1", "verdict": "our_repair", "escape": "later", "owner_id": owner}
    do(cases[0], cast, "5.3", "sidorov", at, **entry)
    do(cases[0], cast, "5.4", "sidorov", at, kind="none", text="Разовый случай, дефект части",
       decided_by_id=cast.people["romanova"].pk)  # fmt: skip
    with django_assert_num_queries(QUERIES):
        found = case_facts([case.pk for case in cases])
    assert found[cases[0].pk].keys() == {
        "quality_passed", "delivery_confirmed", "case_registered", "escape_cause_named", "measures_defined",
        "criteria_set",
    }  # fmt: skip
    assert all(not found.get(case.pk) for case in cases[1:])
