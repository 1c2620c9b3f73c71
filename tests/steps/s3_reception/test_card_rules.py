"""The rules of the fault card for themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comeback.method import loading
from comeback.steps.s3_reception.asking import ALL
from comeback.steps.s3_reception.card import contradictions, owed, questions_for, tidy, unanswered, unreadable
from comeback.steps.s3_reception.prefill import FROM_GUIDE
from comeback.steps.s3_reception.questions import QUESTIONS

NATURES = st.sampled_from(sorted(ALL))
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question.code: (
            st.lists(st.text(max_size=20), min_size=1, max_size=1)
            if question.kind == "text"
            else st.lists(
                st.sampled_from(list(question.options)),
                unique=True,
                min_size=1,
                max_size=1 if question.kind == "one" else 3,
            )
        )
        for question in QUESTIONS
    },
)


def test_the_card_knows_the_natures_of_the_sheet():
    assert set(loading.load().natures) == ALL


def test_every_question_is_asked_once():
    assert len({question.code for question in QUESTIONS}) == len(QUESTIONS)


def test_what_is_owed_is_also_asked():
    assert all(question.must <= question.where for question in QUESTIONS)


@pytest.mark.parametrize("nature", ["BODY", "LEAK", "MAINT"])
def test_a_creaking_door_needs_no_speed_range(nature):
    codes = {question.code for question in questions_for(nature)}
    assert "speed" not in codes
    assert "place" in codes


def test_an_unknown_nature_is_asked_everything_and_owes_nothing():
    assert len(questions_for("")) == len(QUESTIONS)
    assert owed({}, "") == []


def test_the_kind_of_noise_is_owed_only_when_there_is_a_noise():
    assert "noise" not in [question.code for question in owed({"symptom": ["vibration"]}, "NVH")]
    assert "noise" in [question.code for question in owed({"symptom": ["noise"]}, "NVH")]


def test_answers_of_a_symptom_that_was_taken_back_are_left_out():
    assert tidy({"symptom": ["leak"], "noise": ["squeak"], "helped": [" "]}) == {"symptom": ["leak"]}


def test_all_answers_that_the_call_fills_in_belong_to_the_card():
    for answers in FROM_GUIDE.values():
        for filled in answers.values():
            assert unreadable(filled) == ""


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ({"engine": ["cold"], "after_drive": ["after_30"]}, "полчаса"),
        ({"engine": ["warm"], "after_drive": ["at_once"]}, "прогретом"),
        ({"speed": ["standing"], "manoeuvre": ["brake"]}, "на месте"),
        ({"speed": ["from_60"], "manoeuvre": ["closing"]}, "На скорости"),
        ({"frequency": ["always"], "can_show": ["no"]}, "всегда"),
        ({"symptom": ["brakes"], "danger": ["no"]}, "можно ли ехать"),
        ({"weather": ["dry", "wet"]}, "дороги"),
        ({"weather": ["frost", "heat"]}, "погоды"),
    ],
)
def test_contradictions_are_pointed_out(answers, hint):
    found = list(contradictions(answers))
    assert len(found) == 1
    assert hint in found[0]


def test_answers_that_go_together_get_no_hint():
    quiet = {
        "engine": ["cold"],
        "speed": ["standing", "to_20"],
        "manoeuvre": ["idle", "bump"],
        "weather": ["wet", "ice"],
    }
    assert list(contradictions(quiet)) == []


@given(ANSWERS, NATURES)
def test_any_answers_of_the_card_can_be_read_judged_and_kept(answers, nature):
    assert unreadable(answers) == ""
    kept = tidy(answers)
    assert set(kept) <= set(answers)
    assert {question.code for question in unanswered(kept, nature)} <= {
        question.code for question in owed(kept, nature)
    }
    assert tidy(kept) == kept
    list(contradictions(kept))
