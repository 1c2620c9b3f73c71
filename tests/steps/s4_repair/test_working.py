"""Punching in and out, and the answer to each concern."""

from __future__ import annotations

import pytest

from comeback.cases.models import GateOverride, Punch
from comeback.method.refusal import Refused
from comeback.steps.s4_repair.models import ConcernAnswer
from comeback.visits.models import Concern
from tests.cast import moscow
from tests.steps.s4_repair.stage import (
    ANSWER,
    answered,
    assigned,
    do,
    fact,
    open_gate,
    received,
    worked,
)


def concern_of(case, number=1):
    return Concern.objects.get(order__visit=case.visit_id, number=number)


# --- punches


def test_the_first_punch_begins_the_work(case, cast):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    begun = fact(case, "work_begun")
    assert (begun.at, begun.who) == (moscow(2, 11), "Орлов П. П.")
    assert fact(case, "time_punched") is None


def test_punched_time_is_the_time_between(case, cast):
    worked(assigned(case, cast), cast)
    assert (fact(case, "time_punched").at, fact(case, "time_punched").value) == (moscow(2, 13), 120)


def test_work_does_not_begin_before_gate_g5(case, cast):
    assigned(case, cast)
    GateOverride.objects.filter(case=case, gate="G5").delete()
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "orlov", moscow(2, 11))
    assert refused.value.rule == "G5"
    assert not Punch.objects.exists()


def test_nobody_begins_work_that_is_not_assigned(case, cast):
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "orlov", moscow(2, 11))
    assert refused.value.missing[0].by == ("foreman",)


def test_only_the_assigned_mechanic_begins(case, cast):
    assigned(case, cast)
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "petrov", moscow(2, 11))
    assert "Орлов П. П." in str(refused.value.missing[0].text)


def test_a_mechanic_works_on_one_car_at_a_time_and_is_told_on_which(case, cast):
    other = received(cast, number=1)
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    assigned(other, cast)
    with pytest.raises(Refused) as refused:
        do(other, cast, "punch_in", "orlov", moscow(2, 12))
    text = str(refused.value.missing[0].text)
    assert case.number in text
    assert "C4 Picasso" in text


def test_punching_in_twice_on_the_same_car_is_refused(case, cast):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "orlov", moscow(2, 11, 1))
    assert case.number not in str(refused.value.missing[0].text)
    assert Punch.objects.count() == 1


def test_a_car_that_was_handed_over_is_not_worked_on(case, cast):
    assigned(case, cast)
    case.visit.handed_over_at = moscow(2, 12)
    case.visit.save(update_fields=["handed_over_at"])
    with pytest.raises(Refused):
        do(case, cast, "punch_in", "orlov", moscow(2, 13))


def test_nobody_stops_work_that_he_did_not_begin(case, cast):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    with pytest.raises(Refused):
        do(case, cast, "punch_out", "petrov", moscow(2, 12))
    assert Punch.objects.get().ended_at is None


def test_a_forgotten_end_is_entered_later_with_a_reason(case, cast):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    with pytest.raises(Refused):
        do(case, cast, "punch_out", "orlov", moscow(3, 9), at=moscow(2, 18))
    do(case, cast, "punch_out", "orlov", moscow(3, 9), at=moscow(2, 18), reason="Забыл вечером")
    assert Punch.objects.get().ended_at == moscow(2, 18)


@pytest.mark.parametrize("end", [moscow(2, 10), moscow(2, 11), moscow(4, 9)])
def test_work_ends_after_its_start_and_not_in_the_future(case, cast, end):
    do(assigned(case, cast), cast, "punch_in", "orlov", moscow(2, 11))
    with pytest.raises(Refused):
        do(case, cast, "punch_out", "orlov", moscow(3, 9), at=end, reason="Забыл вечером")


def test_only_mechanics_punch(case, cast):
    assigned(case, cast)
    with pytest.raises(Refused) as refused:
        do(case, cast, "punch_in", "sidorov", moscow(2, 11))
    assert refused.value.kind == "function"


# --- answers


def test_an_answer_stands_on_the_concern(case, cast):
    answered(worked(assigned(case, cast), cast), cast)
    concern = concern_of(case)
    assert (concern.cause, concern.correction, concern.result) == (ANSWER["cause"], ANSWER["correction"], "fixed")
    assert (concern.answered_by, concern.answered_at) == (cast.people["orlov"], moscow(2, 13, 5))


