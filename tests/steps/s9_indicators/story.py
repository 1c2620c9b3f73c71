"""Visits and comebacks of Moscow in spring 2025, as evidence; a window stands in for the rooms before this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from comeback.cases.editions import current_edition
from comeback.cases.models import Case, CostLine, Ending, Month, Request
from comeback.cases.windows import FactsOf
from comeback.method.engine import Fact
from comeback.registers.models import Site, Vehicle
from comeback.steps.s9_indicators.figures import figure, window_for
from comeback.steps.s9_indicators.indicators import Figure
from comeback.steps.s9_indicators.projecting import project_vehicles
from comeback.visits.models import RepairOrder, Visit
from tests.cast import Cast, moscow


@dataclass
class Story:
    """What happened. facts: what the earlier rooms would say of a case, by its id."""

    cast: Cast
    facts: dict[int, dict[str, Fact]] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(1))

    def window(self, ids: Iterable[int]) -> FactsOf:
        return {id_: self.facts[id_] for id_ in ids if id_ in self.facts}

    def car(self) -> Vehicle:
        return Vehicle.objects.create(group=self.cast.group, model="C4")

    def visit(self, received: datetime | None, handed: datetime | None = None, **more) -> Visit:
        more = {"site": self.cast.msk, "vehicle": more.pop("vehicle", None) or self.car()} | more
        return Visit.objects.create(received_at=received, handed_over_at=handed, **more)

    def visits(self, number: int, received: datetime) -> None:
        cars = Vehicle.objects.bulk_create(Vehicle(group=self.cast.group, model="C4") for _ in range(number))
        Visit.objects.bulk_create(Visit(site=self.cast.msk, vehicle=car, received_at=received) for car in cars)

    def order(self, visit: Visit, site: Site | None = None) -> RepairOrder:
        site = site or self.cast.msk
        mechanic = self.cast.people["orlov"]
        number = f"ЗН-{next(self.numbers)}"
        return RepairOrder.objects.create(
            site=site, visit=visit, number=number, opened_at=visit.received_at, mechanic=mechanic
        )

    def comeback(self, visit: Visit | None, *, opened: datetime | None = None, **more) -> Case:
        """A case, received with this visit; without one it is awaited."""
        at = opened or (visit.received_at if visit else moscow(1, 9, month=5))
        site = more.pop("site", self.cast.msk)
        vehicle = visit.vehicle if visit else more.pop("vehicle", None) or self.car()
        request = Request.objects.create(site=site, vehicle=vehicle, requested_at=at)
        return Case.objects.create(
            number=f"{site.code}-2025-{next(self.numbers):04d}",
            site=site,
            request=request,
            vehicle=vehicle,
            visit=visit,
            edition=current_edition(at),
            opened_at=at,
            **more,
        )

    def came_back(self, received: datetime, handed: datetime | None = None, **more) -> Case:
        """A comeback with a visit of its own; handed over, if it was, after a passed check."""
        case = self.comeback(self.visit(received, handed, **more))
        if handed:
            self.says(case, "quality_passed", handed)
            self.says(case, "handed_over", handed, value=handed)
        return case

    def says(self, case: Case, name: str, at: datetime, **more) -> None:
        self.facts.setdefault(case.pk, {})[name] = Fact(name=name, at=at, **more)

    def ends(self, case: Case, kind: str, at: datetime) -> None:
        who = self.cast.people["romanova"]
        Ending.objects.create(case=case, kind=kind, reason="Ошибка", at=at, by=who, function="after_sales_manager")

    def costs(self, case: Case, amount: int, posted: date | None, account: str = "quality") -> CostLine:
        who, at = self.cast.people["gromova"], moscow(1, 9)
        return CostLine.objects.create(
            case=case, kind="labour", description="Работа", unit=amount, amount=amount, account=account, at=at, by=who,
            posted_on=posted, posted_at=at if posted else None, posted_by=who if posted else None,
        )  # fmt: skip

    def derive(self) -> None:
        project_vehicles(Vehicle.objects.values_list("pk", flat=True), moscow(1, 9))

    def month(self, first: date) -> Month:
        return Month.objects.get_or_create(site=self.cast.msk, first=first)[0]

    def figure(self, code: str, first: date, now: datetime | None = None, site: Site | None = None) -> Figure:
        """An indicator, everything derived anew, on 10 July 2025 unless another moment is given."""
        self.derive()
        return figure(code, window_for(site or self.cast.msk, first, now or moscow(10, 12, month=7)))
