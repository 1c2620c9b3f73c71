"""The shell's pages: Today, the comebacks, one case, the method. They compose the rooms and decide nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comeback.cases.acting import functions_at
from comeback.cases.commands import ACTIONS
from comeback.cases.deriving import progress_with_facts
from comeback.cases.editions import sheet_for
from comeback.cases.messages import mark_read, wording_of
from comeback.cases.models import Case, CostLine, Message, Request
from comeback.desk import rows
from comeback.desk.acting import actor_of, case_of, request_of, sees_customers
from comeback.desk.heads import head_of
from comeback.desk.screens import SCREENS
from comeback.method import loading
from comeback.method.engine import GateProgress, LineProgress, Progress
from comeback.method.sheet import Gate, Sheet
from comeback.registers import clock
from comeback.registers.staff import people_in
from comeback.web import queries

LAST_PAGE = 10_000


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits for this person, by the clock; what stands and waits for others; who arrives; whom to call."""
    actor, now = actor_of(request), clock.now()
    held = functions_at(actor, actor.site, now)
    people = people_in(actor.site, now.astimezone(actor.site.zoneinfo).date())
    sheet = loading.load()
    own = queries.owed_by(held, actor.site, now)
    mine = [_today_row(item, sheet, now, primary=index == 0) for index, item in enumerate(own)]
    context = {
        "actor": actor,
        "now": now,
        "tz": actor.site.zoneinfo,
        "rows": mine,
        "late": sum(row.state == "overdue" for row in mine),
        "open_cases": queries.counts(actor.site),
        "others": [
            {"owed": it, "short": sheet.lines[it.due.line].short, "step": sheet.steps[sheet.lines[it.due.line].step],
             "who": rows.who_can(sheet.lines[it.due.line].by, people)}
            for it in queries.waiting_for_others(held, actor.site, now)
        ],
        "arrivals": [
            (it, queries.plate_of(it.case.vehicle), queries.words_of(it.case.request))
            for it in queries.arrivals(actor.site, now)
        ],
        "calls": queries.calls_left(actor.site),
        "personal": sees_customers(held),
        "messages_unread": [(message, wording_of(message)) for message in queries.unread(actor.person)],
    }  # fmt: skip
    return render(request, "web/today.html", context)


def _today_row(item: queries.Owed, sheet: Sheet, now: Any, *, primary: bool) -> rows.Row:
    line = sheet.lines[item.due.line]
    url = item.address if line.scope == "month" else f"{item.address}{line.id}/"
    late = bool(item.due.due_at and item.due.due_at < now)
    return rows.Row(
        no=line.id,
        text=line.short,
        title=line.text,
        state="overdue" if late else item.due.state,
        note=item.words[:90],
        url=url,
        plate=item.plate,
        due_at=item.due.due_at,
        stamp_level=item.due.case.level if item.due.case and item.due.case.level > 1 else 0,
        action={"label": _("Open"), "url": url, "primary": primary},
    )


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The comebacks of the site, newest first, open or closed."""
    actor, now = actor_of(request), clock.now()
    closed = request.GET.get("closed") == "1"
    page = _number(request, "page", most=LAST_PAGE) or 1
    found, more = queries.open_cases(actor.site, closed=closed, page=page)
    sheet = loading.load()
    listed = [
        {"case": case, "plate": queries.plate_of(case.vehicle), "words": queries.words_of(case.request),
         "step": sheet.steps[case.progress_row.step], "line": sheet.lines.get(case.progress_row.waits_for)}
        for case in found
    ]  # fmt: skip
    context = {"comebacks": listed, "closed": closed, "page": page, "more": more, "now": now, "tz": actor.site.zoneinfo}
    return render(request, "web/cases.html", context)


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
        "acts": _acts(progress, sheet, held, step, base),
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
    asked = _number(request, "step", most=9)
    return asked or next((item.step.id for item in progress.steps if item.state != "done"), 9)


def _number(request: HttpRequest, name: str, *, most: int) -> int:
    """A number from 1 to most in the address, else 0."""
    asked = request.GET.get(name, "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    return number if number <= most else 0


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


def _acts(progress: Progress, sheet: Sheet, held: frozenset[str], step: int, base: str) -> list[dict[str, Any]]:
    """Acts of this step that are no line of their own, for the functions that may do them."""
    return [
        {"label": act.text, "url": f"{base}{act.name}/", "blocked": bool(progress.blocked.get(act.name))}
        for act in sheet.acts.values()
        if act.scope == "case" and act.name in SCREENS and held.intersection(act.by) and _act_step(act, sheet) == step
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
            "line": entry.command.partition("/")[0],
            "function": ", ".join(rows.function_names([entry.function] if entry.function else [])),
        }
        for entry in entries
    ]


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
    page = _number(request, "page", most=LAST_PAGE) or 1
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


@require_GET
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A booking request: its case when it has one, else what was said and what it still owes."""
    actor, now = actor_of(request), clock.now()
    found: Request = request_of(pk, actor, now)
    case = Case.objects.filter(request=found).first()
    if case:
        return redirect("case", number=case.number)
    progress, _facts = progress_with_facts(found, now)
    held = functions_at(actor, found.site, now)
    people = people_in(found.site, now.astimezone(found.site.zoneinfo).date())
    sheet = sheet_for(found)
    allowed = {id_: sheet.allowed(id_) for id_ in sheet.lines}
    context = {
        "head": head_of(found),
        "rows": rows.rows_of(
            progress.lines.values(), base=f"/requests/{pk}/", allowed=allowed, held=held, people=people
        ),
        "words": found.words.order_by("pk").select_related("by"),
        "now": now,
        "tz": found.site.zoneinfo,
    }
    return render(request, "web/request.html", context)


@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """The method sheet, laid out as the sheet itself: steps, functions, recommended means; and its foot."""
    sheet = loading.load()
    phases = [(text, [it for it in sheet.steps.values() if it.phase == code]) for code, text in sheet.phases.items()]
    lines = {step: [line for line in sheet.lines.values() if line.step == step] for step in sheet.steps}
    context = {
        "sheet": sheet,
        "phases": [(text, [(step, lines[step.id]) for step in steps]) for text, steps in phases],
        "gates": [_gate_in_words(sheet, gate) for gate in sheet.gates.values()],
    }
    return render(request, "web/method.html", context)


def _gate_in_words(sheet: Sheet, gate: Gate) -> dict[str, Any]:
    language = get_language() or "ru"
    guards = [sheet.acts[name].text.in_language(language) if name in sheet.acts else name for name in gate.guards]
    needs = [
        sheet.facts[name].text.in_language(language) if name in sheet.facts and name not in sheet.lines else name
        for name in gate.needs
    ]
    return {"id": gate.id, "text": gate.text, "guards": guards, "says": needs, "override": gate.override}


@require_POST
def read_message(request: HttpRequest, pk: int) -> HttpResponse:
    """The receiver read a message; goes on to its case."""
    actor = actor_of(request)
    message = get_object_or_404(Message.objects.select_related("case"), pk=pk, to=actor.person)
    mark_read(message, now=clock.now())
    return redirect("case", number=message.case.number) if message.case else redirect("today")
