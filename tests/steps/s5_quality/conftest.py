import pytest

from comeback.cases.models import Case
from tests.cast import Cast, set_the_stage
from tests.steps.s4_repair.stage import received


@pytest.fixture
def cast(database: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def case(cast: Cast) -> Case:
    return received(cast)
