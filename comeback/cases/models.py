"""The subjects of the method: request, case, month; the rounds of work and the recorded passages of gates.

Shared evidence stands in `evidence.py`, the journal and the projections in `records.py`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comeback.cases.evidence import (
    CaseAppointment,
    CostLine,
    FaultCard,
    Message,
    Punch,
    RoadTest,
    StoredPrint,
)
from comeback.cases.records import Changed, CommandKey, Due, Job, JournalDetail, JournalEntry, Outbox, ProgressRow
from comeback.method.sheet import Scope

__all__ = [
    "Case",
    "CaseAppointment",
    "Changed",
    "CommandKey",
    "CostLine",
    "Decision",
    "Due",
    "Ending",
    "FaultCard",
    "GateOverride",
    "GatePassage",
    "Job",
    "JournalDetail",
    "JournalEntry",
    "Lent",
    "Message",
    "Month",
    "NatureChoice",
    "Outbox",
    "ProgressRow",
    "Punch",
    "Request",
    "RoadTest",
    "Round",
    "StoredPrint",
    "Words",
]


class Request(models.Model):
    """A booking request: the subject of 1.1 and 1.2. What was typed to find the car is kept as typed."""

    KIND: Scope = "request"

    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="requests")
    vehicle = models.ForeignKey("registers.Vehicle", models.PROTECT, null=True, related_name="requests")
    customer = models.ForeignKey("registers.Customer", models.PROTECT, null=True, related_name="requests")
    requested_at = models.DateTimeField()
    channel = models.CharField(max_length=20, default="phone")
    searched = models.CharField(max_length=100, blank=True)
    odometer_km = models.PositiveIntegerField(null=True, blank=True)
    claims_comeback = models.BooleanField(null=True, help_text=_("The customer says that it was here with this before"))
    made_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["site", "-requested_at"])]

    @property
    def stream(self) -> str:
        return f"request:{self.pk}"


class Words(models.Model):
    """What the customer said, unaltered. A further call adds an entry, it never changes one. Method 1.2."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="words")
    text = models.TextField()
    language = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=20, default="phone")
    said_by = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict, help_text=_("Answers to the guide's questions"))
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")


class NatureChoice(models.Model):
    """The nature («характер») chosen for a request; the latest counts. proposed: by the words, or by a person."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="natures")
    nature = models.CharField(max_length=20)
    proposed = models.CharField(max_length=20, blank=True)
    danger = models.BooleanField(default=False, help_text=_("Words of danger: do not drive"))
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")


class Case(models.Model):
    """A confirmed comeback. original_note replaces the original order where it was another dealer's or too old."""

    KIND: Scope = "case"

    number = models.CharField(max_length=40, unique=True)
    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="cases")
    request = models.OneToOneField(Request, models.PROTECT, related_name="case")
    vehicle = models.ForeignKey("registers.Vehicle", models.PROTECT, related_name="cases")
    customer = models.ForeignKey("registers.Customer", models.PROTECT, null=True, related_name="cases")
    visit = models.ForeignKey("visits.Visit", models.PROTECT, null=True, related_name="cases")
    edition = models.ForeignKey("registers.SheetEdition", models.PROTECT, related_name="cases")
    original_order = models.ForeignKey("visits.RepairOrder", models.PROTECT, null=True, related_name="comebacks")
    original_concern = models.ForeignKey("visits.Concern", models.PROTECT, null=True, related_name="comebacks")
    original_note = models.CharField(max_length=500, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="next_cases")
    level = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["site", "-opened_at"])]

    def __str__(self) -> str:
        return f"ПО-{self.number}"

    @property
    def stream(self) -> str:
        return f"case:{self.pk}"


class Month(models.Model):
    """A month of a site: the subject of step 9. first: its first day."""

    KIND: Scope = "month"

    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="months")
    first = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "first"], name="month_once")]

    @property
    def stream(self) -> str:
        return f"month:{self.pk}"


class Round(models.Model):
    """A round of work on a case; facts of steps 4, 5 and 7 count for the latest one only. why: line that opened it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="round_once")]


class Decision(models.Model):
    """A condition of the sheet («при необходимости») answered by a person; the latest of a line counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    line = models.CharField(max_length=5)
    needed = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class GatePassage(models.Model):
    """A gate was passed in a round: by which command, when, on which facts (their digest)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="passages")
    round = models.PositiveSmallIntegerField()
    gate = models.CharField(max_length=4)
    command = models.CharField(max_length=30)
    facts_digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round", "gate"], name="passed_once_a_round")]


class GateOverride(models.Model):
    """A gate was opened with a reason by somebody whom the sheet allows to. Counted in K11."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="overrides")
    round = models.PositiveSmallIntegerField()
    gate = models.CharField(max_length=4)
    reason = models.CharField(max_length=500)
    lacking = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class Ending(models.Model):
    """A case came to its end: closed after G10, or rejected or withdrawn with a reason."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="ending")
    kind = models.CharField(max_length=10, choices=[(it, it) for it in ("closed", "rejected", "withdrawn")])
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class Lent(models.Model):
    """A person of another site does a function on this case (recorded assignment), from–to (UTC)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lent")
    person = models.ForeignKey("registers.Person", models.PROTECT, related_name="lent_to")
    function = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
