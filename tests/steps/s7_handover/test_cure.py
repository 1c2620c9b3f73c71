"""Method 7.2: the customer's answer on the cure, and what follows a "no"."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.models import Round
from comeback.cases.rounds import round_of
from comeback.method.refusal import Refused
from comeback.visits.models import Concern
from tests.cast import moscow
from tests.steps.s7_handover.talk import answer, hand_over, offer, talk

pytestmark = pytest.mark.django_db
PLAN = {"text": "Ждём рычаг до 20.06, ездить можно", "comes_on": date(2025, 6, 20)}


def test_the_answer_is_kept_with_the_concern(settled):
    settled.drive_after_work()
    answer(settled, "will_check")
    assert (settled.concern.customer_answer, settled.concern.customer_answer_at) == ("will_check", moscow(4, 15))
    assert settled.now_so()["cure_confirmed"].value == "will_check"


@pytest.mark.parametrize("code", ["fixed", "partly", "will_check", "at_contact"])
def test_every_answer_but_no_does_the_line(settled, code):
    settled.drive_after_work()
    answer(settled, code)
    assert not settled.now_so()["cure_confirmed"].void


def test_every_concern_is_asked_about(settled):
    Concern.objects.create(order=settled.order, number=2, words="Не греет сиденье")
    with pytest.raises(Refused, match="Не греет сиденье"):
        answer(settled, answers={settled.concern.pk: "fixed"})
    answer(settled)
    Concern.objects.create(order=settled.order, number=3, words="Лампа")
    assert "cure_confirmed" not in settled.now_so()


def test_who_answered_is_owed(settled):
    with pytest.raises(Refused) as refused:
        answer(settled, said_by=" ")
    assert refused.value.missing[0].field == "said_by"


@pytest.mark.parametrize("symptom", ["yes", "partly"])
def test_what_the_last_drive_still_showed_cannot_be_called_cured(settled, symptom):
    settled.drive_after_work("no")
    settled.drive_after_work(symptom)
    with pytest.raises(Refused) as refused:
        answer(settled)
    assert refused.value.missing[0].by == ("technical_expert",)
    answer(settled, "partly")


def test_a_drive_of_an_earlier_round_says_nothing_on_this_one(settled):
    settled.drive_after_work("yes", round=1)
    Round.objects.create(case=settled.case, number=2, why="4.4", opened_at=moscow(4, 9))
    answer(settled)
    assert settled.now_so()["cure_confirmed"].value == "fixed"


def test_a_drive_with_the_customer_that_shows_the_symptom_voids_the_cure(settled):
    settled.drive_after_work()
    answer(settled)
    offer(settled)
    settled.do("7.3/drive", "kuznetsov", started=moscow(4, 14), ended=moscow(4, 14, 30), symptom="yes")
    assert settled.now_so()["cure_confirmed"].void


def test_after_a_no_the_car_does_not_leave(settled):
    talk(settled, code="no")
    with pytest.raises(Refused) as refused:
        hand_over(settled)
    assert {item.need for item in refused.value.missing} == {"7.2"}


def test_after_a_no_the_work_goes_on_in_the_next_round(settled):
    answer(settled, "no")
    with pytest.raises(Refused) as refused:
        settled.do("7.2/rework", "belov", note=" ")
    assert refused.value.missing[0].field == "note"
    settled.do("7.2/rework", "belov", note="Скрипит на трамвайных путях")
    assert round_of(settled.case) == 2
    assert Round.objects.get().why == "7.2"
    assert "cure_confirmed" not in settled.now_so()


def test_after_a_no_the_manager_may_let_the_customer_leave_with_a_plan(settled):
    talk(settled, code="no")
    settled.do("7.2/plan", "romanova", **PLAN)
    fact = settled.now_so()["cure_confirmed"]
    assert (fact.void, fact.value, fact.who) == ("", "no", "Романова И. А.")
    hand_over(settled)


def test_another_no_after_the_plan_needs_another_plan(settled):
    answer(settled, "no")
    settled.do("7.2/plan", "romanova", **PLAN)
    answer(settled, "no", now=moscow(4, 16))
    assert settled.now_so()["cure_confirmed"].void


def test_the_advisor_does_not_decide_on_a_plan(settled):
    answer(settled, "no")
    with pytest.raises(Refused) as refused:
        settled.do("7.2/plan", "belov", **PLAN)
    assert refused.value.kind == "function"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"text": "потом"}, "text"), ({"comes_on": date(2025, 6, 3)}, "comes_on")]
)
def test_a_plan_has_words_and_a_date_to_come(settled, wrong, field):
    answer(settled, "no")
    with pytest.raises(Refused) as refused:
        settled.do("7.2/plan", "romanova", **(PLAN | wrong))
    assert refused.value.missing[0].field == field


@pytest.mark.parametrize("name", ["7.2/rework", "7.2/plan"])
def test_without_a_no_there_is_neither_another_round_nor_a_plan(settled, name):
    answer(settled, "partly")
    with pytest.raises(Refused):
        settled.do(name, "romanova", **(PLAN if name.endswith("plan") else {"note": "Скрипит"}))


def test_after_hand_over_the_answer_belongs_to_the_contact(settled):
    talk(settled)
    hand_over(settled)
    with pytest.raises(Refused) as refused:
        answer(settled, "no")
    assert refused.value.kind == "changed"
