"""What was said in one call: the car and who calls, the words and their nature, whether it is a comeback."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from comeback.cases.acting import Actor
from comeback.cases.models import Case
from comeback.recognition import Recognition
from comeback.registers.models import Customer, Vehicle
from comeback.registers.search import Owner, owners_of, plates_of
from comeback.steps.s1_booking.forms import ASK
from comeback.steps.s1_booking.guide import EDITION, TOW, Question, questions_for
from comeback.steps.s1_booking.history import Judged, judge, past_orders
from comeback.steps.s1_booking.models import Reason, Reply
from comeback.visits.models import RepairOrder

SAFETY = "SAFETY"
CHANGE = "change"  # the button that shows the three answers again
ELSEWHERE = "elsewhere"  # in place of an order: the work is not in these records
DAY_TIMES = 8  # times of one day, when the customer asks for that day


class Said:
    """given: the cleaned data of the booking form."""

    def __init__(self, given: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
        self.given, self.actor, self.now = given, actor, now
        self.site = actor.site
        self.key = given.get("key") or uuid.uuid4().hex

    # --- the car and who calls

    @cached_property
    def vehicle(self) -> Vehicle | None:
        wanted = self.given.get("vehicle") or 0
        return Vehicle.objects.filter(pk=wanted, group_id=self.site.group_id).first()

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
