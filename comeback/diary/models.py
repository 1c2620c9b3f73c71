"""Resources, absences, appointments of all customers, and the quarter-hours that they reserve."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

QUARTER = 900  # seconds


class ResourceKind(models.TextChoices):
    """What can be reserved."""

    PERSON = "person", _("Person")
    BAY = "bay", _("Bay")
    ROOM = "room", _("Reception room")
    COURTESY_CAR = "courtesy_car", _("Courtesy car")


class Resource(models.Model):
    """A person, bay, reception room or courtesy car of a site, while it is in use (site dates, inclusive)."""

    site = models.ForeignKey("registers.Site", models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=20, choices=ResourceKind.choices)
    name = models.CharField(max_length=100)
    person = models.ForeignKey("registers.Person", models.CASCADE, null=True, blank=True, related_name="resources")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "person"], name="one_resource_a_person")]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """A person is away from one moment to another (UTC)."""

    person = models.ForeignKey("registers.Person", models.CASCADE, related_name="absences")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)


class AppointmentKind(models.TextChoices):
    """Why the customer and we have agreed on a time."""

    RECEPTION = "reception", _("Reception")
    DELIVERY = "delivery", _("Delivery")
    CALLBACK = "callback", _("Callback")


class Appointment(models.Model):
    """A time agreed with a customer (UTC). Changed = a new row that replaces this one; cancelled = a Cancellation."""

    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=AppointmentKind.choices)
    vehicle = models.ForeignKey("registers.Vehicle", models.PROTECT, null=True, related_name="appointments")
    customer = models.ForeignKey("registers.Customer", models.PROTECT, null=True, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_return = models.BooleanField(default=False, help_text=_("The customer comes for a part that was ordered"))
    note = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["site", "starts_at"]), models.Index(fields=["vehicle", "-starts_at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(starts_at__lt=models.F("ends_at")), name="appointment_has_length")
        ]


class Cancellation(models.Model):
    """An appointment was cancelled: who, when, why."""

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="cancellation")
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)


class Reservation(models.Model):
    """One quarter-hour of one resource. quarter: seconds since 1970 (UTC) // 900. Unique: no double booking."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="reservations")
    quarter = models.PositiveIntegerField()
    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="reservations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "quarter"], name="no_double_booking")]
