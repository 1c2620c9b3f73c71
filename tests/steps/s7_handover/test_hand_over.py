"""G9 and decision 8: who takes the car, with or without a signature; from here the 48 hours run."""

from __future__ import annotations

import pytest

from comeback.cases.models import Due
from comeback.method.refusal import Refused
from comeback.registers.models import OdometerReading
from tests.cast import moscow
from tests.steps.s6_settlement.stage import NOW
from tests.steps.s7_handover.talk import hand_over, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talked(settled):
    return talk(settled)


def test_hand_over_starts_the_48_hours(talked):
    hand_over(talked)
    visit = talked.case.visit
    visit.refresh_from_db()
    assert (visit.handed_over_at, visit.odometer_out) == (NOW, 88_460)
    due = Due.objects.get(case=talked.case, line="8.1")
    assert (due.due_at, due.function) == (moscow(6, 15), "after_sales_manager")
    assert talked.now_so()["handed_over"].who == "Белов К. С."
    talked.order.refresh_from_db()
    assert talked.order.closed_at == NOW
    assert OdometerReading.objects.get().km == 88_460


@pytest.mark.parametrize("line", ["7.1", "7.2", "7.3", "7.4"])
def test_each_line_of_the_talk_keeps_the_car_here(settled, line):
    from tests.steps.s7_handover import talk as words

    names = {"7.1": "explain", "7.2": "answer", "7.3": "offer", "7.4": "document"}
    settled.drive_after_work()
    for other, name in names.items():
        if other != line:
            getattr(words, name)(settled)
    with pytest.raises(Refused) as refused:
        hand_over(settled)
    assert refused.value.rule == "G9"
    assert {item.need for item in refused.value.missing} == {line}


def test_no_way_leads_past_the_quality_check(talked):
    del talked.facts["quality_passed"]
    with pytest.raises(Refused):
        hand_over(talked)


def test_a_car_is_handed_over_once(talked):
    hand_over(talked)
    with pytest.raises(Refused) as refused:
        hand_over(talked)
    assert refused.value.kind == "changed"


@pytest.mark.parametrize("receiver", ["proxy", "courier"])
def test_a_proxy_or_courier_is_named(talked, receiver):
    with pytest.raises(Refused) as refused:
        hand_over(talked, receiver=receiver)
    assert refused.value.missing[0].field == "receiver_name"
    hand_over(talked, receiver=receiver, receiver_name="Иванов С. П., паспорт предъявлен")
    assert "Иванов" in talked.now_so()["handed_over"].note


def test_without_a_signature_there_is_a_reason_and_a_key_box_is_one(talked):
    with pytest.raises(Refused) as refused:
        hand_over(talked, signed=False)
    assert refused.value.missing[0].field == "no_signature_reason"
    hand_over(talked, signed=False, receiver="key_box")


def test_a_refusal_to_sign_does_not_keep_the_car(talked):
    hand_over(talked, signed=False, no_signature_reason="Отказался подписать")


def test_the_odometer_does_not_go_back(talked):
    with pytest.raises(Refused) as refused:
        hand_over(talked, odometer_km=88_429)
    assert refused.value.missing[0].field == "odometer_km"


def test_a_car_that_was_never_received_is_not_handed_over(talked):
    talked.case.visit = None
    talked.case.save(update_fields=["visit"])
    with pytest.raises(Refused):
        hand_over(talked)


def test_a_mechanic_hands_nothing_over(talked):
    with pytest.raises(Refused) as refused:
        hand_over(talked, who="orlov")
    assert refused.value.kind == "function"


@pytest.mark.parametrize("cases", [1, 3])
def test_facts_of_step_7_take_eleven_queries(talked, django_assert_num_queries, cases):
    from comeback.steps.s7_handover.facts import case_facts

    hand_over(talked)
    ids = [talked.case.pk, *(talked.another_case().pk for _ in range(cases - 1))]
    with django_assert_num_queries(11):
        case_facts(ids)
