"""Pages of the shell: the comebacks, a request, the method, a message."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from comeback.cases.acting import functions_at
from comeback.cases.deriving import progress_with_facts
from comeback.cases.editions import sheet_for
from comeback.cases.messages import mark_read
from comeback.cases.models import Case, Message, Request
from comeback.desk import rows
from comeback.desk.acting import actor_of, request_of
from comeback.desk.heads import head_of
from comeback.method import loading
from comeback.method.sheet import Gate, Sheet
from comeback.registers import clock
from comeback.registers.staff import people_in
from comeback.web import queries
from comeback.web.paging import LAST_PAGE, number_in


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The comebacks of the site, newest first, open or closed."""
    actor, now = actor_of(request), clock.now()
    closed = request.GET.get("closed") == "1"
    page = number_in(request, "page", most=LAST_PAGE) or 1
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
