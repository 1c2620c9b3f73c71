"""Forms of step 6. Money is typed in roubles or euros and given to the actions in minor units."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comeback.cases.acting import functions_at
from comeback.desk.formats import WITHOUT_MINOR_UNITS, language, money, number
from comeback.desk.forms import LineForm
from comeback.steps.s6_settlement.accounts import ACCOUNTS, KINDS, account_for
from comeback.steps.s6_settlement.models import Basis, How
from comeback.steps.s6_settlement.queries import (
    amounts_of,
    current_lines,
    hours_without_line,
    latest_policy,
    main_cause,
    punched_hours,
)
from comeback.steps.s6_settlement.sums import amount_of

PAYERS = {
    "maker": _("Manufacturer, %"),
    "dealer": _("Dealer, %"),
    "supplier": _("Supplier, %"),
    "customer": _("Customer, %"),
}


def account_choices() -> list[tuple[str, str]]:
    """The accounts by their short and full names."""
    return [(code, account.label().in_language(language())) for code, account in ACCOUNTS.items()]


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of cost."""
    return [(code, text.in_language(language())) for code, text in KINDS.items()]


def times(quantity: Decimal, unit: int, currency: str) -> str:
    """`3,2 × 1 900 ₽`."""
    places = max(0, -int(quantity.normalize().as_tuple().exponent))
    return f"{number(quantity, places)} × {money(unit, currency)}"


def line_words(quantity: Decimal, unit: int, amount: int, currency: str) -> str:
    """`3,2 × 1 900 ₽ = 6 080 ₽`."""
    return f"{times(quantity, unit, currency)} = {money(amount, currency)}"


class AssignForm(LineForm):
    """An account for every line, and for the punched time that is on no line yet."""

    label = _("Charge to these accounts")

    def prepare(self) -> None:
        site = self.subject.site
        self.lines = current_lines(self.subject)
        hours = hours_without_line(punched_hours([self.subject.pk]).get(self.subject.pk, Decimal(0)), self.lines)
        proposed = account_for(main_cause(self.subject)) or ""
        if hours:
            amount = amount_of(hours, site.labour_cost_rate)
            words = line_words(hours, site.labour_cost_rate, amount, site.currency)
            self._add("labour_account", _("Labour by the punched time"), words, proposed)
        for row in self.lines:
            words = line_words(row.quantity, row.unit, row.amount, site.currency)
            self._add(f"account_{row.pk}", row.description, words, row.account or proposed)

    def _add(self, name: str, label: Any, words: str, initial: str) -> None:
        choices = [("", "—"), *account_choices()]
        self.fields[name] = forms.ChoiceField(label=label, help_text=words, choices=choices, initial=initial)

    def arguments(self) -> dict[str, Any]:
        accounts = {row.pk: self.cleaned_data[f"account_{row.pk}"] for row in self.lines}
        return {"accounts": accounts, "labour_account": self.cleaned_data.get("labour_account") or None}


class CostForm(LineForm):
    """One cost line."""

    label = _("Add the cost")

    kind = forms.ChoiceField(label=pgettext_lazy("of a cost", "Kind"), widget=forms.RadioSelect)
    description = forms.CharField(label=_("What for"), max_length=300)
    quantity = forms.DecimalField(label=_("Quantity or hours"), max_digits=10, decimal_places=2, localize=True)
    unit = forms.DecimalField(label=_("Price of one"), max_digits=14, decimal_places=2, localize=True)
    account = forms.ChoiceField(label=pgettext_lazy("of a cost", "Account"))
    claim_number = forms.CharField(label=_("Claim number"), max_length=60, required=False)

    def prepare(self) -> None:
        self.fields["kind"].choices = kind_choices()
        self.fields["account"].choices = account_choices()
        self.initial.setdefault("quantity", 1)
        self.initial.setdefault("account", account_for(main_cause(self.subject)) or "quality")

    @property
    def minor(self) -> int:
        """Minor units in one unit of the site's money."""
        return 1 if self.subject.site.currency in WITHOUT_MINOR_UNITS else 100

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return given | {"unit": int(given["unit"] * self.minor)}


