"""The rules of the fault card: which questions are asked, which are owed, which answers contradict each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from comeback.steps.s3_reception.asking import ALL, Question
from comeback.steps.s3_reception.questions import QUESTIONS

Answers = Mapping[str, list[str]]
LONGEST = 4000
AT_REST = {"start", "idle", "wheel_standing", "closing"}
MOVING = {
    "bump",
    "pull_away",
    "accelerate",
    "brake",
    "turn_left",
    "turn_right",
    "steady",
    "lift_off",
    "uphill",
    "downhill",
}


def questions_for(nature: str) -> list[Question]:
    """Questions asked for a nature; all of them while it is not known."""
    return [question for question in QUESTIONS if not nature or nature not in ALL or nature in question.where]


def owed(answers: Answers, nature: str) -> list[Question]:
    """Questions that must be answered before the customer signs, given the answers so far."""
    return [
        question
        for question in questions_for(nature)
        if nature in question.must and (not question.given or question.given in answers.get("symptom", []))
    ]


def unanswered(answers: Answers, nature: str) -> list[Question]:
    """What is still owed."""
    return [question for question in owed(answers, nature) if not answers.get(question.code)]


def unreadable(answers: Mapping[str, Any]) -> str:
    """Code of the first answer that is none of the card's; empty when all are."""
    known = {question.code: question for question in QUESTIONS}
    for code, given in answers.items():
        question = known.get(code)
        if question is None or not isinstance(given, list):
            return code
        if question.kind == "text" and any(len(text) > LONGEST for text in given):
            return code
        if question.kind != "text" and not set(given) <= question.options.keys():
            return code
        if question.kind != "many" and len(given) > 1:
            return code
    return ""


def tidy(answers: Answers) -> dict[str, list[str]]:
    """Without what was left empty; answers that belong to a symptom which was not chosen are left out."""
    symptoms = answers.get("symptom", [])
    given_only_with = {question.code: question.given for question in QUESTIONS if question.given}
    found = {code: [text.strip() for text in given if text.strip()] for code, given in answers.items()}
    return {
        code: given
        for code, given in found.items()
        if given and (not given_only_with.get(code) or given_only_with[code] in symptoms)
    }


def contradictions(answers: Answers) -> Iterator[str]:
    """What does not go together, as questions to ask the customer once more. Hints: nothing is refused for them."""

    def chosen(code: str, *options: str) -> bool:
        return bool(set(answers.get(code, [])) & set(options))

    manoeuvres, speeds = set(answers.get("manoeuvre", [])), set(answers.get("speed", []))
    if chosen("engine", "cold", "stood_night") and chosen("after_drive", "after_30"):
        yield _("With a cold engine, but only after half an hour's drive: ask once more.")
    if chosen("engine", "warm") and chosen("after_drive", "at_once"):
        yield _("With a warm engine, but at once after starting: ask once more.")
    if speeds == {"standing"} and manoeuvres & MOVING:
        yield _("Only when standing, but during a manoeuvre of a moving car: ask once more.")
    if speeds and not speeds & {"standing", "any", "unknown"} and manoeuvres and manoeuvres <= AT_REST:
        yield _("At speed, but only during manoeuvres at rest: ask once more.")
    if chosen("frequency", "always") and chosen("can_show", "no"):
        yield _("Always there, but the customer cannot show it: ask once more.")
    if chosen("symptom", "brakes", "smoke") and chosen("danger", "no"):
        yield _("Brakes or smoke, but not dangerous: ask once more whether the car may be driven.")
    if chosen("weather", "dry") and chosen("weather", "wet", "ice"):
        yield _("Both dry and wet: does the road matter at all?")
    if chosen("weather", "frost") and chosen("weather", "heat"):
        yield _("Both in frost and in heat: does the weather matter at all?")
