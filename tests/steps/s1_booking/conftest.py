"""A call on Monday 2 June 2025, 10:00: Ivanova's car squeaks again, 21 days after ЗН-1507."""

from __future__ import annotations

from typing import Any

import pytest

from comeback.cases.commands import Command, Opening
from comeback.cases.models import Case, Request
from comeback.cases.opening import open_request
from comeback.cases.perform import Outcome, perform
from comeback.diary.models import Resource
from tests.cast import Cast, ivanova_and_her_car, moscow, set_the_stage, the_first_repair

NOW = moscow(2, 10)
WORDS = "Опять скрип спереди, как до ремонта"


class Call:
    """Somebody at the telephone; `do` carries out one line or act."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.now, self.count = cast, NOW, 0
        self.customer, self.vehicle = ivanova_and_her_car(cast)
        self.order = the_first_repair(cast, self.customer, self.vehicle)

    def opening(self, who: str = "smirnova", odometer_km: int | None = 88_430) -> Opening:
        actor = self.cast.actor(who)
        fields: dict[str, Any] = {"vehicle": self.vehicle, "customer": self.customer, "odometer_km": odometer_km}
        return Opening(
            lambda: open_request(site=self.cast.msk, actor=actor, now=self.now, **fields), {"vehicle": self.vehicle.pk}
        )

    def do(self, name: str, subject: Any, *, who: str = "smirnova", key: str = "", **arguments: Any) -> Outcome:
        self.count += 1
        command = Command(name, subject, arguments)
        return perform(command, actor=self.cast.actor(who), now=self.now, key=key or f"key-{self.count}")

    def request(self, words: str = WORDS, nature: str = "NVH", danger: bool = False, **answers: str) -> Request:
        taken = self.do("1.2", self.opening(), text=words, answers=answers)
        request: Request = taken.results[0].request
        self.do("1.2/nature", request, nature=nature, danger=danger)
        return request

    def case(self, **about: Any) -> Case:
        request = self.request(**about)
        found: Case = self.do("1.1", request, reply="yes", original_order_id=self.order.pk).results[0]
        return found

    def ids(self, *names: str) -> list[int]:
        return list(Resource.objects.filter(person__username__in=names).values_list("pk", flat=True))

    def book(self, case: Case, hour: int = 9, day: int = 3, *names: str, **more: Any) -> Outcome:
        people = self.ids(*(names or ("belov", "romanova", "kuznetsov")))
        return self.do("book", case, starts_at=moscow(day, hour), resources=people, **more)


@pytest.fixture
def call(database: None) -> Call:
    return Call(set_the_stage())
