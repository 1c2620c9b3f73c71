"""The guide of the follow-up call as data, what is wrong with a set of answers, and the outcome they mean. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from comeback.method.sheet import Text

FILE = Path(__file__).with_name("guide.yaml")
POOR = 6  # of 10: this and less is a poor mark
MOST_WORDS = 2000

Answers = Mapping[str, str | int]
Outcome = Literal["satisfied", "remark", "dissatisfied", "not_tried"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question; choices by code, or a scale from–to, or the customer's words."""

    id: str
    kind: Literal["choice", "scale", "text"]
    text: Text
    required: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    scale: range = range(0)

    def allows(self, answer: str | int) -> bool:
        """Whether this can be an answer."""
        if self.kind == "choice":
            return answer in self.choices
        if self.kind == "scale":
            return type(answer) is int and answer in self.scale
        return isinstance(answer, str) and len(answer) <= MOST_WORDS


@dataclass(frozen=True)
class Guide:
    """version: kept with each contact; opening: with places for {dealer}, {caller}, {day}."""

    version: int
    opening: Text
    questions: tuple[Question, ...]


@cache
def guide() -> Guide:
    """The guide that comes with Comeback."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Guide(raw["version"], Text(**raw["opening"]), tuple(_question(it) for it in raw["questions"]))


def faults(answers: Answers) -> list[str]:
    """Ids of questions whose answer is missing or cannot be one, and of answers to no question.

    The mark of q8 is not asked of a customer who has not tried the car yet.
    """
    asked = {it.id: it for it in guide().questions}
    wrong = [id_ for id_, answer in answers.items() if id_ not in asked or not asked[id_].allows(answer)]
    owed = [it.id for it in asked.values() if it.required and it.id not in answers]
    return wrong + [id_ for id_ in owed if not (id_ == "q8" and answers.get("q1") == "not_tried")]


def outcome_of(answers: Answers) -> Outcome:
    """What the answers mean (§3.9)."""
    if answers.get("q1") in ("no", "partly") or answers.get("q3") == "yes" or _is_poor(answers, "q8"):
        return "dissatisfied"
    if answers.get("q1") == "not_tried":
        return "not_tried"
    against = any(answers.get(id_) == "no" for id_ in ("q5", "q6", "q7")) or answers.get("q11") == "yes"
    poor = _is_poor(answers, "q4") or _is_poor(answers, "q9")
    return "remark" if against or poor or str(answers.get("q10", "")).strip() else "satisfied"


def _is_poor(answers: Answers, id_: str) -> bool:
    mark = answers.get(id_)
    return isinstance(mark, int) and mark <= POOR


def _question(raw: dict[str, Any]) -> Question:
    return Question(
        id=raw["question"],
        kind=raw["kind"],
        text=Text(**raw["text"]),
        required=raw.get("required", False),
        choices={code: Text(**text) for code, text in raw.get("choices", {}).items()},
        scale=range(raw["from"], raw["to"] + 1) if raw["kind"] == "scale" else range(0),
    )
