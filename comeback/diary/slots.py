"""Free time that several have in common. Pure: quarter-hours in, offers out; `occupancy.py` reads them.

A quarter-hour is a number: seconds since 1970 (UTC) // 900.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from comeback.diary.models import QUARTER


@dataclass(frozen=True)
class Free:
    """A time that can be offered: its first quarter-hour, its length, and for each need the resource that serves it."""

    first: int
    length: int
    resources: tuple[int, ...]

    @property
    def starts_at(self) -> datetime:
        return moment_of(self.first)

    @property
    def ends_at(self) -> datetime:
        return moment_of(self.first + self.length)


def common_times(
    openings: Iterable[range], busy: Mapping[int, Set[int]], needs: Sequence[Sequence[int]], length: int
) -> Iterator[Free]:
    """Every time of `length` quarter-hours inside one opening in which each need has a free resource, earliest first.

    needs: for each the resources that could serve it, the preferred one first; one resource may serve several needs.
    """
    everybody = {resource for need in needs for resource in need}
    for opening in openings:
        runs = {resource: _free_runs(opening, busy.get(resource, frozenset())) for resource in everybody}
        for first in opening[: max(0, len(opening) - length + 1)]:
            serving = [_first_free(need, runs, first, length) for need in needs]
            if all(resource is not None for resource in serving):
                yield Free(first, length, tuple(dict.fromkeys(it for it in serving if it is not None)))


def worth_offering(
    times: Iterable[Free], zone: tzinfo, *, most: int = 3, a_day: int = 2, fits: Callable[[Free], bool] = lambda _: True
) -> list[Free]:
    """A few times that differ: none overlaps another, so many a day at most, earliest first."""
    chosen: list[Free] = []
    days: dict[date, int] = {}
    for time in times:
        day = time.starts_at.astimezone(zone).date()
        if days.get(day, 0) >= a_day or (chosen and time.first < chosen[-1].first + chosen[-1].length):
            continue
        if fits(time):
            chosen.append(time)
            days[day] = days.get(day, 0) + 1
        if len(chosen) == most:
            break
    return chosen


def moment_of(quarter: int) -> datetime:
    """When a quarter-hour begins, in UTC."""
    return datetime.fromtimestamp(quarter * QUARTER, UTC)


def next_quarter(moment: datetime) -> int:
    """The first quarter-hour that begins at or after a moment."""
    return -(-int(moment.timestamp()) // QUARTER)


def quarters_in(minutes: int) -> int:
    """How many quarter-hours a length of time takes, a begun one counting."""
    return -(-minutes * 60 // QUARTER)


def _free_runs(opening: range, busy: Set[int]) -> dict[int, int]:
    """For each quarter-hour, how many free ones follow in this opening, itself included."""
    runs: dict[int, int] = {}
    run = 0
    for quarter in reversed(opening):
        run = 0 if quarter in busy else run + 1
        runs[quarter] = run
    return runs


def _first_free(need: Sequence[int], runs: Mapping[int, Mapping[int, int]], first: int, length: int) -> int | None:
    return next((resource for resource in need if runs[resource][first] >= length), None)
