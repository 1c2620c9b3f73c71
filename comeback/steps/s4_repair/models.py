"""What step 4 keeps: who got the work and why, answers to concerns, the expert's notes, reports and releases.

Punches and road tests are shared evidence and stand in `cases`. Moments in UTC.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comeback.visits.models import Result


class Deviation(models.TextChoices):
    """Why the work does not go to the mechanic who did the original work. Method 4.1; counted in K6."""

    ABSENT = "absent", _("He is absent")
    LEFT = "left", _("He no longer works here")
    NOT_QUALIFIED = "not_qualified", _("He lacks a qualification")
    CUSTOMER_WISH = "customer_wish", _("The customer wishes it")
    EXPERT_DECISION = "expert_decision", _("The expert decided so")
    BUSY = "busy", _("He is busy, it is urgent")


class Status(models.TextChoices):
    """What the expert tells the manager. Method 4.3."""

    FOUND = "found", _("Cause found")
    DELAYED = "delayed", _("Delayed")
    EXTRA_WORK = "extra_work", _("Extra work or cost")
    NOT_REPRODUCED = "not_reproduced", _("Not reproduced")
    DONE = "done", _("Work done")


class MakerNotice(models.TextChoices):
    """Whether the manufacturer was told of a danger."""

    TOLD = "told", _("Manufacturer told")
    NOT_NEEDED = "not_needed", _("Not needed")


class RoundEvidence(models.Model):
    """Columns of every evidence row of a round of work: at is when it happened, function the one used."""

    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        abstract = True


class Assignment(RoundEvidence):
    """Who does the work; the latest of a round counts. original: the mechanic proposed first. Method 4.1."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="assignments")
    mechanic = models.ForeignKey("registers.Person", models.PROTECT, related_name="assignments")
    original = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")
    original_name = models.CharField(max_length=200, blank=True)
    deviation = models.CharField(max_length=20, choices=Deviation.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)


class ConcernAnswer(RoundEvidence):
    """What became of one concern in one round; the latest counts and stands on the concern itself."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="concern_answers")
    concern = models.ForeignKey("visits.Concern", models.PROTECT, related_name="answers")
    cause = models.TextField()
    correction = models.TextField()
    result = models.CharField(max_length=20, choices=Result.choices)
    assembly = models.CharField(max_length=200, blank=True)


class WorkNote(RoundEvidence):
    """The expert's note on the work, or his approval to replace an assembly (approves: which one). Method 4.2."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="work_notes")
    text = models.TextField()
    approves = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()


class ProgressReport(RoundEvidence):
    """The expert told the manager how the work is going. expected_at: the new forecast. Method 4.3."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="progress_reports")
    status = models.CharField(max_length=20, choices=Status.choices)
    text = models.TextField()
    expected_at = models.DateTimeField(null=True)


class Release(RoundEvidence):
    """The expert released a car with words of danger for work, and what was decided about the manufacturer."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="releases")
    findings = models.TextField()
    maker_notice = models.CharField(max_length=20, choices=MakerNotice.choices)
    maker_reference = models.CharField(max_length=100, blank=True)
