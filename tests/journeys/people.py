"""How people move through the pages: sign in, open a line, fill it, press its main button."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playwright.sync_api import Locator, Page

from comeback.registers import clock
from tests.cast import Cast

PASSWORD = "comeback-2025"
CASE = re.compile(r"/cases/[A-Z0-9-]+/(\?.*)?$")


def sign_in(page: Page, who: str) -> None:
    """With name and password, as on any morning."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile(r"^(?!.*login)"))


def fill(page: Page, values: dict[str, Any]) -> None:
    """What is typed or tapped, by the names of the fields."""
    for name, value in values.items():
        fields = page.locator(f"[name='{name}']")
        kind = fields.first.get_attribute("type") or ""
        if kind in ("radio", "checkbox"):
            chosen = page.locator(f"[name='{name}'][value='{value}']") if kind == "radio" else fields.first
            tap(chosen)
        elif fields.first.evaluate("it => it.tagName") == "SELECT":
            fields.first.select_option(str(value))
        else:
            fields.first.fill(str(value))


def tap(choice: Locator) -> None:
    """Choose a chip: its input lies under the label that people tap."""
    if not choice.is_checked():
        choice.evaluate("it => it.click()")


def press_main(page: Page) -> None:
    """The page's one main button."""
    page.locator("button[form=main-form], form[data-main] [type=submit], form[data-main] .btn-primary").last.click()


@dataclass
class Dealership:
    """Everybody at his own screen, and the clock on the wall."""

    cast: Cast
    open_page: Callable[..., Page]
    number: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def page_of(self, who: str) -> Page:
        if who not in self.pages:
            self.pages[who] = self.open_page()
            sign_in(self.pages[who], who)
        return self.pages[who]

    def does(self, who: str, name: str, when: datetime, **values: Any) -> Page:
        """Opens the line or act of the case, fills it, presses the button, and is back at the case."""
        with clock.frozen_at(when):
            page = self.tries(who, name, when, **values)
            page.wait_for_url(CASE)
        return page

    def tries(self, who: str, name: str, when: datetime, **values: Any) -> Page:
        """The same without knowing how it ends."""
        with clock.frozen_at(when):
            page = self.page_of(who)
            page.goto(f"/cases/{self.number}/{name}/")
            fill(page, values)
            with page.expect_navigation():
                press_main(page)
        return page

    @contextmanager
    def looks(self, who: str, path: str, when: datetime) -> Iterator[Page]:
        """Somebody opens a page at that time."""
        with clock.frozen_at(when):
            page = self.page_of(who)
            page.goto(path)
            yield page
