"""A request that comes through another system: taken once, judged at once, refused in the caller's terms."""

from __future__ import annotations

import pytest

from comeback.cases.models import Request
from comeback.desk.tokens import make_token
from comeback.registers import clock
from tests.cast import moscow

NOW = moscow(2, 10, 5)
ASKED = {
    "text": "Опять скрип спереди, как до ремонта",
    "plate": "a123bc 77",
    "customer": "Иванова Мария Петровна",
    "phone": "8 916 123-45-67",
    "odometer_km": 88_430,
    "claims_comeback": True,
}


@pytest.fixture
def post(call, client):
    token = make_token(call.cast.people["smirnova"], name="Сайт", now=NOW)

    def ask(key="k1", **changes):
        with clock.frozen_at(NOW):
            return client.post(
                "/api/v1/requests",
                ASKED | changes,
                content_type="application/json",
                headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
            )

    return ask


def test_a_request_of_another_system_is_taken_down_and_judged(call, post):
    answer = post().json()
    request = Request.objects.get()
    assert (request.vehicle, request.customer, request.channel) == (call.vehicle, call.customer, "form")
    assert request.words.get().text == ASKED["text"]
    assert answer["said"]["verdict"] == "comeback"
    assert answer["said"]["order_no"] == "ЗН-1507"
    assert "ЗН-1507" in " ".join(answer["said"]["reasons"])
    assert {line["line"]: line["state"] for line in answer["subject"]["lines"]} == {"1.1": "due", "1.2": "done"}


def test_the_same_request_sent_twice_is_taken_once(post):
    first, second = post().json(), post().json()
    assert (first["replayed"], second["replayed"]) == (False, True)
    assert first["subject"]["id"] == second["subject"]["id"]
    assert Request.objects.count() == 1


def test_a_request_without_a_car_is_taken_down_all_the_same(post):
    answer = post(plate="", phone="", customer="").json()
    assert Request.objects.get().vehicle is None
    assert answer["subject"]["vin"] == ""


def test_a_request_for_a_site_where_the_caller_does_nothing_is_refused(post):
    answer = post(site="SPB")
    assert answer.status_code == 422
    assert answer.json()["missing"][0]["field"] == "site"


def test_a_request_without_words_is_refused(post):
    answer = post(text="")
    assert answer.status_code == 422
    assert answer.json()["missing"][0]["field"] == "text"
