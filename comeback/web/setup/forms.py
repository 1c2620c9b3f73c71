"""Forms of a new installation: the first administrator, the dealership, its hours."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comeback.desk.formats import NBSP, SIGNS, number
from comeback.registers.models import ADMINISTRATOR, Function, Person, Site
from comeback.web.setup.hours import HoursField, Intervals

COUNTRIES = [
    ("RU", _("Russia")), ("AM", _("Armenia")), ("BY", _("Belarus")), ("GE", _("Georgia")), ("KZ", _("Kazakhstan")),
    ("KG", _("Kyrgyzstan")), ("UZ", _("Uzbekistan")), ("FR", _("France")), ("BE", _("Belgium")),
    ("CH", _("Switzerland")), ("LU", _("Luxembourg")), ("DE", _("Germany")), ("MA", _("Morocco")),
    ("TN", _("Tunisia")), ("SN", _("Senegal")), ("GB", _("United Kingdom")), ("IE", _("Ireland")),
]  # fmt: skip
LANGUAGES = [("ru", "Русский"), ("en", "English"), ("fr", "Français")]
CURRENCIES = [(code, f"{code} {sign}") for code, sign in SIGNS.items()]
OWN_FUNCTIONS = [(code, label) for code, label in Function.choices if code != ADMINISTRATOR]
WORKDAYS, WORKING_HOURS = range(5), "09:00–18:00"
username_rule = RegexValidator(r"^[a-z0-9][a-z0-9._-]+$", _("Latin letters, digits, dots and dashes; two or more."))
code_rule = RegexValidator(r"^[A-Z0-9]{2,10}$", _("Two to ten Latin letters and digits: it stands in case numbers."))


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str]]:
    """Time zones by continent and city."""
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [(zone, zone.replace("_", " ")) for zone in sorted(places)]


class Sections(forms.Form):
    """A form whose fields are shown under headings."""

    SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = ()

    def sections(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        for title, names in self.SECTIONS:
            yield title, [self[name] for name in names]


class RateField(forms.DecimalField):
    """Money an hour, typed in roubles or euros, given in minor units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=1_000_000, decimal_places=2, localize=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(NBSP, "").replace(" ", "") if value else value)

    def clean(self, value: Any) -> int:
        return int(Decimal(super().clean(value)).scaleb(2))

    def prepare_value(self, value: Any) -> Any:
        return number(Decimal(value).scaleb(-2), 2 if value % 100 else 0) if isinstance(value, int) else value


class SiteForm(Sections):
    """A dealership with its week: what every deadline and every rouble rests on."""

    name = forms.CharField(label=_("Name of the dealership"), max_length=200)
    code = forms.CharField(
        label=_("Code in case numbers"), max_length=10, help_text=_("As in MSK-2026-0042. It cannot be changed later.")
    )
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, help_text=_("For holidays and phone numbers."))
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="Europe/Moscow")
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, help_text=_("For prints without a customer."))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, help_text=_("It cannot be changed later."))
    labour_cost_rate = RateField(label=_("An hour of labour costs us"), help_text=_("In the currency above."))
    labour_door_rate = RateField(label=_("An hour of labour is sold for"))
    bays = forms.IntegerField(label=_("Bays in the workshop"), min_value=1, max_value=60, initial=2)
    rooms = forms.IntegerField(label=_("Places of reception"), min_value=1, max_value=20, initial=1)
    day_0 = HoursField(label=WEEKDAYS[0], help_text=_("Like 9:00–13:00, 14:00–19:00; leave a closed day empty."))
    day_1 = HoursField(label=WEEKDAYS[1])
    day_2 = HoursField(label=WEEKDAYS[2])
    day_3 = HoursField(label=WEEKDAYS[3])
    day_4 = HoursField(label=WEEKDAYS[4])
    day_5 = HoursField(label=WEEKDAYS[5])
    day_6 = HoursField(label=WEEKDAYS[6])

    DAYS = tuple(f"day_{number}" for number in range(7))
    SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
        (
            _("Dealership"),
            ("name", "code", "country", "zone", "language", "currency", "labour_cost_rate", "labour_door_rate"),
        ),
        (_("Bays and reception"), ("bays", "rooms")),
        (_("Opening hours"), DAYS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in WORKDAYS:
            self.fields[f"day_{weekday}"].initial = WORKING_HOURS

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().upper()
        code_rule(code)
        if Site.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another site has this code."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors.keys() & set(self.DAYS) and not any(data[name] for name in self.DAYS):
            raise forms.ValidationError(_("Give the opening hours: every deadline is counted in them."))
        return data

    @property
    def week(self) -> dict[int, Intervals]:
        """Intervals by weekday, Monday 0."""
        return {weekday: self.cleaned_data[name] for weekday, name in enumerate(self.DAYS)}


class SetupForm(SiteForm):
    """All of a new installation: the first administrator, the group, its first site."""

    person_name = forms.CharField(label=_("Your name"), max_length=200)
    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("For signing in: ivanova"))
    email = forms.EmailField(label=_("E-mail"), required=False)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten characters or more, no common word, not your name."),
    )
    again = forms.CharField(
        label=_("Password once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    functions = forms.MultipleChoiceField(
        label=_("Functions that you hold yourself"),
        choices=OWN_FUNCTIONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The others get theirs on the next page."),
    )
    group = forms.CharField(label=_("Name of the group"), max_length=200, help_text=_("Of one dealership or several."))

    SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
        (_("First administrator"), ("person_name", "username", "email", "password", "again", "functions")),
        (_("Dealer group"), ("group",)),
        *SiteForm.SECTIONS,
    )

    def clean_username(self) -> str:
        return clean_username(self.cleaned_data["username"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", _("The two passwords differ."))
        if password:
            person = Person(
                username=data.get("username", ""), name=data.get("person_name", ""), email=data.get("email", "")
            )
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


def clean_username(text: str) -> str:
    """A user name that nobody has yet: Latin, lower case."""
    username = text.strip().lower()
    username_rule(username)
    if Person.objects.filter(username=username).exists():
        raise forms.ValidationError(_("Somebody has this user name already."))
    return username
