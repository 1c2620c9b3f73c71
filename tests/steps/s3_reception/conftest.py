import pytest

from comeback.cases.models import Case
from tests.cast import Cast, moscow, set_the_stage
from tests.steps.s2_preparation.stage import booked_case, do


@pytest.fixture
def cast(database: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def case(cast: Cast) -> Case:
    return booked_case(cast)


@pytest.fixture
def received(case: Case, cast: Cast) -> Case:
    """The order is opened, the customer was received at 9:05 on 3 June with the manager; nothing else was prepared."""
    do(case, "2.4", cast, "belov", moscow(2, 12))
    arguments = {
        "place": "Кабинет 2",
        "at": moscow(3, 9, 5),
        "manager_id": cast.people["romanova"].pk,
        "odometer": 88_430,
    }
    do(case, "3.1", cast, "belov", moscow(3, 9, 10), **arguments)
    case.refresh_from_db()
    return case
