"""The guide as data: whole in three languages, and what the answers mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comeback.steps.s8_followup.guide import faults, guide, outcome_of

GOOD = {"q1": "yes", "q8": 10}


def one_answer(question):
    if question.kind == "choice":
        return st.sampled_from(sorted(question.choices))
    if question.kind == "scale":
        return st.sampled_from(question.scale)
    return st.text(max_size=20)


answers = st.fixed_dictionaries(
    {it.id: one_answer(it) for it in guide().questions if it.required},
    optional={it.id: one_answer(it) for it in guide().questions if not it.required},
)


def test_the_guide_has_eleven_questions_in_three_languages():
    questions = guide().questions
    assert [it.id for it in questions] == [f"q{number}" for number in range(1, 12)]
    assert [it.id for it in questions if it.required] == ["q1", "q8"]
    for question in questions:
        for text in (question.text, *question.choices.values()):
            assert all([text.ru, text.en, text.fr])


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({}, "satisfied"),
        ({"q1": "no"}, "dissatisfied"),
        ({"q1": "partly"}, "dissatisfied"),
        ({"q8": 6}, "dissatisfied"),
        ({"q8": 7}, "satisfied"),
        ({"q3": "yes"}, "dissatisfied"),
        ({"q1": "not_tried"}, "not_tried"),
        ({"q1": "not_tried", "q3": "yes"}, "dissatisfied"),
        ({"q4": 6}, "remark"),
        ({"q5": "no"}, "remark"),
        ({"q6": "no"}, "remark"),
        ({"q7": "no"}, "remark"),
        ({"q9": 0}, "remark"),
        ({"q10": "Долго ждал"}, "remark"),
        ({"q10": "  "}, "satisfied"),
        ({"q11": "yes"}, "remark"),
        ({"q2": "no", "q11": "no"}, "satisfied"),
    ],
)
def test_what_the_answers_mean(more, outcome):
    assert outcome_of(GOOD | more) == outcome


@given(answers)
def test_whoever_says_it_is_not_cured_is_never_counted_as_satisfied(given_answers):
    assert faults(given_answers) == []
    unhappy = given_answers["q1"] in ("no", "partly") or given_answers["q8"] <= 6 or given_answers.get("q3") == "yes"
    assert (outcome_of(given_answers) == "dissatisfied") is unhappy


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"q8": 10}, ["q1"]),
        ({"q1": "yes"}, ["q8"]),
        ({"q1": "not_tried"}, []),
        (GOOD | {"q8": 11}, ["q8"]),
        (GOOD | {"q8": "10"}, ["q8"]),
        (GOOD | {"q8": True}, ["q8"]),
        (GOOD | {"q1": "maybe"}, ["q1"]),
        (GOOD | {"q12": "yes"}, ["q12"]),
        (GOOD | {"q10": "а" * 2001}, ["q10"]),
    ],
)
def test_answers_that_cannot_be_are_found(wrong, fault):
    assert faults(wrong) == fault
