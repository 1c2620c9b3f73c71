"""The journal (append-only, chained), command keys, the outbox, and the projections that lists read.

The database refuses to change or delete journal rows (`triggers.py`).
"""

from __future__ import annotations

from django.db import models


class JournalEntry(models.Model):
    """One entry of one stream, chained to the one before by hash. No personal words: they are in JournalDetail.

    at: when it happened; recorded_at: when it was entered (UTC). digest: salted digest of the detail's content.
    """

    stream = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    site = models.ForeignKey("registers.Site", models.PROTECT, null=True, related_name="+", db_constraint=False)
    person_id = models.BigIntegerField(null=True)
    function = models.CharField(max_length=30, blank=True)
    command = models.CharField(max_length=40)
    refs = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="journal_number_once")]
        indexes = [models.Index(fields=["site", "recorded_at"])]


class JournalDetail(models.Model):
    """What was said in an entry, with the salt of its digest. May be erased: the chain holds without it."""

    entry = models.OneToOneField(JournalEntry, models.DO_NOTHING, related_name="detail", primary_key=True)
    salt = models.CharField(max_length=32)
    content = models.JSONField()


class CommandKey(models.Model):
    """A command that was carried out: the same key of the same person gives the same result and does nothing again."""

    person = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    result = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="command_key_once")]


class Outbox(models.Model):
    """A message that has to leave; taken by the worker (or right after the commit) and marked when it left."""

    message = models.ForeignKey("cases.Message", models.CASCADE, related_name="outbox")
    channel = models.CharField(max_length=20, default="app")
    queued_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["left_at", "queued_at"])]


class Due(models.Model):
    """Projection: a line that somebody owes now or later today. One row for each function that may do it."""

    kind = models.CharField(max_length=10)
    subject_id = models.BigIntegerField()
    site = models.ForeignKey("registers.Site", models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="due")
    line = models.CharField(max_length=5)
    state = models.CharField(max_length=10)
    function = models.CharField(max_length=30)
    person = models.ForeignKey("registers.Person", models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["site", "function", "due_at"]),
            models.Index(fields=["kind", "subject_id"]),
        ]


class ProgressRow(models.Model):
    """Projection: the rail of one subject, the step it stands at, what it waits for. One writer: `derive.py`."""

    kind = models.CharField(max_length=10)
    subject_id = models.BigIntegerField()
    site = models.ForeignKey("registers.Site", models.CASCADE, related_name="+")
    case = models.OneToOneField("cases.Case", models.CASCADE, null=True, related_name="progress_row")
    step = models.PositiveSmallIntegerField()
    rail = models.JSONField(default=list)
    waits_for = models.CharField(max_length=5, blank=True)
    due_at = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    derived_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="progress_once")]
        indexes = [
            models.Index(fields=["site", "closed", "step"]),
            models.Index(fields=["closed", "kind", "derived_at"]),
        ]


class Changed(models.Model):
    """Something that progress rests on changed outside the method (import, calendar, staff): derive anew.

    Without a subject: all open subjects of the site.
    """

    site = models.ForeignKey("registers.Site", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10, blank=True)
    subject_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=60)
    at = models.DateTimeField()


class Job(models.Model):
    """A regular piece of the worker's work: the last slot of time done, and who holds it until when."""

    name = models.CharField(max_length=60, primary_key=True)
    done_slot = models.BigIntegerField(default=-1)
    leased_until = models.DateTimeField(null=True)
