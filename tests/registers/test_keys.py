"""Entering cars and customers: one car a VIN, one customer a name and phone."""

from __future__ import annotations

from datetime import date

import pytest

from comeback.registers.keys import register_customer, register_owner, register_vehicle
from comeback.registers.models import Ownership, Vehicle
from tests.cast import ivanova_and_her_car, set_the_stage

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 2)


@pytest.fixture
def cast():
    return set_the_stage()


def test_a_known_vin_or_plate_gives_the_known_car(cast):
    _, vehicle = ivanova_and_her_car(cast)
    assert register_vehicle(cast.group, on=TODAY, vin="vf7lcrfjf74321098") == vehicle
    assert register_vehicle(cast.group, on=TODAY, plate="a 123 bc 77") == vehicle
    assert vehicle.plates.count() == 1


def test_a_known_vin_under_a_new_plate_keeps_both_plates_with_their_dates(cast):
    _, vehicle = ivanova_and_her_car(cast)
    register_vehicle(cast.group, on=TODAY, vin="VF7LCRFJF74321098", plate="К001КК77")
    assert list(vehicle.plates.order_by("pk").values_list("number", "until")) == [
        ("А123ВС77", TODAY),
        ("К001КК77", None),
    ]


def test_a_known_plate_with_another_vin_is_another_car(cast):
    _, vehicle = ivanova_and_her_car(cast)
    other = register_vehicle(cast.group, on=TODAY, vin="VF7SXHMZ6KW500001", plate="А123ВС77")
    assert other != vehicle
    assert Vehicle.objects.count() == 2


def test_a_car_of_which_nothing_is_known_is_entered_each_time(cast):
    assert register_vehicle(cast.group, on=TODAY, model="C4") != register_vehicle(cast.group, on=TODAY, model="C4")


def test_namesakes_without_a_phone_are_two_customers_and_with_one_phone_one(cast):
    first = register_customer(cast.msk, name="Иванов Пётр", phone="8 916 000-00-01")
    assert register_customer(cast.msk, name="иванов петр", phone="+7 (916) 000 00 01") == first
    assert register_customer(cast.msk, name="Иванов Пётр") != first


def test_the_same_person_is_another_customer_at_another_site(cast):
    phone = "8 916 000-00-01"
    assert register_customer(cast.msk, name="Иванов", phone=phone) != register_customer(
        cast.spb, name="Иванов", phone=phone
    )


def test_a_new_owner_ends_the_ownership_before(cast):
    customer, vehicle = ivanova_and_her_car(cast)
    buyer = register_customer(cast.msk, name="Сергеев Пётр")
    register_owner(vehicle, buyer, on=TODAY)
    register_owner(vehicle, buyer, on=TODAY)
    assert list(Ownership.objects.order_by("pk").values_list("customer", "until")) == [
        (customer.pk, TODAY),
        (buyer.pk, None),
    ]
