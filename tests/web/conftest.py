"""The dealership at noon of Monday, 2 June 2025, with Ivanova's comeback just confirmed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from comeback.cases.models import Case
from comeback.registers import clock
from tests.cases.stage import just_opened
from tests.cast import Cast, set_the_stage
from tests.web.stage import NOW


@pytest.fixture
def cast(database: None) -> Iterator[Cast]:
    with clock.frozen_at(NOW):
        yield set_the_stage()


@pytest.fixture
def case(cast: Cast) -> Case:
    return just_opened(cast)
