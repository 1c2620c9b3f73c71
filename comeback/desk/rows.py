"""Progress as rows: what the engine derived, in the shape that `line_row.html`, `gate.html` and the rail draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comeback.desk.refusals import sentence
from comeback.method.engine import GateProgress, LineProgress, StepProgress
from comeback.method.sheet import Line, Text
from comeback.registers.models import Function

OWED = ("due", "void", "decision")
LABELS = dict(Function.choices)
People = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the method on a page. by, at: evidence; action: what this person can press."""

    no: str
    text: Text | str
    state: str
    title: Text | str = ""
    note: str = ""
    url: str = ""
    by: str = ""
    at: datetime | None = None
    due_at: datetime | None = None
    plate: str = ""
    stamp_level: int = 0
    action: Mapping[str, Any] | None = None


def rows_of(
    items: Iterable[LineProgress],
    *,
    base: str,
    allowed: Mapping[str, Sequence[str]],
    held: frozenset[str],
    people: People,
    personal: bool = True,
) -> list[Row]:
    """Rows of one subject; the first one that this person can do carries the page's solid button.

    base: address of the subject; allowed: functions by line; held: the reader's functions; people: who holds which;
    personal: the reader may see who the customer is.
    """
    rows, solid = [], True
    for item in items:
        mine = item.state in OWED and not item.missing and bool(held.intersection(allowed.get(item.line.id, ())))
        row = _row(item, base, people, mine=mine, primary=mine and solid)
        rows.append(row if personal or without_names(item.line) else replace(row, note=""))
        solid = solid and not mine
    return rows


def without_names(line: Line) -> bool:
    """Whether notes on its evidence name our own people only; those of reception, money and talk name others too."""
    return line.step not in (3, 6, 7, 8)


def _row(item: LineProgress, base: str, people: People, *, mine: bool, primary: bool) -> Row:
    url = f"{base}{item.line.id}/" if item.state in OWED else ""
    evidence = item.fact if item.state == "done" else item.decision if item.state == "skip" else None
    action = {"label": _action_label(item.state), "url": url, "primary": primary} if mine else None
    return Row(
        no=item.line.id,
        text=item.line.short,
        title=item.line.text,
        state="overdue" if item.overdue and item.state in OWED else item.state,
        note=_note(item, people),
        url=url if mine else "",
        by=evidence.who if evidence else "",
        at=evidence.at if evidence else None,
        due_at=item.due_at,
        action=action,
    )


def _action_label(state: str) -> str:
    return pgettext("button", "Decide") if state == "decision" else pgettext("button", "Do it")


def _note(item: LineProgress, people: People) -> str:
    if item.state == "done":
        late = _("later than due") if item.late else ""
        return " · ".join(filter(None, [item.fact.note if item.fact else "", late]))
    if item.state == "skip":
        return item.decision.note if item.decision else ""
    if item.state == "void" and item.fact:
        return item.fact.void
    if item.missing:
        return "; ".join(sentence(missing) for missing in item.missing[:2])
    return who_can(item.line.by, people) if item.state in (*OWED, "later") else ""


def who_can(functions: Sequence[str], people: People) -> str:
    """Names of those who hold one of these functions; the functions' own names where nobody does."""
    names = [str(person) for function in functions for person in people.get(function, ())]
    return ", ".join(dict.fromkeys(names)) or ", ".join(function_names(functions))


def function_names(codes: Iterable[str]) -> list[str]:
    """Functions as people call them."""
    return [str(LABELS.get(code, code)) for code in codes]


def gate_row(item: GateProgress, people: People, *, bypass_url: str = "") -> dict[str, Any]:
    """The gate under the lines: what it still lacks and who can supply it."""
    opened = item.passage or item.override
    missing = [
        {
            "need": it.need if it.need[:1].isdigit() else "",
            "text": sentence(it),
            "who": who_can(it.by, people) if it.by else "",
        }
        for it in item.missing
    ]
    return {
        "title": item.gate.text,
        "open": item.state != "closed",
        "opened_by": opened.who if opened else "",
        "opened_at": opened.at if opened else None,
        "missing": missing,
        "needs": max(len(item.gate.needs), len(missing)),
        "bypass_url": bypass_url,
    }


def rail_of(steps: Iterable[StepProgress], *, base: str, current: int = 0) -> list[dict[str, Any]]:
    """The cells of the rail; base: address of the case, to which the step is added."""
    return [
        {
            "number": item.step.id,
            "title": item.step.short,
            "state": item.state,
            "note": _rail_note(item),
            "url": f"{base}?step={item.step.id}",
            "current": item.step.id == current,
        }
        for item in steps
    ]


def _rail_note(item: StepProgress) -> str:
    if item.state in ("done", "locked") or not item.count:
        return ""
    late = sum(line.overdue for line in item.lines)
    count = _("%(done)s of %(count)s") % {"done": item.done_count, "count": item.count}
    return _("%(count)s, %(late)s overdue") % {"count": count, "late": late} if late else count
