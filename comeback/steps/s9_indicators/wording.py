"""How figures of a month are written for people, in the active language."""

from __future__ import annotations

from django.utils.translation import ngettext

from comeback.cases.models import Case
from comeback.desk import formats
from comeback.steps.s9_indicators.indicators import Figure


def figure_in_words(figure: Figure, currency: str) -> str:
    """`4,2 %`, `96 500 ₽`, `22 дня`, `3`; `—` with nothing to divide by."""
    if figure.value is None:
        return "—"
    if figure.kind == "money":
        return formats.money(figure.top, currency)
    if figure.kind == "days":
        return days_in_words(figure.top)
    return formats.percent(figure.value) if figure.kind == "percent" else formats.number(figure.top)


def parts_in_words(figure: Figure) -> str:
    """`8 из 9`, for shares; else nothing."""
    if figure.kind != "percent" or not figure.bottom:
        return ""
    return ngettext("%(top)s of %(bottom)s", "%(top)s of %(bottom)s", figure.bottom) % {
        "top": formats.number(figure.top),
        "bottom": formats.number(figure.bottom),
    }


def days_in_words(count: int) -> str:
    """`22 дня`."""
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": formats.number(count)}


def short_number(case: Case) -> str:
    """`ПО-0142`, where site and year go without saying."""
    head, _dash, tail = str(case).partition("-")
    return f"{head}-{tail.rpartition('-')[2]}"
