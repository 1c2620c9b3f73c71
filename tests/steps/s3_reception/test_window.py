"""The window of step 3 and its pages."""

from __future__ import annotations

import pytest

from comeback.cases.models import FaultCard, RoadTest
from comeback.registers.clock import frozen_at
from comeback.steps.s3_reception.facts import case_facts
from tests.cast import moscow
from tests.steps.s2_preparation.stage import SAID, do
from tests.steps.s2_preparation.test_window import another
from tests.steps.s3_reception.test_carding import WHOLE

NOW = moscow(3, 11)


def finish(case, cast):
    do(case, "3.2", cast, "belov", NOW, answers=WHOLE, signed_by="Иванова М. П.")
    times = {"started": moscow(3, 9, 30), "ended": moscow(3, 9, 50)}
    do(case, "3.3", cast, "kuznetsov", NOW, **times, odometer_out=88_430, odometer_in=88_437, symptom="yes")
    slots = {"starts_at": moscow(4, 12), "work_ends_at": moscow(3, 17)}
    do(case, "3.4", cast, "smirnova", NOW, **slots, how="signed", works=["Диагностика"])
    do(case, "3.5", cast, "smirnova", NOW, manager_id=cast.people["romanova"].pk)
    do(case, "confirm_presence", cast, "romanova", NOW)


def test_a_finished_reception_has_all_its_facts(received, cast):
    finish(received, cast)
    facts = case_facts([received.pk])[received.pk]
    assert set(facts) == {
        "received_with_manager",
        "presence_confirmed",
        "fault_card_signed",
        "driven_with_customer",
        "works_agreed",
        "delivery_offered",
        "manager_reserved_for_delivery",
    }


@pytest.mark.parametrize("others", [0, 2])
def test_the_window_asks_a_fixed_number_of_queries(received, cast, others, django_assert_num_queries):
    finish(received, cast)
    ids = [received.pk, *(another(received, cast).pk for _place in range(others))]
    with django_assert_num_queries(7):
        case_facts(ids)


@pytest.fixture
def browse(client, cast):
    def ask(who, address, typed=None):
        client.force_login(cast.people[who])
        with frozen_at(NOW):
            return client.get(address) if typed is None else client.post(address, typed)

    return ask


@pytest.mark.parametrize(
    ("line", "who", "shows"),
    [
        ("3.1", "belov", "Романова И. А."),
        ("3.2", "belov", "Какой шум"),
        ("3.2/sign", "belov", "Кто подписал"),
        ("3.3", "kuznetsov", "Неисправность проявилась?"),
        ("3.4", "smirnova", "Подменный автомобиль"),
        ("3.4/agree", "belov", "каждая с новой строки"),
        ("3.5", "smirnova", "Романова И. А."),
        ("confirm_presence", "romanova", "Подтвердить"),
    ],
)
def test_the_page_of_a_line_opens(received, browse, line, who, shows):
    page = browse(who, f"/cases/{received.number}/{line}/")
    assert page.status_code == 200
    assert shows in page.content.decode()


def flat(answers):
    return {code: given if len(given) > 1 or code not in ("words",) else given[0] for code, given in answers.items()}


def test_the_card_is_written_and_signed_on_its_page(received, browse):
    address = f"/cases/{received.number}/3.2/"
    form = browse("belov", address).context["form"]
    typed = flat(WHOLE) | {"key": form["key"].value(), "version": 0, "signed_by": "Иванова М. П.", "strokes": ""}
    assert browse("belov", address, typed).status_code == 302
    assert FaultCard.objects.get().signed_by == "Иванова М. П."


def test_the_card_can_be_left_unsigned(received, browse):
    address = f"/cases/{received.number}/3.2/"
    typed = {"key": "k", "version": 0, "signed_by": "Иванова М. П.", "symptom": ["noise"], "words": SAID, "draft": "1"}
    assert browse("belov", address, typed).status_code == 302
    assert FaultCard.objects.get().signed_at is None


def test_a_card_that_is_not_complete_keeps_everything_tapped(received, browse):
    address = f"/cases/{received.number}/3.2/"
    typed = {"key": "k", "version": 0, "signed_by": "Иванова М. П.", "symptom": ["vibration"], "words": SAID}
    page = browse("belov", address, typed)
    assert page.status_code == 422
    assert page.context["form"]["symptom"].value() == ["vibration"]
    assert not FaultCard.objects.exists()


def test_while_it_is_filled_in_the_card_says_what_is_missing_and_saves_nothing(received, browse):
    typed = flat(WHOLE) | {"engine": "cold", "after_drive": "after_30"}
    del typed["speed"]
    page = browse("belov", f"/cases/{received.number}/fault-card/check/", typed).content.decode()
    assert "7 из 8 обязательных ответов" in page
    assert "Скорость" in page
    assert "спросите ещё раз" in page
    assert not FaultCard.objects.exists()


def test_a_stranger_to_the_case_gets_no_answer_from_the_check(received, browse):
    assert browse("nevsky", f"/cases/{received.number}/fault-card/check/", {}).status_code == 404


def test_the_reception_is_recorded_on_its_page(received, cast, browse):
    address = f"/cases/{received.number}/3.1/"
    typed = {
        "key": "k",
        "manager_id": "0",
        "reason": "Руководитель в отпуске",
        "at": "2025-06-03T09:00",
        "place": "Зона",
    }
    assert browse("belov", address, typed).status_code == 302
    received.visit.refresh_from_db()
    assert received.visit.received_at == moscow(3, 9)


def test_the_drive_is_recorded_on_its_page(received, browse):
    address = f"/cases/{received.number}/3.3/"
    typed = {
        "key": "k",
        "symptom": "no",
        "started": "2025-06-03T09:30",
        "ended": "2025-06-03T09:50",
        "odometer_out": "88430",
        "odometer_in": "88437",
        "under_speed": ["from_20", "from_40"],
        "under_engine": "cold",
    }
    assert browse("kuznetsov", address, typed).status_code == 302
    assert RoadTest.objects.get().conditions == {"speed": ["from_20", "from_40"], "engine": ["cold"]}


def test_agreement_and_delivery_are_one_press(received, browse):
    address = f"/cases/{received.number}/3.4/"
    typed = {"key": "k", "how": "spoken", "works": "Диагностика\nТест-драйв", "mobility": "taxi"}
    times = {"work_ends_at": "2025-06-03T17:00", "starts_at": "2025-06-04T10:00"}
    assert browse("smirnova", address, typed | times).status_code == 302
    assert received.works_agreements.get().works == ["Диагностика", "Тест-драйв"]
