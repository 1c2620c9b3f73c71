"""Method 8.1: who asks, when, and what follows from the answer."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.messages import wording_of
from comeback.cases.models import Due, Message, NatureChoice, Request, Words
from comeback.cases.opening import open_case
from comeback.method.refusal import Refused
from comeback.registers.models import Deputising, FunctionHeld
from comeback.steps.s8_followup.models import Attempt, Contact
from tests.cast import engage, moscow
from tests.steps.s6_settlement.stage import Stage
from tests.steps.s7_handover.talk import hand_over

pytestmark = pytest.mark.django_db
DUE = moscow(6, 15)
NOON, LATER = moscow(5, 12), moscow(5, 13)


def contact(stage: Stage, who: str = "romanova", *, at=NOON, now=None, **more):
    answers = {"q1": "yes", "q8": 10} | more.pop("answers", {})
    now = now or at
    return stage.do("8.1/contact", who, now=now, at=at, channel="phone", answers=answers, **more).results[0]


def attempt(stage: Stage, result: str = "no_answer", who: str = "romanova", *, at=NOON, now=None, **more):
    given = {"channel": "phone", "result": result} | more
    return stage.do("8.1/attempt", who, now=now or at, at=at, **given).results[0]


def line(stage: Stage, now=LATER):
    return progress_of(stage.case, now).lines["8.1"]


def test_a_contact_before_48_hours_is_on_time(handed_over):
    contact(handed_over, at=DUE)
    found = line(handed_over, DUE)
    assert (found.state, found.late) == ("done", False)
    assert handed_over.concern.follow_up == "satisfied"
    assert Attempt.objects.get().result == "reached"
    assert not Due.objects.filter(line="8.1").exists()


def test_a_contact_after_48_hours_is_done_but_late(handed_over):
    contact(handed_over, at=moscow(9, 10))
    found = line(handed_over, moscow(9, 10))
    assert (found.state, found.late) == ("done", True)


def test_the_short_name_of_the_line_is_the_contact(handed_over):
    answers = {"q1": "yes", "q8": 9}
    handed_over.do("8.1", "romanova", now=moscow(5, 12), at=moscow(5, 12), channel="phone", answers=answers)
    assert Contact.objects.get().outcome == "satisfied"


def test_nobody_is_asked_before_the_hand_over(ready):
    with pytest.raises(Refused) as refused:
        contact(ready, at=moscow(4, 16))
    assert {item.need for item in refused.value.missing} == {"handed_over"}


@pytest.mark.parametrize("call", [contact, attempt])
@pytest.mark.parametrize("at", [moscow(4, 14, 59), moscow(5, 12, 1)])
def test_a_call_before_the_hand_over_or_in_the_future_is_refused(handed_over, call, at):
    with pytest.raises(Refused) as refused:
        call(handed_over, at=at, now=moscow(5, 12), note="внесено позже")
    assert refused.value.missing[0].field == "at"


def test_a_call_entered_later_needs_a_reason_and_shows_when_it_was_entered(handed_over):
    with pytest.raises(Refused) as refused:
        contact(handed_over, at=moscow(5, 9), now=moscow(5, 12))
    assert refused.value.missing[0].field == "note"
    row = contact(handed_over, at=moscow(5, 9), now=moscow(5, 12), note="Не было связи")
    assert (row.at, row.attempt.recorded_at) == (moscow(5, 9), moscow(5, 12))


def test_a_call_of_long_ago_is_not_entered_any_more(handed_over):
    contact_at, three_working_days_later = moscow(5, 9), moscow(9, 19)
    with pytest.raises(Refused) as refused:
        contact(handed_over, at=contact_at, now=moscow(9, 19, 1), note="Забыли")
    assert refused.value.missing[0].field == "at"
    contact(handed_over, at=contact_at, now=three_working_days_later, note="Забыли")


@pytest.mark.parametrize("who", ["belov", "smirnova", "kuznetsov"])
def test_only_the_manager_asks(handed_over, who):
    with pytest.raises(Refused) as refused:
        contact(handed_over, who)
    assert refused.value.kind == "function"


def test_a_deputy_of_the_manager_asks(handed_over):
    deputise(handed_over, "smirnova")
    assert contact(handed_over, "smirnova").by.username == "smirnova"


def test_the_advisor_who_handed_the_car_over_does_not_ask_even_as_a_deputy(handed_over):
    deputise(handed_over, "belov")
    with pytest.raises(Refused, match=r"8\.1"):
        contact(handed_over, "belov")
    with pytest.raises(Refused, match=r"8\.1"):
        attempt(handed_over, who="belov")


def deputise(stage: Stage, deputy: str) -> None:
    people, day = stage.cast.people, date(2025, 6, 1)
    Deputising.objects.create(
        deputy=people[deputy],
        absent=people["romanova"],
        site=stage.cast.msk,
        function="after_sales_manager",
        since=day,
        until=date(2025, 6, 30),
    )


def test_the_only_manager_may_ask_about_his_own_hand_over_and_it_is_shown(ready):
    hand_over(ready, who="romanova")
    assert contact(ready).attempt.own_service is True


def test_of_two_managers_the_other_asks(ready):
    hand_over(ready, who="romanova")
    ready.cast.people["second"] = engage("second", "Второй Р. Р.", ready.cast.msk, "after_sales_manager")
    with pytest.raises(Refused, match=r"8\.1"):
        contact(ready)
    assert contact(ready, "second").attempt.own_service is False


def test_an_answer_that_cannot_be_is_refused_at_its_question(handed_over):
    with pytest.raises(Refused) as refused:
        contact(handed_over, answers={"q8": 0})
    assert refused.value.missing[0].field == "q8"
    assert not Attempt.objects.exists()


def test_a_negative_answer_opens_a_request_and_owes_a_call_within_24_hours(handed_over):
    row = contact(handed_over, answers={"q1": "no", "q10": "Скрипит ещё громче"})
    request = Request.objects.get(opened_by_contact=row)
    assert (request.claims_comeback, request.channel, request.vehicle) == (True, "follow_up", handed_over.case.vehicle)
    assert Words.objects.get(request=request).text == "Скрипит ещё громче"
    assert NatureChoice.objects.get(request=request).nature == "NVH"
    assert Due.objects.filter(kind="request", subject_id=request.pk, line="1.1").exists()
    message = Message.objects.get(code="recovery_owed")
    assert (message.to.username, message.params["request"]) == ("romanova", request.pk)
    assert message.params["due"] == "06.06 12:00"
    assert handed_over.case.number in wording_of(message)
    assert handed_over.concern.follow_up == "dissatisfied"


def test_the_request_of_a_negative_answer_becomes_a_case_of_the_next_level(handed_over):
    row = contact(handed_over, answers={"q8": 3})
    case = open_case(
        row.request, actor=handed_over.cast.actor("smirnova"), now=moscow(5, 13), original_order=handed_over.order
    )
    assert (case.level, case.previous) == (2, handed_over.case)


def test_a_negative_answer_without_words_keeps_what_was_answered(handed_over):
    row = contact(handed_over, answers={"q1": "no"})
    assert Words.objects.get(request=row.request).text.endswith("Нет")


def test_a_satisfied_customer_opens_nothing(handed_over):
    before = Request.objects.count()
    assert contact(handed_over, answers={"q10": "Кофе холодный"}).outcome == "remark"
    assert Request.objects.count() == before
    assert not Message.objects.filter(code="recovery_owed").exists()


def test_nobody_is_asked_twice_about_one_visit(handed_over):
    contact(handed_over)
    for again in (contact, attempt):
        with pytest.raises(Refused) as refused:
            again(handed_over, at=moscow(5, 14))
        assert refused.value.kind == "changed"


def test_who_has_not_tried_the_car_is_contacted_and_asked_a_second_time(handed_over):
    contact(handed_over, answers={"q1": "not_tried"})
    assert line(handed_over).state == "done"
    contact(handed_over, at=moscow(12, 12), answers={"q1": "no"})
    fact = handed_over.now_so()["customer_contacted"]
    assert (fact.value, fact.at) == ("dissatisfied", moscow(5, 12))


def test_a_customer_who_asks_not_to_be_called_is_left_in_peace(handed_over):
    attempt(handed_over, "objects")
    assert handed_over.now_so()["customer_contacted"].value == "objects"
    assert handed_over.concern.follow_up == "objects"
    for again in (contact, attempt):
        with pytest.raises(Refused):
            again(handed_over, at=moscow(5, 14))


def test_an_attempt_is_no_contact(handed_over):
    for result, at in (("no_answer", NOON), ("wrong_number", LATER), ("reached", LATER)):
        attempt(handed_over, result, at=at)
    assert "customer_contacted" not in handed_over.now_so()
    assert handed_over.now_so()["contact_attempted"].at == NOON
    assert Message.objects.get(code="wrong_number").to.username == "smirnova"


def test_a_call_back_has_its_time(handed_over):
    for moment in (None, moscow(5, 12)):
        with pytest.raises(Refused) as refused:
            attempt(handed_over, "call_back", call_back_at=moment)
        assert refused.value.missing[0].field == "call_back_at"
    attempt(handed_over, "call_back", call_back_at=moscow(5, 18))


def test_a_customer_is_given_up_only_when_enough_was_tried(handed_over):
    for at in (moscow(5, 10), moscow(5, 16), moscow(6, 10)):
        attempt(handed_over, at=at)
    with pytest.raises(Refused, match=r"8\.1"):
        handed_over.do("8.1/unreachable", "romanova", now=moscow(11, 14, 59))
    handed_over.do("8.1/unreachable", "romanova", now=moscow(11, 15))
    assert handed_over.now_so()["customer_contacted"].value == "unreachable"
    assert handed_over.concern.follow_up == "unreachable"
    with pytest.raises(Refused) as refused:
        handed_over.do("8.1/unreachable", "romanova", now=moscow(11, 16))
    assert refused.value.kind == "changed"


def test_a_customer_who_answers_after_all_is_contacted(handed_over):
    for at in (moscow(5, 10), moscow(5, 16), moscow(6, 10)):
        attempt(handed_over, at=at)
    handed_over.do("8.1/unreachable", "romanova", now=moscow(11, 15))
    contact(handed_over, at=moscow(11, 16))
    assert handed_over.now_so()["customer_contacted"].value == "satisfied"


def test_a_manager_of_another_site_knows_nothing_of_it(handed_over):
    nevsky = handed_over.cast.people["nevsky"]
    FunctionHeld.objects.create(
        person=nevsky, site=handed_over.cast.spb, function="after_sales_manager", since=date(2020, 1, 1)
    )
    with pytest.raises(Refused) as refused:
        contact(handed_over, "nevsky")
    assert refused.value.kind == "unknown"


@pytest.mark.parametrize("cases", [1, 3])
def test_facts_of_step_8_take_three_queries(handed_over, django_assert_num_queries, cases):
    from comeback.steps.s8_followup.facts import case_facts

    contact(handed_over)
    ids = [handed_over.case.pk, *(handed_over.another_case().pk for _ in range(cases - 1))]
    with django_assert_num_queries(3):
        case_facts(ids)
