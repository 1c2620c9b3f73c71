"""Method 7.1, 7.3, 7.4: what the customer is told, offered and shown before the car leaves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comeback.cases.models import RoadTest
from comeback.method.refusal import Refused
from comeback.visits.models import Concern
from tests.cast import moscow
from tests.steps.s6_settlement.stage import NOW, Stage
from tests.steps.s7_handover.talk import answer, document, explain, offer, settle, talk

pytestmark = pytest.mark.django_db
DRIVE = {"started": moscow(4, 14), "ended": moscow(4, 14, 30), "symptom": "no"}


def second_concern(stage: Stage) -> Concern:
    return Concern.objects.create(order=stage.order, number=2, words="Не греет сиденье", result="fixed")


def test_two_concerns_need_two_explanations(settled):
    second = second_concern(settled)
    with pytest.raises(Refused, match="Не греет сиденье"):
        explain(settled, concern_ids=[settled.concern.pk])
    explain(settled, concern_ids=[settled.concern.pk, second.pk])
    assert settled.now_so()["work_explained"].note == "Иванова"


def test_a_concern_added_later_owes_the_explanation_again(settled):
    explain(settled)
    second_concern(settled)
    assert settled.now_so()["work_explained"].void


def test_to_whom_it_was_explained_is_owed(settled):
    with pytest.raises(Refused) as refused:
        explain(settled, to_whom=" ")
    assert refused.value.missing[0].field == "to_whom"


@pytest.mark.parametrize("line", ["explain", "answer", "offer", "document"])
def test_nothing_of_the_talk_happens_before_the_quality_check(settled, line):
    del settled.facts["quality_passed"]
    with pytest.raises(Refused) as refused:
        {"explain": explain, "answer": answer, "offer": offer, "document": document}[line](settled)
    assert "5.1" in {item.need for item in refused.value.missing}


def test_the_talk_waits_for_the_settlement(stage):
    with pytest.raises(Refused) as refused:
        explain(stage)
    assert refused.value.rule == "G8"
    assert {item.need for item in refused.value.missing} == {"6.1", "6.2"}


def test_a_mechanic_does_not_talk_to_the_customer(settled):
    with pytest.raises(Refused) as refused:
        answer(settled, who="orlov")
    assert refused.value.kind == "function"


def test_a_drive_offered_and_refused_is_offered(settled):
    with pytest.raises(Refused) as refused:
        offer(settled, "refused")
    assert refused.value.missing[0].field == "reason"
    offer(settled, "refused", reason="Спешит")
    assert settled.now_so()["drive_offered"].value is False


def test_a_noise_without_an_offered_drive_does_not_leave(settled):
    settled.drive_after_work()
    explain(settled)
    answer(settled)
    document(settled)
    with pytest.raises(Refused) as refused:
        settled.do("hand_over", "belov", receiver="customer", signed=True, odometer_km=88_460)
    assert refused.value.rule == "G9"
    assert {item.need for item in refused.value.missing} == {"7.3"}


def test_only_an_accepted_drive_is_driven(settled):
    offer(settled, "refused", reason="Спешит")
    with pytest.raises(Refused, match=r"7\.3"):
        settled.do("7.3/drive", "kuznetsov", **DRIVE)
    offer(settled)
    row = settled.do("7.3/drive", "kuznetsov", **DRIVE).results[0]
    assert (row.kind, row.driver.username) == ("delivery", "kuznetsov")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ended": moscow(4, 14)}, "ended"),
        ({"ended": moscow(4, 15, 1)}, "ended"),
        ({"odometer_out": 88_440, "odometer_in": 88_430}, "odometer_in"),
    ],
)
def test_a_drive_that_cannot_have_been_is_refused(settled, wrong, field):
    offer(settled)
    with pytest.raises(Refused) as refused:
        settled.do("7.3/drive", "kuznetsov", now=NOW, **(DRIVE | wrong))
    assert refused.value.missing[0].field == field
    assert not RoadTest.objects.filter(kind="delivery").exists()


def test_the_customer_who_pays_nothing_gets_a_list_of_works(settled):
    row = document(settled).results[0]
    assert (row.kind, row.amount) == ("list", 0)


def test_the_customer_who_pays_gets_an_invoice_with_its_number_and_the_agreed_amount(stage):
    settle(stage, customer=20)
    with pytest.raises(Refused) as refused:
        document(stage, number=" ")
    assert refused.value.missing[0].field == "number"
    row = document(stage, number="С-118").results[0]
    assert (row.kind, row.amount) == ("invoice", 200_000)


def test_no_document_while_nobody_has_decided_who_pays(stage):
    given = {"reason": "Клиент торопится, решим завтра"}
    stage.do("G8/override", "romanova", **given)
    with pytest.raises(Refused) as refused:
        document(stage)
    assert refused.value.missing[0].need == "6.2"


def test_a_document_over_another_amount_is_explained_anew(stage):
    settle(stage, customer=20)
    document(stage, number="С-118")
    cost = {"kind": "towing", "description": "Эвакуатор", "quantity": Decimal(1), "account": "customer"}
    stage.do("6.1/add", "gromova", unit=500_000, **cost)
    assert stage.now_so()["document_explained"].void


def test_the_next_round_starts_the_talk_anew(settled):
    talk(settled)
    from comeback.cases.rounds import open_round

    open_round(settled.case, why="5.1", note="", actor=settled.cast.actor("laptev"), now=NOW)
    assert not {"work_explained", "cure_confirmed", "drive_offered", "document_explained"} & settled.now_so().keys()
