"""3.4 and 3.5: agreement to the work, delivery slot, the manager's time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.models import CaseAppointment
from comeback.diary.appointments import make_appointment
from comeback.diary.models import Absence, Reservation, Resource
from comeback.method.refusal import Refused
from comeback.steps.s3_reception.facts import case_facts
from comeback.steps.s3_reception.queries import free_starts
from comeback.visits.models import OrderLine
from tests.cast import moscow
from tests.steps.s2_preparation.stage import do

NOW = moscow(3, 11)
WORK_ENDS = moscow(3, 17)
SLOT = moscow(4, 10)


def offer(case, cast, who="smirnova", **more):
    do(case, "3.4", cast, who, NOW, **{"starts_at": SLOT, "work_ends_at": WORK_ENDS} | more)
    return CaseAppointment.objects.filter(case=case, kind="delivery").latest("pk")


def reserve(case, cast, manager="romanova", **more):
    do(case, "3.5", cast, "smirnova", NOW, manager_id=cast.people[manager].pk, **more)


def refused_field(action, *arguments, **more):
    with pytest.raises(Refused) as refused:
        action(*arguments, **more)
    return refused.value.missing[0].field


def facts(case):
    return case_facts([case.pk])[case.pk]


def occupy(cast, name, starts, minutes=30):
    resource = Resource.objects.get(person=cast.people[name])
    ends = starts + timedelta(minutes=minutes)
    make_appointment(cast.msk, kind="delivery", starts_at=starts, ends_at=ends, by=None, now=NOW, resources=[resource])


def test_six_hours_of_work_begun_at_eleven_are_not_delivered_the_same_evening(received, cast):
    assert refused_field(offer, received, cast, starts_at=moscow(3, 17)) == "starts_at"
    assert refused_field(offer, received, cast, starts_at=moscow(3, 18, 30)) == "starts_at"


def test_the_next_morning_is_offered(received, cast):
    slot = offer(received, cast, mobility="courtesy_car")
    assert facts(received)["delivery_offered"].value == SLOT
    assert slot.offer.get_mobility_display() == "Подменный автомобиль"
    assert progress_of(received, NOW).lines["3.4"].state == "done"


def test_the_refusal_names_the_earliest_time(received, cast):
    with pytest.raises(Refused) as refused:
        offer(received, cast, starts_at=moscow(3, 17))
    assert "04.06, 09:00" in refused.value.missing[0].text


def test_nothing_is_delivered_while_we_are_closed(received, cast):
    assert refused_field(offer, received, cast, starts_at=moscow(4, 20)) == "starts_at"
    assert refused_field(offer, received, cast, starts_at=moscow(8, 11)) == "starts_at"


def test_work_does_not_end_in_the_past(received, cast):
    assert refused_field(offer, received, cast, work_ends_at=moscow(3, 10)) == "work_ends_at"


def test_a_customer_who_is_still_to_say_is_called_before_the_delivery(received, cast):
    assert refused_field(offer, received, cast, answer_by=moscow(4, 11)) == "answer_by"
    offer(received, cast, answer_by=moscow(3, 16))
    assert facts(received)["delivery_offered"].note == "клиент ещё ответит"


def test_a_new_offer_takes_the_place_of_the_one_before(received, cast):
    first = offer(received, cast)
    second = offer(received, cast, starts_at=moscow(4, 12))
    assert second.appointment.replaces == first.appointment
    assert facts(received)["delivery_offered"].value == moscow(4, 12)


def test_before_the_reception_no_delivery_is_offered(case, cast):
    with pytest.raises(Refused):
        offer(case, cast)


# --- agreement to the work


def test_the_customer_agrees_to_the_work_with_the_offer(received, cast):
    offer(received, cast, how="signed", works=["Диагностика подвески", "Тест-драйв после работ"])
    assert facts(received)["works_agreed"].value == "signed"
    assert list(OrderLine.objects.filter(order__visit=received.visit).values_list("number", "description")) == [
        (1, "Диагностика подвески"),
        (2, "Тест-драйв после работ"),
    ]


def test_further_work_is_agreed_on_again_and_added_once(received, cast):
    offer(received, cast, how="signed", works=["Диагностика подвески"])
    more = ["Диагностика подвески", "Замена сайлентблока"]
    do(received, "3.4/agree", cast, "belov", NOW, how="phone", works=more, agreed_by="Иванов П., муж")
    assert OrderLine.objects.filter(order__visit=received.visit).count() == 2
    assert facts(received)["works_agreed"].note == "По телефону: Диагностика подвески; Замена сайлентблока"


def test_an_agreement_names_the_work(received, cast):
    assert refused_field(offer, received, cast, how="signed", works=[" "]) == "works"
    assert not CaseAppointment.objects.filter(case=received, kind="delivery").exists()


def test_an_offer_alone_is_no_agreement(received, cast):
    offer(received, cast)
    assert "works_agreed" not in facts(received)


# --- the manager's time


def test_the_managers_time_is_reserved_in_the_delivery(received, cast):
    slot = offer(received, cast)
    reserve(received, cast)
    assert Reservation.objects.filter(appointment=slot.appointment).count() == 2
    fact = facts(received)["manager_reserved_for_delivery"]
    assert (fact.note, fact.void) == ("Романова И. А.", "")


def test_a_manager_who_is_taken_is_not_reserved_a_second_time(received, cast):
    offer(received, cast)
    occupy(cast, "romanova", SLOT)
    with pytest.raises(Refused) as refused:
        reserve(received, cast)
    assert "Романова" in str(refused.value.missing[0].text)
    assert refused.value.missing[0].field == "manager_id"


def test_other_times_of_the_manager_are_proposed(received, cast):
    occupy(cast, "romanova", SLOT)
    found = free_starts(received, cast.people["romanova"], SLOT, length=timedelta(minutes=30), wanted=2)
    assert found == [moscow(4, 10, 30), moscow(4, 11)]


def test_times_of_absence_and_closed_hours_are_not_proposed(received, cast):
    Absence.objects.create(person=cast.people["romanova"], since=moscow(4, 10), until=moscow(4, 18))
    found = free_starts(received, cast.people["romanova"], SLOT, length=timedelta(minutes=30), wanted=9)
    assert found == [moscow(4, 18), moscow(4, 18, 30)]


def test_a_manager_who_is_away_is_not_reserved(received, cast):
    offer(received, cast)
    Absence.objects.create(person=cast.people["romanova"], since=moscow(4, 9), until=moscow(4, 12))
    assert refused_field(reserve, received, cast) == "manager_id"


def test_only_the_manager_or_his_deputy_is_reserved(received, cast):
    offer(received, cast)
    assert refused_field(reserve, received, cast, "sidorov") == "manager_id"


def test_a_moved_delivery_owes_the_reservation_again(received, cast):
    offer(received, cast)
    do(received, "3.5/decision", cast, "smirnova", NOW, needed=True)
    reserve(received, cast)
    assert progress_of(received, NOW).lines["3.5"].state == "done"
    offer(received, cast, starts_at=moscow(4, 12))
    assert progress_of(received, NOW).lines["3.5"].state == "void"
    reserve(received, cast)
    assert progress_of(received, NOW).lines["3.5"].state == "done"


def test_his_time_is_reserved_once(received, cast):
    offer(received, cast)
    reserve(received, cast)
    with pytest.raises(Refused) as refused:
        reserve(received, cast)
    assert refused.value.kind == "changed"


def test_without_an_offered_delivery_there_is_nothing_to_reserve(received, cast):
    with pytest.raises(Refused):
        reserve(received, cast)


def test_a_manager_who_has_left_by_then_is_not_reserved(received, cast):
    offer(received, cast)
    cast.people["romanova"].functions.update(until=date(2025, 6, 3))
    assert refused_field(reserve, received, cast) == "manager_id"
