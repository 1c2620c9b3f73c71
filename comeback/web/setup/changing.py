"""Forms of the settings: a small one for each change. They know the site, the person it is about, and today there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comeback.desk.formats import day as day_words
from comeback.diary.models import ResourceKind
from comeback.method.refusal import Refused
from comeback.registers.models import Function, Person, Site
from comeback.web.setup.forms import LANGUAGES, RateField, SiteForm, clean_username, zones
from comeback.web.setup.hours import HoursField, Intervals, written
from comeback.web.setup.places import proposed_holidays


class ChangeForm(forms.Form):
    """label: of its button, a verb."""

    label: Any = _("Save")

    def __init__(self, *args: Any, site: Site, today: date, person: Person | None = None, **kwargs: Any) -> None:
        self.site, self.today, self.person = site, today, person
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values."""

    def take_refusal(self, refusal: Refused) -> None:
        for item in refusal.missing:
            self.add_error(item.field if item.field in self.fields else None, str(item.text))


class DetailsForm(ChangeForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    extension = forms.CharField(label=_("Extension"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def prepare(self) -> None:
        for name, field in self.fields.items():
            field.initial = getattr(self.person, name) if self.person else {"language": self.site.language}.get(name)


class PersonForm(DetailsForm):
    label = _("Add the person")
    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("For signing in: ivanova"))
    functions = forms.MultipleChoiceField(
        label=_("Functions from today"),
        choices=Function.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One person may hold several."),
    )
    field_order = ("name", "username", "functions", "email", "extension", "language")

    def clean_username(self) -> str:
        return clean_username(self.cleaned_data["username"])


class SinceUntilForm(ChangeForm):
    since = forms.DateField(label=_("From"))
    until = forms.DateField(label=_("Last day"), required=False)

    def prepare(self) -> None:
        self.fields["since"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day lies before the first."))
        return data


class FunctionForm(SinceUntilForm):
    label = _("Give the function")
    function = forms.ChoiceField(label=_("Function"), choices=Function.choices)
    field_order = ("function", "since", "until")


class DeputyForm(SinceUntilForm):
    label = _("Let stand in")
    absent = forms.ChoiceField(label=_("For whom"))
    function = forms.ChoiceField(label=_("In which function"), choices=Function.choices)
    until = forms.DateField(label=_("Last day"))
    field_order = ("absent", "function", "since", "until")

    def prepare(self) -> None:
        super().prepare()
        others = Person.objects.filter(functions__site=self.site, is_active=True).exclude(
            pk=getattr(self.person, "pk", 0)
        )
        self.fields["absent"].choices = [  # type: ignore[attr-defined]
            (person.pk, person.name) for person in others.distinct().order_by("name")
        ]


class RowForm(ChangeForm):
    """One press on a row."""

    row = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(RowForm):
    label = _("End")
    until = forms.DateField(label=_("Last day"))

    def prepare(self) -> None:
        self.fields["until"].initial = self.today


class TokenForm(ChangeForm):
    label = _("Make a token")
    name = forms.CharField(label=_("What is it for?"), max_length=100, help_text=_("For example: the dealer's system"))


class SiteDetailsForm(ChangeForm):
    name = forms.CharField(label=_("Name of the dealership"), max_length=200)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, help_text=_("For prints without a customer."))
    labour_cost_rate = RateField(label=_("An hour of labour costs us"))
    labour_door_rate = RateField(label=_("An hour of labour is sold for"))

    def prepare(self) -> None:
        for name, field in self.fields.items():
            field.initial = getattr(self.site, name)
        for name in ("labour_cost_rate", "labour_door_rate"):
            self.fields[name].help_text = self.site.currency


class WeekForm(ChangeForm):
    """The seven days."""

    label = _("Save the hours")

    def prepare(self) -> None:
        rows = list(self.site.opening_hours.order_by("weekday", "opens"))
        for number, name in enumerate(SiteForm.DAYS):
            kept = [(row.opens, row.closes) for row in rows if row.weekday == number]
            known = SiteForm.base_fields[name]
            self.fields[name] = HoursField(label=known.label, help_text=known.help_text, initial=written(kept))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("Give the opening hours: every deadline is counted in them."))
        return data

    @property
    def week(self) -> dict[int, Intervals]:
        return {number: self.cleaned_data[name] for number, name in enumerate(SiteForm.DAYS)}


class SpecialDayForm(ChangeForm):
    label = _("Keep the day")
    date = forms.DateField(label=_("Date"))
    hours = HoursField(label=_("Hours"), single=True, help_text=_("10:00–15:00; empty when closed."))
    note = forms.CharField(label=_("Why"), max_length=200, required=False)


class HolidaysForm(ChangeForm):
    label = _("Close on these days")
    days = forms.MultipleChoiceField(label=_("National holidays ahead"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        self.proposed = dict(proposed_holidays(self.site, self.today))
        field = self.fields["days"]
        field.choices = [  # type: ignore[attr-defined]
            (day.isoformat(), f"{day_words(day)} {name}") for day, name in self.proposed.items()
        ]
        field.initial = [day.isoformat() for day in self.proposed]

    def chosen(self) -> list[tuple[date, str]]:
        return [(day, self.proposed[day]) for day in map(date.fromisoformat, self.cleaned_data["days"])]


class ResourceForm(ChangeForm):
    label = _("Add")
    kind = forms.ChoiceField(
        label=_("What"), choices=[(code, label) for code, label in ResourceKind.choices if code != ResourceKind.PERSON]
    )
    name = forms.CharField(label=_("Name"), max_length=100)