class CorrectForm(CostForm):
    """Another line in place of one; the address names it: `?line_id=17`."""

    label = _("Replace the line")

    line_id = forms.TypedChoiceField(label=pgettext_lazy("of a cost", "Line"), coerce=int)
    field_order = ("key", "line_id")

    def prepare(self) -> None:
        lines = {str(row.pk): row for row in current_lines(self.subject)}
        self.fields["line_id"].choices = [(pk, f"{row.description} · {row.quantity}") for pk, row in lines.items()]
        self.fields["quantity"].help_text = _("0 strikes the line out.")
        row = lines.get(str(self.initial.get("line_id", "")))
        if row:
            kept = ("kind", "description", "quantity", "account", "claim_number")
            self.initial.update({name: getattr(row, name) for name in kept})
            self.initial["unit"] = Decimal(row.unit) / self.minor
        super().prepare()


class PostForm(LineForm):
    """The posting date."""

    label = _("Post the costs")

    posted_on = forms.DateField(label=_("Posting date"), widget=forms.DateInput(format="%Y-%m-%d"))

    def prepare(self) -> None:
        self.initial.setdefault("posted_on", timezone.localdate(self.now, self.subject.site.zoneinfo))


class PolicyForm(LineForm):
    """The split in per cent, with its reason."""

    label = _("Decide who pays")

    version = forms.IntegerField(widget=forms.HiddenInput)
    basis = forms.ChoiceField(label=_("On what basis"), choices=Basis.choices, widget=forms.RadioSelect, initial="rule")
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
    approval = forms.CharField(label=_("Manufacturer’s approval number"), max_length=60, required=False)
    field_order = ("key", "version", *PAYERS)

    def prepare(self) -> None:
        latest = latest_policy(self.subject)
        shares = latest.shares if latest else self._proposed()
        for payer, label in PAYERS.items():
            self.fields[payer] = forms.DecimalField(
                label=label, max_digits=5, decimal_places=2, localize=True, initial=shares[payer].normalize()
            )
        self.order_fields(self.field_order)
        self.fields["version"].initial = latest.version if latest else 0
        if latest:
            self.fields["basis"].initial, self.fields["approval"].initial = latest.basis, latest.approval

    def _proposed(self) -> dict[str, Decimal]:
        """By the account that the main cause points to."""
        account = account_for(main_cause(self.subject)) or "quality"
        bears = {"warranty_maker": "maker", "warranty_part": "maker", "customer": "customer"}.get(account, "dealer")
        return {payer: Decimal(100 if payer == bears else 0) for payer in PAYERS}


class AgreeForm(LineForm):
    """What the customer says to his part."""

    label = _("Record the customer’s answer")

    version = forms.IntegerField(widget=forms.HiddenInput)
    amount = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.TypedChoiceField(
        label="",
        choices=[("yes", _("agrees")), ("no", _("does not agree"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(label=_("How he answered"), choices=How.choices, widget=forms.RadioSelect)
    said_by = forms.CharField(label=_("Who answered"), max_length=200)

    def prepare(self) -> None:
        latest = latest_policy(self.subject)
        amount = amounts_of(latest, current_lines(self.subject))["customer"] if latest else 0
        self.fields["version"].initial = latest.version if latest else 0
        self.fields["amount"].initial = amount
        words = _("Customer’s part: %(amount)s. The customer") % {"amount": money(amount, self.subject.site.currency)}
        self.fields["agreed"].label = words
        personal = functions_at(self.actor, self.subject.site, self.now, self.subject) - {"mechanic"}
        self.fields["said_by"].initial = self.subject.customer.name if personal and self.subject.customer else ""
