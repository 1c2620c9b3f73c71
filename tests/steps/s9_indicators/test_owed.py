"""The manager owes a signature for the month before, and sees it among his lines."""

from __future__ import annotations

from datetime import date

from comeback.cases.commands import Command
from comeback.cases.models import Due
from comeback.cases.perform import perform
from comeback.steps.s9_indicators.owed import open_months
from tests.cast import moscow
from tests.steps.s9_indicators.story import Story

NOW = moscow(1, 0, 5)  # 31 May in UTC


def test_the_month_before_is_owed_from_its_first_minute_on_and_once(story: Story) -> None:
    story.visits(3, moscow(12, 9, month=5))
    story.derive()
    assert open_months(moscow(31, 23, 59, month=5)) == 0
    assert open_months(NOW) == 1
    assert open_months(NOW) == 0
    rows = Due.objects.filter(kind="month", subject_id=story.month(date(2025, 5, 1)).pk)
    assert sorted(rows.values_list("line", "function")) == [
        ("9.1", "after_sales_manager"),
        ("9.2", "after_sales_manager"),
        ("9.3", "after_sales_manager"),
    ]


def test_a_month_without_a_visit_is_owed_nothing(story: Story) -> None:
    assert open_months(NOW) == 0


def test_a_signed_month_is_owed_no_more(story: Story) -> None:
    story.visits(3, moscow(12, 9, month=5))
    story.derive()
    open_months(NOW)
    month = story.month(date(2025, 5, 1))
    perform(Command("sign", month), actor=story.cast.actor("romanova"), now=NOW, key="may")
    assert not Due.objects.filter(kind="month").exists()
