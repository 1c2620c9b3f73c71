"""A month costs what the month holds: every figure is read through an index, whatever the history."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from comeback.steps.s9_indicators.figures import DIALECTS, _sql, window_for
from comeback.steps.s9_indicators.indicators import REGISTER
from comeback.steps.s9_indicators.tables import CalendarRow
from tests.cast import moscow
from tests.steps.s9_indicators.story import Story


@pytest.mark.parametrize("shape", ["sums", "cases"])
@pytest.mark.parametrize("indicator", REGISTER, ids=lambda it: it.code)
def test_no_figure_reads_a_whole_table(story: Story, indicator, shape: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, rightly")
    window = window_for(story.cast.msk, date(2025, 6, 1), moscow(10, 9), 13)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + _sql(shape, indicator.code, window, DIALECTS[connection.vendor]))
        plan = [row[3] for row in cursor.fetchall()]
    read = [line for line in plan if "indicator_" in line or "t0" in line]
    assert read
    assert [line for line in read if line.startswith("SCAN") and "USING" not in line] == [], plan


def test_the_months_of_the_calendar_are_all_there(story: Story) -> None:
    rows = CalendarRow.objects.order_by("month")
    assert rows.count() == 1200
    assert (rows[1].month, rows[1].first - rows[0].last) == (date(2000, 2, 1), 1)
