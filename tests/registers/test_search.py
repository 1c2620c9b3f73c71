"""Finding a car or a customer from whatever somebody says on the phone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comeback.registers.keys import register_customer, register_owner, register_vehicle
from comeback.registers.models import Customer, Vehicle
from comeback.registers.search import find
from tests.cast import Cast, ivanova_and_her_car, set_the_stage

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 2)


@pytest.fixture
def cast():
    cast = set_the_stage()
    ivanova_and_her_car(cast)
    return cast


def cars(cast: Cast, text: str, site=None) -> list[str]:
    return [it.plate or str(it.owner.customer) for it in find(text, site=site or cast.msk, on=TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "А123ВС77",  # Cyrillic
        "A123BC77",  # Latin
        "а 123 вс 77",
        "a-123-bc",
        "а12",
        "123",  # the letter left out
        "123вс",
        "VF7LCRFJF74321098",
        "vf7lcrfjf74321О98",  # a Cyrillic О for the zero
        "321098",  # the end of the VIN
        "+7 916 123-45-67",
        "8 (916) 123-45-67",
        "4567",  # the last four digits
        "123-45-67",
        "ива",
        "ИВАНОВА",
        "Иванова Мария",
        "мария петровна иванова",
    ],
)
def test_the_car_is_found_by(cast, text):
    assert cars(cast, text) == ["А123ВС77"]


@pytest.mark.parametrize("text", ["", "а", "1", "567", "ив", "456", "Петров", "А124", "7654", "%", "А%"])
def test_nothing_is_found_by(cast, text):
    assert cars(cast, text) == []


def test_a_car_of_the_group_is_found_at_the_sister_site_with_its_owner_masked(cast):
    found = find("А123ВС77", site=cast.spb, on=TODAY)
    assert found[0].plate == "А123ВС77"
    assert found[0].owner.masked
    assert "Иванова" not in repr(found)


@pytest.mark.parametrize("text", ["4567", "Иванова", "+79161234567"])
def test_names_and_phones_of_another_site_find_nothing(cast, text):
    assert cars(cast, text, cast.spb) == []


def test_a_car_of_another_group_is_not_found(cast):
    cast.spb.group = type(cast.group).objects.create(name="Чужие")
    cast.spb.save(update_fields=["group"])
    assert cars(cast, "А123ВС77", cast.spb) == []


def test_the_former_owner_is_not_shown_after_the_car_changed_hands(cast):
    vehicle = Vehicle.objects.get()
    buyer = register_customer(cast.msk, name="Сергеев Пётр", phone="+7 926 000-11-22")
    register_owner(vehicle, buyer, on=date(2025, 5, 1))
    assert [it.owner.customer for it in find("А123ВС77", site=cast.msk, on=TODAY)] == [buyer]
    assert cars(cast, "Иванова") == ["Иванова Мария Петровна"]
    assert cars(cast, "0011-22") == ["А123ВС77"]


def test_a_customer_without_a_car_is_found_by_name_and_phone(cast):
    register_customer(cast.msk, name="Ёлкин Олег", phone="8 903 555-44-33")
    assert cars(cast, "елк") == ["Ёлкин Олег"]
    assert cars(cast, "4433") == ["Ёлкин Олег"]


def test_a_phone_that_leads_to_two_cars_shows_both(cast):
    second = register_vehicle(cast.group, on=TODAY, plate="В777ВВ77", model="C3")
    register_owner(second, Customer.objects.get(), on=TODAY)
    assert sorted(cars(cast, "4567")) == ["А123ВС77", "В777ВВ77"]


def test_no_more_than_eight_are_shown(cast):
    for number in range(20):
        register_vehicle(cast.group, on=TODAY, plate=f"Е{number:03}ЕЕ77")
    assert len(cars(cast, "Е0")) == 8


@pytest.mark.parametrize("more", [1, 3])
def test_searching_costs_the_same_for_one_car_and_for_three(cast, django_assert_num_queries, more):
    for number in range(more - 1):
        vehicle = register_vehicle(cast.group, on=TODAY, plate=f"А1234{number}", vin=f"VF70000000000456{number}")
        register_owner(
            vehicle, register_customer(cast.msk, name=f"Имя {number}", phone=f"+7 900 000-45-6{number}"), on=TODAY
        )
    with django_assert_num_queries(7):
        assert len(find("4567", site=cast.msk, on=TODAY)) == 1
    with django_assert_num_queries(5):
        assert len(find("А123", site=cast.msk, on=TODAY)) == more


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
@pytest.mark.parametrize("text", ["А123", "123", "4567", "иван", "321098"])
def test_no_search_reads_a_whole_table(cast, text):
    with CaptureQueriesContext(connection) as captured:
        find(text, site=cast.msk, on=TODAY)
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            assert not [row[3] for row in cursor.fetchall() if row[3].startswith("SCAN")]
