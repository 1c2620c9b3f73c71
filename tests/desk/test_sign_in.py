"""Signing in: with name or e-mail, hashed with Argon2, and not by guessing."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from comeback.config import settings as production
from comeback.registers.models import Person

PASSWORD = "стойка-стабилизатора-12"


@pytest.fixture
def romanova(db: None) -> Person:
    return Person.objects.create_user("romanova", PASSWORD, name="Романова И. А.", email="romanova@example.org")


def tried(client: Client, password: str, login: str = "romanova") -> bool:
    """Whether these words let him in."""
    answer = client.post("/accounts/login/", {"login": login, "password": password})
    return answer.status_code == 302 and "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["romanova", "romanova@example.org"])
def test_name_or_mail_and_password_let_in(client: Client, romanova: Person, login: str) -> None:
    assert tried(client, PASSWORD, login)


def test_passwords_are_kept_as_argon2(settings) -> None:
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS  # tests have a faster one
    assert make_password(PASSWORD).startswith("argon2$")


def test_somebody_who_left_is_not_let_in(client: Client, romanova: Person) -> None:
    romanova.is_active = False
    romanova.save(update_fields=["is_active"])
    assert not tried(client, PASSWORD)


def test_who_guesses_is_stopped_even_when_he_guesses_right_at_last(client: Client, romanova: Person) -> None:
    for number in range(6):
        assert not tried(client, f"догадка-{number}")
    assert not tried(client, PASSWORD)
