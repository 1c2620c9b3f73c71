"""Attempts to reach the customer, contacts with his answers, the end of the tries, reminders sent. Method 8.1."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How the customer was contacted."""

    PHONE = "phone", pgettext_lazy("channel of a contact", "Phone")
    MESSENGER = "messenger", pgettext_lazy("channel of a contact", "Message")
    EMAIL = "email", pgettext_lazy("channel of a contact", "E-mail")
    IN_PERSON = "in_person", pgettext_lazy("channel of a contact", "In person")
    LINK = "link", pgettext_lazy("channel of a contact", "Customer’s link")


class Result(models.TextChoices):
    """What came of an attempt."""

    REACHED = "reached", pgettext_lazy("result of a call", "Reached")
    NO_ANSWER = "no_answer", pgettext_lazy("result of a call", "No answer")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("result of a call", "Wrong number")
    CALL_BACK = "call_back", pgettext_lazy("result of a call", "Asks to be called later")
    OBJECTS = "objects", pgettext_lazy("result of a call", "Asks not to be called")


class ContactOutcome(models.TextChoices):
    """What step 8 came to; kept with the concern as its follow-up."""

    SATISFIED = "satisfied", pgettext_lazy("outcome of a contact", "Satisfied")
    REMARK = "remark", pgettext_lazy("outcome of a contact", "Satisfied, with a remark")
    DISSATISFIED = "dissatisfied", pgettext_lazy("outcome of a contact", "Not satisfied")
    NOT_TRIED = "not_tried", pgettext_lazy("outcome of a contact", "Has not tried yet")
    OBJECTS = "objects", pgettext_lazy("outcome of a contact", "Asked not to be called")
    UNREACHABLE = "unreachable", pgettext_lazy("outcome of a contact", "Could not be reached")


class Attempt(models.Model):
    """One try. at: when it was made; own_service: by the only manager, who handed the car over himself (decision 9)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="attempts")
    channel = models.CharField(max_length=20, choices=Channel.choices)
    result = models.CharField(max_length=20, choices=Result.choices)
    call_back_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    own_service = models.BooleanField(default=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class Contact(models.Model):
    """The customer answered: his answers by question, the outcome. request: opened for a negative answer."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="contacts")
    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="contact")
    answers = models.JSONField(default=dict)
    outcome = models.CharField(max_length=20, choices=ContactOutcome.choices)
    guide_version = models.PositiveSmallIntegerField()
    request = models.OneToOneField("cases.Request", models.PROTECT, null=True, related_name="opened_by_contact")
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        indexes = [models.Index(fields=["outcome", "at"])]


class Unreachable(models.Model):
    """The tries are over: three on two half-days, and seven days."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="unreachable")
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)


class Reminder(models.Model):
    """The managers were reminded of a contact; once for each stage (24, 6 hours left, over)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="reminders")
    stage = models.CharField(
        max_length=10,
        choices=[("24", _("24 h left")), ("6", _("6 h left")), ("over", pgettext_lazy("deadline", "Over"))],
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "stage"], name="reminded_once_a_stage")]
