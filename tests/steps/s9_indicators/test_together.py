"""Two people at once on one car: its rows stand once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction

from comeback.steps.s9_indicators.models import VisitRow
from comeback.steps.s9_indicators.projecting import compare, project_vehicles
from comeback.visits.models import Visit
from tests.cast import ivanova_and_her_car, moscow, set_the_stage

NOW = moscow(4, 10)


def test_two_commands_on_one_car_do_not_write_its_rows_twice(committed_db: str) -> None:
    cast = set_the_stage()
    customer, vehicle = ivanova_and_her_car(cast)
    start = Barrier(4)

    def derive(_number: int) -> None:
        start.wait()
        try:
            with transaction.atomic():
                project_vehicles([vehicle.pk], NOW)
        finally:
            connection.close()

    for day in range(2, 7):
        Visit.objects.create(site=cast.msk, vehicle=vehicle, customer=customer, received_at=moscow(day, 9))
        with ThreadPoolExecutor(4) as people:
            list(people.map(derive, range(4)))
        assert VisitRow.objects.count() == day - 1
    assert list(compare()) == []
