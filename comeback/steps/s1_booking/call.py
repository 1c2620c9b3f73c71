"""One call at the telephone: what was typed so far, and everything that follows from it. Read by the page, written by none.

Each property is worked out once. The page, its fragments and the commands of the booking all start from here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from comeback.cases.acting import Actor
from comeback.cases.models import Case
from comeback.diary.models import Resource
from comeback.diary.occupancy import LONGEST, Need, Occupancy, occupancy_of
from comeback.diary.slots import Free, worth_offering
from comeback.method import loading
from comeback.method.refusal import Refused
from comeback.recognition import Recognition
from comeback.registers.models import Customer, Vehicle
from comeback.registers.search import Owner, owners_of, plates_of
from comeback.steps.s1_booking import taking
from comeback.steps.s1_booking.forms import ASK
from comeback.steps.s1_booking.guide import EDITION, TOW, Question, questions_for
from comeback.steps.s1_booking.history import Judged, judge, past_orders
from comeback.steps.s1_booking.models import Reason, Reply
from comeback.visits.models import RepairOrder

SAFETY = "SAFETY"
CHANGE = "change"  # the button that shows the three answers again
ELSEWHERE = "elsewhere"  # in place of an order: the work is not in these records
DAY_TIMES = 8  # times of one day, when the customer asks for that day


@dataclass(frozen=True)
class Lacking:
    """What a booking still lacks: under which line, in words, and at which field it is supplied."""

    line: str
    text: str
    field: str


class Call:
    """given: the cleaned data of the booking form."""

    def __init__(self, given: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
        self.given, self.actor, self.now = given, actor, now
        self.site = actor.site
        self.key = given.get("key") or uuid.uuid4().hex

    # --- the car and who calls

    @cached_property
    def vehicle(self) -> Vehicle | None:
        return Vehicle.objects.filter(pk=self.given.get("vehicle"), group_id=self.site.group_id).first()

    @cached_property
    def plate(self) -> str:
        return plates_of([self.vehicle.pk]).get(self.vehicle.pk, "") if self.vehicle else ""

    @cached_property
    def owner(self) -> Owner | None:
        if self.vehicle is None:
            return None
        today = self.now.astimezone(self.site.zoneinfo).date()
        return owners_of([self.vehicle.pk], site=self.site, on=today).get(self.vehicle.pk)

    @cached_property
    def customer(self) -> Customer | None:
        """Whom the page was opened for, else the owner, as far as this site knows him."""
        if self.given.get("customer"):
            return Customer.objects.filter(pk=self.given["customer"], site=self.site).first()
        return self.owner.customer if self.owner else None

    @cached_property
    def orders(self) -> list[RepairOrder]:
        return past_orders(self.vehicle) if self.vehicle else []

    @property
    def car_known(self) -> bool:
        """Whether there is a car, found or being entered."""
        return bool(self.vehicle or self.given.get("plate") or self.given.get("vin"))

    # --- 1.2: words and nature

    @property
    def words(self) -> str:
        return str(self.given.get("words") or "").strip()

    @cached_property
    def danger(self) -> bool:
        """Words of danger count as soon as they are heard; a person may take the flag back."""
        heard = self.recognition.safety
        return bool(self.given.get("danger")) or (heard and not self.given.get("heard_danger"))

    @cached_property
    def proposed(self) -> str:
        return SAFETY if self.danger else self.recognition.nature

    @cached_property
    def nature(self) -> str:
        """What a person chose; while he left what was proposed, what is proposed now."""
        chosen = self.given.get("nature") or ""
        return self.proposed if chosen == (self.given.get("proposed") or "") else chosen

    @cached_property
    def questions(self) -> list[tuple[Question, str]]:
        """The guide's questions, each with the code that was answered."""
        return [(it, self.given.get(ASK + it.code) or "") for it in questions_for(self.nature)]

    @property
    def answered(self) -> int:
        return sum(bool(answer) for _question, answer in self.questions)

    @property
    def answers(self) -> dict[str, str]:
        """As they are kept with the words."""
        said = {question.code: answer for question, answer in self.questions if answer}
        offered = {code: "offered" for code in TOW if self.danger and self.given.get(ASK + code)}
        return {"guide": EDITION, **said, **offered} if said or offered else {}

    # --- 1.1: is it a comeback?

    @cached_property
    def judged(self) -> Judged:
        return judge(
            self.orders,
            site=self.site,
            now=self.now,
            text=self.words,
            vin=self.vehicle.vin_key if self.vehicle else "",
            odometer_km=self.given.get("odometer_km"),
            claimed=self.given.get("claims") == "yes",
        )

    @property
    def recognition(self) -> Recognition:
        return self.judged.recognition

    @property
    def said(self) -> str:
        """The answer of a person: by the button just pressed, else the one given before."""
        say = self.given.get("say")
        return "" if say == CHANGE else str(say or self.given.get("reply") or "")

    @property
    def changing(self) -> bool:
        """Somebody wants to see all three answers again."""
        return self.given.get("say") == CHANGE

    @cached_property
    def reply(self) -> str:
        """What a person said; "no" where the score is low, until he says otherwise."""
        unlikely = bool(self.words) and self.recognition.verdict == "new" and not self.changing
        return self.said or (Reply.NO if unlikely else "")

    @property
    def reason(self) -> str:
        """Why not: as chosen; proposed only where nothing speaks for a comeback."""
        if self.recognition.verdict == "new":
            return str(self.given.get("reason") or Reason.UNRELATED)
        return "" if self.given.get("say") == Reply.NO else str(self.given.get("reason") or "")

    @property
    def elsewhere(self) -> bool:
        """The earlier work was another dealer's, or is not in these records: told in words."""
        return self.given.get("original") == ELSEWHERE or (not self.orders and bool(self.given.get("original_note")))

    @cached_property
    def original(self) -> RepairOrder | None:
        """The earlier order: as chosen, else the one that recognition points to."""
        wanted = self.given.get("original")
        if self.elsewhere:
            return None
        return next((order for order in self.orders if str(order.pk) == wanted), self.judged.order)

    @cached_property
    def level(self) -> int:
        """1, or one more than that of the case whose order came back."""
        if self.original is None:
            return 1
        earlier = Case.objects.filter(visit__orders=self.original).order_by("-pk").values_list("level", flat=True)
        return (earlier.first() or 0) + 1

    @cached_property
    def as_comeback(self) -> bool:
        """Whether the times are those of a comeback: decided so, or not decided and not unlikely."""
        return self.reply in (Reply.YES, Reply.UNKNOWN) or (not self.reply and self.recognition.verdict != "new")

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

    @cached_property
    def time(self) -> Free | None:
        """The time chosen while it is still free, else the first one."""
        wanted = self.given.get("slot")
        if wanted:
            for free in self.occupancy.times(self.needs, self.minutes):
                if free.starts_at == wanted:
                    return free
        return self.times[0] if self.times else None

    @property
    def taken_meanwhile(self) -> bool:
        """The time that was chosen is no longer free."""
        wanted = self.given.get("slot")
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
        unexplained = [len(str(self.given.get(it) or "").strip()) < 10 for it in ("expert_reason", "drive_reason")]
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
