"""Which action does which line of the sheet: filled by the decorators `@line` and `@act` when the rooms start."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from comeback.cases.models import Case, Month, Request
from comeback.method.sheet import Scope

Subject = Request | Case | Month
Action = Callable[..., Any]


@dataclass(frozen=True)
class Registered:
    """An action under its name: a line ("4.4"), one of a line's acts ("3.2/sign"), or an act of its own ("punch_in").

    permit: the line or act of the sheet that says who may, and that its gates guard; empty for an answered condition
    and an opened gate, which no gate guards.
    """

    name: str
    permit: str
    action: Action

    @property
    def rule(self) -> str:
        """The line, act or gate that a refusal names."""
        return self.name.partition("/")[0]

    @property
    def kinds(self) -> frozenset[Scope]:
        """Kinds of subject that the action takes, by its own annotation."""
        first = next(iter(inspect.signature(self.action).parameters))
        hint = typing.get_type_hints(self.action)[first]
        return frozenset(kind.KIND for kind in typing.get_args(hint) or (hint,))


@dataclass(frozen=True)
class Opening:
    """A subject that its first command opens in the same transaction. given: what from, as plain values."""

    open: Callable[[], Subject]
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Command:
    """One thing to do to one subject.

    subject: the row, one to be opened, or a function of the results of the commands before it (a case opened by the
    same form).
    """

    name: str
    subject: Subject | Opening | Callable[[list[Any]], Subject]
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, Any]:
        """Everything that was typed for it: the arguments, and what a new subject is opened from."""
        opened = {"opened_from": dict(self.subject.given)} if isinstance(self.subject, Opening) else {}
        return dict(self.arguments) | opened

    def subject_after(self, results: list[Any]) -> Subject:
        """The row, once the commands before it are done."""
        if isinstance(self.subject, Opening):
            return self.subject.open()
        return self.subject if isinstance(self.subject, Request | Case | Month) else self.subject(results)


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
