"""When it happened and when it was entered: in the journal both, aware, never ahead of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from comeback.cases.commands import Command
from comeback.cases.models import JournalEntry
from comeback.cases.perform import perform
from comeback.method.refusal import Refused
from tests.cast import moscow
from tests.steps.s4_repair import stage

NOW = moscow(2, 12)


@pytest.fixture
def worked_on(cast):
    case = stage.assigned(stage.received(cast), cast)
    stage.do(case, cast, "punch_in", "orlov", moscow(2, 11))
    return case


def note(case, cast, **more):
    command = Command("4.2", case, {"text": "Люфт втулки", **more})
    return perform(command, actor=cast.actor("kuznetsov"), now=NOW, key="note")


def test_what_is_entered_later_bears_both_moments(worked_on, cast):
    looked_at = NOW - timedelta(minutes=20)
    note(worked_on, cast, at=looked_at)
    entry = JournalEntry.objects.get(command="4.2")
    assert (entry.at, entry.recorded_at) == (looked_at, NOW)


def test_what_is_entered_at_once_bears_one_moment_twice(worked_on, cast):
    note(worked_on, cast)
    entry = JournalEntry.objects.get(command="4.2")
    assert entry.at == entry.recorded_at == NOW


@pytest.mark.parametrize(
    "moment",
    [NOW + timedelta(seconds=1), datetime(2025, 6, 2, 11, 30)],  # noqa: DTZ001
    ids=["future", "without a zone"],
)
def test_a_moment_to_come_or_without_a_zone_is_refused(worked_on, cast, moment):
    with pytest.raises(Refused) as refused:
        note(worked_on, cast, at=moment)
    assert (refused.value.rule, refused.value.kind, refused.value.missing[0].field) == ("4.2", "input", "at")
    assert not JournalEntry.objects.filter(command="4.2").exists()
