"""How each kind of form field is drawn: chips for choices, numeric keyboards, the browser's own date pickers."""

from __future__ import annotations

from django import forms
from django.forms import BoundField

PICKERS: dict[type[forms.Widget], tuple[str, str]] = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}
DJANGOS_OWN_ROWS = "10"


def kind(bound: BoundField) -> str:
    """Which drawing the field gets: `hidden`, `chips`, `check`, `file`, `select` or `input`."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "chips"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "select" if isinstance(widget, forms.Select) else "input"


def is_short(bound: BoundField) -> bool:
    """Whether the answer is a figure or a date, which needs no full line."""
    return isinstance(bound.field, (forms.IntegerField, forms.DateField, forms.DateTimeField, forms.TimeField))


def prepare(bound: BoundField) -> BoundField:
    """Give the widget its CSS class, keyboard and picker; what the form itself has set wins."""
    widget = bound.field.widget
    for kind_of_widget, (input_type, pattern) in PICKERS.items():
        if isinstance(widget, kind_of_widget):
            widget.input_type, widget.format = input_type, pattern  # type: ignore[attr-defined]
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"  # a number field would drop what was typed wrongly instead of showing it again
    for name, value in _attributes(bound).items():
        widget.attrs.setdefault(name, value)
    return bound


def _attributes(bound: BoundField) -> dict[str, str]:
    shape = kind(bound)
    attributes = {"class": {"select": "form-select", "check": "", "chips": ""}.get(shape, "form-control")}
    if isinstance(bound.field, forms.IntegerField):
        attributes["inputmode"] = (
            "decimal" if isinstance(bound.field, (forms.FloatField, forms.DecimalField)) else "numeric"
        )
    if isinstance(bound.field.widget, forms.Textarea) and bound.field.widget.attrs.get("rows") == DJANGOS_OWN_ROWS:
        bound.field.widget.attrs["rows"] = "4"
    return {name: value for name, value in attributes.items() if value}
