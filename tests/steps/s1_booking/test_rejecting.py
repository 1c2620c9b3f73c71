"""A case that turns out to be no comeback before the car comes."""

from __future__ import annotations

import pytest

from comeback.cases.deriving import progress_with_facts
from comeback.cases.models import Due
from comeback.diary.models import Reservation
from comeback.method.refusal import Refused
from comeback.steps.s1_booking.models import Answer


def test_a_rejected_case_is_ended_with_its_reason_and_owes_nothing(call):
    case = call.case()
    call.book(case)
    call.do("reject", case, reason="unrelated", note="Стучит незакреплённый багаж")
    facts = progress_with_facts(case, call.now)[1]
    assert (facts["case_closed"].value, facts["comeback_decided"].value) == ("rejected", "no")
    assert "багаж" in facts["case_closed"].note
    assert not Due.objects.filter(case=case).exists()
    assert Reservation.objects.exists()
    assert Answer.objects.order_by("-pk")[0].snapshot.verdict == "comeback"


def test_when_the_customer_does_not_come_the_time_is_given_back(call):
    case = call.case()
    call.book(case)
    call.do("reject", case, reason="duplicate", cancel=True)
    assert not Reservation.objects.exists()


def test_rejecting_needs_a_reason_and_is_not_the_expert_s(call):
    case = call.case()
    with pytest.raises(Refused):
        call.do("reject", case, reason="")
    with pytest.raises(Refused) as refused:
        call.do("reject", case, reason="unrelated", who="kuznetsov")
    assert refused.value.kind == "function"


def test_after_the_reception_the_manager_withdraws_instead(call):
    case = call.case()
    case.visit = call.order.visit
    case.save(update_fields=["visit"])
    with pytest.raises(Refused) as refused:
        call.do("reject", case, reason="unrelated")
    assert refused.value.missing[0].need == "withdraw"


def test_nothing_is_added_to_a_rejected_case(call):
    case = call.case()
    call.do("reject", case, reason="accident")
    with pytest.raises(Refused):
        call.book(case)
