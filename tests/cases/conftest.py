"""A case that was just opened, for the tests of the thread."""

from __future__ import annotations

import pytest

from comeback.cases.models import Case
from tests.cases.stage import just_opened
from tests.cast import Cast, set_the_stage


@pytest.fixture
def cast(database: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def case(cast: Cast) -> Case:
    return just_opened(cast)
