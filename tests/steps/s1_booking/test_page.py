"""The booking page: everything of step 1 by one button, with scripts and without."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from comeback.cases.deriving import progress_of
from comeback.cases.models import Case, CommandKey, Request
from comeback.diary.models import Absence, Appointment
from comeback.registers import clock
from comeback.registers.models import Customer, OdometerReading, Ownership, Vehicle
from comeback.steps.s1_booking import taking
from comeback.steps.s1_booking.models import Answer
from tests.cast import moscow
from tests.steps.s1_booking.conftest import NOW, WORDS


@pytest.fixture
def desk(call):
    """Smirnova at her screen, Monday 10:00."""
    with clock.frozen_at(NOW):
        yield signed_in(call, "smirnova")


def signed_in(call, who: str) -> Client:
    client = Client()
    client.force_login(call.cast.people[who])
    return client


def typed(call, **more) -> dict[str, str]:
    return {"vehicle": call.vehicle.pk, "words": WORDS, "odometer_km": "88 430", "key": "k-1"} | more


def book(desk, call, **more):
    return desk.post("/booking/", typed(call, do="book", **more))


def html(response) -> str:
    return response.content.decode()


def test_one_press_books_the_comeback_with_all_its_lines(desk, call):
    response = book(desk, call, reply="yes", ask_where="front_right")
    case = Case.objects.get()
    assert response.headers["Location"] == f"/cases/{case.number}/"
    progress = progress_of(case, NOW)
    assert {line: progress.lines[line].state for line in ("1.1", "1.2", "1.3", "1.4")} == dict.fromkeys(
        ("1.1", "1.2", "1.3", "1.4"), "done"
    )
    reception = taking.reception_of(case)
    assert (reception.starts_at, reception.ends_at) == (moscow(2, 13), moscow(2, 14, 15))
    words = case.request.words.get()
    assert (words.text, words.answers) == (WORDS, {"guide": "1", "where": "front_right"})
    assert case.original_order == call.order
    assert OdometerReading.objects.get().km == 88_430


def test_the_manager_is_informed_in_the_same_breath_when_step_2_is_furnished(desk, call):
    from comeback.cases.commands import ACTIONS

    book(desk, call, reply="yes")
    state = progress_of(Case.objects.get(), NOW).lines["2.1"].state
    assert state == ("done" if "2.1" in ACTIONS else "due")


def test_a_likely_comeback_cannot_be_booked_unanswered(desk, call):
    response = book(desk, call)
    assert response.status_code == 422
    assert WORDS in html(response)
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"words": " ", "reply": "yes"},
        {"reply": "no"},
        {"reply": "yes", "original": "elsewhere"},
        {"reply": "yes", "skip_expert": "1"},
        {"reply": "yes", "skip_drive": "1", "drive_reason": "нет"},
        {"reply": "yes", "vehicle": "", "original": "elsewhere", "original_note": "у других", "nature": "NVH"},
    ],
    ids=["no words", "no reason", "no original", "no reason for no expert", "too short a reason", "no car"],
)
def test_what_is_lacking_is_named_and_nothing_is_written(desk, call, more):
    response = book(desk, call, **more)
    assert response.status_code == 422
    assert 'class="refusal"' in html(response)
    assert not Request.objects.exists()
    assert not CommandKey.objects.exists()


def test_pressed_twice_it_books_once_and_leads_to_the_same_case(desk, call):
    first, second = book(desk, call, reply="yes"), book(desk, call, reply="yes")
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == Appointment.objects.count() == 1


def test_a_time_that_was_taken_meanwhile_is_refused_and_another_is_offered(desk, call):
    slot = moscow(2, 13).isoformat()
    book(desk, call, reply="yes", slot=slot)
    response = book(desk, call, reply="yes", slot=slot, key="k-2")
    assert response.status_code == 409
    assert Case.objects.count() == 1
    assert "14:15" in html(response)


def test_a_proposed_time_that_was_left_alone_moves_with_what_is_typed_but_is_booked_as_it_was_read(desk, call):
    proposed = {"slot": moscow(2, 13).isoformat(), "best": moscow(2, 13).isoformat()}
    danger = html(desk.post("/booking/panels/", typed(call, words="Отказали тормоза после ремонта", **proposed)))
    assert f'value="{moscow(2, 10).isoformat()}" checked' in danger
    kept = html(desk.post("/booking/panels/", typed(call, slot=moscow(2, 15).isoformat(), best=proposed["best"])))
    assert f'value="{moscow(2, 15).isoformat()}" checked' in kept
    book(desk, call, reply="yes", **proposed)
    assert book(desk, call, reply="yes", key="k-2", **proposed).status_code == 409


def test_a_deviation_from_the_rule_is_a_recorded_decision(desk, call):
    book(desk, call, reply="yes", skip_drive="1", drive_reason="Клиент спешит, ребёнок в машине")
    case = Case.objects.get()
    decision = case.decisions.get()
    assert (decision.line, decision.needed, decision.reason) == ("1.4", False, "Клиент спешит, ребёнок в машине")
    assert progress_of(case, NOW).lines["1.4"].state == "skip"


def test_no_comeback_gets_an_ordinary_time_and_no_case(desk, call):
    response = book(desk, call, words="Записать на ТО", nature="MAINT")
    assert response.status_code == 302
    assert not Case.objects.exists()
    answer = Answer.objects.get()
    assert (answer.reply, answer.reason) == ("no", "unrelated")
    appointment = Appointment.objects.get()
    assert appointment.vehicle == call.vehicle
    assert (appointment.ends_at - appointment.starts_at).seconds == 30 * 60


def test_what_nobody_knows_yet_saves_the_time_of_a_comeback(desk, call):
    response = book(desk, call, reply="unknown")
    request = Request.objects.get()
    assert response.headers["Location"] == f"/requests/{request.pk}/"
    assert progress_of(request, NOW).lines["1.1"].state == "due"
    appointment = request.offers.get().appointment
    assert {it.name for it in taking.reserved_in(appointment)} == {
        "Пост 1", "Белов К. С.", "Романова И. А.", "Кузнецов Д. Н."
    }  # fmt: skip


def test_a_new_car_and_a_new_customer_are_entered_with_the_call(desk, call):
    new = {"vehicle": "", "plate": "е555ее77", "model": "C5", "name": "Ёлкин Олег", "phone": "8 903 555-44-33"}
    book(desk, call, **new, words="Стучит после вашего ремонта", reply="yes", nature="NVH", original="elsewhere",
         original_note="Ремонт в 2019 году, до учёта")  # fmt: skip
    case = Case.objects.get()
    assert case.vehicle.plates.get().key == "E555EE77"
    assert (case.customer.name, case.customer.phones.get().number) == ("Ёлкин Олег", "+79035554433")
    assert Ownership.objects.filter(vehicle=case.vehicle, customer=case.customer).exists()


def test_a_new_owner_of_a_known_car_gets_its_history_but_not_the_name_before(desk, call):
    book(desk, call, reply="yes", name="Сергеев Пётр", phone="+7 926 000-11-22")
    assert Case.objects.get().customer.name == "Сергеев Пётр"
    page = html(desk.get(f"/booking/?vehicle={call.vehicle.pk}"))
    assert "ЗН-1507" in page
    assert "Сергеев" in page
    assert "Иванова" not in page


def test_words_of_danger_mean_no_drive_and_the_first_time_of_today(desk, call):
    book(desk, call, words="После ремонта отказали тормоза, педаль проваливается", reply="yes", ask_tow="1")
    case = Case.objects.get()
    choice = case.request.natures.get()
    assert (choice.nature, choice.danger) == ("SAFETY", True)
    assert taking.reception_of(case).starts_at == moscow(2, 10)
    assert case.request.words.get().answers["tow"] == "offered"
    progress = progress_of(case, NOW)
    assert [progress.lines[line].state for line in ("1.3", "1.4")] == ["done", "skip"]


def test_the_danger_flag_can_be_taken_back_by_a_person(desk, call):
    words = "После ремонта отказали тормоза"
    assert 'id="danger" value="1" checked' in html(desk.post("/booking/panels/", typed(call, words=words)))
    taken_back = html(desk.post("/booking/panels/", typed(call, words=words, heard_danger="1", proposed="SAFETY")))
    assert 'id="danger" value="1" checked' not in taken_back


def test_a_nature_chosen_by_a_person_is_not_overwritten_by_further_words(desk, call):
    kept = html(desk.post("/booking/panels/", typed(call, nature="BODY", proposed="NVH")))
    assert 'value="BODY" checked' in kept
    renewed = html(
        desk.post("/booking/panels/", typed(call, words="Течёт масло под машиной", nature="NVH", proposed="NVH"))
    )
    assert 'value="LEAK" checked' in renewed


def test_an_expert_on_leave_is_named_and_his_day_not_offered(desk, call):
    Absence.objects.create(person=call.cast.people["kuznetsov"], since=moscow(2, 0), until=moscow(3, 0))
    page = html(desk.post("/booking/panels/", typed(call)))
    assert "Кузнецов Д. Н.: " in page
    assert f'value="{moscow(3, 9).isoformat()}" checked' in page


def test_without_scripts_the_answer_button_shows_the_page_anew_with_everything_typed(desk, call):
    response = desk.post("/booking/", typed(call, say="yes"))
    assert response.status_code == 200
    assert WORDS in html(response)
    assert 'name="reply" value="yes"' in html(response)
    assert not Request.objects.exists()


def test_the_fragments_never_replace_the_field_that_is_being_typed_in(desk, call):
    fragments = html(desk.post("/booking/panels/", typed(call)))
    assert "<textarea" not in fragments
    assert fragments.count("<hx-partial") == 5


def test_enter_on_what_leads_to_one_car_opens_it_and_on_several_shows_them(desk, call):
    assert desk.get("/booking/?q=А123ВС77").headers["Location"].startswith(f"/booking/?vehicle={call.vehicle.pk}&")
    second = Vehicle.objects.create(group=call.cast.group, model="C3")
    Ownership.objects.create(vehicle=second, customer=Customer.objects.get(), since=date(2024, 1, 1))
    response = desk.get("/booking/?q=4567")
    assert response.status_code == 200
    assert html(response).count("?vehicle=") == 2


@pytest.mark.parametrize(
    ("text", "field"),
    [("Х777ХХ77", "plate"), ("VF7SXHMZ6KW500001", "vin"), ("8 903 555-44-33", "phone"), ("Ёлкин Олег", "name")],
)
def test_what_was_searched_for_in_vain_is_typed_already(desk, call, text, field):
    page = html(desk.get("/booking/", {"q": text}))
    assert f'name="{field}"' in page
    assert page.count(f'value="{text}"') == 3  # the search field, the form's own record of it, the new field


def test_what_is_typed_or_sent_cannot_make_the_page_fail(desk, call):
    fields = ("vehicle", "slot", "day", "odometer_km", "nature", "original", "ask_where", "say")
    nonsense = dict.fromkeys(fields, "\x00<script>%s'\"9999999999999999999999")
    assert desk.post("/booking/panels/", typed(call, **nonsense)).status_code == 200
    assert desk.get("/booking/", nonsense).status_code == 200
    assert desk.get("/diary/?day=2025-13-45").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("belov", 200), ("romanova", 403), ("orlov", 403), ("gromova", 403)])
def test_only_who_may_take_the_words_sees_the_booking_page(desk, call, who, status):
    client = signed_in(call, who)
    assert client.get("/booking/").status_code == status
    assert client.get("/booking/found/?q=4567").status_code == status
    assert client.post("/booking/panels/", {}).status_code == status


def test_a_car_of_another_group_cannot_be_opened_by_its_number(desk, call):
    stranger = Vehicle.objects.create(group=type(call.cast.group).objects.create(name="Чужие"), model="Секрет")
    assert "Секрет" not in html(desk.get(f"/booking/?vehicle={stranger.pk}"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_and_its_fragments_cost_the_same_for_one_earlier_order_and_for_three(
    desk, call, count, django_assert_num_queries
):
    from comeback.visits.models import Concern, RepairOrder

    for number in range(count - 1):
        order = RepairOrder.objects.create(
            site=call.cast.msk, visit=call.order.visit, number=f"ЗН-{number}", opened_at=moscow(1, 9, month=5)
        )
        Concern.objects.create(order=order, words="Горит лампа")
    desk.get("/booking/")
    with django_assert_num_queries(20):
        assert desk.get(f"/booking/?vehicle={call.vehicle.pk}").status_code == 200
    with django_assert_num_queries(18):
        assert desk.post("/booking/panels/", typed(call)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_diary_costs_the_same_for_one_appointment_and_for_three(desk, call, count, django_assert_num_queries):
    for number in range(count):
        book(desk, call, reply="yes", key=f"k-{number}", slot=moscow(3, 9 + 2 * number).isoformat())
    assert Appointment.objects.count() == count
    with django_assert_num_queries(12):
        page = html(desk.get("/diary/?day=2025-06-03"))
    assert page.count('href="/cases/MSK-2025') == count
