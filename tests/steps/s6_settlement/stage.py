"""A case in the state in which steps 6 to 8 find it: Ivanova's car, received on 2 June, worked on, quality passed.

What the earlier rooms have recorded is given as facts through a window of its own; each test may take some away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from comeback.cases import windows
from comeback.cases.commands import Command
from comeback.cases.models import Case, NatureChoice, Punch, RoadTest, Words
from comeback.cases.opening import open_case, open_request
from comeback.cases.perform import Outcome, perform
from comeback.method.engine import Fact
from comeback.visits.models import Concern, RepairOrder, Visit
from tests.cast import Cast, ivanova_and_her_car, moscow, set_the_stage, the_first_repair

BEFORE = [
    "comeback_decided",
    "expert_reserved",
    "joint_drive_planned",
    "manager_informed",
    "dossier_reviewed",
    "parts_checked",
    "order_stamped",
    "received_with_manager",
    "presence_confirmed",
    "fault_card_signed",
    "driven_with_customer",
    "delivery_offered",
    "manager_reserved_for_delivery",
    "works_agreed",
    "mechanic_assigned",
    "safety_cleared",
    "work_begun",
    "work_finished",
    "concerns_answered",
    "time_punched",
    "work_supervised",
    "manager_told_of_progress",
    "road_tested_after_work",
    "quality_passed",
    "delivery_confirmed",
    "case_registered",
    "measures_defined",
]
KEYS = count()
WORK = moscow(3, 12)
PASSED = moscow(4, 11)
NOW = moscow(4, 15)


@dataclass
class Stage:
    """The cast, the case, its comeback order with one concern, and what is so by the earlier rooms."""

    cast: Cast
    case: Case
    order: RepairOrder
    facts: dict[str, Fact] = field(default_factory=dict)

    @property
    def concern(self) -> Concern:
        return self.order.concerns.order_by("number")[0]

    def so(self, name: str, **changes: Any) -> None:
        """Let a fact be so, or change it: `stage.so("case_registered", value="I1")`."""
        known = self.facts.get(name) or Fact(name=name, at=PASSED)
        self.facts[name] = replace(known, **changes)

    def do(self, name: str, who: str, *, now: datetime = NOW, key: str = "", **arguments: Any) -> Outcome:
        """One command through perform()."""
        command = Command(name, self.case, arguments)
        outcome = perform(command, actor=self.cast.actor(who), now=now, key=key or f"k{next(KEYS)}")
        self.case.refresh_from_db()
        return outcome

    def now_so(self) -> dict[str, Fact]:
        """All facts of the case."""
        return windows.facts_of("case", [self.case.pk])[self.case.pk]

    def punch(self, hours: float, mechanic: str = "orlov") -> Punch:
        """Working time of a mechanic on 3 June."""
        start = WORK
        end = datetime.fromtimestamp(start.timestamp() + hours * 3600, start.tzinfo)
        person = self.cast.people[mechanic]
        return Punch.objects.create(case=self.case, round=1, mechanic=person, started_at=start, ended_at=end)

    def another_case(self) -> Case:
        """One more case of the same car, with facts of its own in real rows only."""
        return _open(self.cast, self.case.customer, self.case.vehicle, self.case.original_order)

    def drive_after_work(self, symptom: str = "no", round: int = 1) -> RoadTest:
        """The expert's drive after the work. Method 4.4."""
        return RoadTest.objects.create(
            case=self.case,
            round=round,
            kind="after_work",
            driver=self.cast.people["kuznetsov"],
            started_at=moscow(3, 17),
            ended_at=moscow(3, 17, 20),
            symptom=symptom,
            at=moscow(3, 17, 25),
        )


@pytest.fixture
def stage(database: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    cast = set_the_stage()
    customer, vehicle = ivanova_and_her_car(cast)
    case = _open(cast, customer, vehicle, the_first_repair(cast, customer, vehicle))
    visit = Visit.objects.create(
        site=cast.msk, vehicle=vehicle, customer=customer, received_at=moscow(2, 16), odometer_in=88_430
    )
    order = RepairOrder.objects.create(site=cast.msk, visit=visit, number="ЗН-1611", opened_at=moscow(2, 16))
    Concern.objects.create(order=order, words="Опять скрипит спереди", result="fixed")
    case.visit = visit
    case.save(update_fields=["visit"])
    found = Stage(cast, case, order)
    for name in BEFORE:
        found.so(name)
    found.so("delivery_offered", value=moscow(4, 18))

    def earlier_rooms(ids: Iterable[int]) -> dict[int, dict[str, Fact]]:
        return {case.pk: dict(found.facts)} if case.pk in set(ids) else {}

    others = [window for window in windows.WINDOWS["case"] if not _of_earlier_room(window)]
    monkeypatch.setitem(windows.WINDOWS, "case", [*others, earlier_rooms])
    return found


def _of_earlier_room(window: windows.Window) -> bool:
    return window.__module__.startswith(tuple(f"comeback.steps.s{number}_" for number in range(1, 6)))


def _open(cast: Cast, customer: Any, vehicle: Any, order: RepairOrder) -> Case:
    actor, now = cast.actor("smirnova"), moscow(2, 10)
    request = open_request(site=cast.msk, actor=actor, now=now, vehicle=vehicle, customer=customer)
    NatureChoice.objects.create(request=request, nature="NVH", at=now, by=actor.person)
    Words.objects.create(request=request, text="Опять скрипит спереди", at=now, by=actor.person)
    return open_case(request, actor=actor, now=now, original_order=order)
