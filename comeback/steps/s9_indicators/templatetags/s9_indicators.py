"""How a figure of the month is written. `{% load s9_indicators %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from comeback.cases.models import Case
from comeback.desk import formats
from comeback.steps.s5_quality.facts import cause_group_in_words, cause_in_words
from comeback.steps.s9_indicators.indicators import Figure

register = template.Library()
register.filter("cause", cause_in_words)
register.filter("cause_group", cause_group_in_words)


@register.simple_tag
def figure_value(figure: Figure, currency: str) -> str:
    """`{% figure_value figure "RUB" %}` → `4,2 %`, `96 500 ₽`, `22 дня`; `—` with nothing to divide by."""
    if figure.value is None:
        return "—"
    if figure.kind == "money":
        return formats.money(figure.top, currency)
    if figure.kind == "days":
        return days_words(figure.top)
    return formats.percent(figure.value) if figure.kind == "percent" else formats.number(figure.top)


@register.simple_tag
def figure_big(figure: Figure, currency: str) -> SafeString:
    """`{% figure_big figure "RUB" %}`: the same with a small unit, for headlines."""
    text = figure_value(figure, currency).replace(" ", formats.NBSP)
    number, space, unit = text.rpartition(formats.NBSP)
    if not space or unit[:1].isdigit():
        return format_html("{}", text)
    return format_html("{} <span>{}</span>", number, unit)


@register.filter
def short_number(case: Case) -> str:
    """`{{ case|short_number }}` → `ПО-0142`, where site and year go without saying."""
    head, _dash, tail = str(case).partition("-")
    return f"{head}-{tail.rpartition('-')[2]}"


@register.simple_tag
def days_words(count: int) -> str:
    """`{% days_words 22 %}` → `22 дня`."""
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": formats.number(count)}


@register.simple_tag
def figure_parts(figure: Figure) -> str:
    """`{% figure_parts figure %}` → `8 из 9`, for shares."""
    if figure.kind != "percent":
        return ""
    return ngettext("%(top)s of %(bottom)s", "%(top)s of %(bottom)s", figure.bottom or 0) % {
        "top": formats.number(figure.top),
        "bottom": formats.number(figure.bottom or 0),
    }


@register.filter
def unlocalised(value: float) -> str:
    """`{{ bar.x|unlocalised }}`: a coordinate with a point, whatever the language."""
    return f"{value:g}"


@register.filter
def add_units(value: float, more: int) -> str:
    """`{{ bar.y|add_units:-6 }}`: a coordinate moved."""
    return f"{value + more:g}"
