"""A real browser over `site_url`: the system's Chromium, driven by Playwright.

`page`       one person at one screen
`open_page`  further people, each with cookies of their own; options as for Playwright's `new_context` (`viewport=`)

Whatever a page reports as an error of its own (scripts, refused styles, blocked addresses) fails the test.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.rig.machine import chromium

DESK = {"width": 1440, "height": 900}
TABLET = {"width": 1180, "height": 820}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 40_000  # the first figures load Ibis; a busy machine takes its time


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of the process."""
    path = chromium()
    if not path:
        pytest.fail(
            "No Chromium on this machine: bin/setup test installs it or says how (COMEBACK_CHROMIUM names one)."
        )
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*sandbox, "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site_url: str) -> Iterator[Callable[..., Page]]:
    """Opens a page for one more person; relative addresses are the served application's."""
    contexts = []
    errors: list[str] = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(**{"base_url": site_url, "locale": "ru-RU", "viewport": DESK, **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda message: errors.extend(_complaint(page, message)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not errors, "\n".join(errors)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The page of the first person."""
    return open_page()


def _complaint(page: Page, message: ConsoleMessage) -> list[str]:
    # A refusal (403, 409 …) is an answer that journeys look at themselves, not a fault of the page.
    refused = message.text.startswith("Failed to load resource: the server responded with a status of 4")
    return [f"{page.url}: {message.text}"] if message.type == "error" and not refused else []
