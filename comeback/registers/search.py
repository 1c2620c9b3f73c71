"""Finding a car while somebody talks on the phone: plate or part of it, VIN or its end, phone, name.

Reads prefix columns only and never more than a few rows of each, so that it costs the same for any number of cars.
Cars are the group's; customers, phones and names are the site's: what another site keeps of a person is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db import connection
from django.db.models import Q, QuerySet

from comeback.recognition.normalise import normalise_name, normalise_phone, normalise_vin, plate_key
from comeback.registers.keys import PLATE_LETTERS
from comeback.registers.models import Customer, CustomerPhone, Ownership, Plate, Site, Vehicle

By = Literal["plate", "vin", "phone", "name"]
SHORTEST = {"plate": 2, "vin": 4, "phone": 4, "name": 3}  # signs to type before a kind of search begins
PHONE_DIGITS = 7
MOST = 8


@dataclass(frozen=True)
class Owner:
    """Who owns a car, as one site may see him: a customer of another site is there, but has no name here."""

    customer: Customer | None

    @property
    def masked(self) -> bool:
        return self.customer is None


@dataclass(frozen=True)
class Found:
    """A car, or a customer without a car. plate: the current one; by: what was recognised in the text."""

    by: By
    vehicle: Vehicle | None
    owner: Owner | None
    plate: str = ""


def find(text: str, *, site: Site, on: date, most: int = MOST) -> list[Found]:
    """Cars and customers that fit the text, the surest first. on: the site date of today. At most eight queries."""
    cars: dict[int, By] = {}
    people: dict[int, By] = {}
    for by, rows in _tries(text, site, most):
        for vehicle, customer in rows:
            if vehicle:
                cars.setdefault(vehicle, by)
            elif customer:
                people.setdefault(customer, by)
    owned = _cars_of(people, on, most)
    for vehicle_id, customer_id in owned:
        cars.setdefault(vehicle_id, people[customer_id])
    walking = {pk: by for pk, by in people.items() if pk not in {customer for _, customer in owned}}
    return [*_shown_cars(cars, site, on, most), *_shown_people(walking)][:most]


def owners_of(vehicles: Iterable[int], *, site: Site, on: date) -> dict[int, Owner]:
    """The present owner of each car: with his name for his own site, masked for the others. One query."""
    found: dict[int, Owner] = {}
    rows = Ownership.objects.filter(_current(on), vehicle_id__in=list(vehicles)).select_related("customer")
    for row in rows.order_by("since", "pk"):
        mine = row.customer.site_id == site.pk
        if mine or row.vehicle_id not in found:
            found[row.vehicle_id] = Owner(row.customer if mine else None)
    return found


def plates_of(vehicles: Iterable[int]) -> dict[int, str]:
    """The newest plate of each car. One query."""
    rows = Plate.objects.filter(vehicle_id__in=list(vehicles)).order_by("since", "pk")
    return {row.vehicle_id: row.number for row in rows}


Row = tuple[int | None, int | None]  # vehicle, customer


def _tries(text: str, site: Site, most: int) -> Iterator[tuple[By, list[Row]]]:
    plate, vin, name = plate_key(text), normalise_vin(text), normalise_name(text)
    digits = re.sub(r"\D", "", text)
    dialled = bool(digits) and not re.search(r"[^\W\d_]", text)
    if len(plate) >= SHORTEST["plate"] and re.search(r"\d", plate):
        rows = Plate.objects.filter(_plate(plate), vehicle__group_id=site.group_id)
        yield "plate", [(pk, None) for pk in rows.order_by("key", "-pk").values_list("vehicle", flat=True)[:most]]
    if len(vin) >= SHORTEST["vin"] and re.search(r"\d", vin):
        cars = Vehicle.objects.filter(_starts("vin_tail", vin[::-1]), group_id=site.group_id)
        yield "vin", [(pk, None) for pk in cars.order_by("vin_tail").values_list("pk", flat=True)[:most]]
    if dialled and len(digits) >= SHORTEST["phone"]:
        phones = CustomerPhone.objects.filter(_phone(text, digits, site), customer__site=site)
        yield "phone", [(None, pk) for pk in phones.order_by("tail").values_list("customer", flat=True)[:most]]
    if len(name) >= SHORTEST["name"] and not digits:
        yield "name", [(None, pk) for pk in _named(name, site).values_list("pk", flat=True)[:most]]


def _plate(key: str) -> Q:
    """The key from its start; or from its first digit, for callers who leave the letter out."""
    found = _starts("key", key)
    if key[0].isdigit():
        for letter in PLATE_LETTERS:
            found |= _starts("key", letter + key)
    return found


def _phone(text: str, digits: str, site: Site) -> Q:
    by_end = _starts("tail", digits[::-1])
    number = normalise_phone(text, site.country) if len(digits) >= PHONE_DIGITS else None
    return by_end | Q(number=number) if number else by_end


def _named(name: str, site: Site) -> QuerySet[Customer]:
    """By the name's beginning, in the order typed or with the last word, mostly the family name, put first."""
    *first, last = name.split(" ")
    turned = " ".join([last, *first])
    wanted = _starts("name_key", name) if turned == name else _starts("name_key", name) | _starts("name_key", turned)
    return Customer.objects.filter(wanted, site=site).order_by("name_key", "pk")


def _starts(column: str, text: str) -> Q:
    """Begins with: as a range where LIKE would not use the index (SQLite)."""
    if connection.vendor != "sqlite":
        return Q(**{f"{column}__startswith": text})
    return Q(**{f"{column}__gte": text, f"{column}__lt": text[:-1] + chr(ord(text[-1]) + 1)})


def _cars_of(people: dict[int, By], on: date, most: int) -> list[tuple[int, int]]:
    if not people:
        return []
    rows = Ownership.objects.filter(_current(on), customer_id__in=people).order_by("-pk")
    return list(rows.values_list("vehicle_id", "customer_id")[:most])


def _current(on: date) -> Q:
    return Q(until=None) | Q(until__gt=on)


def _shown_cars(cars: dict[int, By], site: Site, on: date, most: int) -> list[Found]:
    wanted = list(cars)[:most]
    if not wanted:
        return []
    vehicles = Vehicle.objects.in_bulk(wanted)
    plates, owners = plates_of(wanted), owners_of(wanted, site=site, on=on)
    return [Found(cars[pk], vehicles[pk], owners.get(pk), plates.get(pk, "")) for pk in wanted]


def _shown_people(people: dict[int, By]) -> list[Found]:
    rows: dict[int, Any] = Customer.objects.in_bulk(list(people)) if people else {}
    return [Found(by, None, Owner(rows[pk])) for pk, by in people.items()]
