"""Lines 1.3 to 1.5 and the reception appointment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from comeback.cases.deriving import progress_of, progress_with_facts
from comeback.diary.appointments import make_appointment
from comeback.diary.models import Absence, Appointment, Reservation, Resource
from comeback.method.refusal import Refused
from comeback.steps.s1_booking import taking
from comeback.steps.s1_booking.models import Offer
from tests.cast import moscow


def state(call, case, line: str) -> str:
    return progress_of(case, call.now).lines[line].state


def length(case) -> timedelta:
    appointment = taking.reception_of(case)
    return appointment.ends_at - appointment.starts_at


def test_booking_reserves_everybody_and_does_1_3(call):
    case = call.case()
    call.book(case)
    assert state(call, case, "1.3") == "done"
    assert Reservation.objects.count() == 3 * 3


def test_a_planned_drive_makes_the_reception_longer_before_and_after_booking(call):
    early, late = call.case(), call.case()
    call.do("1.4", early)
    call.book(early, 9)
    call.book(late, 11)
    assert (length(early), length(late)) == (timedelta(minutes=75), timedelta(minutes=45))
    call.do("1.4", late)
    assert length(late) == timedelta(minutes=75)
    assert taking.reception_of(late).replaces.starts_at == moscow(3, 11)
    assert [state(call, late, line) for line in ("1.3", "1.4")] == ["done", "done"]


def test_a_drive_that_would_run_into_the_next_customer_is_refused_and_changes_nothing(call):
    case, next_one = call.case(), call.case()
    call.book(case, 9)
    call.do("book", next_one, starts_at=moscow(3, 9, 45), resources=call.ids("belov"))
    with pytest.raises(Refused) as refused:
        call.do("1.4", case)
    assert "Белов" in str(refused.value)
    assert length(case) == timedelta(minutes=45)
    assert state(call, case, "1.4") == "due"


def test_no_drive_is_planned_for_a_car_that_is_not_to_be_driven(call):
    for case in (call.case(drivable="no"), call.case(nature="SAFETY", danger=True)):
        with pytest.raises(Refused) as refused:
            call.do("1.4", case)
        assert refused.value.rule == "1.4"
        call.do("1.4/decision", case, needed=False, reason="Не на ходу: статическая проверка")
        assert state(call, case, "1.4") == "skip"


def test_the_expert_is_reserved_for_the_booked_reception(call):
    case = call.case()
    expert = call.cast.people["kuznetsov"].pk
    with pytest.raises(Refused):
        call.do("1.3", case, expert_id=expert)
    call.book(case, 9, 3, "belov", "romanova")
    assert state(call, case, "1.3") == "due"
    call.do("1.3", case, expert_id=expert)
    assert state(call, case, "1.3") == "done"


def test_only_a_technical_expert_of_the_site_is_reserved_as_expert(call):
    case = call.case()
    call.book(case, 9, 3, "belov")
    for name in ("petrov", "nevsky"):
        with pytest.raises(Refused) as refused:
            call.do("1.3", case, expert_id=call.cast.people[name].pk)
        assert refused.value.missing[0].field == "expert_id"


def test_the_second_booking_of_the_same_expert_time_is_refused_by_name(call):
    first, second = call.case(), call.case()
    call.book(first, 9)
    with pytest.raises(Refused) as refused:
        call.book(second, 9)
    assert refused.value.rule == "slot"
    assert "Кузнецов" in str(refused.value)
    assert taking.reception_of(second) is None


def test_an_expert_on_leave_cannot_be_booked_and_leave_taken_later_owes_1_3_again(call):
    case = call.case()
    call.book(case, 9)
    Absence.objects.create(person=call.cast.people["kuznetsov"], since=moscow(3, 0), until=moscow(4, 0))
    assert state(call, case, "1.3") == "void"
    with pytest.raises(Refused):
        call.book(call.case(), 12)


def test_moving_the_reception_keeps_its_people_and_frees_the_old_time(call):
    case = call.case()
    call.book(case, 9)
    call.do("rebook", case, starts_at=moscow(4, 11))
    assert taking.reception_of(case).starts_at == moscow(4, 11)
    assert state(call, case, "1.3") == "done"
    call.book(call.case(), 9)


def test_moved_to_a_time_without_the_expert_1_3_is_owed_again(call):
    case = call.case()
    call.book(case, 9)
    call.do("rebook", case, starts_at=moscow(4, 11), resources=call.ids("belov", "romanova"))
    assert state(call, case, "1.3") == "void"


def test_one_reception_is_booked_once_and_moved_only_when_booked(call):
    case = call.case()
    with pytest.raises(Refused):
        call.do("rebook", case, starts_at=moscow(4, 11))
    call.book(case, 9)
    with pytest.raises(Refused) as refused:
        call.book(case, 12)
    assert refused.value.kind == "changed"


def test_a_time_that_is_past_and_people_of_another_site_are_refused(call):
    case = call.case()
    with pytest.raises(Refused) as past:
        call.book(case, 8, 2)
    assert past.value.missing[0].field == "starts_at"
    elsewhere = Resource.objects.filter(site=call.cast.spb, kind="bay").values_list("pk", flat=True)
    with pytest.raises(Refused) as foreign:
        call.do("book", case, starts_at=moscow(3, 9), resources=list(elsewhere))
    assert foreign.value.missing[0].field == "resources"
    assert not Appointment.objects.exists()


def test_the_first_times_offered_are_kept_and_a_later_choice_of_the_customer_is_no_breach(call):
    case = call.case()
    call.book(case, 9, 6)
    offer = Offer.objects.get()
    assert offer.offered[0] == moscow(2, 10).isoformat()
    assert offer.norm_until == moscow(4, 19)
    facts = progress_with_facts(case, call.now)[1]
    assert facts["offered_in_time"].value is True


def test_when_nothing_is_free_within_two_working_days_a_reason_is_asked(call):
    case = call.case()
    expert = Resource.objects.filter(person__username="kuznetsov")
    for day in (2, 3, 4):
        start = moscow(day, 9)
        make_appointment(
            call.cast.msk, kind="reception", starts_at=start, ends_at=start + timedelta(hours=10), by=None,
            now=call.now, resources=expert,
        )  # fmt: skip
    with pytest.raises(Refused) as refused:
        call.book(case, 9, 5)
    assert (refused.value.rule, refused.value.missing[0].field) == ("1.5", "late_reason")
    call.book(case, 9, 5, late_reason="Эксперт на обучении до среды")
    assert progress_with_facts(case, call.now)[1]["offered_in_time"].value is False


def test_an_ordinary_request_gets_a_time_without_a_case(call):
    request = call.request("Плановое ТО", nature="MAINT")
    call.do("1.1", request, reply="no", reason="planned_visit")
    call.do("1.1/appoint", request, starts_at=moscow(3, 9), resources=call.ids("belov"))
    appointment = Appointment.objects.get()
    assert appointment.planned_return
    assert appointment.vehicle == call.vehicle
    with pytest.raises(Refused):
        call.do("1.1/appoint", request, starts_at=moscow(4, 9), resources=call.ids("belov"))


def test_the_manager_may_be_informed_once_step_one_is_complete(call):
    case = call.case()
    assert "2.1" in progress_of(case, call.now).blocked
    call.book(case)
    call.do("1.4", case)
    assert "2.1" not in progress_of(case, call.now).blocked
