"""The sheet read from its file: typed, checked, hashed. A sheet that is not whole is never used."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast

import yaml

from comeback.method.nodes import SheetError, Source
from comeback.method.sheet import (
    Act,
    Due,
    FactKind,
    Gate,
    Line,
    LineKind,
    Means,
    Nature,
    Need,
    Scope,
    Sheet,
    Step,
    Text,
)
from comeback.method.wholeness import examine

__all__ = ["BUILT_IN", "SheetError", "load", "read"]

BUILT_IN = Path(__file__).with_name("sheet.yaml")
KEYS = (
    "edition collection title audience purpose goals headings functions phases means standards operational_standards "
    "empty_blocks references portal_links natures gates facts acts"
)


def load(path: Path | None = None) -> Sheet:
    """The sheet in a file; without one the sheet that comes with Comeback, read once. Raises SheetError."""
    return read(path.read_bytes(), str(path)) if path else _built_in()


def read(content: bytes, name: str) -> Sheet:
    """The sheet in these bytes; name: what its findings call the file. Raises SheetError, which lists all of them."""
    source = Source(name)
    root = source.compose(content)
    if root is None:
        raise SheetError(source.findings)
    sheet = _Reader(source, source.fields(root, KEYS)).sheet(sha256(content).hexdigest())
    source.settle()
    if not source.findings:
        examine(sheet, source)
    if source.findings:
        raise SheetError(source.findings)
    return sheet


@cache
def _built_in() -> Sheet:
    return read(BUILT_IN.read_bytes(), BUILT_IN.name)


class _Reader:
    """Reads the blocks of the file in turn, from the words of the sheet to its rules."""

    def __init__(self, source: Source, root: dict[str, yaml.Node]) -> None:
        self.source, self.root = source, root
        self.phases: dict[str, Text] = {}
        self.steps: dict[int, Step] = {}
        self.lines: dict[str, Line] = {}

    def sheet(self, digest: str) -> Sheet:
        source, root = self.source, self.root
        for phase in source.items(root.get("phases")):
            self.phase(phase)
        functions = [self.function(node) for node in source.items(root.get("functions"))]
        return Sheet(
            edition=source.number(root.get("edition")),
            hash=digest,
            collection=source.text(root.get("collection")),
            title=source.text(root.get("title")),
            audience=source.text(root.get("audience")),
            purpose=source.text(root.get("purpose")),
            goals=tuple(self.goal(node) for node in source.items(root.get("goals"))),
            headings=self.texts("headings"),
            functions={code: text for code, text, _ in functions},
            function_shorts={code: short for code, _, short in functions},
            phases=self.phases,
            steps=self.steps,
            lines=self.lines,
            references=self.texts("references", kind="reference"),
            means={item.id: item for item in map(self.means, source.items(root.get("means")))},
            standards=tuple(source.text(node) for node in source.items(root.get("standards"))),
            operational_standards=tuple(source.text(node) for node in source.items(root.get("operational_standards"))),
            empty_blocks=self.texts("empty_blocks"),
            portal_links=self.texts("portal_links"),
            natures={item.code: item for item in map(self.nature, source.items(root.get("natures")))},
            gates={item.id: item for item in map(self.gate, source.items(root.get("gates")))},
            facts=self.facts(),
            acts={item.name: item for item in map(self.act, source.items(root.get("acts")))},
        )

    # --- words of the sheet

    def texts(self, key: str, kind: str = "") -> dict[str, Text]:
        found = {}
        for name, node in self.source.pairs(self.root.get(key)):
            if kind:
                self.source.define(kind, name)
            found[name.value] = self.source.text(node)
        return found

    def goal(self, node: yaml.Node) -> tuple[Text, tuple[str, ...]]:
        found = self.source.fields(node, "text measures")
        measures = self.source.items(found.get("measures"))
        return self.source.text(found.get("text")), tuple(self.source.word(measure) for measure in measures)

    def function(self, node: yaml.Node) -> tuple[str, Text, Text]:
        found = self.source.fields(node, "function text short")
        code = self.source.define("function", found.get("function"))
        return code, self.source.text(found.get("text")), self.source.text(found.get("short"))

    def means(self, node: yaml.Node) -> Means:
        found = self.source.fields(node, "means kind group text")
        kind = self.source.choice(found.get("kind"), ("document", "table", "portal"))
        return Means(
            id=self.source.define("means", found.get("means")),
            kind=cast(Literal["document", "table", "portal"], kind),
            text=self.source.text(found.get("text")),
            group=self.source.refer(found.get("group"), "reference"),
        )

    # --- phases, steps, lines

    def phase(self, node: yaml.Node) -> None:
        found = self.source.fields(node, "phase text steps")
        id_ = self.source.define("phase", found.get("phase"))
        self.phases[id_] = self.source.text(found.get("text"))
        for step in self.source.items(found.get("steps")):
            self.step(step, id_)

    def step(self, node: yaml.Node, phase: str) -> None:
        found = self.source.fields(node, "step text short functions means lines", "case_done")
        self.source.define("step", found.get("step"))
        step = Step(
            id=self.source.number(found.get("step")),
            phase=phase,
            text=self.source.text(found.get("text")),
            short=self.source.text(found.get("short")),
            functions=self.source.refer_all(found.get("functions"), "function"),
            means=self.source.refer_all(found.get("means"), "means"),
            case_done=self.source.refer(found.get("case_done"), "fact"),
        )
        self.steps[step.id] = step
        for line in self.source.items(found.get("lines")):
            self.line(line, step.id)

    def line(self, node: yaml.Node, step: int) -> None:
        found = self.source.fields(node, "line text short done", "kind scope by delegate_to by_nature after due means")
        line = Line(
            id=self.source.define("line", found.get("line")),
            step=step,
            kind=cast(LineKind, self.source.choice(found.get("kind"), ("act", "rule", "indicator"))),
            scope=self.scope(found.get("scope")),
            text=self.source.text(found.get("text")),
            short=self.source.text(found.get("short")),
            by=self.source.refer_all(found.get("by"), "function"),
            delegate_to=self.source.refer_all(found.get("delegate_to"), "function"),
            done=self.source.word(found.get("done")),
            by_nature=self.source.choice(found.get("by_nature"), ("false", "true")) == "true",
            after=self.source.refer_all(found.get("after"), "fact"),
            due=self.due(found.get("due")),
            means=self.source.refer_all(found.get("means"), "means"),
        )
        if line.id.partition(".")[0] != str(step):
            self.source.finding(found.get("line"), f"line {line.id!r} stands in step {step}")
        if line.done:
            self.source.known.setdefault("fact", {}).setdefault(line.done, found["done"])
        self.lines[line.id] = line

    def due(self, node: yaml.Node | None) -> Due | None:
        if node is None:
            return None
        keys = {key.value for key, _ in self.source.pairs(node)}
        found = self.source.fields(node, "before by" if "before" in keys else "after within")
        by = self.source.span(found.get("by"))
        if by and by.unit.startswith("working"):
            self.source.finding(found.get("by"), f"{by.unit} cannot be counted backwards")
        return Due(
            after=self.source.refer(found.get("after"), "fact"),
            within=self.source.span(found.get("within")),
            before=self.source.refer(found.get("before"), "fact"),
            by=by,
        )

    # --- rules

    def nature(self, node: yaml.Node) -> Nature:
        found = self.source.fields(node, "nature text needs")
        needs: dict[str, Need] = {}
        for line, need in self.source.pairs(found.get("needs")):
            self.source.refer(line, "line")
            needs[line.value] = cast(Need, self.source.choice(need, ("must", "recommended", "no")))
        code = self.source.define("nature", found.get("nature"))
        return Nature(code=code, text=self.source.text(found.get("text")), needs=needs)

    def gate(self, node: yaml.Node) -> Gate:
        found = self.source.fields(node, "gate text needs", "guards override")
        return Gate(
            id=self.source.define("gate", found.get("gate")),
            text=self.source.text(found.get("text")),
            needs=self.source.refer_all(found.get("needs"), "line", "fact", "gate"),
            guards=self.source.refer_all(found.get("guards"), "line", "act"),
            override=self.source.refer_all(found.get("override"), "function"),
        )

    def facts(self) -> dict[str, FactKind]:
        """Declared facts, and for each line the one that makes it done."""
        done: dict[str, FactKind] = {}
        for line in self.lines.values():
            done.setdefault(line.done, FactKind(line.done, line.short, line.by, line.id))
        declared = [self.fact(node, done) for node in self.source.items(self.root.get("facts"))]
        return {kind.name: kind for kind in (*done.values(), *declared)}

    def fact(self, node: yaml.Node, done: dict[str, FactKind]) -> FactKind:
        found = self.source.fields(node, "fact text", "by line")
        name = self.source.word(found.get("fact"))
        if name in done:
            self.source.finding(found.get("fact"), f"fact {name!r} is already what makes line {done[name].line} done")
        else:
            self.source.define("fact", found.get("fact"))
        return FactKind(
            name=name,
            text=self.source.text(found.get("text")),
            by=self.source.refer_all(found.get("by"), "function"),
            line=self.source.refer(found.get("line"), "line"),
        )

    def act(self, node: yaml.Node) -> Act:
        found = self.source.fields(node, "act text by", "scope line")
        return Act(
            name=self.source.define("act", found.get("act")),
            scope=self.scope(found.get("scope")),
            text=self.source.text(found.get("text")),
            by=self.source.refer_all(found.get("by"), "function"),
            line=self.source.refer(found.get("line"), "line"),
        )

    def scope(self, node: yaml.Node | None) -> Scope:
        return cast(Scope, self.source.choice(node, ("case", "request", "month")))
