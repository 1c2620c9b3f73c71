"""Entering cars and customers with the normalised columns that search reads. The only place that fills them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from comeback.recognition.normalise import normalise_name, normalise_phone, normalise_vin, plate_key
from comeback.registers.models import Customer, CustomerPhone, Group, Ownership, Plate, Site, Vehicle

PLATE_LETTERS = "ABEKMH0PCTYX"  # first letters of Russian plates as keys hold them: the letter O is the digit 0


def register_vehicle(
    group: Group, *, on: date, vin: str = "", plate: str = "", model: str = "", engine: str = ""
) -> Vehicle:
    """The group's car of this VIN, else of this plate, else a new one; a plate it did not carry becomes its newest.

    on: the site date of today.
    """
    vin_key, number = normalise_vin(vin), plate_key(plate)
    vehicle = _known_vehicle(group, vin_key, number)
    if vehicle is None:
        vehicle = Vehicle.objects.create(group=group, vin=vin.strip(), **vin_columns(vin), model=model, engine=engine)
    if number and not vehicle.plates.filter(key=number, until=None).exists():
        vehicle.plates.filter(until=None).update(until=on)
        Plate.objects.create(vehicle=vehicle, number=plate.strip().upper(), key=number, since=on)
    return vehicle


def register_customer(site: Site, *, name: str, phone: str = "", language: str = "") -> Customer:
    """The site's customer of this name and phone, or a new one. Without a phone nobody is taken for somebody else."""
    number = normalise_phone(phone, site.country) if phone.strip() else None
    key = normalise_name(name)
    if number:
        known = Customer.objects.filter(site=site, name_key=key, phones__number=number).order_by("pk").first()
        if known:
            return known
    customer = Customer.objects.create(site=site, name=name.strip(), name_key=key, language=language)
    if number:
        CustomerPhone.objects.create(customer=customer, **phone_columns(number))
    return customer


def register_owner(vehicle: Vehicle, customer: Customer, *, on: date) -> Ownership:
    """Who owns the car now; the one before at the same site ends on the same date."""
    current = Q(vehicle=vehicle, until=None)
    known = Ownership.objects.filter(current, customer=customer).first()
    if known:
        return known
    Ownership.objects.filter(current, customer__site_id=customer.site_id).update(until=on)
    return Ownership.objects.create(vehicle=vehicle, customer=customer, since=on)


def vin_columns(vin: str) -> dict[str, str]:
    """vin_key and vin_tail of a car: the normalised VIN, and the same reversed."""
    key = normalise_vin(vin)
    return {"vin_key": key, "vin_tail": key[::-1]}


def phone_columns(number: str) -> dict[str, str]:
    """number and tail of a phone in E.164: the tail is its digits reversed."""
    return {"number": number, "tail": number.lstrip("+")[::-1]}


def _known_vehicle(group: Group, vin_key: str, number: str) -> Vehicle | None:
    if vin_key:
        found = Vehicle.objects.filter(group=group, vin_key=vin_key).first()
        if found:
            return found
    if not number:
        return None
    carrying = Vehicle.objects.filter(group=group, plates__key=number, plates__until=None)
    same = carrying.filter(vin_key="") if vin_key else carrying  # another VIN is another car with the plate passed on
    return same.order_by("-pk").first()
