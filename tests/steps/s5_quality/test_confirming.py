"""5.2: the foreman confirms the delivery time to the customer."""

from __future__ import annotations

import pytest

from comeback.cases.models import Case, CaseAppointment
from comeback.diary.appointments import cancel_appointment, make_appointment
from comeback.diary.models import Reservation, Resource
from comeback.method.refusal import Refused
from comeback.steps.s5_quality.models import DeliveryConfirmation
from tests.cast import moscow
from tests.steps.s4_repair.stage import do, fact, finished, open_gate
from tests.steps.s5_quality.stage import CHECKED, DELIVERY, delivery_offered, failed, passed

NOW = moscow(2, 16)


@pytest.fixture
def ready(case, cast):
    finished(case, cast)
    delivery_offered(case, cast.people["smirnova"])
    return passed(case, cast)


def confirm(case, cast, who="sidorov", now=NOW, **more):
    return do(case, cast, "5.2", who, now, **{"channel": "phone", "answer": "agreed"} | more)


def refused(case, cast, **more):
    with pytest.raises(Refused) as caught:
        confirm(case, cast, **more)
    assert not DeliveryConfirmation.objects.exists()
    return caught.value


@pytest.mark.parametrize("answer", ["agreed", "message_left"])
def test_as_agreed_counts_also_when_a_message_was_left(ready, cast, answer):
    confirm(ready, cast, answer=answer)
    found = fact(ready, "delivery_confirmed")
    assert (found.value, found.who, found.function) == (DELIVERY, "Сидоров В. Г.", "foreman")


def test_nothing_is_confirmed_before_the_check_is_passed(case, cast):
    finished(case, cast)
    delivery_offered(case, cast.people["smirnova"])
    assert refused(case, cast).rule == "G7"
    failed(case, cast)
    assert refused(case, cast).rule == "G7"


def test_the_car_waits_for_the_customer_from_then_on(ready, cast):
    confirm(ready, cast)
    visit = Case.objects.get(pk=ready.pk).visit
    assert (visit.ready_at, visit.ready_notified_at) == (CHECKED, NOW)


def test_without_a_delivery_time_there_is_nothing_to_confirm(case, cast):
    passed(finished(case, cast), cast)
    assert refused(case, cast).missing[0].field == "answer"
    assert confirm(case, cast, answer="moved", starts_at=DELIVERY).appointment.starts_at == DELIVERY


def test_a_car_that_was_never_received_is_not_ready(ready, cast):
    Case.objects.filter(pk=ready.pk).update(visit=None)
    open_gate(ready, cast, "G6")
    assert refused(ready, cast).missing[0].need == "3.1"


def test_a_time_that_has_passed_is_not_confirmed(ready, cast):
    assert refused(ready, cast, now=moscow(3, 10)).missing[0].field == "answer"


def test_a_changed_delivery_time_has_to_be_confirmed_again(ready, cast):
    confirm(ready, cast)
    delivery_offered(ready, cast.people["smirnova"], moscow(3, 12))
    assert fact(ready, "delivery_confirmed") is None
    confirm(ready, cast, now=moscow(2, 17))
    assert fact(ready, "delivery_confirmed").value == moscow(3, 12)


def test_a_cancelled_delivery_is_not_confirmed(ready, cast):
    confirmed = confirm(ready, cast)
    cancel_appointment(confirmed.appointment, by=cast.people["smirnova"], now=moscow(2, 17))
    assert fact(ready, "delivery_confirmed") is None


def reserve_the_manager(case, cast):
    manager = Resource.objects.get(site=cast.msk, person=cast.people["romanova"])
    before = CaseAppointment.objects.get(case=case, kind="delivery").appointment
    appointment = make_appointment(
        cast.msk, kind="delivery", starts_at=DELIVERY, ends_at=moscow(3, 11), by=None, now=NOW, resources=[manager],
        replaces=before,
    )  # fmt: skip
    CaseAppointment.objects.create(case=case, appointment=appointment, kind="delivery", at=NOW)
    return manager


def test_another_time_is_agreed_and_the_manager_is_reserved_again(ready, cast):
    manager = reserve_the_manager(ready, cast)
    moved = confirm(ready, cast, answer="moved", starts_at=moscow(3, 15)).appointment
    assert (moved.starts_at, moved.ends_at) == (moscow(3, 15), moscow(3, 16))
    assert {it.appointment for it in Reservation.objects.filter(resource=manager)} == {moved}
    assert fact(ready, "delivery_confirmed").value == moscow(3, 15)


def test_another_time_at_which_the_manager_is_taken_is_refused(ready, cast):
    manager = reserve_the_manager(ready, cast)
    make_appointment(
        cast.msk, kind="reception", starts_at=moscow(3, 15), ends_at=moscow(3, 16), by=None, now=NOW,
        resources=[manager],
    )  # fmt: skip
    assert refused(ready, cast, answer="moved", starts_at=moscow(3, 15)).rule == "slot"
    assert Reservation.objects.filter(resource=manager, appointment__starts_at=DELIVERY).exists()


@pytest.mark.parametrize("starts_at", [None, moscow(2, 15)])
def test_another_time_lies_ahead(ready, cast, starts_at):
    assert refused(ready, cast, answer="moved", starts_at=starts_at).missing[0].field == "starts_at"


@pytest.mark.parametrize("who", ["belov", "smirnova"])
def test_the_foreman_may_pass_it_on_and_that_is_recorded(ready, cast, who):
    assert refused(ready, cast, who=who).missing[0].field == "delegated_by_id"
    assert refused(ready, cast, who=who, delegated_by_id=cast.people["orlov"].pk).missing[0].field == "delegated_by_id"
    row = confirm(ready, cast, who=who, delegated_by_id=cast.people["sidorov"].pk)
    assert row.delegated_by == cast.people["sidorov"]


@pytest.mark.parametrize("who", ["laptev", "kuznetsov", "gromova"])
def test_nobody_else_confirms(ready, cast, who):
    assert refused(ready, cast, who=who).kind == "function"


def test_a_confirmation_counts_for_its_round(ready, cast):
    confirm(ready, cast)
    ready.rounds.create(number=2, why="7.2", opened_at=moscow(2, 18))
    assert fact(ready, "delivery_confirmed") is None
