"""One spelling for what identifies a car or a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comeback.recognition.normalise import (
    is_vin,
    name_words,
    normalise_name,
    normalise_phone,
    normalise_plate,
    normalise_vin,
    phone_key,
    plate_key,
    plate_without_region,
)

TEXT = st.text(max_size=40)


@pytest.mark.parametrize(
    ("written", "plate"),
    [("а 123 вс 77", "A123BC77"), ("A123BC77", "A123BC77"), ("GA-123-BC", "GA123BC"), ("yk71-tbf", "YK71TBF")],
)
def test_plates_of_three_countries_have_one_spelling(written: str, plate: str) -> None:
    assert normalise_plate(written) == plate


def test_cyrillic_and_latin_letters_of_a_plate_are_the_same() -> None:
    assert normalise_plate("Х503ЕВ799") == normalise_plate("X503EB799")


def test_the_letter_o_and_zero_are_the_same_for_finding() -> None:
    assert plate_key("о716сн77") == plate_key("0716CH77")


def test_callers_leave_out_the_region_of_a_russian_plate() -> None:
    assert plate_without_region(plate_key("О716СН77")) == plate_key("о 716 сн")
    assert plate_without_region(plate_key("YK71 TBF")) == ""


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("8(900)000-97-58", "RU", "+79000009758"),
        ("+7 900 000-97-58", "FR", "+79000009758"),
        ("06.39.98.90.70", "FR", "+33639989070"),
        ("07700 900354", "GB", "+447700900354"),
    ],
)
def test_phones_become_e164(written: str, region: str, number: str) -> None:
    assert normalise_phone(written, region) == number


@pytest.mark.parametrize("written", ["", "перезвонить вечером", "12"])
def test_free_text_is_no_phone(written: str) -> None:
    assert normalise_phone(written, "RU") is None


def test_a_phone_is_found_with_any_prefix() -> None:
    assert phone_key("8 (900) 000-97-58") == phone_key("+79000009758") == phone_key("9000009758")


def test_letters_that_no_vin_holds_are_read_as_digits() -> None:
    assert normalise_vin("vf7lcrfjf743 21o98") == "VF7LCRFJF74321098"
    assert is_vin("VF7LCRFJF74321098")
    assert not is_vin("VF7LCRFJF7432109")


def test_names_are_compared_without_case_accents_and_yo() -> None:
    assert normalise_name("НОЁЛЬ  Ёжиков") == "ноель ежиков"
    assert normalise_name("Noël Théo") == "noel theo"
    assert name_words("ООО «Вектор-45»") == ("вектор", "45")


def test_short_i_keeps_its_mark() -> None:
    assert normalise_name("Рыбий") == "рыбий"


@given(TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    for normalise in (normalise_vin, normalise_plate, plate_key, normalise_name):
        assert normalise(normalise(text)) == normalise(text)


@given(st.sampled_from("АВЕКМНОРСТУХ"), st.integers(0, 999), st.text("АВЕКМНОРСТУХ", min_size=2, max_size=2))
def test_any_russian_plate_is_found_without_its_region(first: str, number: int, letters: str) -> None:
    short = f"{first}{number:03d}{letters}"
    assert plate_without_region(plate_key(f"{short}777")) == plate_key(short.lower())
