"""What speaks for and against a match besides it: place, time, a wish, wear, words that nobody knows."""

import pytest

from comeback.recognition import Garage, Marks, PastLine
from tests.recognition.cast import ask, codes, past

CAMERA = {"complaint": "камера пропадает", "lines": (PastLine("labour", "", "Ремонт разъёма камеры"),)}
PADS = {"complaint": "скрип тормозов", "lines": (PastLine("labour", "", "Замена передних колодок"),)}


def test_who_names_what_was_repaired_lately_and_asks_for_nothing_complains() -> None:
    answer = ask("камера показывает раз из пяти, остальное чернота", past(20, 6_000, **CAMERA))
    assert answer.verdict == "comeback"
    assert {"fault_in_it", "same_part"} <= codes(answer)


@pytest.mark.parametrize("words", ["сколько стоит новая камера", "хочу вторую камеру в салон", "камера у вас есть?"])
def test_a_wish_for_the_same_part_is_no_comeback(words: str) -> None:
    assert ask(words, past(20, 900, **CAMERA)).verdict != "comeback"


def test_evidence_lifts_to_the_verdict_and_no_further() -> None:
    answer = ask("опять не держит ручник сзади", past(40, 3_000, complaint="не держит ручник"))
    assert 60 <= answer.score <= 85
    assert all(one.points > 0 for one in answer.reasons if one.code.startswith(("same_", "fault_")))


def test_a_part_that_lasted_its_time_is_worn_out() -> None:
    answer = ask("скрипят передние колодки", past(300, 30_000, **PADS))
    assert answer.verdict == "new"
    assert "worn_out" in codes(answer)


def test_the_same_part_worn_out_is_asked_about_when_it_is_claimed() -> None:
    assert ask("опять скрипят передние колодки, не помогло", past(300, 30_000, **PADS)).verdict != "new"


def test_what_has_not_ceased_is_still_there() -> None:
    answer = ask("спереди тишина, а сзади не перестало стучать", past(8, 300, complaint="стук сзади", lines=()))
    assert answer.verdict == "comeback"


def test_words_that_nobody_knows_soon_after_a_repair_are_asked_about() -> None:
    answer = ask("какая-то дрынь-дрынь ерундовина", past(5, 100))
    assert (answer.verdict, "not_understood" in codes(answer)) == ("ask", True)


def test_a_lamp_that_is_named_is_not_mixed_up_with_another() -> None:
    assert ask("горит лампа давления в шинах", past(10, 300, complaint="горит чек", lines=())).verdict == "new"


def test_a_part_of_the_plate_is_enough_with_the_phone() -> None:
    garage = Garage()
    car = garage.add(Marks(plate="YK71 TBF", phone="07700 900434"))
    assert garage.find(Marks(plate="YK71", phone="+44 7700 900434")).cars == (car,)
    assert garage.find(Marks(plate="AB12", phone="+44 7700 900434")).cars == ()


@pytest.mark.parametrize(
    "words",
    ["тормозной шланг подтекает", "steering is stuck", "ceinture bloquée", "la direction a du jeu", "brake hose leaks"],
)
def test_more_than_a_noise_in_brakes_steering_or_belts_raises_the_flag(words: str) -> None:
    assert ask(words).safety


@pytest.mark.parametrize("words", ["скрипят колодки", "brakes squeal", "la direction grince", "замена масла"])
def test_a_noise_and_a_service_do_not(words: str) -> None:
    assert not ask(words).safety
