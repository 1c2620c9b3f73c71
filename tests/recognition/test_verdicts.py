"""What the receptionist sees for words as they are said, in three languages."""

import pytest

from comeback.recognition import PastLine
from tests.recognition.cast import ask, codes, past

LAMP_LEFT = {"complaint": "замена лампы птф", "lines": (PastLine("labour", "", "Замена левой"),)}
SERVICE = {
    "complaint": "ТО-2",
    "lines": (PastLine("labour", "", "Регламентное ТО-2"), PastLine("part", "", "Масло моторное")),
}
ORDERED = {"complaint": "дребезг выхлопа", "lines": (PastLine("labour", "", "Заказ: хомут глушителя"),)}


@pytest.mark.parametrize(
    "words", ["опять то же самое", "ça recommence", "same thing again", "то же, что и в прошлый раз", "rebelote"]
)
def test_words_that_name_nothing_point_to_the_one_repair(words: str) -> None:
    answer = ask(words, past(15, 600), past(90, 4_000, order_no="ЗН-1300", **SERVICE))
    assert (answer.verdict, answer.order_no) == ("comeback", "ЗН-1507")


def test_with_two_repairs_the_same_thing_must_be_asked() -> None:
    other = past(
        40, 2_000, order_no="ЗН-1480", complaint="не греет печка", lines=(PastLine("labour", "", "Ремонт печки"),)
    )
    answer = ask("опять то же самое", past(15, 600), other)
    assert (answer.verdict, answer.question and answer.question.code) == ("ask", "which_repair")


@pytest.mark.parametrize(
    "words",
    [
        "хомут пришёл?",
        "запишите на ТО",
        "переобуться на зиму",
        "письмо от завода, отзывная кампания",
        "поставить фаркоп",
        "спасибо, всё отлично, больше не скрипит",
        "верните разницу по счету",
        "нужен акт для бухгалтерии",
        "для второй машины, не холодит",
        "recall letter came for the airbags",
        "fit a towbar please",
        "pneus hiver à monter",
        "poser un attelage",
    ],
)
def test_what_is_no_comeback_is_not_asked_about(words: str) -> None:
    assert ask(words, past(15, 600)).verdict == "new"


@pytest.mark.parametrize("words", ["деталь пришла?", "has my part arrived", "pièce reçue ?"])
def test_an_ordered_part_is_a_planned_visit(words: str) -> None:
    answer = ask(words, past(10, 300, **ORDERED))
    assert answer.verdict == "new"
    assert "planned" in codes(answer)


@pytest.mark.parametrize("words", ["капает масло после вашего ТО", "oil on my drive since the service"])
def test_damage_next_to_the_work_is_a_comeback(words: str) -> None:
    answer = ask(words, past(4, 90, **SERVICE))
    assert (answer.verdict, answer.order_no) == ("comeback", "ЗН-1507")


def test_sensors_dead_after_the_bumper_is_a_comeback() -> None:
    bumper = {"complaint": "Ремонт бампера", "lines": (PastLine("labour", "", "Покраска бампера"),)}
    assert ask("парктроник не работает", past(6, 100, **bumper)).verdict == "comeback"


def test_the_other_side_long_after_is_new() -> None:
    left = {"complaint": "Замена левого привода", "lines": (PastLine("part", "", "Привод левый"),)}
    answer = ask("справа хруст на вывороте, раньше слева меняли", past(330, 20_000, **left))
    assert answer.verdict == "new"
    assert "other_side" in codes(answer)


@pytest.mark.parametrize("words", ["туманка не горит", "fog light is out", "antibrouillard éteint"])
def test_a_side_that_is_not_named_is_asked(words: str) -> None:
    answer = ask(words, past(5, 100, **LAMP_LEFT))
    assert (answer.verdict, answer.question and answer.question.code) == ("ask", "which_side")


def test_a_lamp_that_is_not_named_is_asked() -> None:
    engine = {"complaint": "горит чек", "lines": (PastLine("part", "", "Датчик кислорода"),)}
    answer = ask("опять горит лампочка", past(10, 200, **engine))
    assert (answer.verdict, answer.question and answer.question.code) == ("ask", "which_lamp")


def test_several_cars_are_asked_about() -> None:
    answer = ask("скрип спереди", past(5, 100, vehicle="A"), past(7, 150, vehicle="B", order_no="ЗН-1499"))
    assert (answer.verdict, answer.question and answer.question.code) == ("ask", "which_car")


def test_several_cars_and_a_seasonal_change_of_tyres_are_not() -> None:
    assert ask("шиномонтаж", past(5, vehicle="A"), past(7, vehicle="B")).verdict == "new"


def test_misspelt_words_are_understood() -> None:
    assert ask("скрыпит спереди", past(10, 300)).verdict == "comeback"


@pytest.mark.parametrize(
    ("words", "nature"),
    [
        ("тормоза не держат", "SAFETY"),
        ("скрип спереди", "NVH"),
        ("не тянет", "DRIVE"),
        ("горит чек", "LAMP"),
        ("течь антифриза", "LEAK"),
        ("не холодит кондиционер", "CLIMATE_MM"),
        ("слезла краска", "BODY"),
        ("забыли закрутить, грязь в салоне", "MAINT"),
        ("ошибка в счёте, верните разницу", "DOC"),
        ("садится аккумулятор", "ELEC_INT"),
    ],
)
def test_the_words_propose_a_nature(words: str, nature: str) -> None:
    assert ask(words, past(10)).nature == nature


@pytest.mark.parametrize(
    "words",
    [
        "педаль тормоза провалилась",
        "пахнет бензином",
        "колесо болтается",
        "заглохла на ходу",
        "the brakes failed",
        "smell of petrol inside",
        "wheel nuts were loose",
        "plus de freins",
        "ça sent l'essence",
        "de la fumée sous le capot",
    ],
)
def test_words_of_danger_raise_the_flag(words: str) -> None:
    answer = ask(words)
    assert answer.safety
    assert answer.nature == "SAFETY"


def test_ordinary_words_raise_no_flag() -> None:
    assert not any(ask(words).safety for words in ("скрип спереди", "radio is dead", "la clim est en panne"))
