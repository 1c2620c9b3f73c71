"""Forms of step 7: the hand-over talk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comeback.cases.acting import functions_at
from comeback.desk.acting import sees_customers
from comeback.desk.forms import LineForm, MomentField, NoFields, local_now
from comeback.steps.s7_handover.models import Answer, Receiver
from comeback.steps.s7_handover.queries import concerns_of

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def yes_or_no(label: Any) -> forms.TypedChoiceField:
    """Two chips that give a bool."""
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )


def customer_name(form: LineForm) -> str:
    """The customer of the case, as a first guess of who is there; not shown to a mechanic (decision 19)."""
    personal = sees_customers(functions_at(form.actor, form.subject.site, form.now, form.subject))
    return form.subject.customer.name if personal and form.subject.customer else ""


class ExplainForm(LineForm):
    """Each concern ticked, old parts, to whom."""

    label = _("Record the explanation")

    concern_ids = forms.TypedMultipleChoiceField(
        label=_("Explained: cause, what was done, result"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    old_parts_shown = yes_or_no(_("Old parts shown"))
    to_whom = forms.CharField(label=_("To whom"), max_length=200)
    advice = forms.CharField(label=_("Advice given"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def prepare(self) -> None:
        self.fields["concern_ids"].choices = [
            (row.pk, row.words or f"{row.order} · {row.number}")
            for row in concerns_of(self.subject).select_related("order")
        ]
        self.fields["concern_ids"].required = bool(self.fields["concern_ids"].choices)
        self.fields["to_whom"].initial = customer_name(self)


class CureForm(LineForm):
    """The customer's answer on each concern."""

    label = _("Record the answer")

    said_by = forms.CharField(label=_("Who answered"), max_length=200)

    def prepare(self) -> None:
        self.concerns = list(concerns_of(self.subject))
        for row in self.concerns:
            self.fields[f"answer_{row.pk}"] = forms.ChoiceField(
                label=row.words, choices=Answer.choices, widget=forms.RadioSelect
            )
        self.order_fields(["key", *(f"answer_{row.pk}" for row in self.concerns)])
        self.fields["said_by"].initial = customer_name(self)

    def arguments(self) -> dict[str, Any]:
        answers = {row.pk: self.cleaned_data[f"answer_{row.pk}"] for row in self.concerns}
        return {"answers": answers, "said_by": self.cleaned_data["said_by"]}


class ReworkForm(LineForm):
    """What the customer still notices."""

    label = _("Work on it again")

    note = forms.CharField(label=_("What the customer still notices"), max_length=500, widget=forms.Textarea)


class PlanForm(LineForm):
    """A plan and a date."""

    label = _("Let the customer leave with this plan")

    text = forms.CharField(label=_("What we agreed"), widget=forms.Textarea)
    comes_on = forms.DateField(label=_("Comes again on"), widget=forms.DateInput(format="%Y-%m-%d"))


class OfferForm(LineForm):
    """Offered, and what the customer said."""

    label = _("Record the offer")

    answer = forms.ChoiceField(
        label=_("The drive was offered; the customer"),
        choices=[
            ("accepted", pgettext_lazy("the customer, a drive", "accepts")),
            ("refused", pgettext_lazy("the customer, a drive", "refuses")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why he refuses"), max_length=500, required=False)


class DriveForm(LineForm):
    """The drive with the customer."""

    label = _("Record the drive")

    started = MomentField(label=pgettext_lazy("of a drive", "Start"))
    ended = MomentField(label=pgettext_lazy("of a drive", "End"))
    odometer_out = forms.IntegerField(label=_("Odometer at the start, km"), min_value=0, required=False)
    odometer_in = forms.IntegerField(label=_("Odometer at the end, km"), min_value=0, required=False)
    driven_by_customer = forms.BooleanField(label=_("The customer drove"), required=False)
    symptom = forms.ChoiceField(
        label=_("Symptom"),
        choices=[
            ("no", pgettext_lazy("symptom", "absent")),
            ("partly", pgettext_lazy("symptom", "partly there")),
            ("yes", pgettext_lazy("symptom", "there")),
        ],
        widget=forms.RadioSelect,
    )
    remarks = forms.CharField(label=_("Remarks"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def prepare(self) -> None:
        self.fields["ended"].initial = local_now(self.now)


class DocumentForm(LineForm):
    """Invoice or list of works: which it is follows from who pays."""

    label = _("Record the explanation")

    number = forms.CharField(label=_("Number of the document"), max_length=60, required=False)
    to_whom = forms.CharField(label=_("To whom"), max_length=200)

    def prepare(self) -> None:
        self.fields["to_whom"].initial = customer_name(self)


class PrintForm(NoFields):
    """One press."""

    label = _("Print the list of works")


class HandOverForm(LineForm):
    """To whom, signed or why not, odometer."""

    label = _("Hand over the vehicle")

    receiver = forms.ChoiceField(label=_("Who takes the vehicle"), choices=Receiver.choices, widget=forms.RadioSelect)
    receiver_name = forms.CharField(
        label=_("Name"), help_text=_("For a proxy or a courier"), max_length=200, required=False
    )
    signed = yes_or_no(_("Signed"))
    no_signature_reason = forms.CharField(label=_("Why nobody signed"), max_length=300, required=False)
    odometer_km = forms.IntegerField(label=_("Odometer, km"), min_value=0)

    def prepare(self) -> None:
        self.fields["receiver"].initial = "customer"
