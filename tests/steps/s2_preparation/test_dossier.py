"""2.2: the manager reviews the dossier."""

from __future__ import annotations

import pytest

from comeback.cases.deriving import progress_of
from comeback.cases.messages import wording_of
from comeback.cases.models import Case, Message
from comeback.method.refusal import Refused
from comeback.steps.s2_preparation.queries import SHOWN, dossier_of, past_visits
from comeback.visits.models import Concern, OrderLine, RepairOrder, Visit
from tests.cast import moscow
from tests.steps.s2_preparation.stage import do, original

NOW = moscow(2, 12)


def review(case, cast, who="romanova", **more):
    given = {"findings": "Стойки заменены, сайлентблоки не смотрели", "original_read": original(case).pk} | more
    return do(case, "2.2", cast, who, NOW, **given)


def another_visit(case, cast, day, number, **concern):
    received = moscow(day, 9, month=3)
    visit = Visit.objects.create(
        site=cast.spb, vehicle=case.vehicle, received_at=received, handed_over_at=moscow(day, 17, month=3)
    )
    order = RepairOrder.objects.create(site=cast.spb, visit=visit, number=number, opened_at=received)
    OrderLine.objects.create(order=order, number=1, kind="part", code="508797", description="Стойка")
    Concern.objects.create(order=order, **({"words": "Стук"} | concern))
    return order


def test_a_review_is_refused_while_the_original_order_is_not_opened(case, cast):
    with pytest.raises(Refused) as refused:
        review(case, cast, original_read=None)
    assert refused.value.missing[0].field == "original_read"


def test_reading_another_order_is_not_reading_the_original_one(case, cast):
    other = another_visit(case, cast, 3, "СП-1")
    with pytest.raises(Refused):
        review(case, cast, original_read=other.pk)


def test_a_review_says_what_was_found(case, cast):
    with pytest.raises(Refused) as refused:
        review(case, cast, findings="  ")
    assert refused.value.missing[0].field == "findings"


def test_a_signed_review_keeps_which_visits_were_seen(case, cast):
    seen = original(case).visit_id
    review(case, cast)
    assert case.dossier_reviews.get().visits_seen == [seen]
    assert progress_of(case, NOW).lines["2.2"].state == "done"


def test_only_the_manager_reviews_the_dossier(case, cast):
    with pytest.raises(Refused) as refused:
        review(case, cast, who="belov")
    assert refused.value.missing[0].by == ("after_sales_manager",)


def test_the_expert_gets_the_instruction_at_once(case, cast):
    review(case, cast, instruction="Проверить сайлентблоки под нагрузкой")
    message = Message.objects.get(to=cast.people["kuznetsov"])
    assert wording_of(message).endswith("Проверить сайлентблоки под нагрузкой")


def test_signing_the_review_also_reads_the_notice_of_arrival(case, cast):
    do(case, "2.1", cast, "smirnova", NOW)
    review(case, cast)
    assert Message.objects.get(line="2.1").read_at == NOW


def test_the_dossier_shows_visits_of_the_whole_group_newest_first(case, cast):
    another_visit(case, cast, 3, "СП-1")
    found = dossier_of(case, NOW)
    assert [order.number for visit in found.visits for order in visit.orders.all()] == ["ЗН-1507", "СП-1"]


def test_the_dossier_points_at_repeated_parts_and_faults_not_reproduced(case, cast):
    Concern.objects.filter(order=original(case)).update(result="not_reproduced")
    another_visit(case, cast, 3, "СП-1")
    warnings = dossier_of(case, NOW).warnings
    assert "В прошлый заезд неисправность не воспроизвели" in warnings
    assert "Одна и та же деталь не в первый раз: 508797" in warnings


def test_a_long_history_is_cut_and_says_how_much(case, cast):
    for place in range(SHOWN + 2):
        another_visit(case, cast, place + 1, f"СП-{place}")
    found = dossier_of(case, NOW)
    assert (len(found.visits), found.left_out) == (SHOWN, 3)


@pytest.mark.parametrize("visits", [1, 3])
def test_the_dossier_asks_a_fixed_number_of_queries(case, cast, visits, django_assert_num_queries):
    for place in range(visits - 1):
        another_visit(case, cast, place + 1, f"СП-{place}")
    fresh = Case.objects.select_related("site", "vehicle").get(pk=case.pk)
    with django_assert_num_queries(5):
        dossier_of(fresh, NOW)


def test_this_visit_is_no_part_of_the_history(case, cast):
    do(case, "2.4", cast, "belov", NOW)
    case.refresh_from_db()
    case.visit.received_at = NOW
    case.visit.save(update_fields=["received_at"])
    assert case.visit not in past_visits(case)
