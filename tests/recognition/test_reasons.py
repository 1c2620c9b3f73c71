"""Reasons are sentences in the reader's language."""

import pytest

from comeback.recognition import Reason, reasons, sentence, sentences, weights
from comeback.recognition.lexicon import LANGUAGES
from tests.recognition.cast import ask, past

KNOCK = {"complaint": "стук спереди справа"}


def test_the_main_reason_says_what_where_when_and_after_which_work() -> None:
    answer = ask("опять стук спереди справа", past(12, 430, **KNOCK))
    assert sentences(answer, "ru") == [
        "тот же стук спереди справа, 12 дней и 430 км после ЗН-1507 (Замена стоек стабилизатора)",
        "клиент говорит: «опять»",
    ]


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("en", "the same knock at the front right, 12 days and 430 km after ЗН-1507"),
        ("fr", "le même claquement à l'avant droit, 12 jours et 430 km après ЗН-1507"),
    ],
)
def test_the_same_reason_in_other_languages(language: str, start: str) -> None:
    answer = ask("опять стук спереди справа", past(12, 430, **KNOCK))
    assert sentences(answer, language)[0].startswith(start)


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 день"), (3, "3 дня"), (11, "11 дней"), (21, "21 день"), (112, "112 дней")]
)
def test_russian_days_are_declined(days: int, words: str) -> None:
    assert sentence(Reason("days", 5, {"days": days}), "ru") == f"{words} после выдачи"


def test_a_bare_number_is_called_an_order_in_the_language() -> None:
    reason = Reason("same_dtc", 30, {"order_no": "1507", "days": 0, "shared": "P0301", "work": ""})
    assert sentence(reason, "ru") == "тот же код P0301, в день выдачи по ЗН-1507"
    assert sentence(reason, "en") == "the same code P0301, on the day of RO 1507"


def test_every_sentence_is_there_in_each_language_with_the_same_blanks() -> None:
    for code, phrases in reasons._templates().items():
        assert set(phrases) == set(LANGUAGES), code


def test_every_reason_that_may_come_has_its_sentence() -> None:
    edition = weights.load()
    expected = {
        *edition.match,
        *(f"cue_{cue}" for cue in edition.cues),
        "days",
        "km",
        "claim",
        "claim_floor",
        "no_match",
        "just_beyond",
    }
    expected |= {f"follow_up_{one}" for one in edition.follow_up} | {f"result_{one}" for one in edition.earlier_result}
    assert expected <= reasons._templates().keys()


def test_the_question_of_an_ask_is_a_question() -> None:
    answer = ask("стойки стабилизатора", past(200, 12_000))
    assert answer.question
    assert all(sentence(answer.question, language).endswith("?") for language in LANGUAGES)
