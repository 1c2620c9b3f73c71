"""What an import of history means for the thread: open cases of the cars that it touched are derived anew."""

from __future__ import annotations

from datetime import datetime

from comeback.cases.models import Case, Changed


def cars_changed(vehicles: set[int], now: datetime) -> None:
    """Leave a row for each open case of these cars; called in the import's transaction."""
    cases = Case.objects.filter(vehicle__in=vehicles, ending=None).values_list("pk", "site_id")
    Changed.objects.bulk_create(
        Changed(site_id=site, kind="case", subject_id=pk, why="import", at=now) for pk, site in cases
    )
