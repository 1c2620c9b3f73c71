"""What step 2 keeps: notices to the manager, his reviews of the dossier, checks of parts. Moments in UTC.

The repair order and its stamp stand in `visits`, its prints in `cases`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArrivalNotice(models.Model):
    """The manager was told when the customer arrives, for one appointment. before: what he was told earlier. 2.1."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="arrival_notices")
    appointment = models.ForeignKey("diary.Appointment", models.PROTECT, related_name="+")
    before = models.DateTimeField(null=True)
    in_person = models.BooleanField(default=False)
    messages = models.ManyToManyField("cases.Message", related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class DossierReview(models.Model):
    """The manager has read the dossier and says what he makes of it; the latest counts. Method 2.2.

    original: the order that he confirms to have read; visits_seen: ids of the visits that were shown to him.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="dossier_reviews")
    original = models.ForeignKey("visits.RepairOrder", models.PROTECT, null=True, related_name="+")
    visits_seen = models.JSONField(default=list)
    findings = models.TextField()
    hypothesis = models.TextField(blank=True)
    instruction = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class PartState(models.TextChoices):
    """Where a part is."""

    IN_STOCK = "in_stock", _("In stock")
    ORDERED = "ordered", _("Ordered")


class PartsCheck(models.Model):
    """The advisor has checked the parts of the coming work; the latest counts. Method 2.3.

    unknown: the parts are not known before the diagnosis; reason says why, or what else there is to know.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="parts_checks")
    unknown = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class CheckedPart(models.Model):
    """One part of a check: in stock, or ordered and due on a site date."""

    check_row = models.ForeignKey(PartsCheck, models.PROTECT, related_name="parts")
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, default=1)
    state = models.CharField(max_length=10, choices=PartState.choices)
    purchase_no = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
