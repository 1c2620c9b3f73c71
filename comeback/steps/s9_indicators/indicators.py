"""The register of indicators, and one month's figure with its rounding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Kind = Literal["percent", "money", "days", "count"]
TENTH = Decimal("0.1")
EDITION = 1  # of the formulas, kept with each signature: raise it with any change in `definitions.py`


@dataclass(frozen=True)
class Indicator:
    """code: of §3.10; definition: name of its function in `definitions.py`; line: of the sheet, for headlines."""

    code: str
    definition: str
    kind: Kind
    name: str | Promise
    says: str | Promise
    line: str = ""
    ripens: bool = False  # goes on changing for weeks after the month: never frozen


@dataclass(frozen=True)
class Figure:
    """An indicator in one month. top: numerator, money in minor units or days; bottom: denominator of a share."""

    code: str
    kind: Kind
    month: date
    top: int = 0
    bottom: int | None = None

    def __str__(self) -> str:
        return "" if self.value is None else str(self.value)

    @property
    def value(self) -> Decimal | int | None:
        """The figure as it is shown; a share in per cent with one decimal, half up; None, «—»: nothing to divide by."""
        if self.kind != "percent":
            return self.top
        if not self.bottom:
            return None
        return (Decimal(self.top) * 100 / self.bottom).quantize(TENTH, ROUND_HALF_UP)


REGISTER = (
    Indicator("K1", "comeback_share", "percent", pgettext_lazy("indicator", "Comebacks"),
              _("Confirmed comebacks received in the month, of the visits received in the month"), "9.1"),
    Indicator("K2", "cost_of_poor_quality", "money", pgettext_lazy("indicator", "Cost of poor quality"),
              _("Posted costs of comebacks by the date of posting, at cost, without VAT, whoever bears them"), "9.2"),
    Indicator("K3", "days_off_the_road", "days", pgettext_lazy("indicator", "Days off the road"),
              _("Dates on which comeback cars were in between reception and hand-over"), "9.3"),
    Indicator("K1b", "fixed_first_visit", "percent", pgettext_lazy("indicator", "Fixed first visit, 30 days"),
              _("Visits handed over in the month that did not come back within 30 days, of those 30 days old"),
              ripens=True),
    Indicator("K1c", "caused_here", "count", pgettext_lazy("indicator", "Comebacks to work of this site"),
              _("Comebacks received in the month at any site of the group to work of this one")),
    Indicator("K2b", "borne_by_dealer", "money", pgettext_lazy("indicator", "Borne by the dealer"),
              _("The part of the cost on the dealer’s own accounts")),
    Indicator("K3a", "days_at_the_dealer", "days", pgettext_lazy("indicator", "At the dealer"),
              _("Days off the road until the customer was told that the car is ready")),
    Indicator("K3b", "days_awaiting_customer", "days", pgettext_lazy("indicator", "Awaiting the customer"),
              _("Days off the road after the date on which the customer was told")),
    Indicator("K4", "quality_coverage", "percent", pgettext_lazy("indicator", "Quality check"),
              _("Comebacks handed over with a check passed before hand-over, of those handed over")),
    Indicator("K5a", "attempted_in_time", "percent", pgettext_lazy("indicator", "Attempt within 48 h"),
              _("First attempt within 48 hours of hand-over, of the contacts that fell due")),
    Indicator("K5b", "contacted_in_time", "percent", pgettext_lazy("indicator", "Contact within 48 h"),
              _("Contacts made within 48 hours of hand-over, of the contacts that fell due")),
    Indicator("K6", "same_mechanic", "percent", pgettext_lazy("indicator", "Same mechanic"),
              _("Comebacks given to the mechanic of the original order, of those begun")),
    Indicator("K7", "manager_present", "percent", pgettext_lazy("indicator", "Manager at the reception"),
              _("Receptions at which the manager was present, as he confirmed, of the comebacks received")),
    Indicator("K9", "driven_after_work", "percent", pgettext_lazy("indicator", "Road test after the work"),
              _("Comebacks with a valid road test after the work, of those handed over")),
    Indicator("K11", "overrides", "count", pgettext_lazy("indicator", "Gates opened with a reason"),
              _("How often a gate was opened although something was missing")),
    Indicator("K12", "solved", "percent", pgettext_lazy("indicator", "Solved, 30 days"),
              _("Comebacks that did not come back within 30 days, of those handed over 30 days ago or more"),
              ripens=True),
    Indicator("K15", "passed_first_check", "percent", pgettext_lazy("indicator", "First check passed"),
              _("Comebacks that passed the quality check at the first attempt, of those checked")),
)  # fmt: skip

SHARE_OF_TURNOVER = Indicator(
    "K17", "", "percent", pgettext_lazy("indicator", "Dealer’s cost of the turnover"),
    _("What the dealer bears himself, of the workshop’s gross turnover as entered"),
)  # fmt: skip
BY_CODE = {indicator.code: indicator for indicator in (*REGISTER, SHARE_OF_TURNOVER)}
FROZEN = tuple(indicator for indicator in REGISTER if not indicator.ripens)
HEADLINES = tuple(indicator for indicator in REGISTER if indicator.line)
