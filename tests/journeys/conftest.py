"""Journeys go through a real browser; see tests/rig/browser.py for `page` and `open_page`."""

import os

from tests.rig.browser import browser, open_page, page

__all__ = ["browser", "open_page", "page"]

# Playwright keeps an event loop in the main thread, where Django would otherwise refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
