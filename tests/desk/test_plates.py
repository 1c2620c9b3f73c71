"""Plates as they stand on the car, whatever way they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comeback.desk.plates import Plate, split_plate


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("А123ВС77", Plate("А 123 ВС", "77", "RU")),
        ("a123bc 77", Plate("А 123 ВС", "77", "RU")),
        ("т 418 мк 777", Plate("Т 418 МК", "777", "RU")),
        ("АА123477", Plate("АА 1234", "77", "RU")),
        ("ab-123-cd", Plate("AB-123-CD", "", "FR")),
        ("ab12 cde", Plate("AB12 CDE", "", "GB")),
        ("1234 KM 7", Plate("1234 KM 7", "", "")),
    ],
)
def test_a_plate_is_split_as_on_the_car(typed: str, shown: Plate) -> None:
    assert split_plate(typed) == shown


@given(st.text(max_size=20))
def test_no_text_breaks_the_plate(text: str) -> None:
    number, region, country = split_plate(text)
    assert country in ("", "RU", "FR", "GB")
    assert bool(region) == (country == "RU")
    assert number or not text.strip(" \t\n\r\x0b\x0c") or not text.strip()
