"""How a figure of the month is drawn. `{% load s9_indicators %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comeback.desk import formats
from comeback.steps.s5_quality.facts import cause_group_in_words, cause_in_words
from comeback.steps.s9_indicators import wording
from comeback.steps.s9_indicators.indicators import Figure

register = template.Library()
register.filter("cause", cause_in_words)  # `{{ code|cause }}` → `Неверный диагноз`
register.filter("cause_group", cause_group_in_words)
register.filter("short_number", wording.short_number)  # `{{ case|short_number }}` → `ПО-0142`
register.simple_tag(wording.figure_in_words, name="figure_value")  # `{% figure_value figure "RUB" %}` → `4,2 %`
register.simple_tag(wording.parts_in_words, name="figure_parts")  # `{% figure_parts figure %}` → `8 из 9`
register.simple_tag(wording.days_in_words, name="days_words")  # `{% days_words 22 %}` → `22 дня`


@register.simple_tag
def figure_big(figure: Figure, currency: str) -> SafeString:
    """`{% figure_big figure "RUB" %}`: the figure with a small unit, for headlines."""
    text = wording.figure_in_words(figure, currency).replace(" ", formats.NBSP)
    number, space, unit = text.rpartition(formats.NBSP)
    if not space or unit[:1].isdigit():
        return format_html("{}", text)
    return format_html("{} <span>{}</span>", number, unit)


@register.filter
def unlocalised(value: float) -> str:
    """`{{ bar.x|unlocalised }}`: a coordinate with a point, whatever the language."""
    return f"{value:g}"


@register.filter
def add_units(value: float, more: int) -> str:
    """`{{ bar.y|add_units:-6 }}`: a coordinate moved."""
    return f"{value + more:g}"
