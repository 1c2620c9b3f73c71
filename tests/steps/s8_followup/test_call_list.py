"""«Контакты 48 ч» and the reminders of the worker."""

from __future__ import annotations

import pytest

from comeback.cases.models import Due, Message
from comeback.registers.clock import frozen_at
from comeback.steps.s8_followup.models import Reminder
from comeback.steps.s8_followup.queries import calls_of, second_calls_of
from comeback.steps.s8_followup.reminders import remind
from comeback.visits.models import Visit
from tests.cast import moscow
from tests.steps.s8_followup.test_contact import attempt, contact

pytestmark = pytest.mark.django_db
HOURS = [moscow(5, 14), moscow(5, 15), moscow(6, 8), moscow(6, 9), moscow(6, 14), moscow(6, 15), moscow(7, 9)]


def owe_two_more(stage) -> None:
    for hour in (10, 12):
        case = stage.another_case()
        case.visit = Visit.objects.create(
            site=stage.cast.msk, vehicle=case.vehicle, received_at=moscow(2, 9), handed_over_at=moscow(4, hour)
        )
        case.save(update_fields=["visit"])
        owed = {"kind": "case", "subject_id": case.pk, "site": stage.cast.msk, "case": case, "line": "8.1"}
        Due.objects.create(**owed, state="due", function="after_sales_manager", due_at=moscow(6, hour))


def test_the_least_time_left_comes_first(handed_over):
    owe_two_more(handed_over)
    calls = calls_of(handed_over.cast.msk)
    assert [call.due_at for call in calls] == [moscow(6, 10), moscow(6, 12), moscow(6, 15)]
    last = calls[-1]
    assert (last.case, last.plate, last.phone) == (handed_over.case, "А123ВС77", "+79161234567")
    assert last.next_at == moscow(5, 15)
    assert calls_of(handed_over.cast.spb) == []


def test_a_try_moves_the_next_one(handed_over):
    attempt(handed_over, at=moscow(5, 10))
    assert calls_of(handed_over.cast.msk)[0].next_at == moscow(5, 14)
    attempt(handed_over, "call_back", at=moscow(5, 14), call_back_at=moscow(5, 20))
    assert calls_of(handed_over.cast.msk)[0].next_at == moscow(5, 20)


def test_who_was_reached_leaves_the_list(handed_over):
    contact(handed_over)
    assert calls_of(handed_over.cast.msk) == second_calls_of(handed_over.cast.msk) == []


def test_who_had_not_tried_the_car_is_called_again_in_seven_days(handed_over):
    contact(handed_over, answers={"q1": "not_tried"})
    assert [call.due_at for call in second_calls_of(handed_over.cast.msk)] == [moscow(12, 12)]
    contact(handed_over, at=moscow(12, 12))
    assert second_calls_of(handed_over.cast.msk) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_call_list_takes_six_queries(handed_over, django_assert_num_queries, rows):
    if rows == 3:
        owe_two_more(handed_over)
    with django_assert_num_queries(6):
        assert len(calls_of(handed_over.cast.msk)) == rows


def test_the_managers_are_reminded_once_a_stage(handed_over):
    made = [remind(now) for now in HOURS]
    assert made == [0, 1, 0, 1, 0, 1, 0]
    messages = Message.objects.filter(code__startswith="contact_").order_by("pk")
    assert [message.params["stage"] for message in messages] == ["24", "6", "over"]
    assert {message.to.username for message in messages} == {"romanova"}


def test_after_a_pause_of_the_worker_only_the_stage_of_now_is_written(handed_over):
    assert remind(moscow(6, 16)) == 1
    assert [row.stage for row in Reminder.objects.all()] == ["over"]


def test_who_was_reached_is_not_reminded_of(handed_over):
    contact(handed_over)
    assert remind(moscow(7, 9)) == 0


@pytest.fixture
def sign_in(client, handed_over):
    def enter(who: str):
        client.force_login(handed_over.cast.people[who])
        return client

    return enter


def test_the_page_lists_whom_to_call(sign_in, handed_over):
    with frozen_at(moscow(5, 12)):
        page = sign_in("romanova").get("/contacts/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Иванова Мария Петровна" in text
    assert f"/cases/{handed_over.case.number}/8.1/" in text


@pytest.mark.parametrize("who", ["orlov", "kuznetsov", "gromova"])
def test_names_and_telephones_are_not_for_the_workshop(sign_in, who):
    with frozen_at(moscow(5, 12)):
        page = sign_in(who).get("/contacts/")
    assert page.status_code == 403
    assert "Иванова" not in page.content.decode()