def test_every_concern_has_to_be_answered(cast):
    case = received(cast, concerns=2)
    worked(assigned(case, cast), cast)
    do(case, cast, "answer_concern", "orlov", moscow(2, 13), concern_id=concern_of(case).pk, **ANSWER)
    assert fact(case, "concerns_answered") is None
    assert fact(case, "work_finished") is None
    do(case, cast, "answer_concern", "orlov", moscow(2, 13), concern_id=concern_of(case, 2).pk, **ANSWER)
    assert fact(case, "concerns_answered")


def test_an_order_without_concerns_is_not_answered(cast):
    case = worked(assigned(received(cast, concerns=0), cast), cast)
    assert fact(case, "concerns_answered") is None


def test_work_is_finished_with_the_last_punch_out_when_everything_is_answered(case, cast):
    worked(assigned(case, cast), cast)
    assert fact(case, "work_finished") is None
    answered(case, cast)
    assert fact(case, "work_finished").at == moscow(2, 13)
    do(case, cast, "punch_in", "orlov", moscow(2, 14))
    assert fact(case, "work_finished") is None
    assert fact(case, "time_punched") is None
    do(case, cast, "punch_out", "orlov", moscow(2, 15))
    assert fact(case, "work_finished").at == moscow(2, 15)


def test_nothing_is_answered_before_the_work_began(case, cast):
    assigned(case, cast)
    with pytest.raises(Refused) as refused:
        answered(case, cast)
    assert refused.value.missing[0].need == "work_begun"


def test_whoever_did_the_work_answers_for_it(case, cast):
    worked(assigned(case, cast), cast)
    with pytest.raises(Refused):
        answered(case, cast, who="petrov")


@pytest.mark.parametrize("empty", ["cause", "correction"])
def test_an_answer_has_a_cause_and_a_correction(case, cast, empty):
    worked(assigned(case, cast), cast)
    with pytest.raises(Refused) as refused:
        do(
            case, cast, "answer_concern", "orlov", moscow(2, 13),
            concern_id=concern_of(case).pk, **ANSWER | {empty: "  "},
        )  # fmt: skip
    assert refused.value.missing[0].field == empty


def test_a_concern_of_another_order_is_refused(case, cast):
    worked(assigned(case, cast), cast)
    foreign = case.original_order.concerns.get()
    with pytest.raises(Refused):
        do(case, cast, "answer_concern", "orlov", moscow(2, 13), concern_id=foreign.pk, **ANSWER)
    foreign.refresh_from_db()
    assert foreign.cause == ""


def test_an_assembly_is_replaced_with_the_experts_approval_only(case, cast):
    worked(assigned(case, cast), cast)
    given = {"concern_id": concern_of(case).pk, "assembly": "Рулевая рейка", **ANSWER}
    do(case, cast, "4.2", "kuznetsov", moscow(2, 13), text="Смотрел, замены не нужно")
    with pytest.raises(Refused) as refused:
        do(case, cast, "answer_concern", "orlov", moscow(2, 13), **given)
    assert (refused.value.rule, refused.value.missing[0].by) == ("4.2", ("technical_expert",))
    do(case, cast, "4.2", "kuznetsov", moscow(2, 13), text="Рейка с люфтом", approves="Рулевая рейка")
    assert do(case, cast, "answer_concern", "orlov", moscow(2, 13), **given).assembly == "Рулевая рейка"


def test_a_new_round_is_answered_anew_and_the_first_answer_is_kept(case, cast):
    answered(worked(assigned(case, cast), cast), cast)
    case.rounds.create(number=2, why="5.1", opened_at=moscow(2, 15))
    assert fact(case, "concerns_answered") is None
    open_gate(case, cast, "G5")
    assigned(case, cast, at=moscow(2, 15))
    worked(case, cast, begin=16, end=17)
    answered(case, cast, at=moscow(2, 17))
    assert fact(case, "concerns_answered")
    assert list(ConcernAnswer.objects.values_list("round", flat=True)) == [1, 2]


def test_documents_take_a_short_road_without_punches(cast):
    case = received(cast, nature="DOC")
    assigned(case, cast)
    assert fact(case, "work_begun")
    answered(case, cast)
    assert fact(case, "time_punched")
    assert fact(case, "work_finished").at == moscow(2, 13, 5)
