"""The pages of step 5: each opens for its people, keeps what was typed, and does what its form says."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.desk.screens import SCREENS
from comeback.steps.s5_quality.models import DeliveryConfirmation, Inspection, Measure, RegisterEntry
from tests.cast import moscow
from tests.steps.s4_repair.stage import fact, finished
from tests.steps.s4_repair.test_screens import Desk
from tests.steps.s5_quality.stage import CHECKED, delivery_offered, passed, sheet


@pytest.fixture
def desk(client, cast):
    return lambda who, now: Desk(client, cast, who, now)


@pytest.fixture
def ready(case, cast):
    finished(case, cast)
    delivery_offered(case, cast.people["smirnova"])
    return case


@pytest.mark.parametrize(
    ("who", "name"), [("laptev", "5.1"), ("sidorov", "5.2"), ("sidorov", "5.3"), ("laptev", "5.4")]
)
def test_every_page_opens(ready, cast, desk, who, name):
    passed(ready, cast)
    page = desk(who, moscow(2, 16)).open(ready, name)
    assert page.status_code == 200
    assert "Опять скрипит спереди" in page.content.decode()


def typed(case, **more):
    given = sheet(case)
    return {
        "edition": given["edition"],
        "verdict": "pass",
        **given["results"],
        **{f"{item}_value": text for item, text in given["values"].items()},
    } | more


def test_the_list_is_answered_and_signed(ready, cast, desk):
    assert desk("laptev", CHECKED).send(ready, "5.1", **typed(ready, minutes="12")).status_code == 302
    row = Inspection.objects.get()
    assert (row.verdict, row.minutes, row.answers["C1"]["value"]) == ("pass", 12, "ключ 7, 90 Н·м")


def test_every_open_item_is_marked_and_the_answers_are_kept(ready, cast, desk):
    page = desk("laptev", CHECKED).send(ready, "5.1", **typed(ready, C2="", B1="na"))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"C2", "B1"}
    assert page.context["form"]["A1"].value() == "ok"
    assert Inspection.objects.count() == 0


def test_a_failed_check_asks_for_its_reason(ready, cast, desk):
    page = desk("laptev", CHECKED)
    assert page.send(ready, "5.1", **typed(ready, verdict="fail")).status_code == 422
    assert page.send(ready, "5.1", **typed(ready, verdict="fail", return_reason="Течь")).status_code == 302
    assert Inspection.objects.get().return_reason == "Течь"


def test_whoever_worked_on_the_car_is_told_so_before_he_fills_in_the_list(ready, cast, desk):
    assert desk("orlov", CHECKED).open(ready, "5.1").context["worked"]
    assert not desk("laptev", CHECKED).open(ready, "5.1").context["worked"]


def test_the_delivery_is_confirmed_with_two_taps(ready, cast, desk):
    passed(ready, cast)
    sent = desk("sidorov", moscow(2, 16)).send(ready, "5.2", channel="phone", answer="message_left")
    assert sent.status_code == 302
    assert DeliveryConfirmation.objects.get().answer == "message_left"


def test_a_mechanic_sees_neither_name_nor_phone_of_the_customer(ready, cast, desk):
    assert "+79161234567" in desk("sidorov", CHECKED).open(ready, "5.2").content.decode()
    shown = desk("orlov", CHECKED).open(ready, "5.2").content.decode()
    assert "+79161234567" not in shown
    assert "Иванова" not in shown


def test_an_advisor_says_which_foreman_passed_it_on(ready, cast, desk):
    passed(ready, cast)
    page = desk("belov", moscow(2, 16))
    form = page.open(ready, "5.2").context["form"]
    assert form["delegated_by_id"].value() == cast.people["sidorov"].pk
    sent = page.send(ready, "5.2", channel="phone", answer="agreed", delegated_by_id=cast.people["sidorov"].pk)
    assert sent.status_code == 302


def test_the_register_is_filled_with_what_stands(ready, cast, desk):
    page = desk("sidorov", moscow(2, 16))
    given = {"cause": "I1", "verdict": "our_repair", "owner_id": cast.people["sidorov"].pk, "version": 0}
    assert page.send(ready, "5.3", **given).status_code == 302
    form = page.open(ready, "5.3").context["form"]
    assert (form["cause"].value(), form["version"].value()) == ("I1", 1)
    assert page.send(ready, "5.3", **given | {"key": "k2", "cause": "D2"}).status_code == 409
    assert page.send(ready, "5.3", **given | {"key": "k3", "cause": "D2", "version": 1}).status_code == 302
    assert RegisterEntry.objects.count() == 2


def test_a_measure_gets_its_criterion_later(ready, cast, desk):
    page = desk("laptev", moscow(2, 16))
    given = {
        "kind": "tool", "text": "Поверить ключ", "owner_id": cast.people["orlov"].pk, "due": "2025-06-10",
    }  # fmt: skip
    assert page.send(ready, "5.4", **given).status_code == 302
    first = Measure.objects.get()
    shown = page.open(ready, "5.4").content.decode()
    assert f"replaces_id={first.pk}" in shown
    more = {"replaces_id": first.pk, "criterion": "90 дней без повторных", "check_on": "2025-09-10", "key": "k2"}
    assert page.send(ready, "5.4", **given | more).status_code == 302
    assert fact(ready, "criteria_set")
    assert Measure.objects.get(replaced_by=None).check_on == date(2025, 9, 10)


def test_no_measure_needs_only_the_managers_reason(ready, cast, desk):
    page = desk("laptev", moscow(2, 16))
    given = {"kind": "none", "text": "Разовый случай, дефект части", "decided_by_id": cast.people["romanova"].pk}
    assert page.send(ready, "5.4", **given).status_code == 302


@pytest.mark.parametrize("attempts", [1, 3])
def test_the_list_costs_the_same_after_one_attempt_and_after_three(ready, cast, attempts, django_assert_num_queries):
    for attempt in range(1, attempts + 1):
        Inspection.objects.create(
            case=ready, round=1, attempt=attempt, edition=1, verdict="fail", at=CHECKED, by=cast.people["laptev"],
            function="quality_controller",
        )  # fmt: skip
    screen = SCREENS["5.1"]
    with django_assert_num_queries(9):
        shown = screen.context(ready, actor=cast.actor("laptev"), now=CHECKED)
        assert len([row.by.name for row in shown["attempts"]]) == attempts
        form = screen.form(subject=ready, actor=cast.actor("laptev"), now=CHECKED)
        assert len([row for _heading, rows in form.sections() for row in rows]) == 32
