"""Before anything else: somebody opens the address that `bin/run` printed."""

from playwright.sync_api import Page, expect


def test_who_is_not_signed_in_is_asked_to_sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    expect(page.locator("input[name=login]")).to_be_visible()
    expect(page.locator("input[name=password]")).to_be_visible()
