"""What was said and signed at the hand-over, round by round. Method 7.1 to 7.4. Money in minor units."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(models.TextChoices):
    """The customer's answer on the cure; kept with the concern."""

    FIXED = "fixed", pgettext_lazy("the customer on the fault", "Cured")
    PARTLY = "partly", pgettext_lazy("the customer on the fault", "Partly cured")
    NO = "no", pgettext_lazy("the customer on the fault", "Not cured")
    WILL_CHECK = "will_check", pgettext_lazy("the customer on the fault", "Will check himself")
    AT_CONTACT = "at_contact", pgettext_lazy("the customer on the fault", "Answers at the contact")


class Receiver(models.TextChoices):
    """Who took the car."""

    CUSTOMER = "customer", pgettext_lazy("who takes the car", "The customer")
    PROXY = "proxy", pgettext_lazy("who takes the car", "A proxy")
    COURIER = "courier", pgettext_lazy("who takes the car", "A courier")
    KEY_BOX = "key_box", pgettext_lazy("who takes the car", "Key box")


class DocumentKind(models.TextChoices):
    """An invoice where the customer pays, else the list of works with the sum 0."""

    INVOICE = "invoice", _("Invoice")
    LIST = "list", _("List of works, sum 0")


class Said(models.Model):
    """What every row of this step has: the round, who and when."""

    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        abstract = True


class Explanation(Said):
    """The work was explained, concern by concern. concerns: their ids. Method 7.1."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="explanations")
    concerns = models.JSONField(default=list)
    to_whom = models.CharField(max_length=200)
    old_parts_shown = models.BooleanField()
    advice = models.TextField(blank=True)


class CureAnswer(Said):
    """The customer's answer on one concern; the latest of a round counts. Method 7.2."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="cure_answers")
    concern = models.ForeignKey("visits.Concern", models.PROTECT, related_name="cure_answers")
    answer = models.CharField(max_length=20, choices=Answer.choices)
    said_by = models.CharField(max_length=200)


class LeavePlan(Said):
    """The manager lets the customer leave although the fault is not cured, with a plan and a date. Method 7.2."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="leave_plans")
    text = models.TextField()
    comes_on = models.DateField()


class DriveOffer(Said):
    """A drive was offered and accepted, or refused with what the customer said. Method 7.3."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="drive_offers")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)


class DocumentExplained(Said):
    """The invoice or the list of works was explained. amount: what the customer pays; paper: our print. Method 7.4."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="documents_explained")
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    number = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField()
    paper = models.ForeignKey("cases.StoredPrint", models.PROTECT, null=True, related_name="+")
    to_whom = models.CharField(max_length=200)


class HandOver(Said):
    """The car left: to whom, signed or why not, odometer in km. Once for a case. G9, decision 8."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="hand_over")
    receiver = models.CharField(max_length=20, choices=Receiver.choices)
    receiver_name = models.CharField(max_length=200, blank=True)
    signed = models.BooleanField()
    no_signature_reason = models.CharField(max_length=300, blank=True)
    odometer_km = models.PositiveIntegerField()
