"""Facts in, progress out: the pure engine. It is handed the time and never writes.

A line is done because a fact says who and when; nothing here stores a status.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from comeback.method.calendar import Calendar
from comeback.method.refusal import Missing, Refused
from comeback.method.sheet import Due, Gate, Line, Need, Scope, Sheet, Step

State = Literal["done", "due", "later", "locked", "decision", "skip", "void", "rule"]
GateState = Literal["closed", "open", "passed"]
HANDED_OVER = "handed_over"
NATURE = "nature"
EVERYTHING_MUST = "everything_must"
COVERED: dict[Scope, tuple[Scope, ...]] = {"request": ("request",), "case": ("request", "case"), "month": ("month",)}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A named thing that is so, with its evidence.

    at: when it happened (UTC); by, who, function: person id, name, function used; value: typed, where others need it;
    where: address of the evidence below the subject's; note: the evidence in a few words; recorded_at: when it was
    entered; void: why it no longer holds (empty while it does).
    """

    name: str
    at: datetime
    by: int | None = None
    who: str = ""
    function: str = ""
    value: Any = None
    where: str = ""
    note: str = ""
    recorded_at: datetime | None = None
    void: str = ""


Facts = Mapping[str, Fact]


@dataclass(frozen=True)
class LineProgress:
    """One line: its state, the evidence, the deadline (UTC), and what locks it."""

    line: Line
    state: State
    fact: Fact | None = None
    due_at: datetime | None = None
    overdue: bool = False
    need: Need | None = None
    decision: Fact | None = None
    missing: tuple[Missing, ...] = ()

    @property
    def late(self) -> bool:
        """Done, but after its deadline."""
        return bool(self.fact and self.due_at and self.state == "done" and self.fact.at > self.due_at)


@dataclass(frozen=True)
class GateProgress:
    """One gate: open, or exactly what is missing and who can supply it. passage, override: the recorded evidence."""

    gate: Gate
    state: GateState
    missing: tuple[Missing, ...] = ()
    passage: Fact | None = None
    override: Fact | None = None


@dataclass(frozen=True)
class StepProgress:
    """One cell of the rail: done, overdue, due, locked or later; done_count of count lines."""

    step: Step
    state: Literal["done", "overdue", "due", "locked", "later"]
    lines: tuple[LineProgress, ...]

    @property
    def count(self) -> int:
        """Lines that somebody has to do."""
        return sum(item.state not in ("skip", "rule") for item in self.lines)

    @property
    def done_count(self) -> int:
        """Lines that are done."""
        return sum(item.state == "done" for item in self.lines)


@dataclass(frozen=True)
class Progress:
    """Where one subject stands. alarms: gates passed without override whose evidence no longer holds.

    blocked: what keeps each line and act of this scope from being done, for those that something keeps.
    """

    lines: Mapping[str, LineProgress]
    gates: Mapping[str, GateProgress]
    steps: tuple[StepProgress, ...]
    blocked: Mapping[str, tuple[Missing, ...]]
    alarms: tuple[GateProgress, ...]

    def check(self, name: str) -> None:
        """Raises Refused, with the rule's id and what is missing, when a line or an act is not allowed yet."""
        missing = self.blocked.get(name, ())
        if not missing:
            return
        closed = [item.gate.id for item in self.gates.values() if name in item.gate.guards and item.state == "closed"]
        raise Refused(closed[0] if closed else name, *missing)

    def owed(self) -> list[LineProgress]:
        """Lines that somebody can and must do now."""
        return [item for item in self.lines.values() if item.state in ("due", "void", "decision") and not item.missing]


def progress(sheet: Sheet, facts: Facts, calendar: Calendar, now: datetime, scope: Scope = "case") -> Progress:
    """Derive the progress of a request, a case or a month from its facts alone."""
    return _Reading(sheet, facts, calendar, now, scope).progress


