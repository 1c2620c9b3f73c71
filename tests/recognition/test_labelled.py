"""The labelled bookings: well formed, judged no worse than the document says, and the document is of today."""

from pathlib import Path

import pytest

from bench import recognition as bench
from bench import recognition_safety as safety
from bench import recognition_set as labelled
from bench.recognition import Judged

DOCUMENT = Path(__file__).parents[2] / "docs" / "recognition.md"
LANGUAGES = ("ru", "en", "fr")


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return bench.judge(labelled.read())[0]


def test_the_set_is_large_and_in_three_languages() -> None:
    bookings = labelled.read()
    assert len({one.booking_no for one in bookings}) == len(bookings) >= 900
    assert all(sum(one.language == language for one in bookings) >= 250 for language in LANGUAGES)


def test_each_label_points_to_an_order_that_is_there() -> None:
    for one in labelled.read():
        assert one.order <= len(one.past), one.booking_no
        assert (one.order > 0) == (one.label == "comeback") or one.label == "ask", one.booking_no


def test_every_kind_of_case_is_in_both_first_halves() -> None:
    kinds = {half: {one.kind for one in labelled.read() if one.half == half} for half in ("tune", "report")}
    assert kinds["tune"] == kinds["report"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_target_holds_on_what_was_tuned(judged: list[Judged], language: str) -> None:
    ours = [one for one in judged if one.booking.language == language]
    recall, precision, asked = bench.recall(ours), bench.precision(ours), bench.asked(ours)
    assert recall.part / recall.whole >= 0.95
    assert precision.part / precision.whole >= 0.90
    assert asked.part / asked.whole <= 0.15


def test_the_figures_of_the_document_are_of_today() -> None:
    shown = DOCUMENT.read_text(encoding="utf-8").partition("<!-- figures: begin -->\n")[2]
    assert shown.partition("\n<!-- figures: end -->")[0].splitlines() == list(bench.for_the_document())


def test_wilson_is_wider_where_there_is_less() -> None:
    few, many = bench.Share(9, 10).interval(), bench.Share(90, 100).interval()
    assert few[0] < many[0] < 0.9 < many[1] < few[1]


@pytest.mark.parametrize("name", safety.LISTS)
def test_dangers_raise_the_flag_and_ordinary_words_do_not(name: str) -> None:
    wrong = [text for _, sign, text in safety.sentences(name) if safety.raised(text) != (sign == "+")]
    assert wrong == []
