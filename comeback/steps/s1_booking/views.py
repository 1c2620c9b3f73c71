"""The booking page, its fragments, and the diary of a day. The lines' own pages are registered in `line_screens`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comeback.cases.acting import Actor, allow, functions_at
from comeback.cases.models import Case, CommandKey, Request
from comeback.cases.perform import Outcome, perform
from comeback.desk.acting import actor_of
from comeback.desk.refusals import STATUS
from comeback.desk.views import address_of
from comeback.method import loading
from comeback.method.refusal import Refused
from comeback.registers import clock
from comeback.registers.models import Function
from comeback.registers.search import Found, find
from comeback.steps.s1_booking import line_screens  # noqa: F401  registers the pages of the lines
from comeback.steps.s1_booking.call import BOOK, Call
from comeback.steps.s1_booking.composing import commands_of
from comeback.steps.s1_booking.forms import BookingForm, typed_into
from comeback.steps.s1_booking.queries import diary_of
from comeback.steps.s1_booking.shown import context_of, customer_text

DIARY_READERS = (
    Function.RECEPTION_LEAD,
    Function.SERVICE_ADVISOR,
    Function.AFTER_SALES_MANAGER,
    Function.TECHNICAL_EXPERT,
    Function.FOREMAN,
)


@require_http_methods(["GET", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """Step 1 on one page. POST without `do=book` only shows anew what follows from what was typed (no scripts)."""
    actor = _booker(request)
    if request.method == "GET":
        found = _found(request, actor)
        if found and len(found) == 1:
            return redirect(_chosen(found[0], request.GET["q"]))
        typed = {} if found is None or found else typed_into(request.GET["q"], actor.site)
        return _page(request, _call({**request.GET.dict(), **typed}, actor), found)
    if request.POST.get("do") != BOOK:
        return _page(request, _call(request.POST, actor))
    call = _call(request.POST, actor)
    kept = CommandKey.objects.filter(person=actor.person, key=call.key).first()
    if kept:  # pressed twice, or sent again: its own time is taken by now
        return redirect(_address(kept.result))
    try:
        outcome = perform(*commands_of(call), actor=actor, now=call.now, key=call.key)
    except Refused as refusal:
        return _page(request, call, refusal=refusal)
    messages.success(request, _said_to(call, outcome))
    return redirect(_address(outcome.refs))


@require_POST
def booking_panels(request: HttpRequest) -> HttpResponse:
    """What follows from what was typed so far: nature, questions, verdict, times and foot."""
    call = _call(request.POST, _booker(request))
    return render(request, "s1_booking/panels.html", context_of(call))


@require_GET
def booking_found(request: HttpRequest) -> HttpResponse:
    """Cars and customers that fit what was typed into the search field."""
    actor = _booker(request)
    return render(request, "s1_booking/found.html", {"found": _found(request, actor), "q": request.GET.get("q", "")})


@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """The appointments of a day, comebacks marked."""
    actor = actor_of(request)
    now = clock.now()
    allow(actor, "diary", DIARY_READERS, functions_at(actor, actor.site, now))
    zone = actor.site.zoneinfo
    today = now.astimezone(zone).date()
    day = _day(request.GET.get("day", "")) or today
    context = {
        "entries": diary_of(actor.site, day),
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "today": today,
        "now": now,
        "tz": zone,
    }
    return render(request, "s1_booking/diary.html", context)


def _booker(request: HttpRequest) -> Actor:
    """Who takes bookings. Others are told whose function it is."""
    actor = actor_of(request)
    return allow(actor, "1.2", loading.load().allowed("1.2"), functions_at(actor, actor.site, clock.now()))


def _call(data: Any, actor: Actor) -> Call:
    return Call(BookingForm(data).read(), actor=actor, now=clock.now())


def _page(
    request: HttpRequest, call: Call, found: list[Found] | None = None, *, refusal: Refused | None = None
) -> HttpResponse:
    context = context_of(call) | {"found": found, "q": call.given.get("q") or "", "refusal": refusal}
    with timezone.override(call.site.zoneinfo):
        status = STATUS[refusal.kind] if refusal else 200
        return render(request, "s1_booking/booking.html", context, status=status)


def _found(request: HttpRequest, actor: Actor) -> list[Found] | None:
    text = request.GET.get("q", "").strip()
    if not text or "vehicle" in request.GET or "customer" in request.GET:
        return None
    today = clock.now().astimezone(actor.site.zoneinfo).date()
    return find(text[:100], site=actor.site, on=today)


def _chosen(only: Found, text: str) -> str:
    """Enter pressed on what leads to exactly one car, or one customer: its page. Decision 11."""
    customer = only.owner.customer if only.owner else None
    if only.vehicle is None and customer:
        chosen = {"customer": customer.pk}
    else:
        chosen = {"vehicle": only.vehicle.pk} if only.vehicle else {}
    return f"{reverse('booking')}?{urlencode(chosen | {'q': text})}"


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _address(refs: list[dict[str, Any]]) -> str:
    """The page of what was opened: the case, else the request of the first words."""
    opened = next((it["id"] for it in refs if it.get("model") == "cases.case"), None)
    if opened:
        return address_of(Case.objects.select_related("site").get(pk=opened))
    return address_of(Request.objects.get(words=refs[0]["id"]))


def _said_to(call: Call, outcome: Outcome) -> str:
    case = next((it for it in outcome.results if isinstance(it, Case)), None)
    done = _("Booked: %(case)s.") % {"case": case} if case else _("Booked.")
    return " ".join([done, _("Tell the customer:"), customer_text(call)])
