"""Before anything else: somebody opens the address that `bin/run` printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_the_stage
from tests.journeys.people import sign_in


@pytest.fixture
def cast(committed_db: str) -> Cast:
    return set_the_stage()


def test_who_is_not_signed_in_is_asked_to_sign_in(cast: Cast, page: Page) -> None:
    page.goto("/")
    expect(page.locator("input[name=login]")).to_be_visible()
    expect(page.locator("input[name=password]")).to_be_visible()


def test_who_signs_in_finds_what_waits_for_him(cast: Cast, page: Page) -> None:
    sign_in(page, "romanova")
    expect(page.get_by_role("heading", name="Ждёт вас")).to_be_visible()


def test_a_new_installation_asks_for_its_first_administrator(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Первый администратор")).to_be_visible()
