"""3.1: the customer is received with the manager, who confirms it himself."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.cases.deriving import progress_of
from comeback.method.refusal import Refused
from comeback.registers.models import Deputising, OdometerReading
from comeback.steps.s3_reception.facts import case_facts
from comeback.visits.models import Visit
from tests.cast import moscow
from tests.steps.s2_preparation.stage import do

ARRIVED = moscow(3, 9, 5)
NOW = moscow(3, 9, 10)
EVENING = moscow(3, 18)


def receive(case, cast, who="belov", now=NOW, manager="romanova", **more):
    given = {"place": "Кабинет 2", "at": ARRIVED, "manager_id": cast.people[manager].pk if manager else None} | more
    do(case, "3.1", cast, who, now, **given)
    case.refresh_from_db()


def fact(case, name):
    return case_facts([case.pk]).get(case.pk, {}).get(name)


def sidorov_deputises(cast):
    Deputising.objects.create(
        deputy=cast.people["sidorov"],
        absent=cast.people["romanova"],
        site=cast.msk,
        function="after_sales_manager",
        since=date(2025, 6, 1),
        until=date(2025, 6, 9),
    )


def refused_field(case, cast, **more):
    with pytest.raises(Refused) as refused:
        receive(case, cast, **more)
    return refused.value.missing[0].field


def test_the_visit_begins_with_the_arrival(case, cast):
    receive(case, cast, odometer=88_430)
    assert (case.visit.received_at, case.visit.odometer_in) == (ARRIVED, 88_430)
    assert OdometerReading.objects.get(source="reception").km == 88_430
    assert fact(case, "received_with_manager").value == ARRIVED


def test_unfinished_preparation_keeps_no_customer_waiting(case, cast):
    receive(case, cast)
    lines = progress_of(case, NOW).lines
    assert lines["3.1"].state == "done"
    assert lines["2.2"].state == "due"


def test_the_visit_of_the_opened_order_is_the_one_that_begins(case, cast):
    do(case, "2.4", cast, "belov", moscow(2, 12))
    receive(case, cast)
    assert Visit.objects.filter(vehicle=case.vehicle).count() == 2
    assert case.visit.orders.get().stamp


def test_a_deputy_needs_a_reason(case, cast):
    sidorov_deputises(cast)
    assert refused_field(case, cast, manager="sidorov") == "reason"
    receive(case, cast, manager="sidorov", reason="Романова больна")
    assert fact(case, "received_with_manager").note == "Сидоров В. Г. как заместитель: Романова больна"


def test_a_reception_without_the_manager_needs_a_reason(case, cast):
    assert refused_field(case, cast, manager=None) == "reason"
    receive(case, cast, manager=None, reason="На совещании у директора")
    assert fact(case, "received_with_manager").note == "без руководителя: На совещании у директора"


def test_somebody_who_is_no_manager_is_not_named_as_one(case, cast):
    assert refused_field(case, cast, manager="sidorov") == "manager_id"


def test_an_arrival_that_is_still_to_come_is_refused(case, cast):
    assert refused_field(case, cast, at=moscow(3, 9, 11)) == "at"


def test_a_paper_day_is_entered_within_three_working_days_with_a_reason(case, cast):
    assert refused_field(case, cast, now=moscow(5, 10)) == "reason"
    receive(case, cast, now=moscow(5, 10), reason="Не было связи")
    assert fact(case, "received_with_manager").recorded_at == moscow(5, 10)


def test_after_three_working_days_it_is_too_late(case, cast):
    assert refused_field(case, cast, now=moscow(9, 10), reason="Не было связи") == "at"


def test_a_correction_takes_the_place_of_what_was_recorded(case, cast):
    receive(case, cast)
    receive(case, cast, at=moscow(3, 9), place="Зона 1")
    assert case.visit.received_at == moscow(3, 9)
    assert case.receptions.count() == 2


def test_nothing_is_corrected_after_the_hand_over(case, cast):
    receive(case, cast)
    case.visit.handed_over_at = NOW
    case.visit.save(update_fields=["handed_over_at"])
    with pytest.raises(Refused) as refused:
        receive(case, cast)
    assert refused.value.kind == "changed"


# --- the manager's own confirmation


def confirm(case, cast, who="romanova", now=EVENING, **more):
    do(case, "confirm_presence", cast, who, now, **more)


def test_the_advisors_word_is_no_confirmation(case, cast):
    receive(case, cast)
    assert fact(case, "presence_confirmed") is None


def test_the_manager_confirms_with_one_tap(case, cast):
    receive(case, cast)
    confirm(case, cast)
    found = fact(case, "presence_confirmed")
    assert (found.who, found.value) == ("Романова И. А.", "manager")


def test_a_manager_who_records_the_reception_has_confirmed_it(case, cast):
    receive(case, cast, who="romanova")
    assert fact(case, "presence_confirmed").who == "Романова И. А."


def test_the_advisor_does_not_confirm_for_the_manager(case, cast):
    receive(case, cast)
    with pytest.raises(Refused) as refused:
        confirm(case, cast, who="belov")
    assert refused.value.kind == "function"


def test_only_who_is_named_confirms(case, cast):
    sidorov_deputises(cast)
    receive(case, cast)
    with pytest.raises(Refused):
        confirm(case, cast, who="sidorov")


def test_a_confirmation_by_a_deputy_is_kept_apart(case, cast):
    sidorov_deputises(cast)
    receive(case, cast, manager="sidorov", reason="Романова больна")
    confirm(case, cast, who="sidorov")
    assert fact(case, "presence_confirmed").value == "deputy"


def test_a_correction_that_names_somebody_else_makes_the_confirmation_void(case, cast):
    receive(case, cast)
    confirm(case, cast)
    receive(case, cast, manager=None, reason="Записали по ошибке")
    assert fact(case, "presence_confirmed") is None


def test_a_confirmation_on_a_later_day_needs_a_reason(case, cast):
    receive(case, cast)
    with pytest.raises(Refused):
        confirm(case, cast, now=moscow(4, 10))
    confirm(case, cast, now=moscow(4, 10), reason="Была в дороге")


def test_there_is_nothing_to_confirm_before_the_reception(case, cast):
    with pytest.raises(Refused) as refused:
        confirm(case, cast)
    assert refused.value.rule == "3.1"


def test_a_second_confirmation_is_refused(case, cast):
    receive(case, cast)
    confirm(case, cast)
    with pytest.raises(Refused):
        confirm(case, cast)