class _Reading:
    """One pass over the sheet; every question is answered once."""

    def __init__(self, sheet: Sheet, facts: Facts, calendar: Calendar, now: datetime, scope: Scope) -> None:
        self.sheet, self.facts, self.calendar, self.now, self.scope = sheet, facts, calendar, now, scope
        self.covered = {line.id for line in sheet.lines_of(*COVERED[scope])}
        self._lines: dict[str, LineProgress] = {}
        self._gates: dict[str, GateProgress] = {}

    @cached_property
    def progress(self) -> Progress:
        lines = {id_: self.line(id_) for id_ in self.covered_in_order()}
        gates = {id_: self.gate(id_) for id_ in self.sheet.gates} if self.scope == "case" else {}
        alarms = tuple(item for item in gates.values() if item.state == "passed" and item.missing and not item.override)
        names = [*lines, *(act.name for act in self.sheet.acts.values() if act.scope in COVERED[self.scope])]
        blocked = {name: found for name in names if (found := self.blocking(name))}
        return Progress(lines, gates, tuple(self.steps(lines)), blocked, alarms)

    def covered_in_order(self) -> list[str]:
        return [id_ for id_ in self.sheet.lines if id_ in self.covered]

    # --- lines

    def line(self, id_: str) -> LineProgress:
        if id_ not in self._lines:
            self._lines[id_] = self._read_line(self.sheet.lines[id_])
        return self._lines[id_]

    def _read_line(self, line: Line) -> LineProgress:
        fact = self.facts.get(line.done)
        if line.kind == "rule":
            return LineProgress(line, "rule", fact)
        need, decision = self.need(line)
        due_at = self.deadline(line.due) if line.due else None
        missing = self.blocking(line.id)
        state = self._state(line, fact, need, bool(missing))
        overdue = bool(due_at and self.now > due_at and state in ("due", "void", "decision"))
        return LineProgress(line, state, fact, due_at, overdue, need, decision, missing)

    def _state(self, line: Line, fact: Fact | None, need: Need | None, blocked: bool) -> State:
        if fact and not fact.void and not blocked:
            return "done"
        if need == "no":
            return "skip"
        if fact:
            return "void"
        if blocked:
            return "locked"
        if not self.triggered(line.due):
            return "later"
        return "decision" if line.by_nature and need is None else "due"

    def need(self, line: Line) -> tuple[Need | None, Fact | None]:
        """What a condition was answered: by a recorded decision, or by the rule for this nature."""
        if not line.by_nature:
            return None, None
        decision, rule = self.so(f"decided_{line.id}"), self.so(EVERYTHING_MUST)
        # whoever waived it before the danger was known could not have meant it
        if rule and not (decision and decision.at >= rule.at):
            return "must", rule
        if decision:
            return ("must" if decision.value else "no"), decision
        nature = self.so(NATURE)
        if not nature or nature.value not in self.sheet.natures:
            return None, None
        return self.sheet.natures[nature.value].needs.get(line.id, "no"), nature

    def triggered(self, due: Due | None) -> bool:
        return due is None or self.so(due.after or due.before) is not None

    def deadline(self, due: Due) -> datetime | None:
        start = self.so(due.after or due.before)
        if not start:
            return None
        moment = start.value if isinstance(start.value, datetime) else start.at
        if due.within:
            return self.calendar.add(moment, due.within)
        return self.calendar.subtract(moment, due.by) if due.by else moment

    # --- gates

    def gate(self, id_: str) -> GateProgress:
        if id_ not in self._gates:
            self._gates[id_] = self._read_gate(self.sheet.gates[id_])
        return self._gates[id_]

    def _read_gate(self, gate: Gate) -> GateProgress:
        passage = self.so(f"passed_{gate.id}")
        override = self.so(f"override_{gate.id}") if gate.override else None
        missing = tuple(self.missing(gate.needs))
        satisfied = bool(override or not missing)
        if passage and (satisfied or self.handed_over):
            state: GateState = "passed"
        else:
            state = "open" if satisfied else "closed"
        return GateProgress(gate, state, missing, passage, override)

    def missing(self, needs: Iterable[str]) -> Iterable[Missing]:
        """What is missing of these lines, facts and gates; a closed gate gives its own list."""
        seen: set[Missing] = set()
        for need in needs:
            for item in self._missing(need):
                if item not in seen:
                    seen.add(item)
                    yield item

    def _missing(self, need: str) -> Iterable[Missing]:
        if need in self.sheet.gates:
            gate = self.gate(need)
            if gate.state == "closed":
                yield from gate.missing
        elif need in self.sheet.lines:
            if self.line(need).state not in ("done", "skip", "rule"):
                line = self.sheet.lines[need]
                yield Missing(need, line.short, line.by)
        elif not self.so(need):
            kind = self.sheet.facts[need]
            yield Missing(kind.line or need, kind.text, kind.by)

    def blocking(self, name: str) -> tuple[Missing, ...]:
        """What keeps a line or an act from being done. After hand-over the past does not un-happen."""
        needs = [gate.id for gate in self.sheet.gates_before(name) if self.gate(gate.id).state == "closed"]
        after = self.sheet.lines[name].after if name in self.sheet.lines else ()
        return tuple(self.missing((*needs, *after)))

    # --- facts

    @cached_property
    def handed_over(self) -> bool:
        return HANDED_OVER in self.facts

    def so(self, name: str) -> Fact | None:
        """The fact, while it holds."""
        fact = self.facts.get(name)
        return fact if fact and not fact.void else None

    # --- rail

    def steps(self, lines: Mapping[str, LineProgress]) -> Iterable[StepProgress]:
        for step in self.sheet.steps.values():
            own = tuple(item for item in lines.values() if item.line.step == step.id)
            if own or (step.case_done and self.scope == "case"):
                yield StepProgress(step, self.step_state(step, own), own)

    def step_state(
        self, step: Step, own: tuple[LineProgress, ...]
    ) -> Literal["done", "overdue", "due", "locked", "later"]:
        states = {item.state for item in own} - {"skip", "rule"}
        if step.case_done and self.scope == "case":
            return "done" if self.so(step.case_done) else "later"
        if states <= {"done"}:
            return "done"
        if any(item.overdue for item in own):
            return "overdue"
        if states & {"due", "void", "decision"}:
            return "due"
        return "locked" if "locked" in states else "later"
