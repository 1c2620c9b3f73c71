"""4.4: the expert drives after the work."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.models import GateOverride, RoadTest, Round
from comeback.cases.rounds import round_of
from comeback.method.refusal import Refused
from comeback.registers.models import FunctionHeld, OdometerReading
from tests.cast import moscow
from tests.steps.s4_repair.stage import answered, assigned, do, drive, fact, open_gate, received, worked

NOW = moscow(2, 14, 5)
STANDING = {"static": True, "odometer_out": None, "odometer_in": None}


def done(case, cast):
    return answered(worked(assigned(case, cast), cast), cast)


def drove(case, cast, who="kuznetsov", now=NOW, **more):
    return do(case, cast, "4.4", who, now, **drive(**more))


def refused_at(case, cast, **more):
    with pytest.raises(Refused) as refused:
        drove(case, cast, **more)
    assert not RoadTest.objects.exists()
    return refused.value.missing[0].field or refused.value.missing[0].need


def test_a_drive_without_the_symptom_is_the_evidence(case, cast):
    drove(done(case, cast), cast)
    found = fact(case, "road_tested_after_work")
    assert (found.who, found.at) == ("Кузнецов Д. Н.", moscow(2, 14))


def test_a_drive_before_the_work_is_finished_is_refused(case, cast):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    assert refused_at(case, cast) == "work_finished"


def test_a_drive_before_the_last_punch_out_is_refused(case, cast):
    assert refused_at(done(case, cast), cast, started=moscow(2, 12, 59)) == "started"


def test_an_expert_who_worked_on_the_car_does_not_drive_it(case, cast):
    done(case, cast)
    FunctionHeld.objects.create(
        person=cast.people["orlov"], site=cast.msk, function="technical_expert", since=date(2020, 1, 1)
    )
    with pytest.raises(Refused) as refused:
        drove(case, cast, who="orlov")
    assert refused.value.rule == "4.4"
    drove(case, cast)


@pytest.mark.parametrize("ended", [moscow(2, 13, 30), moscow(2, 13, 29), moscow(2, 15)])
def test_a_drive_ends_after_its_start_and_not_in_the_future(case, cast, ended):
    assert refused_at(done(case, cast), cast, ended=ended) == "ended"


def test_the_odometer_does_not_run_backwards(case, cast):
    assert refused_at(done(case, cast), cast, odometer_in=88_429) == "odometer_in"


def test_the_odometer_is_not_below_what_it_showed_at_reception(case, cast):
    assert refused_at(done(case, cast), cast, odometer_out=88_429) == "odometer_out"


def test_the_odometer_is_not_below_the_last_reading_of_the_car(case, cast):
    OdometerReading.objects.create(vehicle=case.vehicle, at=moscow(1, 9), km=88_500, source="order")
    assert refused_at(done(case, cast), cast) == "odometer_out"


@pytest.mark.parametrize("field", ["odometer_out", "odometer_in"])
def test_a_drive_has_its_readings(case, cast, field):
    assert refused_at(done(case, cast), cast, **{field: None}) == field


def test_the_reading_is_kept_for_the_car(case, cast):
    drove(done(case, cast), cast)
    assert OdometerReading.objects.get().km == 88_442


def test_other_conditions_than_on_the_fault_card_are_named(case, cast):
    done(case, cast)
    assert refused_at(case, cast, same_conditions=False) == "difference"
    assert drove(case, cast, same_conditions=False, difference="Сухо, +20").conditions["difference"] == "Сухо, +20"


def test_a_noise_is_driven_and_not_looked_at(case, cast):
    assert refused_at(done(case, cast), cast, **STANDING) == "undrivable"


@pytest.mark.parametrize("nature", ["BODY", "DOC"])
def test_body_and_documents_are_looked_at(cast, nature):
    case = done(received(cast, nature=nature), cast)
    assert drove(case, cast, **STANDING).static
    assert fact(case, "road_tested_after_work")


def test_a_car_that_cannot_be_driven_is_looked_at_with_the_reason(case, cast):
    drove(done(case, cast), cast, **STANDING, undrivable="Нет двигателя, ждём деталь")
    assert fact(case, "road_tested_after_work")


def test_work_after_the_drive_voids_it(case, cast):
    drove(done(case, cast), cast)
    do(case, cast, "punch_in", "orlov", moscow(2, 15, 10))
    assert fact(case, "road_tested_after_work") is None
    do(case, cast, "punch_out", "orlov", moscow(2, 15, 20))
    assert fact(case, "road_tested_after_work") is None
    drove(case, cast, now=moscow(2, 16), started=moscow(2, 15, 30), ended=moscow(2, 16), odometer_out=88_442,
          odometer_in=88_450)  # fmt: skip
    assert fact(case, "road_tested_after_work")


@pytest.mark.parametrize("symptom", ["partly", "yes"])
def test_a_symptom_that_is_still_there_opens_the_next_round(case, cast, symptom):
    drove(done(case, cast), cast, symptom=symptom, remarks="Ещё слышно")
    opened = Round.objects.get()
    assert (opened.number, opened.why, opened.note) == (2, "4.4", "Ещё слышно")
    for name in ("mechanic_assigned", "work_begun", "work_finished", "concerns_answered", "road_tested_after_work"):
        assert fact(case, name) is None, name
    assert RoadTest.objects.get().round == 1


def test_the_second_round_is_worked_and_driven_like_the_first(case, cast):
    drove(done(case, cast), cast, symptom="yes")
    open_gate(case, cast, "G5")
    assigned(case, cast, at=moscow(2, 15))
    worked(case, cast, begin=15, end=16)
    answered(case, cast, at=moscow(2, 16))
    drove(case, cast, now=moscow(2, 17), started=moscow(2, 16), ended=moscow(2, 16, 30), odometer_out=88_442,
          odometer_in=88_450)  # fmt: skip
    assert round_of(case) == 2
    assert fact(case, "road_tested_after_work")


def test_an_opened_gate_counts_for_its_round(case, cast):
    drove(done(case, cast), cast, symptom="yes")
    assigned(case, cast, at=moscow(2, 15))
    assert GateOverride.objects.get(gate="G5").round == 1
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "orlov", moscow(2, 15))
    assert refused.value.rule == "G5"


def test_only_the_expert_drives_after_the_work(case, cast):
    done(case, cast)
    with pytest.raises(Refused) as refused:
        drove(case, cast, who="laptev")
    assert refused.value.kind == "function"
