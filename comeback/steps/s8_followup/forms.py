"""Forms of step 8. The questions come from the guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comeback.desk.formats import language
from comeback.desk.forms import LineForm, MomentField, NoFields, local_now
from comeback.steps.s8_followup.guide import Question, guide
from comeback.steps.s8_followup.models import Channel, Result


class AttemptForm(LineForm):
    """A try that did not lead to an answer."""

    label = _("Record the attempt")

    result = forms.ChoiceField(label=_("What came of it"), choices=Result.choices, widget=forms.RadioSelect)
    call_back_at = MomentField(label=_("Wants to be called at"), required=False)
    channel = forms.ChoiceField(
        label=_("How you tried"), choices=Channel.choices, widget=forms.RadioSelect, initial="phone"
    )
    at = MomentField(label=_("When"))
    note = forms.CharField(label=_("Note"), help_text=_("Why, if it is entered later"), max_length=500, required=False)

    def prepare(self) -> None:
        self.fields["at"].initial = local_now(self.now)


class ContactForm(LineForm):
    """The questions of the guide, one after another."""

    label = _("Record the answers")

    channel = forms.ChoiceField(
        label=_("How you reached the customer"), choices=Channel.choices, widget=forms.RadioSelect, initial="phone"
    )
    at = MomentField(label=_("When"))
    note = forms.CharField(label=_("Note"), help_text=_("Why, if it is entered later"), max_length=500, required=False)

    def prepare(self) -> None:
        self.questions = guide().questions
        for question in self.questions:
            self.fields[question.id] = _field(question)
        self.fields["q8"].required = self.data.get("q1") != "not_tried"
        self.order_fields(["key", *(question.id for question in self.questions)])
        self.fields["at"].initial = local_now(self.now)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        answers = {question.id: given.pop(question.id) for question in self.questions}
        return given | {"answers": {id_: answer for id_, answer in answers.items() if answer not in (None, "")}}


class GiveUpForm(NoFields):
    """One press."""

    label = _("Record that the customer could not be reached")


def _field(question: Question) -> forms.Field:
    label = question.text.in_language(language())
    if question.kind == "text":
        return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    if question.kind == "scale":
        marks = [(number, str(number)) for number in question.scale]
        return forms.TypedChoiceField(
            label=label, choices=marks, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
        )
    choices = [(code, text.in_language(language())) for code, text in question.choices.items()]
    return forms.ChoiceField(label=label, choices=choices, required=question.required, widget=forms.RadioSelect)
