"""What must hold of a sheet as a whole, beyond the spelling of its parts."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from comeback.method.engine import EVERYTHING_MUST, HANDED_OVER, NATURE
from comeback.method.nodes import Source
from comeback.method.sheet import Sheet

ENGINE_FACTS = (HANDED_OVER, NATURE, EVERYTHING_MUST)


def examine(sheet: Sheet, source: Source) -> None:
    """Notes in `source` what is not whole: nobody who may act, a condition without rule, needs that go in a circle."""
    _somebody_may_do_it(sheet, source)
    _every_condition_has_its_rule(sheet, source)
    _the_engine_finds_its_facts(sheet, source)
    _nothing_needs_itself(sheet, source)


def _somebody_may_do_it(sheet: Sheet, source: Source) -> None:
    for line in sheet.lines.values():
        if line.kind != "rule" and not line.by:
            source.finding(source.known["line"][line.id], f"nobody may do line {line.id!r}: no `by`")
    for act in sheet.acts.values():
        if not act.by:
            source.finding(source.known["act"][act.name], f"nobody may do act {act.name!r}: `by` is empty")


def _every_condition_has_its_rule(sheet: Sheet, source: Source) -> None:
    conditional = {line.id for line in sheet.lines.values() if line.by_nature}
    for nature in sheet.natures.values():
        place = source.known["nature"][nature.code]
        for line in sorted(conditional - set(nature.needs)):
            source.finding(place, f"nature {nature.code!r} does not say whether line {line!r} is needed")
        for line in sorted(set(nature.needs) - conditional):
            source.finding(place, f"nature {nature.code!r} decides line {line!r}, which is not `by_nature`")
    if not sheet.natures:
        for line in sorted(conditional):
            source.finding(source.known["line"][line], f"line {line!r} is `by_nature`, but there are no natures")


def _the_engine_finds_its_facts(sheet: Sheet, source: Source) -> None:
    for name in ENGINE_FACTS:
        if name not in sheet.facts:
            source.finding(None, f"fact {name!r} is missing: progress is derived with it")


def _nothing_needs_itself(sheet: Sheet, source: Source) -> None:
    try:
        TopologicalSorter(_needs(sheet)).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        places = {**source.known["fact"], **source.known["line"], **source.known.get("gate", {})}
        first = next((name for name in circle if name in sheet.gates), circle[0])
        source.finding(places.get(first), f"{first!r} needs what waits for it: {' needs '.join(circle)}")


def _needs(sheet: Sheet) -> dict[str, set[str]]:
    """For each gate, line and fact what must be so before it."""
    needs: dict[str, set[str]] = {gate.id: set(gate.needs) for gate in sheet.gates.values()}
    for line in sheet.lines.values():
        needs[line.id] = {*line.after, *(gate.id for gate in sheet.gates_before(line.id))}
        if line.by_nature:
            needs[line.id].add(NATURE)
    for kind in sheet.facts.values():
        needs[kind.name] = {kind.line} if kind.line else set()
    return needs
