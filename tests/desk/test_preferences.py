"""Language and theme stay with the person; every answer carries the policy that lets nothing foreign run."""

import pytest
from django.test import Client

from comeback.registers.models import Group, Person, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def romanova() -> Person:
    site = Site.objects.create(
        group=Group.objects.create(name="Север"), code="MSK", name="Москва", zone="Europe/Moscow"
    )
    return Person.objects.create_user("romanova", "a long pass phrase", name="Романова И. А.", site=site)


@pytest.fixture
def signed_in(client: Client, romanova: Person) -> Client:
    client.force_login(romanova)
    return client


def test_a_person_keeps_language_and_theme(signed_in: Client, romanova: Person) -> None:
    answer = signed_in.post("/preferences/", {"language": "fr", "theme": "dark", "next": "/method/"})
    romanova.refresh_from_db()
    assert (romanova.language, romanova.theme) == ("fr", "dark")
    assert (answer.status_code, answer["Location"]) == (302, "/method/")


def test_a_stranger_keeps_them_in_cookies_of_this_device(client: Client, romanova: Person) -> None:
    client.post("/preferences/", {"language": "fr", "theme": "dark"})
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="fr" data-bs-theme="dark">' in page
    assert "Se connecter" in page


def test_an_unknown_language_or_theme_changes_nothing(signed_in: Client, romanova: Person) -> None:
    signed_in.post("/preferences/", {"language": "tlh", "theme": "pink"})
    romanova.refresh_from_db()
    assert (romanova.language, romanova.theme) == ("ru", "light")


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_server(client: Client, address: str) -> None:
    assert client.post("/preferences/", {"theme": "dark", "next": address})["Location"] == "/"


def test_a_link_cannot_change_preferences(client: Client) -> None:
    assert client.get("/preferences/?theme=dark").status_code == 405


def test_every_answer_carries_the_policy(client: Client) -> None:
    for address in ("/accounts/login/", "/no-such-page/", "/"):
        headers = client.get(address).headers
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_an_administrator_may_allow_a_sign_in_server(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.CSP_FORM_ACTION = ["https://sign-in.dealer.example"]  # type: ignore[attr-defined]
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "form-action 'self' https://sign-in.dealer.example;" in policy


@pytest.mark.parametrize("address", ["password/change/", "logout/", "2fa/", "reauthenticate/"])
def test_account_pages_come_in_the_look_and_language_of_the_person(signed_in: Client, address: str) -> None:
    answer = signed_in.get(f"/accounts/{address}", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="ru" data-bs-theme="light">' in page
    assert 'class="logo"' in page
    assert " style=" not in page


def test_who_forgot_his_password_is_told_whom_to_ask(client: Client, romanova: Person) -> None:
    page = client.get("/accounts/password/reset/")
    assert page.status_code == 200
    assert "администратору" in page.content.decode()
    assert client.post("/accounts/password/reset/", {"email": "romanova@example.org"}).status_code == 405
