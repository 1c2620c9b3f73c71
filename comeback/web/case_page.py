"""One case on a page: its rail, the lines of a step, the gate, the dossier, the journal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comeback.cases.acting import functions_at
from comeback.cases.commands import ACTIONS
from comeback.cases.deriving import progress_with_facts
from comeback.cases.editions import sheet_for
from comeback.cases.models import CostLine
from comeback.desk import rows
from comeback.desk.acting import actor_of, case_of, sees_customers
from comeback.desk.heads import head_of
from comeback.desk.screens import SCREENS
from comeback.method.engine import GateProgress, LineProgress, Progress
from comeback.method.sheet import Sheet
from comeback.registers import clock
from comeback.registers.staff import people_in
from comeback.web import queries
from comeback.web.paging import LAST_PAGE, number_in


@require_GET
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """One case: where it stands, who is late, what blocks, and the reader's own line in one press."""
    actor, now = actor_of(request), clock.now()
    case = case_of(number, actor, now)
    progress, facts = progress_with_facts(case, now)
    sheet = sheet_for(case)
    held = functions_at(actor, case.site, now, case)
    people = people_in(case.site, now.astimezone(case.site.zoneinfo).date())
    step = _step(request, progress)
    base = f"/cases/{case.number}/"
    allowed = {id_: sheet.allowed(id_) for id_ in sheet.lines}
    own = [item for item in progress.lines.values() if item.line.step == step]
    elsewhere = [item for item in progress.owed() if item.line.step != step]
    entries, _more = queries.journal_of(case)
    personal = sees_customers(held)
    context = {
        "case": case,
        "head": head_of(case),
        "rail": rows.rail_of(progress.steps, base=base, current=step),
        "step": sheet.steps[step],
        "means": [sheet.means[name] for name in sheet.steps[step].means],
        "rows": rows.rows_of(own, base=base, allowed=allowed, held=held, people=people, personal=personal),
        "elsewhere": rows.rows_of(elsewhere, base=base, allowed=allowed, held=held, people=people),
        "gates": [rows.gate_row(item, people, bypass_url=_bypass(item, base, held)) for item in _gates(progress, step)],
        "acts": _acts(progress, sheet, held, step, base, done="safety_cleared" in facts and "release"),
        "decisions": _decisions(own, held, base),
        "alarms": progress.alarms,
        "words": case.request.words.order_by("pk").select_related("by"),
        "facts": facts,
        "nature": sheet.natures.get(facts["nature"].value) if "nature" in facts else None,
        "visits": queries.past_visits(case),
        "costs": CostLine.objects.filter(case=case, replaced_by=None).order_by("pk"),
        "delivery": queries.delivery_of(case),
        "journal": _journal(entries, sheet),
        "phones": case.customer.phones.all() if case.customer and personal else [],
        "personal": personal,
        "now": now,
        "tz": case.site.zoneinfo,
    }
    return render(request, "web/case.html", context)


def _step(request: HttpRequest, progress: Progress) -> int:
    asked = number_in(request, "step", most=9)
    return asked or next((item.step.id for item in progress.steps if item.state != "done"), 9)


def _gates(progress: Progress, step: int) -> list[GateProgress]:
    """The gates that rest on this step's lines, closed ones; the last one when all are open."""
    resting = [item for item in progress.gates.values() if _step_of(item) == step]
    closed = [item for item in resting if item.state == "closed"]
    return closed or resting[-1:]


def _step_of(item: GateProgress) -> int:
    return max((int(need[0]) for need in item.gate.needs if need[0].isdigit()), default=0)


def _bypass(item: GateProgress, base: str, held: frozenset[str]) -> str:
    allowed = held.intersection(item.gate.override)
    return f"{base}{item.gate.id}/override/" if item.state == "closed" and allowed else ""


def _acts(
    progress: Progress, sheet: Sheet, held: frozenset[str], step: int, base: str, *, done: str | bool
) -> list[dict[str, Any]]:
    """Acts of this step that are no line of their own, for the functions that may do them; `done` has been done."""
    return [
        {"label": act.text, "url": f"{base}{act.name}/", "blocked": bool(progress.blocked.get(act.name))}
        for act in sheet.acts.values()
        if act.scope == "case"
        and act.name in SCREENS
        and act.name != done
        and held.intersection(act.by)
        and _act_step(act, sheet) == step
    ]


def _act_step(act: Any, sheet: Sheet) -> int:
    """The step on which an act is shown: that of its line, else of the room that wrote it."""
    if act.line:
        return int(act.line[0])
    module = ACTIONS[act.name].action.__module__ if act.name in ACTIONS else ""
    return next((int(part[1]) for part in module.split(".") if part[:1] == "s" and part[1:2].isdigit()), 8)


def _decisions(own: list[LineProgress], held: frozenset[str], base: str) -> list[dict[str, Any]]:
    """Conditions of this step that the reader may answer, or answer otherwise, while the line is not done."""
    return [
        {"line": item.line, "need": item.need, "url": f"{base}{item.line.id}/decision/"}
        for item in own
        if item.line.by_nature and item.state != "done" and held.intersection(item.line.by)
    ]


def _journal(entries: list[Any], sheet: Sheet) -> list[dict[str, Any]]:
    people = queries.people_of(entries)
    return [
        {
            "entry": entry,
            "who": people.get(entry.person_id),
            "what": _what(entry.command, sheet),
            "line": _line_of(entry.command, sheet),
            "function": ", ".join(rows.function_names([entry.function] if entry.function else [])),
        }
        for entry in entries
    ]


def _line_of(command: str, sheet: Sheet) -> str:
    head = command.partition("/")[0]
    return head if head in sheet.lines or head in sheet.gates else ""


def _what(command: str, sheet: Sheet) -> Any:
    head = command.partition("/")[0]
    if head in sheet.lines:
        return sheet.lines[head].short
    if head in sheet.acts:
        return sheet.acts[head].text
    return sheet.gates[head].text if head in sheet.gates else command


@require_GET
def case_journal(request: HttpRequest, number: str) -> HttpResponse:
    """The whole journal of a case, newest first, by pages of fifty."""
    actor, now = actor_of(request), clock.now()
    case = case_of(number, actor, now)
    page = number_in(request, "page", most=LAST_PAGE) or 1
    entries, more = queries.journal_of(case, page=page, size=queries.PAGE)
    context = {
        "case": case,
        "head": head_of(case),
        "journal": _journal(entries, sheet_for(case)),
        "page": page,
        "more": more,
        "now": now,
        "tz": case.site.zoneinfo,
    }
    return render(request, "web/journal.html", context)
