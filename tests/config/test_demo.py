"""The demo dealership: whatever the day on which it is made, every story is told to its end and nothing is amiss."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from comeback.cases import journal
from comeback.cases.models import Due, ProgressRow
from comeback.config import demo
from comeback.registers import clock
from comeback.registers.models import Person
from comeback.steps.s9_indicators.projecting import compare
from comeback.visits.models import RefusedRow


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2026, 11, 24, 7, tzinfo=UTC)),
        pytest.param(datetime(2027, 1, 1, 0, 30, tzinfo=UTC), marks=pytest.mark.long),
        pytest.param(datetime(2028, 2, 29, 20, 45, tzinfo=UTC), marks=pytest.mark.long),
    ],
)
def test_the_demo_is_told_through_the_real_commands_on_any_day(db, now):
    with clock.frozen_at(now):
        demo.load(now)
    assert Person.objects.count() == 8
    assert not RefusedRow.objects.exists()
    steps = ProgressRow.objects.filter(kind="case", closed=False).values_list("step", flat=True)
    assert {2, 3, 4, 5, 6, 8} <= set(steps)
    assert Due.objects.filter(line="8.1").exists()
    assert list(journal.breaks()) == []
    assert list(compare()) == []
