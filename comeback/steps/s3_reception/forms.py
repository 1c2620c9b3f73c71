"""Forms of the lines of step 3."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comeback.cases.models import Case
from comeback.desk.forms import LineForm, MomentField, local_now
from comeback.diary.calendars import calendar_of
from comeback.diary.models import Resource
from comeback.method.calendar import Span
from comeback.steps.s3_reception import questions
from comeback.steps.s3_reception.actions import latest_reception, managers_of
from comeback.steps.s3_reception.asking import Question
from comeback.steps.s3_reception.card import questions_for
from comeback.steps.s3_reception.delivering import earliest_delivery, latest_delivery
from comeback.steps.s3_reception.models import Agreement, Mobility
from comeback.steps.s3_reception.prefill import is_dangerous, known_answers, latest_card, nature_of

NOBODY = "0"
DRIVEN_UNDER = (questions.SPEED, questions.MANOEUVRE, questions.WEATHER, questions.ENGINE)
USUAL_WORK = Span(4, "working hours")


class CaseForm(LineForm):
    """The form of a line of a case."""

    subject: Case
    label: Any = ""


def _chips(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReceptionForm(CaseForm):
    """3.1"""

    label = gettext_lazy("Receive the customer")
    manager_id = _chips(gettext_lazy("Who of the management is there"), ())
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("When the manager is not there himself, or when it is entered on a later day."),
    )
    at = MomentField(label=gettext_lazy("The customer arrived at"))
    place = forms.CharField(label=gettext_lazy("Where, in calm"), max_length=100)
    odometer = forms.IntegerField(label=gettext_lazy("Odometer, km"), min_value=0, max_value=9_999_999, required=False)

    def prepare(self) -> None:
        people = [(str(person.pk), person.name) for person in managers_of(self.subject, self.now)]
        self.fields["manager_id"] = _chips(
            _("Who of the management is there"),
            [*people, (NOBODY, _("Nobody"))],
            initial=people[0][0] if people else NOBODY,
        )
        room = Resource.objects.filter(site=self.subject.site, kind="room").order_by("name").first()
        earlier = latest_reception(self.subject)
        self.fields["at"].initial = local_now(earlier.at if earlier else self.now)
        self.fields["place"].initial = earlier.place if earlier else room.name if room else ""
        self.fields["odometer"].initial = earlier.odometer if earlier else self.subject.request.odometer_km

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return given | {"manager_id": int(given["manager_id"]) or None}


class PresenceForm(CaseForm):
    """confirm_presence: one tap; a reason is asked for only on a later day."""

    label = gettext_lazy("I was there")
    reason = forms.CharField(label=gettext_lazy("Why on a later day"), max_length=500, required=False)

    def prepare(self) -> None:
        zone = self.subject.site.zoneinfo
        reception = latest_reception(self.subject)
        if reception is None or reception.at.astimezone(zone).date() == self.now.astimezone(zone).date():
            del self.fields["reason"]


class CardForm(CaseForm):
    """3.2: a field for each question of the nature, answers of the call filled in; the foot stands outside the form."""

    label = gettext_lazy("Hand to the expert")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    signed_by = forms.CharField(
        label=gettext_lazy("Signed by"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"form": "main-form", "autocomplete": "off"}),
    )
    strokes = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"form": "main-form"}))

    def prepare(self) -> None:
        card = latest_card(self.subject)
        self.card, self.nature = card, nature_of(self.subject)
        self.asked = questions_for(self.nature)
        known = known_answers(self.subject)
        for question in self.asked:
            self.fields[question.code] = question_field(question, known.get(question.code, []))
        if "danger" in self.fields:
            self.fields["danger"].widget.attrs["form"] = "main-form"
        self.fields["version"].initial = card.version if card else 0
        self.fields["signed_by"].initial = self.customer_name

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "answers": {question.code: self.answer(question, given.get(question.code)) for question in self.asked},
            "version": given["version"],
            "signed_by": "" if "draft" in self.data else given["signed_by"],
            "strokes": "" if "draft" in self.data else given["strokes"],
        }

    def answer(self, question: Question, given: Any) -> list[str]:
        """What was typed or tapped, as the card keeps it."""
        return list(given or []) if question.kind == "many" else [given] if given else []

    def typed(self) -> dict[str, list[str]]:
        """The answers as they stand on the screen, whether the form is whole or not."""
        self.is_valid()
        return {it.code: given for it in self.asked if (given := self.answer(it, self.cleaned_data.get(it.code)))}

    def standing(self) -> dict[str, list[str]]:
        """The answers to judge: those typed, else those on record or from the call."""
        return self.typed() if self.is_bound else known_answers(self.subject)


def question_field(question: Question, known: list[str]) -> forms.Field:
    """The form field of a question of the card."""
    common = {"label": question.label, "required": False}
    choices = list(question.options.items())
    if question.kind == "many":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(**common, choices=choices, widget=widget, initial=known)
    if question.kind == "one":
        return forms.ChoiceField(
            **common, choices=choices, widget=forms.RadioSelect, initial=known[0] if known else None
        )
    rows = 3 if question is questions.WORDS else 2
    return forms.CharField(**common, widget=_lines(rows), max_length=4000, initial="\n".join(known))


class SignForm(CaseForm):
    """3.2/sign: the version on record is signed."""

    label = gettext_lazy("Sign the fault card")
    version = forms.IntegerField(widget=forms.HiddenInput)
    signed_by = forms.CharField(label=gettext_lazy("Signed by"), max_length=200)
    strokes = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        card = latest_card(self.subject)
        self.fields["version"].initial = card.version if card else 0
        self.fields["signed_by"].initial = self.customer_name


class DriveForm(CaseForm):
    """3.3"""

    label = gettext_lazy("Record the drive")
    symptom = _chips(
        gettext_lazy("Was the fault there?"),
        [
            ("yes", pgettext_lazy("fault reproduced", "Yes")),
            ("partly", pgettext_lazy("fault reproduced", "In part")),
            ("no", pgettext_lazy("fault reproduced", "No")),
        ],
    )
    started = MomentField(label=gettext_lazy("Start"))
    ended = MomentField(label=gettext_lazy("End"))
    odometer_out = forms.IntegerField(label=gettext_lazy("Odometer at the start, km"), min_value=0, required=False)
    odometer_in = forms.IntegerField(label=gettext_lazy("Odometer at the end, km"), min_value=0, required=False)
    driven_by_customer = forms.BooleanField(label=gettext_lazy("The customer drove"), required=False)
    static = forms.BooleanField(label=gettext_lazy("Check at rest: the car is not driven"), required=False)
    remarks = forms.CharField(
        label=gettext_lazy("What was seen and agreed"), required=False, max_length=4000, widget=_lines(3)
    )

    def prepare(self) -> None:
        known = known_answers(self.subject)
        for question in DRIVEN_UNDER:
            self.fields[f"under_{question.code}"] = question_field(question, known.get(question.code, []))
        self.fields["started"].initial = local_now(self.now - timedelta(minutes=20))
        self.fields["ended"].initial = local_now(self.now)
        self.fields["static"].initial = is_dangerous(self.subject)
        visit = self.subject.visit
        self.fields["odometer_out"].initial = visit.odometer_in if visit else None

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        conditions = {question.code: given.pop(f"under_{question.code}") for question in DRIVEN_UNDER}
        return given | {
            "conditions": {
                code: [answer] if isinstance(answer, str) else answer for code, answer in conditions.items() if answer
            }
        }


class AgreementForm(CaseForm):
    """3.4/agree"""

    label = gettext_lazy("Record the agreement")
    how = _chips(gettext_lazy("The customer agreed to the work"), Agreement.choices)
    works = forms.CharField(label=gettext_lazy("Work, one job a line"), max_length=4000, widget=_lines(3))
    agreed_by = forms.CharField(
        label=gettext_lazy("Who agreed, if not the customer himself"), required=False, max_length=200
    )

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return given | {"works": given["works"].splitlines()}


class OfferForm(CaseForm):
    """3.4: agreement to the work and delivery time in one go."""

    label = gettext_lazy("Offer this time")
    how = _chips(
        gettext_lazy("The customer agreed to the work"),
        [("later", gettext_lazy("Not yet")), *Agreement.choices],
        required=False,
    )
    works = forms.CharField(
        label=gettext_lazy("Work, one job a line"), required=False, max_length=4000, widget=_lines(3)
    )
    work_ends_at = MomentField(
        label=gettext_lazy("The work ends as planned at"),
        help_text=gettext_lazy("Two working hours are added for drive, quality check and settlement."),
    )
    starts_at = MomentField(label=gettext_lazy("Delivery at"))
    answer_by = MomentField(label=gettext_lazy("The customer is still to say: call him by"), required=False)
    mobility = _chips(gettext_lazy("Meanwhile"), Mobility.choices, required=False)

    def prepare(self) -> None:
        calendar = calendar_of(self.subject.site)
        agreed = self.subject.works_agreements.order_by("-pk").first()
        delivery = latest_delivery(self.subject)
        offer = getattr(delivery, "offer", None)  # a delivery that was moved later has none of its own
        planned = offer.work_ends_at if offer and offer.work_ends_at > self.now else None
        ends = planned or calendar.add(self.now, USUAL_WORK)
        starts = delivery.appointment.starts_at if delivery else earliest_delivery(calendar, ends)
        self.fields["work_ends_at"].initial, self.fields["starts_at"].initial = local_now(ends), local_now(starts)
        self.fields["how"].initial = "later" if agreed else "signed"
        self.fields["works"].initial = "" if agreed else _("Diagnosis of the customer's concern")

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        how = "" if given["how"] == "later" else given["how"]
        return given | {"how": how, "works": given["works"].splitlines() if how else []}


class ReserveForm(CaseForm):
    """3.5"""

    label = gettext_lazy("Reserve his time")
    manager_id = _chips(gettext_lazy("Who takes part in the delivery"), ())

    def prepare(self) -> None:
        delivery = latest_delivery(self.subject)
        moment = delivery.appointment.starts_at if delivery else self.now
        people = [(str(person.pk), person.name) for person in managers_of(self.subject, moment)]
        self.fields["manager_id"] = _chips(
            _("Who takes part in the delivery"), people, initial=people[0][0] if people else None
        )

    def arguments(self) -> dict[str, Any]:
        return {"manager_id": int(self.cleaned_data["manager_id"])}
