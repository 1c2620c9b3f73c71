"""Visits, repair orders with their lines, concerns and their outcome, the stamp on the order, import runs.

Money in minor currency units, odometers in km, labour time in minutes.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitKind(models.TextChoices):
    """Only client visits count as машино-заезд (K1)."""

    CLIENT = "client", _("Client")
    OWN = "own", _("Own car")
    PARTS_ONLY = "parts_only", _("Parts only")


class Result(models.TextChoices):
    """What became of a concern in the workshop."""

    FIXED = "fixed", _("Fixed")
    NOT_REPRODUCED = "not_reproduced", _("Not reproduced")
    TEMPORARY = "temporary", _("Temporary repair")
    PARTS_AWAITED = "parts_awaited", _("Parts awaited")
    REFUSED = "refused", _("Refused by the customer")


class Account(models.TextChoices):
    """Account of an order line in the exchange file."""

    CUSTOMER = "customer", _("Customer")
    WARRANTY = "warranty", _("Warranty")
    INTERNAL = "internal", _("Internal")
    GOODWILL = "goodwill", _("Goodwill")


class Visit(models.Model):
    """One car from reception to hand-over, however many orders (машино-заезд). Moments in UTC."""

    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="visits")
    vehicle = models.ForeignKey("registers.Vehicle", models.PROTECT, related_name="visits")
    customer = models.ForeignKey("registers.Customer", models.PROTECT, null=True, related_name="visits")
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=VisitKind.choices, default=VisitKind.CLIENT)
    expected_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_notified_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    odometer_in = models.PositiveIntegerField(null=True, blank=True)
    odometer_out = models.PositiveIntegerField(null=True, blank=True)
    imported = models.ForeignKey("ImportRun", models.SET_NULL, null=True, blank=True, related_name="visits")

    class Meta:
        indexes = [
            models.Index(fields=["vehicle", "-received_at"]),
            models.Index(fields=["site", "received_at"]),
            models.Index(fields=["site", "handed_over_at"]),
        ]


class RepairOrder(models.Model):
    """A repair order (заказ-наряд). mechanic_name: as imported, where the person is not on the staff list."""

    site = models.ForeignKey("registers.Site", models.PROTECT, related_name="orders")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="orders")
    number = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, blank=True, related_name="+")
    mechanic = models.ForeignKey("registers.Person", models.PROTECT, null=True, blank=True, related_name="orders")
    mechanic_name = models.CharField(max_length=200, blank=True)
    odometer_km = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    planned_return = models.BooleanField(default=False)
    refused_work = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text=_("Digest of the imported rows, to see a change"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="order_number_once")]

    def __str__(self) -> str:
        return self.number


class Concern(models.Model):
    """What the customer complained of on one order, and what became of it (complaint, cause, correction).

    The outcome is recorded by the later rooms: result by the mechanic, answer at hand-over (fixed, partly, no,
    will_check), follow_up by the call, total cost by the billing clerk.
    """

    order = models.ForeignKey(RepairOrder, models.CASCADE, related_name="concerns")
    number = models.PositiveSmallIntegerField(default=1)
    words = models.TextField(blank=True)
    symptom = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    dtc = models.CharField(max_length=200, blank=True)
    cause = models.TextField(blank=True)
    correction = models.TextField(blank=True)
    result = models.CharField(max_length=20, choices=Result.choices, blank=True)
    answered_by = models.ForeignKey("registers.Person", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    customer_answer = models.CharField(max_length=20, blank=True)
    customer_answer_at = models.DateTimeField(null=True, blank=True)
    follow_up = models.CharField(max_length=20, blank=True)
    follow_up_at = models.DateTimeField(null=True, blank=True)
    total_cost = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="concern_number_once")]


class OrderLine(models.Model):
    """A job or a part of an order. unit_price in minor units; minutes of labour."""

    order = models.ForeignKey(RepairOrder, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[("labour", _("Labour")), ("part", _("Part"))])
    code = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=500, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, default=1)
    unit_price = models.BigIntegerField(default=0)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    account = models.CharField(max_length=20, choices=Account.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="order_line_once")]


class OrderStamp(models.Model):
    """«Повторное обращение» on an order, bound to a case by its number; never set or removed by hand. Method 2.4."""

    order = models.OneToOneField(RepairOrder, models.PROTECT, related_name="stamp")
    case_number = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    original_number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, null=True, related_name="+")


class ImportRun(models.Model):
    """One import of an exchange file: what came, what was refused. Resumable by the file's digest."""

    site = models.ForeignKey("registers.Site", models.PROTECT, null=True, related_name="imports")
    file_name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    orders_new = models.PositiveIntegerField(default=0)
    orders_changed = models.PositiveIntegerField(default=0)
    orders_same = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)


class RefusedRow(models.Model):
    """A row of an exchange file that could not be loaded: its number, column and reason code."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="refused")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)
