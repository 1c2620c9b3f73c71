"""One click signs in the demo's invented people, on this machine, and nobody else ever."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client

from comeback.desk import demo
from tests.cast import Cast, set_the_stage


@pytest.fixture
def cast(db: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def loaded(cast: Cast) -> Cast:
    """As if the demo had been loaded: two of the people are its own."""
    for name in ("romanova", "belov"):
        demo.offer(cast.people[name])
    return cast


def here(**headers: str) -> Client:
    return Client(**{"SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"} | headers)


def click(client: Client, cast: Cast, name: str, **more: str) -> int | str:
    """Where one click leads: an address, or a refusal."""
    answer = client.post("/accounts/demo/", {"person": cast.people[name].pk, **more})
    return answer["Location"] if answer.status_code == 302 else answer.status_code


def test_the_demo_offers_its_people_with_their_functions_in_one_click(loaded):
    shown = here().get("/accounts/login/").content.decode()
    assert "Романова И. А." in shown
    assert "Орлов" not in shown
    client = here()
    assert click(client, loaded, "belov") == "/"
    assert client.session[SESSION_KEY] == str(loaded.people["belov"].pk)
    assert client.get("/").status_code == 200


def test_after_the_click_one_arrives_where_one_wanted_to_go_on_this_server_only(loaded):
    assert click(here(), loaded, "belov", next="/method/") == "/method/"
    assert click(here(), loaded, "belov", next="https://elsewhere.example/") == "/"


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8123", "[::1]:8000", "[::1]"])
def test_every_name_of_this_machine_will_do(loaded, host):
    assert click(here(HTTP_HOST=host), loaded, "belov") == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.168.1.7"},
        {"REMOTE_ADDR": "::ffff:10.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "comeback.dealer.example"},
        {"HTTP_HOST": "127.0.0.1.dealer.example"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_from_another_address_or_under_another_name_nobody_is_offered_or_signed_in(loaded, headers, monkeypatch):
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    client = here(**headers)
    assert click(client, loaded, "belov") == 404
    assert SESSION_KEY not in client.session
    assert "Романова" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("name", "value"), [("HOSTS", ["comeback.dealer.example"]), ("TLS", "proxy"), ("TLS", "own")])
def test_an_installation_that_is_set_up_for_others_offers_nobody(loaded, name, value, monkeypatch):
    monkeypatch.setattr(settings, name, value)
    assert click(here(), loaded, "belov") == 404


def test_without_demo_data_nobody_is_signed_in_with_a_click(cast):
    assert click(here(), cast, "belov") == 404
    assert "Романова" not in here().get("/accounts/login/").content.decode()


@pytest.mark.parametrize("name", ["orlov", "nevsky"])
def test_people_who_are_not_the_demos_are_not_signed_in_with_a_click(loaded, name):
    assert click(here(), loaded, name) == 404


def test_a_demo_person_who_was_deactivated_is_not_signed_in(loaded):
    belov = loaded.people["belov"]
    belov.is_active = False
    belov.save(update_fields=["is_active"])
    assert click(here(), loaded, "belov") == 404


@pytest.mark.parametrize("person", ["", "0", "x", "-1", "1 OR 1=1"])
def test_nonsense_signs_nobody_in(loaded, person):
    assert here().post("/accounts/demo/", {"person": person}).status_code == 404


def test_a_link_signs_nobody_in(loaded):
    assert here().get("/accounts/demo/").status_code == 405


def test_another_page_cannot_make_the_click(loaded):
    client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    assert click(client, loaded, "belov") == 403
