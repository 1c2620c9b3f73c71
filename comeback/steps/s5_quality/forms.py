"""The forms of step 5. Each names its main button with a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comeback.desk.forms import LineForm, MomentField
from comeback.method.sheet import Text
from comeback.steps.s5_quality.causes import taxonomy
from comeback.steps.s5_quality.checklist import Item
from comeback.steps.s5_quality.models import Answer, Channel, MeasureKind, Verdict
from comeback.steps.s5_quality.queries import ANSWERS_ONLY, checklist_of, people_here, register_entry_of

LOOKED = [("ok", _("In order")), ("not_ok", _("Not in order")), ("na", _("N/A"))]


def say(text: Text) -> str:
    """Words of a data file in the reader's language."""
    return text.in_language(get_language() or "ru")


def chips(label: Any, choices: Any = (), **more: Any) -> forms.ChoiceField:
    """One choice by one tap."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def person(label: Any, **more: Any) -> forms.TypedChoiceField:
    """Somebody of the site."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, **more)


@dataclass(frozen=True)
class Row:
    """One item of the list on the page: its answer, remark and figure."""

    item: Item
    answer: BoundField
    remark: BoundField
    value: BoundField | None


class InspectionForm(LineForm):
    """5.1: three big answers for each item; a remark where it is not simply in order."""

    label = _("Sign the check")
    verdict = chips(_("Result"), Verdict.choices)
    return_reason = forms.CharField(label=_("What sends it back to the workshop"), max_length=500, required=False)
    minutes = forms.IntegerField(label=_("Minutes it took"), min_value=0, max_value=600, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["return_reason"].required = self.data.get("verdict") != Verdict.PASS
        self.checklist = checklist_of(self.subject)
        self.fields["edition"].initial = self.checklist.edition
        for item in self.checklist.items.values():
            self.fields[item.id] = chips(say(item.text), LOOKED, required=False)
            self.fields[f"{item.id}_remark"] = forms.CharField(
                label=_("Remark or reason"), max_length=300, required=False
            )
            if item.value:
                self.fields[f"{item.id}_value"] = forms.CharField(label=_("Figure"), max_length=60, required=False)

    def sections(self) -> Iterator[tuple[str, list[Row]]]:
        """Heading and rows of each section."""
        for code, text in self.checklist.sections.items():
            rows = [
                Row(it, self[it.id], self[f"{it.id}_remark"], self[f"{it.id}_value"] if it.value else None)
                for it in self.checklist.of(code)
            ]
            yield f"{code} · {say(text)}", rows

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "edition": given["edition"],
            "results": {id_: given[id_] for id_ in self.checklist.items if given[id_]},
            "remarks": self._filled("remark"),
            "values": self._filled("value"),
            "verdict": given["verdict"],
            "return_reason": given["return_reason"],
            "minutes": given["minutes"] or 0,
        }

    def _filled(self, kind: str) -> dict[str, str]:
        typed = {id_: self.cleaned_data.get(f"{id_}_{kind}", "") for id_ in self.checklist.items}
        return {id_: text for id_, text in typed.items() if text}


class DeliveryForm(LineForm):
    """5.2: the time as agreed, or another one."""

    label = _("Record the confirmation")
    channel = chips(_("How the customer was reached"), Channel.choices)
    answer = chips(_("Delivery time"), Answer.choices)
    starts_at = MomentField(label=_("The other time"), required=False)
    delegated_by_id = person(_("Passed on by the foreman"), required=False)

    def prepare(self) -> None:
        self.fields["starts_at"].required = self.data.get("answer", Answer.MOVED) == Answer.MOVED
        foremen = people_here(self.subject, self.now, "foreman")
        if self.actor.person in foremen:
            del self.fields["delegated_by_id"]
            return
        self.fields["delegated_by_id"].choices = [("", "—"), *((it.pk, it.name) for it in foremen)]
        if len(foremen) == 1:
            self.fields["delegated_by_id"].initial = foremen[0].pk


class RegisterForm(LineForm):
    """5.3: main cause, why it escaped, technical verdict, owner. Filled with what stands."""

    label = _("Enter in the register")
    verdict = chips(_("Technical verdict"))
    cause = forms.ChoiceField(label=_("Main cause"))
    escape = chips(_("Why it was not found before hand-over"), required=False)
    why = forms.CharField(
        label=_("Why, and why again"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    owner_id = person(_("Who sees to it"))
    contributing = forms.MultipleChoiceField(
        label=_("Contributing causes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def prepare(self) -> None:
        known = taxonomy()
        causes = [(code, say(text)) for code, text in known.causes.items()]
        grouped = [(say(text), [it for it in causes if it[0][0] == code]) for code, text in known.groups.items()]
        self.fields["cause"].choices = [("", "—"), *grouped]
        self.fields["contributing"].choices = causes
        self.fields["escape"].choices = [(code, say(text)) for code, text in known.escapes.items()]
        self.fields["verdict"].choices = [(code, say(text)) for code, text in known.verdicts.items()]
        people = people_here(self.subject, self.now)
        self.fields["owner_id"].choices = [(it.pk, it.name) for it in people]
        self.fields["owner_id"].initial = self.actor.person.pk
        standing = register_entry_of(self.subject)
        if standing:
            for name in ("cause", "contributing", "escape", "verdict", "why", "owner_id", "version"):
                self.fields[name].initial = getattr(standing, name)


class MeasureForm(LineForm):
    """5.4: one measure at a time."""

    label = _("Define the measure")
    ALWAYS = ("text", "owner_id", "due")  # of a real measure
    kind = chips(_("Kind of measure"), MeasureKind.choices)
    text = forms.CharField(
        label=_("What will be done"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    owner_id = person(_("Who does it"), required=False)
    due = forms.DateField(label=_("By when"), required=False)
    criterion = forms.CharField(
        label=_("How we shall see that it works"),
        max_length=500,
        required=False,
        help_text=_("For example: no comeback for this cause in 90 days."),
    )
    check_on = forms.DateField(label=_("When that is checked"), required=False)
    decided_by_id = person(_("None needed: decided by the manager"), required=False)
    replaces_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        for name, functions in (("owner_id", ()), ("decided_by_id", ("after_sales_manager",))):
            people = people_here(self.subject, self.now, *functions)
            self.fields[name].choices = [("", "—"), *((it.pk, it.name) for it in people)]
        real = self.data.get("kind") not in ANSWERS_ONLY
        for name in self.ALWAYS:
            self.fields[name].required = real
