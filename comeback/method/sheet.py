"""The sheet, typed: what `sheet.yaml` says, after it was read and found whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from comeback.method.calendar import Span

LineKind = Literal["act", "rule", "indicator"]
Scope = Literal["request", "case", "month"]
Need = Literal["must", "recommended", "no"]


@dataclass(frozen=True)
class Text:
    """The same words in three languages."""

    ru: str
    en: str
    fr: str

    def in_language(self, language: str) -> str:
        """Words for a language code such as `ru`, `fr-ca`; Russian when the language is not one of the three."""
        return str(getattr(self, language[:2], self.ru))

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True)
class Due:
    """When a line must be done: `within` a span after the fact `after`, or `by` a span before the time `before` names.

    The moment of a fact is its value when that is a datetime (an appointment), else when it happened.
    """

    after: str = ""
    within: Span | None = None
    before: str = ""
    by: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the sheet: what is to be done, by whom, on what evidence it is done."""

    id: str
    step: int
    kind: LineKind
    scope: Scope
    text: Text
    short: Text
    by: tuple[str, ...] = ()
    delegate_to: tuple[str, ...] = ()
    done: str = ""
    by_nature: bool = False
    after: tuple[str, ...] = ()
    due: Due | None = None
    means: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the nine steps. case_done: the fact that makes its rail cell green where its lines are not the case's."""

    id: int
    phase: str
    text: Text
    short: Text
    functions: tuple[str, ...]
    means: tuple[str, ...]
    case_done: str = ""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What must be so (`needs`: lines, facts, other gates) before certain lines and acts (`guards`) are allowed."""

    id: str
    text: Text
    needs: tuple[str, ...]
    guards: tuple[str, ...] = ()
    override: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactKind:
    """A named thing that can be so; `by` can supply it, `line` is where."""

    name: str
    text: Text
    by: tuple[str, ...] = ()
    line: str = ""


@dataclass(frozen=True)
class Nature:
    """A nature of comeback («характер») and what it makes of each conditional line."""

    code: str
    text: Text
    needs: Mapping[str, Need]


@dataclass(frozen=True)
class Means:
    """A recommended means: a document, one of the two tables, or a portal tool.

    group: the heading at the foot of the sheet (`references`) under which it stands.
    """

    id: str
    kind: Literal["document", "table", "portal"]
    text: Text
    group: str = "means"


@dataclass(frozen=True, kw_only=True)
class Act:
    """An act that is no line of its own (punch, reject, hand over): who may do it."""

    name: str
    scope: Scope
    text: Text
    by: tuple[str, ...]
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole sheet of one edition. hash: SHA-256 of the file's bytes, kept with each case's edition.

    purpose: the sheet's own sentence of its goals; goals: its four parts, each with the indicators that measure it.
    facts: declared ones and the `done` of every line; headings: what is printed over blocks and columns.
    """

    edition: int
    hash: str
    title: Text
    collection: Text
    audience: Text
    purpose: Text
    functions: Mapping[str, Text]
    function_shorts: Mapping[str, Text]
    phases: Mapping[str, Text]
    steps: Mapping[int, Step]
    lines: Mapping[str, Line]
    gates: Mapping[str, Gate]
    facts: Mapping[str, FactKind]
    natures: Mapping[str, Nature]
    acts: Mapping[str, Act]
    means: Mapping[str, Means]
    goals: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    headings: Mapping[str, Text] = field(default_factory=dict)
    standards: tuple[Text, ...] = ()
    operational_standards: tuple[Text, ...] = ()
    empty_blocks: Mapping[str, Text] = field(default_factory=dict)
    references: Mapping[str, Text] = field(default_factory=dict)
    portal_links: Mapping[str, Text] = field(default_factory=dict)

    def lines_of(self, *scopes: Scope) -> list[Line]:
        """Lines of these scopes, in the order of the sheet."""
        return [line for line in self.lines.values() if line.scope in scopes]

    def gates_before(self, name: str) -> list[Gate]:
        """The gates that guard a line or an act."""
        return [gate for gate in self.gates.values() if name in gate.guards]

    def allowed(self, name: str) -> tuple[str, ...]:
        """Functions that may do a line or an act, the line's own first."""
        if name in self.lines:
            line = self.lines[name]
            return (*line.by, *line.delegate_to)
        return self.acts[name].by
