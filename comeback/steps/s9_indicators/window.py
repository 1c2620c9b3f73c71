"""For which site and months figures are asked, and what day it is there. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Window:
    """months: their first days, the earliest first; today: the site's date; now_second: seconds since 1970 (UTC)."""

    site_id: int
    months: tuple[date, ...]
    today: date
    now_second: int

    def before(self, days: int) -> date:
        """The last date from which so many days have passed."""
        return self.today - timedelta(days=days)

    def only(self, first: date) -> Window:
        """The same site and day, one month."""
        return replace(self, months=(first,))
