"""The forms of step 4. Each names its main button with a verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comeback.cases.rounds import round_of
from comeback.desk.forms import LineForm, MomentField, NoFields
from comeback.steps.s4_repair.models import Assignment, Deviation, MakerNotice, Status
from comeback.steps.s4_repair.queries import (
    STANDING_NATURES,
    absences_of,
    concerns_of,
    last_odometer,
    mechanics_for,
    nature_of,
    original_mechanic,
)
from comeback.visits.models import Result


def words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **more)


def chips(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    """One choice by one tap."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class AssignForm(LineForm):
    """4.1: the original mechanic is proposed; another one needs a reason."""

    label = _("Assign")
    mechanic_id = forms.TypedChoiceField(label=_("Mechanic"), coerce=int, widget=forms.RadioSelect)
    deviation = chips(_("Why not the original mechanic"), Deviation.choices, required=False)
    reason = forms.CharField(label=_("In a few words"), max_length=500, required=False)

    def prepare(self) -> None:
        people = mechanics_for(self.subject, self.now)
        away = absences_of(people, self.now)
        original = original_mechanic(self.subject).person
        self.fields["mechanic_id"].choices = [(it.pk, self._named(it, original, away.get(it.pk))) for it in people]
        self.original_first = original in people
        if original and self.original_first and original.pk not in away:
            self.fields["mechanic_id"].initial = original.pk
        self._propose_the_last_one(people)
        if not original_mechanic(self.subject).known:
            del self.fields["deviation"], self.fields["reason"]

    def _propose_the_last_one(self, people: list[Any]) -> None:
        """Work that came back goes to the mechanic of the round before, for the reason given then."""
        before = Assignment.objects.filter(case=self.subject).order_by("-pk").first()
        if before and before.mechanic in people:
            self.fields["mechanic_id"].initial = before.mechanic_id
            self.fields["deviation"].initial, self.fields["reason"].initial = before.deviation, before.reason

    @staticmethod
    def _named(person: Any, original: Any, until: Any) -> str:
        name = gettext("%(name)s · original work") % {"name": person.name} if person == original else person.name
        if until:
            local = timezone.localtime(until).strftime("%d.%m %H:%M")
            name = gettext("%(name)s · away until %(until)s") % {"name": name, "until": local}
        return name


class PunchInForm(NoFields):
    """One press."""

    label = _("Begin work")


class PunchOutForm(LineForm):
    """One press; a time only where it was forgotten."""

    label = _("Stop work")
    at = MomentField(label=_("Stopped earlier? When"), required=False)
    reason = forms.CharField(label=_("Why it is entered later"), max_length=300, required=False)


class AnswerConcernForm(LineForm):
    """Cause, correction and result of one concern."""

    label = _("Record the answer")
    concern_id = forms.TypedChoiceField(label=_("Concern"), coerce=int, widget=forms.RadioSelect)
    cause = words(_("Cause"), help_text=_("Not found? Say so, and what you ruled out."))
    correction = words(_("Correction"), help_text=_("What was done, replaced, tightened, coded."))
    result = chips(_("Result"), Result.choices)
    assembly = forms.CharField(
        label=_("Whole assembly replaced"),
        max_length=200,
        required=False,
        help_text=_("Only with the expert's approval: engine, gearbox, steering gear…"),
    )

    def prepare(self) -> None:
        concerns = concerns_of(self.subject, round_of(self.subject))
        self.fields["concern_id"].choices = [(it.pk, self._named(it)) for it in concerns]
        waiting = [it for it in concerns if not it.answered]
        chosen = next(iter(waiting or concerns), None)
        self.fields["concern_id"].initial = chosen and chosen.pk
        if chosen and chosen.answered:
            for name in ("cause", "correction", "result"):
                self.fields[name].initial = getattr(chosen, name)

    @staticmethod
    def _named(concern: Any) -> str:
        text = concern.words or concern.order.number
        return gettext("%(concern)s · answered") % {"concern": text} if concern.answered else text


class WorkNoteForm(LineForm):
    """4.2: what the expert saw; an approval names its assembly."""

    label = _("Record the note")
    text = words(_("What you saw and agreed"))
    approves = forms.CharField(
        label=_("Replacement of an assembly approved"),
        max_length=200,
        required=False,
        help_text=_("Which assembly; leave empty when none is replaced."),
    )
    at = MomentField(label=_("Looked earlier? When"), required=False)


class TellManagerForm(LineForm):
    """4.3: a status, a few words, and the new time when it is late."""

    label = _("Send to the manager")
    status = chips(_("How it is going"), Status.choices)
    text = words(_("Message"))
    expected_at = MomentField(label=_("New time when the car will be ready"), required=False)


class RoadTestForm(LineForm):
    """4.4: the drive after the work."""

    label = _("Record the drive")
    started = MomentField(label=_("Started"))
    ended = MomentField(label=_("Ended"))
    odometer_out = forms.IntegerField(label=_("Odometer before, km"), min_value=0, required=False)
    odometer_in = forms.IntegerField(label=_("Odometer after, km"), min_value=0, required=False)
    same_conditions = chips(
        _("Under the conditions of the fault card"), [("yes", _("Yes")), ("no", _("No, they differed"))], initial="yes"
    )
    difference = forms.CharField(label=_("How they differed"), max_length=500, required=False)
    symptom = chips(
        _("The symptom now"), [("no", _("Gone")), ("partly", _("Still there at times")), ("yes", _("Still there"))]
    )
    codes = forms.CharField(label=_("Trouble codes afterwards"), max_length=300, required=False)
    static = forms.BooleanField(label=_("Looked at, not driven"), required=False)
    undrivable = forms.CharField(label=_("Why the car cannot be driven"), max_length=300, required=False)
    remarks = words(_("Remarks"), required=False)

    def prepare(self) -> None:
        standing = nature_of(self.subject) in STANDING_NATURES
        self.fields["static"].initial = standing
        still = "static" in self.data if self.is_bound else standing
        self.fields["odometer_out"].required = self.fields["odometer_in"].required = not still
        self.fields["odometer_out"].initial = last_odometer(self.subject)
        self.fields["ended"].initial = self.now

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return given | {"same_conditions": given["same_conditions"] == "yes"}


class ReleaseForm(LineForm):
    """A car with words of danger may be worked on."""

    label = _("Release for work")
    findings = words(_("What you found, how the car may be handled"))
    maker_notice = chips(_("Message to the manufacturer"), MakerNotice.choices)
    maker_reference = forms.CharField(label=_("Reference of the message"), max_length=100, required=False)
