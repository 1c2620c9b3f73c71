"""Which action does which line of the sheet: filled by the decorators `@line` and `@act` when the rooms start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from comeback.cases.models import Case, Month, Request

Subject = Request | Case | Month
Action = Callable[..., Any]


@dataclass(frozen=True)
class Registered:
    """An action under its name: a line ("4.4"), one of a line's acts ("3.2/sign"), or an act of its own ("punch_in").

    permit: the line or act of the sheet that says who may.
    """

    name: str
    permit: str
    action: Action


@dataclass(frozen=True)
class Command:
    """One thing to do to one subject.

    subject: the row, or a function of the results of the commands before it (a case opened by the same form).
    """

    name: str
    subject: Subject | Callable[[list[Any]], Subject]
    arguments: Mapping[str, Any] = field(default_factory=dict)


ACTIONS: dict[str, Registered] = {}


def line(id_: str, act: str = "") -> Callable[[Action], Action]:
    """The action that does a line of the sheet; `act` where a line takes several."""
    return _register(f"{id_}/{act}" if act else id_, id_)


def act(name: str) -> Callable[[Action], Action]:
    """An action that the sheet lists among its acts."""
    return _register(name, name)


def _register(name: str, permit: str) -> Callable[[Action], Action]:
    def keep(action: Action) -> Action:
        if name in ACTIONS and ACTIONS[name].action is not action:
            raise ValueError(f"two actions for {name}: {ACTIONS[name].action.__module__} and {action.__module__}")
        ACTIONS[name] = Registered(name, permit, action)
        return action

    return keep
