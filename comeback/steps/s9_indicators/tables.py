"""The plain tables that the indicators are defined over: projections, derived from the evidence, one writer.

Dates are site dates; a month is its first day. `case_no` is empty where a row belongs to no comeback. Money in minor
units. Moments that are compared are seconds since 1970 (UTC), lengths of stay are day numbers since 1970-01-01.
Rejected, withdrawn and cancelled things, own cars and sales of parts have no rows at all.
"""

from __future__ import annotations

from django.db import models


class VisitRow(models.Model):
    """A visit of a customer's car (машино-заезд). back_days: until it came back for its work, if it did. K1, K1b."""

    visit_id = models.BigIntegerField()
    site_id = models.BigIntegerField()
    vehicle_id = models.BigIntegerField(db_index=True)
    day = models.DateField()
    month = models.DateField()
    handed_day = models.DateField(null=True)
    handed_month = models.DateField(null=True)
    case_no = models.CharField(max_length=40, blank=True)
    back_days = models.IntegerField(null=True)

    class Meta:
        db_table = "indicator_visit"
        indexes = [models.Index(fields=["site_id", "month"]), models.Index(fields=["site_id", "handed_month"])]


class CaseRow(models.Model):
    """A confirmed comeback. Ones and noughts: the evidence was there, K4 … K15. caused_site_id: whose work it was."""

    case_id = models.BigIntegerField()
    case_no = models.CharField(max_length=40, db_index=True)
    site_id = models.BigIntegerField()
    caused_site_id = models.BigIntegerField(null=True)
    vehicle_id = models.BigIntegerField(db_index=True)
    opened_month = models.DateField()
    received_day = models.DateField(null=True)
    received_month = models.DateField(null=True)
    started_month = models.DateField(null=True)
    handed_day = models.DateField(null=True)
    handed_month = models.DateField(null=True)
    level = models.IntegerField()
    nature = models.CharField(max_length=20, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    manager_present = models.IntegerField()
    same_mechanic = models.IntegerField()
    driven_after_work = models.IntegerField()
    passed_before = models.IntegerField()
    failed_checks = models.IntegerField()
    back_days = models.IntegerField(null=True)

    class Meta:
        db_table = "indicator_case"
        indexes = [
            models.Index(fields=["site_id", "opened_month"]),
            models.Index(fields=["site_id", "received_month"]),
            models.Index(fields=["site_id", "started_month"]),
            models.Index(fields=["site_id", "handed_month"]),
            models.Index(fields=["caused_site_id", "received_month"]),
        ]


class StayRow(models.Model):
    """Days of a comeback car off the road, within one month; last is null while the car is in. K3 (`stays.py`)."""

    site_id = models.BigIntegerField()
    vehicle_id = models.BigIntegerField(db_index=True)
    month = models.DateField()
    first = models.IntegerField()
    last = models.IntegerField(null=True)
    waiting = models.IntegerField()
    case_no = models.CharField(max_length=40)

    class Meta:
        db_table = "indicator_stay"
        indexes = [
            models.Index(fields=["site_id", "month"]),
            models.Index(fields=["site_id"], name="indicator_stay_open", condition=models.Q(last=None)),
        ]


class CostRow(models.Model):
    """A posted cost line of a comeback, in the month of its posting; reversals are negative. K2."""

    line_id = models.BigIntegerField()
    case_no = models.CharField(max_length=40)
    site_id = models.BigIntegerField()
    vehicle_id = models.BigIntegerField(db_index=True)
    day = models.DateField()
    month = models.DateField()
    kind = models.CharField(max_length=20)
    account = models.CharField(max_length=20, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        db_table = "indicator_cost"
        indexes = [models.Index(fields=["site_id", "month"])]


class ContactRow(models.Model):
    """The contact owed 48 hours after hand-over, in the month in which it falls due. K5a, K5b."""

    case_no = models.CharField(max_length=40)
    site_id = models.BigIntegerField()
    vehicle_id = models.BigIntegerField(db_index=True)
    due_second = models.BigIntegerField()
    due_month = models.DateField()
    attempted_second = models.BigIntegerField(null=True)
    contacted_second = models.BigIntegerField(null=True)

    class Meta:
        db_table = "indicator_contact"
        indexes = [models.Index(fields=["site_id", "due_month"])]


class InspectionRow(models.Model):
    """One quality check of a comeback, passed or not. person_id: the controller. Control table of the checks."""

    case_no = models.CharField(max_length=40)
    site_id = models.BigIntegerField()
    vehicle_id = models.BigIntegerField(db_index=True)
    second = models.BigIntegerField()
    month = models.DateField()
    attempt = models.IntegerField()
    passed = models.IntegerField()
    person_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "indicator_inspection"
        indexes = [models.Index(fields=["site_id", "month"])]


class OverrideRow(models.Model):
    """A gate that was opened with a reason. K11."""

    case_no = models.CharField(max_length=40)
    site_id = models.BigIntegerField()
    vehicle_id = models.BigIntegerField(db_index=True)
    month = models.DateField()
    gate = models.CharField(max_length=4)

    class Meta:
        db_table = "indicator_override"
        indexes = [models.Index(fields=["site_id", "month"])]


class CalendarRow(models.Model):
    """The months themselves, 2000 to 2099, with the numbers of their first and last days. Never changed."""

    month = models.DateField(primary_key=True)
    first = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "indicator_calendar"


TABLES: tuple[type[models.Model], ...] = (VisitRow, CaseRow, StayRow, CostRow, ContactRow, InspectionRow, OverrideRow)
