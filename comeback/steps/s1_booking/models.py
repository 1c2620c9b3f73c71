"""What step 1 keeps: the answer with what recognition said, the expert, the drive, the times that were offered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERSON = "registers.Person"


class Reply(models.TextChoices):
    """What can be answered to 1.1. "Unknown" saves the slot; the line stays owed."""

    YES = "yes", _("A comeback")
    NO = "no", _("Not a comeback")
    UNKNOWN = "unknown", _("Not known yet")


class Reason(models.TextChoices):
    """Why a request is not a comeback. "The customer's fault" is none of them: that is a cause, found later."""

    PLANNED = "planned_visit", _("Planned visit")
    UNRELATED = "unrelated", _("Something else, not related")
    ACCIDENT = "accident", _("Accident")
    REFUSED_WORK = "refused_work", _("Recommended work was refused then")
    SEARCH_ERROR = "search_error", pgettext_lazy("why not a comeback", "Found by mistake")
    DUPLICATE = "duplicate", pgettext_lazy("why not a comeback", "Duplicate")


class Answer(models.Model):
    """A person's answer to 1.1; the latest of a request counts. Method 1.1."""

    request = models.ForeignKey("cases.Request", models.PROTECT, related_name="answers")
    reply = models.CharField(max_length=10, choices=Reply.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    original_order = models.ForeignKey("visits.RepairOrder", models.PROTECT, null=True, related_name="+")
    original_concern = models.ForeignKey("visits.Concern", models.PROTECT, null=True, related_name="+")
    original_note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class Snapshot(models.Model):
    """What recognition said when somebody decided: score, verdict and reasons, and of which edition its weights were.

    Kept to measure it: how many scores of 60 and more were rejected, how many below 35 were marked by hand.
    """

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="snapshot")
    score = models.SmallIntegerField()
    verdict = models.CharField(max_length=10)
    order = models.ForeignKey("visits.RepairOrder", models.PROTECT, null=True, related_name="+")
    reasons = models.JSONField(default=list)
    edition = models.PositiveIntegerField()
    at = models.DateTimeField()


class ExpertReservation(models.Model):
    """The technical expert's time is taken for a reception; it holds while that time is his. Method 1.3."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="expert_reservations")
    appointment = models.ForeignKey("diary.Appointment", models.PROTECT, related_name="+")
    expert = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class DrivePlan(models.Model):
    """A drive of the expert with the customer is planned: so many minutes more for the reception. Method 1.4."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="drive_plans")
    minutes = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True, help_text=_("Route, who comes along"))
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class Offer(models.Model):
    """The first times that were free for a request, and the appointment that was taken. Method 1.5.

    offered: moments (ISO, UTC), earliest first; norm_until: the end of the second working day after the request.
    late_reason: why even the first time offered lay beyond it.
    """

    request = models.ForeignKey("cases.Request", models.PROTECT, related_name="offers")
    appointment = models.OneToOneField("diary.Appointment", models.PROTECT, related_name="offer")
    offered = models.JSONField(default=list)
    norm_until = models.DateTimeField()
    late_reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)
