"""Fills the table of months after every migrate: at their ends the database cuts a stay that is still open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from comeback.steps.s9_indicators.sources import day_number
from comeback.steps.s9_indicators.stays import CENTURY, month_end, months_before
from comeback.steps.s9_indicators.tables import CalendarRow

MONTHS = months_before(date(CENTURY[-1], 12, 1), 12 * len(CENTURY))


def fill(**_: Any) -> None:
    """Write the months that are not there yet (idempotent)."""
    if CalendarRow._meta.db_table not in connection.introspection.table_names():
        return
    CalendarRow.objects.bulk_create(
        (CalendarRow(month=first, first=day_number(first), last=day_number(month_end(first))) for first in MONTHS),
        ignore_conflicts=True,
        batch_size=1000,
    )
