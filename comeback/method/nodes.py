"""A YAML file read with its places: every mistake is named by file, line and column, and all of them at once.

Each reader takes a node, or None where a key is missing (said once, when its mapping is read), and always returns
something of its type, so that reading goes on to the next mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import yaml

from comeback.method.calendar import Span
from comeback.method.sheet import Text

NOWHERE = yaml.Mark("", 0, 0, 0, "", 0)
LANGUAGES = "ru en fr"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
WRITTEN_AS = {yaml.ScalarNode: "a word", yaml.SequenceNode: "a list", yaml.MappingNode: "keys with values"}


class SheetError(Exception):
    """A sheet that is not whole. findings: one sentence for each mistake, `file:line:column: what`."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = tuple(findings)


class Source:
    """One file: its nodes, the names that it defines, those it refers to, and what is wrong with them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known: dict[str, dict[str, yaml.Node]] = {}
        self._references: list[tuple[yaml.Node, str, tuple[str, ...]]] = []
        self._findings: list[tuple[int, int, str]] = []

    @property
    def findings(self) -> list[str]:
        """All mistakes, in the order of the file."""
        found = sorted(set(self._findings))
        return [f"{self.name}:{line}:{column}: {message}" for line, column, message in found]

    def finding(self, node: yaml.Node | None, message: str) -> None:
        """Note a mistake at the place of a node."""
        self._note(node.start_mark if node else NOWHERE, message)

    def compose(self, content: bytes) -> yaml.Node | None:
        """The root node; a syntax error is a finding."""
        try:
            root = yaml.compose(content.decode("utf-8"), Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark or NOWHERE
            self._note(mark, f"not YAML: {error.problem or error.context}")
            return None
        except (UnicodeDecodeError, yaml.YAMLError) as error:
            self._note(NOWHERE, f"not readable as UTF-8 text: {error}")
            return None
        if root is None:
            self._note(NOWHERE, "the file is empty")
        return root

    # --- shapes

    def fields(self, node: yaml.Node | None, required: str, optional: str = "") -> dict[str, yaml.Node]:
        """Values by key; `required` and `optional` list the keys, separated by blanks. Other keys are mistakes."""
        allowed, found = [*required.split(), *optional.split()], {}
        for key, value in self.pairs(node):
            if key.value not in allowed:
                self.finding(key, f"unknown key {key.value!r}{_hint(key.value, allowed)}")
            found[key.value] = value
        if isinstance(node, yaml.MappingNode):
            for key_name in (name for name in required.split() if name not in found):
                kind = "language" if required == LANGUAGES else "key"
                self.finding(node, f"missing {kind} {key_name!r}")
        return found

    def pairs(self, node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Keys and values of a mapping whose keys are free; the same key twice is a mistake."""
        seen: set[str] = set()
        for key, value in self._typed(node, yaml.MappingNode):
            if not isinstance(key, yaml.ScalarNode):
                self.finding(key, "a key must be a word")
                continue
            if key.value in seen:
                self.finding(key, f"key {key.value!r} twice")
            seen.add(key.value)
            yield key, value

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """Members of a list."""
        return self._typed(node, yaml.SequenceNode)

    # --- values

    def word(self, node: yaml.Node | None) -> str:
        """One value as it is written; empty is a mistake."""
        value = "".join(self._typed(node, yaml.ScalarNode))
        if isinstance(node, yaml.ScalarNode) and not value.strip():
            self.finding(node, "empty")
        return value

    def choice(self, node: yaml.Node | None, among: Sequence[str]) -> str:
        """One of these words, the first where nothing is written."""
        if node is None:
            return among[0]
        value = self.word(node)
        if value in among:
            return value
        self.finding(node, f"{value!r} is none of {', '.join(among)}{_hint(value, among)}")
        return among[0]

    def number(self, node: yaml.Node | None) -> int:
        """A whole number from 1."""
        value = self.word(node)
        if value.isdecimal() and int(value) > 0:
            return int(value)
        if node:
            self.finding(node, f"{value!r} is not a whole number from 1")
        return 0

    def text(self, node: yaml.Node | None) -> Text:
        """The same words in three languages."""
        found = self.fields(node, LANGUAGES)
        return Text(*(self.word(found.get(language)) for language in LANGUAGES.split()))

    def span(self, node: yaml.Node | None) -> Span | None:
        """A span of time such as `2 working hours`."""
        if node is None:
            return None
        try:
            return Span.parse(self.word(node))
        except ValueError as error:
            self.finding(node, str(error))
            return None

    # --- names

    def define(self, kind: str, node: yaml.Node | None) -> str:
        """A name that is given here; the same one twice is a mistake."""
        name = self.word(node)
        if node is None or not name:
            return name
        first = self.known.setdefault(kind, {}).setdefault(name, node)
        if first is not node:
            self.finding(node, f"{kind} {name!r} twice, first on line {first.start_mark.line + 1}")
        return name

    def refer(self, node: yaml.Node | None, *kinds: str) -> str:
        """A name of one of these kinds, given here or elsewhere in the file: looked up by `settle`."""
        if node is None:
            return ""
        name = self.word(node)
        self._references.append((node, name, kinds))
        return name

    def refer_all(self, node: yaml.Node | None, *kinds: str) -> tuple[str, ...]:
        """A list of such names."""
        return tuple(self.refer(item, *kinds) for item in self.items(node))

    def settle(self) -> None:
        """Every name that was referred to must have been given."""
        for node, name, kinds in self._references:
            known = [given for kind in kinds for given in self.known.get(kind, ())]
            if name not in known:
                self.finding(node, f"unknown {' or '.join(kinds)} {name!r}{_hint(name, known)}")

    # --- inside

    def _typed(self, node: yaml.Node | None, expected: type[yaml.Node]) -> list[Any]:
        if node is None:
            return []
        if isinstance(node, expected):
            return list(node.value)
        self.finding(node, f"{WRITTEN_AS[expected]} expected")
        return []

    def _note(self, mark: yaml.Mark, message: str) -> None:
        self._findings.append((mark.line + 1, mark.column + 1, message))


def _hint(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f", did you mean {near[0]!r}?" if near else ""
