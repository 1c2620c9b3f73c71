"""The month before is owed a signature: the worker puts it among what the manager has to do."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from comeback.cases.deriving import locked, rewrite
from comeback.cases.models import Month, ProgressRow
from comeback.registers.models import Site
from comeback.steps.s9_indicators.stays import months_before
from comeback.steps.s9_indicators.tables import VisitRow


def open_months(now: datetime) -> int:
    """Derive the month before of each site that had visits in it, once; gives how many were derived."""
    return sum(_open(site, now) for site in Site.objects.order_by("pk"))


def _open(site: Site, now: datetime) -> bool:
    today = now.astimezone(site.zoneinfo).date()
    first = months_before(today.replace(day=1), 2)[0]
    months = Month.objects.filter(site=site, first=first).values("pk")
    derived = ProgressRow.objects.filter(kind="month", subject_id__in=months)
    if derived.exists() or not VisitRow.objects.filter(site_id=site.pk, month=first).exists():
        return False
    with transaction.atomic():
        month, _made = Month.objects.get_or_create(site=site, first=first)
        rewrite(locked(Month).filter(pk=month.pk), now)
    return True
