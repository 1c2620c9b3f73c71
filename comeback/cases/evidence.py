"""Evidence that several rooms write, or that an earlier room shows.

Money in minor currency units, odometers in km, moments in UTC.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseAppointment(models.Model):
    """An appointment made for a case; the latest of a kind counts. kind: reception, delivery, callback."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="appointments")
    appointment = models.OneToOneField("diary.Appointment", models.PROTECT, related_name="for_case")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")
    function = models.CharField(max_length=30, blank=True)


class FaultCard(models.Model):
    """A version of the fault card (FIC): part 1 by the advisor, part 2 by the expert. Signed = frozen. Method 3.2."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="fault_cards")
    part = models.PositiveSmallIntegerField(choices=[(1, _("Customer")), (2, _("Technical"))])
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=200, blank=True, help_text=_("Who signed: the customer, or the expert"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "part", "version"], name="card_version_once")]


class RoadTestKind(models.TextChoices):
    """When the car is driven."""

    WITH_CUSTOMER = "with_customer", _("Before the work, with the customer")
    AFTER_WORK = "after_work", _("After the work")
    DELIVERY = "delivery", _("At hand-over, with the customer")


class RoadTest(models.Model):
    """A road test, or the static check that replaces it for cars that cannot be driven. Method 3.3, 4.4, 7.3.

    symptom: yes, partly, no (whether the fault was there).
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="road_tests")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=RoadTestKind.choices)
    static = models.BooleanField(default=False)
    driver = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    driven_by_customer = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    odometer_out = models.PositiveIntegerField(null=True, blank=True)
    odometer_in = models.PositiveIntegerField(null=True, blank=True)
    conditions = models.JSONField(default=dict)
    symptom = models.CharField(max_length=10)
    remarks = models.TextField(blank=True)
    at = models.DateTimeField()
    function = models.CharField(max_length=30, blank=True)


class Punch(models.Model):
    """Working time of a mechanic on a case: from–to; open while ended_at is null. Method 4.2, G6."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="punches")
    round = models.PositiveSmallIntegerField()
    mechanic = models.ForeignKey("registers.Person", models.PROTECT, related_name="punches")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mechanic"], name="one_open_punch_a_mechanic", condition=models.Q(ended_at=None)
            )
        ]


class CostLine(models.Model):
    """A cost of the comeback and the account it is charged to. Corrected by a new line that replaces it. Method 6.1."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=20)
    description = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, default=1)
    unit = models.BigIntegerField()
    amount = models.BigIntegerField()
    account = models.CharField(max_length=20, blank=True)
    claim_number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    posted_on = models.DateField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, blank=True, related_name="+")


class Message(models.Model):
    """A message in the app. Written in the command's transaction, sent from the outbox, stamped when read.

    code and params: the sentence, put into the reader's language when shown; text: what a person added.
    """

    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="messages")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="messages")
    line = models.CharField(max_length=5, blank=True)
    to = models.ForeignKey("registers.Person", models.PROTECT, related_name="messages")
    sender = models.ForeignKey("registers.Person", models.PROTECT, null=True, blank=True, related_name="+")
    function = models.CharField(max_length=30, blank=True)
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text=_("Told in person, before it was read"))

    class Meta:
        indexes = [models.Index(fields=["to", "read_at", "-written_at"])]


class StoredPrint(models.Model):
    """A document as it was printed: the file, its hash, and what replaced it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="prints")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    file = models.FileField(upload_to="prints/%Y/%m")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
