"""The forms with which a month is signed and restated."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comeback.cases.models import Month
from comeback.desk.forms import LineForm
from comeback.steps.s9_indicators.queries import has_visits

MINOR = 100  # of one unit of money


class SignForm(LineForm):
    """The figures are not typed: only what the program cannot know, with its source."""

    visits = forms.IntegerField(
        label=_("Number of visits"), min_value=1, required=False, help_text=_("No visits are imported for this month.")
    )
    visits_source = forms.CharField(label=_("Where the number of visits comes from"), max_length=200, required=False)
    turnover = forms.DecimalField(
        label=_("Gross turnover of the workshop"), min_value=Decimal(1), decimal_places=2, max_digits=14,
        required=False, help_text=_("Optional: for the share of the dealer’s cost in the turnover."),
    )  # fmt: skip
    turnover_source = forms.CharField(label=_("Where the turnover comes from"), max_length=200, required=False)
    label = _("Sign the month")

    def prepare(self) -> None:
        assert isinstance(self.subject, Month)
        if has_visits(self.subject):
            del self.fields["visits"], self.fields["visits_source"]

    def arguments(self) -> dict[str, Any]:
        turnover = self.cleaned_data.get("turnover")
        return super().arguments() | {"turnover": int(turnover * MINOR) if turnover else None}


class RestateForm(LineForm):
    """Why the figures are other ones now."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    label = _("Restate the month")
