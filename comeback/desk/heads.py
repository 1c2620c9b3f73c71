"""Which car and which case a page is about: the head of every page of a subject."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from comeback.cases.models import Case, Month, Request
from comeback.desk.formats import month_title
from comeback.registers.models import Vehicle

LONGEST_TITLE = 110


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the head shows; stamped: a confirmed comeback, with its level and the original order."""

    no: str
    url: str
    title: str = ""
    plate: str = ""
    vehicle: str = ""
    note: str = ""
    level: int = 0
    order_no: str = ""
    stamped: bool = False


def head_of(subject: Case | Request | Month) -> Head:
    """The head of a case, a request or a site's month."""
    if isinstance(subject, Case):
        return _case_head(subject)
    if isinstance(subject, Request):
        return _request_head(subject)
    return Head(
        no=subject.site.name,
        url=f"/months/{subject.site.code}/{subject.first:%Y-%m}/",
        title=month_title(subject.first),
    )


def _case_head(case: Case) -> Head:
    original = case.original_order.number if case.original_order else ""
    return Head(
        no=str(case),
        url=f"/cases/{case.number}/",
        level=case.level,
        order_no=original,
        note="" if original else case.original_note,
        stamped=True,
        plate=_plate(case.vehicle),
        vehicle=str(case.vehicle),
        title=_first_words(case.request),
    )


def _request_head(request: Request) -> Head:
    return Head(
        no=gettext("Request %(number)s") % {"number": request.pk},
        url=f"/requests/{request.pk}/",
        plate=_plate(request.vehicle),
        vehicle=str(request.vehicle or gettext("Car not identified yet")),
        title=_first_words(request),
    )


def _plate(vehicle: Vehicle | None) -> str:
    plate = vehicle.plates.order_by("-since", "-pk").first() if vehicle else None
    return plate.number if plate else ""


def _first_words(request: Request) -> str:
    words = request.words.order_by("at", "pk").first()
    text = words.text.strip() if words else ""
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"
