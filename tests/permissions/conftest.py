"""The prepared case with everybody who knocks."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from comeback.registers import clock
from tests.permissions.callers import NOW, Stage, prepare


@pytest.fixture
def stage(db: None, settings) -> Iterator[Stage]:
    """Limits in memory, and no log of the thousands of refusals: both would cost more than the requests."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with clock.frozen_at(NOW):
        stage = prepare()
    logging.disable(logging.CRITICAL)
    yield stage
    logging.disable(logging.NOTSET)
