"""What is heard in a text."""

import pytest

from comeback.recognition.lexicon import load
from comeback.recognition.words import Heard, hear


def heard(text: str) -> Heard:
    return hear(text, load())


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("стучит", "knock"),
        ("постукивает на кочках", "knock"),
        ("clunking noise", "knock"),
        ("ça cogne", "knock"),
        ("троит", "misfire"),
        ("Джеки Чан горит", "lamp_engine"),
        ("EML on", "lamp_engine"),
        ("voyant moteur allumé", "lamp_engine"),
        ("won't start", "no_start"),
        ("ne démarre plus", "no_start"),
        ("не заводится", "no_start"),
        ("течёт антифриз", "coolant_leak"),
        ("losing coolant", "coolant_leak"),
        ("perd du liquide de refroidissement", "coolant_leak"),
    ],
)
def test_symptoms_are_heard_in_three_languages(text: str, symptom: str) -> None:
    assert symptom in heard(text).symptoms


@pytest.mark.parametrize(
    "text",
    [
        "больше не стучит",
        "стук пропал",
        "стука больше нет",
        "no knocking",
        "the knock has gone",
        "plus aucun claquement",
    ],
)
def test_what_is_gone_is_not_heard_as_a_fault(text: str) -> None:
    assert "knock" not in heard(text).symptoms


@pytest.mark.parametrize("text", ["стук не пропал", "knock has not gone"])
def test_what_is_not_gone_is_still_a_fault(text: str) -> None:
    assert "knock" in heard(text).symptoms


def test_the_letters_to_are_a_service_only_in_capitals() -> None:
    assert "maintenance" in heard("Надо ТО").cues
    assert "maintenance" not in heard("то же самое").cues


def test_places_of_earlier_work_are_kept_apart() -> None:
    listened = heard("справа хруст, раньше слева меняли")
    assert (listened.places, listened.earlier_places) == ({"right"}, {"left"})


@pytest.mark.parametrize("text", ["NSF spring", "ressort AVG", "пружина передняя левая"])
def test_workshop_abbreviations_name_the_corner(text: str) -> None:
    assert heard(text).places & {"front_left"}


def test_trouble_codes_are_heard() -> None:
    assert heard("считали p0300 и C0035").trouble_codes == {"P0300", "C0035"}


def test_a_trouble_code_names_its_system() -> None:
    assert (load().system_of_code("P0741"), load().system_of_code("B0001")) == ("gearbox", "airbags")


def test_cues_keep_the_words_as_written() -> None:
    assert heard("Опять стучит").cues["again"] == "Опять"


def test_an_empty_text_says_nothing() -> None:
    assert not heard("  ...  ").names_something()
