"""The one way in which Comeback says no: which rule, what is missing, who can supply it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["gate", "function", "unknown", "changed", "input"]


@dataclass(frozen=True)
class Missing:
    """One thing that is missing or wrong.

    need: line id ("4.4"), fact name or field name; text: the sentence to show (lazy translation, or the sheet's Text);
    by: codes of the functions that can supply it; field: the form field it belongs to, when it does.
    """

    need: str
    text: Any = ""
    by: tuple[str, ...] = ()
    field: str = ""


class Refused(Exception):
    """A command that the method does not allow.

    rule: line ("4.4"), gate ("G7") or named rule; kind: gate (409), function (403), unknown (404), changed (409),
    input (422). `desk` turns it into a sentence on the page or into problem+json.
    """

    def __init__(self, rule: str, *missing: Missing, kind: Kind = "gate") -> None:
        super().__init__(rule, missing)
        self.rule = rule
        self.missing = missing
        self.kind: Kind = kind

    def __str__(self) -> str:
        return f"{self.rule}: " + "; ".join(f"{item.need} {item.text}".strip() for item in self.missing)


def refuse(rule: str, text: Any, *, by: tuple[str, ...] = (), need: str = "") -> Refused:
    """A refusal by a rule of the line itself: `raise refuse("5.1", _("…"), by=("foreman",))`."""
    return Refused(rule, Missing(need or rule, text, by))


def bad_input(rule: str, field: str, text: Any) -> Refused:
    """A refusal of what was typed in one field."""
    return Refused(rule, Missing(field, text, field=field), kind="input")
