"""What a question of the fault card is, and for which natures of comeback it is asked. Method 3.2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import pgettext_lazy

ALL = frozenset({"SAFETY", "NVH", "DRIVE", "ELEC_INT", "LAMP", "LEAK", "CLIMATE_MM", "BODY", "MAINT", "DOC"})
CAR = ALL - {"DOC"}
FAULT = CAR - {"MAINT", "BODY"}
MOVING = frozenset({"SAFETY", "NVH", "DRIVE", "ELEC_INT", "LAMP"})
FELT = frozenset({"NVH", "DRIVE"})
UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. kind: one answer, several, or text; where: natures for which it is asked; must: where owed.

    given: it is asked (and owed) only when this symptom was chosen; more: it stands among the further questions.
    """

    code: str
    label: Any
    kind: Literal["one", "many", "text"]
    options: Mapping[str, Any]
    where: frozenset[str]
    must: frozenset[str] = frozenset()
    given: str = ""
    more: bool = False


OR_UNKNOWN = {UNKNOWN: pgettext_lazy("fault card", "Don't know")}


def one(code: str, label: Any, where: frozenset[str], options: Mapping[str, Any], **more: Any) -> Question:
    return Question(code=code, label=label, kind="one", where=where, options={**options, **OR_UNKNOWN}, **more)


def many(code: str, label: Any, where: frozenset[str], options: Mapping[str, Any], **more: Any) -> Question:
    return Question(code=code, label=label, kind="many", where=where, options=options, **more)


def text(code: str, label: Any, where: frozenset[str], **more: Any) -> Question:
    return Question(code=code, label=label, kind="text", where=where, options={}, **more)
