"""Numbers that people quote: of cases and of orders."""

from __future__ import annotations

from comeback.registers.models import Series, Site


def next_number(site: Site, name: str, year: int) -> int:
    """The next number of a series of this site and year. Call inside a transaction; the row stays locked until then."""
    series, _ = Series.objects.get_or_create(site=site, name=name, year=year)
    locked = Series.objects.select_for_update().get(pk=series.pk)
    locked.last += 1
    locked.save(update_fields=["last"])
    return locked.last
