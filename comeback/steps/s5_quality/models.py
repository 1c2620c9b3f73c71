"""What step 5 keeps: inspections, confirmed deliveries, versions of the register row, measures. Moments in UTC.

Nothing here is edited: a correction is a new row.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """Outcome of an inspection."""

    PASS = "pass", _("Passed")
    FAIL = "fail", _("Not passed, back to the workshop")


class Channel(models.TextChoices):
    """How the customer was reached."""

    PHONE = "phone", _("Phone")
    MESSAGE = "message", _("Message")
    EMAIL = "email", _("E-mail")
    IN_PERSON = "in_person", _("In person")


class Answer(models.TextChoices):
    """What the customer said to the delivery time. Decision 7 accepts a message that was left."""

    AGREED = "agreed", _("As agreed")
    MESSAGE_LEFT = "message_left", _("As agreed, message left")
    MOVED = "moved", _("Another time agreed")


class MeasureKind(models.TextChoices):
    """What kind of measure; the last two say why there is none of its own."""

    PROCESS = "process", _("Way of working")
    TOOL = "tool", _("Tool or equipment")
    TRAINING = "training", _("Training")
    SUPPLIER = "supplier", _("Parts supplier")
    DOCUMENT = "document", _("Document or check list")
    TALK = "talk", _("Instruction talk")
    NONE = "none", _("None needed")
    STANDS = "stands", _("The earlier measures stand")


class QualityEvidence(models.Model):
    """Columns of every evidence row of step 5."""

    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Signed rows are never edited. Raises TypeError."""
        if not self._state.adding:
            raise TypeError("evidence of step 5 is not edited: write a new row")
        super().save(*args, **kwargs)


class Inspection(QualityEvidence):
    """One attempt of the quality check. answers: {item: {result, remark, value}} of that edition's list. Method 5.1."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="inspections")
    attempt = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    verdict = models.CharField(max_length=4, choices=Verdict.choices)
    return_reason = models.CharField(max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "attempt"], name="attempt_once")]


class DeliveryConfirmation(QualityEvidence):
    """The customer was told when the car will be ready: which appointment, how, what he said. Method 5.2."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="delivery_confirmations")
    appointment = models.ForeignKey("diary.Appointment", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel.choices)
    answer = models.CharField(max_length=20, choices=Answer.choices)
    delegated_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")


class RegisterEntry(QualityEvidence):
    """A version of the case’s row in the control table of comebacks; codes of causes.yaml. Method 5.3."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="register_entries")
    version = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=4)
    contributing = models.JSONField(default=list)
    escape = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    owner = models.ForeignKey("registers.Person", models.PROTECT, related_name="register_entries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="register_version_once")]
        indexes = [models.Index(fields=["cause", "at"])]


class Measure(QualityEvidence):
    """A measure against recurrence. due, check_on: site dates; decided_by: the manager who needs none. Method 5.4."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=20, choices=MeasureKind.choices)
    text = models.TextField(blank=True)
    owner = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="measures")
    due = models.DateField(null=True)
    criterion = models.CharField(max_length=500, blank=True)
    check_on = models.DateField(null=True)
    decided_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
