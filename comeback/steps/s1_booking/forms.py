"""The booking page as a form: everything on it is optional to read; what a booking lacks, the page says."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comeback.recognition.normalise import is_vin, normalise_phone, normalise_vin
from comeback.registers.models import Site
from comeback.steps.s1_booking.guide import OF_NATURE, QUESTIONS, TOW
from comeback.steps.s1_booking.models import Reason, Reply

ASK = "ask_"


class KilometresField(forms.IntegerField):
    """`88 430 км` is a figure too."""

    def to_python(self, value: Any) -> int | None:
        digits = re.sub(r"\D", "", str(value or ""))
        return super().to_python(digits or None)


class InstantField(forms.CharField):
    """A moment with its offset, as the page itself writes it."""

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        try:
            moment = datetime.fromisoformat(str(value or ""))
        except ValueError:
            return None
        return moment if moment.tzinfo else None


def typed_into(text: str, site: Site) -> dict[str, str]:
    """What was searched for in vain, as the field of a new car or customer that it fits."""
    if not re.search(r"\d", text):
        return {"name": text}
    if is_vin(normalise_vin(text)):
        return {"vin": text}
    lettered = re.search(r"[^\W\d_]", text)
    return {"phone": text} if not lettered and normalise_phone(text, site.country) else {"plate": text}


class BookingForm(forms.Form):
    """What was typed and tapped during a call. `say` is the button just pressed, `reply` the answer given before."""

    key = forms.CharField(max_length=100, required=False)
    do = forms.CharField(max_length=10, required=False)
    q = forms.CharField(max_length=100, required=False)
    vehicle = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    customer = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    plate = forms.CharField(max_length=20, required=False, label=_("Plate"))
    vin = forms.CharField(max_length=30, required=False, label=_("VIN"))
    model = forms.CharField(max_length=200, required=False, label=_("Model"))
    name = forms.CharField(max_length=200, required=False, label=_("Name"))
    phone = forms.CharField(max_length=30, required=False, label=_("Phone"))
    said_by = forms.CharField(max_length=200, required=False)
    odometer_km = KilometresField(required=False, min_value=0, max_value=5_000_000, label=_("Odometer, km"))
    words = forms.CharField(max_length=10_000, required=False, label=_("Customer's words"))
    nature = forms.ChoiceField(choices=[(code, code) for code in OF_NATURE], required=False)
    proposed = forms.CharField(max_length=20, required=False)
    danger = forms.BooleanField(required=False)
    heard_danger = forms.BooleanField(required=False)
    claims = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], required=False)
    reply = forms.ChoiceField(choices=Reply.choices, required=False)
    say = forms.ChoiceField(choices=[*Reply.choices, ("change", "")], required=False)
    reason = forms.ChoiceField(choices=Reason.choices, required=False)
    note = forms.CharField(max_length=500, required=False)
    original = forms.CharField(max_length=20, required=False)
    original_note = forms.CharField(max_length=500, required=False)
    slot = InstantField(required=False)
    best = InstantField(required=False)
    day = forms.DateField(required=False)
    skip_expert = forms.BooleanField(required=False)
    expert_reason = forms.CharField(max_length=500, required=False)
    skip_drive = forms.BooleanField(required=False)
    drive_reason = forms.CharField(max_length=500, required=False)
    late_reason = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS.values():
            choices = list(question.options.items())
            self.fields[ASK + question.code] = forms.ChoiceField(choices=choices, required=False)
        for code in TOW:
            self.fields[ASK + code] = forms.BooleanField(required=False)

    def read(self) -> dict[str, Any]:
        """What could be read; what could not is left empty here and named by `errors`."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
