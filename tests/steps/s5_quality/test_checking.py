"""5.1 and 5.5: the quality of every comeback is checked, by somebody who did not work on it."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.commands import Command
from comeback.cases.messages import wording_of
from comeback.cases.models import Case, GateOverride, GatePassage, Lent, Message, Punch, Round
from comeback.cases.perform import perform
from comeback.method import loading
from comeback.method.refusal import Refused
from comeback.registers.models import FunctionHeld
from comeback.steps.s5_quality.models import Inspection
from tests.cast import moscow
from tests.steps.s4_repair.stage import (
    answered,
    assigned,
    do,
    drive,
    fact,
    finished,
    open_gate,
    received,
    supervised,
    worked,
)
from tests.steps.s5_quality.stage import CHECKED, failed, passed, sheet


@pytest.fixture
def ready(case, cast):
    return finished(case, cast)


def as_controller(cast, who):
    FunctionHeld.objects.create(
        person=cast.people[who], site=cast.msk, function="quality_controller", since=date(2020, 1, 1)
    )


def refused(case, cast, who="laptev", at=CHECKED, **more):
    with pytest.raises(Refused) as caught:
        do(case, cast, "5.1", who, at, **sheet(case, **more))
    assert not Inspection.objects.exists()
    return caught.value


def test_a_passed_check_is_the_evidence(ready, cast):
    passed(ready, cast)
    found = fact(ready, "quality_passed")
    assert (found.who, found.at, found.value) == ("Лаптев Н. Ю.", CHECKED, 1)


# --- who


def test_whoever_worked_on_the_car_never_checks_it(case, cast):
    assigned(case, cast, "petrov")
    worked(case, cast, "petrov")
    answered(case, cast, "petrov")
    as_controller(cast, "petrov")
    open_gate(case, cast, "G6")
    assert refused(case, cast, who="petrov").missing[0].by == ("quality_controller",)


def test_the_mechanic_of_the_original_order_never_checks_it(case, cast):
    assigned(case, cast, "petrov")
    worked(case, cast, "petrov")
    answered(case, cast, "petrov")
    as_controller(cast, "orlov")
    open_gate(case, cast, "G6")
    assert refused(case, cast, who="orlov").rule == "5.1"


def test_whoever_punched_on_the_original_order_never_checks_it(ready, cast):
    earlier = received(cast, number=1)
    Case.objects.filter(pk=earlier.pk).update(visit=ready.original_order.visit)
    Punch.objects.create(
        case=earlier, round=1, mechanic=cast.people["petrov"], started_at=moscow(1, 9), ended_at=moscow(1, 10)
    )
    as_controller(cast, "petrov")
    assert refused(ready, cast, who="petrov").rule == "5.1"


def test_whoever_redid_the_document_does_not_check_it(cast):
    case = received(cast, nature="DOC")
    as_controller(cast, "petrov")
    assigned(case, cast, "petrov")
    answered(case, cast, "petrov")
    open_gate(case, cast, "G6")
    assert refused(case, cast, who="petrov").rule == "5.1"


def test_the_after_work_driver_may_be_the_controller(ready, cast):
    as_controller(cast, "kuznetsov")
    do(ready, cast, "5.1", "kuznetsov", CHECKED, **sheet(ready))
    assert fact(ready, "quality_passed").who == "Кузнецов Д. Н."


def test_a_controller_lent_by_another_site_may_check(ready, cast):
    Lent.objects.create(
        case=ready, person=cast.people["nevsky"], function="quality_controller", since=moscow(2, 9),
        by=cast.people["romanova"],
    )  # fmt: skip
    do(ready, cast, "5.1", "nevsky", CHECKED, **sheet(ready))
    assert fact(ready, "quality_passed")


@pytest.mark.parametrize("who", ["sidorov", "kuznetsov", "romanova", "orlov"])
def test_only_a_quality_controller_checks(ready, cast, who):
    assert refused(ready, cast, who=who).kind == "function"


# --- when


def test_work_that_is_not_done_is_not_checked(case, cast):
    assigned(case, cast)
    do(case, cast, "punch_in", "orlov", moscow(2, 11))
    caught = refused(case, cast)
    assert caught.rule == "G6"
    assert {"concerns_answered", "time_punched", "4.2", "4.3", "4.4"} <= {it.need for it in caught.missing}


def test_not_even_an_opened_gate_lets_one_check_while_somebody_works(case, cast):
    assigned(case, cast)
    do(case, cast, "punch_in", "orlov", moscow(2, 11))
    open_gate(case, cast, "G6")
    assert "Орлов П. П." in str(refused(case, cast).missing[0].text)


def test_the_quality_check_itself_has_no_way_around():
    assert loading.load().gates["G7"].override == ()


def test_the_manager_cannot_open_g7(ready, cast):
    with pytest.raises(Refused):
        do(ready, cast, "G7/override", "romanova", CHECKED, reason="Клиент очень торопится")
    assert not GateOverride.objects.filter(gate="G7").exists()


@pytest.mark.parametrize("name", ["5.2", "hand_over"])
def test_nothing_after_the_check_is_allowed_without_a_pass(ready, cast, name):
    from comeback.cases.deriving import progress_of

    assert progress_of(ready, CHECKED).gates["G7"].state == "closed"
    assert name in progress_of(ready, CHECKED).blocked
    passed(ready, cast)
    assert progress_of(ready, CHECKED).gates["G7"].state == "open"


# --- the list


@pytest.mark.parametrize("item", ["B1", "C2", "F1"])
def test_a_pass_with_a_must_that_nobody_looked_at_is_refused(ready, cast, item):
    results = sheet(ready)["results"]
    del results[item]
    assert [it.field for it in refused(ready, cast, results=results).missing] == [item]


def test_a_pass_with_a_must_that_is_not_in_order_is_refused(ready, cast):
    results = sheet(ready)["results"] | {"C2": "not_ok"}
    assert refused(ready, cast, results=results, remarks={"C2": "Педаль мягкая"}).missing[0].field == "C2"


def test_a_must_that_does_not_apply_has_a_reason(ready, cast):
    results = sheet(ready)["results"] | {"C1": "na"}
    assert refused(ready, cast, results=results).missing[0].field == "C1"
    do(ready, cast, "5.1", "laptev", CHECKED, **sheet(ready, results=results, remarks={"C1": "Колёса не снимали"}))
    assert Inspection.objects.get().answers["C1"]["remark"] == "Колёса не снимали"


def test_a_torque_without_its_figure_is_refused(ready, cast):
    assert refused(ready, cast, values={}).missing[0].field == "C1"


def test_an_optional_item_that_is_not_in_order_is_described(ready, cast):
    results = sheet(ready)["results"] | {"E1": "not_ok"}
    assert refused(ready, cast, results=results).missing[0].field == "E1"
    do(ready, cast, "5.1", "laptev", CHECKED, **sheet(ready, results=results, remarks={"E1": "Лампа, клиент знает"}))
    assert fact(ready, "quality_passed")


def test_everything_that_is_open_is_named_at_once(ready, cast):
    assert len(refused(ready, cast, results={}, values={}).missing) == len(sheet(ready)["results"])


def test_an_item_that_is_not_on_the_list_is_refused(ready, cast):
    results = sheet(ready)["results"] | {"Z9": "ok"}
    assert refused(ready, cast, results=results).missing[0].need == "results"


def test_a_list_that_was_changed_meanwhile_is_refused(ready, cast):
    assert refused(ready, cast, edition=0).kind == "changed"


# --- attempts


def test_a_failed_check_says_what_sends_the_car_back(ready, cast):
    assert refused(ready, cast, verdict="fail", return_reason=" ").missing[0].field == "return_reason"


def test_a_failed_check_may_stop_half_way(ready, cast):
    do(ready, cast, "5.1", "laptev", CHECKED, **sheet(
        ready, verdict="fail", return_reason="Течь тормозной жидкости", results={"C2": "not_ok"}, values={},
    ))  # fmt: skip
    assert Inspection.objects.get().answers == {"C2": {"result": "not_ok", "remark": "", "value": ""}}


def test_a_failed_check_opens_the_next_round_and_tells_the_workshop(ready, cast):
    failed(ready, cast)
    opened = Round.objects.get()
    assert (opened.number, opened.why, opened.note) == (2, "5.1", "Момент не записан")
    told = Message.objects.filter(line="5.1")
    assert {it.to for it in told} == {cast.people["orlov"], cast.people["sidorov"]}
    assert wording_of(told[0]).endswith("Момент не записан")
    assert ready.number in wording_of(told[0])
    for name in ("mechanic_assigned", "work_finished", "road_tested_after_work", "quality_passed"):
        assert fact(ready, name) is None, name


def test_a_failed_check_passed_g6_in_its_own_round(ready, cast):
    failed(ready, cast)
    assert list(GatePassage.objects.filter(gate="G6").values_list("round", flat=True)) == [1]


def second_round(case, cast):
    open_gate(case, cast, "G5")
    assigned(case, cast, at=moscow(2, 15))
    do(case, cast, "punch_in", "orlov", moscow(2, 15, 10))
    supervised(case, cast, moscow(2, 15, 20))
    do(case, cast, "punch_out", "orlov", moscow(2, 15, 30))
    answered(case, cast, at=moscow(2, 15, 30))
    do(case, cast, "4.4", "kuznetsov", moscow(2, 16), **drive(
        started=moscow(2, 15, 40), ended=moscow(2, 16), odometer_out=88_442, odometer_in=88_450,
    ))  # fmt: skip
    return case


def test_both_attempts_are_kept_apart(ready, cast):
    passed(second_round(failed(ready, cast), cast), cast, moscow(2, 17))
    rows = Inspection.objects.order_by("attempt").values_list("attempt", "round", "verdict")
    assert list(rows) == [(1, 1, "fail"), (2, 2, "pass")]
    assert fact(ready, "quality_passed").value == 2


def test_a_passed_check_is_not_signed_again(ready, cast):
    passed(ready, cast)
    with pytest.raises(Refused) as caught:
        passed(ready, cast, moscow(2, 16))
    assert caught.value.kind == "changed"


def test_a_signed_check_is_not_edited(ready, cast):
    passed(ready, cast)
    row = Inspection.objects.get()
    row.verdict = "fail"
    with pytest.raises(TypeError):
        row.save(update_fields=["verdict"])


def test_work_after_the_check_voids_the_pass(ready, cast):
    passed(ready, cast)
    do(ready, cast, "punch_in", "orlov", moscow(2, 16))
    assert fact(ready, "quality_passed") is None
    do(ready, cast, "punch_out", "orlov", moscow(2, 17))
    assert fact(ready, "quality_passed") is None


def test_an_answer_that_is_changed_after_the_check_voids_the_pass(ready, cast):
    passed(ready, cast)
    answered(ready, cast, at=moscow(2, 16))
    assert fact(ready, "quality_passed") is None


def test_a_later_round_does_away_with_the_pass(ready, cast):
    from comeback.cases.deriving import progress_of

    passed(ready, cast)
    ready.rounds.create(number=2, why="7.2", opened_at=moscow(2, 16))
    assert fact(ready, "quality_passed") is None
    assert progress_of(ready, moscow(2, 16)).gates["G7"].state == "closed"


def test_the_same_check_sent_twice_is_one_attempt(ready, cast):
    for _ in range(2):
        perform(Command("5.1", ready, sheet(ready)), actor=cast.actor("laptev"), now=CHECKED, key="tablet-1")
    assert Inspection.objects.count() == 1
