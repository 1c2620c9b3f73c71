"""One call at the telephone: what was said so far, and everything that follows from it.

It writes nothing. Each property is worked out once. The page, its fragments and the commands of the booking start here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from comeback.diary.models import Resource
from comeback.diary.occupancy import LONGEST, Need, Occupancy, occupancy_of
from comeback.diary.slots import Free, worth_offering
from comeback.method import loading
from comeback.method.refusal import Refused
from comeback.steps.s1_booking import taking
from comeback.steps.s1_booking.models import Reply
from comeback.steps.s1_booking.said import Said

DAY_TIMES = 8  # times of one day, when the customer asks for that day
BOOK = "book"  # the value of the one button that writes
LONG_ENOUGH = 10  # characters of a reason that somebody else can understand


@dataclass(frozen=True)
class Lacking:
    """What a booking still lacks: under which line, in words, and at which field it is supplied."""

    line: str
    text: str
    field: str


class Call(Said):
    """A call with the times that fit it, and what a booking still lacks."""

    # --- 1.3 to 1.5: the time

    def need(self, line: str) -> str:
        """must, recommended or no: by the nature, or all of them for danger and a repeated comeback."""
        if not self.as_comeback or not self.nature:
            return "no"
        if self.danger or self.level > 1:
            return "must"
        return str(loading.load().natures[self.nature].needs.get(line, "no"))

    @cached_property
    def driveable(self) -> bool:
        return not self.danger and self.answers.get("drivable") != "no"

    @cached_property
    def expert(self) -> bool:
        return self.need("1.3") != "no" and not self.given.get("skip_expert")

    @cached_property
    def drive(self) -> bool:
        return self.need("1.4") != "no" and self.driveable and not self.given.get("skip_drive")

    @property
    def minutes(self) -> int:
        if not self.as_comeback:
            return taking.ORDINARY_MINUTES
        return taking.RECEPTION_MINUTES + (taking.DRIVE_MINUTES if self.drive else 0)

    @cached_property
    def needs(self) -> list[Need]:
        return taking.needs_for(self.site, self.now, comeback=self.as_comeback, expert=self.expert)

    @cached_property
    def occupancy(self) -> Occupancy:
        return occupancy_of(self.site, self.needs, self.since, self.since + LONGEST)

    @cached_property
    def since(self) -> datetime:
        """The earliest time to offer: after the preparation, which nobody waits for in danger; or the day asked for."""
        earliest = self.now + (timedelta() if self.danger or not self.as_comeback else taking.PREPARATION)
        day = self.given.get("day")
        return max(earliest, datetime.combine(day, time(), self.site.zoneinfo)) if day else earliest

    @cached_property
    def times(self) -> list[Free]:
        """What is offered: three that differ, or the day that was asked for."""
        day, zone = self.given.get("day"), self.site.zoneinfo
        free = self.occupancy.times(self.needs, self.minutes)
        if not day:
            return worth_offering(free, zone)
        fits = (it for it in free if it.starts_at.astimezone(zone).date() == day)
        return worth_offering(fits, zone, most=DAY_TIMES, a_day=DAY_TIMES)

    @property
    def wanted(self) -> datetime | None:
        """The time that a person chose; the proposed one that he left alone counts only when he books it."""
        slot: datetime | None = self.given.get("slot")
        return None if slot == self.given.get("best") and self.given.get("do") != BOOK else slot

    @cached_property
    def time(self) -> Free | None:
        """The time chosen while it is still free, else the first one."""
        wanted = self.wanted
        if wanted:
            for free in self.occupancy.times(self.needs, self.minutes):
                if free.starts_at == wanted:
                    return free
        return self.times[0] if self.times else None

    @property
    def taken_meanwhile(self) -> bool:
        """The time that was chosen is no longer free."""
        wanted = self.wanted
        return bool(wanted and (self.time is None or self.time.starts_at != wanted))

    @cached_property
    def norm_until(self) -> datetime | None:
        try:
            return taking.norm_until(self.occupancy.calendar, self.now)
        except Refused:
            return None

    @property
    def late(self) -> bool:
        """Even the first time that is free lies beyond the norm."""
        if not self.as_comeback or self.norm_until is None or self.given.get("day"):
            return False
        return not self.times or self.times[0].starts_at > self.norm_until

    @cached_property
    def people(self) -> dict[str, Resource]:
        """Who serves each need at the chosen time."""
        chosen = set(self.time.resources) if self.time else set()
        found = {need.name: next((it for it in need.resources if it.pk in chosen), None) for need in self.needs}
        return {name: resource for name, resource in found.items() if resource}

    # --- what a booking still lacks

    @cached_property
    def lacking(self) -> list[Lacking]:
        return [Lacking(line, text, field) for line, field, wrong, text in self._checks() if wrong]

    def _checks(self) -> list[tuple[str, str, bool, str]]:
        comeback = self.reply == Reply.YES
        deviates = {line: self.need(line) == "must" for line in ("1.3", "1.4")}
        unexplained = [
            len(str(self.given.get(it) or "").strip()) < LONG_ENOUGH for it in ("expert_reason", "drive_reason")
        ]
        return [
            ("1.1", "vehicle", comeback and not self.car_known, _("Find the car or enter it")),
            ("1.2", "words", not self.words, _("Write the customer's words")),
            ("1.1", "reply", bool(self.words) and not self.reply, _("Comeback or not? Answer")),
            ("1.1", "reason", self.reply == Reply.NO and not self.reason, _("Why not a comeback?")),
            ("1.1", "original", comeback and not self._original_told, _("Choose the earlier order")),
            ("1.2", "nature", self.as_comeback and not self.nature, _("Choose the nature")),
            ("1.3", "expert_reason", self._skips("skip_expert", deviates["1.3"], unexplained[0]), _("Why no expert?")),
            ("1.4", "drive_reason", self._skips("skip_drive", deviates["1.4"], unexplained[1]), _("Why no drive?")),
            ("1.5", "late_reason", self.late and not self.given.get("late_reason"), _("Why so late?")),
            ("1.3", "slot", self.time is None, _("Choose a time")),
        ]

    @property
    def _original_told(self) -> bool:
        return bool(self.original or self.given.get("original_note"))

    def _skips(self, field: str, must: bool, unexplained: bool) -> bool:
        return bool(self.reply == Reply.YES and self.given.get(field) and must and unexplained)
