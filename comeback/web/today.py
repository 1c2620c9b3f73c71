"""Today: what waits for this person, by the clock."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from comeback.cases.acting import functions_at
from comeback.cases.messages import wording_of
from comeback.desk import rows
from comeback.desk.acting import actor_of, sees_customers
from comeback.method import loading
from comeback.method.sheet import Sheet
from comeback.registers import clock
from comeback.registers.models import Function, Person
from comeback.registers.staff import people_in
from comeback.steps.s4_repair.queries import open_punch_of, work_in_hand
from comeback.web import queries

WORK = 4  # the step in which a mechanic has something to do


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
        "steers": bool(held - {Function.MECHANIC}),
        "in_hand": _in_hand(actor.person) if Function.MECHANIC in held else [],
        "personal": sees_customers(held),
        "messages_unread": [(message, wording_of(message)) for message in queries.unread(actor.person)],
    }  # fmt: skip
    return render(request, "web/today.html", context)


def _in_hand(person: Person) -> list[dict[str, Any]]:
    """A mechanic's cars while step 4 is not behind them: where he is punched in, what he can press."""
    open_punch = open_punch_of(person)
    cases = queries.cases_with_cars().in_bulk(work_in_hand(person))
    return [
        {
            "case": case,
            "plate": queries.plate_of(case.vehicle),
            "words": queries.words_of(case.request),
            "at_work": bool(open_punch and open_punch.case_id == case.pk),
        }
        for case in cases.values()
        if case.progress_row.step <= WORK
    ]


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
