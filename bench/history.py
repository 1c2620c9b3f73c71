"""A dealership with a past: so many visits, one in twenty-five a closed comeback with its journal, forty cases open."""

from __future__ import annotations

import random
from datetime import timedelta

from django.core.management import call_command

from comeback.cases import journal
from comeback.cases.deriving import rewrite
from comeback.cases.models import (
    Case,
    Ending,
    JournalDetail,
    JournalEntry,
    NatureChoice,
    ProgressRow,
    Request,
    Words,
)
from comeback.cases.opening import open_case, open_request
from comeback.registers import clock
from comeback.registers.models import Customer, CustomerPhone, Ownership, Plate, Vehicle
from comeback.visits.models import Concern, OrderLine, RepairOrder, Visit
from tests.cast import Cast, set_the_stage

OPEN_CASES = 40
ENTRIES = 20  # journal entries of a closed case
WORDS = ("Стук спереди", "Скрип сзади", "Горит лампа", "Не греет печка", "Течь под мотором", "ТО по регламенту")


def build(visits: int) -> None:
    """Migrate an empty database and fill it; the same past each time for the same number."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    chance = random.Random(1)
    cast = set_the_stage()
    cars = _cars(cast, max(10, visits // 4))
    orders = _visits(cast, cars, visits, chance)
    _closed(cast, orders[::25])
    _open(cast, orders[-OPEN_CASES:])


def _cars(cast: Cast, count: int) -> list[Vehicle]:
    vins = [f"VF7{number:014d}" for number in range(count)]
    cars = Vehicle.objects.bulk_create(
        [Vehicle(group=cast.group, vin=vin, vin_key=vin, vin_tail=vin[::-1], model="Citroën C4") for vin in vins], 1000
    )
    owners = Customer.objects.bulk_create(
        [Customer(site=cast.msk, name=f"Клиент {n}", name_key=f"клиент {n}") for n in range(count)], 1000
    )
    phones = [f"+7916{number:07d}" for number in range(count)]
    CustomerPhone.objects.bulk_create(
        [CustomerPhone(customer=it, number=no, tail=no[:0:-1]) for it, no in zip(owners, phones, strict=True)], 1000
    )
    Ownership.objects.bulk_create(
        [Ownership(vehicle=car, customer=owner) for car, owner in zip(cars, owners, strict=True)], 1000
    )
    Plate.objects.bulk_create(
        [Plate(vehicle=car, number=f"А{n:06d}", key=f"A{n:06d}") for n, car in enumerate(cars)], 1000
    )
    return cars


def _visits(cast: Cast, cars: list[Vehicle], count: int, chance: random.Random) -> list[RepairOrder]:
    end = clock.now()
    times = sorted(end - timedelta(minutes=chance.randrange(3 * 365 * 24 * 60)) for _ in range(count))
    visits = Visit.objects.bulk_create(
        [
            Visit(site=cast.msk, vehicle=chance.choice(cars), received_at=at, handed_over_at=at + timedelta(hours=8))
            for at in times
        ],
        1000,
    )
    orders = RepairOrder.objects.bulk_create(
        [
            RepairOrder(site=cast.msk, visit=visit, number=f"ЗН-{n}", opened_at=visit.received_at, odometer_km=n)
            for n, visit in enumerate(visits)
        ],
        1000,
    )
    Concern.objects.bulk_create([Concern(order=order, words=chance.choice(WORDS)) for order in orders], 1000)
    OrderLine.objects.bulk_create(
        [OrderLine(order=it, number=1, kind="labour", description="Замена стоек стабилизатора") for it in orders], 1000
    )
    return orders


def _closed(cast: Cast, orders: list[RepairOrder]) -> None:
    """Closed comebacks, written in bulk: their journal is long, their projections are short."""
    actor = cast.actor("smirnova")
    edition = None
    cases: list[Case] = []
    requests = Request.objects.bulk_create(
        [
            Request(site=cast.msk, vehicle=it.visit.vehicle, requested_at=it.opened_at, made_by=actor.person)
            for it in orders
        ],
        1000,
    )
    for number, (request, order) in enumerate(zip(requests, orders, strict=True)):
        edition = edition or _edition()
        cases.append(
            Case(
                number=f"MSK-OLD-{number}",
                site=cast.msk,
                request=request,
                vehicle=order.visit.vehicle,
                edition=edition,
                original_order=order,
                opened_at=order.opened_at,
                opened_by=actor.person,
            )
        )
    Case.objects.bulk_create(cases, 1000)
    Ending.objects.bulk_create(
        [
            Ending(case=it, kind="closed", at=it.opened_at, by=actor.person, function="after_sales_manager")
            for it in cases
        ],
        1000,
    )
    ProgressRow.objects.bulk_create(
        [
            ProgressRow(
                kind="case", subject_id=it.pk, site=cast.msk, case=it, step=9, closed=True, derived_at=it.opened_at
            )
            for it in cases
        ],
        1000,
    )
    _journal(cases, actor.person.pk)


def _journal(cases: list[Case], person: int) -> None:
    entries = []
    for case in cases:
        previous = journal.START
        for number in range(1, ENTRIES + 1):
            entry = JournalEntry(
                stream=case.stream,
                number=number,
                at=case.opened_at,
                recorded_at=case.opened_at,
                site_id=case.site_id,
                person_id=person,
                command="4.2",
                refs={},
                digest=journal.digest_of("", {}),
                previous=previous,
            )
            entry.hash = previous = journal.hash_of(entry)
            entries.append(entry)
    JournalEntry.objects.bulk_create(entries, 1000)
    JournalDetail.objects.bulk_create([JournalDetail(entry=it, salt="", content={}) for it in entries], 1000)


def _open(cast: Cast, orders: list[RepairOrder]) -> None:
    actor, now = cast.actor("smirnova"), clock.now()
    cases = []
    for order in orders:
        request = open_request(site=cast.msk, actor=actor, now=now, vehicle=order.visit.vehicle, customer=None)
        Words.objects.create(request=request, text="Опять стучит спереди", at=now, by=actor.person)
        NatureChoice.objects.create(request=request, nature="NVH", at=now, by=actor.person)
        cases.append(open_case(request, actor=actor, now=now, original_order=order))
    rewrite(cases, now)


def _edition():  # type: ignore[no-untyped-def]
    from comeback.cases.editions import current_edition

    return current_edition(clock.now())
