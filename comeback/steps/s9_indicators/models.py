"""What step 9 keeps: signatures of months with the figures that they froze. The projections stand in `tables.py`."""

from __future__ import annotations

from django.db import models

from comeback.steps.s9_indicators.tables import (
    CalendarRow,
    CaseRow,
    ContactRow,
    CostRow,
    InspectionRow,
    OverrideRow,
    StayRow,
    VisitRow,
)

__all__ = [
    "CalendarRow",
    "CaseRow",
    "ContactRow",
    "CostRow",
    "InspectionRow",
    "OverrideRow",
    "Signature",
    "StayRow",
    "VisitRow",
]


class Signature(models.Model):
    """A month signed by the manager (version 1), or restated later with a reason. Nothing of it is changed. Method 9.

    formulas: edition of the definitions; figures: by code top, bottom, value and the cases behind it; given: what was
    entered with its source; seal: the last seal of the site's journal, so that what the figures rest on is fixed too.
    """

    month = models.ForeignKey("cases.Month", models.PROTECT, related_name="signatures")
    version = models.PositiveSmallIntegerField()
    formulas = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    given = models.JSONField(default=dict)
    seal = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    function = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "version"], name="signature_version_once")]
