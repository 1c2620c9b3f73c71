"""Ivanova's comeback, just confirmed: the squeak at the front is back three weeks after ЗН-1507."""

from __future__ import annotations

from django.db import transaction

from comeback.cases.models import Case, NatureChoice, Request
from comeback.cases.opening import open_case, open_request
from comeback.registers.models import Customer, Plate, Vehicle
from tests.cast import Cast, ivanova_and_her_car, moscow, the_first_repair

OPENED = moscow(2, 10)


def just_opened(cast: Cast) -> Case:
    """Her case, of nature NVH; nothing else is known yet."""
    customer, vehicle = ivanova_and_her_car(cast)
    order = the_first_repair(cast, customer, vehicle)
    request = _request(cast, customer, vehicle)
    with transaction.atomic():
        return open_case(request, actor=cast.actor("smirnova"), now=OPENED, original_order=order)


def another(cast: Cast, number: int) -> Case:
    """A comeback of another car, whose first repair was done elsewhere."""
    customer = Customer.objects.create(site=cast.msk, name=f"Клиент {number}")
    vehicle = Vehicle.objects.create(group=cast.group, model=f"C3 №{number}")
    Plate.objects.create(vehicle=vehicle, number=f"В{number:03d}ВВ77", key=f"B{number:03d}BB77")
    request = _request(cast, customer, vehicle)
    note = "Работа другого дилера"
    with transaction.atomic():
        return open_case(request, actor=cast.actor("smirnova"), now=OPENED, original_order=None, original_note=note)


def _request(cast: Cast, customer: Customer, vehicle: Vehicle) -> Request:
    actor = cast.actor("smirnova")
    request = open_request(site=cast.msk, actor=actor, now=OPENED, vehicle=vehicle, customer=customer)
    NatureChoice.objects.create(request=request, nature="NVH", at=OPENED, by=actor.person)
    return request
