"""The people and cars of the tests. A dealership in Moscow, its sister in Saint Petersburg, and a stranger.

Romanova  after-sales manager       Smirnova  reception lead       Belov     service advisor
Kuznetsov technical expert          Orlov     mechanic (original)  Petrov    mechanic
Sidorov   foreman                   Laptev    quality controller   Gromova   billing clerk
Nevsky    service advisor in Saint Petersburg                      Stranger  holds no function anywhere
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from comeback.cases.acting import Actor
from comeback.diary.models import Resource
from comeback.registers.models import (
    Customer,
    CustomerPhone,
    FunctionHeld,
    Group,
    OpeningHours,
    Ownership,
    Person,
    Plate,
    Site,
    Vehicle,
)
from comeback.visits.models import Concern, OrderLine, RepairOrder, Visit

MOSCOW = ZoneInfo("Europe/Moscow")
STAFF = {
    "romanova": ("Романова И. А.", "after_sales_manager"),
    "smirnova": ("Смирнова О. В.", "reception_lead"),
    "belov": ("Белов К. С.", "service_advisor"),
    "kuznetsov": ("Кузнецов Д. Н.", "technical_expert"),
    "orlov": ("Орлов П. П.", "mechanic"),
    "petrov": ("Петров А. И.", "mechanic"),
    "sidorov": ("Сидоров В. Г.", "foreman"),
    "laptev": ("Лаптев Н. Ю.", "quality_controller"),
    "gromova": ("Громова Л. И.", "billing_clerk"),
}


def moscow(day: int, hour: int, minute: int = 0, *, month: int = 6, year: int = 2025) -> datetime:
    """A moment of June 2025 (Moscow time) in UTC; 2 June is a Monday."""
    return datetime(year, month, day, hour, minute, tzinfo=MOSCOW).astimezone(UTC)


@dataclass
class Cast:
    """Everybody and everything; people by their user name: `cast.people["orlov"]`, actors by `cast.actor("orlov")`."""

    group: Group
    msk: Site
    spb: Site
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, name: str, site: Site | None = None) -> Actor:
        return Actor(self.people[name], site or self.msk)


def engage(username: str, name: str, site: Site | None, *functions: str) -> Person:
    """A person with functions at a site since 2020; password `comeback-2025`; a resource in the diary."""
    person = Person(username=username, name=name, site=site)
    person.password = FAST_PASSWORD
    person.save()
    for function in functions:
        FunctionHeld.objects.create(person=person, site=site, function=function, since=date(2020, 1, 1))
    if site and functions:
        Resource.objects.create(site=site, kind="person", name=name, person=person, since=date(2020, 1, 1))
    return person


# argon2 of "comeback-2025": hashing it for each person of each test would take longer than the tests
FAST_PASSWORD = ""


def set_the_stage() -> Cast:
    """The two sites with their hours (Monday to Saturday, 9 to 19) and everybody in his function."""
    global FAST_PASSWORD
    if not FAST_PASSWORD:
        from django.contrib.auth.hashers import make_password

        FAST_PASSWORD = make_password("comeback-2025")
    group = Group.objects.create(name="Авто-Север")
    msk = Site.objects.create(group=group, code="MSK", name="Авто-Север Москва", labour_cost_rate=190000)
    spb = Site.objects.create(group=group, code="SPB", name="Авто-Север Петербург", labour_cost_rate=190000)
    for site in (msk, spb):
        OpeningHours.objects.bulk_create(
            OpeningHours(site=site, weekday=day, opens=time(9), closes=time(19)) for day in range(6)
        )
        Resource.objects.create(site=site, kind="bay", name="Пост 1", since=date(2020, 1, 1))
        Resource.objects.create(site=site, kind="room", name="Кабинет 2", since=date(2020, 1, 1))
        Resource.objects.create(site=site, kind="courtesy_car", name="C3 К001КК77", since=date(2020, 1, 1))
    cast = Cast(group, msk, spb)
    for username, (name, function) in STAFF.items():
        cast.people[username] = engage(username, name, msk, function)
    cast.people["nevsky"] = engage("nevsky", "Невский А. Я.", spb, "service_advisor")
    cast.people["stranger"] = engage("stranger", "Посторонний", None)
    return cast


def ivanova_and_her_car(cast: Cast) -> tuple[Customer, Vehicle]:
    """Ivanova's C4 Picasso, А123ВС77."""
    customer = Customer.objects.create(site=cast.msk, name="Иванова Мария Петровна", name_key="иванова мария петровна")
    CustomerPhone.objects.create(customer=customer, number="+79161234567", tail="76543216197")
    vin = "VF7LCRFJF74321098"
    vehicle = Vehicle.objects.create(
        group=cast.group, vin=vin, vin_key=vin, vin_tail=vin[::-1], model="Citroën C4 Picasso", engine="1.6 HDi"
    )
    Plate.objects.create(vehicle=vehicle, number="А123ВС77", key="A123BC77", since=date(2020, 1, 1))
    Ownership.objects.create(vehicle=vehicle, customer=customer, since=date(2020, 1, 1))
    return customer, vehicle


def the_first_repair(cast: Cast, customer: Customer, vehicle: Vehicle) -> RepairOrder:
    """ЗН-1507 of 12 May 2025: the squeak at the front, stabiliser links replaced by Orlov."""
    received, handed_over = moscow(12, 9, month=5), moscow(12, 17, month=5)
    visit = Visit.objects.create(
        site=cast.msk,
        vehicle=vehicle,
        customer=customer,
        received_at=received,
        ready_at=handed_over,
        handed_over_at=handed_over,
        odometer_in=87_530,
    )
    order = RepairOrder.objects.create(
        site=cast.msk,
        visit=visit,
        number="ЗН-1507",
        opened_at=received,
        closed_at=handed_over,
        mechanic=cast.people["orlov"],
        mechanic_name="Орлов П. П.",
        odometer_km=87_530,
    )
    OrderLine.objects.create(order=order, number=1, kind="labour", description="Замена стоек стабилизатора", minutes=90)
    OrderLine.objects.create(order=order, number=2, kind="part", code="508797", description="Стойка стабилизатора")
    Concern.objects.create(order=order, words="Скрип спереди на неровностях", result="fixed")
    return order
