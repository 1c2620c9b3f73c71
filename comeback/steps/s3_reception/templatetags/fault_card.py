"""Template tags of the fault card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django import template
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget

register = template.Library()


@register.filter
def pick(form: BaseForm, codes: Iterable[str]) -> Iterator[BoundField]:
    """`{% for field in form|pick:left %}`: the fields of these questions that this nature is asked."""
    return (form[code] for code in codes if code in form.fields)


@register.filter
def within(field: BoundField, codes: Iterable[str]) -> list[BoundWidget]:
    """`{% for option in form.place|within:zones %}`: options of a field among these."""
    return [option for option in field if option.data["value"] in codes]


@register.filter
def without(field: BoundField, codes: Iterable[str]) -> list[BoundWidget]:
    """The other options."""
    return [option for option in field if option.data["value"] not in codes]


@register.filter
def entry(table: dict[str, str], code: str) -> str:
    """`{{ given|entry:field.name }}`"""
    return table.get(code, "")
