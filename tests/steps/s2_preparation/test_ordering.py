"""2.4: the order of this visit is opened and carries «Повторное обращение»."""

from __future__ import annotations

import hashlib

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.models import StoredPrint
from comeback.method.refusal import Refused
from comeback.visits.models import OrderStamp, RepairOrder, Visit
from tests.cast import moscow
from tests.steps.s2_preparation.stage import ARRIVAL, SAID, do

NOW = moscow(2, 12)


def open_order(case, cast, who="belov", **arguments):
    do(case, "2.4", cast, who, NOW, **arguments)
    case.refresh_from_db()
    return OrderStamp.objects.filter(order__visit=case.visit).latest("pk")


def test_the_order_is_opened_for_the_expected_visit_and_stamped_by_itself(case, cast):
    stamp = open_order(case, cast)
    assert stamp.order.number == "ЗН-MSK-2025-0001"
    assert (stamp.case_number, stamp.level, stamp.original_number) == (case.number, 1, "ЗН-1507")
    assert case.visit.expected_at == ARRIVAL
    assert case.visit.received_at is None
    assert [concern.words for concern in stamp.order.concerns.all()] == [SAID]
    assert progress_of(case, NOW).lines["2.4"].state == "done"


def test_each_complaint_is_a_concern_of_its_own(case, cast):
    stamp = open_order(case, cast, complaints=["Скрип спереди", "Горит лампа", " "])
    assert [(it.number, it.words) for it in stamp.order.concerns.order_by("number")] == [
        (1, "Скрип спереди"),
        (2, "Горит лампа"),
    ]


def test_the_number_of_the_dealers_system_is_kept(case, cast):
    assert open_order(case, cast, number="ЗН-1611").order.number == "ЗН-1611"


def test_a_number_that_exists_is_refused(case, cast):
    with pytest.raises(Refused) as refused:
        open_order(case, cast, number="ЗН-1507")
    assert refused.value.missing[0].field == "number"


def test_a_number_that_the_dealers_system_has_used_is_passed_over(case, cast):
    visit = Visit.objects.create(site=cast.msk, vehicle=case.vehicle)
    RepairOrder.objects.create(site=cast.msk, visit=visit, number="ЗН-MSK-2025-0001", opened_at=NOW)
    assert open_order(case, cast).order.number == "ЗН-MSK-2025-0002"


def test_an_order_already_open_is_stamped_and_its_visit_taken(case, cast):
    visit = Visit.objects.create(site=cast.msk, vehicle=case.vehicle, received_at=NOW)
    order = RepairOrder.objects.create(site=cast.msk, visit=visit, number="ЗН-1611", opened_at=NOW)
    stamp = open_order(case, cast, order_id=order.pk)
    assert stamp.order == order
    assert case.visit == visit


def test_a_second_stamp_is_refused(case, cast):
    stamp = open_order(case, cast)
    for again in ({}, {"order_id": stamp.order_id}):
        with pytest.raises(Refused) as refused:
            open_order(case, cast, **again)
        assert refused.value.kind == "changed"


def test_the_order_of_another_car_is_not_taken(case, cast):
    with pytest.raises(Refused) as refused:
        open_order(case, cast, order_id=case.original_order_id)
    assert refused.value.missing[0].field == "order_id"


def test_a_case_without_words_needs_a_complaint(case, cast):
    case.request.words.all().delete()
    with pytest.raises(Refused) as refused:
        open_order(case, cast)
    assert refused.value.missing[0].field == "complaints"


def test_the_print_is_kept_with_its_hash(case, cast):
    open_order(case, cast)
    stored = StoredPrint.objects.get()
    assert hashlib.sha256(stored.file.read()).hexdigest() == stored.sha256
    assert (stored.language, stored.at, stored.by) == ("ru", NOW, cast.people["belov"])


def test_a_new_print_replaces_the_one_before(case, cast):
    open_order(case, cast)
    do(case, "2.4/print", cast, "belov", NOW)
    first, second = StoredPrint.objects.order_by("pk")
    assert first.replaced_by == second
    assert second.replaced_by is None


def test_an_order_without_the_stamp_is_not_printed(case, cast):
    with pytest.raises(Refused) as refused:
        do(case, "2.4/print", cast, "belov", NOW)
    assert refused.value.rule == "2.4"
    assert not StoredPrint.objects.exists()


def test_a_refused_opening_leaves_no_order_behind(case, cast):
    before = RepairOrder.objects.count()
    with pytest.raises(Refused):
        open_order(case, cast, who="orlov")
    assert RepairOrder.objects.count() == before


def test_a_repeated_command_gives_the_same_order(case, cast):
    from comeback.cases.commands import Command
    from comeback.cases.perform import perform

    for _time in range(2):
        perform(Command("2.4", case, {}), actor=cast.actor("belov"), now=NOW, key="one press")
    assert OrderStamp.objects.count() == 1
