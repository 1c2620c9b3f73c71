"""The demo dealership: one group, one site in Moscow, its eight people, bays, rooms and courtesy cars."""

from __future__ import annotations

from datetime import date, time

from comeback.desk.demo import offer
from comeback.diary.models import Resource, ResourceKind
from comeback.registers.models import ADMINISTRATOR, Function, FunctionHeld, Group, OpeningHours, Person, Site

PASSWORD = "comeback-demo"
STAFF = (
    ("romanova", "Романова Ирина", "201", Function.AFTER_SALES_MANAGER),
    ("smirnova", "Смирнова Ольга", "210", Function.RECEPTION_LEAD),
    ("belov", "Белов Кирилл", "212", Function.SERVICE_ADVISOR),
    ("kuznetsov", "Кузнецов Дмитрий", "214", Function.TECHNICAL_EXPERT),
    ("petrov", "Петров Андрей", "220", Function.MECHANIC),
    ("sidorov", "Сидоров Виктор", "221", Function.FOREMAN),
    ("laptev", "Лаптев Николай", "225", Function.QUALITY_CONTROLLER),
    ("orlova", "Орлова Тамара", "230", Function.BILLING_CLERK),
)
EQUIPMENT = (
    (ResourceKind.BAY, "Пост 1"),
    (ResourceKind.BAY, "Пост 2"),
    (ResourceKind.BAY, "Пост 3"),
    (ResourceKind.ROOM, "Кабинет 2"),
    (ResourceKind.COURTESY_CAR, "Citroën C3 К001КК77"),
)


def open_the_doors(since: date) -> Site:
    """The dealership as it stands since that date; gives the site."""
    group = Group.objects.create(name="Авто-Север (демо)")
    site = Site.objects.create(
        group=group, code="MSK", name="Авто-Север", labour_cost_rate=190_000, labour_door_rate=320_000
    )
    hours = [OpeningHours(site=site, weekday=day, opens=time(9), closes=time(20)) for day in range(5)]
    hours += [OpeningHours(site=site, weekday=day, opens=time(10), closes=time(18)) for day in (5, 6)]
    OpeningHours.objects.bulk_create(hours)
    for kind, name in EQUIPMENT:
        Resource.objects.create(site=site, kind=kind, name=name, since=since)
    for username, name, extension, function in STAFF:
        _engage(site, since, username, name, extension, function)
    return site


def _engage(site: Site, since: date, username: str, name: str, extension: str, function: Function) -> None:
    person = Person.objects.create_user(username, PASSWORD, name=name, extension=extension, site=site)
    functions = [function, ADMINISTRATOR] if function == Function.AFTER_SALES_MANAGER else [function]
    FunctionHeld.objects.bulk_create(
        FunctionHeld(person=person, site=site, function=held, since=since) for held in functions
    )
    Resource.objects.create(site=site, kind=ResourceKind.PERSON, name=name, person=person, since=since)
    offer(person)
