"""The forms of the lines and acts of step 1 on their own pages, for what the call left open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from comeback.cases.models import Case, NatureChoice, Request
from comeback.desk import formats
from comeback.desk.forms import LineForm
from comeback.diary.occupancy import occupancy_of
from comeback.diary.slots import Free, worth_offering
from comeback.registers.models import Function
from comeback.registers.staff import people_in
from comeback.steps.s1_booking import taking
from comeback.steps.s1_booking.guide import NATURES
from comeback.steps.s1_booking.history import judge_request, past_orders
from comeback.steps.s1_booking.models import Reason, Reply

TIMES = 8
SOURCES = [("phone", _("Phone")), ("visit", _("Visit")), ("form", _("Form")), ("messenger", _("Messenger"))]


def chips(label: Any, choices: Any = (), **more: Any) -> forms.ChoiceField:
    """One choice by one tap."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class WordsForm(LineForm):
    """1.2: a further entry, beside those that are there."""

    label = _("Take down")
    text = forms.CharField(label=_("Customer's words"), widget=forms.Textarea(attrs={"class": "form-control said"}))
    source = chips(_("How"), SOURCES, initial="phone")
    said_by = forms.CharField(label=_("Who says it"), max_length=200, required=False)


class NatureForm(LineForm):
    """1.2: the nature, and whether the car may be driven."""

    label = _("Choose the nature")
    nature = chips(_("Nature"))
    danger = forms.BooleanField(label=_("Danger: the car is not to be driven"), required=False)

    def prepare(self) -> None:
        request = self.subject.request if isinstance(self.subject, Case) else self.subject
        latest = NatureChoice.objects.filter(request_id=request.pk).order_by("-pk").first()
        self.fields["nature"].choices = list(NATURES.items())
        self.fields["nature"].initial = latest.nature if latest else ""
        self.fields["danger"].initial = bool(latest and latest.danger)


class DecideForm(LineForm):
    """1.1: the answer, with what recognition points to already chosen."""

    label = _("Decide")
    reply = chips(_("Is it a comeback?"), Reply.choices)
    original_order_id = forms.TypedChoiceField(label=_("Original order"), coerce=int, empty_value=None, required=False)
    original_note = forms.CharField(label=_("Or whose work, when, what"), max_length=500, required=False)
    reason = chips(_("If not: why"), Reason.choices, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def prepare(self) -> None:
        request = self.subject.request if isinstance(self.subject, Case) else self.subject
        assert isinstance(request, Request)
        orders = past_orders(request.vehicle) if request.vehicle else []
        judged = judge_request(request, now=self.now)
        zone = request.site.zoneinfo
        choices = [(order.pk, f"{order.number} · {formats.day(order.opened_at, zone)}") for order in orders]
        self.fields["original_order_id"].choices = [("", "—"), *choices]
        self.fields["original_order_id"].initial = judged.order.pk if judged.order else ""


class RejectForm(LineForm):
    """The case was no comeback, after all; only before the reception."""

    label = _("Reject")
    reason = chips(_("Not a comeback, because"), Reason.choices)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    cancel = forms.BooleanField(label=_("The customer does not come: cancel the appointment"), required=False)


class ExpertForm(LineForm):
    """1.3: whose time is reserved."""

    label = _("Reserve the expert")
    expert_id = forms.TypedChoiceField(label=_("Technical expert"), coerce=int, widget=forms.RadioSelect)

    def prepare(self) -> None:
        assert isinstance(self.subject, Case)
        reception = taking.reception_of(self.subject)
        day = (reception.starts_at if reception else self.now).astimezone(self.subject.site.zoneinfo).date()
        experts = people_in(self.subject.site, day).get(Function.TECHNICAL_EXPERT, [])
        self.fields["expert_id"].choices = [(person.pk, person.name) for person in experts]


class DriveForm(LineForm):
    """1.4: so many minutes more."""

    label = _("Plan the drive")
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=180, initial=taking.DRIVE_MINUTES)
    note = forms.CharField(label=_("Route, who comes along"), max_length=300, required=False)


class TimeForm(LineForm):
    """A choice among times at which everybody needed is free."""

    starts_at = chips(
        _("Time"), error_messages={"invalid_choice": _("That time was taken meanwhile: choose another one.")}
    )
    late_reason = forms.CharField(
        label=_("Why, if the first time is beyond two working days"), max_length=300, required=False
    )

    def prepare(self) -> None:
        self.times = {time.starts_at.isoformat(): time for time in self._free()}
        zone = self.subject.site.zoneinfo
        choices = [(code, formats.when(time.starts_at, zone, self.now)) for code, time in self.times.items()]
        self.fields["starts_at"].choices = choices
        self.fields["starts_at"].initial = next(iter(self.times), "")
        if not choices:
            self.fields["starts_at"].help_text = now_("No time at which all of them are free.")

    def arguments(self) -> dict[str, Any]:
        time = self.times[self.cleaned_data["starts_at"]]
        given = {name: value for name, value in super().arguments().items() if name != "starts_at"}
        return {**given, "starts_at": time.starts_at, "resources": list(time.resources)}

    def _free(self) -> list[Free]:
        assert isinstance(self.subject, Case)
        expert = taking.expert_wanted(self.subject, self.now)
        minutes = taking.reception_minutes(self.subject)
        return self._offers(comeback=True, expert=expert, minutes=minutes)

    def _offers(self, *, comeback: bool, expert: bool, minutes: int) -> list[Free]:
        site = self.subject.site
        needs = taking.needs_for(site, self.now, comeback=comeback, expert=expert)
        occupancy = occupancy_of(site, needs, self.now, self.now + timedelta(days=14))
        return worth_offering(occupancy.times(needs, minutes), site.zoneinfo, most=TIMES)


class BookForm(TimeForm):
    label = _("Book the reception")


class RebookForm(TimeForm):
    label = _("Move the reception")
    late_reason = None  # type: ignore[assignment]  # what was offered first was kept when it was booked
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class AppointForm(TimeForm):
    """A time for a request that is no comeback, or not yet known as one."""

    label = _("Book")

    def _free(self) -> list[Free]:
        return self._offers(comeback=False, expert=False, minutes=taking.ORDINARY_MINUTES)
