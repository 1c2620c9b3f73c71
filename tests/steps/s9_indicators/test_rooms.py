"""What the rooms before this one record arrives in the month's figures, command by command."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.perform import Command, perform
from comeback.cases.worker import derive_changed
from comeback.registers.models import Vehicle
from comeback.steps.s9_indicators.figures import figure, window_for
from comeback.steps.s9_indicators.projecting import compare, project_vehicles
from comeback.visits.models import Visit
from tests.cast import moscow
from tests.steps.s6_settlement.stage import Stage, stage
from tests.steps.s8_followup.conftest import handed_over, ready
from tests.steps.s8_followup.test_contact import attempt, contact

__all__ = ["handed_over", "ready", "stage"]
pytestmark = pytest.mark.django_db
JUNE = date(2025, 6, 1)
JULY = moscow(2, 10, month=7)


def parts(stage: Stage, code: str) -> tuple[int, int | None]:
    row = figure(code, window_for(stage.cast.msk, JUNE, JULY))
    return row.top, row.bottom


def test_a_car_that_is_in_counts_before_it_is_handed_over(ready: Stage) -> None:
    assert parts(ready, "K1") == (1, 1)
    assert parts(ready, "K4") == (0, 0)
    assert figure("K3", window_for(ready.cast.msk, JUNE, moscow(4, 15))).top == 3


def test_a_hand_over_is_covered_by_its_check_and_owes_a_contact(handed_over: Stage) -> None:
    assert parts(handed_over, "K4") == (1, 1)
    assert parts(handed_over, "K3") == (3, 0)
    assert parts(handed_over, "K5b") == (0, 1)


def test_an_attempt_without_a_contact_is_an_attempt_in_time_only(handed_over: Stage) -> None:
    attempt(handed_over)
    assert (parts(handed_over, "K5a"), parts(handed_over, "K5b")) == ((1, 1), (0, 1))
    contact(handed_over, at=moscow(9, 10))
    assert (parts(handed_over, "K5a"), parts(handed_over, "K5b")) == ((1, 1), (0, 1))


def test_a_contact_within_48_hours_is_counted(handed_over: Stage) -> None:
    contact(handed_over)
    assert (parts(handed_over, "K5a"), parts(handed_over, "K5b")) == ((1, 1), (1, 1))


def test_the_costs_are_those_that_were_posted(handed_over: Stage) -> None:
    assert parts(handed_over, "K2")[0] == 0
    handed_over.do("post_costs", "gromova")
    assert (parts(handed_over, "K2")[0], parts(handed_over, "K2b")[0]) == (1_000_000, 1_000_000)
    assert list(compare()) == []


def test_the_month_is_signed_once_the_costs_are_posted_and_the_rail_of_the_case_turns_green(handed_over: Stage) -> None:
    contact(handed_over)
    handed_over.do("post_costs", "gromova")
    car = Vehicle.objects.create(group=handed_over.cast.group)
    Visit.objects.create(site=handed_over.cast.msk, vehicle=car, received_at=moscow(3, 9))
    project_vehicles([car.pk], JULY)
    month = handed_over.cast.msk.months.create(first=JUNE)
    actor = handed_over.cast.actor("romanova")
    signature = perform(Command("sign", month), actor=actor, now=JULY, key="june").results[0]
    assert signature.figures["K1"]["cases"] == {handed_over.case.number: 1}
    derive_changed(JULY)
    rail = {item.step.id: item.state for item in progress_of(handed_over.case, JULY).steps}
    assert rail[9] == "done"
    assert list(compare()) == []
