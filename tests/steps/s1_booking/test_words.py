"""Line 1.2: the customer's words and the nature of the request."""

from __future__ import annotations

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.models import Due, JournalEntry, Message, Request, Words
from comeback.method.refusal import Refused


def test_the_request_is_opened_by_the_first_words_and_owes_the_decision(call):
    request = call.request()
    assert request.vehicle == call.vehicle
    assert set(Due.objects.filter(kind="request", subject_id=request.pk).values_list("line", flat=True)) == {"1.1"}


def test_what_the_request_was_opened_from_stands_in_the_journal(call):
    request = call.request()
    first = JournalEntry.objects.filter(stream=request.stream).order_by("number").first()
    assert first.detail.content["opened_from"] == {"vehicle": call.vehicle.pk}


def test_the_same_key_from_another_car_is_refused(call):
    call.do("1.2", call.opening(), text="Скрип", key="same")
    other = call.opening()
    object.__setattr__(other, "given", {"vehicle": 999})
    with pytest.raises(Refused) as refused:
        call.do("1.2", other, text="Скрип", key="same")
    assert refused.value.rule == "key"
    assert Request.objects.count() == 1


def test_a_second_call_adds_an_entry_and_changes_none(call):
    request = call.request("Скрипит")
    call.do("1.2", request, text="И ещё стучит на кочках")
    assert [words.text for words in request.words.order_by("pk")] == ["Скрипит", "И ещё стучит на кочках"]


def test_words_of_one_letter_are_words_and_none_are_refused(call):
    call.do("1.2", call.opening(), text="?")
    with pytest.raises(Refused) as refused:
        call.do("1.2", call.opening(), text="  \n ")
    assert refused.value.missing[0].field == "text"
    assert Request.objects.count() == 1


def test_words_after_the_case_is_open_are_added_to_the_case(call):
    case = call.case()
    call.do("1.2", case, text="Звонила ещё раз: стало громче")
    assert Words.objects.filter(request=case.request).count() == 2
    with pytest.raises(Refused) as refused:
        call.do("1.2", case.request, text="Мимо дела")
    assert case.number in str(refused.value)


def test_a_nature_that_is_not_in_the_sheet_is_refused(call):
    with pytest.raises(Refused):
        call.request(nature="NOISE")


def test_words_of_danger_tell_the_expert_and_the_manager_at_once(call):
    case = call.case(words="Отказали тормоза", nature="SAFETY", danger=True)
    told = Message.objects.filter(code="danger").values_list("to__username", flat=True)
    assert set(told) == {"kuznetsov", "romanova"}
    assert {progress_of(case, call.now).lines[line].need for line in ("1.3", "1.4", "3.2", "3.5")} == {"must"}


def test_a_mechanic_takes_no_words(call):
    with pytest.raises(Refused) as refused:
        call.do("1.2", call.opening(), text="Скрипит", who="orlov")
    assert refused.value.kind == "function"
    assert not Request.objects.exists()
