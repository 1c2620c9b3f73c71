"""Windows: all are asked, those that can have nothing to tell are left shut, and the answer is the same."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comeback.cases import windows
from comeback.cases.models import CostLine
from comeback.cases.windows import facts_of, remembering
from tests.cast import moscow

NOW = moscow(2, 10)


def cost(case, cast):
    values = {"kind": "towing", "description": "Эвакуатор", "unit": 450_000, "amount": 450_000, "account": "quality"}
    return CostLine.objects.create(case=case, at=NOW, by=cast.people["gromova"], **values)


def test_a_room_that_holds_nothing_of_a_case_is_not_asked(case):
    with CaptureQueriesContext(connection) as asked:
        facts_of("case", [case.pk])
    assert not any("s7_handover_explanation" in query["sql"] and "EXISTS" not in query["sql"] for query in asked)


def test_a_room_is_asked_as_soon_as_it_holds_something(case, cast):
    assert "costs_assigned" not in facts_of("case", [case.pk])[case.pk]
    cost(case, cast)
    assert "costs_assigned" in facts_of("case", [case.pk])[case.pk]


def test_what_is_not_asked_would_have_had_nothing_to_tell(case, cast, monkeypatch):
    cost(case, cast)
    some = facts_of("case", [case.pk])
    monkeypatch.setattr(windows, "RESTS_ON", {})
    assert facts_of("case", [case.pk]) == some


def test_while_nothing_is_written_each_subject_is_asked_once(case):
    with CaptureQueriesContext(connection) as once:
        first = facts_of("case", [case.pk])
    with CaptureQueriesContext(connection) as twice, remembering():
        assert facts_of("case", [case.pk]) == facts_of("case", [case.pk]) == first
    assert len(twice) == len(once)


def test_a_fact_that_two_rooms_give_is_a_mistake(case, monkeypatch):
    doubled = [*windows.WINDOWS["case"], windows.WINDOWS["case"][0]]
    monkeypatch.setitem(windows.WINDOWS, "case", doubled)
    with pytest.raises(ValueError, match="two windows"):
        facts_of("case", [case.pk])
