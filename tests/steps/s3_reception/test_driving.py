"""3.3: the expert drives with the customer."""

from __future__ import annotations

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.models import NatureChoice, RoadTest
from comeback.method.refusal import Refused
from comeback.registers.models import OdometerReading
from tests.cast import moscow
from tests.steps.s2_preparation.stage import do

NOW = moscow(3, 10)


def drive(case, cast, who="kuznetsov", **more):
    arguments = {
        "started": moscow(3, 9, 30),
        "ended": moscow(3, 9, 50),
        "odometer_out": 88_430,
        "odometer_in": 88_437,
        "symptom": "yes",
        "conditions": {"speed": ["from_20"], "manoeuvre": ["bump"], "weather": []},
    }
    do(case, "3.3", cast, who, NOW, **arguments | more)
    return RoadTest.objects.latest("pk")


def refused_field(case, cast, **more):
    with pytest.raises(Refused) as refused:
        drive(case, cast, **more)
    return refused.value.missing[0].field


def test_the_drive_is_kept_with_its_conditions(received, cast):
    test = drive(received, cast, remarks="Скрип на 30 км/ч, слышат оба")
    assert (test.kind, test.round, test.driver) == ("with_customer", 1, cast.people["kuznetsov"])
    assert test.conditions == {"speed": ["from_20"], "manoeuvre": ["bump"]}
    assert OdometerReading.objects.latest("pk").km == 88_437


@pytest.mark.parametrize(
    ("symptom", "note"),
    [
        ("yes", "неисправность проявилась"),
        ("partly", "неисправность проявилась частично"),
        ("no", "не воспроизведена"),
    ],
)
def test_a_fault_that_is_not_reproduced_does_not_stop_the_case(received, cast, symptom, note):
    drive(received, cast, symptom=symptom)
    line = progress_of(received, NOW).lines["3.3"]
    assert (line.state, line.fact.value, line.fact.note) == ("done", symptom, note)


def test_a_drive_cannot_end_before_it_starts(received, cast):
    assert refused_field(received, cast, ended=moscow(3, 9, 30)) == "ended"


def test_a_drive_cannot_end_later_than_now(received, cast):
    assert refused_field(received, cast, ended=moscow(3, 10, 1)) == "ended"


def test_a_drive_cannot_start_before_the_customer_came(received, cast):
    assert refused_field(received, cast, started=moscow(3, 9)) == "started"


def test_the_odometer_does_not_run_backwards(received, cast):
    assert refused_field(received, cast, odometer_in=88_429) == "odometer_in"
    assert refused_field(received, cast, odometer_out=88_000) == "odometer_out"


def test_a_drive_has_both_odometer_readings(received, cast):
    assert refused_field(received, cast, odometer_out=None) == "odometer_out"
    assert refused_field(received, cast, odometer_in=None) == "odometer_in"


def test_a_car_that_may_be_dangerous_is_not_driven(received, cast):
    NatureChoice.objects.create(request=received.request, nature="SAFETY", danger=True, at=NOW)
    assert refused_field(received, cast) == "static"
    test = drive(received, cast, static=True, odometer_out=None, odometer_in=None, driven_by_customer=True)
    assert test.static
    assert not test.driven_by_customer
    assert progress_of(received, NOW).lines["3.3"].fact.note == "статическая проверка · неисправность проявилась"


def test_before_the_reception_nobody_drives(case, cast):
    with pytest.raises(Refused) as refused:
        drive(case, cast)
    assert "received_with_manager" in [item.need for item in refused.value.missing] or refused.value.rule == "3.3"


def test_only_the_expert_records_the_drive(received, cast):
    with pytest.raises(Refused) as refused:
        drive(received, cast, who="belov")
    assert refused.value.kind == "function"
