"""The JSON of the API: bodies built from the actions' own signatures, answers built from progress."""

from __future__ import annotations

import inspect
import typing
from datetime import datetime
from types import UnionType
from typing import Any, Literal, Union

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, create_model, model_validator

from comeback.cases.commands import Action, Subject
from comeback.cases.deriving import progress_with_facts
from comeback.cases.models import Case, Month
from comeback.desk.refusals import sentence
from comeback.desk.rows import without_names
from comeback.method.engine import Fact, LineProgress
from comeback.method.refusal import Missing

GIVEN = ("actor", "now", "about")


class Lacking(Schema):
    """One thing that is missing or wrong; field: where it was typed."""

    need: str
    text: str
    field: str = ""
    who: list[str] = []


class Problem(Schema):
    """application/problem+json: the rule, what is missing, who can supply it (codes of functions)."""

    type: str = "about:blank"
    title: str
    status: int
    rule: str
    missing: list[Lacking] = []
    who: list[str] = []


class Evidence(Schema):
    """Who and when."""

    at: datetime
    by: str = ""
    function: str = ""
    note: str = ""
    void: str = ""


class LineState(Schema):
    """One line: done, due, later, locked, decision, skip, void or rule."""

    line: str
    state: str
    overdue: bool
    due_at: datetime | None = None
    need: str | None = None
    evidence: Evidence | None = None
    missing: list[Lacking] = []


class GateState(Schema):
    """One gate: closed, open or passed, and what is missing."""

    gate: str
    state: str
    missing: list[Lacking] = []


class SubjectState(Schema):
    """A request, a case or a month with the progress of each line and gate."""

    kind: str
    id: str
    site: str
    vin: str = ""
    level: int | None = None
    original_order: str = ""
    case: str = ""
    lines: list[LineState]
    gates: list[GateState]


class Done(Schema):
    """What a command gave; replayed: the same key had done it before."""

    result: dict[str, Any]
    replayed: bool
    subject: SubjectState


def body_of(action: Action, name: str) -> type[Schema]:
    """The JSON body of an action: its keyword arguments with their types; nothing else is accepted."""
    hints = typing.get_type_hints(action)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(action).parameters.values())[1:]:
        if parameter.name in GIVEN:
            continue
        required = parameter.default is inspect.Parameter.empty
        fields[parameter.name] = (_aware(hints[parameter.name]), ... if required else parameter.default)
    title = "".join(part.capitalize() for part in name.replace(".", "_").replace("/", "_").split("_"))
    return create_model(f"Body{title}", __base__=Strict, __doc__=inspect.getdoc(action), **fields)


class Strict(Schema):
    """Nothing but the fields; no zero characters, which no database keeps in a text."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def without_zeros(cls, data: Any) -> Any:
        if _holds_zero(data):
            raise ValueError(_("A text holds a zero character."))
        return data


def _holds_zero(data: Any) -> bool:
    if isinstance(data, str):
        return "\x00" in data
    if isinstance(data, dict):
        return any(_holds_zero(it) for pair in data.items() for it in pair)
    return isinstance(data, list) and any(_holds_zero(it) for it in data)


def _aware(hint: Any) -> Any:
    """Moments must say their offset, wherever they stand: a naive one would be read in the wrong zone."""
    if hint is datetime:
        return AwareDatetime
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if not arguments or origin is Literal:
        return hint
    aware = tuple(_aware(it) for it in arguments)
    return Union[aware] if origin in (Union, UnionType) else origin[aware]  # noqa: UP007


def state_of(subject: Subject, now: datetime, *, personal: bool) -> SubjectState:
    """The subject as the API gives it. personal: the reader may see who the customer is."""
    progress, _facts = progress_with_facts(subject, now)
    case = subject if isinstance(subject, Case) else getattr(subject, "case", None)
    return SubjectState(
        kind=subject.KIND,
        id=_id(subject),
        site=subject.site.code,
        vin="" if isinstance(subject, Month) or subject.vehicle is None else subject.vehicle.vin,
        level=case.level if case else None,
        original_order=case.original_order.number if case and case.original_order else "",
        case=case.number if case else "",
        lines=[_line(item, personal or without_names(item.line)) for item in progress.lines.values()],
        gates=[
            GateState(gate=item.gate.id, state=item.state, missing=lacking(item.missing))
            for item in progress.gates.values()
        ],
    )


def lacking(missing: tuple[Missing, ...]) -> list[Lacking]:
    return [Lacking(need=it.need, text=sentence(it), field=it.field, who=list(it.by)) for it in missing]


def _id(subject: Subject) -> str:
    if isinstance(subject, Case):
        return subject.number
    return f"{subject.first:%Y-%m}" if isinstance(subject, Month) else str(subject.pk)


def _line(item: LineProgress, noted: bool) -> LineState:
    return LineState(
        line=item.line.id,
        state=item.state,
        overdue=item.overdue,
        due_at=item.due_at,
        need=item.need,
        evidence=_evidence(item.fact, noted) if item.fact else None,
        missing=lacking(item.missing),
    )


def _evidence(fact: Fact, noted: bool) -> Evidence:
    return Evidence(at=fact.at, by=fact.who, function=fact.function, note=fact.note if noted else "", void=fact.void)
