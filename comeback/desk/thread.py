"""The pages of the thread's own acts: answering a condition, opening a gate, withdrawing and closing a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comeback.desk.forms import LineForm, NoFields
from comeback.desk.screens import screen


class DecisionForm(LineForm):
    """Is this conditional line needed for this comeback?"""

    label = pgettext_lazy("button", "Record the decision")
    needed = forms.ChoiceField(
        label=_("Is it needed for this comeback?"),
        widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("answer", "Yes, needed")), ("no", pgettext_lazy("answer", "No, not needed"))],
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the nature of the comeback calls for this line."),
    )

    def arguments(self) -> dict[str, Any]:
        return {"needed": self.cleaned_data["needed"] == "yes", "reason": self.cleaned_data["reason"]}


class OverrideForm(LineForm):
    """Why the gate is opened although something is missing."""

    label = pgettext_lazy("button", "Open the gate")
    reason = forms.CharField(
        label=_("Why it has to be passed now"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Counted among the bypasses of the month, with your name."),
    )


class WithdrawForm(LineForm):
    """Why it was no comeback, after all."""

    label = pgettext_lazy("button", "Withdraw the comeback")
    reason = forms.CharField(
        label=_("Why it is no comeback"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It no longer counts in the figures, a signed month is restated."),
    )


class CloseForm(NoFields):
    """One press closes the case."""

    label = pgettext_lazy("button", "Close the comeback")


screen("decision", DecisionForm)
screen("override", OverrideForm)
screen("withdraw", WithdrawForm)
screen("close", CloseForm)
