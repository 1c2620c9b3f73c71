"""The demo's diary: customers who are no comebacks have their times today and tomorrow as well."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction

from comeback.diary.appointments import make_appointment
from comeback.diary.models import AppointmentKind, Resource, ResourceKind
from comeback.registers.models import Ownership, Person, Site

TIMES = (
    *((0, 9, "ТО по регламенту"), (0, 14, "Смена шин"), (0, 16, "Скрип колодок")),
    *((1, 9, "ТО по регламенту"), (1, 15, "Смена шин")),
)


def fill_the_diary(site: Site, today: date, now: datetime) -> None:
    """Half an hour each in the second and third bay, made yesterday by the reception lead."""
    bays = list(Resource.objects.filter(site=site, kind=ResourceKind.BAY).order_by("name"))[1:]
    owners = Ownership.objects.filter(customer__site=site).select_related("vehicle", "customer").order_by("-pk")
    by = Person.objects.get(username="smirnova", site=site)
    with transaction.atomic():
        for number, ((days, hour, note), owner) in enumerate(zip(TIMES, owners[: len(TIMES)], strict=True)):
            start = datetime.combine(today + timedelta(days=days), time(hour), site.zoneinfo)
            make_appointment(
                site,
                kind=AppointmentKind.RECEPTION,
                starts_at=start,
                ends_at=start + timedelta(minutes=30),
                by=by,
                now=now - timedelta(days=1),
                vehicle=owner.vehicle,
                customer=owner.customer,
                resources=[bays[number % len(bays)]],
                note=note,
            )
