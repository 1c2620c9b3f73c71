"""Line 1.1: a person decides whether it is a comeback, and what recognition said is kept with it."""

from __future__ import annotations

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.models import Case, Due, JournalEntry
from comeback.method.refusal import Refused
from comeback.registers.keys import register_vehicle
from comeback.steps.s1_booking.models import Answer
from tests.cast import moscow, the_first_repair


def test_yes_opens_the_case_and_the_request_owes_nothing_more(call):
    case = call.case()
    assert isinstance(case, Case)
    assert (case.level, case.original_order, case.original_concern) == (1, call.order, call.order.concerns.get())
    assert not Due.objects.filter(kind="request", subject_id=case.request_id).exists()
    owed = set(Due.objects.filter(case=case).values_list("line", flat=True))
    assert {"1.3", "1.4"} <= owed
    assert "1.1" not in owed


def test_what_recognition_said_is_kept_with_the_decision(call):
    call.case()
    snapshot = Answer.objects.get().snapshot
    assert (snapshot.verdict, snapshot.order) == ("comeback", call.order)
    assert snapshot.score >= 70
    assert snapshot.score == sum(reason["points"] for reason in snapshot.reasons)


def test_a_comeback_needs_the_earlier_order_or_a_word_on_whose_work_it_was(call):
    request = call.request()
    with pytest.raises(Refused) as refused:
        call.do("1.1", request, reply="yes")
    assert refused.value.rule == "G1"
    case = call.do("1.1", request, reply="yes", original_note="Ремонт у другого дилера в мае").results[0]
    assert "original_linked" not in {item.need for item in progress_of(case, call.now).gates["G1"].missing}


def test_the_order_of_another_car_is_refused(call):
    other = register_vehicle(call.cast.group, on=moscow(1, 9).date(), plate="В777ВВ77")
    order = the_first_repair_of(call, other)
    with pytest.raises(Refused) as refused:
        call.do("1.1", call.request(), reply="yes", original_order_id=order.pk)
    assert refused.value.missing[0].field == "original_order_id"


def the_first_repair_of(call, vehicle):
    call.order.number = "ЗН-1508"
    call.order.save(update_fields=["number"])
    return the_first_repair(call.cast, call.customer, vehicle)


def test_no_needs_a_reason_and_opens_no_case(call):
    request = call.request()
    with pytest.raises(Refused):
        call.do("1.1", request, reply="no")
    call.do("1.1", request, reply="no", reason="unrelated")
    assert not Case.objects.exists()
    assert progress_of(request, call.now).lines["1.1"].state == "done"


def test_not_known_yet_leaves_the_line_owed(call):
    request = call.request()
    call.do("1.1", request, reply="unknown")
    assert progress_of(request, call.now).lines["1.1"].state == "due"


def test_the_manager_decides_what_was_left_open_and_the_saved_time_becomes_the_reception(call):
    request = call.request()
    call.do("1.1", request, reply="unknown")
    ids = call.ids("belov", "romanova", "kuznetsov")
    call.do("1.1/appoint", request, starts_at=moscow(3, 9), resources=ids, minutes=75)
    case = call.do("1.1", request, reply="yes", original_order_id=call.order.pk, who="romanova").results[0]
    progress = progress_of(case, call.now)
    assert progress.lines["1.3"].state == "done"
    assert "reception_booked" not in {item.need for item in progress.gates["G2"].missing}


def test_a_confirmed_comeback_is_not_confirmed_twice(call):
    case = call.case()
    for subject in (case, case.request):
        with pytest.raises(Refused) as refused:
            call.do("1.1", subject, reply="yes", original_order_id=call.order.pk)
        assert refused.value.kind == "changed"
    assert Case.objects.count() == 1


def test_no_may_still_become_yes(call):
    request = call.request()
    call.do("1.1", request, reply="no", reason="search_error")
    assert isinstance(call.do("1.1", request, reply="yes", original_order_id=call.order.pk).results[0], Case)


def test_a_comeback_of_the_comeback_is_of_the_second_level(call):
    first = call.case()
    visit = call.order.visit
    first.visit = visit
    first.save(update_fields=["visit"])
    again = call.do("1.1", call.request(), reply="yes", original_order_id=call.order.pk).results[0]
    assert (again.level, again.previous) == (2, first)


def test_the_expert_decides_nothing_here(call):
    with pytest.raises(Refused) as refused:
        call.do("1.1", call.request(), reply="no", reason="unrelated", who="kuznetsov")
    assert refused.value.kind == "function"


def test_the_decision_stands_in_the_journal_of_the_request(call):
    case = call.case()
    entries = JournalEntry.objects.filter(stream=case.request.stream).order_by("number")
    assert list(entries.values_list("command", flat=True)) == ["1.2", "1.2/nature", "1.1"]
